//! Measures, one file each, each with the paper it comes from.
//!
//! All that look at scores take a [`Tally`]: scores are multiples of 1/10,000, so counting how many lines and how many
//! others got each score loses nothing, and pooling seeds is addition.

pub mod average_precision;
pub mod bootstrap;
pub mod brier;
pub mod cllr;
pub mod proportion;
pub mod reliability;
mod tally;

pub use tally::{STEPS, Tally};
