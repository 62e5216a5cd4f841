//! What was done when a file was taken in is kept with it, and shown whatever profiles there are later.

use std::fs;

use crate::room::Room;

/// A layout in which the second number is the caller: nothing that a program could propose by itself.
const PROFILE: &str = r#"
name = "rook"
version = 3
title = "Rook calls"
source = "made up"
table = "communications"
zone = "UTC"
dates = "day-month-year"
require = ["Number 1", "Number 2", "Begun"]

[columns]
a = "Number 2"
b = "Number 1"
start = "Begun"
duration = "Seconds"
"#;

const CALLS: &str = "Number 1,Number 2,Begun,Seconds
07700900222,07700900111,03/02/2025 09:15:00,35
07700900333,07700900111,03/02/2025 09:16:00,40
";

fn rook() -> Room {
    let room = Room::new();
    room.ok(&["case", "new", "case", "--name", "Exercise", "--reference", "E-1", "--training"]);
    room.file("ours/rook.toml", PROFILE);
    room.file("calls.csv", CALLS);
    room.ok(&["add", "case", "calls.csv", "--profiles", "ours"]);
    room
}

#[test]
fn a_row_is_shown_by_the_layout_of_its_time() {
    let room = rook();
    let before = room.json(&["row", "case", "EX0001", "2", "--json"]);
    fs::remove_dir_all(room.work().join("ours")).unwrap();
    let row = room.json(&["row", "case", "EX0001", "2", "--json"]);
    assert_eq!(row, before, "the profile is gone, what was done with it is not");
    assert_eq!((&row["layout"]["profile"], &row["layout"]["kept"]), (&"rook 3".into(), &true.into()));
    assert_eq!((&row["received"][1]["heading"], &row["received"][1]["field"]), (&"Number 2".into(), &"a".into()));
    assert_eq!(row["made"][0]["row"]["a"], "+447700900111");
}

#[test]
fn a_case_from_before_says_that_nothing_was_kept() {
    let room = rook();
    let catalogue = rusqlite::Connection::open(room.work().join("case/case.sqlite")).unwrap();
    catalogue.execute_batch("DROP TABLE readings").unwrap();
    drop(catalogue);
    let told = room.ok(&["row", "case", "EX0001", "2"]);
    assert!(told.contains("How this file was read was not kept"), "{told}");
    let row = room.json(&["row", "case", "EX0001", "2", "--json"]);
    assert_eq!(row["layout"]["kept"], false);
    assert_eq!(row["received"][0]["text"], "07700900222");
    // What comes in now is kept.
    room.file("more.csv", CALLS.replace("09:16", "09:17"));
    room.file("ours/rook.toml", PROFILE);
    room.ok(&["add", "case", "more.csv", "--profiles", "ours"]);
    let row = room.json(&["row", "case", "EX0002", "2", "--json"]);
    assert_eq!((&row["layout"]["profile"], &row["layout"]["kept"]), (&"rook 3".into(), &true.into()));
}
