//! The program from outside: exit code, standard output and standard error of real processes, each in a room of its own.

#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test that cannot go on fails, and one that skips says so"
)]

mod audit;
mod carried;
mod cases;
mod commands;
mod disclose;
mod exchange;
mod house;
mod kill;
mod lines;
mod made;
mod next;
mod pack;
mod preview;
mod room;
mod samples;
mod simulated;
mod succession;
mod tenancy;
mod terminal;
mod views;

use std::{fs, path::Path};

/// A file that no `mod` line names is never compiled, and its tests never fail.
#[test]
fn no_test_file_is_forgotten() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it");
    let named = fs::read_to_string(folder.join("main.rs")).unwrap();
    for entry in fs::read_dir(&folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if let Some(stem) = name.strip_suffix(".rs").filter(|stem| *stem != "main") {
            assert!(named.lines().any(|line| line == format!("mod {stem};")), "tests/it/{name} is not in main.rs");
        }
    }
}
