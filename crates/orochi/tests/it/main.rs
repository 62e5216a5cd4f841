//! The program from outside: exit code, standard output and standard error of real processes,
//! each in a room of its own.

#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test that cannot go on fails, and one that skips says so"
)]

mod agreement;
mod applications;
mod audit;
mod carried;
mod cases;
mod commands;
mod decisions;
mod disclose;
mod exchange;
mod exercise;
mod golden;
mod house;
mod kill;
mod legs;
mod lines;
mod made;
mod pack;
mod preview;
mod reading;
mod room;
mod samples;
mod simulated;
mod succession;
mod tenancy;
mod terminal;
mod verify;
mod views;
