//! The audit log as text: its entries, the Merkle tree over them, copies that prove themselves,
//! and what was done to a log.
//!
//! Where the log lies and how an entry comes into it is the case's business (`orochi-case`). This part stands apart
//! from it because a defence expert may be sent a log or a copy of one that anybody wrote: it is read, and fuzzed,
//! without a case or an engine.

pub mod compare;
pub mod copy;
pub mod entry;
pub mod fault;
pub mod tree;
