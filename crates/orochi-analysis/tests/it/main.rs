//! The engine's views and the method `lines`, from outside the crate.

#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test that cannot go on fails, and one that skips says so"
)]

mod legs;
mod lines;
mod rows;
mod scenario;
mod study;
mod views;
