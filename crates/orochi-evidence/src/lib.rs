//! Findings to what a court, another tool or a defence expert receives: [`pack`] makes documents, [`exchange`] files that other tools open.

#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod exchange;
pub mod pack;
