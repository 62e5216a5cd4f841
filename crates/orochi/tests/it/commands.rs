//! Calls that need no case: help, version, usage errors, completions, manual pages.

use insta::assert_snapshot;

use crate::room::Room;

#[test]
fn version() {
    let room = Room::new();
    let told = room.ok(&["--version"]);
    let build = told.strip_prefix("orochi 0.1.0 (").and_then(|rest| rest.strip_suffix(")\n")).unwrap();
    assert!(!build.is_empty());
    // The same stands in the audit log, which is what a court looks at.
    room.ok(&["case", "new", "case", "--name", "Exercise", "--reference", "E-1", "--training"]);
    let log = std::fs::read_to_string(room.work().join("case/audit.jsonl")).unwrap();
    assert!(log.lines().all(|line| line.contains(&format!("\"tool\":\"{}\"", told.trim_end()))), "{log}");
}

#[test]
fn an_unknown_command_is_a_usage_error() {
    assert_snapshot!(Room::new().show(&["simulat"]), @r#"
    exit code 2
    ----- stderr
    error: unrecognized subcommand 'simulat'

      tip: a similar subcommand exists: 'simulate'

    Usage: orochi [OPTIONS] <COMMAND>

    For more information, try '--help'.
    "#);
}

#[test]
fn a_usage_error_as_json() {
    assert_snapshot!(Room::new().show(&["records", "--json"]), @r#"
    exit code 2
    ----- stderr
    {"error":{"kind":"usage","message":"the following required arguments were not provided: <CASE>","place":null,"cause":null,"hint":"see --help"}}
    "#);
}

#[test]
fn no_command_is_a_usage_error_that_shows_the_help() {
    let output = Room::new().run(&[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
    assert!(String::from_utf8_lossy(&output.stderr).contains("Usage: orochi"));
}

#[test]
fn help_goes_to_standard_output() {
    let output = Room::new().run(&["help", "add"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(output.stderr.is_empty());
    assert!(String::from_utf8_lossy(&output.stdout).contains("Examples:"));
}

#[test]
fn a_manual_page_for_every_command() {
    let room = Room::new();
    room.ok(&["man", "made/man1"]);
    for page in ["orochi.1", "orochi-verify.1", "orochi-audit-show.1"] {
        let text = std::fs::read_to_string(room.work().join("made/man1").join(page)).unwrap();
        assert!(text.contains(".SH NAME") && text.contains(".SH OPTIONS"), "{page}");
    }
}

#[test]
fn completions_for_every_shell() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        assert!(Room::new().ok(&["completions", shell]).contains("orochi"), "{shell}");
        assert_eq!(Room::new().json(&["completions", shell, "--json"])["shell"], shell);
    }
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let room = Room::new();
    let mut command = room.command(&["completions", "bash"]);
    let mut child = command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(room.told(&output), "exit code 0\n");
}

#[test]
fn a_full_disk_behind_standard_output_is_an_error() {
    let Ok(full) = std::fs::OpenOptions::new().write(true).open("/dev/full") else {
        eprintln!("skipped: no /dev/full here");
        return;
    };
    let room = Room::new();
    let output = room.command(&["completions", "bash"]).stdout(full).output().unwrap();
    assert_snapshot!(room.told(&output), @r#"
    exit code 1
    ----- stderr
    error: cannot write to standard output
      because: No space left on device (os error 28)
    "#);
}

#[test]
fn dates_that_do_not_exist_are_usage_errors() {
    assert_snapshot!(Room::new().show(&["records", "case", "--from", "2024-10-27T01:30"]), @r#"
    exit code 2
    ----- stderr
    error: invalid value '2024-10-27T01:30' for '--from <DATE>': 2024-10-27T01:30:00 falls in an hour that UK clocks show twice or not at all: give the offset, as in 2024-10-27T01:30:00+01:00 or 2024-10-27T01:30:00Z

    For more information, try '--help'.
    "#);
    assert_snapshot!(Room::new().show(&["records", "case", "--to", "31/02/2024"]), @r#"
    exit code 2
    ----- stderr
    error: invalid value '31/02/2024' for '--to <DATE>': expected a date (2024-03-01) or a time (2024-03-01T09:30, 2024-03-01T09:30:00Z)

    For more information, try '--help'.
    "#);
}

#[test]
fn options_that_exclude_each_other() {
    assert_snapshot!(Room::new().show(&["records", "case", "--json", "--format", "csv"]), @r#"
    exit code 2
    ----- stderr
    {"error":{"kind":"usage","message":"--json prints JSON and cannot be combined with another --format","place":null,"cause":null,"hint":"see --help"}}
    "#);
    assert_snapshot!(Room::new().show(&["authority", "add", "case", "--file", "a.csv", "--reference", "R"]), @r#"
    exit code 2
    ----- stderr
    error: the argument '--file <CSV>' cannot be used with '--reference <REFERENCE>'

    Usage: orochi authority add --file <CSV> <CASE>

    For more information, try '--help'.
    "#);
    assert_snapshot!(Room::new().show(&["release", "case", "EX0001", "--rows", "40-12", "--reason", "R"]), @r#"
    exit code 2
    ----- stderr
    error: invalid value '40-12' for '--rows <FIRST-LAST>': expected row numbers as in 12 or 12-40, the smaller first

    For more information, try '--help'.
    "#);
}

#[test]
fn a_bug_is_told_calmly() {
    let room = Room::new();
    let output = room.command(&["profiles", "list"]).env("OROCHI_TEST_PANIC", "1").output().unwrap();
    let told = room.told(&output);
    assert!(
        told.starts_with("exit code 101\n----- stderr\nbug: Orochi stopped because of a mistake in the program\n"),
        "{told}"
    );
    assert!(told.contains("because: asked for by a test") && told.contains("do not send case data"), "{told}");
    assert!(!told.contains("RUST_BACKTRACE"), "{told}");
}
