//! More layouts that nobody has seen: dates and times as workbooks show them, ends without durations, sites without
//! cells, references that are no types.
use crate::common::{self, Read, read, refused, rows, training, understand};
use orochi_layout::{field::Field, mapping::Mapping};

fn proposed(text: &str) -> (Box<Mapping>, Read) {
    common::proposed(text, ',')
}

#[test]
fn a_workbooks_date_column_is_read_with_the_time_beside_it() {
    let (mapping, read) = proposed(
        "Calling Number,Called Number,Start Date,Start Time (local),Duration,Type\n\
         07700900123,07700900456,2024-09-02 00:00:00,09:00:03,00:01:01,Voice\n\
         07700900123,07700900789,2024-09-13 00:00:00,00:00:00,00:01:01,Voice\n",
    );
    assert!(mapping.has(Field::StartDate) && mapping.has(Field::StartTime), "{:?}", mapping.columns);
    assert_eq!(read.get("records", 0, "start"), "2024-09-02T08:00:03Z");
    assert_eq!(read.get("records", 1, "start"), "2024-09-12T23:00:00Z");
}

#[test]
fn moments_at_midnight_without_a_time_column_stay_moments() {
    let (_, read) = proposed(
        "Calling Number,Called Number,Start (UTC),Duration,Type\n\
         07700900123,07700900456,2024-09-02 00:00:00,00:01:01,Voice\n",
    );
    assert_eq!(read.get("records", 0, "start"), "2024-09-02T00:00:00Z");
}

#[test]
fn a_reference_in_every_row_is_no_kind_of_event() {
    let mut text = String::from("cdr_id,served_msisdn,call_direction,other_msisdn,start_utc,record_type\n");
    for row in 0..10 {
        let (way, kind) = if row % 2 == 0 { ("MOC", "CALL") } else { ("MTC", "SMS") };
        text.push_str(&format!("{row},447700900123,{way},447700900456,2024-09-02 08:0{row}:57,{kind}\n"));
    }
    let (mapping, read) = proposed(&text);
    assert_eq!(mapping.heading(Field::Type), Some("record_type"));
    assert_eq!((read.get("records", 0, "kind"), read.get("records", 1, "kind")), ("call", "text"));
}

#[test]
fn a_calls_length_comes_from_its_ends_where_no_column_gives_it() {
    let (mapping, read) = proposed(
        "A Number,B Number,Start (UTC),End (UTC),Type\n\
         07700900123,07700900456,13/09/2024 08:00:00,13/09/2024 08:02:05,Voice\n\
         07700900123,07700900456,13/09/2024 09:00:00,13/09/2024 09:00:00,Voice\n\
         07700900123,07700900456,13/09/2024 09:10:00,13/09/2024 09:10:00,SMS\n\
         07700900123,07700900456,13/09/2024 09:20:00,13/09/2024 09:10:00,Voice\n",
    );
    let lengths = [0, 1, 2, 3].map(|row| read.get("records", row, "duration_s"));
    assert_eq!(lengths, ["125", "0", "", ""], "a text has no length, an end before its start gives none");
    assert_eq!(read.get("records", 1, "outcome"), "missed");
    assert!(mapping.remarks.iter().any(|remark| remark.contains("from start to end")), "{:?}", mapping.remarks);
}

#[test]
fn a_stated_duration_is_never_made_up_from_the_ends() {
    let (_, read) = proposed(
        "A Number,B Number,Start (UTC),End (UTC),Type,Duration\n\
         07700900123,07700900456,13/09/2024 08:00:00,13/09/2024 08:02:05,Voice,119\n\
         07700900123,07700900456,13/09/2024 08:00:00,13/09/2024 08:02:05,Voice,\n",
    );
    assert_eq!([0, 1].map(|row| read.get("records", row, "duration_s")), ["119", ""]);
}

#[test]
fn durations_in_words() {
    let (_, read) = proposed(
        "A Number,B Number,Start (UTC),Duration,Type\n\
         07700900123,07700900456,13/09/2024 08:00:00,2m 5s,Voice\n\
         07700900123,07700900456,13/09/2024 08:10:00,0m 38s,Voice\n",
    );
    assert_eq!([0, 1].map(|row| read.get("records", row, "duration_s")), ["125", "38"]);
}

#[test]
fn two_moments_under_unknown_headings_are_told_apart_by_their_order() {
    let text = |later: &str| {
        format!(
            "Caller,Receiver,Zeit B,Zeit A,Kind\n\
             07700900123,07700900456,2024-09-13 08:02:05,2024-09-13 08:00:00,Voice\n\
             07700900123,07700900456,2024-09-13 09:00:00,{later},SMS\n"
        )
    };
    let (mapping, read) = proposed(&text("2024-09-13 09:00:00"));
    assert_eq!((mapping.heading(Field::Start), mapping.heading(Field::End)), (Some("Zeit A"), Some("Zeit B")));
    assert_eq!(read.get("records", 0, "duration_s"), "125");
    assert!(mapping.remarks.iter().any(|remark| remark.contains("in none of the first rows")), "{:?}", mapping.remarks);
    assert!(refused(&text("2024-09-13 10:00:00")).contains("fit equally as the start"));
}

#[test]
fn two_beginnings_are_not_a_beginning_and_an_end() {
    let words = refused(
        "Caller,Receiver,Seizure Time,Connect Time,Kind\n\
         07700900123,07700900456,2024-09-13 08:00:00,2024-09-13 08:00:09,Voice\n",
    );
    assert!(words.contains("fit equally as the start"), "{words}");
}

#[test]
fn a_site_stands_for_the_cell_where_no_cell_is_named() {
    let head = "Calling Number,Called Number,Start (UTC),Type";
    let line = "07700900123,07700900456,13/09/2024 08:00:00,Voice";
    for (headings, values, cell, by) in [
        ("Mast,Postcode", "Market Place 9,NR30 1AA", "TEXT/Market Place 9", ""),
        ("Postcode", "NR30 1AA", "TEXT/NR30 1AA", ""),
        ("Latitude,Longitude,Azimuth", "52.658,1.716,120", "TEXT/52.658,1.716", "latitude and longitude"),
        ("Cell Easting,Cell Northing", "651409,313177", "TEXT/651409,313177", "grid"),
        ("Cell ID,Site Name,Latitude,Longitude", ",,52.658,1.716", "", ""),
    ] {
        let (_, read) = proposed(&format!("{head},{headings}\n{line},{values}\n"));
        assert_eq!(read.get("records", 0, "start_cell"), cell, "{headings}");
        if !cell.is_empty() {
            assert_eq!(read.get("met", 0, "placed_by"), by, "{headings}");
        }
    }
}

#[test]
fn positions_in_one_column() {
    for (heading, value, by) in [
        ("Lat/Long", "52.658;1.716", "latitude and longitude"),
        ("Location (BNG)", "651409/313177", "grid"),
        ("Grid Ref", "TG 514 131", "grid reference"),
    ] {
        let (mapping, read) = proposed(&format!("Cell ID,{heading},Azimuth\n234-30-1014-13399,{value},30\n"));
        assert!(mapping.has(Field::StartGrid), "{heading}");
        assert_eq!(read.get("cells", 0, "placed_by"), by, "{heading}");
    }
}

#[test]
fn numbers_kept_as_text_by_a_quotation_mark_and_kinds_under_bearer() {
    let (_, read) = proposed(
        "ORIG_MSISDN,DEST_MSISDN,START_UTC,BEARER\n\
         '+447700900123,'07700900456,2024-09-13 08:00:00,Speech\n\
         '+447700900123,'07700900456,2024-09-13 08:00:00,SMS\n",
    );
    assert_eq!(read.get("records", 0, "b"), "+447700900456");
    assert_eq!([0, 1].map(|row| read.get("records", row, "kind")), ["call", "text"]);
}

#[test]
fn one_mistyped_date_rejects_its_row_only() {
    let (_, read) = proposed(
        "A Number,B Number,Date,Time,Type\n\
         07700900123,07700900456,99/09/2024,08:00:00,Voice\n\
         07700900123,07700900456,13/09/2024,08:00:00,Voice\n",
    );
    assert_eq!((read.tally.records, read.tally.rejects), (1, 1));
}

#[test]
fn a_voucher_is_no_telephone() {
    let (mapping, read) = proposed(
        "Number,Date/Time,Value,Channel,Voucher No\n07700900123,13/09/2024 10:11:12,10,E-Topup,123456789012\n",
    );
    assert_eq!(mapping.heading(Field::Number), Some("Number"));
    assert_eq!(read.get("topups", 0, "amount_pence"), "1000");
}

#[test]
fn a_column_a_profile_does_not_know_fills_a_field_it_left_empty() {
    let read_all = |text: &str| {
        let rows = rows(text, ',');
        let mapping = understand(&rows).unwrap();
        let read = read(&rows, &mapping, &training());
        (mapping, read)
    };
    let (mapping, read) = read_all(
        "Calling Number,Called Number,CDR Type,Start Date,Start Time (local),Call Duration,Row,Billed Amount\n\
         07700900123,07700900456,Voice,13/09/2024,08:00:00,00:02:05,1,3\n",
    );
    assert!(mapping.profile.starts_with("uk-call-data"), "{}", mapping.profile);
    assert_eq!(read.get("records", 0, "duration_s"), "125");
    assert!(mapping.remarks.iter().any(|remark| remark.contains("Call Duration")), "{:?}", mapping.remarks);
    assert_eq!(mapping.unmapped, ["Billed Amount"], "what nobody knows is still reported");

    let (mapping, read) = read_all("MSISDN,Subscriber Name,DOB,Tariff\n07700900123,Jane Doe,13/02/1990,PAYG\n");
    assert!(mapping.profile.starts_with("subscriber"), "{}", mapping.profile);
    assert_eq!(read.get("subscribers", 0, "born"), "13/02/1990");
    assert_eq!(read.get("subscribers", 0, "account_type"), "PAYG");
}

#[test]
fn starts_and_ends_of_usage_are_times() {
    let (mapping, read) = proposed(
        "Usage Type,Usage Date,Usage Start,Usage End,MSISDN A,MSISDN B\n\
         Call,13/09/2024,08:00:00,08:02:05,00447700900123,00447700900456\n",
    );
    assert_eq!(mapping.heading(Field::Type), Some("Usage Type"));
    assert_eq!(read.get("records", 0, "start"), "2024-09-13T07:00:00Z");
    assert_eq!(read.get("records", 0, "duration_s"), "125");
}
