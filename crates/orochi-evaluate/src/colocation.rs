//! Scores the method `colocation`: simulated people with two phones each, by length of time and condition.
//!
//! No case is made: [`people`] hands registrations from the simulator to `orochi_colocation::validate`, which fits on
//! one half of the owners and rates the other, beside the reference approach.

pub mod condition;
pub mod figures;
pub mod people;
pub mod plots;
pub mod study;
pub mod tables;
