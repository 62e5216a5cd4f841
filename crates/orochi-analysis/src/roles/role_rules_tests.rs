//! The rules on a line small enough to follow: it texts ten numbers each morning and is rung by some of them.

use std::sync::Arc;

use super::*;
use crate::attribution::{AttributionReport, METHOD};

const LINE: &str = "+447700900001";
const OLD: &str = "+447700900002";
const RUNNER: &str = "+447700900021";
const DIRECTOR: &str = "+447700900022";
const FRIEND: &str = "+447700900023";
const TEXTED: [&str; 10] = [
    "+447700900031",
    "+447700900032",
    "+447700900033",
    "+447700900034",
    "+447700900035",
    "+447700900036",
    "+447700900037",
    "+447700900038",
    "+447700900039",
    "+441632960001",
];
const MINUTE: i64 = 60_000_000;
/// 1 January 2025.
const START: i64 = 1_735_689_600_000_000;

type TestEvent = (&'static str, &'static str, i64, bool);

/// Bulk texts each morning of some days.
fn bursts(from: &'static str, days: std::ops::Range<i64>) -> Vec<TestEvent> {
    days.flat_map(|day| (0..).zip(TEXTED).map(move |(i, to)| (from, to, START + day * DAY + i * 1_000_000, false)))
        .collect()
}

/// A call a day, at noon.
fn calls(from: &'static str, to: &'static str, days: std::ops::Range<i64>) -> Vec<TestEvent> {
    days.map(|day| (from, to, START + day * DAY + 720 * MINUTE, true)).collect()
}

fn roles(events: &[TestEvent], held: &[&str], numbers: &[&str]) -> Vec<(Role, String)> {
    let known = ContactGraph::from_communications(events, held);
    let nothing = AttributionReport {
        method: METHOD.used(Vec::new()),
        colocation: METHOD.used(Vec::new()),
        model: String::new(),
        line: numbers[0].to_owned(),
        numbers: Vec::new(),
        others: 0,
        compared: 0,
        findings: Vec::new(),
    };
    let line = AttributedLine::new(&known, numbers.iter().map(|name| (*name).to_owned()).collect(), Arc::new(nothing));
    let (settings, applications) = (Settings::default(), crate::applications::Settings::default());
    let rules = RoleRules::new(&known, &line, &settings, &applications, burst::BurstRule::new(8.0, 10.0));
    let mut roles: Vec<(Role, String)> =
        rules.roles().iter().map(|hypothesis| (hypothesis.role, known.number(hypothesis.id).name.clone())).collect();
    roles.sort();
    roles
}

fn numbers_with(roles: &[(Role, String)], role: Role) -> Vec<&str> {
    roles.iter().filter(|one| one.0 == role).map(|one| one.1.as_str()).collect()
}

#[test]
fn the_customer_base_is_whoever_was_texted_in_bulk_and_nobody_else() {
    let events = [bursts(LINE, 0..6), calls(FRIEND, LINE, 0..2), calls(TEXTED[0], LINE, 0..6)].concat();
    let found = roles(&events, &[LINE], &[LINE]);
    assert_eq!(numbers_with(&found, Role::Customer), TEXTED[..9], "all but the landline, whether they ring or not");
    assert_eq!(numbers_with(&found, Role::RepeatContact), [FRIEND], "it comes back and was never texted");
}

#[test]
fn whom_the_line_seeks_out_and_texts_may_be_runner_and_customer() {
    let events = [bursts(LINE, 0..6), calls(LINE, TEXTED[3], 0..6)].concat();
    let found = roles(&events, &[LINE], &[LINE]);
    assert_eq!(numbers_with(&found, Role::Runner), [TEXTED[3]]);
    assert_eq!(numbers_with(&found, Role::Customer), TEXTED[..9]);
}

#[test]
fn who_is_left_out_of_bulk_texts_is_so_only_where_they_would_be_seen() {
    let events = [bursts(LINE, 0..6), calls(RUNNER, LINE, 0..6)].concat();
    let found = roles(&events, &[LINE], &[LINE]);
    assert_eq!((numbers_with(&found, Role::Runner), numbers_with(&found, Role::RepeatContact)), (vec![RUNNER], vec![]));
    // Of the line's data nothing is held, and of those seen eight texted ones are enough for a burst.
    let held: Vec<&str> = TEXTED.into_iter().chain([RUNNER]).collect();
    let found = roles(&events, &held, &[LINE]);
    assert_eq!(numbers_with(&found, Role::Customer), TEXTED[..9]);
    assert_eq!((numbers_with(&found, Role::Runner), numbers_with(&found, Role::RepeatContact)), (vec![], vec![RUNNER]));
    // The old number, with which it was in contact, sent no bulk texts.
    let events = [bursts(LINE, 6..12), calls(RUNNER, OLD, 0..6)].concat();
    let found = roles(&events, &[LINE, OLD], &[OLD, LINE]);
    assert_eq!((numbers_with(&found, Role::Runner), numbers_with(&found, Role::RepeatContact)), (vec![], vec![RUNNER]));
}

#[test]
fn a_quiet_line_has_repeat_contacts_and_no_customers() {
    let events = [calls(FRIEND, LINE, 0..6), calls(RUNNER, LINE, 0..1)].concat();
    let found = roles(&events, &[LINE], &[LINE]);
    assert_eq!(found, [(Role::RepeatContact, FRIEND.to_owned())]);
}

#[test]
fn whoever_directs_is_in_contact_with_several_who_work_and_with_few_who_buy() {
    let mut events = [bursts(LINE, 0..8), calls(LINE, RUNNER, 0..8), calls(LINE, FRIEND, 0..8)].concat();
    for worker in [RUNNER, FRIEND] {
        events.extend(calls(worker, DIRECTOR, 0..3));
        events.extend(calls(DIRECTOR, worker, 3..6));
    }
    assert_eq!(numbers_with(&roles(&events, &[LINE, RUNNER, FRIEND], &[LINE]), Role::Controller), [DIRECTOR]);
    events.extend(calls(DIRECTOR, TEXTED[0], 0..1));
    events.extend(calls(DIRECTOR, TEXTED[1], 0..1));
    assert_eq!(numbers_with(&roles(&events, &[LINE, RUNNER, FRIEND], &[LINE]), Role::Controller), Vec::<&str>::new());
}
