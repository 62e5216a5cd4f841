//! `case`, `authority`, `add`, `release`: a live case from its authority to its views, and a training case.

use insta::assert_snapshot;

use crate::{made, room::Room};

#[test]
#[allow(clippy::too_many_lines, reason = "one walk from top to bottom")]
fn a_live_case_from_its_authority_to_its_views() {
    let room = Room::new();
    assert_snapshot!(room.show(&["case", "new", "case", "--name", "Operation Heron", "--reference", "HN-1"]), @r#"
    exit code 0
    ----- stdout
    case:       Operation Heron
    reference:  HN-1
    folder:     case
    ----- stderr
    Next: orochi authority add case …, then orochi add case FILE…
    "#);
    room.file("line.csv", made::deal_line());
    assert_snapshot!(room.show(&["add", "case", "line.csv"]), @r#"
    exit code 1
    ----- stderr
    error: a live case takes a file only under an authority, and this case has none
      at: line.csv
      hint: add one with `orochi authority add`, or make a case with --training for made-up data
    "#);
    let args = ["--reference", "A-17", "--identifier", "07700 900001", "--from", "2024-03-01", "--to", "2024-03-10"];
    assert_snapshot!(room.show(&[&["authority", "add", "case"], &args[..]].concat()), @r#"
    exit code 0
    ----- stdout
    1 authority added
    reference  from                  before                identifiers
    A-17       2024-03-01T00:00:00Z  2024-03-11T00:00:00Z  +447700900001
    "#);
    assert_snapshot!(room.show(&[&["authority", "add", "case"], &args[..]].concat()), @r#"
    exit code 0
    ----- stdout
    0 authorities added; 1 already there
    reference  from                  before                identifiers
    A-17       2024-03-01T00:00:00Z  2024-03-11T00:00:00Z  +447700900001
    "#);
    assert_snapshot!(room.show(&["add", "case", "line.csv"]), @r#"
    exit code 0
    ----- stdout
    EX0001 line.csv: 1,694 rows, 847 records, 0 rejects, 847 excess
      read as uk-call-data 1; SHA-256 0084a5722b4324c16b85082b19ee3f6a1cffc6051b2438fe7bc7aa612765861d
    "#);
    assert_snapshot!(room.show(&["add", "case", "line.csv"]), @r#"
    exit code 0
    ----- stdout
    EX0001 line.csv: the same bytes are in the case already; nothing was added
    "#);
    assert_snapshot!(room.show(&["excess", "case", "--limit", "2"]), @r#"
    exit code 0
    ----- stdout
    exhibit  row  reason                         kind  target         a              b              start
    EX0001   853  outside the authorised period  text  +447700900001  +447700900001  +447700900100  2024-03-11T10:00:00Z
    EX0001   854  outside the authorised period  text  +447700900001  +447700900001  +447700900101  2024-03-11T10:00:04Z
    "#);
    assert_snapshot!(room.show(&["release", "case", "EX0001", "--rows", "900-905", "--reason", " "]), @r#"
    exit code 1
    ----- stderr
    error: a release of excess data needs a reason
      hint: state who decided and on what grounds; this is written to the audit log
    "#);
    assert_snapshot!(room.show(&["release", "case", "EX0001", "--rows", "900-905", "--reason", "A-18 covers it"]), @r#"
    exit code 0
    ----- stdout
    6 rows of EX0001 released into the views
    "#);
    assert_snapshot!(room.show(&["release", "case", "EX0009", "--reason", "A-18 covers it"]), @r#"
    exit code 1
    ----- stderr
    error: there is no exhibit EX0009
      hint: `orochi case show` lists the exhibits of a case
    "#);
    assert_snapshot!(room.show(&["records", "case", "--from", "2024-03-11"]), @r#"
    exit code 0
    ----- stdout
    exhibit  row  kind  side  a              b              c  start                 duration_s  outcome   imei            start_cell
    EX0001   900  call  B     +447700900128  +447700900001     2024-03-11T10:12:30Z          14  answered  35920000000128  GSM/234-15-1014-13399
    EX0001   901  call  B     +447700900135  +447700900001     2024-03-11T10:14:00Z          14  answered  35920000000135  GSM/234-15-1014-13399
    EX0001   902  call  B     +447700900102  +447700900001     2024-03-11T10:15:30Z          14  answered  35920000000102  GSM/234-15-1014-13399
    EX0001   903  call  B     +447700900109  +447700900001     2024-03-11T10:17:00Z          14  answered  35920000000109  GSM/234-15-1014-13399
    EX0001   904  call  A     +447700900001  +447700900109     2024-03-11T10:17:40Z          22  answered  35920000000001  GSM/234-15-1014-13399
    EX0001   905  call  B     +447700900116  +447700900001     2024-03-11T10:18:30Z          14  answered  35920000000116  GSM/234-15-1014-13399
    "#);
    assert_snapshot!(room.show(&["authority", "list", "case"]), @r#"
    exit code 0
    ----- stdout
    reference  from                  before                identifiers
    A-17       2024-03-01T00:00:00Z  2024-03-11T00:00:00Z  +447700900001
    "#);
    assert_snapshot!(room.show(&["case", "show", "case"]), @r#"
    exit code 0
    ----- stdout
    case:       Operation Heron
    reference:  HN-1
    kind:       live
    made:       [now]

    1 exhibit
    exhibit  file      profile          rows  records  rejects  excess  duplicates
    EX0001   line.csv  uk-call-data 1  1,694      847        0     847           0

    1 authority
    reference  from                  before                identifiers
    A-17       2024-03-01T00:00:00Z  2024-03-11T00:00:00Z  +447700900001

    1 release
    EX0001 rows 900 to 905: A-18 covers it ([user])
    "#);
}

#[test]
fn authorities_from_a_file() {
    let room = Room::new();
    room.ok(&["case", "new", "case", "--name", "Heron", "--reference", "HN-1"]);
    room.file(
        "authorities.csv",
        "URN,From,To,Identifiers,Note\r\n\
         A-1,01/03/2024,31/03/2024,07700900001; 07700 900002,two\r\n\
         A-1,01/03/2024,31/03/2024,imei:490154203237518,same authority\r\n\
         \r\n\
         A-2,2024-07-01,2024-07-31,234150123456780,summer time\r\n",
    );
    assert_snapshot!(room.show(&["authority", "add", "case", "--file", "authorities.csv"]), @r#"
    exit code 0
    ----- stdout
    2 authorities added
    reference  from                  before                identifiers
    A-1        2024-03-01T00:00:00Z  2024-03-31T23:00:00Z  +447700900001 +447700900002 49015420323751
    A-2        2024-06-30T23:00:00Z  2024-07-31T23:00:00Z  234150123456780
    "#);
    room.file("wrong.csv", "reference,identifiers,from,to\nA-3,07700900003,2024-03-01,2024-02-30\n");
    assert_snapshot!(room.show(&["authority", "add", "case", "--file", "wrong.csv"]), @r#"
    exit code 1
    ----- stderr
    error: the list of authorities cannot be read
      at: wrong.csv row 2, column to
      because: expected a date (2024-03-01) or a time (2024-03-01T09:30, 2024-03-01T09:30:00Z)
      hint: nothing was added; correct the row and run the command again
    "#);
    room.file("headless.csv", "A-3,07700900003,2024-03-01,2024-02-03\n");
    assert_snapshot!(room.show(&["authority", "add", "case", "--file", "headless.csv"]), @r#"
    exit code 1
    ----- stderr
    error: the list of authorities has no column “reference”
      at: headless.csv
      hint: its first line must name the columns reference, identifiers, from, to
    "#);
    let many: String = (0..900).map(|n| format!("B-{n},0770090{n:04},2024-03-01,2024-03-02\n")).collect();
    room.file("many.csv", format!("reference,identifiers,from,to\n{many}"));
    assert_eq!(
        room.json(&["authority", "add", "case", "--file", "many.csv", "--json"])["added"],
        900,
        "all rows, not a head"
    );
}

#[test]
fn an_identifier_that_could_be_two_things_is_refused() {
    let args = ["--reference", "A", "--identifier", "490154203237510", "--from", "2024-03-01", "--to", "2024-03-10"];
    assert_snapshot!(Room::new().show(&[&["authority", "add", "case"], &args[..]].concat()), @r#"
    exit code 2
    ----- stderr
    error: invalid value '490154203237510' for '--identifier <ID>': 490154203237510 could be an IMSI or an IMEI: write imsi:490154203237510 or imei:490154203237510

    For more information, try '--help'.
    "#);
}

#[test]
fn a_folder_that_is_no_case() {
    let room = Room::new();
    assert_snapshot!(room.show(&["case", "show", "nowhere"]), @r#"
    exit code 1
    ----- stderr
    error: this is not a case folder
      at: nowhere
      hint: name a folder made by `orochi case new`
    "#);
    assert_snapshot!(room.show(&["records", "nowhere", "--json"]), @r#"
    exit code 1
    ----- stderr
    {"error":{"kind":"user","message":"this is not a case folder","place":"nowhere","cause":null,"hint":"name a folder made by `orochi case new`"}}
    "#);
    room.ok(&["case", "new", "case", "--name", "A", "--reference", "R", "--training"]);
    assert_snapshot!(room.show(&["case", "new", "case", "--name", "B", "--reference", "R"]), @r#"
    exit code 1
    ----- stderr
    error: there is already a case in this folder
      at: case
      hint: name another folder
    "#);
}

#[test]
#[allow(clippy::too_many_lines, reason = "one walk from top to bottom")]
fn one_bad_file_does_not_keep_out_the_others() {
    let room = Room::new();
    room.ok(&["case", "new", "case", "--name", "A", "--reference", "R", "--training"]);
    room.file("good.csv", made::calls(1, 20, 1));
    room.file("also.csv", made::calls(2, 20, 2));
    room.file("poem.txt", "Roses are red\nviolets are blue\n");
    room.file("broken.csv.gz", [0x1f, 0x8b, 8, 0, 1, 2, 3]);
    assert_snapshot!(room.show(&["add", "case", "good.csv", "poem.txt", "missing.csv", "also.csv"]), @r#"
    exit code 1
    ----- stdout
    TRAINING: an exercise; nothing below is evidence
    EX0001 good.csv: 20 rows, 18 records, 2 rejects, 0 excess
      read as uk-call-data 1; SHA-256 1b251e5bae105250bd1366273a9ee626f96b5426e8097f179cce2a8d39f52633
    EX0002 also.csv: 20 rows, 18 records, 2 rejects, 0 excess
      read as uk-call-data 1; SHA-256 153d1c527959da59e8ed793a97ed06eb8becb8838531176efdff29575d01e93f
    ----- stderr
    error: no table of communications data was found
      at: poem.txt
      hint: looked for calls, texts or data sessions (a start time with parties, a SIM or a handset), cell lists (a cell with a position), subscribers, top-ups, handset histories and postcode lists; if it is one of these, run `orochi preview` with a profile of its headings
    error: cannot read the file
      at: missing.csv
      because: No such file or directory (os error 2)
      hint: check the path
    "#);
    assert_snapshot!(room.show(&["add", "case", "broken.csv.gz", "poem.txt"]), @r#"
    exit code 3
    ----- stderr
    damaged data: the archive is broken or cut short
      at: broken.csv.gz
      because: unexpected end of file
      hint: get the file again from the sender, and compare its hash
    error: no table of communications data was found
      at: poem.txt
      hint: looked for calls, texts or data sessions (a start time with parties, a SIM or a handset), cell lists (a cell with a position), subscribers, top-ups, handset histories and postcode lists; if it is one of these, run `orochi preview` with a profile of its headings
    "#);
    assert_snapshot!(room.show(&["add", "case", "broken.csv.gz", "--json"]), @r#"
    exit code 3
    ----- stdout
    {
      "marking": "TRAINING",
      "files": [],
      "failed": [
        {
          "file": "broken.csv.gz",
          "error": {
            "kind": "data",
            "message": "the archive is broken or cut short",
            "place": "broken.csv.gz",
            "cause": "unexpected end of file",
            "hint": "get the file again from the sender, and compare its hash"
          }
        }
      ]
    }
    ----- stderr
    {"error":{"kind":"data","message":"the archive is broken or cut short","place":"broken.csv.gz","cause":"unexpected end of file","hint":"get the file again from the sender, and compare its hash"}}
    "#);
    let output = room.run(&["add", "case", "good.csv", "poem.txt", "--json"]);
    assert_eq!(output.status.code(), Some(1));
    assert_snapshot!(room.told(&output), @r#"
    exit code 1
    ----- stdout
    {
      "marking": "TRAINING",
      "files": [
        {
          "exhibit": "EX0001",
          "file": "good.csv",
          "sha256": "1b251e5bae105250bd1366273a9ee626f96b5426e8097f179cce2a8d39f52633",
          "bytes": 6593,
          "profile": "uk-call-data 1",
          "rows": 20,
          "records": 18,
          "rejects": 2,
          "excess": 0,
          "notes": 0,
          "duplicates": 0,
          "targets": [
            "+447700900001"
          ],
          "remarks": [],
          "unmapped": [],
          "tables": [
            "records",
            "rejects",
            "cells"
          ],
          "authorities": [],
          "added": "[now]",
          "added_by": "[user]",
          "already_held": true,
          "name": "good.csv"
        }
      ],
      "failed": [
        {
          "file": "poem.txt",
          "error": {
            "kind": "user",
            "message": "no table of communications data was found",
            "place": "poem.txt",
            "cause": null,
            "hint": "looked for calls, texts or data sessions (a start time with parties, a SIM or a handset), cell lists (a cell with a position), subscribers, top-ups, handset histories and postcode lists; if it is one of these, run `orochi preview` with a profile of its headings"
          }
        }
      ]
    }
    ----- stderr
    {"error":{"kind":"user","message":"no table of communications data was found","place":"poem.txt","cause":null,"hint":"looked for calls, texts or data sessions (a start time with parties, a SIM or a handset), cell lists (a cell with a position), subscribers, top-ups, handset histories and postcode lists; if it is one of these, run `orochi preview` with a profile of its headings"}}
    "#);
}

#[test]
fn the_contract_of_add() {
    let room = Room::new();
    room.ok(&["case", "new", "case", "--name", "A", "--reference", "R", "--training"]);
    room.file("a.csv", made::calls(1, 50, 1));
    room.file("cells.csv", "CGI,Site,Easting,Northing,Azimuth\n234-15-1014-13399,Colchester North,599800,225300,120\n");
    let added = room.json(&["add", "case", "a.csv", "cells.csv", "--json"]);
    let files = added["files"].as_array().unwrap();
    assert_eq!(files.len(), 2, "one entry a file, for other tables too: {added:#}");
    for (file, name) in files.iter().zip(["a.csv", "cells.csv"]) {
        assert_eq!(file["file"], name);
        for key in ["exhibit", "sha256", "profile"] {
            assert!(file[key].is_string(), "{key}: {file:#}");
        }
        for key in ["rows", "records", "rejects", "excess", "duplicates"] {
            assert!(file[key].is_u64(), "{key}: {file:#}");
        }
    }
    assert_eq!((files[0]["rows"].as_u64(), files[0]["rejects"].as_u64()), (Some(50), Some(5)));
    assert_eq!(files[1]["rows"], 1);
}

#[test]
fn repeated_rows_are_counted_as_duplicates() {
    let room = Room::new();
    room.ok(&["case", "new", "case", "--name", "A", "--reference", "R", "--training"]);
    room.file("a.csv", made::calls(1, 30, 1));
    room.file("b.csv", format!("{}\n", made::calls(1, 40, 1)));
    let added = room.json(&["add", "case", "a.csv", "b.csv", "--json"]);
    assert_eq!(added["files"][0]["duplicates"], 0);
    assert_eq!(added["files"][1]["duplicates"], 27, "30 rows again, of which three are rejects");
}

#[test]
fn the_result_does_not_depend_on_the_threads() {
    let export = |threads| {
        let room = Room::new();
        room.ok(&["case", "new", "case", "--name", "A", "--reference", "R", "--training"]);
        room.file("a.csv", made::calls(1, 2000, 1));
        room.ok(&["add", "case", "a.csv", "--threads", threads]);
        (room.ok(&["records", "case", "--format", "csv"]), room.ok(&["rejects", "case", "--format", "csv"]))
    };
    assert_eq!(export("1"), export("4"));
}

#[test]
fn a_target_that_no_authority_names_is_pointed_out() {
    let room = Room::new();
    room.ok(&["case", "new", "case", "--name", "Heron", "--reference", "HN-1"]);
    let args = ["--reference", "A-17", "--identifier", "07700 900010", "--from", "2024-03-01", "--to", "2024-03-10"];
    room.ok(&[&["authority", "add", "case"], &args[..]].concat());
    room.file("wrong.csv", made::calls(1, 10, 2));
    assert_snapshot!(room.show(&["add", "case", "wrong.csv"]), @r#"
    exit code 0
    ----- stdout
    EX0001 wrong.csv: 10 rows, 0 records, 1 reject, 9 excess
      read as uk-call-data 1; SHA-256 4e02792b45b2616ecd5afc23efc901266d5e737ac2f5bf8a7a05593d9077251d
    ----- stderr
    warning: EX0001 wrong.csv states a target that no authority names (+447700900001): was the correct number applied for?
    "#);
}

#[test]
fn subscribers_and_topups_of_numbers_nobody_authorised_are_quarantined_too() {
    let room = Room::new();
    room.show(&["case", "new", "case", "--name", "Operation Heron", "--reference", "HN-1"]);
    let args = ["--reference", "A-17", "--identifier", "07700 900001", "--from", "2024-03-01", "--to", "2024-03-10"];
    room.show(&[&["authority", "add", "case"], &args[..]].concat());
    room.file(
        "subscribers.csv",
        "Phone number,Subscriber name,Date of birth,Address,Postcode,Connected\n\
         07700900001,A Example,01/01/1990,1 High St,IP24 2AN,13/02/2020\n\
         07700900002,B Example,01/01/1991,2 High St,IP24 2AN,13/02/2020\n",
    );
    room.file(
        "topups.csv",
        "MSISDN,Top-up date,Amount,Method,Location\n\
         07700900001,05/03/2024 10:00,10.00,Voucher,Thetford\n\
         07700900001,25/03/2024 10:00,10.00,Voucher,Thetford\n",
    );
    assert_snapshot!(room.show(&["add", "case", "subscribers.csv", "topups.csv"]), @r#"
    exit code 0
    ----- stdout
    EX0001 subscribers.csv: 2 rows, 1 record, 0 rejects, 1 excess
      read as proposed; SHA-256 31b4d54776e22d2c0924f692f606bf338c7ee36dd93c39c01924d1cbb4635e0c
      no heading or line states a time zone; times are read as UK local time (Europe/London)
    EX0002 topups.csv: 2 rows, 1 record, 0 rejects, 1 excess
      read as topup 1; SHA-256 fe36ed3320afd99c88c0ca1aefca6074fcf2a1dfb5489139baed78aaa6e6e52a
      no heading or line states a time zone; times are read as UK local time (Europe/London)
    "#);
    assert_snapshot!(room.show(&["excess", "case"]), @r#"
    exit code 0
    ----- stdout
    exhibit  row  reason                         kind         target  a              b  start
    EX0001     3  identifier not authorised      subscribers          +447700900002     2020-02-13T00:00:00Z
    EX0002     3  outside the authorised period  topups               +447700900001     2024-03-25T10:00:00Z
    "#);
    let both = "select exhibit, \"row\", number from subscribers union all select exhibit, \"row\", number from topups \
                order by 1, 2";
    assert_snapshot!(room.show(&["sql", "case", both]), @r#"
    exit code 0
    ----- stdout
    exhibit  row  number
    EX0001     2  +447700900001
    EX0002     2  +447700900001
    "#);
    assert_snapshot!(room.show(&["release", "case", "EX0002", "--reason", "period extended by A-18"]), @r#"
    exit code 0
    ----- stdout
    1 row of EX0002 released into the views
    "#);
    assert_snapshot!(room.show(&["sql", "case", both]), @r#"
    exit code 0
    ----- stdout
    exhibit  row  number
    EX0001     2  +447700900001
    EX0002     2  +447700900001
    EX0002     3  +447700900001
    "#);
    assert_snapshot!(room.show(&["excess", "case"]), @r#"
    exit code 0
    ----- stdout
    exhibit  row  reason                     kind         target  a              b  start
    EX0001     3  identifier not authorised  subscribers          +447700900002     2020-02-13T00:00:00Z
    "#);
}
