//! Columns of identifiers judged as a whole: rounded by a spreadsheet, robbed of a digit, in several spellings, with
//! marks in place of a number. What can be told is mended and counted; what cannot is left out or rejected, and
//! never a wrong identifier.
use crate::common::{Read, read, rows, training, understand};

fn taken(text: &str) -> Read {
    let rows = rows(text, ',');
    let mapping = understand(&rows).unwrap_or_else(|problem| panic!("{problem:#?}"));
    read(&rows, &mapping, &training())
}

fn column(read: &Read, name: &str) -> Vec<String> {
    read.tables["records"].iter().map(|row| row[name].clone()).collect()
}

#[test]
fn marks_in_place_of_a_party_are_nobody() {
    for mark in [
        "-1", "-2", "-3", "0", "#N/A", "#REF!", "########", "NULL", "\\N", "<null>", "Withheld", "Unknown", "-1.0",
        "xxxx",
    ] {
        let read = taken(&format!(
            "Calling Number,Called Number,Call Type,Start (UTC),Duration (secs)\n\
             07700900222,07700900111,Voice,13/02/2025 09:15:00,35\n{mark},07700900111,Voice,13/02/2025 09:16:00,36\n\
             07700900333,07700900111,Voice,13/02/2025 09:17:00,37\n07700900444,{mark},Voice,13/02/2025 09:18:00,38\n"
        ));
        assert_eq!((read.tally.records, read.tally.rejects), (4, 0), "{mark}: {:?}", read.tables.get("rejects"));
        assert_eq!(column(&read, "a"), ["+447700900222", "", "+447700900333", "+447700900444"], "{mark}");
        assert_eq!(column(&read, "b"), ["+447700900111", "+447700900111", "+447700900111", ""], "{mark}");
    }
}

#[test]
fn numbers_in_scientific_notation_beside_whole_ones() {
    let read = taken(
        "Calling Number,Called Number,Call Type,Start (UTC),Duration (secs)\n\
         447700900111,4.47701E+11,Voice,13/02/2025 09:15:00,35\n\
         447700900111,447700900222,Voice,13/02/2025 09:16:00,36\n\
         447700900111,4.47700900333E+11,Voice,13/02/2025 09:17:00,37\n",
    );
    assert_eq!((read.tally.records, read.tally.rejects), (2, 1));
    assert_eq!(column(&read, "b"), ["+447700900222", "+447700900333"]);
    assert_eq!(read.get("rejects", 0, "column"), "Called Number");
}

#[test]
fn a_rounded_sim_or_handset_does_not_cost_the_call() {
    let read = taken(
        "Calling Number,Called Number,Call Type,Start (UTC),Duration (secs),IMEI,IMSI\n\
         07700900111,07700900222,Voice,13/02/2025 09:15:00,35,353456789012340,234150000000111\n\
         07700900111,07700900222,Voice,13/02/2025 09:16:00,35,3.53457E+14,2.34150E+14\n\
         07700900111,07700900222,Voice,13/02/2025 09:17:00,35,353457000000000,234150000000000\n\
         07700900111,07700900222,Voice,13/02/2025 09:18:00,35,353456789000000,23415000000011\n\
         07700900111,07700900222,Voice,13/02/2025 09:19:00,35,000000000000000,-1\n\
         07700900111,07700900222,Voice,13/02/2025 09:20:00,35,999999999999999,nan\n\
         07700900111,07700900222,Voice,13/02/2025 09:21:00,35,353456789012340,234150000000111\n",
    );
    assert_eq!((read.tally.records, read.tally.rejects), (7, 0));
    assert_eq!(column(&read, "imei"), ["35345678901234", "", "", "", "", "", "35345678901234"]);
    assert_eq!(column(&read, "imsi"), ["234150000000111", "", "", "", "", "", "234150000000111"]);
    let counted: Vec<(&str, u64)> = read.doubts.iter().map(|(what, rows)| (what.as_str(), *rows)).collect();
    assert!(counted.iter().any(|(what, rows)| what.contains("IMEI") && *rows == 3), "{counted:?}");
}

#[test]
fn a_handset_robbed_of_its_leading_zero_gets_it_back_where_the_check_digit_fits() {
    // 012345678901237 is a handset of type 01234567 with its right check digit.
    let read = taken(
        "Calling Number,Called Number,Call Type,Start (UTC),Duration (secs),IMEI\n\
         07700900111,07700900222,Voice,13/02/2025 09:15:00,35,353456789012340\n\
         07700900111,07700900222,Voice,13/02/2025 09:16:00,35,12345678901237\n\
         07700900111,07700900222,Voice,13/02/2025 09:17:00,35,12345678901234\n\
         07700900111,07700900222,Voice,13/02/2025 09:18:00,35,353456789012340\n",
    );
    assert_eq!(read.tally.records, 4);
    assert_eq!(column(&read, "imei"), ["35345678901234", "01234567890123", "", "35345678901234"]);
    assert!(read.doubts.iter().any(|(what, rows)| what.contains("was restored") && *rows == 1), "{:?}", read.doubts);
}

#[test]
fn one_number_in_several_spellings_of_one_column() {
    let spellings = [
        "+447700900111",
        "00447700900111",
        "447700900111",
        "07700900111",
        "7700900111",
        "07700 900 111",
        "(07700) 900111",
        "07700-900-111",
        "+44 (0)7700 900111",
        "447700900111.0",
        "'07700900111",
        "4.47700900111E+11",
    ];
    let lines: Vec<String> = spellings
        .iter()
        .enumerate()
        .map(|(minute, number)| format!("{number},07700900222,Voice,13/02/2025 09:{minute:02}:00,35\n"))
        .collect();
    let read =
        taken(&format!("Calling Number,Called Number,Call Type,Start (UTC),Duration (secs)\n{}", lines.concat()));
    assert_eq!((read.tally.records, read.tally.rejects), (spellings.len() as u64, 0));
    assert!(column(&read, "a").iter().all(|a| a == "+447700900111"), "{:?}", column(&read, "a"));
}

#[test]
fn equipment_books_and_epochs_beside_a_call_change_nothing() {
    let plain = "Calling Number,Called Number,Call Type,Start (UTC),Duration (secs)\n\
                 07700900111,07700900222,Voice,13/02/2025 09:15:00,35\n\
                 07700900333,07700900111,Voice,13/02/2025 09:16:00,36\n\
                 07700900111,07700900444,Voice,13/02/2025 09:17:00,37\n";
    let clean = taken(plain);
    for (heading, value) in [
        ("Switch", "447700900999"),
        ("MSC Number", "447700900999"),
        ("SMSC No", "447700900998"),
        ("LRN", "447700900997"),
        ("Routing Number", "447700900996"),
        ("Roaming Number", "447700900995"),
        ("Account Number", "7700900994"),
        ("Record Reference", "447700900993"),
        ("Charge", "0.10"),
        ("created", "1700000000"),
        ("updated", "1710000000"),
        ("Dealer Phone", "07700900992"),
    ] {
        for front in [true, false] {
            let lines: Vec<String> = plain
                .lines()
                .enumerate()
                .map(|(line, text)| {
                    let cell = if line == 0 { heading } else { value };
                    if front { format!("{cell},{text}\n") } else { format!("{text},{cell}\n") }
                })
                .collect();
            let hurt = taken(&lines.concat());
            for name in ["a", "b", "imei", "imsi", "start_cell", "duration_s", "start"] {
                assert_eq!(column(&hurt, name), column(&clean, name), "{heading} {front}");
            }
        }
    }
}

#[test]
fn a_heading_is_obeyed_where_most_of_its_values_are_marks() {
    for mark in ["-1", "0", "000000000000000", "N/A", "#N/A", "nan", "3.53457E+14"] {
        let lines: Vec<String> = (0..20)
            .map(|minute| {
                let (imei, cell) = if minute == 7 { ("353456789012340", "2367") } else { (mark, mark) };
                format!("07700900111,07700900222,Voice,13/02/2025 09:{minute:02}:00,35,{imei},234,15,2101,{cell}\n")
            })
            .collect();
        let read = taken(&format!(
            "Calling Number,Called Number,Call Type,Start (UTC),Duration (secs),IMEI,MCC,MNC,LAC,Cell ID\n{}",
            lines.concat()
        ));
        assert_eq!((read.tally.records, read.tally.rejects), (20, 0), "{mark}");
        assert_eq!(read.get("records", 7, "imei"), "35345678901234", "{mark}");
        assert_eq!(read.get("records", 7, "start_cell"), "?/234-15-2101-2367", "{mark}");
        assert_eq!((read.get("records", 8, "imei"), read.get("records", 8, "start_cell")), ("", ""), "{mark}");
    }
}
