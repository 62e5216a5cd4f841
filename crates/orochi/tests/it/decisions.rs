//! `line`: what persons decide, and that it is kept, logged and taken back.

use crate::{made, room::Room};

const REASON: [&str; 2] = ["--reason", "named on the flyer"];

fn room() -> Room {
    let room = Room::new();
    room.ok(&["case", "new", "case", "--name", "Exercise", "--reference", "E-1", "--training"]);
    room.file("line.csv", made::deal_line());
    room.ok(&["add", "case", "line.csv"]);
    room
}

fn with(args: &[&'static str]) -> Vec<&'static str> {
    args.iter().copied().chain(REASON).collect()
}

#[test]
fn a_line_is_opened_filled_asked_about_and_closed() {
    let room = room();
    let opened = room.json(&with(&["line", "new", "case", "--name", "Gee", "--source", "ex0001", "--json"]));
    assert_eq!((opened["line"].as_str(), opened["name"].as_str()), (Some("LN0001"), Some("Gee")));
    let number = ["line", "number", "case", "LN0001", "07700 900001", "--to", "2024-03-31", "--json"];
    let filled = room.json(&with(&number));
    assert_eq!(filled["numbers"][0]["number"], "+447700900001");
    assert_eq!(filled["numbers"][0]["to"], "2024-03-31T23:00:00Z", "a day ends by the British clock");

    // The id stands for the numbers.
    let by_id = room.json(&["attribution", "case", "LN0001", "--json"]);
    assert_eq!(by_id["numbers"], serde_json::json!(["+447700900001"]));

    room.ok(&with(&["line", "rename", "case", "LN0001", "--name", "G"]));
    room.ok(&with(&["line", "undo", "case", "LN0001", "3"]));
    let shown = room.ok(&["line", "show", "case", "LN0001"]);
    for words in ["LN0001", "Gee", "renamed “G”", "taken back by", "named on the flyer", "EX0001"] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    let log = room.ok(&["audit", "show", "case"]);
    assert!(
        log.contains("line LN0001: opened as “Gee”") && log.contains("line LN0001: decision 3 taken back"),
        "{log}"
    );
    room.ok(&["verify", "case"]);
}

#[test]
fn what_cannot_be_decided_says_why() {
    let room = room();
    let told = room.show(&["line", "new", "case", "--name", "Gee"]);
    assert!(told.starts_with("exit code 2") && told.contains("--reason"), "{told}");
    room.ok(&with(&["line", "new", "case", "--name", "Gee"]));
    room.ok(&with(&["line", "new", "case", "--name", "Other"]));
    room.ok(&with(&["line", "number", "case", "LN0001", "07700900001"]));
    let told = room.show(&with(&["line", "number", "case", "LN0002", "07700900001"]));
    assert!(told.starts_with("exit code 1") && told.contains("belongs to LN0001 in that period already"), "{told}");
    let told = room.show(&["attribution", "case", "LN0002"]);
    assert!(told.starts_with("exit code 1") && told.contains("LN0002 has no number yet"), "{told}");
    let told = room.show(&["attribution", "case", "LN0009"]);
    assert!(told.starts_with("exit code 1") && told.contains("there is no line LN0009"), "{told}");
}
