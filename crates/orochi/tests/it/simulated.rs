//! A made-up operation is taken in whole: every file by its own layout, every row a record, a reject or excess data,
//! and rejects and excess exactly those that were planted.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::room::Room;

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

fn count(value: &Value, key: &str) -> u64 {
    value[key].as_u64().unwrap()
}

#[test]
fn what_is_disclosed_is_taken_in_to_the_row() {
    let mut layouts = BTreeMap::new();
    for seed in ["1", "4"] {
        taken_in(seed, &mut layouts);
    }
    assert!(layouts.len() >= 5, "too few layouts to mean anything: {layouts:?}");
}

/// Rows of a cell list whose area is 65534 or 65535.
fn reserved(list: &std::path::Path) -> u64 {
    let bytes = std::fs::read(list).unwrap();
    let text = String::from_utf8_lossy(&bytes);
    let of_none = |line: &&str| line.split([',', ';', '\t', '|', '-']).any(|part| matches!(part, "65534" | "65535"));
    text.lines().filter(of_none).count() as u64
}

/// One made-up operation from its folder into a case; counts the files of each layout.
fn taken_in(seed: &str, layouts: &mut BTreeMap<String, u32>) {
    let room = Room::new();
    let said =
        room.json(&["simulate", "small", "--out", "op", "--people", "1000", "--days", "7", "--seed", seed, "--json"]);
    let truth: Value = serde_json::from_slice(&std::fs::read(room.work().join("op/truth.json")).unwrap()).unwrap();
    assert_eq!(count(&said, "lines"), truth["lines"].as_array().unwrap().len() as u64);
    assert_eq!(count(&said, "numbers"), count(&truth, "numbers"));
    let planted: BTreeMap<&str, &Value> =
        truth["disclosed"].as_array().unwrap().iter().map(|file| (file["file"].as_str().unwrap(), file)).collect();
    assert_eq!(said["files"].as_array().unwrap().len(), planted.len());

    room.ok(&["case", "new", "case", "--name", "Made up", "--reference", "SIM"]);
    room.ok(&["authority", "add", "case", "--file", "op/authorities.csv"]);
    let work = room.work();
    let mut paths: Vec<String> = Vec::new();
    for folder in ["op/disclosures", "op/cells"] {
        let relative = |path: PathBuf| path.strip_prefix(&work).unwrap().to_str().unwrap().to_owned();
        paths.extend(files(&work.join(folder)).into_iter().map(relative));
    }
    paths.extend(["op/subscribers.csv", "op/topups.csv", "op/handsets.txt"].map(str::to_owned));
    let mut args = vec!["add", "case", "--json"];
    args.extend(paths.iter().map(String::as_str));
    let added = room.json(&args);
    assert_eq!(added["failed"], serde_json::json!([]));

    for file in added["files"].as_array().unwrap() {
        let name = file["file"].as_str().unwrap().strip_prefix("op/").unwrap();
        let planted = planted[name];
        // The published cells that the towns are made of hold some of an area that stands for none.
        let reserved = if name.starts_with("cells/") { reserved(&work.join("op").join(name)) } else { 0 };
        for (key, more) in [("rows", 0), ("rejects", reserved), ("excess", 0)] {
            assert_eq!(count(file, key), count(planted, key) + more, "{key} of {name}, read as {}", file["profile"]);
        }
        assert_eq!(
            count(file, "records") + count(file, "rejects") + count(file, "excess"),
            count(file, "rows"),
            "{name}"
        );
        // Nothing a layout states is left unread but what says nothing of a communication.
        for unmapped in file["unmapped"].as_array().unwrap() {
            assert_eq!(unmapped, "Charge (£)", "{name}");
        }
        if let Some(layout) = planted["layout"].as_str() {
            *layouts.entry(layout.to_owned()).or_insert(0) += 1;
        }
    }
}

#[test]
fn a_folder_that_holds_something_is_left_alone() {
    let room = Room::new();
    room.file("op/notes.txt", "mine");
    insta::assert_snapshot!(room.show(&["simulate", "small", "--out", "op"]), @r#"
    exit code 1
    ----- stderr
    error: the folder is not empty
      at: op
      hint: name a folder that does not exist yet
    "#);
}

#[test]
fn the_same_bytes_on_any_number_of_threads() {
    let room = Room::new();
    let run = |out: &str, threads: &str| {
        room.ok(&["simulate", "small", "--out", out, "--people", "300", "--days", "2", "--threads", threads]);
        let mut all = BTreeMap::new();
        for folder in ["", "disclosures", "cells"] {
            for path in files(&room.work().join(out).join(folder)).into_iter().filter(|path| path.is_file()) {
                all.insert(path.strip_prefix(room.work().join(out)).unwrap().to_owned(), std::fs::read(&path).unwrap());
            }
        }
        all
    };
    let (one, three) = (run("one", "1"), run("three", "3"));
    assert_eq!(one.keys().collect::<Vec<_>>(), three.keys().collect::<Vec<_>>());
    for (name, bytes) in &one {
        assert!(bytes == &three[name], "{} differs", name.display());
    }
}
