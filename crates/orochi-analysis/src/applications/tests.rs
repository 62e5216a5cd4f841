//! The rules on a line small enough to follow: customers 1 to 3, whose data is held, and whoever else a test adds.

use super::application_draft::{ApplicationDraft, ApplicationQuestion, Suspect, draft_applications};
use super::settings::Settings;
use crate::facts::burst;
use crate::traffic::graph::ContactGraph;
use crate::traffic::pair::DAY;

const LINE: &str = "+447700900001";
const NEW: &str = "+447700900002";
const CUSTOMERS: [&str; 3] = ["+447700900011", "+447700900012", "+447700900013"];
const RUNNER: &str = "+447700900021";
const DIRECTOR: &str = "+447700900022";
const HOLDER: &str = "+447700900023";
const MINUTE: i64 = 60_000_000;

type TestEvent = (&'static str, &'static str, i64, bool);

/// Customers ring a number each day of some days.
fn orders(number: &'static str, days: std::ops::Range<i64>) -> Vec<TestEvent> {
    days.flat_map(|day| (1..).zip(CUSTOMERS).map(move |(i, c)| (c, number, day * DAY + i * 40 * MINUTE, true)))
        .collect()
}

/// Calls between two numbers, to and fro, one a day.
fn calls(a: &'static str, b: &'static str, days: std::ops::Range<i64>, back: bool) -> Vec<TestEvent> {
    days.map(|day| if back && day % 3 == 0 { (b, a, day * DAY + 1, true) } else { (a, b, day * DAY + 1, true) })
        .collect()
}

fn asked(known: &ContactGraph, lines: &[&str]) -> Vec<ApplicationDraft> {
    let suspect = |name: &&str| Suspect { id: known.find(name).unwrap(), score: 0.9, flagged: true };
    let suspects: Vec<Suspect> = lines.iter().map(suspect).collect();
    draft_applications(known, &suspects, &Settings::default(), burst::BurstRule::new(8.0, 10.0))
}

fn identifiers(asks: &[ApplicationDraft]) -> Vec<(ApplicationQuestion, &str)> {
    asks.iter().map(|ask| (ask.question, ask.identifier.as_str())).collect()
}

fn held(more: &[&'static str]) -> Vec<&'static str> {
    [&CUSTOMERS[..], more].concat()
}

#[test]
fn the_line_is_asked_for_until_it_was_last_used() {
    // The customers ring the dead number for days: seen from their side, and never answered.
    let mut events = orders(LINE, 0..5);
    events.extend((5..9).flat_map(|day| CUSTOMERS.map(|c| (c, LINE, day * DAY, false))));
    let known = ContactGraph::from_communications(&events, &held(&[]));
    let all = asked(&known, &[LINE]);
    assert_eq!(all[0].question, ApplicationQuestion::Line);
    assert!(all[0].to < 5 * DAY, "{:?}", all[0]);
}

#[test]
fn whoever_follows_or_came_before_shares_the_customers() {
    let events =
        [orders(LINE, 0..10), orders(NEW, 10..20), calls(CUSTOMERS[0], "+447700900099", 10..20, true)].concat();
    let known = ContactGraph::from_communications(&events, &held(&[LINE]));
    assert_eq!(identifiers(&asked(&known, &[LINE])), [(ApplicationQuestion::Successor, NEW)]);
    let known = ContactGraph::from_communications(&events, &held(&[NEW]));
    assert_eq!(identifiers(&asked(&known, &[NEW])), [(ApplicationQuestion::Predecessor, LINE)]);
    // Once both are held there is nothing to ask, of customers least of all.
    let known = ContactGraph::from_communications(&events, &held(&[LINE, NEW]));
    assert!(asked(&known, &[LINE, NEW]).is_empty());
}

#[test]
fn what_two_of_the_lines_people_share_comes_before_a_third() {
    let mut events = orders(LINE, 0..12);
    events.extend(calls(LINE, RUNNER, 0..12, false));
    events.extend(calls(LINE, DIRECTOR, 0..12, false));
    events.extend(calls(LINE, "+447700900024", 0..12, false));
    // A landline is no phone that anybody carries.
    events.extend(calls(LINE, "+441632960901", 0..12, false));
    events.extend([calls(HOLDER, RUNNER, 0..6, true), calls(DIRECTOR, HOLDER, 0..6, true)].concat());
    let known = ContactGraph::from_communications(&events, &held(&[LINE]));
    let all = asked(&known, &[LINE]);
    assert_eq!(all.len(), 3, "{all:?}");
    assert!(all.iter().all(|ask| ask.question == ApplicationQuestion::Crew));
    let known = ContactGraph::from_communications(&events, &held(&[LINE, RUNNER, DIRECTOR]));
    let all = asked(&known, &[LINE]);
    assert_eq!(
        identifiers(&all),
        [(ApplicationQuestion::Shared, HOLDER), (ApplicationQuestion::Crew, "+447700900024")]
    );
    assert_eq!((all[0].by.len(), all[0].from), (2, known.number(all[0].line).first));
}

#[test]
fn bulk_texts_leave_out_whoever_is_not_of_the_base() {
    // Clocks are set by then.
    let days = 8_000..8_008;
    let many: Vec<&'static str> =
        vec!["+447700900031", "+447700900032", "+447700900033", "+447700900034", "+447700900035", "+447700900036"];
    let told: Vec<&'static str> = [&CUSTOMERS[..], &many[..]].concat();
    let mut events = orders(LINE, days.clone());
    for day in days.clone() {
        events.extend(told.iter().map(|to| (LINE, *to, day * DAY + 9 * MINUTE, false)));
    }
    events.extend(calls(DIRECTOR, LINE, days, true));
    let known = ContactGraph::from_communications(&events, &held(&[LINE]));
    assert_eq!(identifiers(&asked(&known, &[LINE])), [(ApplicationQuestion::LeftOut, DIRECTOR)]);
}

#[test]
fn whoever_rings_customers_after_their_orders_is_asked_for() {
    let mut events = orders(LINE, 0..9);
    for (i, customer) in (1..).zip(CUSTOMERS) {
        events.push((RUNNER, customer, 4 * DAY + (i * 40 + 20) * MINUTE, true));
        // Somebody who rings them at any time.
        events.push(("+447700900041", customer, 4 * DAY + (i * 40 + 500) * MINUTE, true));
    }
    let known = ContactGraph::from_communications(&events, &held(&[LINE]));
    let all = asked(&known, &[LINE]);
    assert_eq!(identifiers(&all), [(ApplicationQuestion::Rings, RUNNER)]);
    assert_eq!((all[0].by.len(), all[0].times), (3, 3));
}

#[test]
fn a_handset_used_for_hours_in_between_is_asked_about_first() {
    let mut known = ContactGraph::from_communications(&orders(LINE, 0..9), &held(&[LINE]));
    known.add_handset(LINE, "35000000000001", (0, 8 * DAY), None);
    known.add_handset(LINE, "35000000000002", (3 * DAY, 3 * DAY + 60 * MINUTE), None);
    let all = asked(&known, &[LINE]);
    assert_eq!(
        identifiers(&all),
        [(ApplicationQuestion::Handset, "35000000000002"), (ApplicationQuestion::Handset, "35000000000001")]
    );
    known.add_handset(LINE, "35000000000002", (3 * DAY, 3 * DAY + 60 * MINUTE), Some(&[LINE, RUNNER]));
    let all = asked(&known, &[LINE]);
    assert_eq!(all[0].identifier, RUNNER);
    assert!(all[0].to > 7 * DAY, "over all the time that the line was in use: {:?}", all[0]);
}
