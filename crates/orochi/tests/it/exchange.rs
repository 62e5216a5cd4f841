//! `export`: every format twice to the same bytes, marked, logged, and refused where something is there. That other
//! tools read them is checked by `crates/orochi-evidence/validators`.

use std::{collections::BTreeMap, fs, path::Path};

use crate::{made, room::Room};

const FORMATS: &[(&str, &str)] = &[
    ("case-uco", "case.jsonld"),
    ("ftm", "ftm.jsonl"),
    ("i2", "i2"),
    ("anx", "chart.anx"),
    ("kml", "map.kml"),
    ("kmz", "map.kmz"),
    ("geojson", "map.geojson"),
    ("graphml", "graph.graphml"),
    ("gexf", "graph.gexf"),
    ("timesketch", "timeline.jsonl"),
    ("csv", "csv"),
    ("parquet", "parquet"),
];

fn case() -> Room {
    let room = Room::new();
    room.file("line.csv", made::deal_line());
    room.ok(&["case", "new", "case", "--name", "Exercise", "--reference", "EX-1", "--training"]);
    room.ok(&["add", "case", "line.csv"]);
    room
}

/// Every file at or below a path.
fn files(path: &Path) -> BTreeMap<String, Vec<u8>> {
    if path.is_file() {
        return BTreeMap::from([(String::new(), fs::read(path).unwrap())]);
    }
    let entries = fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path());
    entries.map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(&path).unwrap())).collect()
}

#[test]
fn every_exchange_format_is_the_same_twice_and_marked() {
    let room = case();
    for (format, name) in FORMATS {
        let again = format!("again-{name}");
        room.ok(&["export", "case", "--format", format, "--out", name]);
        room.ok(&["export", "case", "--format", format, "--out", &again]);
        let (once, twice) = (files(&room.work().join(name)), files(&room.work().join(again)));
        assert!(!once.is_empty() && once == twice, "{format}");
        let marked = |bytes: &Vec<u8>| bytes.windows(8).any(|word| word == b"TRAINING");
        // What a zip holds is marked inside.
        assert!(*format == "kmz" || once.values().any(marked), "{format} does not say TRAINING");
    }
    let left = fs::read_dir(room.work())
        .unwrap()
        .filter(|entry| entry.as_ref().unwrap().file_name().to_string_lossy().ends_with(".part"));
    assert_eq!(left.count(), 0, "passing names are gone");
}

#[test]
fn an_exchange_output_that_is_there_is_kept_and_each_export_is_logged() {
    let room = case();
    for (format, name) in [("ftm", "ftm.jsonl"), ("csv", "csv")] {
        room.ok(&["export", "case", "--format", format, "--out", name]);
        let refused = room.run(&["export", "case", "--format", format, "--out", name]);
        assert_eq!(refused.status.code(), Some(1), "{format}");
    }
    assert_eq!(room.run(&["export", "case", "--format", "timesketch", "--out", "t.json"]).status.code(), Some(1));
    assert_eq!(room.run(&["export", "case", "--format", "maltego", "--out", "m"]).status.code(), Some(2));
    let log = room.json(&["audit", "show", "case", "--json"]);
    let entries = log["entries"].as_array().unwrap();
    let disclosed: Vec<_> = entries.iter().filter(|entry| entry["action"] == "disclose").collect();
    assert_eq!(disclosed.len(), 2, "those that were refused let nothing out");
    assert_eq!(disclosed[0]["detail"]["format"], "ftm");
}

#[test]
fn exchange_of_one_number_holds_only_its_events() {
    let room = case();
    let number = made::number(100);
    room.ok(&["export", "case", "--format", "timesketch", "--out", "one.jsonl", "--number", &number]);
    let text = fs::read_to_string(room.work().join("one.jsonl")).unwrap();
    assert!(!text.is_empty());
    for line in text.lines() {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        let is = |name: &str| line[name].as_str().is_some_and(|party| party.ends_with(number.trim_start_matches('0')));
        assert!(is("a_party") || is("b_party") || is("number"), "{line}");
    }
}
