//! What differs on a terminal: colour, the progress bar, and that Parquet is refused. `script`
//! gives the program a terminal.

use std::process::Command;

use crate::{made, room::Room};

/// Runs a command line with a terminal for its output; none when there is no `script` here.
fn on_a_terminal(room: &Room, line: &str, environment: &[(&str, &str)]) -> Option<(Option<i32>, String)> {
    let mut command = Command::new("script");
    command.args(["-qec", &format!("{} {line}", env!("CARGO_BIN_EXE_orochi")), "/dev/null"]);
    room.seal(&mut command);
    command.env("TERM", "xterm").envs(environment.iter().copied());
    let Ok(output) = command.output() else {
        eprintln!("skipped: there is no `script` here");
        return None;
    };
    Some((output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned()))
}

#[test]
fn colour_only_where_it_is_wanted() {
    let room = Room::new();
    let Some((code, coloured)) = on_a_terminal(&room, "case show nowhere", &[]) else { return };
    assert_eq!(code, Some(1));
    assert!(coloured.contains("\u{1b}[1;31merror:"), "{coloured:?}");
    let Some((_, plain)) = on_a_terminal(&room, "case show nowhere", &[("NO_COLOR", "1")]) else { return };
    assert!(!plain.contains('\u{1b}'), "{plain:?}");
    let Some((_, dumb)) = on_a_terminal(&room, "case show nowhere", &[("TERM", "dumb")]) else { return };
    assert!(!dumb.contains('\u{1b}'), "{dumb:?}");
    assert!(!room.show(&["case", "show", "nowhere"]).contains('\u{1b}'), "never into a pipe");
}

#[test]
fn parquet_is_not_for_reading() {
    let room = Room::new();
    room.ok(&["case", "new", "case", "--name", "A", "--reference", "R", "--training"]);
    room.file("a.csv", made::calls(1, 10, 1));
    room.ok(&["add", "case", "a.csv"]);
    let Some((code, said)) = on_a_terminal(&room, "records case --format parquet", &[]) else { return };
    assert_eq!(code, Some(2));
    assert!(said.contains("--out"), "{said}");
}
