//! Layouts and whole files, from text to tables.

#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test that cannot go on fails, and one that skips says so"
)]

mod callers;
mod cell_lists;
mod common;
mod field_files;
mod field_values;
mod identifiers;
mod profiles;
mod proposals;
mod samples;
mod unknown_layouts;
mod values;
mod whole_columns;
