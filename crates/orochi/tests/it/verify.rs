//! `verify`: every byte of a case is vouched for; what is not what was committed is named and nothing is made from it.

use std::{
    fs,
    path::{Path, PathBuf},
};

use insta::assert_snapshot;
use serde_json::Value;

use crate::{made, room::Room};

/// A case with two exhibits, excess data, an authority, a release and derived tables.
fn case() -> Room {
    let room = Room::new();
    room.ok(&["case", "new", "case", "--name", "Heron", "--reference", "HN-1"]);
    let period = ["--from", "2024-01-01", "--to", "2024-06-30"];
    room.ok(&[&["authority", "add", "case", "--reference", "A1", "--identifier", "07700900001"], &period[..]].concat());
    room.file("a.csv", made::calls(1, 300, 1));
    room.file("b.csv", made::calls(1, 200, 11));
    room.ok(&["add", "case", "a.csv"]);
    room.ok(&["add", "case", "b.csv"]);
    room.ok(&["release", "case", "EX0002", "--rows", "10-60", "--reason", "approved by DI Smith"]);
    for question in QUESTIONS {
        room.ok(question);
    }
    room
}

/// What is asked of a damaged case.
const QUESTIONS: [&[&str]; 5] = [
    &["lines", "case", "--json"],
    &["tenancies", "case", "--json"],
    &["records", "case", "--json"],
    &["row", "case", "EX0001", "40", "--json"],
    &["reading", "case", "EX0002", "--json"],
];

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let below = |path: PathBuf| if path.is_dir() { files(&path) } else { vec![path] };
    paths.into_iter().flat_map(below).collect()
}

/// Every file of a folder with its bytes.
fn kept(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    files(folder).into_iter().map(|path| (path.clone(), fs::read(&path).unwrap())).collect()
}

/// Puts a folder back as it was.
fn restore(folder: &Path, kept: &[(PathBuf, Vec<u8>)]) {
    for path in files(folder) {
        fs::remove_file(path).unwrap();
    }
    for (path, bytes) in kept {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

/// A small generator (xorshift), so that places can be drawn again.
struct Draw(u64);

impl Draw {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit.max(1) as u64) as usize
    }
}

#[test]
fn a_case_that_holds() {
    let room = case();
    let told = room.show(&["verify", "case"]);
    let (told, head) = told.rsplit_once("Head: ").unwrap();
    assert_snapshot!(told, @r#"
    exit code 0
    ----- stdout
    The log is intact: 12 entries, none altered, removed, reordered or cut off.
    The catalogue is intact: its rows are those that the log records.
    The mappings are intact: how 2 files were read is as recorded.
    The vault is intact: 2 files as received.
    The tables are intact: 5 files as committed.
    The keys are intact: 1 file as committed.
    The derived tables are intact: 3 files as derived.
    "#);
    assert_eq!(head.trim(), room.json(&["verify", "case", "--json"])["head"]);
    // The name of before, with its flags.
    assert_eq!(room.show(&["audit", "verify", "case", "--vault"]), room.show(&["verify", "case"]));
    assert!(!room.ok(&["audit", "--help"]).contains("verify"));
}

/// Turns a bit in each file of the case, asks every question, and looks what `verify` says.
fn turned(seed: u64) {
    let room = case();
    let folder = room.work().join("case");
    let whole = kept(&folder);
    let answers: Vec<Vec<u8>> = QUESTIONS.iter().map(|question| room.run(question).stdout).collect();
    restore(&folder, &whole);
    let mut draw = Draw(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let mut refused = 0;
    for (path, bytes) in whole.iter().filter(|(_, bytes)| !bytes.is_empty()) {
        let (at, bit) = (draw.below(bytes.len()), draw.below(8));
        let mut other = bytes.clone();
        other[at] ^= 1 << bit;
        fs::remove_file(path).unwrap();
        fs::write(path, other).unwrap();
        let name = path.strip_prefix(&folder).unwrap().to_str().unwrap();
        let place = format!("seed {seed}: {name} byte {at} bit {bit}");

        let verified = room.run(&["verify", "case", "--json"]);
        assert_eq!(verified.status.code(), Some(3), "{place}: {}", room.told(&verified));
        let document: Value = serde_json::from_slice(&verified.stdout).unwrap();
        let faults = document["faults"].as_array().unwrap();
        assert!(faults.iter().any(|fault| fault["file"] == name && fault["mend"].is_string()), "{place}: {document:#}");
        let said = room.show(&["verify", "case"]);
        assert!(name == "audit.jsonl" || said.contains(name), "{place}: {said}");

        let question = draw.below(QUESTIONS.len());
        for at in [question, 0] {
            let output = room.run(QUESTIONS[at]);
            match output.status.code() {
                Some(0) => assert_eq!(output.stdout, answers[at], "{place}: {:?}", QUESTIONS[at]),
                code => {
                    assert_eq!(code, Some(3), "{place}: {:?}: {}", QUESTIONS[at], room.told(&output));
                    assert!(output.stdout.is_empty(), "{place}: {:?}", QUESTIONS[at]);
                    refused += 1;
                }
            }
        }
        restore(&folder, &whole);
    }
    assert!(refused > 5, "seed {seed}: {refused}");
    room.ok(&["verify", "case"]);
}

#[test]
fn a_turned_bit_is_named_and_leads_to_no_finding_seed_1() {
    turned(1);
}

#[test]
fn a_turned_bit_is_named_and_leads_to_no_finding_seed_2() {
    turned(2);
}

#[test]
fn a_damaged_table_and_a_damaged_catalogue_say_how_to_mend_them() {
    let room = case();
    let folder = room.work().join("case");
    let table = folder.join("tables/records/exhibit=EX0001/part.parquet");
    let bytes = fs::read(&table).unwrap();
    let mut other = bytes.clone();
    other[bytes.len() / 2] ^= 1;
    fs::write(&table, &other).unwrap();
    assert_snapshot!(room.show(&["records", "case"]), @r#"
    exit code 3
    ----- stderr
    damaged data: a file of the case is damaged, so no result is made from it
      at: $ROOM/work/case/tables/records/exhibit=EX0001/part.parquet bytes 0 to 12031
      because: they differ from what was committed
      hint: restore this file from a copy of the case; without one, make a new case and `orochi add` the exhibit's native file from the vault
    "#);
    assert_snapshot!(room.show(&["verify", "case"]).split("Head").next().unwrap(), @r#"
    exit code 3
    ----- stdout
    The log is intact: 13 entries, none altered, removed, reordered or cut off.
    The catalogue is intact: its rows are those that the log records.
    The mappings are intact: how 2 files were read is as recorded.
    The vault is intact: 2 files as received.
    The tables are not intact:
      tables/records/exhibit=EX0001/part.parquet, bytes 0 to 12031: they differ from what was committed
        to put it right: restore this file from a copy of the case; without one, make a new case and `orochi add` the exhibit's native file from the vault
    The keys are intact: 1 file as committed.
    The derived tables are intact: 3 files as derived.
    "#);
    fs::write(&table, bytes).unwrap();
    room.ok(&["verify", "case"]);

    let derived = files(&folder.join("derived")).into_iter().find(|path| path.ends_with("events.parquet")).unwrap();
    let answer = room.ok(&["lines", "case", "--json"]);
    let mut bytes = fs::read(&derived).unwrap();
    bytes.truncate(100);
    fs::write(&derived, bytes).unwrap();
    let told = room.show(&["lines", "case", "--json"]);
    assert!(told.starts_with("exit code 3\n") && told.contains("derives it again"), "{told}");
    fs::remove_dir_all(derived.parent().unwrap()).unwrap();
    assert_eq!(room.ok(&["lines", "case", "--json"]), answer);
    room.ok(&["verify", "case"]);

    let catalogue = folder.join("case.sqlite");
    let mut bytes = fs::read(&catalogue).unwrap();
    // No row uses the header's reserved bytes.
    bytes[80] ^= 1;
    fs::write(&catalogue, bytes).unwrap();
    assert_snapshot!(room.show(&["lines", "case"]), @r#"
    exit code 3
    ----- stderr
    damaged data: a file of the case is damaged, so no result is made from it
      at: case/case.sqlite bytes 0 to 32767
      because: they differ from what was committed
      hint: `orochi verify` says what is damaged and how to put it right
    "#);
    assert_snapshot!(room.show(&["verify", "case"]).split("Head").next().unwrap(), @r#"
    exit code 3
    ----- stdout
    The log is intact: 17 entries, none altered, removed, reordered or cut off.
    The catalogue is not intact:
      case.sqlite, bytes 0 to 32767: they differ from what was committed
        to put it right: restore the case folder from a copy; or, because every row is still what the log records, remove `case.seal`: the next command seals the catalogue again
    The mappings are intact: how 2 files were read is as recorded.
    The vault is intact: 2 files as received.
    The tables are intact: 5 files as committed.
    The keys are intact: 1 file as committed.
    The derived tables are intact: 3 files as derived.
    "#);
    fs::remove_file(folder.join("case.seal")).unwrap();
    assert_eq!(room.ok(&["lines", "case", "--json"]), answer);
    room.ok(&["verify", "case"]);
}

#[test]
fn a_native_file_that_was_touched() {
    let room = case();
    let vault = room.work().join("case/vault");
    let native = fs::read_dir(vault).unwrap().next().unwrap().unwrap().path();
    let bytes = fs::read(&native).unwrap();
    fs::remove_file(&native).unwrap();
    fs::write(&native, [&bytes[..], b" "].concat()).unwrap();
    let output = room.run(&["verify", "case", "--json"]);
    assert_eq!(output.status.code(), Some(3));
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&json["verified"], &json["faults"][0]["part"]), (&Value::from(false), &Value::from("vault")));
    let exhibit = json["faults"][0]["exhibit"].as_str().unwrap();
    assert_eq!(room.run(&["row", "case", exhibit, "10"]).status.code(), Some(3));
}
