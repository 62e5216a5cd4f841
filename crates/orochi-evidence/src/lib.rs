//! Findings to what a court, another tool or a defence expert receives: [`pack`] makes documents, [`exchange`] files
//! that other tools open, [`disclosure`] all of it with the means to make it again.

#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod atomic_output;
pub mod disclosure;
pub mod exchange;
pub mod pack;
