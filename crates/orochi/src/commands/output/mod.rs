//! What leaves the program for others: documents, exports, disclosures, and help for the shell.

pub mod completions;
pub mod disclose;
mod disclose_inputs;
mod disclose_verify;
pub mod export;
pub mod man;
pub mod pack;
