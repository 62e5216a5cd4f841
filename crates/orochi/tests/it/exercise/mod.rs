//! Exercises: traffic that a practitioner can read, a question, and what the program answers.
//!
//! Each file under `tests/exercises/METHOD/` says what it is about, who the people are, whose returns are held and who
//! called or texted whom ([`script`] has the form). The returns are written as an operator would write them, added to a
//! case, and the question is asked of the program as a user would. `OROCHI_EXERCISES=write` writes the answers into
//! the files; whoever does so reads them.

mod returns;
mod script;

use std::{fmt::Write as _, fs, path::Path};

use crate::room::Room;
use script::Script;

/// Asks each question in a folder and holds the answers to those in the files.
fn check(method: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/exercises").join(method);
    let mut paths: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    assert!(!paths.is_empty(), "{} holds no exercise", folder.display());
    let write = std::env::var_os("OROCHI_EXERCISES").is_some_and(|word| word == "write");
    let mut faults = String::new();
    for path in paths {
        let text = fs::read_to_string(&path).unwrap();
        let script = Script::read(&text).unwrap_or_else(|fault| panic!("{}: {fault}", path.display()));
        let answer = ask(&script);
        if write {
            fs::write(&path, format!("{}answer\n\n{answer}", script.before_answer)).unwrap();
        } else if answer != script.answer {
            let _ = writeln!(faults, "{}: {}", path.display(), script.title);
            for line in difference(&script.answer, &answer) {
                let _ = writeln!(faults, "  {line}");
            }
        }
    }
    assert!(
        faults.is_empty(),
        "{faults}\nTo accept these answers, once read:\n  \
         OROCHI_EXERCISES=write cargo test --workspace --test it exercise"
    );
}

/// The program's answer in the words of the exercise: names stand for numbers, handsets and SIMs, and a count for the
/// rows of evidence.
fn ask(script: &Script) -> String {
    let room = Room::new();
    room.ok(&["case", "new", "case", "--name", "Exercise", "--reference", "E-1", "--training"]);
    for (name, text) in returns::files(script) {
        room.file(&name, text);
        room.ok(&["add", "case", &name]);
    }
    let question: Vec<String> = script.question.iter().map(|word| script.number(word)).collect();
    let mut args = vec![question[0].as_str(), "case"];
    args.extend(question[1..].iter().map(String::as_str));
    if !script.settings.is_empty() {
        room.file("settings.toml", &script.settings);
        args.extend(["--settings", "settings.toml"]);
    }
    let answer = room.ok(&args);
    // The first line marks a training case, the same every time.
    let answer = answer.split_once('\n').map_or("", |(_, rest)| rest);
    returns::named(script, &rows_counted(answer))
}

/// `[EX0001:2, EX0002:3 and 4 more]` as `[6 rows]`.
fn rows_counted(text: &str) -> String {
    let mut told = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("[EX") {
        let Some(end) = rest[at..].find(']') else { break };
        let inside = &rest[at + 1..at + end];
        let more = inside.rsplit_once(" and ").and_then(|(_, more)| more.strip_suffix(" more")?.parse().ok());
        let rows = inside.matches("EX").count() + more.unwrap_or(0_usize);
        let _ = write!(told, "{}[{rows} {}]", &rest[..at], if rows == 1 { "row" } else { "rows" });
        rest = &rest[at + end + 1..];
    }
    told + rest
}

/// The lines that one text has and the other has not.
fn difference(was: &str, now: &str) -> Vec<String> {
    let (old, new): (Vec<_>, Vec<_>) = (was.lines().collect(), now.lines().collect());
    let gone = old.iter().filter(|line| !new.contains(line)).map(|line| format!("- {line}"));
    let come = new.iter().filter(|line| !old.contains(line)).map(|line| format!("+ {line}"));
    let mut all: Vec<String> = gone.chain(come).collect();
    if all.is_empty() {
        all.push("the same lines in another order".to_owned());
    }
    all
}

#[test]
fn lines() {
    check("lines");
}

#[test]
fn succession() {
    check("succession");
}

#[test]
fn tenancy() {
    check("tenancy");
}

#[test]
fn attribution() {
    check("attribution");
}

#[test]
fn roles() {
    check("roles");
}

#[test]
fn applications() {
    check("applications");
}

#[test]
fn quantity() {
    check("quantity");
}

#[test]
fn colocation() {
    check("colocation");
}
