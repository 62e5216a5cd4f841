//! Every shipped profile has a small made-up file that it recognises and reads.
use crate::common::{Read, glimpse, read, rows, training, understand};
use orochi_formats::rows::Glimpse;
use orochi_layout::{Library, Reading, Received, readings};
use orochi_model::authority::{Authority, Scope};

fn fixture(name: &str) -> crate::common::Rows {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/fixtures/{name}.csv"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    rows(&text, ',')
}

fn taken(name: &str) -> Read {
    let rows = fixture(name);
    let mapping = understand(&rows).unwrap();
    read(&rows, &mapping, &training())
}

#[test]
fn every_profile_has_a_fixture_that_it_recognises() {
    let library = Library::open(None).unwrap();
    // Table, records, rejects, notes.
    let expected = [
        ("adm-telephony", "records", 2, 0, 0),
        ("android-call-log", "records", 4, 0, 0),
        ("att-us", "records", 2, 0, 0),
        ("cell-list-telcell", "cells", 2, 0, 0),
        ("cellyzer-antennas", "cells", 2, 0, 0),
        ("cellyzer-calls", "records", 3, 0, 0),
        ("cellyzer-messages", "records", 2, 0, 0),
        ("code-point-open", "postcodes", 2, 1, 0),
        ("handset-history", "handsets", 2, 0, 0),
        ("opencellid", "cells", 2, 0, 0),
        ("opencellid-headed", "cells", 2, 0, 0),
        ("simulated-area", "records", 5, 0, 0),
        ("subscriber", "subscribers", 2, 0, 0),
        ("t-mobile-us", "records", 3, 0, 0),
        ("topup", "topups", 2, 0, 0),
        ("uk-call-data", "records", 6, 2, 2),
        ("verizon-us", "records", 2, 0, 0),
    ];
    assert_eq!(library.profiles().len(), expected.len(), "a profile without a fixture");
    for (name, table, records, rejects, notes) in expected {
        let profile = library.profiles().iter().find(|profile| profile.name == name).unwrap();
        assert!(!profile.source.is_empty() && !profile.title.is_empty(), "{name}");
        let rows = fixture(name);
        let mapping = understand(&rows).unwrap_or_else(|problem| panic!("{name}: {problem:?}"));
        assert_eq!(mapping.profile, format!("{name} 1"));
        let read = read(&rows, &mapping, &training());
        let tally = read.tally;
        assert_eq!(
            (tally.records, tally.rejects, tally.notes),
            (records, rejects, notes),
            "{name}: {:#?}",
            read.tables.get("rejects")
        );
        assert_eq!(tally.rows, tally.records + tally.rejects + tally.excess);
        assert_eq!(read.tables[table].len() as u64, records, "{name}");
    }
}

#[test]
fn uk_call_data_with_its_traps() {
    let read = taken("uk-call-data");
    let get = |row, column| read.get("records", row, column);
    assert_eq!(
        (get(0, "a"), get(0, "b"), get(0, "side"), get(0, "kind"), get(0, "outcome")),
        ("+447700900123", "+447700900456", "A", "call", "answered")
    );
    assert_eq!(get(0, "start"), "2024-09-01T07:15:22Z", "local time in summer");
    assert_eq!(get(0, "start_text"), "01/09/2024 08:15:22");
    assert_eq!((get(0, "zone"), get(0, "duration_s"), get(0, "ring_s")), ("Europe/London", "38", "3"));
    assert_eq!((get(0, "imei"), get(0, "imei_text")), ("35000000000000", "350000000000006"));
    assert_eq!(get(0, "start_cell"), "LTE/234-30-12345");
    assert_eq!((get(1, "kind"), get(1, "side"), get(1, "outcome")), ("text", "A", ""));
    assert_eq!(
        (get(2, "side"), get(2, "start"), get(2, "start_alt")),
        ("B", "2024-10-27T00:30:00Z", "2024-10-27T01:30:00Z"),
        "repeated hour"
    );
    assert_eq!((get(3, "c"), get(3, "outcome")), ("222", "voicemail"));
    assert_eq!(
        (get(4, "kind"), get(4, "side"), get(4, "up_kb"), get(4, "down_kb"), get(4, "apn")),
        ("data", "A", "120", "4000", "everywhere")
    );
    assert_eq!(get(4, "end"), "2024-10-28T03:30:00Z", "a session gives an interval");
    assert_eq!(
        (get(5, "outcome"), get(5, "start_cell")),
        ("missed", "WIFI/aa:bb:cc:dd:ee:ff"),
        "a Wi-Fi access point in the cell's column"
    );
    let reject = |row, column| read.get("rejects", row, column);
    assert_eq!(reject(0, "row"), "12");
    assert_eq!(reject(1, "column"), "Calling Number", "a number mangled by a spreadsheet");
    assert_eq!(reject(1, "text"), "4.47701E+11");
    let met = &read.tables["met"];
    assert_eq!(met.len(), 2);
    assert_eq!(
        (met[0]["cell"].as_str(), met[0]["easting"].as_str(), met[0]["azimuth"].as_str()),
        ("LTE/234-30-12345", "651409", "120")
    );
    assert_eq!((met[0]["first_seen"].as_str(), met[0]["row"].as_str()), ("2024-09-01T07:15:22Z", "7"));
}

#[test]
fn a_return_for_a_wrong_number_is_excess_even_when_the_authorised_number_is_on_the_row() {
    let rows = fixture("uk-call-data");
    let mapping = understand(&rows).unwrap();
    assert_eq!(mapping.target.as_deref(), Some("+447700900123"));
    let authority = |number: &str| Authority {
        reference: "A1".into(),
        identifiers: [number.to_owned()].into(),
        from_us: 1_725_000_000_000_000,
        to_us: 1_726_000_000_000_000,
    };
    let scope = |number: &str| Scope { training: false, authorities: vec![authority(number)] };
    let wrong = read(&rows, &mapping, &scope("+447700900456"));
    assert_eq!((wrong.tally.records, wrong.tally.excess), (0, 6));
    assert_eq!(wrong.get("excess", 0, "reason"), "identifier not authorised");
    assert!(!wrong.tables.contains_key("met"), "excess rows leave no cell behind");
    let right = read(&rows, &mapping, &scope("+447700900123"));
    assert_eq!((right.tally.records, right.tally.excess), (2, 4));
    assert_eq!(right.get("excess", 0, "reason"), "outside the authorised period");
}

#[test]
fn adm_takes_the_standardised_value_and_keeps_the_raw_text() {
    let read = taken("adm-telephony");
    assert_eq!(read.get("records", 0, "start"), "2024-09-13T07:15:22Z");
    assert_eq!(read.get("records", 0, "start_text"), "01/09/24 08:15");
    assert_eq!(read.get("records", 0, "b_text"), "07700 900 456");
    assert_eq!((read.get("records", 1, "side"), read.get("records", 1, "imei")), ("B", "35000000000000"));
}

#[test]
fn of_sheets_that_show_the_same_events_the_preferred_one_is_read() {
    let mut summary = glimpse(&fixture("adm-telephony"));
    let mut list: Glimpse = summary.clone();
    summary.sheet = Some("ADM Summary".into());
    list.sheet = Some("Events List".into());
    let cover = Glimpse { sheet: Some("Cover".into()), head: vec![(1, vec!["Report".into()])], ..Glimpse::default() };
    let library = Library::open(None).unwrap();
    let out = readings(Received { name: "x.xlsx", target: None }, &[cover, list, summary], &library).unwrap();
    assert!(matches!(&out[0], Reading::Left(_)));
    assert!(matches!(&out[1], Reading::Left(why) if why.contains("ADM Summary")));
    assert!(matches!(&out[2], Reading::Mapped(_)));
}

#[test]
fn target_relative_rows_become_caller_and_called() {
    let read = taken("cellyzer-calls");
    let get = |row, column| read.get("records", row, column);
    assert_eq!(
        (get(0, "a"), get(0, "b"), get(0, "side"), get(0, "target")),
        ("+447700900456", "+447700900123", "B", "+447700900123")
    );
    assert_eq!((get(1, "a"), get(1, "side"), get(1, "outcome")), ("+447700900123", "A", "missed"));
    assert_eq!((get(2, "outcome"), get(2, "side"), get(2, "zone")), ("missed", "B", "stated"));
    assert_eq!(get(0, "start"), "2010-09-15T18:17:44Z");
    assert_eq!(get(0, "start_cell"), "TEXT/2");
    assert_eq!(taken("cellyzer-antennas").get("cells", 1, "cell"), "TEXT/2", "calls and antennas meet");
}

#[test]
fn american_layouts_with_their_traps() {
    let tmobile = taken("t-mobile-us");
    assert_eq!(tmobile.get("records", 0, "start"), "2024-09-01T08:15:22Z", "times are UTC, month first");
    assert_eq!(
        (tmobile.get("records", 0, "a"), tmobile.get("records", 0, "start_cell")),
        ("+12025550123", "LTE/310-260-3160321")
    );
    assert_eq!((tmobile.get("records", 1, "kind"), tmobile.get("records", 1, "side")), ("text", "B"));
    assert_eq!(tmobile.get("records", 2, "outcome"), "diverted");
    let att = taken("att-us");
    assert_eq!(att.get("records", 0, "b"), "+12025550178", "the (D) mark is no digit");
    assert_eq!(att.get("records", 0, "start_cell"), "?/310-410-21001-33452", "the technology is not stated");
    let verizon = taken("verizon-us");
    assert_eq!((verizon.get("records", 0, "b"), verizon.get("records", 1, "a")), ("+12025550178", "+12025550178"));
    assert_eq!(verizon.get("records", 0, "start_cell"), "SITE/101-2");
}

#[test]
fn plain_tables() {
    let subscribers = taken("subscriber");
    assert_eq!(subscribers.get("subscribers", 0, "number"), "+447700900123");
    assert_eq!(subscribers.get("subscribers", 0, "from"), "2024-02-13T00:00:00Z");
    assert_eq!(subscribers.get("subscribers", 0, "extra"), r#"{"Payment Method":"Cash"}"#);
    let topups = taken("topup");
    assert_eq!(
        (topups.get("topups", 1, "amount_pence"), topups.get("topups", 0, "at")),
        ("2000", "2024-02-13T10:15:00Z")
    );
    let handsets = taken("handset-history");
    assert_eq!(
        (handsets.get("handsets", 0, "imei"), handsets.get("handsets", 0, "make")),
        ("35000000000000", "Maker One")
    );
    let postcodes = taken("code-point-open");
    assert_eq!(
        (postcodes.get("postcodes", 0, "postcode"), postcodes.get("postcodes", 0, "easting")),
        ("NR1 1AA", "624073")
    );
    let cells = taken("opencellid");
    assert_eq!(cells.get("cells", 0, "cell"), "GSM/234-10-21574-33452");
    let listed = taken("cell-list-telcell");
    assert_eq!(
        (listed.get("cells", 0, "valid_to"), listed.get("cells", 1, "cell")),
        ("2024-01-01T00:00:00Z", "LTE/234-30-3160321")
    );
}
