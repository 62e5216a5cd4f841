//! Scoring the method `quantity`: whether the weight that a line sold lies in the range given,
//! and how wide the range is.
//!
//! What may surprise a reader:
//! - The line's numbers and those who work for it are given from the truth: mistakes of `succession` and
//!   `roles` are scored with those.
//! - The figures of consumption, deals and weight come from the settings given, one set for all runs, never
//!   from the truth of a run.

pub mod figures;
pub mod study;
pub mod tables;
