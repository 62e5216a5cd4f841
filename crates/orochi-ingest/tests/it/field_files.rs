//! Files as the field has them, from bytes to tables: nothing is lost unsaid.
use std::collections::BTreeMap;
use std::io::Write;

use orochi_ingest::pipeline::{Job, Taken, ingest};
use orochi_layout::Library;
use orochi_model::problem::Problem;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use zip::{ZipWriter, write::SimpleFileOptions};

use crate::common::{texts, training};

pub type Table = Vec<BTreeMap<String, String>>;

/// Takes a file in; its tables by name.
pub fn take(name: &str, bytes: &[u8]) -> Result<(Taken, BTreeMap<String, Table>), Problem> {
    let folder = tempfile::tempdir().unwrap();
    let (native, staging) = (folder.path().join("native"), folder.path().join("tables"));
    std::fs::write(&native, bytes).unwrap();
    std::fs::create_dir(&staging).unwrap();
    let (library, scope) = (Library::open(None)?, training());
    let job = Job {
        native: &native,
        name,
        staging: &staging,
        library: &library,
        target: None,
        scope: &scope,
        threads: 2,
        progress: &|_| (),
    };
    let taken = ingest(&job)?;
    let mut tables = BTreeMap::new();
    for (table, path) in &taken.tables {
        let reader =
            ParquetRecordBatchReaderBuilder::try_new(std::fs::File::open(path).unwrap()).unwrap().build().unwrap();
        tables.insert(table.clone(), reader.flat_map(|batch| texts(&batch.unwrap())).collect());
    }
    Ok((taken, tables))
}

fn zipped(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in members {
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// A workbook of the 1904 date system with these sheets: name, whether it is hidden, rows.
fn workbook(sheets: &[(&str, bool, &str)]) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    let numbered = || (1..).zip(sheets);
    let list: String = numbered()
        .map(|(n, (name, hidden, _))| {
            let state = if *hidden { " state=\"hidden\"" } else { "" };
            format!("<sheet name=\"{name}\" sheetId=\"{n}\"{state} r:id=\"r{n}\"/>")
        })
        .collect();
    let relations: String = numbered()
        .map(|(n, _)| {
            format!("<Relationship Id=\"r{n}\" Type=\"{rel}/worksheet\" Target=\"worksheets/sheet{n}.xml\"/>")
        })
        .collect();
    let mut parts = vec![
        (
            "[Content_Types].xml".to_owned(),
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>".to_owned(),
        ),
        (
            "_rels/.rels".to_owned(),
            format!(
                "<Relationships xmlns=\"{package}\"><Relationship Id=\"r\" Type=\"{rel}/officeDocument\" \
                 Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml".to_owned(),
            format!(
                "<workbook xmlns=\"{main}\" xmlns:r=\"{rel}\"><workbookPr \
                 date1904=\"1\"/><sheets>{list}</sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels".to_owned(),
            format!("<Relationships xmlns=\"{package}\">{relations}</Relationships>"),
        ),
        (
            "xl/styles.xml".to_owned(),
            format!(
                "<styleSheet xmlns=\"{main}\"><cellXfs count=\"4\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf \
                 numFmtId=\"21\"/><xf numFmtId=\"46\"/></cellXfs></styleSheet>"
            ),
        ),
    ];
    for (n, (_, _, rows)) in numbered() {
        // What a sheet says of its size is not to be believed.
        let sheet =
            format!("<worksheet xmlns=\"{main}\"><dimension ref=\"A1\"/><sheetData>{rows}</sheetData></worksheet>");
        parts.push((format!("xl/worksheets/sheet{n}.xml"), sheet));
    }
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    zipped(&parts)
}

/// A row: texts as they are, `3=44229` a number in style 3. Cells have no references, as some programs write them.
fn row(cells: &str) -> String {
    let cell = |cell: &str| match cell.split_once('=') {
        Some((style, number)) => format!("<c s=\"{style}\"><v>{number}</v></c>"),
        None => format!("<c t=\"inlineStr\"><is><t>{cell}</t></is></c>"),
    };
    format!("<row>{}</row>", cells.split('|').map(cell).collect::<String>())
}

const CALLS: &str = "Calling Number,Called Number,Call Type,Start (UTC),Duration (secs)\n\
                     07700900111,07700900222,Voice,03/02/2025 09:15:00,35\n\
                     07700900111,07700900333,Voice,25/02/2025 09:16:00,36\n";

pub fn all<'t>(table: &'t Table, column: &str) -> Vec<&'t str> {
    table.iter().map(|row| row[column].as_str()).collect()
}

#[test]
fn days_are_counted_as_the_workbook_counts_them_whether_cells_are_tagged_as_dates_or_not() {
    let tagged = row("Calling Number|Called Number|Call Type|Start Date|Start Time (UTC)|Duration")
        + &row("07700900111|07700900222|Voice|1=44229|2=0.3854166666666667|3=0.0004050925925925926")
        + &row("07700900111|07700900222|Voice|1=44251|2=0.0|3=5.787037037037037e-05");
    let untagged = row("Calling Number|Called Number|Call Type|Start (UTC)|Duration (secs)")
        + &row("07700900111|07700900222|Voice|0=44229.385416666664|0=35")
        + &row("07700900111|07700900222|Voice|0=44251.0|0=5");
    let (_, tables) = take("tagged.xlsx", &workbook(&[("Calls", false, &tagged)])).unwrap();
    assert_eq!(all(&tables["records"], "start"), ["2025-02-03T09:15:00Z", "2025-02-25T00:00:00Z"]);
    assert_eq!(all(&tables["records"], "duration_s"), ["35", "5"]);
    let untagged = untagged.replace("44251.0", "44251.771006944444");
    let (_, tables) = take("untagged.xlsx", &workbook(&[("Calls", false, &untagged)])).unwrap();
    assert_eq!(all(&tables["records"], "start"), ["2025-02-03T09:15:00Z", "2025-02-25T18:30:15Z"]);
}

#[test]
fn stray_quotation_marks_swallow_no_call() {
    let sites = ["High St", "\"The Mill", "Low St", "East St", "\"West\" St", "5\" Mast", "End St"];
    let mut text = String::from("Calling Number,Called Number,Call Type,Start (UTC),Duration (secs),Site Name\n");
    for (at, site) in (13..).zip(sites) {
        text.push_str(&format!("07700900111,07700900222,Voice,{at}/02/2025 09:15:00,35,{site}\n"));
    }
    // Also far below what is looked at first.
    let far = [
        line("High St").repeat(398),
        line("\"The Mill"),
        line("Low St").repeat(30),
        line("\"East St"),
        line("End St").repeat(9),
    ]
    .concat();
    for (text, rows, named) in [
        (text, 7, "rows: 3"),
        (
            CALLS
                .replace("secs)", "secs),Site Name")
                .replace(",35\n", ",35,High St\n")
                .replace(",36\n", ",36,Low St\n")
                + &far,
            441,
            "rows: 402, 433",
        ),
    ] {
        let (taken, _) = take("calls.csv", text.as_bytes()).unwrap();
        assert_eq!((taken.tally.rows, taken.tally.records), (rows, rows), "{:?}", taken.tally);
        assert!(
            taken.remarks.iter().any(|remark| remark.contains("quotation mark") && remark.contains(named)),
            "{:?}",
            taken.remarks
        );
    }
}

fn line(site: &str) -> String {
    format!("07700900111,07700900222,Voice,14/02/2025 09:15:00,35,{site}\n")
}

#[test]
fn a_typed_return_is_one_subscriber() {
    let page = "OFFICIAL - MADE UP\n*********************\n  COMMS DATA  |  SUBSCRIBER CHECK RETURN\n\
                *********************\n\
                REF ...............: CD/0000/1\nCSP ...............: MADE-UP MOBILE\n\
                DATE ..............: 10/06/2025 16:05\n\n\
                ------------ TARGET --------------\nMSISDN ............: 07700 900111      (+447700900111)\n\
                ------------ RETURN --------------\nACCOUNT TYPE ......: PAY AS YOU GO\nSUBSCRIBER NAME ...: A PERSON\n\
                BILLING ADDRESS ...: 1 HIGH STREET, TOWN, NR1 1AA\nALT CONTACT No ....: 07700 900222\n\
                CONNECTION DATE ...: 03/02/2024\nIMEI (CURRENT) ....: IMEI 353456789012348\n\
                IMSI ..............: 234150000000111\n";
    let (taken, tables) = take("return.txt", page.as_bytes()).unwrap();
    assert_eq!((taken.tally.rows, taken.tally.records), (1, 1), "{:?} {:?}", taken.tally, tables);
    let subscriber = &tables["subscribers"][0];
    for (column, value) in [
        ("row", "5"),
        ("number", "+447700900111"),
        ("name", "A PERSON"),
        ("address", "1 HIGH STREET, TOWN, NR1 1AA"),
        ("postcode", "NR1 1AA"),
        ("account_type", "PAY AS YOU GO"),
        ("imei", "35345678901234"),
        ("imsi", "234150000000111"),
        ("network", "MADE-UP MOBILE"),
        ("from", "2024-02-03T00:00:00Z"),
        ("to", ""),
    ] {
        assert_eq!(subscriber.get(column).map(String::as_str), Some(value), "{column}: {subscriber:?}");
    }
    let undated = page.replace("CONNECTION DATE ...: 03/02/2024\n", "");
    let (_, tables) = take("return.txt", undated.as_bytes()).unwrap();
    assert_eq!(tables["subscribers"][0]["from"], "", "the date of the return is not the account's");
    let two = format!(
        "{page}\nMSISDN ............: 07700 900333\nACCOUNT TYPE ......: CONTRACT\nSUBSCRIBER NAME ...: B PERSON\n"
    );
    let (_, tables) = take("return.txt", two.as_bytes()).unwrap();
    assert_eq!(all(&tables["subscribers"], "number"), ["+447700900111", "+447700900333"]);
    assert_eq!(all(&tables["subscribers"], "network"), ["MADE-UP MOBILE", "MADE-UP MOBILE"]);
    assert_eq!(all(&tables["subscribers"], "imei"), ["35345678901234", ""]);
}

#[test]
fn references_and_other_peoples_numbers_are_never_the_subscribers() {
    let page = |lines: &str| {
        format!(
            "REF ....: 07700900999\nURN ....: 07700 900998\nALT CONTACT No ....: 07700 900222\nNAME ....: A PERSON\n\
             ADDRESS ....: 1 HIGH STREET\n{lines}"
        )
    };
    let (_, tables) = take("return.txt", page("IMSI ....: 234150000000111\n").as_bytes()).unwrap();
    assert_eq!(
        (all(&tables["subscribers"], "number"), all(&tables["subscribers"], "imsi")),
        (vec![""], vec!["234150000000111"])
    );
    let problem = take("return.txt", page("").as_bytes()).map(|(taken, _)| taken.tally).unwrap_err();
    assert!(problem.to_string().contains("typed page"), "{problem}");
    let with_handset = "Mobile Number: 07700 900111\nSubscriber Name: A Person\nAddress: 1 High Street\n         Town\
                        \n         NR1 1AA\n\
                        IMEI: 353456789012348\nActivation Date: 03/02/2024\n";
    let (_, tables) = take("return.txt", with_handset.as_bytes()).unwrap();
    assert_eq!(all(&tables["subscribers"], "address"), ["1 High Street, Town, NR1 1AA"]);
}

#[test]
fn an_archive_made_on_a_macintosh_gives_the_rows_of_its_tables() {
    let archive = zipped(&[
        ("returns/", b""),
        ("returns/.DS_Store", b"\0\0\0\x01Bud1"),
        ("returns/calls.csv", CALLS.as_bytes()),
        ("__MACOSX/returns/._calls.csv", b"\0\x05\x16\x07\0\x02\0\0Mac OS X"),
        ("returns/covering letter.pdf", b"%PDF-1.4\n"),
        (
            "returns/letter.txt",
            b"Dear Sir,\n\nWe enclose the records that you asked for.\n\nYours faithfully\nA Person\n",
        ),
        ("returns/texts.csv", CALLS.replace("Voice", "SMS").as_bytes()),
    ]);
    let (taken, tables) = take("returns.zip", &archive).unwrap();
    assert_eq!((taken.tally.rows, taken.tally.records), (4, 4));
    assert_eq!(all(&tables["records"], "kind"), ["call", "call", "text", "text"]);
    for named in ["covering letter.pdf", "letter.txt", ".DS_Store"] {
        assert!(taken.remarks.iter().any(|remark| remark.contains(named)), "{named}: {:?}", taken.remarks);
    }
}

#[test]
fn a_hidden_sheet_is_named_with_its_rows_and_read_where_nothing_else_is() {
    let calls = row("Calling Number|Called Number|Call Type|Start (UTC)|Duration (secs)")
        + &row("07700900111|07700900222|Voice|03/02/2025 09:15:00|35");
    let other = calls.replace("09:15", "10:15");
    let (taken, _) = take("x.xlsx", &workbook(&[("Calls", false, &calls), ("Old", true, &other)])).unwrap();
    assert_eq!(taken.tally.records, 1);
    assert!(
        taken.remarks.iter().any(|remark| remark.contains("Old") && remark.contains("2 rows")),
        "{:?}",
        taken.remarks
    );
    let (taken, _) = take("x.xlsx", &workbook(&[("Cover", false, &row("Report")), ("Old", true, &other)])).unwrap();
    assert_eq!(taken.tally.records, 1);
    assert!(taken.remarks.iter().any(|remark| remark.contains("is hidden")), "{:?}", taken.remarks);
}

#[test]
fn sheets_are_told_by_their_events_and_not_by_their_names() {
    let calls = row("Calling Number|Called Number|Call Type|Start (UTC)|Duration (secs)")
        + &row("07700900111|07700900222|Voice|03/02/2025 09:15:00|35");
    let other = calls.replace("09:15", "10:15");
    // The same event in UTC, and as the clock on the wall showed it.
    let summer = calls.replace("03/02", "23/06");
    let local = summer.replace("Start (UTC)", "Start (local)").replace("09:15", "10:15");
    let unstated = summer.replace("Start (UTC)", "Start");
    for (sheets, records) in [
        (vec![("Glossary", false, calls.as_str())], 1),
        (vec![("Calls", false, calls.as_str()), ("Simple View", false, calls.as_str())], 1),
        (vec![("Calls", false, calls.as_str()), ("Simple View", false, other.as_str())], 2),
        (vec![("Calls", false, calls.as_str()), ("Cover", false, "")], 1),
        (vec![("Calls", false, summer.as_str()), ("Simple View", false, local.as_str())], 1),
        (vec![("Calls", false, local.as_str()), ("Simple View", false, other.as_str())], 2),
        (vec![("Calls", false, summer.as_str()), ("Simple View", false, unstated.as_str())], 1),
    ] {
        let (taken, _) = take("x.xlsx", &workbook(&sheets)).unwrap();
        assert_eq!(taken.tally.records, records, "{:?}", taken.remarks);
    }
}

#[test]
fn a_file_without_a_row_is_refused() {
    let heading = CALLS.lines().next().unwrap();
    for text in [format!("{heading}\n"), format!("{heading}\n\n\nEnd of report\n")] {
        let problem = take("calls.csv", text.as_bytes()).map(|(taken, _)| taken.tally).unwrap_err();
        assert!(problem.hint.is_some(), "{problem}");
    }
}

#[test]
fn a_web_page_called_a_workbook_gives_its_rows() {
    let cells = |line: &str| line.split(',').map(|cell| format!("<td>{cell}</td>")).collect::<String>();
    let rows: String = CALLS.lines().map(|line| format!("<tr>{}</tr>\r\n", cells(line))).collect();
    let page = format!("<html><body><h3>Call records</h3><table border=1>{rows}</table></body></html>");
    let (taken, tables) = take("calls.xls", page.as_bytes()).unwrap();
    assert_eq!((taken.tally.records, all(&tables["records"], "row")), (2, vec!["3", "4"]));
    assert_eq!(all(&tables["records"], "start"), ["2025-02-03T09:15:00Z", "2025-02-25T09:16:00Z"]);
}
