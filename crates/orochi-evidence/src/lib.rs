//! Findings to what a court, another tool or a defence expert receives.

#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod pack;
