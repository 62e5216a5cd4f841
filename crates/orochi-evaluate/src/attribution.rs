//! Scoring the method `attribution`: whose own phone it puts first in each spell of a line's phone, and how
//! near it puts the changes.
//!
//! What may surprise a reader:
//! - Each line is scored twice. First its numbers are given from the truth, and numbers of other lines are left out as
//!   `attribution` leaves out flagged ones: that scores this method alone. Then lines and links are found by an
//!   investigation, as they are for a user ([`discovery`]): that scores what a user gets.
//! - Cell lists, top-ups and handset histories are taken in beside the disclosures, as in a real case.

pub mod discovery;
pub mod figures;
pub mod outcome;
pub mod study;
pub mod tables;
