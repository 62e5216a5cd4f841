//! The views `tenancies` and `presences`, and the whole way from records to events, over tables in memory.

use crate::rows::{Row, memory, put_file, query};
use crate::scenario::tables::Memory;
use orochi_analysis::{events, tenancies, views};

fn with_presences(rows: &[Row]) -> Memory {
    let memory = memory(rows);
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(views::register_presences(&memory.context)).unwrap();
    memory
}

const X: &str = "+447700900001";
const Y: &str = "+447700900002";

#[test]
fn a_sim_that_changes_handset_and_back_has_three_tenancies() {
    let row = |start, imei| Row {
        kind: "call",
        side: Some("A"),
        a: X,
        b: Y,
        start,
        imsi: Some("234101"),
        imei,
        ..Row::default()
    };
    let memory = memory(&[
        row(10, Some("1")),
        row(20, None),
        row(30, Some("1")),
        row(40, Some("2")),
        row(50, Some("1")),
        row(60, Some("1")),
    ]);
    let folder = tempfile::tempdir().unwrap();
    tenancies::build(&memory, folder.path()).unwrap();
    put_file(&memory, "tenancies", &folder.path().join(tenancies::FILE));
    let sql = "SELECT imei, cast(\"from\" AS bigint) / 1000000, cast(\"to\" AS bigint) / 1000000, records, \"row\" \
               FROM tenancies ORDER BY \"from\"";
    assert_eq!(query(&memory, sql), "1 10 30 2 2\n2 40 40 1 5\n1 50 60 2 6");
}

#[test]
fn a_data_sessions_cell_was_used_at_or_before_its_start_and_on_o2_its_end() {
    let row = |kind, network, imsi| Row {
        kind,
        side: Some("A"),
        a: X,
        b: Y,
        start: 100,
        end: Some(160),
        cell: Some("LTE/234-10-1"),
        imsi,
        network,
        ..Row::default()
    };
    let memory = with_presences(&[
        row("data", Some("EE"), None),
        row("data", Some("O2"), None),
        row("data", None, Some("234101234567890")),
        row("call", Some("O2"), None),
    ]);
    let sql = "SELECT relation, cast(\"from\" AS bigint) / 1000000, cast(\"to\" AS bigint) / 1000000, activity \
               FROM presences ORDER BY \"row\"";
    assert_eq!(
        query(&memory, sql),
        "at or before 100 100 passive\nat or before 100 160 passive\nat or before 100 160 passive\nat 100 100 active"
    );
}

#[test]
fn incoming_texts_and_missed_calls_are_passive() {
    let row = |kind, outcome, duration| Row {
        kind,
        side: Some("B"),
        a: Y,
        b: X,
        start: 100,
        outcome,
        duration,
        cell: Some("GSM/234-10-1-1"),
        ..Row::default()
    };
    let memory = with_presences(&[
        row("text", None, None),
        row("call", Some("missed"), Some(0)),
        row("call", Some("voicemail"), Some(9)),
        row("call", Some("answered"), Some(30)),
    ]);
    let sql = "SELECT activity FROM presences ORDER BY \"row\"";
    assert_eq!(query(&memory, sql), "passive\npassive\npassive\nactive");
}

#[test]
fn records_become_events_with_every_record_linked_once_and_data_sessions_left_out() {
    let call = |side, start, duration| Row {
        kind: "call",
        side: Some(side),
        a: X,
        b: Y,
        start,
        duration: Some(duration),
        outcome: Some("answered"),
        ..Row::default()
    };
    let memory = memory(&[
        call("A", 1_000, 38),
        call("B", 1_004, 37),
        call("A", 1_000, 38),
        call("A", 9_000, 5),
        Row { kind: "data", side: Some("A"), a: X, start: 5, ..Row::default() },
    ]);
    let folder = tempfile::tempdir().unwrap();
    let built = events::build(&memory, &events::Settings::default(), folder.path()).unwrap();
    assert_eq!((built.records, built.events), (4, 2));
    for (name, file) in [("events", events::EVENTS_FILE), ("event_records", events::LINKS_FILE)] {
        put_file(&memory, name, &folder.path().join(file));
    }
    let sql = "SELECT event, duration_s, sides, records, \"row\" FROM events ORDER BY event";
    assert_eq!(query(&memory, sql), "0 38 AB 3 2\n1 5 A 1 5");
    assert_eq!(query(&memory, "SELECT event, \"row\" FROM event_records ORDER BY 2"), "0 2\n0 3\n0 4\n1 5");
}

#[test]
fn a_row_that_does_not_say_whose_side_it_is_is_told_by_its_sim() {
    let z = "+447700900003";
    let call =
        |a, b, start, imsi| Row { kind: "call", a, b, start, duration: Some(30), imsi: Some(imsi), ..Row::default() };
    // One file with everything of X and Y; Z's own data is not held.
    let rows = [
        call(X, Y, 1_000, "1"),
        call(X, Y, 1_002, "2"),
        call(X, z, 2_000, "1"),
        call(z, Y, 3_000, "2"),
        call(z, X, 4_000, "1"),
    ];
    let memory = memory(&rows);
    let folder = tempfile::tempdir().unwrap();
    let built = events::build(&memory, &events::Settings::default(), folder.path()).unwrap();
    assert_eq!((built.records, built.events), (5, 4));
    put_file(&memory, "events", &folder.path().join(events::EVENTS_FILE));
    let sql = "SELECT cast(start AS bigint) / 1000000, sides, records FROM events ORDER BY start";
    assert_eq!(query(&memory, sql), "1000 AB 2\n2000 A 1\n3000 B 1\n4000 B 1");
}
