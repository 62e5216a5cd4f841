//! One folder, every condition.

use orochi_analysis::lines::{LineWeights, Settings};
use orochi_evaluate::{
    condition::DataHeld,
    conditions::{LinesOptions, count, score},
    counts_cache::FolderCounts,
    label::OTHER,
    outcome::LinesOutcome,
    truth::Truth,
};

use crate::folder;

pub fn options() -> LinesOptions {
    LinesOptions { settings: Settings::default(), weights: LineWeights::shipped().unwrap().clone(), threads: 2 }
}

fn scored(make: impl Fn(&std::path::Path)) -> Vec<LinesOutcome> {
    let dir = tempfile::tempdir().unwrap();
    make(dir.path());
    let truth = Truth::read(dir.path()).unwrap();
    let runs = count(dir.path(), &truth, &Settings::default(), 2).unwrap();
    score(&FolderCounts { source: "made by hand".into(), truth, runs }, &options())
}

fn outcome_under(outcomes: &[LinesOutcome], held: DataHeld, days: u32) -> &LinesOutcome {
    let mut fitting = outcomes.iter().filter(|outcome| outcome.held == held && outcome.days == days);
    let one = fitting.next().unwrap();
    assert!(fitting.next().is_none());
    one
}

#[test]
fn every_condition_is_run_and_compared_with_the_truth() {
    let outcomes = scored(folder::area);
    let conditions: Vec<(DataHeld, u32)> = outcomes.iter().map(|outcome| (outcome.held, outcome.days)).collect();
    let all = [DataHeld::Everything, DataHeld::Targets, DataHeld::ThreeCustomers];
    assert_eq!(conditions, all.iter().flat_map(|held| [3, 7, 14].map(|days| (*held, days))).collect::<Vec<_>>());

    let whole = outcome_under(&outcomes, DataHeld::Everything, 14);
    assert_eq!(whole.numbers, 63);
    assert_eq!(whole.lines.len(), 2);
    assert!(whole.lines[0].judged() && whole.lines[0].found(), "{:?}", whole.lines[0]);
    assert!(!whole.lines[1].judged(), "hardly seen: {:?}", whole.lines[1]);
    assert_eq!(whole.lines[1].numbers[0].received, 3);
    assert_eq!((whole.kinds["taxi"].with, whole.kinds["taxi"].of), (0, 1));
    assert!(whole.false_alarms.is_empty());
    assert_eq!(whole.precision().value(), Some(1.0));
    assert_eq!(whole.line_scores.len(), 1);

    let week = outcome_under(&outcomes, DataHeld::Everything, 7);
    assert_eq!(week.lines.len(), 1, "the late line is not in the data of the first week");
    assert_eq!(week.numbers, 62);
}

#[test]
fn what_is_not_held_is_not_seen() {
    let outcomes = scored(folder::area);
    let three = outcome_under(&outcomes, DataHeld::ThreeCustomers, 14);
    assert_eq!(three.asked.as_deref(), Some("L01"));
    let line = &three.lines[0].numbers[0];
    let whole = &outcome_under(&outcomes, DataHeld::Everything, 14).lines[0].numbers[0];
    assert!(line.received * 4 < whole.received, "{} of {}", line.received, whole.received);
    assert_eq!(three.rank, Some(1));
    // Three customers talk to friends, to both lines and to nobody else.
    assert!(three.numbers < 20, "{}", three.numbers);
    let targets = outcome_under(&outcomes, DataHeld::Targets, 14);
    assert!(
        outcome_under(&outcomes, DataHeld::Targets, 3).numbers
            < outcome_under(&outcomes, DataHeld::Everything, 3).numbers
    );
    assert_eq!(targets.lines[0].numbers[0].received, whole.received, "the line is a target");
    assert!(targets.kinds.contains_key(OTHER));
}

#[test]
fn disclosures_give_what_the_area_gives_of_the_same_targets() {
    let (area, disclosed) = (scored(folder::area), scored(folder::disclosed));
    assert!(disclosed.iter().all(|outcome| outcome.held != DataHeld::Everything));
    for days in [3, 7, 14] {
        assert_eq!(outcome_under(&area, DataHeld::Targets, days), outcome_under(&disclosed, DataHeld::Targets, days));
        assert_eq!(
            outcome_under(&area, DataHeld::ThreeCustomers, days),
            outcome_under(&disclosed, DataHeld::ThreeCustomers, days)
        );
    }
}
