//! Rows 01, 02, 07 and 16 of the field's files, from their bytes to their tables.
use crate::field_files::{all, take};

#[test]
fn numbers_of_a_data_frame_stand_at_the_masts_of_a_dated_list() {
    let calls = "Calling Number,Called Number,Call Type,Start Date,Start Time (UTC),Duration \
                 (secs),IMEI,MCC,MNC,LAC,Cell ID\n\
                 447700900111.0,447700900222.0,Voice,03/02/2025,09:15:00,35.0,353456789012340.0,234.0,15.0,2101.0,\
                 2367.0\n\
                 447700900111.0,447700900333.0,Voice,03/02/2025,09:16:00,0.0,353456789012340.0,234.0,15.0,2101.0,\
                 2368.0\n\
                 447700900222.0,447700900111.0,Voice,13/02/2025,18:20:00,12.0,353456789012340.0,,,,\n";
    let (taken, tables) = take("calls.csv", calls.as_bytes()).unwrap();
    assert_eq!((taken.tally.records, taken.tally.rejects), (3, 0));
    let records = &tables["records"];
    assert_eq!(all(records, "a"), ["+447700900111", "+447700900111", "+447700900222"]);
    assert_eq!(all(records, "b"), ["+447700900222", "+447700900333", "+447700900111"]);
    assert_eq!(all(records, "duration_s"), ["35", "0", "12"]);
    assert_eq!(all(records, "start_cell"), ["?/234-15-2101-2367", "?/234-15-2101-2368", ""]);
    assert_eq!(all(records, "start"), ["2025-02-03T09:15:00Z", "2025-02-03T09:16:00Z", "2025-02-13T18:20:00Z"]);

    let masts = "date_start,date_end,radio,mcc,mnc,lac,ci,eci,lon,lat,azimuth\n\
                 2024-01-01,,GSM,234,15,2101,2367,,-1.30,52.40,120\n\
                 2024-01-01,,GSM,234,15,2101,2368,,-1.31,52.41,240\n";
    let (_, tables) = take("masts.csv", masts.as_bytes()).unwrap();
    assert_eq!(all(&tables["cells"], "cell"), ["GSM/234-15-2101-2367", "GSM/234-15-2101-2368"]);
    assert_eq!(all(&tables["cells"], "latitude"), ["52.4", "52.41"]);
}

#[test]
fn guards_of_spreadsheets_quoted_doubled_and_bare() {
    let calls = "Calling Number,Called Number,Call Type,Start (UTC),Duration (secs),IMEI\n\
                 =\"07700900111\",=\"07700900222\",Voice,=\"03/02/2025 09:15:00\",=\"35\",=\"353456789012340\"\n\
                 \"=\"\"07700900111\"\"\",\"=\"\"07700900333\"\"\",Voice,\"=\"\"13/02/2025 \
                 09:16:00\"\"\",\"=\"\"36\"\"\",\"=\"\"353456789012340\"\"\"\n\
                 '07700900111,'07700900444,Voice,'14/02/2025 09:17:00,'37,'353456789012340\n\
                 '07700900111','07700900555',Voice,'15/02/2025 09:18:00','38','353456789012340'\n";
    let (taken, tables) = take("calls.csv", calls.as_bytes()).unwrap();
    assert_eq!((taken.tally.records, taken.tally.rejects), (4, 0), "{:?}", tables.get("rejects"));
    let records = &tables["records"];
    assert!(all(records, "a").iter().all(|a| *a == "+447700900111"));
    assert_eq!(all(records, "b"), ["+447700900222", "+447700900333", "+447700900444", "+447700900555"]);
    assert_eq!(
        all(records, "start"),
        ["2025-02-03T09:15:00Z", "2025-02-13T09:16:00Z", "2025-02-14T09:17:00Z", "2025-02-15T09:18:00Z"]
    );
    assert_eq!(all(records, "duration_s"), ["35", "36", "37", "38"]);
    assert!(all(records, "imei").iter().all(|imei| *imei == "35345678901234"));
}

#[test]
fn cells_to_base_sixteen() {
    let calls = "Calling Number,Called Number,Call Type,Start Date,Start Time (UTC),Duration (secs),MCC,MNC,LAC \
                 (hex),Cell ID (hex)\n\
                 07700900111,07700900222,Voice,03/02/2025,09:15:00,35,234,15,1F4A,9D60\n\
                 07700900111,07700900333,Voice,13/02/2025,09:16:00,10,234,15,0835,1234\n\
                 07700900111,07700900444,Voice,14/02/2025,09:17:00,11,234,15,0835,123A\n";
    let (_, tables) = take("calls.csv", calls.as_bytes()).unwrap();
    assert_eq!(
        all(&tables["records"], "start_cell"),
        ["?/234-15-8010-40288", "?/234-15-2101-4660", "?/234-15-2101-4666"]
    );
}

#[test]
fn what_a_file_lost_is_said_with_its_number_of_rows() {
    let calls = "Calling Number,Called Number,Call Type,Start (UTC),Duration (secs),IMEI\n\
                 07700900111,07700900222,Voice,13/02/2025 09:15:00,35,353456789012340\n\
                 07700900111,07700900222,Voice,13/02/2025 09:16:00,35,3.53457E+14\n\
                 07700900111,07700900222,Voice,13/02/2025 09:17:00,35,353457000000000\n\
                 07700900111,07700900222,Voice,13/02/2025 09:18:00,35,353456789012340\n";
    let (taken, tables) = take("calls.csv", calls.as_bytes()).unwrap();
    assert_eq!(all(&tables["records"], "imei"), ["35345678901234", "", "", "35345678901234"]);
    assert!(
        taken.remarks.iter().any(|remark| remark.contains("IMEI") && remark.contains("2 rows")),
        "{:?}",
        taken.remarks
    );
}
