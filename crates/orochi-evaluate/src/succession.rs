//! How the method `succession` does: pairs of numbers that it links against those that are one line's or one person's.

pub mod figures;
pub mod fit;
pub mod outcome;
mod pairs;
pub mod study;
pub mod tables;
mod visibility;
