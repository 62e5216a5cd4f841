//! Views, `sql`, `row`: rows out of a case.

use insta::assert_snapshot;

use crate::{made, room::Room};

/// A training case with two small files.
fn two_files() -> Room {
    let room = Room::new();
    room.ok(&["case", "new", "case", "--name", "Exercise", "--reference", "E-1", "--training"]);
    room.file("b.csv", made::calls(2, 12, 2));
    room.file("a.csv", made::calls(1, 12, 1));
    room.ok(&["add", "case", "b.csv", "a.csv"]);
    room
}

#[test]
fn records_as_a_table() {
    let room = two_files();
    assert_snapshot!(room.show(&["records", "case", "--limit", "2"]), @r#"
    exit code 0
    ----- stdout
    TRAINING: an exercise; nothing below is evidence
    exhibit  row  kind  side  a              b              c  start                 duration_s  outcome   imei            start_cell
    EX0001     6  call  A     +447700900002  +447700900102     2024-03-01T07:00:02Z          12  answered  35920000000002  GSM/234-15-1014-13399
    EX0001     7  call  A     +447700900002  +447700900103     2024-03-01T07:01:02Z          13  answered  35920000000002  GSM/234-15-1014-13399
    "#);
    assert_snapshot!(room.show(&["records", "case", "--number", "07700 900104"]), @r#"
    exit code 0
    ----- stdout
    TRAINING: an exercise; nothing below is evidence
    exhibit  row  kind  side  a              b              c  start                 duration_s  outcome   imei            start_cell
    EX0001     8  call  A     +447700900002  +447700900104     2024-03-01T07:02:02Z          14  answered  35920000000002  GSM/234-15-1014-13399
    EX0002     9  call  A     +447700900001  +447700900104     2024-02-01T07:03:01Z          14  answered  35920000000001  GSM/234-15-1014-13399
    "#);
    assert_snapshot!(room.show(&["records", "case", "--from", "2024-03-01", "--to", "2024-03-01T07:02:00"]), @r#"
    exit code 0
    ----- stdout
    TRAINING: an exercise; nothing below is evidence
    exhibit  row  kind  side  a              b              c  start                 duration_s  outcome   imei            start_cell
    EX0001     6  call  A     +447700900002  +447700900102     2024-03-01T07:00:02Z          12  answered  35920000000002  GSM/234-15-1014-13399
    EX0001     7  call  A     +447700900002  +447700900103     2024-03-01T07:01:02Z          13  answered  35920000000002  GSM/234-15-1014-13399
    "#);
    assert_snapshot!(room.show(&["rejects", "case"]), @r#"
    exit code 0
    ----- stdout
    TRAINING: an exercise; nothing below is evidence
    exhibit  row  column      text                 reason
    EX0001    15  Start Date  99/99/9999 07:09:02  month 99 does not exist: is the order of day and month right?
    EX0002    15  Start Date  99/99/9999 07:09:01  month 99 does not exist: is the order of day and month right?
    "#);
    assert_snapshot!(room.show(&["excess", "case"]), @r#"
    exit code 0
    ----- stdout
    TRAINING: an exercise; nothing below is evidence
    exhibit  row  reason  kind  target  a  b  start
    "#);
    assert_snapshot!(room.show(&["cells", "case"]), @r#"
    exit code 0
    ----- stdout
    TRAINING: an exercise; nothing below is evidence
    exhibit  row  origin  cell                   site              postcode  easting  northing  placed_by  azimuth  doubt
    EX0001     6  record  GSM/234-15-1014-13399  Colchester North  CO1 1AA    599800    225300  grid           120
    EX0002     6  record  GSM/234-15-1014-13399  Colchester North  CO1 1AA    599800    225300  grid           120
    "#);
}

#[test]
fn records_as_csv_and_json() {
    let room = two_files();
    assert_snapshot!(room.show(&["records", "case", "--limit", "1", "--format", "csv"]), @r#"
    exit code 0
    ----- stdout
    marking,exhibit,row,sheet,kind,side,target,a,b,c,a_text,b_text,c_text,start,start_alt,end,start_text,zone,duration_s,ring_s,outcome,imsi,imei,imei_text,other_imei,start_cell,end_cell,apn,up_kb,down_kb,network,key
    TRAINING,EX0001,6,,call,A,+447700900002,+447700900002,+447700900102,,447700900002,447700900102,,2024-03-01T07:00:02Z,,2024-03-01T07:00:14Z,01/03/2024 07:00:02,Europe/London,12,5,answered,234150000000002,35920000000002,359200000000020,,GSM/234-15-1014-13399,GSM/234-15-1014-13399,,,,Vodafone,1862254148069582239
    "#);
    assert_snapshot!(room.show(&["records", "case", "--limit", "1", "--json"]), @r#"
    exit code 0
    ----- stdout
    {"marking":"TRAINING","view":"records","rows":[
    {"marking":"TRAINING","exhibit":"EX0001","row":6,"sheet":null,"kind":"call","side":"A","target":"+447700900002","a":"+447700900002","b":"+447700900102","c":null,"a_text":"447700900002","b_text":"447700900102","c_text":null,"start":"2024-03-01T07:00:02Z","start_alt":null,"end":"2024-03-01T07:00:14Z","start_text":"01/03/2024 07:00:02","zone":"Europe/London","duration_s":12,"ring_s":5,"outcome":"answered","imsi":"234150000000002","imei":"35920000000002","imei_text":"359200000000020","other_imei":null,"start_cell":"GSM/234-15-1014-13399","end_cell":"GSM/234-15-1014-13399","apn":null,"up_kb":null,"down_kb":null,"network":"Vodafone","key":1862254148069582239}
    ]}
    "#);
    let rows = room.json(&["records", "case", "--json"]);
    let places: Vec<_> = rows["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["exhibit"].as_str().unwrap().to_owned(), row["row"].as_u64().unwrap()))
        .collect();
    assert!(places.is_sorted(), "in the order of exhibits and rows: {places:?}");
    assert_eq!(places.len(), 22);
}

#[test]
fn every_exhibit_comes_in_its_order() {
    let room = Room::new();
    room.ok(&["case", "new", "case", "--name", "Exercise", "--reference", "E-1", "--training"]);
    let names: Vec<_> = (0..12).map(|n| format!("{n}.csv")).collect();
    for (n, name) in names.iter().enumerate() {
        room.file(name, made::calls(1, 5, u32::try_from(n).unwrap()));
    }
    let names: Vec<_> = names.iter().map(String::as_str).collect();
    room.ok(&[&["add", "case"], &names[..]].concat());
    let exhibits = |format| {
        let text = room.ok(&["records", "case", "--format", format, "--limit", "1000"]);
        let mut seen: Vec<String> = Vec::new();
        for line in text.lines().filter_map(|line| line.find("EX00").map(|at| &line[at..at + 6])) {
            if seen.last().map(String::as_str) != Some(line) {
                seen.push(line.to_owned());
            }
        }
        seen
    };
    let expected: Vec<_> = (1..=12).map(|n| format!("EX{n:04}")).collect();
    assert_eq!(exhibits("csv"), expected);
    assert_eq!(exhibits("table"), expected);
}

#[test]
fn a_long_table_says_that_there_is_more() {
    let room = Room::new();
    room.ok(&["case", "new", "case", "--name", "Exercise", "--reference", "E-1", "--training"]);
    room.file("a.csv", made::calls(1, 200, 1));
    room.ok(&["add", "case", "a.csv"]);
    let output = room.run(&["records", "case"]);
    assert_eq!(String::from_utf8_lossy(&output.stdout).lines().count(), 2 + 100);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_snapshot!(said, @"The first 100 rows are shown; --limit N shows more, --format csv all.");
    assert_eq!(room.ok(&["records", "case", "--format", "csv"]).lines().count(), 1 + 180, "other forms have all");
}

#[test]
fn into_a_file() {
    let room = two_files();
    assert_snapshot!(room.show(&["records", "case", "--format", "csv", "--out", "out.csv"]), @r#"
    exit code 0
    ----- stderr
    22 rows written to out.csv
    "#);
    assert_snapshot!(room.show(&["records", "case", "--format", "csv", "--out", "out.csv"]), @r#"
    exit code 1
    ----- stderr
    error: the output file already exists
      at: out.csv
      hint: choose another name, or replace it with --overwrite
    "#);
    assert_snapshot!(room.show(&["records", "case", "--format", "csv", "--out", "out.csv", "--overwrite"]), @r#"
    exit code 0
    ----- stderr
    22 rows written to out.csv
    "#);
    assert_snapshot!(room.show(&["records", "case", "--json", "--out", "out.json"]), @r#"
    exit code 0
    ----- stdout
    {
      "marking": "TRAINING",
      "view": "records",
      "out": "out.json",
      "rows": 22
    }
    "#);
    assert_snapshot!(room.show(&["records", "case", "--format", "csv", "--out", "no/such/folder.csv"]), @r#"
    exit code 1
    ----- stderr
    error: cannot make the output file
      at: no/such/folder.csv
      because: No such file or directory (os error 2)
      hint: check the path
    "#);
    let json: serde_json::Value =
        serde_json::from_slice(&std::fs::read(room.work().join("out.json")).unwrap()).unwrap();
    assert_eq!(json["marking"], "TRAINING");
    room.ok(&["records", "case", "--format", "parquet", "--out", "out.parquet"]);
    assert!(std::fs::read(room.work().join("out.parquet")).unwrap().starts_with(b"PAR1"));
    let told = room.run(&["records", "case", "--format", "parquet", "--out", "told.parquet", "--json"]).stdout;
    let told: serde_json::Value = serde_json::from_slice(&told).unwrap();
    assert_eq!(told["out"], "told.parquet", "the rows go to the file, the document says so");
    assert!(std::fs::read(room.work().join("told.parquet")).unwrap().starts_with(b"PAR1"));
    assert!(room.run(&["records", "case", "--format", "parquet"]).stdout.starts_with(b"PAR1"), "a pipe may have it");
}

#[test]
fn sql() {
    let room = two_files();
    let query = "select side, count(*) as n, min(start) as first from records group by side order by n desc, side";
    assert_snapshot!(room.show(&["sql", "case", query]), @r#"
    exit code 0
    ----- stdout
    TRAINING: an exercise; nothing below is evidence
    side   n  first
    A     22  2024-02-01T07:00:01Z
    "#);
    assert_snapshot!(room.show(&["sql", "case", query, "--json"]), @r#"
    exit code 0
    ----- stdout
    {"marking":"TRAINING","view":"sql","rows":[
    {"marking":"TRAINING","side":"A","n":22,"first":"2024-02-01T07:00:01Z"}
    ]}
    "#);
    assert_snapshot!(room.show(&["sql", "case", "select nothing from records"]), @r#"
    exit code 1
    ----- stderr
    error: there is no column `nothing`
      hint: the columns are exhibit, row, sheet, kind, side, target, a, b, c, a_text, b_text, c_text, start, start_alt, end, start_text, zone, duration_s, ring_s, outcome, imsi, imei, imei_text, other_imei, start_cell, end_cell, apn, up_kb, down_kb, network, key
    "#);
    assert_snapshot!(room.show(&["sql", "case", "drop table records"]), @r#"
    exit code 1
    ----- stderr
    error: only queries that read are allowed
      because: DDL not supported: DropTable
      hint: write a SELECT
    "#);
    assert_snapshot!(room.show(&["sql", "case", "selct 1"]), @r#"
    exit code 1
    ----- stderr
    error: the query is not valid SQL
      because: sql parser error: Expected: an SQL statement, found: selct at Line: 1, Column: 1
    "#);
    assert_snapshot!(room.show(&["sql", "case", "select count(*) as n, min(records) as fewest from events"]), @r#"
    exit code 0
    ----- stdout
    TRAINING: an exercise; nothing below is evidence
     n  fewest
    22       1
    "#);
}

#[test]
#[allow(clippy::too_many_lines, reason = "one walk from top to bottom")]
fn a_row_as_received_and_what_was_made_of_it() {
    let room = two_files();
    assert_snapshot!(room.show(&["row", "case", "EX0001", "6"]), @r#"
    exit code 0
    ----- stdout
    TRAINING: an exercise; nothing below is evidence
    EX0001 row 6: b.csv (SHA-256 54e82bb1f80ed2ee96f4980ab92d4da41703c38d9e5f93172ffa799c4b22c1c6)

    As received
    Start Date:                      01/03/2024
    Start Time (local):              07:00:02
    End Date:                        01/03/2024
    End Time (local):                07:00:14
    Calling Number:                  447700900002
    Called Number:                   447700900102
    Forwarding Number:
    CDR Type:                        Voice
    IMSI:                            234150000000002
    IMEI:                            359200000000020
    Ring time (secs):                5
    Call Duration (HH:mm:ss):        00:00:12
    IPv4 address:
    IPv6 address:
    Data Volume Uploaded (KB):
    Data Volume Downloaded (KB):
    APN:
    Country of Origin:               GBR
    Operator:                        Vodafone
    Start Cell ID or MAC Address:    234-15-1014-13399
    Start Cell Site Name:            Colchester North
    Start Cell 1st line of Address:  1 Made Up Road
    Start Cell ID Postcode:          CO1 1AA
    Start Cell Generation:           2G
    Start Cell Easting:              599800
    Start Cell Northing:             225300
    Start Cell Azimuth:              120
    End Cell ID or MAC Address:      234-15-1014-13399
    End Cell Site Name:              Colchester North
    End Cell 1st line of Address:    1 Made Up Road
    End Cell ID Postcode:            CO1 1AA
    End Cell Generation:             2G
    End Cell Easting:                599800
    End Cell Northing:               225300
    End Cell Azimuth:                120
    Row:                             1

    Stored in records
    exhibit:     EX0001
    row:         6
    kind:        call
    side:        A
    target:      +447700900002
    a:           +447700900002
    b:           +447700900102
    a_text:      447700900002
    b_text:      447700900102
    start:       2024-03-01T07:00:02Z
    end:         2024-03-01T07:00:14Z
    start_text:  01/03/2024 07:00:02
    zone:        Europe/London
    duration_s:  12
    ring_s:      5
    outcome:     answered
    imsi:        234150000000002
    imei:        35920000000002
    imei_text:   359200000000020
    start_cell:  GSM/234-15-1014-13399
    end_cell:    GSM/234-15-1014-13399
    network:     Vodafone
    key:         1862254148069582239

    Stored in cells
    exhibit:     EX0001
    row:         6
    origin:      record
    cell:        GSM/234-15-1014-13399
    cell_text:   234-15-1014-13399
    network:     Vodafone
    radio:       2G
    site:        Colchester North
    address:     1 Made Up Road
    postcode:    CO1 1AA
    easting:     599800
    northing:    225300
    latitude:    51.8904429
    longitude:   0.902142
    placed_by:   grid
    azimuth:     120
    omni:        false
    first_seen:  2024-03-01T07:00:02Z
    last_seen:   2024-03-01T07:11:02Z
    "#);
    assert_snapshot!(room.show(&["row", "case", "ex0001", "15"]), @r#"
    exit code 0
    ----- stdout
    TRAINING: an exercise; nothing below is evidence
    EX0001 row 15: b.csv (SHA-256 54e82bb1f80ed2ee96f4980ab92d4da41703c38d9e5f93172ffa799c4b22c1c6)

    As received
    Start Date:                      99/99/9999
    Start Time (local):              07:09:02
    End Date:                        99/99/9999
    End Time (local):                07:09:23
    Calling Number:                  447700900002
    Called Number:                   447700900111
    Forwarding Number:
    CDR Type:                        Voice
    IMSI:                            234150000000002
    IMEI:                            359200000000020
    Ring time (secs):                5
    Call Duration (HH:mm:ss):        00:00:21
    IPv4 address:
    IPv6 address:
    Data Volume Uploaded (KB):
    Data Volume Downloaded (KB):
    APN:
    Country of Origin:               GBR
    Operator:                        Vodafone
    Start Cell ID or MAC Address:    234-15-1014-13399
    Start Cell Site Name:            Colchester North
    Start Cell 1st line of Address:  1 Made Up Road
    Start Cell ID Postcode:          CO1 1AA
    Start Cell Generation:           2G
    Start Cell Easting:              599800
    Start Cell Northing:             225300
    Start Cell Azimuth:              120
    End Cell ID or MAC Address:      234-15-1014-13399
    End Cell Site Name:              Colchester North
    End Cell 1st line of Address:    1 Made Up Road
    End Cell ID Postcode:            CO1 1AA
    End Cell Generation:             2G
    End Cell Easting:                599800
    End Cell Northing:               225300
    End Cell Azimuth:                120
    Row:                             10

    Stored in rejects
    exhibit:  EX0001
    row:      15
    column:   Start Date
    text:     99/99/9999 07:09:02
    reason:   month 99 does not exist: is the order of day and month right?
    line:     99/99/9999,07:09:02,99/99/9999,07:09:23,447700900002,447700900111,,Voice,234150000000002,359200000000020,5,00:00:21,,,,,,GBR,Vodafone,234-15-1014-13399,Colchester North,1 Made Up Road,CO1 1AA,2G,599800,225300,120,234-15-1014-13399,Colchester North,1 Made Up Road,CO1 1AA,2G,599800,225300,120,10
    "#);
    assert_snapshot!(room.show(&["row", "case", "EX0001", "2"]), @r#"
    exit code 0
    ----- stdout
    TRAINING: an exercise; nothing below is evidence
    EX0001 row 2: b.csv (SHA-256 54e82bb1f80ed2ee96f4980ab92d4da41703c38d9e5f93172ffa799c4b22c1c6)

    As received
    column 1:  Target identity:
    column 2:
    column 3:
    column 4:
    column 5:  447700900002

    This row was not used: it is above the data, a repeated header, a total, or empty.
    "#);
    assert_snapshot!(room.show(&["row", "case", "EX0001", "999"]), @r#"
    exit code 1
    ----- stderr
    error: EX0001 has no row 999
      at: b.csv
    "#);
    assert_snapshot!(room.show(&["row", "case", "EX0007", "1"]), @r#"
    exit code 1
    ----- stderr
    error: there is no exhibit EX0007
      hint: `orochi case show` lists the exhibits of a case
    "#);
    let json = room.json(&["row", "case", "EX0001", "6", "--json"]);
    assert_eq!(json["received"][4]["heading"], "Calling Number");
    assert_eq!(json["received"][4]["field"], "a");
    assert_eq!(json["made"][0]["row"]["a"], "+447700900002");
}

#[test]
fn events_tenancies_and_presences() {
    let room = two_files();
    for view in ["events", "tenancies", "presences"] {
        let rows = room.json(&[view, "case", "--json"]);
        assert_eq!(rows["view"], view);
        assert!(!rows["rows"].as_array().unwrap().is_empty(), "{view}");
    }
    assert_snapshot!(room.show(&["events", "case", "--limit", "2"]), @r#"
    exit code 0
    ----- stdout
    TRAINING: an exercise; nothing below is evidence
    event  kind  a              b              c  start                 duration_s  outcome   sides  records  exhibit  row
        0  call  +447700900001  +447700900101     2024-02-01T07:00:01Z          11  answered  A            1  EX0002     6
        1  call  +447700900001  +447700900102     2024-02-01T07:01:01Z          12  answered  A            1  EX0002     7
    "#);
    assert_snapshot!(room.show(&["tenancies", "case"]), @r#"
    exit code 0
    ----- stdout
    TRAINING: an exercise; nothing below is evidence
    number         imsi             imei            from                  to                    records  exhibit  row
    +447700900001  234150000000001  35920000000001  2024-02-01T07:00:01Z  2024-02-01T07:11:23Z       11  EX0002     6
    +447700900002  234150000000002  35920000000002  2024-03-01T07:00:02Z  2024-03-01T07:11:25Z       11  EX0001     6
    "#);
    assert_snapshot!(room.show(&["presences", "case", "--limit", "2"]), @r#"
    exit code 0
    ----- stdout
    TRAINING: an exercise; nothing below is evidence
    number         cell                   relation  from                  to                    activity  kind  exhibit  row
    +447700900001  GSM/234-15-1014-13399  at        2024-02-01T07:00:01Z  2024-02-01T07:00:01Z  active    call  EX0002     6
    +447700900001  GSM/234-15-1014-13399  at        2024-02-01T07:00:12Z  2024-02-01T07:00:12Z  active    call  EX0002     6
    "#);
}

#[test]
fn a_reader_that_goes_away_in_the_middle() {
    let room = Room::new();
    room.ok(&["case", "new", "case", "--name", "Exercise", "--reference", "E-1", "--training"]);
    room.file("a.csv", made::calls(1, 3000, 1));
    room.ok(&["add", "case", "a.csv"]);
    for format in ["csv", "json", "table", "parquet"] {
        let mut command = room.command(&["records", "case", "--format", format, "--limit", "5000"]);
        let mut child =
            command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        assert_eq!(room.told(&child.wait_with_output().unwrap()), "exit code 0\n", "{format}");
    }
}

#[test]
fn a_case_without_files_has_empty_views() {
    let room = Room::new();
    room.ok(&["case", "new", "case", "--name", "Empty", "--reference", "E-0"]);
    assert_snapshot!(room.show(&["records", "case"]), @r#"
    exit code 0
    ----- stdout
    exhibit  row  kind  side  a  b  c  start  duration_s  outcome  imei  start_cell
    "#);
    assert_snapshot!(room.show(&["events", "case", "--json"]), @r#"
    exit code 0
    ----- stdout
    {"view":"events","rows":[
    ]}
    "#);
    assert_snapshot!(room.show(&["cells", "case", "--format", "csv"]), @r#"
    exit code 0
    ----- stdout
    exhibit,row,sheet,origin,cell,cell_text,network,radio,site,address,postcode,easting,northing,latitude,longitude,placed_by,doubt,azimuth,omni,range_m,valid_from,valid_to,first_seen,last_seen
    "#);
}
