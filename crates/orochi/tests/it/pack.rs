//! `pack` on the demonstration's data: every document is there, says nothing that may not be said,
//! and is the same each time.

use std::path::{Path, PathBuf};

use orochi_case::{Case, Engine, EngineOptions};
use orochi_casework::{Inputs, Investigation, SettingsBook, Silence};
use orochi_evidence::pack::{self, Document, Stamp, Study};
use orochi_model::sentence::{Class, FORBIDDEN};

use crate::room::Room;

const NEW: &str = "+447700900222";

fn demonstration() -> Room {
    let room = Room::new();
    room.ok(&["case", "new", "case", "--name", "Exercise", "--reference", "E-1", "--training"]);
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo/data");
    for file in ["cells.csv", "customer-1.csv", "customer-2.csv", "customer-3.csv", "new-line-call-data.csv"] {
        room.ok(&["add", "case", demo.join(file).to_str().unwrap()]);
    }
    room
}

fn instant(text: &str) -> i64 {
    text.parse::<jiff::Timestamp>().unwrap().as_microsecond()
}

/// The words of every document of a pack.
fn words(room: &Room, line: &str, period: (Option<i64>, Option<i64>)) -> Vec<(String, String)> {
    let case = Case::open(&room.work().join("case")).unwrap();
    let stamp = Stamp::from_case(&case).unwrap();
    let engine = Engine::open(&case, &EngineOptions::default()).unwrap();
    let investigation = Investigation::new(&case, &engine, Inputs::new(SettingsBook::default()).unwrap(), &Silence);
    let mut study = Study::from_investigation(&investigation, &[line.to_owned()], period).unwrap();
    study.read().unwrap();
    pack::words(&study, &stamp, Document::ALL, &room.work().join("scratch")).unwrap()
}

fn plain(words: &str) -> String {
    words.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How many tables have a side of that title, which ends in how many reasons it holds: `against (3)`.
fn headed(words: &str, title: &str) -> usize {
    let begins = format!("{title} (");
    let counted = |rest: &str| rest.split_once(')').is_some_and(|(n, _)| n.bytes().all(|c| c.is_ascii_digit()));
    words.match_indices(&begins).filter(|(at, _)| counted(&words[at + begins.len()..])).count()
}

#[test]
fn no_document_claims_what_may_not_be_claimed_and_both_sides_are_equal() {
    let room = demonstration();
    let period = (Some(instant("2025-02-17T00:00:00Z")), Some(instant("2025-02-18T00:00:00Z")));
    let all = words(&room, NEW, period);
    assert!(!room.work().join("scratch").exists(), "reading back leaves nothing");
    assert!(all.len() >= 8, "{:?}", all.iter().map(|(file, _)| file).collect::<Vec<_>>());
    for (file, words) in &all {
        let said = plain(words);
        for claim in FORBIDDEN {
            assert!(!said.contains(claim), "{file} says {claim}");
        }
        // A side that is left out would be less prominent than the other.
        let count = |what: &str| said.matches(what).count();
        assert_eq!(count("occasions in agreement"), count("occasions in conflict"), "{file}");
        assert_eq!(count("in agreement"), count("in conflict"), "{file}");
        let supports = ["for a line", "for one line", "signs", " for"].map(|title| headed(&said, title));
        assert_eq!(headed(&said, "against"), supports.iter().sum::<usize>(), "{file}");
        // What stands under Facts draws no conclusion about people or trade.
        let facts =
            words.split_once("Facts").map(|(_, rest)| rest.split_once("Opinion").map_or(rest, |(facts, _)| facts));
        assert_eq!(facts.and_then(|facts| Class::Fact.excess(facts)), None, "{file}");
        for page in words.lines().filter(|page| !page.trim().is_empty()) {
            assert!(page.contains("TRAINING") && page.contains("E-1") && page.contains("audit log"), "{file}: {page}");
        }
    }
    let of = |name: &str| plain(&all.iter().find(|(file, _)| file.starts_with(name)).unwrap().1);
    assert!(of("4-").contains("what this map does not show"));
    assert!(of("3-").contains("h1") && of("3-").contains("validation"));
    for name in ["1-", "2-", "3-", "4-", "6-ddtro-application.pdf", "7-"] {
        assert!(of(name).contains("facts"), "{name}");
    }
    for name in ["1-", "3-", "6-ddtro-application.pdf", "7-"] {
        assert!(of(name).find("facts").unwrap() < of(name).find("opinion").unwrap(), "{name}");
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target)
        } else {
            std::fs::copy(entry.path(), target).map(drop).unwrap()
        }
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut all: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    all.sort();
    all
}

#[test]
fn the_same_case_gives_the_same_bytes() {
    let room = demonstration();
    copy(&room.work().join("case"), &room.work().join("again"));
    let made = |case: &str, out: &str| {
        room.json(&["pack", case, "--line", NEW, "--documents", "profile,messages,workbook", "--out", out, "--json"])
    };
    let said = made("case", "one");
    made("again", "two");
    assert_eq!(said["files"].as_array().unwrap().len(), 3, "{said:#}");
    let (one, two) = (files(&room.work().join("one")), files(&room.work().join("two")));
    assert_eq!(one.len(), 4);
    for (one, two) in one.iter().zip(&two) {
        assert!(std::fs::read(one).unwrap() == std::fs::read(two).unwrap(), "{}", one.display());
    }
    // The head on the pages is that of the log before the pack was noted.
    let head = said["head"].as_str().unwrap();
    room.ok(&["audit", "verify", "case", "--head", head]);
}

#[test]
fn what_cannot_be_made_is_said() {
    let room = demonstration();
    // A number that is in no communication: every document says so, and the screen alone what may have been meant.
    let output = room.run(&["pack", "case", "--line", "+447700900223", "--out", "none", "--json"]);
    assert!(output.status.success() && room.told(&output).contains(NEW), "{}", room.told(&output));
    let said: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    for file in said["files"].as_array().unwrap() {
        let told = file["missing"].to_string();
        let silent = ["6-ddtro-application-sensitive.pdf", "8-method-statements.pdf", "workbook.xlsx"];
        let silent = silent.contains(&file["file"].as_str().unwrap());
        assert!(silent || told.contains("does not occur in any communication") && !told.contains(NEW), "{file:#}");
    }
    room.file("full/note.txt", "x");
    let problem = room.show(&["pack", "case", "--line", NEW, "--out", "full", "--documents", "messages"]);
    assert!(problem.contains("not empty"), "{problem}");

    // A period without data, and a number whose own data, and so its cells, are not held.
    let args = [
        "pack",
        "case",
        "--line",
        NEW,
        "--from",
        "2019-01-01",
        "--to",
        "2019-01-02",
        "--documents",
        "profile,sequence,maps,messages",
        "--out",
        "empty",
        "--json",
    ];
    let said = room.json(&args);
    for file in said["files"].as_array().unwrap() {
        assert!(!file["missing"].as_array().unwrap().is_empty(), "{file:#}");
    }
    let said = room.json(&[
        "pack",
        "case",
        "--line",
        "+447700900111",
        "--line",
        "+447700900111",
        "--documents",
        "maps,attribution",
        "--out",
        "bare",
        "--json",
    ]);
    let words = said["files"].to_string();
    assert!(words.contains("No cells of the line") || words.contains("no known position"), "{said:#}");
    assert!(words.contains("Insufficient data"), "{said:#}");
}
