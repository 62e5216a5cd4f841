//! Answers as they were: what every method, document and disclosure says of the demonstration and of six made-up
//! operations, held to the byte, so that work on the inside shows what it changes outside.
//!
//! `tests/golden/OPERATION.tsv` has a line for each answer: its SHA-256, its bytes, its name. What a reader would
//! look at of the demonstration lies whole in `tests/golden/demo/`. An answer that was meant to change is accepted
//! with `OROCHI_GOLDEN=write`; all answers of a build go to a folder with `OROCHI_GOLDEN_DIR`, and two such folders
//! show what lies between two builds.
//!
//! Left out is what no method says:
//! - the program's version, the audit log's head, times of the clock and the user, which differ by build, run and
//!   place, wherever a document repeats them; the log itself and the manifest, which hold hashes of those;
//! - Parquet, which holds the rows of the CSV beside it in bytes that are another crate's;
//! - native files, which are what went in.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use orochi_analysis::settings::Settable as _;
use orochi_case::{Case, Engine, EngineOptions};
use orochi_casework::{Inputs, Investigation, Question, SettingsBook, Silence};
use orochi_evidence::pack::{self, Document, Stamp, Study};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::agreement;
use crate::room::{Room, blank_clock};

fn golden() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

fn demo() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo")
}

/// Answers of one operation, by name.
struct Answers {
    operation: &'static str,
    all: BTreeMap<String, Vec<u8>>,
}

impl Answers {
    fn add(&mut self, name: impl Into<String>, bytes: impl Into<Vec<u8>>) {
        let name = name.into();
        assert!(self.all.insert(name.clone(), bytes.into()).is_none(), "{name} twice");
    }

    /// Asks the program.
    fn ask(&mut self, name: &str, room: &Room, args: &[&str]) {
        self.add(name, room.ok(args));
    }

    /// Holds them to those kept, or keeps them; `whole` are kept in full.
    fn hold(self, whole: &[&str]) {
        if let Some(folder) = std::env::var_os("OROCHI_GOLDEN_DIR") {
            for (name, bytes) in &self.all {
                write(&Path::new(&folder).join(self.operation).join(name), &readable(name, bytes));
            }
        }
        let mut table = String::from("sha256\tbytes\tanswer\n");
        for (name, bytes) in &self.all {
            let hash: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
            let _ = writeln!(table, "{hash}\t{}\t{name}", bytes.len());
        }
        let path = golden().join(self.operation).with_extension("tsv");
        let texts = golden().join(self.operation);
        if std::env::var_os("OROCHI_GOLDEN").is_some_and(|word| word == "write") {
            write(&path, table.as_bytes());
            let _ = fs::remove_dir_all(&texts);
            for name in whole {
                write(&texts.join(name), &readable(name, &self.all[*name]));
            }
            return;
        }
        let kept = fs::read_to_string(&path).unwrap_or_default();
        let changed = changed(&kept, &table);
        let mut told = String::new();
        for (name, what) in &changed {
            let _ = writeln!(told, "  {name}: {what}");
            let now = self.all.get(*name).map(|bytes| readable(name, bytes));
            if let (Ok(was), Some(now)) = (fs::read_to_string(texts.join(name)), now) {
                told.push_str(&first_difference(&was, &String::from_utf8_lossy(&now)));
            }
        }
        assert!(
            changed.is_empty(),
            "{} of {} answers about {} are not those kept:\n{told}\
             To see how, on this commit and on the one before:\n  \
             OROCHI_GOLDEN_DIR=/some/new/folder cargo test --workspace --test it golden\nand `diff -r` the two folders. \
             To accept them, with a word in the commit on what changed and why:\n  \
             OROCHI_GOLDEN=write cargo test --workspace --test it golden",
            changed.len(),
            self.all.len(),
            self.operation,
        );
    }
}

fn write(path: &Path, bytes: &[u8]) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

/// Answers whose lines in two tables differ, with what became of each.
fn changed<'a>(was: &'a str, now: &'a str) -> BTreeMap<&'a str, String> {
    fn read(table: &str) -> BTreeMap<&str, (&str, &str)> {
        let lines = table.lines().skip(1).map(|line| line.split('\t').collect::<Vec<_>>());
        lines.map(|parts| (parts[2], (parts[0], parts[1]))).collect()
    }
    let (was, now) = (read(was), read(now));
    let gone = was.keys().filter(|name| !now.contains_key(*name)).map(|name| (*name, "gone".to_owned()));
    let other = now.iter().filter_map(|(name, (hash, bytes))| match was.get(name) {
        None => Some((*name, "new".to_owned())),
        Some((kept, _)) if kept == hash => None,
        Some((_, before)) => Some((*name, format!("{before} bytes before, {bytes} now"))),
    });
    gone.chain(other).collect()
}

fn first_difference(was: &str, now: &str) -> String {
    let (mut old, mut new) = (was.lines(), now.lines());
    for line in 1.. {
        match (old.next(), new.next()) {
            (None, None) => break,
            (old, new) if old == new => {}
            (old, new) => {
                let cut = |text: Option<&str>| text.unwrap_or("(no line)").chars().take(160).collect::<String>();
                return format!("    line {line}\n    - {}\n    + {}\n", cut(old), cut(new));
            }
        }
    }
    "    only spaces and line ends differ\n".to_owned()
}

/// JSON over several lines, what holds nothing further on one; anything else as it is.
fn readable(name: &str, bytes: &[u8]) -> Vec<u8> {
    if !name.ends_with(".json") {
        return bytes.to_owned();
    }
    let mut text = String::new();
    lay_out(&serde_json::from_slice(bytes).unwrap(), 0, &mut text);
    text.push('\n');
    text.into_bytes()
}

fn lay_out(value: &Value, depth: usize, text: &mut String) {
    let flat = |value: &Value| !value.is_array() && !value.is_object();
    let (open, close, parts): (_, _, Vec<(String, &Value)>) = match value {
        Value::Array(list) if !list.iter().all(flat) => ('[', ']', list.iter().map(|it| (String::new(), it)).collect()),
        Value::Object(map) if !map.values().all(flat) => {
            ('{', '}', map.iter().map(|(key, it)| (format!("{}: ", Value::from(key.as_str())), it)).collect())
        }
        _ => {
            let _ = write!(text, "{value}");
            return;
        }
    };
    text.push(open);
    for (place, (key, part)) in parts.into_iter().enumerate() {
        let _ = write!(text, "{}\n{}{key}", if place == 0 { "" } else { "," }, "  ".repeat(depth + 1));
        lay_out(part, depth + 1, text);
    }
    let _ = write!(text, "\n{}{close}", "  ".repeat(depth));
}

/// The methods that are asked of a whole case.
const METHODS: [&str; 5] = ["lines", "succession", "applications", "tenancy", "roles"];

/// Every method's document; `other` is weighed with the line.
fn methods(answers: &mut Answers, room: &Room, line: &str, other: &str) {
    room.file("quantity.toml", fs::read(demo().join("quantity.toml")).unwrap());
    for method in METHODS {
        answers.ask(&format!("{method}.json"), room, &[method, "case", "--json"]);
    }
    answers.ask("attribution.json", room, &["attribution", "case", line, "--json"]);
    answers.ask("colocation-pair.json", room, &["colocation", "case", line, other, "--json"]);
    answers.ask("colocation-screen.json", room, &["colocation", "case", line, "--screen", "--json"]);
    answers.ask("quantity.json", room, &["quantity", "case", line, "--settings", "quantity.toml", "--json"]);
}

/// Every method's answer as a person reads it, and of `colocation`, which no disclosure holds, the document too.
fn told(answers: &mut Answers, room: &Room, line: &str, other: &str) {
    room.file("quantity.toml", fs::read(demo().join("quantity.toml")).unwrap());
    answers.ask("colocation-pair.json", room, &["colocation", "case", line, other, "--json"]);
    answers.ask("colocation-screen.json", room, &["colocation", "case", line, "--screen", "--json"]);
    for method in METHODS {
        answers.ask(&format!("{method}.txt"), room, &[method, "case"]);
    }
    answers.ask("attribution.txt", room, &["attribution", "case", line]);
    answers.ask("colocation-pair.txt", room, &["colocation", "case", line, other]);
    answers.ask("quantity.txt", room, &["quantity", "case", line, "--settings", "quantity.toml"]);
}

/// The words of a pack's documents and the cells of its workbook. Pages carry a stamp of the clock, the log and the
/// build: here it is always the same one.
fn documents(
    answers: &mut Answers,
    room: &Room,
    line: &str,
    period: (Option<i64>, Option<i64>),
    left_out: &[Document],
) {
    let case = Case::open(&room.work().join("case")).unwrap();
    let stamp = Stamp {
        tool: "orochi",
        head: "the log's head".to_owned(),
        as_of: "the log's last entry".to_owned(),
        as_of_second: Some(0),
        ..Stamp::from_case(&case).unwrap()
    };
    let engine = Engine::open(&case, &EngineOptions::default()).unwrap();
    let book = SettingsBook::read("quantity", Some(&demo().join("quantity.toml"))).unwrap();
    let investigation = Investigation::new(&case, &engine, Inputs::new(book).unwrap(), &Silence);
    let mut study = Study::from_investigation(&investigation, &[line.to_owned()], period).unwrap();
    study.read().unwrap();
    let numbers = study.numbers.iter().map(|one| one.number.clone()).collect();
    study.quantity = Some(investigation.quantity(numbers, &[], true).unwrap());
    let wanted: Vec<Document> = Document::ALL.iter().copied().filter(|one| !left_out.contains(one)).collect();
    for (file, words) in pack::words(&study, &stamp, &wanted, &room.work().join("scratch")).unwrap() {
        answers.add(format!("pack/{}", file.replace(".pdf", ".txt")), words);
    }
    let folder = room.work().join("workbook");
    pack::make(&study, &stamp, &[Document::Workbook], &folder).unwrap();
    let mut book = zip::ZipArchive::new(fs::File::open(folder.join("workbook.xlsx")).unwrap()).unwrap();
    // The parts and not the file: how they are packed is another crate's.
    let mut parts = String::new();
    for place in 0..book.len() {
        let mut part = book.by_index(place).unwrap();
        let mut text = String::new();
        std::io::Read::read_to_string(&mut part, &mut text).unwrap();
        let _ = writeln!(parts, "{}\n{}", part.name().unwrap(), text.replace("><", ">\n<"));
    }
    answers.add("pack/workbook.txt", parts);
}

/// All of a disclosure, with the documents of the methods in it: each is what its command prints (see `disclose.rs`).
fn disclosed(answers: &mut Answers, room: &Room, more: &[&str]) {
    room.file("settings/quantity.toml", fs::read(demo().join("quantity.toml")).unwrap());
    let mut args = vec!["disclose", "case", "--out", "given", "--settings", "settings", "--json"];
    args.extend(more);
    let made = room.json(&args);
    let build = room.ok(&["--version"]);
    let given = room.work().join("given");
    let mut open = vec![given.clone()];
    while let Some(here) = open.pop() {
        for entry in fs::read_dir(here).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(&given).unwrap().to_str().unwrap().to_owned();
            // How files were read is in JSON beside; as tables it would be most of the answers.
            let tables_of_reading = name.starts_with("findings/csv/reading-");
            if path.is_dir() {
                if !["natives", "audit", "inputs"].contains(&name.as_str()) && !tables_of_reading {
                    open.push(path);
                }
            } else if !name.ends_with(".parquet") && name != "MANIFEST.sha256" {
                let bytes = steady(fs::read(&path).unwrap(), made["head"].as_str().unwrap(), build.trim());
                answers.add(format!("disclosure/{name}"), bytes);
            }
        }
    }
}

/// Without what the log has of this run: its head, its clock and its user; and without the program's build.
fn steady(bytes: Vec<u8>, head: &str, build: &str) -> Vec<u8> {
    let Ok(text) = String::from_utf8(bytes.clone()) else { return bytes };
    let user = Room::user();
    let text = text.replace(head, "[head]").replace(build, "orochi");
    let lines = text.split_inclusive('\n').map(blank_clock);
    lines.map(|line| line.replace(&format!("[now],{user}"), "[now],[user]")).collect::<String>().into_bytes()
}

/// The answers of the demonstration that a reader would look at.
const WHOLE: [&str; 23] = [
    "lines.txt",
    "succession.txt",
    "applications.txt",
    "tenancy.txt",
    "roles.txt",
    "attribution.txt",
    "quantity.txt",
    "colocation-pair.json",
    "colocation-pair.txt",
    "colocation-screen.json",
    "disclosure/contrary.csv",
    "disclosure/findings/succession.json",
    "disclosure/findings/applications.json",
    "disclosure/findings/tenancy.json",
    "disclosure/findings/roles.json",
    "pack/1-line-profile.txt",
    "pack/2-sequence-of-events.txt",
    "pack/3-attribution-schedule.txt",
    "pack/4-cell-maps.txt",
    "pack/5-quantity.txt",
    "pack/6-ddtro-application.txt",
    "pack/6-ddtro-application-sensitive.txt",
    "pack/7-customer-message-list.txt",
];

#[test]
fn demonstration() {
    let room = Room::new();
    let mut answers = Answers { operation: "demo", all: BTreeMap::new() };
    // As `demo/run.sh` makes it.
    room.ok(&["case", "new", "case", "--name", "Thetford demo", "--reference", "DEMO/2025", "--training"]);
    let mut files = Vec::new();
    for (folder, end) in [("data", "csv"), ("data", "txt"), ("published", "csv"), ("published", "xlsx")] {
        let listed = fs::read_dir(demo().join(folder)).unwrap().map(|entry| entry.unwrap().path());
        let mut listed: Vec<_> = listed.filter(|path| path.extension().is_some_and(|it| it == end)).collect();
        listed.sort();
        files.extend(listed.into_iter().map(|path| path.to_str().unwrap().to_owned()));
    }
    let mut args = vec!["add", "case"];
    args.extend(files.iter().map(String::as_str));
    room.ok(&args);
    let (line, other) = ("+447700900222", "+447700900333");
    told(&mut answers, &room, line, other);
    disclosed(&mut answers, &room, &[]);
    let day = ["2025-02-17T00:00:00Z", "2025-02-18T00:00:00Z"]
        .map(|at| Some(at.parse::<jiff::Timestamp>().unwrap().as_microsecond()));
    documents(&mut answers, &room, line, day.into(), &[]);
    answers.hold(&WHOLE);
}

/// All that a disclosure asks of every line, and what documents ask: each step is worked out once, attribution once a line.
fn each_step_once(room: &Room) {
    let case = Case::open(&room.work().join("case")).unwrap();
    let engine = Engine::open(&case, &EngineOptions::default()).unwrap();
    let book = SettingsBook::read("quantity", Some(&demo().join("quantity.toml"))).unwrap();
    let investigation = Investigation::new(&case, &engine, Inputs::new(book).unwrap(), &Silence);
    for question in Question::of_every_case() {
        investigation.answer(&question).unwrap();
    }
    let lines = investigation.flagged_lines().unwrap();
    for numbers in &lines {
        // One number stands for its chain, and which one it is changes nothing.
        for number in numbers {
            let line = vec![number.clone()];
            investigation.answer(&Question::Attribution { line: line.clone() }).unwrap();
            investigation.answer(&Question::Quantity { line, associates: Vec::new(), ask_roles: true }).unwrap();
        }
        Study::from_investigation(&investigation, numbers, (None, None)).unwrap().attributed().unwrap();
    }
    let count = |step: &str| investigation.counter.count(step);
    assert!(lines.len() >= 2 && lines.iter().any(|numbers| numbers.len() >= 2), "{lines:?}");
    for step in ["events", "lines", "succession", "registrations", "contacts", "roles"] {
        assert_eq!(count(step), 1, "{step}");
    }
    assert_eq!((count("attribution"), count("flagged")), (lines.len(), 0));

    // A threshold of one method counts for all that rest on it, and they say so.
    let mut strict = SettingsBook::default();
    strict.lines.set_value("flag_score", 1.0);
    let investigation = Investigation::new(&case, &engine, Inputs::new(strict).unwrap(), &Silence);
    let roles = serde_json::to_value(investigation.answer(&Question::Roles).unwrap()).unwrap();
    assert_eq!((roles["lines"].as_array().unwrap().len(), roles["findings"].as_array().unwrap().len()), (0, 0));
    let lines = roles["rests_on"].as_array().unwrap().iter().find(|one| one["name"] == "lines").unwrap();
    let flag = lines["settings"].as_array().unwrap().iter().find(|one| one["name"] == "flag_score").unwrap();
    assert_eq!((flag["value"].as_f64(), flag["default"].as_f64()), (Some(1.0), Some(0.5)));
}

/// A made-up operation and what of it is taken in and asked.
struct Operation {
    name: &'static str,
    /// A shipped scenario, or a file beside the answers.
    scenario: &'static str,
    seed: &'static str,
    /// People and days, where they are not the scenario's.
    size: Option<[&'static str; 2]>,
    live: bool,
    /// Disclosures taken in: those of the line and its people, then others up to so many.
    held: usize,
    /// Options of a disclosure, where one is made.
    disclosed: Option<&'static [&'static str]>,
    packed: bool,
}

impl Operation {
    fn from_scenario(name: &'static str, scenario: &'static str, seed: &'static str) -> Self {
        Self { name, scenario, seed, size: None, live: false, held: usize::MAX, disclosed: None, packed: false }
    }

    fn hold(&self) {
        let room = Room::new();
        let truth = self.made(&room);
        let (line, other) = two_numbers(&truth);
        self.taken_in(&room, &truth);
        let mut answers = Answers { operation: self.name, all: BTreeMap::new() };
        methods(&mut answers, &room, &line, &other);
        if let Some(more) = self.disclosed {
            disclosed(&mut answers, &room, more);
        }
        if self.packed {
            // Method statements are the demonstration's; pages of all events and files would take most of the time.
            let long = [Document::Methods, Document::Sequence, Document::Reading];
            documents(&mut answers, &room, &line, (None, None), &long);
            each_step_once(&room);
            let book = SettingsBook::read("quantity", Some(&demo().join("quantity.toml"))).unwrap();
            agreement::on_customers(&room, book);
        }
        answers.hold(&[]);
    }

    fn made(&self, room: &Room) -> Value {
        let own = golden().join(self.scenario);
        let scenario = if own.exists() { own.to_str().unwrap() } else { self.scenario };
        let mut args = vec!["simulate", scenario, "--out", "op", "--seed", self.seed];
        if let Some([people, days]) = self.size {
            args.extend(["--people", people, "--days", days]);
        }
        room.ok(&args);
        serde_json::from_slice(&fs::read(room.work().join("op/truth.json")).unwrap()).unwrap()
    }

    fn taken_in(&self, room: &Room, truth: &Value) {
        let mut args = vec!["case", "new", "case", "--name", self.name, "--reference", "SIM"];
        args.extend((!self.live).then_some("--training"));
        room.ok(&args);
        room.ok(&["authority", "add", "case", "--file", "op/authorities.csv"]);
        let people = truth["lines"].as_array().unwrap().iter().flat_map(|line| {
            let numbers = line["numbers"].as_array().unwrap().iter().map(|one| &one["number"]);
            numbers.chain(line["spells"].as_array().unwrap().iter().map(|one| &one["own_number"]))
        });
        let first: Vec<&str> = people.map(|number| number.as_str().unwrap().trim_start_matches('+')).collect();
        let listed = |folder: &str| {
            let files = fs::read_dir(room.work().join(folder)).unwrap().map(|it| it.unwrap().file_name());
            let mut names: Vec<_> = files.map(|name| format!("{folder}/{}", name.to_str().unwrap())).collect();
            names.sort();
            names
        };
        let mut returns = listed("op/disclosures");
        returns.sort_by_key(|name| !first.iter().any(|number| name.contains(number)));
        returns.truncate(self.held);
        let tables = ["op/subscribers.csv", "op/topups.csv", "op/handsets.txt"];
        let tables = tables.into_iter().filter(|name| room.work().join(name).exists()).map(str::to_owned);
        let files: Vec<String> = listed("op/cells").into_iter().chain(tables).chain(returns).collect();
        let mut args = vec!["add", "case"];
        args.extend(files.iter().map(String::as_str));
        room.ok(&args);
    }
}

/// The first line's number and that of somebody who had its phone; without a line, one person's two phones, or two
/// that data is held of.
fn two_numbers(truth: &Value) -> (String, String) {
    let list = |key: &str| truth[key].as_array().unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let held = |pair: &&Value| ["a", "b"].iter().all(|side| list("targets").contains(&pair[side]));
    if let Some(line) = list("lines").first() {
        (text(&line["numbers"][0]["number"]), text(&line["spells"][0]["own_number"]))
    } else if let Some(pair) = list("pairs").iter().filter(held).find(|pair| pair["same_person"] == true) {
        (text(&pair["a"]), text(&pair["b"]))
    } else {
        (text(&list("targets")[0]), text(&list("targets")[1]))
    }
}

/// A small line among few people; a live case, in which excess data is quarantined; what is disclosed is redacted.
#[test]
fn small() {
    let redacted: &[&str] = &["--redact", "others,customers", "--ledger", "ledger.csv"];
    Operation { live: true, held: 12, disclosed: Some(redacted), ..Operation::from_scenario("small", "small", "2") }
        .hold();
}

/// A line that several people hold in turn.
#[test]
fn thetford() {
    Operation { size: Some(["300", "4"]), held: 10, ..Operation::from_scenario("thetford", "thetford", "3") }.hold();
}

/// People with two phones each and no line: what co-location is for.
#[test]
fn registrations() {
    Operation { size: Some(["150", "4"]), ..Operation::from_scenario("registrations", "registrations", "2") }.hold();
}

/// Two lines with two numbers each.
#[test]
fn chains() {
    Operation { held: 14, packed: true, ..Operation::from_scenario("chains", "chains.toml", "1") }.hold();
}

/// Handsets and SIMs that change and are shared, over the night in which the clocks go back.
#[test]
fn swaps() {
    Operation { held: 12, ..Operation::from_scenario("swaps", "swaps.toml", "1") }.hold();
}

/// Every innocent look-alike and no line.
#[test]
fn lookalikes() {
    Operation { held: 14, ..Operation::from_scenario("lookalikes", "lookalikes.toml", "1") }.hold();
}
