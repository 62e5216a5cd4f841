use std::path::{Path, PathBuf};

use orochi_model::problem::Kind;

use super::*;
use crate::{
    actor::{Actor, Via},
    audit,
    catalogue::{self, FORMAT},
    decision::Resolution,
    testing::{Bench, take},
    verify::verify,
};

const NUMBER: &str = "+447700900123";

fn add(number: &str, from_us: Option<i64>, to_us: Option<i64>) -> Resolution {
    let choice = Choice::AddNumber { number: number.to_owned(), from_us, to_us };
    Resolution { choice, reason: "seen on the flyer".to_owned(), exhibit: None }
}

fn undo(decision: u64) -> Resolution {
    Resolution { choice: Choice::Undo { decision }, reason: "entered in error".to_owned(), exhibit: None }
}

fn refused(answer: Result<CaseLine, Problem>, words: &str) {
    let problem = answer.unwrap_err();
    assert_eq!(problem.kind, Kind::User, "{problem}");
    assert!(problem.message.contains(words), "{problem}");
    assert!(problem.hint.is_some() || words.contains("period ends"), "{problem}");
}

#[test]
fn a_line_keeps_its_id_and_every_decision_about_it() {
    let bench = Bench::new();
    let case = bench.training();
    take(&case, &bench.file("a.csv", "+1,+2,5\n")).unwrap();
    let line = case.open_line(" Gee ", "named in three messages", Some("ex0001")).unwrap();
    assert_eq!((line.line.as_str(), line.name.as_str()), ("LN0001", "Gee"));
    case.decide("ln0001", add(NUMBER, None, Some(5_000_000))).unwrap();
    let renamed = Resolution {
        choice: Choice::RenameLine { name: "G".to_owned() },
        reason: "so spelt by customers".to_owned(),
        exhibit: None,
    };
    let line = case.decide("LN0001", renamed).unwrap();
    assert_eq!(line.name, "G");
    assert_eq!(line.numbers.len(), 1);
    assert_eq!(line.numbers[0].to.as_deref(), Some("1970-01-01T00:00:05Z"));
    let line = case.decide("LN0001", undo(3)).unwrap();
    assert_eq!(line.name, "Gee", "the name before is in force again");
    let (_, about) = case.line("LN0001").unwrap();
    assert_eq!(about.len(), 4);
    assert_eq!(about[0].exhibit.as_deref(), Some("EX0001"));
    assert_eq!((about[2].undone_by, about[3].undone_by), (Some(4), None));
    assert!(about.iter().all(|decision| decision.actor == Actor::from_system()));
    let entries = audit::entries(case.dir()).unwrap();
    let told: Vec<&str> =
        entries.iter().filter(|entry| entry.what.starts_with("line ")).map(|entry| entry.what.as_str()).collect();
    assert_eq!(
        told,
        [
            "line LN0001: opened as “Gee”",
            "line LN0001: +447700900123 added",
            "line LN0001: renamed “G”",
            "line LN0001: decision 3 taken back",
        ]
    );
}

#[test]
fn an_id_is_never_given_twice() {
    let bench = Bench::new();
    let case = bench.training();
    case.open_line("A", "why", None).unwrap();
    let closed = case.decide("LN0001", undo(1)).unwrap();
    assert_eq!(closed, CaseLine::closed("LN0001"));
    assert!(case.lines().unwrap().is_empty());
    refused(case.decide("LN0001", add(NUMBER, None, None)), "there is no line LN0001");
    assert_eq!(case.open_line("A", "why", None).unwrap().line, "LN0002");
    assert_eq!(case.decisions().unwrap().len(), 3);
}

#[test]
fn what_contradicts_decisions_in_force_is_refused_and_leaves_nothing() {
    let bench = Bench::new();
    let case = bench.training();
    case.open_line("A", "why", None).unwrap();
    case.open_line("B", "why", None).unwrap();
    case.decide("LN0001", add(NUMBER, Some(10), Some(20))).unwrap();
    refused(case.decide("LN0002", add(NUMBER, Some(19), None)), "belongs to LN0001 in that period already");
    refused(case.decide("LN0002", add(NUMBER, Some(30), Some(30))), "period ends before it begins");
    refused(case.decide("LN0002", undo(3)), "decision 3 is about LN0001");
    refused(case.decide("LN0001", undo(1)), "other decisions about LN0001 are in force: 3");
    refused(case.decide("LN0001", undo(9)), "there is no decision 9");
    refused(case.open_line(" ", "why", None), "a line needs a name");
    refused(case.open_line("C", "  ", None), "a decision needs a reason");
    refused(case.open_line("C", "why", Some("EX0009")), "there is no exhibit EX0009");
    assert_eq!(case.decisions().unwrap().len(), 3);
    case.decide("LN0002", add(NUMBER, Some(20), None)).unwrap();
    case.decide("LN0001", undo(3)).unwrap();
    refused(case.decide("LN0001", undo(3)), "decision 3 was taken back already, by decision 5");
    refused(case.decide("LN0001", undo(5)), "decision 5 took another one back");
    case.decide("LN0001", undo(1)).unwrap();
    assert_eq!(case.open_line("C", "why", None).unwrap().line, "LN0003");
}

#[test]
fn rows_of_decisions_cannot_be_altered_and_are_vouched_for() {
    let bench = Bench::new();
    let case = bench.training();
    case.open_line("A", "why", None).unwrap();
    let connection = case.connection();
    for statement in ["UPDATE decisions SET reason = 'other'", "DELETE FROM decisions"] {
        assert!(connection.execute(statement, []).unwrap_err().to_string().contains("decisions are only added"));
    }
    connection.execute("UPDATE actors SET name = 'other'", []).unwrap();
    drop(connection);
    drop(case);
    let problem = Case::open(&bench.folder()).unwrap_err();
    assert!(problem.to_string().contains("touched: actors"), "{problem}");
}

#[test]
fn the_log_names_who_acts_and_by_which_way() {
    let bench = Bench::new();
    drop(bench.training());
    let actor = Actor { name: "DC 1234".to_owned(), via: Via::Workbench };
    let case = Case::open_for(&bench.folder(), actor.clone()).unwrap();
    let line = case.open_line("A", "why", None).unwrap();
    assert_eq!(line.opened_by, "DC 1234");
    assert_eq!(case.decisions().unwrap()[0].actor, actor);
    let entries = audit::entries(case.dir()).unwrap();
    let last = entries.last().unwrap();
    assert_eq!((last.who.as_str(), last.via.as_deref()), ("DC 1234", Some("workbench")));
    assert_eq!(entries[0].via, None);
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() { copy(&path, &target) } else { std::fs::copy(&path, &target).map(drop).unwrap() }
    }
}

/// Made by the program of commit bb669102, whose catalogue has format 2.
#[test]
fn a_case_that_the_version_before_made_is_brought_up_and_still_holds() {
    let bench = Bench::new();
    let folder = bench.folder();
    copy(&PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("testdata/format-2"), &folder);
    std::fs::create_dir_all(folder.join("staging")).unwrap();
    let holds = |at: &str| {
        let report = verify(&folder, None, &|_, _| {}).unwrap();
        assert!(report.holds(), "{at}: {report:?}");
        assert!(report.unvouched.is_empty(), "{at}: {report:?}");
    };
    holds("as it came");
    let case = Case::open(&folder).unwrap();
    assert_eq!(catalogue::format(&case.connection()).unwrap(), FORMAT);
    assert_eq!(case.about().name, "Case of format 2");
    assert_eq!(case.releases().unwrap()[0].reason, "A made-up reason");
    assert_eq!(case.authorities().unwrap()[0].reference, "A-1");
    let tallies: Vec<(u64, u64, u64)> = case
        .exhibits()
        .unwrap()
        .iter()
        .map(|exhibit| (exhibit.tally.records, exhibit.tally.rejects, exhibit.tally.excess))
        .collect();
    assert_eq!(tallies, [(39, 1, 0), (0, 0, 29)]);
    assert!(case.decisions().unwrap().is_empty());
    assert_eq!(case.open_line("A", "why", Some("EX0002")).unwrap().line, "LN0001");
    let entries = audit::entries(case.dir()).unwrap();
    assert_eq!(entries.iter().filter(|entry| entry.what == "case brought to format 3").count(), 1);
    drop(case);
    holds("brought up");
    drop(Case::open(&folder).unwrap());
    let entries = audit::entries(&folder).unwrap();
    assert_eq!(entries.iter().filter(|entry| entry.what.starts_with("case brought")).count(), 1);
}
