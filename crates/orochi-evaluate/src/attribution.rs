//! Scoring the method `attribution`: whose own phone it puts first in each spell of a line's phone, and how
//! near it puts the changes.
//!
//! What may surprise a reader:
//! - The line's numbers are given from the truth, and numbers of other lines are left out as `attribution` leaves out
//!   flagged ones: mistakes of `lines` and `succession` are scored with those.
//! - Cell lists, top-ups and handset histories are taken in beside the disclosures, as in a real case.

pub mod figures;
pub mod outcome;
pub mod study;
pub mod tables;
