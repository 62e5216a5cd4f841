//! Values as programs hurt them: through data frames and spreadsheets, guarded, to base sixteen, with marks in place of
//! nothing. Each spelling of a table reads as the clean one does, or says what it lost.
use crate::common::{self, Read, read, rows, training, understand};
use orochi_layout::mapping::Mapping;

fn taken(text: &str) -> (Box<Mapping>, Read) {
    common::taken(text, ',')
}

/// What the rows say, without the texts as disclosed.
fn said(read: &Read) -> Vec<String> {
    let columns =
        ["kind", "side", "a", "b", "start", "duration_s", "ring_s", "imsi", "imei", "start_cell", "up_kb", "down_kb"];
    let records = read.tables.get("records").map_or(&[][..], Vec::as_slice);
    records.iter().map(|row| columns.map(|column| row[column].as_str()).join(" ")).collect()
}

fn column(read: &Read, table: &str, name: &str) -> Vec<String> {
    read.tables.get(table).map_or(&[][..], Vec::as_slice).iter().map(|row| row[name].clone()).collect()
}

const HEADING: &str =
    "Calling Number,Called Number,Call Type,Start Date,Start Time (UTC),Duration (secs),IMEI,MCC,MNC,LAC,Cell ID";

#[test]
fn numbers_that_went_through_a_data_frame() {
    let (_, read) = taken(&format!(
        "{HEADING}\n\
         447700900111.0,447700900222.0,Voice,03/02/2025,09:15:00,35.0,353456789012340.0,234.0,15.0,2101.0,2367.0\n\
         447700900111.0,447700900333.0,Voice,03/02/2025,09:16:00,0.0,353456789012340.0,234.0,15.0,2101.0,2368.0\n\
         447700900222.0,447700900111.0,Voice,13/02/2025,18:20:00,12.0,353456789012340.0,,,,\n\
         447700900222.0,447700900111.0,Voice,13/02/2025,18:21:00,12.0,nan,nan,<NA>,None,NaN\n"
    ));
    assert_eq!((read.tally.records, read.tally.rejects), (4, 0));
    assert_eq!(column(&read, "records", "a"), ["+447700900111", "+447700900111", "+447700900222", "+447700900222"]);
    assert_eq!(column(&read, "records", "b"), ["+447700900222", "+447700900333", "+447700900111", "+447700900111"]);
    assert_eq!(column(&read, "records", "duration_s"), ["35", "0", "12", "12"]);
    assert_eq!(column(&read, "records", "imei"), ["35345678901234", "35345678901234", "35345678901234", ""]);
    assert_eq!(column(&read, "records", "start_cell"), ["?/234-15-2101-2367", "?/234-15-2101-2368", "", ""]);
    assert_eq!(read.get("records", 0, "a_text"), "447700900111.0", "the text as disclosed");
}

#[test]
fn guarded_values() {
    let body = "=\"07700900111\",=\"07700900222\",Voice,=\"03/02/2025 09:15:00\",=\"35\",=\"353456789012340\"\n\
                =\"\"07700900111\"\",=\"\"07700900333\"\",Voice,=\"\"13/02/2025 \
                09:16:00\"\",=\"\"36\"\",=\"\"353456789012340\"\"\n\
                '07700900111,'07700900444,Voice,'14/02/2025 09:17:00,'37,'353456789012340\n\
                '07700900111','07700900555',Voice,'15/02/2025 09:18:00','38','353456789012340'\n";
    for heading in [
        "Calling Number,Called Number,Call Type,Start (UTC),Duration (secs),IMEI",
        "=\"Calling Number\",=\"Called Number\",=\"Call Type\",=\"Start (UTC)\",=\"Duration (secs)\",=\"IMEI\"",
        "'Calling Number','Called Number','Call Type','Start (UTC)','Duration (secs)','IMEI'",
    ] {
        let (_, read) = taken(&format!("{heading}\n{body}"));
        assert_eq!((read.tally.records, read.tally.rejects), (4, 0), "{heading}: {:?}", read.tables.get("rejects"));
        assert_eq!(column(&read, "records", "b"), ["222", "333", "444", "555"].map(|end| format!("+447700900{end}")));
        assert_eq!(
            column(&read, "records", "start"),
            ["2025-02-03T09:15:00Z", "2025-02-13T09:16:00Z", "2025-02-14T09:17:00Z", "2025-02-15T09:18:00Z"]
        );
        assert_eq!(column(&read, "records", "duration_s"), ["35", "36", "37", "38"]);
        assert!(column(&read, "records", "imei").iter().all(|imei| imei == "35345678901234"));
    }
}

#[test]
#[allow(clippy::too_many_lines, reason = "one walk from top to bottom")]
fn every_spelling_of_a_table_reads_like_the_clean_one() {
    let clean: Vec<[&str; 11]> = vec![
        [
            "447700900111",
            "447700900222",
            "Voice",
            "03/02/2025",
            "09:15:00",
            "35",
            "353456789012340",
            "234",
            "15",
            "2101",
            "2367",
        ],
        [
            "447700900111",
            "447700900333",
            "Voice",
            "13/02/2025",
            "09:16:00",
            "1240",
            "353456789012340",
            "234",
            "15",
            "2101",
            "40288",
        ],
        [
            "447700900222",
            "447700900111",
            "Voice",
            "14/02/2025",
            "18:20:00",
            "12",
            "353456789012340",
            "234",
            "15",
            "2102",
            "2367",
        ],
    ];
    let text = |hurt: &dyn Fn(usize, &str) -> String| {
        let rows: Vec<Vec<String>> = std::iter::once(HEADING.split(',').map(str::to_owned).collect())
            .chain(clean.iter().map(|row| row.iter().enumerate().map(|(place, cell)| hurt(place, cell)).collect()))
            .collect();
        let mapping = understand(&rows).unwrap_or_else(|problem| panic!("{problem:#?}\n{rows:#?}"));
        read(&rows, &mapping, &training())
    };
    let expected = said(&text(&|_, cell| cell.to_owned()));
    let number = |place: usize| !matches!(place, 2..=4);
    let group = |cell: &str, mark: &str| {
        let first = (cell.len() - 1) % 3 + 1;
        let groups = cell.as_bytes()[first..].chunks(3).map(|group| std::str::from_utf8(group).unwrap());
        std::iter::once(&cell[..first]).chain(groups).collect::<Vec<_>>().join(mark)
    };
    type Spelling = Box<dyn Fn(usize, &str) -> String>;
    let spellings: Vec<(&str, Spelling)> = vec![
        (
            "a point and a zero",
            Box::new(move |place, cell| if number(place) { format!("{cell}.0") } else { cell.to_owned() }),
        ),
        ("two zeros", Box::new(move |place, cell| if number(place) { format!("{cell}.00") } else { cell.to_owned() })),
        (
            "a comma and a zero",
            Box::new(move |place, cell| if number(place) { format!("{cell},0") } else { cell.to_owned() }),
        ),
        ("an apostrophe", Box::new(|_, cell| format!("'{cell}"))),
        ("two apostrophes", Box::new(|_, cell| format!("'{cell}'"))),
        ("a formula", Box::new(|_, cell| format!("=\"{cell}\""))),
        ("a doubled formula", Box::new(|_, cell| format!("=\"\"{cell}\"\""))),
        ("spaces", Box::new(|_, cell| format!("  {cell} "))),
        ("spaces that do not break", Box::new(|_, cell| format!("\u{a0}{cell}\u{202f}"))),
        ("marks without width", Box::new(|_, cell| format!("\u{feff}\u{200e}{cell}\u{200b}"))),
        ("direction marks", Box::new(|_, cell| format!("\u{202a}{cell}\u{202c}"))),
        ("thousands", Box::new(move |place, cell| if number(place) { group(cell, " ") } else { cell.to_owned() })),
        (
            "thousands by apostrophes",
            Box::new(move |place, cell| if number(place) { group(cell, "'") } else { cell.to_owned() }),
        ),
        (
            "narrow thousands",
            Box::new(move |place, cell| if number(place) { group(cell, "\u{202f}") } else { cell.to_owned() }),
        ),
        (
            "commas for thousands",
            Box::new(move |place, cell| if number(place) { group(cell, ",") } else { cell.to_owned() }),
        ),
        ("a leading plus", Box::new(|place, cell| if place < 2 { format!("+{cell}") } else { cell.to_owned() })),
        (
            "a national form",
            Box::new(|place, cell| if place < 2 { format!("0{}", &cell[2..]) } else { cell.to_owned() }),
        ),
        ("a lost zero", Box::new(|place, cell| if place < 2 { cell[2..].to_owned() } else { cell.to_owned() })),
        ("a double zero", Box::new(|place, cell| if place < 2 { format!("00{cell}") } else { cell.to_owned() })),
    ];
    for (what, hurt) in spellings {
        let read = text(&hurt);
        assert_eq!(said(&read), expected, "{what}: {:?}", read.tables.get("rejects"));
    }
}

#[test]
fn cells_and_areas_to_base_sixteen() {
    let file = |lac: &str, cell: &str| {
        format!(
            "Calling Number,Called Number,Call Type,Start Date,Start Time (UTC),Duration (secs),MCC,MNC,{lac},{cell}\n\
             07700900111,07700900222,Voice,03/02/2025,09:15:00,35,234,15,1F4A,9D60\n\
             07700900111,07700900333,Voice,13/02/2025,09:16:00,10,234,15,0835,1234\n\
             07700900111,07700900444,Voice,14/02/2025,09:17:00,11,234,15,0835,123A\n"
        )
    };
    let expected = ["?/234-15-8010-40288", "?/234-15-2101-4660", "?/234-15-2101-4666"];
    for (lac, cell) in [("LAC (hex)", "Cell ID (hex)"), ("lac_hex", "cell_id_hex"), ("LAC", "Cell ID")] {
        let (_, read) = taken(&file(lac, cell));
        assert_eq!(read.tally.records, 3);
        assert_eq!(column(&read, "records", "start_cell"), expected, "{lac}");
    }
    // Headed to base ten: letters are no numbers then, and the call stays.
    let (_, read) = taken(&file("LAC (dec)", "Cell ID (dec)"));
    assert_eq!(read.tally.records, 3);
    assert!(!column(&read, "records", "start_cell").contains(&"?/234-15-2101-4666".to_owned()));
}

#[test]
fn letters_among_numbers_of_unknown_base_leave_the_columns_unread() {
    let (mapping, read) = taken(
        "Calling Number,Called Number,Call Type,Start Date,Start Time (UTC),Duration (secs),MCC,MNC,LAC,Cell ID\n\
         07700900111,07700900222,Voice,13/02/2025,09:15:00,35,234,15,2101,9D60\n\
         07700900111,07700900333,Voice,13/02/2025,09:16:00,10,234,15,835,1234\n",
    );
    assert_eq!((read.tally.records, read.tally.rejects), (2, 0));
    assert_eq!(column(&read, "records", "start_cell"), ["", ""]);
    assert!(mapping.remarks.iter().any(|remark| remark.contains("base ten or sixteen")), "{:?}", mapping.remarks);
    assert!(mapping.unmapped.contains(&"Cell ID".to_owned()), "{:?}", mapping.unmapped);
}

#[test]
fn units_of_headings_are_obeyed() {
    let lengths = |heading: &str, value: &str| {
        let text = format!(
            "Calling Number;Called Number;Call Type;Start (UTC);{heading}\n\
             07700900111;07700900222;Voice;13/02/2025 09:15:00;{value}\n"
        );
        let rows = rows(&text, ';');
        let mapping = understand(&rows).unwrap_or_else(|problem| panic!("{heading}: {problem:#?}"));
        column(&read(&rows, &mapping, &training()), "records", "duration_s").join(",")
    };
    for (heading, value) in [
        ("Duration (secs)", "90"),
        ("Duration (ms)", "90000"),
        ("Duration (mins)", "1.5"),
        ("Duration (mins)", "1,5"),
        ("Duration (hours)", "0.025"),
        ("Duration", "00:01:30"),
        ("Duration", "1m 30s"),
        ("Duration (mins)", "00:01:30"),
    ] {
        assert_eq!(lengths(heading, value), "90", "{heading} {value}");
    }
}

#[test]
fn volumes_in_the_heading_s_or_the_value_s_unit() {
    let volume = |heading: &str, value: &str| {
        let text = format!(
            "MSISDN;Session start (UTC);Session end (UTC);IMEI;APN;{heading}\n\
             07700900111;2025-02-13 09:15:00;2025-02-13 09:25:00;353456789012340;everywhere;{value}\n\
             07700900111;2025-02-13 10:15:00;2025-02-13 10:25:00;353456789012340;everywhere;nan\n"
        );
        let rows = rows(&text, ';');
        let mapping = understand(&rows).unwrap_or_else(|problem| panic!("{heading}: {problem:#?}"));
        let read = read(&rows, &mapping, &training());
        assert_eq!(
            (read.tally.records, read.tally.rejects),
            (2, 0),
            "{heading} {value}: {:?}",
            read.tables.get("rejects")
        );
        column(&read, "records", "up_kb")[0].clone()
    };
    for (heading, value) in [
        ("Uplink Volume (bytes)", "1572864"),
        ("Uplink Volume (bytes)", "1,572,864"),
        ("Upload (KB)", "1536"),
        ("Upload (KiB)", "1536.0"),
        ("Upload (KB)", "1 536"),
        ("Upload (MB)", "1.5"),
        ("Upload (MB)", "1,5"),
        ("Upload (KB)", "1.5 MB"),
        ("Upload (GB)", "1.5MB"),
        ("Upload (GB)", "0.00146484375"),
    ] {
        assert_eq!(volume(heading, value), "1536", "{heading} {value}");
    }
}

#[test]
fn whole_identities_to_base_sixteen_and_numbers_that_say_so() {
    for (heading, values, expected) in [
        ("CGI (hex)", ["234-15-0835-1234", "234-15-0835-123A"], ["?/234-15-2101-4660", "?/234-15-2101-4666"]),
        ("First CGI", ["234-15-0835-1234", "234-15-0835-123A"], ["?/234-15-2101-4660", "?/234-15-2101-4666"]),
        ("CGI", ["234-15-2101-4660", "234-15-2101-4666"], ["?/234-15-2101-4660", "?/234-15-2101-4666"]),
    ] {
        let (_, read) = taken(&format!(
            "Calling Number,Called Number,Call Type,Start (UTC),Duration (secs),{heading}\n\
             07700900111,07700900222,Voice,13/02/2025 09:15:00,35,{}\n\
             07700900111,07700900222,Voice,13/02/2025 09:16:00,35,{}\n",
            values[0], values[1]
        ));
        assert_eq!(column(&read, "records", "start_cell"), expected, "{heading}");
    }
    let (_, read) = taken(
        "Calling Number,Called Number,Call Type,Start (UTC),Duration (secs),MCC,MNC,LAC,Cell ID\n\
         07700900111,07700900222,Voice,13/02/2025 09:15:00,35,234,15,0x0835,0x1234\n\
         07700900111,07700900222,Voice,13/02/2025 09:16:00,35,234,15,0x0835,0x123A\n",
    );
    assert_eq!(column(&read, "records", "start_cell"), ["?/234-15-2101-4660", "?/234-15-2101-4666"]);
}

#[test]
fn a_lone_digit_of_a_network_gets_its_zero_back() {
    for mnc in ["2", "2.0", "02", "'02", "2,0"] {
        let text = format!(
            "Calling Number;Called Number;Call Type;Start (UTC);Duration (secs);MCC;MNC;LAC;Cell ID\n\
             07700900111;07700900222;Voice;13/02/2025 09:15:00;35;234.0;{mnc};2101;2367\n"
        );
        let rows = rows(&text, ';');
        let mapping = understand(&rows).unwrap();
        assert_eq!(
            column(&read(&rows, &mapping, &training()), "records", "start_cell"),
            ["?/234-02-2101-2367"],
            "{mnc}"
        );
    }
}

#[test]
fn letters_below_the_first_rows_of_a_column_cost_no_call_and_are_said() {
    let head = "Calling Number,Called Number,Call Type,Start (UTC),Duration (secs),MCC,MNC,LAC,Cell ID\n";
    let lines: Vec<String> = (0..260)
        .map(|row| {
            let cell = if row == 250 { "123A".to_owned() } else { (2_000 + row).to_string() };
            format!(
                "07700900111,07700900222,Voice,13/02/2025 {:02}:{:02}:00,35,234,15,2101,{cell}\n",
                row / 60,
                row % 60
            )
        })
        .collect();
    let (_, read) = taken(&format!("{head}{}", lines.concat()));
    assert_eq!((read.tally.records, read.tally.rejects), (260, 0));
    assert_eq!(read.get("records", 250, "start_cell"), "");
    assert!(read.doubts.keys().any(|what| what.contains("base sixteen")), "{:?}", read.doubts);
}
