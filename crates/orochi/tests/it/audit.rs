//! `audit`: everything done is in the log, and a log that was touched is found out.

use std::fs;

use insta::assert_snapshot;
use serde_json::json;

use crate::{made, room::Room};

fn case() -> Room {
    let room = Room::new();
    room.ok(&["case", "new", "case", "--name", "Heron", "--reference", "HN-1", "--training"]);
    room.file("a.csv", made::calls(1, 10, 1));
    room.ok(&["add", "case", "a.csv"]);
    room
}

#[test]
fn every_look_is_in_the_log() {
    let room = case();
    let commands: [&[&str]; 11] = [
        &["case", "show", "case"],
        &["authority", "list", "case"],
        &["records", "case", "--number", "07700900001"],
        &["events", "case"],
        &["tenancies", "case"],
        &["presences", "case"],
        &["cells", "case"],
        &["rejects", "case"],
        &["excess", "case"],
        &["sql", "case", "select 1"],
        &["row", "case", "EX0001", "6"],
    ];
    let all = || room.json(&["audit", "show", "case", "--json"])["entries"].as_array().unwrap().clone();
    // What is derived for a look has an entry of its own.
    let entries = || all().into_iter().filter(|entry| entry["action"] != "combine").collect::<Vec<_>>();
    for command in commands {
        let before = entries().len();
        room.ok(command);
        let after = entries();
        assert_eq!(after.len(), before + 1, "{command:?}");
        assert_eq!(after.last().unwrap()["action"], "consult", "{command:?}");
    }
    let before = entries().len();
    room.ok(&["lines", "case"]);
    assert_eq!(entries().len(), before + 1);
    room.ok(&["verify", "case"]);
    assert_eq!(entries().len(), before + 1, "looking at the log is no look at the data");
    let derived: Vec<_> = all().into_iter().filter(|entry| entry["action"] == "combine").collect();
    assert_eq!(derived.len(), 2);
    assert!(derived[0]["what"] == "events derived" && derived[0]["detail"]["files"].as_object().unwrap().len() == 2);
    let records = entries().into_iter().find(|entry| entry["what"] == "records").unwrap();
    assert_eq!(records["detail"]["number"], "+447700900001");
}

#[test]
fn the_log_tells_the_settings_of_all_that_an_answer_rests_on() {
    let room = case();
    std::fs::create_dir(room.work().join("strict")).unwrap();
    room.file("strict/lines.toml", "flag_score = 0.9\n");
    room.file("strict/roles.toml", "holder_hours = 24\n");
    room.ok(&["roles", "case", "--settings", "strict"]);
    room.ok(&["export", "case", "--format", "graphml", "--out", "all.graphml"]);
    let entries = room.json(&["audit", "show", "case", "--json"])["entries"].as_array().unwrap().clone();
    let detail = |what: &str| entries.iter().find(|entry| entry["what"] == what).unwrap()["detail"].clone();
    let roles = detail("roles");
    assert_eq!(roles["settings"]["holder_hours"], 24.0);
    assert_eq!(roles["rests_on"]["lines"]["settings"]["flag_score"], 0.9);
    assert_eq!(detail("export")["methods"]["lines"]["settings"]["flag_score"], 0.5);
}

/// What `verify` says of the log.
fn of_log(room: &Room, args: &[&str]) -> String {
    let told = room.show(&[&["verify", "case"], args].concat());
    told.split("The catalogue").next().unwrap().to_owned()
}

#[test]
fn a_log_that_holds() {
    let room = case();
    let told = room.show(&["verify", "case"]);
    assert!(told.starts_with("exit code 0\n"), "{told}");
    let verified = room.json(&["verify", "case", "--json"]);
    assert_eq!(verified["verified"], true);
    let head = verified["head"].as_str().unwrap();
    assert!(told.contains(&format!("Head: {head}")));
    room.ok(&["records", "case"]);
    room.ok(&["verify", "case", "--head", head]);
    let other = format!("2:{}", "0".repeat(64));
    assert_snapshot!(of_log(&room, &["--head", &other]), @r#"
    exit code 3
    ----- stdout
    TRAINING: an exercise; nothing below is evidence
    The log is not intact:
      the first 2 entries are not those whose head was noted
        to put it right: restore the case folder from a copy; no command can repair a log
    "#);
    assert_snapshot!(room.show(&["verify", "case", "--head", "2"]), @r#"
    exit code 1
    ----- stderr
    error: “2” is not a log head
      hint: write it as SIZE:ROOT, for example 12:9f86d0…, with all 64 digits, as `orochi verify` prints it
    "#);
}

#[test]
fn no_log_because_there_is_no_case() {
    assert_snapshot!(Room::new().show(&["verify", "nowhere"]), @r#"
    exit code 1
    ----- stderr
    error: this is not a case folder
      at: nowhere
      hint: name a folder made by `orochi case new`
    "#);
}

#[test]
fn a_log_that_was_touched() {
    let room = case();
    for _ in 0..3 {
        room.ok(&["records", "case"]);
    }
    let path = room.work().join("case/audit.jsonl");
    let whole = fs::read_to_string(&path).unwrap();
    let lines: Vec<&str> = whole.lines().collect();
    let with =
        |lines: &[&str]| fs::write(&path, lines.iter().map(|line| format!("{line}\n")).collect::<String>()).unwrap();

    let altered = lines[2].replace("records", "RECORDS");
    let mut touched = lines.clone();
    touched[2] = &altered;
    with(&touched);
    assert_snapshot!(of_log(&room, &[]), @r#"
    exit code 3
    ----- stdout
    TRAINING: an exercise; nothing below is evidence
    The log is not intact:
      entry 3 was altered
        to put it right: restore the case folder from a copy; no command can repair a log
    "#);
    let output = room.run(&["verify", "case", "--json"]);
    assert_eq!(output.status.code(), Some(3));
    let document: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&document["marking"], &document["verified"]), (&json!("TRAINING"), &json!(false)));
    let mend = "restore the case folder from a copy; no command can repair a log";
    let fault = json!([{
        "part": "log",
        "file": "audit.jsonl",
        "text": "entry 3 was altered",
        "mend": mend,
        "fault": "altered",
        "seq": 3
    }]);
    assert_eq!(document["faults"], fault);

    let mut touched = lines.clone();
    touched.remove(1);
    with(&touched);
    assert_snapshot!(of_log(&room, &[]), @r#"
    exit code 3
    ----- stdout
    TRAINING: an exercise; nothing below is evidence
    The log is not intact:
      entry 2 was removed
        to put it right: restore the case folder from a copy; no command can repair a log
    "#);

    let mut touched = lines.clone();
    touched.swap(1, 2);
    with(&touched);
    assert_snapshot!(of_log(&room, &[]), @r#"
    exit code 3
    ----- stdout
    TRAINING: an exercise; nothing below is evidence
    The log is not intact:
      entry 3 was moved to line 2
        to put it right: restore the case folder from a copy; no command can repair a log
    "#);

    with(&lines[..lines.len() - 1]);
    assert_snapshot!(of_log(&room, &[]), @r#"
    exit code 3
    ----- stdout
    TRAINING: an exercise; nothing below is evidence
    The log is not intact:
      entry 5 was cut off the end
        to put it right: restore the case folder from a copy; no command can repair a log
    "#);

    with(&lines);
    room.ok(&["verify", "case"]);
}
