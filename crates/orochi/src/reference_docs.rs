//! `docs/commands.md`, made from the same definitions as `--help`, and the test that it is up to date.

use std::{fmt::Write as _, fs, path::Path};

use clap::{Command, CommandFactory};

/// What stands above the commands.
const HEAD: &str = "# Commands

Made from the program by `OROCHI_WRITE_DOCS=1 cargo test -p orochi reference`; a test compares. Every
command takes `--json`.

";

fn section(out: &mut String, command: &mut Command, path: &str) {
    let names: Vec<String> = command.get_subcommands().map(|child| child.get_name().to_owned()).collect();
    if names.is_empty() || path == "orochi" || command.get_positionals().next().is_some() {
        let help = command.render_long_help().to_string();
        let help: Vec<&str> = help.lines().map(str::trim_end).collect();
        let _ = write!(out, "## `{path}`\n\n```text\n{}\n```\n\n", help.join("\n").trim_end());
    }
    for name in names.iter().filter(|name| *name != "help") {
        if let Some(child) = command.find_subcommand_mut(name) {
            section(out, child, &format!("{path} {name}"));
        }
    }
}

#[test]
fn the_command_reference_is_up_to_date() {
    let mut command = crate::Cli::command().term_width(120);
    command.build();
    let mut text = HEAD.to_owned();
    section(&mut text, &mut command, "orochi");
    let text = format!("{}\n", text.trim_end());
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/commands.md");
    if std::env::var_os("OROCHI_WRITE_DOCS").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, &text).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == text, "docs/commands.md is out of date: OROCHI_WRITE_DOCS=1 cargo test -p orochi reference");
}

#[test]
fn the_definitions_agree_with_themselves() {
    crate::Cli::command().debug_assert();
}

#[test]
fn commands_answer_to_the_words_that_they_had() {
    let command = crate::Cli::command();
    for (was, is) in [("attribute", "attribution"), ("colocate", "colocation"), ("next", "applications")] {
        assert_eq!(command.find_subcommand(was).map(Command::get_name), Some(is));
    }
}

#[test]
fn commands_are_in_alphabetical_order() {
    fn check(command: &Command) {
        let names: Vec<_> = command.get_subcommands().map(|child| child.get_name().to_owned()).collect();
        assert!(names.is_sorted(), "{names:?}");
        command.get_subcommands().for_each(check);
    }
    check(&crate::Cli::command());
}

#[test]
fn every_command_has_an_example() {
    fn check(command: &mut Command) {
        let names: Vec<_> = command.get_subcommands().map(|child| child.get_name().to_owned()).collect();
        if names.is_empty() {
            let help = command.render_long_help().to_string();
            assert!(help.contains("Example"), "{}", command.get_name());
        }
        for name in names {
            check(command.find_subcommand_mut(&name).unwrap());
        }
    }
    check(&mut crate::Cli::command());
}
