//! Who called whom: decided by what the rows show, and refused where they do not.
use crate::common::{self, Read, read, refused, rows, training, understand, understand_as};
use orochi_layout::mapping::Mapping;

fn taken(text: &str) -> (Box<Mapping>, Read) {
    common::taken(text, ',')
}

/// Side, caller and called party of each record, the country code left out.
fn calls(read: &Read) -> Vec<[String; 3]> {
    sides(read.tables.get("records").map(Vec::as_slice).unwrap_or_default())
}

fn sides(records: &[std::collections::BTreeMap<String, String>]) -> Vec<[String; 3]> {
    let short = |text: &str| text.trim_start_matches("+447700900").to_owned();
    records.iter().map(|row| [row["side"].clone(), short(&row["a"]), short(&row["b"])]).collect()
}

fn told(expected: &[[&str; 3]]) -> Vec<[String; 3]> {
    expected.iter().map(|row| row.map(str::to_owned)).collect()
}

#[test]
fn a_target_first_and_the_other_party_second_whatever_the_direction() {
    let (_, read) = taken(
        "MADE-UP OPERATOR LIMITED\n\n\
         Target No,Call Type,TOC,B Party No,LRN No,LRN TSP-LSA,Date,Time,Dur(s),First CGI,Last CGI,SMSC No,Service \
         Type,IMEI,IMSI,Call Fow No,Roam Nw,SW & MSC ID,IN TG,OUT TG\n\
         '07700900111',OUT,Post,'07700900222',-,-,'03/02/2025',09:15:00,35,234-15-2101-2367,234-15-2101-2368,-,Voice,\
         '353456789012340','234150000000111',-,HOME,'447700900999',,\n\
         '07700900111',IN,Post,'07700900333',-,-,'13/02/2025',09:16:00,40,234-15-2101-2367,234-15-2101-2368,-,Voice,\
         '353456789012340','234150000000111',-,HOME,'447700900999',,\n\
         '07700900111',SMO,Post,'07700900222',-,-,'14/02/2025',09:17:00,0,234-15-2101-2367,234-15-2101-2368,-,SMS,\
         '353456789012340','234150000000111',-,HOME,'447700900999',,\n\
         '07700900111',SMT,Post,'AD-Shop-S',-,-,'15/02/2025',09:18:00,0,234-15-2101-2367,234-15-2101-2368,-,SMS,\
         '353456789012340','234150000000111',-,HOME,'447700900999',,\n\
         '07700900111',SMT,Post,'07700900444',-,-,'16/02/2025',09:19:00,0,234-15-2101-2367,234-15-2101-2368,-,SMS,\
         '353456789012340','234150000000111',-,HOME,'447700900999',,\n",
    );
    let expected =
        [["A", "111", "222"], ["B", "333", "111"], ["A", "111", "222"], ["B", "AD-Shop-S", "111"], ["B", "444", "111"]];
    assert_eq!(calls(&read), told(&expected));
    assert!(read.get("records", 0, "start_cell").ends_with("2101-2367"));
    assert!(read.get("records", 0, "end_cell").ends_with("2101-2368"));
}

const REPEATED: &str = "MADE-UP OPERATOR,,,,,,,,,\nMSISDN :- 447700900111,,,,,,,,,\n\
                        From Date : 01-02-2025 00:00:00,,,,,,,,,\n\
                        ----------,----------,----------,----------,----------,----------,----------,----------,\
                        ----------,----------\n\
                        Target /A PARTY NUMBER,CALL_TYPE,Type of Connection,B PARTY NUMBER,Call date,Call Initiation \
                        Time,Call Duration,First Cell Global Id,IMEI,IMSI\n\
                        447700900111,Outgoing \
                        Call,Prepaid,07700900222,03-02-2025,09:15:00,35,234-15-2101-2367,353456789012340,\
                        234150000000111\n\
                        447700900111,Incoming \
                        Call,Prepaid,07700900333,13-02-2025,09:16:00,36,234-15-2101-2367,353456789012340,\
                        234150000000111\n\
                        ,,,,,,,,,\n\
                        Target /A PARTY NUMBER,CALL_TYPE,Type of Connection,B PARTY NUMBER,Call date,Call Initiation \
                        Time,Call Duration,First Cell Global Id,IMEI,IMSI\n\
                        ----------,----------,----------,----------,----------,----------,----------,----------,\
                        ----------,----------\n\
                        447700900111,Outgoing \
                        SMS,Prepaid,07700900444,14-02-2025,09:17:00,0,234-15-2101-2367,353456789012340,\
                        234150000000111\n\
                        447700900111,Incoming \
                        SMS,Prepaid,07700900222,15-02-2025,09:18:00,0,234-15-2101-2367,353456789012340,\
                        234150000000111\n\
                        Total Records : 4,,,,,,,,,\n*** End of report ***,,,,,,,,,\n";

#[test]
fn repeated_headings_rules_and_totals_turn_nobody_round() {
    let (_, read) = taken(REPEATED);
    let expected = [["A", "111", "222"], ["B", "333", "111"], ["A", "111", "444"], ["B", "222", "111"]];
    assert_eq!(calls(&read), told(&expected));
    assert_eq!((read.tally.records, read.tally.rejects, read.tally.notes), (4, 0, 5));
}

#[test]
fn several_spellings_of_the_target_are_one_phone() {
    let text = REPEATED.replacen("447700900111,Incoming Call", "07700 900111,Incoming Call", 1).replacen(
        "447700900111,Outgoing SMS",
        "+447700900111,Outgoing SMS",
        1,
    );
    let expected = [["A", "111", "222"], ["B", "333", "111"], ["A", "111", "444"], ["B", "222", "111"]];
    assert_eq!(calls(&taken(&text).1), told(&expected));
}

#[test]
fn several_subjects_in_one_file_are_each_their_own() {
    let (_, read) = taken(
        "A Number,B Number,Direction,Start (UTC),Duration\n\
         07700900111,07700900222,Outgoing,13/02/2025 09:15:00,35\n\
         07700900111,07700900333,Incoming,13/02/2025 09:16:00,36\n\
         07700900111,07700900555,Incoming,13/02/2025 09:17:00,36\n\
         07700900666,07700900444,Outgoing,13/02/2025 09:18:00,37\n\
         07700900666,07700900777,Incoming,13/02/2025 09:19:00,38\n\
         07700900666,07700900888,Incoming,13/02/2025 09:20:00,38\n",
    );
    let expected = [
        ["A", "111", "222"],
        ["B", "333", "111"],
        ["B", "555", "111"],
        ["A", "666", "444"],
        ["B", "777", "666"],
        ["B", "888", "666"],
    ];
    assert_eq!(calls(&read), told(&expected));
}

#[test]
fn a_caller_stays_the_caller_where_the_rows_bear_it_out() {
    let (_, read) = taken(
        "A Number,B Number,Direction,Start (UTC),Duration\n\
         07700900111,07700900222,Outgoing,13/02/2025 09:15:00,35\n\
         07700900333,07700900111,Incoming,13/02/2025 09:16:00,36\n\
         07700900444,07700900111,Incoming,13/02/2025 09:17:00,36\n",
    );
    assert_eq!(calls(&read), told(&[["A", "111", "222"], ["B", "333", "111"], ["B", "444", "111"]]));
}

#[test]
fn headings_and_directions_that_contradict_each_other_are_refused() {
    let said = refused(
        "Calling Number,Called Number,Direction,Start (UTC),Duration\n\
         07700900111,07700900222,Outgoing,13/02/2025 09:15:00,35\n\
         07700900111,07700900333,Incoming,13/02/2025 09:16:00,36\n\
         07700900111,07700900444,Incoming,13/02/2025 09:17:00,36\n",
    );
    assert!(said.contains("contradict") && said.contains("Calling Number") && said.contains("rows 3, 4"), "{said}");
    let said =
        refused("A Number,B Number,Direction,Start (UTC)\n07700900111,07700900222,Incoming,13/02/2025 09:15:00\n");
    assert!(said.contains("fit both") && said.contains("--target"), "{said}");
}

#[test]
fn plain_callers_and_called_have_the_side_of_the_number_in_every_row() {
    let (mapping, read) = taken(
        "Calling Number,Called Number,Start (UTC),Duration,IMEI\n\
         07700900111,07700900222,13/02/2025 09:15:00,35,353456789012340\n\
         07700900333,447700900111,13/02/2025 09:16:00,36,353456789012340\n\
         +447700900111,07700900444,13/02/2025 09:17:00,36,353456789012340\n",
    );
    assert_eq!(mapping.owners.iter().map(String::as_str).collect::<Vec<_>>(), ["+447700900111"]);
    assert_eq!(calls(&read), told(&[["A", "111", "222"], ["B", "333", "111"], ["A", "111", "444"]]));
}

#[test]
fn each_sim_has_its_own_number_in_all_its_rows() {
    let (mapping, _) = taken(
        "A Number,B Number,Start (UTC),Duration,IMSI\n\
         07700900111,07700900222,13/02/2025 09:15:00,35,234150000000111\n\
         07700900333,07700900111,13/02/2025 09:16:00,36,234150000000111\n\
         07700900111,07700900444,13/02/2025 09:17:00,36,234150000000111\n\
         07700900666,07700900222,13/02/2025 09:15:00,35,234150000000666\n\
         07700900555,07700900666,13/02/2025 09:16:00,36,234150000000666\n\
         07700900666,07700900444,13/02/2025 09:17:00,36,234150000000666\n",
    );
    assert_eq!(mapping.owners.iter().map(String::as_str).collect::<Vec<_>>(), ["+447700900111", "+447700900666"]);
}

#[test]
fn a_switch_under_a_heading_nobody_knows_is_no_caller() {
    let said = refused(
        "Zentrale,Called Number,Start (UTC),Duration\n07700900999,07700900222,13/02/2025 09:15:00,35\n\
         07700900999,07700900333,13/02/2025 09:16:00,36\n",
    );
    assert!(said.contains("whose data"), "{said}");
    let (_, read) = taken(
        "MSISDN: 07700900111,,,,\nZentrale,Number,Direction,Start (UTC),Duration\n\
         07700900999,07700900222,Outgoing,13/02/2025 09:15:00,35\n\
         07700900999,07700900333,Incoming,13/02/2025 09:16:00,36\n",
    );
    assert_eq!(calls(&read), told(&[["A", "111", "222"], ["B", "333", "111"]]));
}

#[test]
fn numbers_of_dealers_and_desks_above_the_header_are_nobodys_target() {
    let (mapping, read) = taken(
        "Dealer number: 07700900800,,,\nContact,07700 900801,,\nTelephone number,07700900111,,\n,,,\n\
         Direction,Other Party,Start (UTC),Duration\n\
         Outgoing,07700900222,13/02/2025 09:15:00,35\nIncoming,07700900333,13/02/2025 09:16:00,36\n",
    );
    assert_eq!(mapping.target.as_deref(), Some("+447700900111"));
    assert_eq!(calls(&read), told(&[["A", "111", "222"], ["B", "333", "111"]]));
}

const LOG: &str = "number,date,duration,type,name,presentation\n+447700900222,1750280779000,35,1,Sam,1\n\
                   07700900333,1750284379000,12,2,Mum,1\n\
                   07700900444,1750320000000,0,3,,1\nPrivate,1750323600000,20,1,,2\nUnknown,1750323900000,0,3,,3\n\
                   07700900555,1750324200000,0,5,,1\n\
                   07700900666,1750324800000,0,6,,1\n07700900777,1750325400000,44,7,,1\n901,1750326000000,30,4,,1\n";

#[test]
fn a_handsets_call_log_is_refused_until_its_owner_is_named() {
    let said = refused(LOG);
    assert!(said.contains("whose data") && said.contains("--target"), "{said}");
    let rows = rows(LOG, ',');
    let mapping = understand_as(&rows, Some("+447700900111")).unwrap_or_else(|problem| panic!("{problem:#?}"));
    let read = read(&rows, &mapping, &training());
    let expected = [
        ["B", "222", "111"],
        ["A", "111", "333"],
        ["B", "444", "111"],
        ["B", "", "111"],
        ["B", "", "111"],
        ["B", "555", "111"],
        ["B", "666", "111"],
        ["B", "777", "111"],
        ["B", "901", "111"],
    ];
    assert_eq!(calls(&read), told(&expected));
    assert_eq!(read.get("records", 0, "start"), "2025-06-18T21:06:19Z");
    let outcomes: Vec<&str> = (0..9).map(|row| read.get("records", row, "outcome")).collect();
    let expected =
        ["answered", "answered", "missed", "answered", "missed", "missed", "missed", "answered", "voicemail"];
    assert_eq!(outcomes, expected);
}

#[test]
fn a_list_of_one_number_a_row_has_no_caller_by_default() {
    let said =
        refused("Phone,When (UTC),Seconds\n07700900222,13/02/2025 09:15:00,35\n07700900333,13/02/2025 09:16:00,36\n");
    assert!(said.contains("whose data"), "{said}");
}

#[test]
fn a_target_that_the_rows_deny_is_refused() {
    let said = refused(
        "Target: 07700900123,,,,\nMSISDN,Direction,Other Party,Start (UTC),Duration\n\
         07700900111,Outgoing,07700900222,13/02/2025 09:15:00,35\n\
         07700900111,Incoming,07700900333,13/02/2025 09:16:00,36\n",
    );
    assert!(said.contains("+447700900123") && said.contains("+447700900111"), "{said}");
}

#[test]
fn a_party_whose_numbers_are_rounded_is_never_passed_over() {
    let rows = rows(
        "Calling Number,Called Number,Start (UTC),Duration\n4.47701E+11,07700900222,13/02/2025 09:15:00,35\n\
         4.47701E+11,07700900333,13/02/2025 09:16:00,36\n",
        ',',
    );
    if let Ok(mapping) = understand(&rows) {
        let read = read(&rows, &mapping, &training());
        assert_eq!((read.tally.records, read.tally.rejects), (0, 2), "{:?}", read.tables);
    }
}

#[test]
fn called_towns_are_refused_by_the_columns_name() {
    let said = refused(
        "Calling Number,Called Number,Start (UTC),Duration\n07700900111,0.5,13/02/2025 09:15:00,35\n\
         07700900111,0.7,13/02/2025 09:16:00,36\n",
    );
    assert!(said.contains("Called Number"), "{said}");
}

#[test]
fn incoming_rows_alone_are_told_by_the_number_that_stays() {
    let (_, read) = taken(
        "A Number,B Number,Direction,Start (UTC),Duration\n07700900333,07700900111,Incoming,13/02/2025 09:15:00,35\n\
         07700900444,07700900111,Incoming,13/02/2025 09:16:00,36\n",
    );
    assert_eq!(calls(&read), told(&[["B", "333", "111"], ["B", "444", "111"]]));
    let (_, read) = taken(
        "A Number,B Number,Direction,Start (UTC),Duration\n07700900111,07700900333,Incoming,13/02/2025 09:15:00,35\n\
         07700900111,Withheld,Incoming,13/02/2025 09:16:00,36\n",
    );
    assert_eq!(calls(&read), told(&[["B", "333", "111"], ["B", "", "111"]]));
}

#[test]
fn another_table_below_the_first_is_refused_with_its_row() {
    let first = "A Number,B Number,Start (UTC),Duration\n07700900111,07700900222,13/02/2025 09:15:00,35\n";
    for second in [
        "B Number,A Number,Start (UTC),Duration\n",
        "A Number,Calling Number,Start (UTC),Duration\n",
        "Sender,Start (UTC),Recipient,Message Centre\n",
    ] {
        let text = format!("{}{second}07700900222,07700900111,13/02/2025 09:15:00,35\n", first);
        let problem = crate::field_files::take("calls.csv", text.as_bytes()).expect_err("refused");
        assert!(
            format!("{problem:?}").contains("another table") && format!("{problem:?}").contains('3'),
            "{problem:?}"
        );
    }
}

#[test]
fn targets_one_after_the_other_each_have_the_rows_below_their_line() {
    let block = |target: &str, others: [&str; 2]| {
        let [one, two] = others;
        format!(
            "MSISDN : {target},,,\nDirection,Other Party,Start (UTC),Duration\nOutgoing,{one},13/02/2025 09:15:00,35\n\
             Incoming,{two},13/02/2025 09:16:00,36\n"
        )
    };
    let text =
        block("07700900111", ["07700900222", "07700900333"]) + &block("07700900666", ["07700900777", "07700900888"]);
    let (taken, tables) = crate::field_files::take("calls.csv", text.as_bytes()).unwrap();
    assert_eq!(taken.targets, ["+447700900111", "+447700900666"]);
    assert_eq!(
        sides(&tables["records"]),
        told(&[["A", "111", "222"], ["B", "333", "111"], ["A", "666", "777"], ["B", "888", "666"]])
    );
}

#[test]
fn a_subject_far_down_the_file_is_found_by_its_sim() {
    let mut text = String::from("A Number,B Number,Start (UTC),Duration,IMSI\n");
    for row in 0..300 {
        let (own, imsi) =
            if row < 250 { ("07700900111", "234150000000111") } else { ("07700900666", "234150000000666") };
        let other = format!("07700900{:03}", 700 + row % 9);
        let (a, b) = if row % 2 == 0 { (own, other.as_str()) } else { (other.as_str(), own) };
        text.push_str(&format!("{a},{b},13/02/2025 09:{:02}:{:02},35,{imsi}\n", row / 60, row % 60));
    }
    let (_, tables) = crate::field_files::take("calls.csv", text.as_bytes()).unwrap();
    let records = sides(&tables["records"]);
    assert_eq!(records[299], ["B", "702", "666"].map(str::to_owned));
    assert!(records.iter().all(|row| !row[0].is_empty()));
}

#[test]
fn sections_of_outgoing_and_incoming_calls_are_refused() {
    let text = "Account: 07700900111,,\nOUTGOING CALLS,,\nCalled Number,Date/Time,Duration\n\
                07700900222,13/02/2025 09:15:00,35\n\
                INCOMING CALLS,,\nCalling Number,Date/Time,Duration\n07700900444,15/02/2025 09:15:00,35\n";
    let problem = crate::field_files::take("calls.csv", text.as_bytes()).expect_err("refused");
    assert!(format!("{problem:?}").contains("another table"), "{problem:?}");
}

#[test]
fn a_charged_number_that_is_no_party_is_no_target() {
    let (mapping, read) = taken(
        "Charged Number,Calling Number,Called Number,Start (UTC),Duration\n\
         447700900999,07700900111,07700900222,13/02/2025 09:15:00,35\n\
         447700900999,07700900333,07700900111,13/02/2025 09:16:00,36\n\
         447700900999,07700900111,Withheld,13/02/2025 09:17:00,36\n",
    );
    assert_eq!(calls(&read), told(&[["A", "111", "222"], ["B", "333", "111"], ["A", "111", ""]]));
    assert!(mapping.remarks.iter().any(|remark| remark.contains("Charged Number")), "{:?}", mapping.remarks);
}

#[test]
fn instants_counted_in_milliseconds_stand_under_headings_that_say_so() {
    let (_, read) =
        taken("Caller,Recipient,Kind,start_ms,duration_ms\n07700900111,07700900222,Voice,1738574100000,35000\n");
    assert_eq!((read.get("records", 0, "start"), read.get("records", 0, "duration_s")), ("2025-02-03T09:15:00Z", "35"));
}

#[test]
fn a_call_log_with_a_column_of_its_owner_is_read() {
    let (_, read) = taken(
        "Own,Name,Number,Date,Type,Duration\n07700900111,Sam,07700900222,2025-02-03 09:15:00,Incoming,35\n\
         07700900111,Mum,07700900333,2025-02-13 09:15:00,Outgoing,35\n",
    );
    assert_eq!(calls(&read), told(&[["B", "222", "111"], ["A", "111", "333"]]));
}

#[test]
fn rows_above_a_repeated_heading_are_rows_and_a_period_is_none() {
    let row = |minute: u32| format!("07700900111,07700900222,13/02/2025 09:{minute}:00,35\n");
    let heading = "Calling Number,Called Number,Start (UTC),Duration\n";
    let text = format!("Period,13/02/2025,to,14/02/2025\n{}{}{heading}{}", row(10), row(11), row(12));
    let (_, read) = taken(&text);
    assert_eq!((read.tally.records, read.tally.rejects), (3, 0));
}

#[test]
fn two_numbers_without_a_heading_have_no_caller() {
    for second in ["07700900222", "-1"] {
        let said = refused(&format!(
            "07700900111,{second},13/02/2025 09:15:00,35\n07700900333,07700900111,13/02/2025 09:16:00,36\n\
             07700900111,{second},13/02/2025 09:17:00,36\n"
        ));
        assert!(said.contains("who called whom") || said.contains("equally") || said.contains("no table"), "{said}");
    }
}

#[test]
fn a_date_without_its_time_is_no_midnight() {
    let (_, read) = taken(
        "Calling Number,Called Number,Date,Time,Duration\n07700900111,07700900222,2025-02-13 00:00:00,09:15:00,35\n\
         07700900111,07700900333,2025-02-14 00:00:00,,36\n07700900111,07700900444,2025-02-15 00:00:00,09:17:00,36\n",
    );
    assert_eq!((read.tally.records, read.tally.rejects), (2, 1));
}
