//! How far the method `applications` gets: investigations played on simulated folders, one application after the other.
//!
//! [`operators`] answers applications from everything of everybody; [`investigation`] plays one; [`participants`] says
//! who has a part in which line; [`study`] plays every line of many folders; [`figures`] and [`tables`] say how it
//! went.

pub mod figures;
pub mod investigation;
pub mod operators;
pub mod participants;
pub mod study;
pub mod tables;
