//! Diverted calls, from the rows of each party's return to one event. A calls B, B's phone diverts to C.

use orochi_analysis::events;
use proptest::prelude::*;

use crate::rows::{Row, memory, put_file, query};
use crate::scenario::tables::Memory;

const A: &str = "+447700900111";
const B: &str = "+447700900222";
const C: &str = "+447700900333";
const D: &str = "+447700900444";

fn row(exhibit: &'static str, side: &'static str, parties: [&'static str; 2], start: i64, seconds: i32) -> Row {
    let [a, b] = parties;
    Row {
        exhibit: Some(exhibit),
        kind: "call",
        side: Some(side),
        a,
        b,
        start,
        end: Some(start + i64::from(seconds)),
        duration: Some(seconds),
        outcome: Some(if seconds == 0 { "missed" } else { "answered" }),
        ..Row::default()
    }
}

/// The row names the party the call was forwarded to.
fn to(c: &'static str, row: Row) -> Row {
    Row { c: Some(c), outcome: Some("diverted"), ..row }
}

fn built(rows: &[Row]) -> Memory {
    let memory = memory(rows);
    let folder = tempfile::tempdir().unwrap();
    events::build(&memory, &events::Settings::default(), folder.path()).unwrap();
    for (name, file) in [("events", events::EVENTS_FILE), ("event_records", events::LINKS_FILE)] {
        put_file(&memory, name, &folder.path().join(file));
        let held = format!("CREATE TABLE held_{name} AS SELECT * FROM {name}");
        query(&memory, &held);
    }
    memory
}

/// Each event: start, parties by their last three digits, how it ended, seconds, whose records, how many.
fn events_of(memory: &Memory) -> String {
    let sql = "SELECT cast(start AS bigint) / 1000000, substr(a, 11), substr(b, 11), replace(coalesce(c, '-'), \
               '+447700900', ''), outcome, duration_s, sides, records FROM held_events ORDER BY 1, 2, 3";
    query(memory, sql)
}

fn told(rows: &[Row]) -> String {
    events_of(&built(rows))
}

/// A's and B's returns of a call that rang for 20 seconds at B and was then talked on for 38 seconds at C.
fn call(start: i64) -> Vec<Row> {
    vec![
        row("EX0001", "A", [A, B], start, 0),
        to(C, row("EX0001", "A", [A, B], start + 20, 41)),
        row("EX0002", "B", [A, B], start + 2, 0),
    ]
}

#[test]
fn the_row_of_the_forwarded_to_partys_own_return_joins_its_leg_whoever_stands_as_the_caller() {
    let one = "1000 111 222 333 diverted 38 ABC 4";
    for own in [
        to(C, row("EX0003", "C", [A, B], 1_023, 38)),
        row("EX0003", "B", [A, C], 1_023, 38),
        row("EX0003", "B", [B, C], 1_023, 38),
    ] {
        let mut rows = call(1_000);
        rows.push(own);
        assert_eq!(told(&rows), one);
        for row in &mut rows {
            row.exhibit = row.exhibit.map(|label| match label {
                "EX0001" => "EX0003",
                "EX0003" => "EX0001",
                other => other,
            });
        }
        rows.reverse();
        assert_eq!(told(&rows), one, "whatever the order of the exhibits");
    }
}

#[test]
fn every_row_of_the_call_stands_behind_the_one_event() {
    let mut rows = call(1_000);
    rows.push(row("EX0003", "B", [A, C], 1_021, 38));
    rows.push(row("EX0003", "A", [C, D], 5_000, 12));
    let memory = built(&rows);
    assert_eq!(events_of(&memory), "1000 111 222 333 diverted 38 ABC 4\n5000 333 444 - answered 12 A 1");
    let sql = "SELECT l.exhibit, l.\"row\" FROM held_event_records l JOIN held_events e ON e.event = l.event \
               WHERE e.c IS NOT NULL ORDER BY 1, 2";
    assert_eq!(query(&memory, sql), "EX0001 2\nEX0001 3\nEX0002 4\nEX0003 5");
}

#[test]
fn the_start_of_the_leg_decides_and_not_that_of_a_later_call() {
    // A calls B again at the instant at which C's phone rings for the first call.
    let mut rows = call(1_000);
    rows.push(row("EX0001", "A", [A, B], 1_140, 7));
    rows.push(row("EX0003", "B", [A, C], 1_023, 38));
    rows.push(row("EX0001", "A", [A, B], 1_024, 0));
    assert_eq!(
        told(&rows),
        "1000 111 222 333 diverted 38 ABC 4\n1024 111 222 - missed 0 A 1\n1140 111 222 - answered 7 A 1"
    );
}

#[test]
fn where_one_row_stands_for_the_whole_call_the_leg_begins_while_the_phone_rings() {
    let whole = to(C, row("EX0001", "A", [A, B], 1_000, 58));
    for (start, found) in [
        (1_005, "1000 111 222 333 diverted 38 AC 2"),
        (1_045, "1000 111 222 333 diverted 38 AC 2"),
        (1_060, "1000 111 222 333 diverted 58 A 1\n1060 111 333 - answered 38 B 1"),
    ] {
        assert_eq!(told(&[whole.clone(), row("EX0003", "B", [A, C], start, 38)]), found);
    }
}

#[test]
fn a_call_that_the_caller_dialled_stays_a_call_of_its_own() {
    // A gives up on B and rings C, as A's own return shows.
    let rows = [
        to(C, row("EX0001", "A", [A, B], 1_000, 0)),
        row("EX0001", "A", [A, C], 1_030, 25),
        row("EX0003", "B", [A, C], 1_031, 25),
    ];
    assert_eq!(told(&rows), "1000 111 222 333 diverted 0 A 1\n1030 111 333 - answered 25 AB 2");
}

#[test]
fn another_party_another_number_or_another_time_is_no_leg() {
    for other in [
        row("EX0003", "B", [D, C], 1_021, 38),
        row("EX0003", "B", [A, D], 1_021, 38),
        row("EX0003", "B", [A, C], 1_035, 38),
        row("EX0003", "A", [C, A], 1_021, 38),
    ] {
        let mut rows = call(1_000);
        rows.push(other.clone());
        assert_eq!(told(&rows).lines().count(), 2, "{other:?}");
    }
}

#[test]
fn where_two_calls_could_be_meant_the_row_stays_apart_with_a_doubt() {
    let memory = built(&[
        to(C, row("EX0001", "A", [A, B], 1_000, 30)),
        to(C, row("EX0001", "A", [A, D], 1_004, 30)),
        row("EX0003", "B", [A, C], 1_020, 30),
        row("EX0003", "B", [A, C], 9_000, 30),
    ]);
    let sql = "SELECT cast(start AS bigint) / 1000000, doubt IS NOT NULL FROM held_events ORDER BY 1";
    assert_eq!(query(&memory, sql), "1000 false\n1004 false\n1020 true\n9000 false");
}

#[test]
fn where_two_rows_could_be_the_leg_both_stay_apart_with_a_doubt() {
    let memory = built(&[
        to(C, row("EX0001", "A", [A, B], 1_000, 30)),
        row("EX0003", "B", [A, C], 1_015, 0),
        row("EX0003", "B", [B, C], 1_031, 30),
    ]);
    let sql = "SELECT cast(start AS bigint) / 1000000, doubt IS NOT NULL FROM held_events ORDER BY 1";
    assert_eq!(query(&memory, sql), "1000 false\n1015 true\n1031 true");
}

#[test]
fn the_same_row_of_two_disclosures_joins_once() {
    let mut rows = call(1_000);
    rows.push(row("EX0003", "B", [A, C], 1_021, 38));
    rows.push(row("EX0004", "B", [A, C], 1_021, 38));
    rows.push(row("EX0005", "B", [B, C], 1_021, 38));
    assert_eq!(told(&rows), "1000 111 222 333 diverted 38 ABC 6");
}

#[test]
fn the_forwarding_partys_own_row_of_the_leg_joins_it() {
    let mut rows = call(1_000);
    rows.push(Row { outcome: Some("diverted"), ..row("EX0002", "A", [B, C], 1_022, 39) });
    assert_eq!(told(&rows), "1000 111 222 333 diverted 41 AB 4");
    rows.push(row("EX0003", "B", [B, C], 1_023, 38));
    assert_eq!(told(&rows), "1000 111 222 333 diverted 38 ABC 5");
}

#[test]
fn talk_is_told_by_the_leg_on_which_it_was_talked() {
    // Without C's own return A's row of the leg tells it; the unanswered leg does not.
    assert_eq!(told(&call(1_000)), "1000 111 222 333 diverted 41 AB 3");
    // B's row of the leg, beside A's one row with ringing and talk in one.
    let rows = [
        row("EX0001", "A", [A, B], 1_000, 58),
        row("EX0002", "B", [A, B], 1_001, 0),
        to(C, row("EX0002", "B", [A, B], 1_021, 38)),
    ];
    assert_eq!(told(&rows), "1000 111 222 333 diverted 38 AB 3");
    // C did not answer either.
    let mut rows = call(1_000);
    rows.push(row("EX0003", "B", [A, C], 1_021, 0));
    assert_eq!(told(&rows), "1000 111 222 333 diverted 0 ABC 4");
    // A mailbox's leg is told with its outcome: nobody talked to B.
    let rows = [
        row("EX0001", "A", [A, B], 1_000, 0),
        Row { c: Some("121"), outcome: Some("voicemail"), ..row("EX0001", "A", [A, B], 1_022, 14) },
    ];
    assert_eq!(told(&rows), "1000 111 222 121 voicemail 14 A 2");
}

#[test]
fn what_the_caller_calls_answered_was_not_answered_by_the_called_party_where_another_phone_took_it() {
    // A's operator knows of no divert.
    let rows = [row("EX0001", "A", [A, B], 1_000, 38), to(C, row("EX0003", "C", [A, B], 1_018, 38))];
    assert_eq!(told(&rows), "1000 111 222 333 diverted 38 AC 2");
    // B's own return says that B answered: two calls.
    let rows = [row("EX0002", "B", [A, B], 1_000, 38), to(C, row("EX0003", "C", [A, B], 1_018, 38))];
    assert_eq!(told(&rows).lines().count(), 2);
}

/// Who called whom, whatever became of the call.
fn called(memory: &Memory) -> String {
    query(memory, "SELECT a, b, cast(start AS bigint) FROM held_events ORDER BY 3, 1, 2")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// The return of the forwarded-to party adds to what is known of each call, and no call.
    #[test]
    fn the_forwarded_to_partys_own_return_adds_no_event_and_changes_no_caller(
        calls in prop::collection::vec((1..=40_i64, -8..=8_i64, 0..90_i32, 0..3_u8, any::<bool>()), 1..6),
        seed in any::<u64>(),
    ) {
        let mut rows = Vec::new();
        let mut own = Vec::new();
        for (at, (ring, clock, seconds, form, apart)) in (0_i64..).zip(calls) {
            let start = 10_000 + at * 300;
            if apart {
                rows.push(row("EX0001", "A", [A, B], start, 0));
                rows.push(to(C, row("EX0001", "A", [A, B], start + ring, seconds)));
            } else {
                rows.push(to(C, row("EX0001", "A", [A, B], start, seconds)));
            }
            rows.push(row("EX0002", "B", [A, B], start + clock / 2, 0));
            let leg = start + ring + clock;
            own.push(match form {
                0 => to(C, row("EX0003", "C", [A, B], leg, seconds)),
                1 => row("EX0003", "B", [A, C], leg, seconds),
                _ => row("EX0003", "B", [B, C], leg, seconds),
            });
        }
        let before = called(&built(&rows));
        rows.extend(own);
        // The order of rows and of exhibits is that of arrival.
        rows.sort_by_key(|row| (row.start as u64).wrapping_mul(seed | 1));
        let labels = ["EX0001", "EX0002", "EX0003"];
        for row in &mut rows {
            let label = row.exhibit.and_then(|label| labels.iter().position(|one| *one == label)).unwrap_or(0);
            row.exhibit = Some(labels[(label + seed as usize % 3) % 3]);
        }
        prop_assert_eq!(before, called(&built(&rows)));
    }
}
