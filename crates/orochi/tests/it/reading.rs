//! What was done when a file was taken in is kept with it, and shown whatever profiles there are later.

use std::fs;

use serde_json::Value;

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
    let before = "DROP TABLE readings; DROP TABLE seals; DROP TABLE digests; DROP TABLE decisions; \
                  DROP TABLE lines; DROP TABLE actors; PRAGMA user_version = 1";
    catalogue.execute_batch(before).unwrap();
    drop(catalogue);
    std::fs::remove_file(room.work().join("case/case.seal")).unwrap();
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

/// Calls as a spreadsheet and a database leave them: guards, `.0`, a placeholder, a heading once more, a
/// total, a date that is none.
const DAMAGED: &str = "Calling Number,Called Number,Call Start,Duration (s),Dealer Code
447700900111,447700900222,03/02/2025 09:15:00,35,D1
447700900111.0,447700900333,14/02/2025 09:16:00,36.0,D1
=\"447700900111\",N/A,14/02/2025 09:17:00,37,D2
Calling Number,Called Number,Call Start,Duration (s),Dealer Code
447700900111,447700900444,99/99/2025 09:18:00,38,D2
447700900111,447700900222,15/02/2025 09:19:00,39,
Total,,,185,
";

fn damaged() -> Room {
    let room = Room::new();
    room.ok(&["case", "new", "case", "--name", "Exercise", "--reference", "E-1", "--training"]);
    room.file("damaged.csv", DAMAGED);
    room.ok(&["add", "case", "damaged.csv"]);
    room
}

/// The column of a heading.
fn column<'v>(report: &'v Value, heading: &str) -> &'v Value {
    let columns = report["sheets"][0]["read"]["columns"].as_array().unwrap();
    columns.iter().find(|column| column["heading"] == heading).unwrap()
}

fn examples(column: &Value) -> Vec<(u64, String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or("nothing").to_owned();
    let all = column["examples"].as_array().unwrap().iter();
    all.map(|one| (one["row"].as_u64().unwrap(), text(&one["received"]), text(&one["read"]))).collect()
}

#[test]
fn a_reading_says_what_became_of_every_column_and_line() {
    let room = damaged();
    let report = room.json(&["reading", "case", "ex0001", "--json"]);
    let counts = ["rows", "records", "rejects", "excess", "notes"].map(|name| report[name].as_u64().unwrap());
    assert_eq!(counts, [5, 4, 1, 0, 2]);
    assert_eq!(report["kept"], true);

    let caller = column(&report, "Calling Number");
    assert_eq!((&caller["field"], &caller["absent"], &caller["rejected"]), (&"a".into(), &0.into(), &0.into()));
    let read = "+447700900111";
    assert_eq!(
        examples(caller),
        [(2, "447700900111", read), (3, "447700900111.0", read), (4, "=\"447700900111\"", read)]
            .map(|(row, received, read)| (row, received.to_owned(), read.to_owned()))
    );
    let called = column(&report, "Called Number");
    assert_eq!((&called["filled"], &called["absent"]), (&4.into(), &1.into()), "N/A is nobody");
    assert!(examples(called).contains(&(4, "N/A".to_owned(), "nothing".to_owned())), "{called:#}");
    let start = column(&report, "Call Start");
    assert_eq!(start["rejected"], 1);
    assert_eq!(
        (&start["rejections"][0]["row"], start["rejections"][0]["received"].as_str()),
        (&6.into(), Some("99/99/2025 09:18:00"))
    );
    assert_eq!(examples(start)[0].2, "2025-02-03T09:15:00Z");
    let said = start["understood"].to_string();
    assert!(said.contains("UK local time") && said.contains("day, month, year"), "{said}");
    assert_eq!(examples(column(&report, "Duration (s)"))[0].2, "35 s");
    assert_eq!(column(&report, "Dealer Code")["field"], Value::Null);
    assert_eq!(report["sheets"][0]["read"]["unmapped"], serde_json::json!(["Dealer Code"]));

    let passed = report["sheets"][0]["read"]["passed_over"].as_array().unwrap();
    let lines: u64 = passed.iter().map(|lines| lines["lines"].as_u64().unwrap()).sum();
    assert_eq!(lines, 2);
    let rows: Vec<&Value> =
        passed.iter().flat_map(|lines| lines["first"].as_array().unwrap()).map(|line| &line["row"]).collect();
    assert!(rows.contains(&&5.into()) && rows.contains(&&8.into()), "{passed:#?}");

    let told = room.ok(&["reading", "case", "EX0001"]);
    for said in [
        "Calling Number",
        "447700900111.0 \u{2192} +447700900111",
        "Dealer Code",
        "99/99/2025 09:18:00",
        "row 8: Total",
    ] {
        assert!(told.contains(said), "{said} not in {told}");
    }
}

#[test]
fn a_reading_without_values_holds_none() {
    let room = damaged();
    let printed = room.ok(&["reading", "case", "EX0001", "--without-values", "--json"]);
    // Whose data it is is said all the same, as the exhibit says it.
    assert!(
        !printed.contains("447700900222") && !printed.contains("99/99/2025") && printed.contains("Calling Number"),
        "{printed}"
    );
}

#[test]
fn excess_data_are_counted_and_not_shown() {
    let room = Room::new();
    room.ok(&["case", "new", "case", "--name", "Heron", "--reference", "E-1"]);
    let period = ["--from", "2025-02-01", "--to", "2025-02-14"];
    let authority = ["authority", "add", "case", "--reference", "A-1", "--identifier", "07700900111"];
    room.ok(&[&authority[..], &period[..]].concat());
    room.file("damaged.csv", DAMAGED);
    room.ok(&["add", "case", "damaged.csv"]);
    let report = room.json(&["reading", "case", "EX0001", "--json"]);
    assert_eq!(report["excess"], 1, "{report:#}");
    assert_eq!(column(&report, "Called Number")["filled"], 4);
    let called: Vec<u64> = examples(column(&report, "Called Number")).into_iter().map(|one| one.0).collect();
    assert!(!called.contains(&7), "{called:?}");
}

#[test]
fn a_sheet_left_out_is_named_with_its_reason() {
    let room = Room::new();
    room.ok(&["case", "new", "case", "--name", "Exercise", "--reference", "E-1", "--training"]);
    let archive = std::fs::File::create(room.work().join("two.zip")).unwrap();
    let mut archive = zip::ZipWriter::new(archive);
    for (name, text) in [("calls.csv", DAMAGED), ("notes.csv", "Remember,Milk\nand,Bread\n")] {
        archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut archive, text.as_bytes()).unwrap();
    }
    archive.finish().unwrap();
    room.ok(&["add", "case", "two.zip"]);
    let report = room.json(&["reading", "case", "EX0001", "--json"]);
    let sheets = report["sheets"].as_array().unwrap();
    assert_eq!((&sheets[0]["sheet"], &sheets[1]["sheet"]), (&"calls.csv!".into(), &"notes.csv!".into()));
    assert!(sheets[0]["left_out"].is_null() && sheets[1]["left_out"].is_string(), "{sheets:#?}");
}
