//! Containers, encodings and workbooks as files on disk.

use std::{io::Write, path::PathBuf};

use flate2::{Compression, write::GzEncoder};
use orochi_model::problem::Kind;
use zip::{ZipWriter, write::SimpleFileOptions};

use super::*;

const TABLE: &[u8] = b"number,name\r\n07700900123,\"caf\xC3\xA9\"\r\n\r\n07700900124,tea\r\n";

fn file(bytes: &[u8]) -> tempfile::NamedTempFile {
    let mut file = tempfile::NamedTempFile::new().expect("a file");
    file.write_all(bytes).expect("writes");
    file
}

fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(bytes).expect("packs");
    packed.finish().expect("packs")
}

fn zipped(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in members {
        archive.start_file(*name, SimpleFileOptions::default()).expect("a member");
        archive.write_all(bytes).expect("packs");
    }
    archive.finish().expect("packs").into_inner()
}

fn glimpses(bytes: &[u8]) -> Result<Vec<Glimpse>, Problem> {
    glimpse(file(bytes).path(), "native")
}

/// All rows of all sheets, read in blocks of a few bytes.
fn rows(bytes: &[u8]) -> Result<Vec<(u64, Vec<String>)>, Problem> {
    let file = file(bytes);
    let mut native = Native::open(file.path())?;
    let mut all = Vec::new();
    for sheet in 0..native.sheets.len() {
        native.read(
            sheet,
            10,
            || Some(Vec::new()),
            |block| {
                let _ =
                    block.each_row(|row| all.push((row.number, row.cells.iter().map(ToString::to_string).collect())));
                ControlFlow::Continue(())
            },
        )?;
    }
    Ok(all)
}

fn expected() -> Vec<(u64, Vec<String>)> {
    [(1, vec!["number", "name"]), (2, vec!["07700900123", "café"]), (3, vec![""]), (4, vec!["07700900124", "tea"])]
        .map(|(number, cells)| (number, cells.into_iter().map(str::to_owned).collect()))
        .to_vec()
}

fn kind(bytes: &[u8]) -> Kind {
    rows(bytes).expect_err("a problem").kind
}

#[test]
fn one_table_is_the_same_in_every_wrapping_and_encoding() {
    let text = std::str::from_utf8(TABLE).expect("UTF-8");
    let utf16 = |mark: bool, big: bool| -> Vec<u8> {
        let mark = if mark { "\u{FEFF}" } else { "" };
        let unit = |unit: u16| if big { unit.to_be_bytes() } else { unit.to_le_bytes() };
        mark.encode_utf16().chain(text.encode_utf16()).flat_map(unit).collect()
    };
    let (one, two) = TABLE.split_at(20);
    let wrapped = [
        TABLE.to_vec(),
        [b"\xEF\xBB\xBF", TABLE].concat(),
        text.replace("\r\n", "\n").into_bytes(),
        text.replace("\r\n", "\r").into_bytes(),
        text.replace(',', ";").into_bytes(),
        text.replace(',', "\t").into_bytes(),
        text.replace('é', "\u{1}").bytes().map(|byte| if byte == 1 { 0xE9 } else { byte }).collect(),
        utf16(true, false),
        utf16(true, true),
        utf16(false, false),
        utf16(false, true),
        gz(TABLE),
        [gz(one), gz(two)].concat(),
        gz(&utf16(true, false)),
        zipped(&[("a.csv", TABLE)]),
        zipped(&[("__MACOSX/._a.csv", b"x"), ("folder/", b""), ("folder/a.csv", TABLE), ("empty.csv", b"")]),
    ];
    for (at, bytes) in wrapped.iter().enumerate() {
        assert_eq!(rows(bytes).expect("reads"), expected(), "wrapping {at}");
        let glimpses = glimpses(bytes).expect("reads");
        assert_eq!((glimpses.len(), &glimpses[0].sheet, &glimpses[0].head), (1, &None, &expected()), "wrapping {at}");
    }
}

#[test]
fn members_of_an_archive_are_sheets_with_harmless_names() {
    let archive = zipped(&[("calls.csv", TABLE), ("../../etc/\u{1b}[2Jcells.csv", b"a;b\n1;2\n")]);
    let glimpses = glimpses(&archive).expect("reads");
    let names: Vec<_> = glimpses.iter().map(|glimpse| glimpse.sheet.clone().unwrap_or_default()).collect();
    assert_eq!(names, ["calls.csv!", "../../etc/\u{FFFD}[2Jcells.csv!"]);
    assert_eq!(glimpses[1].head[1].1, ["1", "2"]);
    let file = file(&archive);
    assert_eq!(read_rows(file.path(), "x", Some("calls.csv"), &[4]).expect("reads")[0][1], "tea");
    assert_eq!(read_rows(file.path(), "x", Some("no.csv"), &[4]).expect_err("a problem").kind, Kind::User);
}

#[test]
fn cut_or_altered_archives_are_damaged_data() {
    let rows: Vec<u8> = (0..50_000).flat_map(|at| format!("{at},{}\n", at * 7919 % 10_007).into_bytes()).collect();
    let packed = gz(&rows);
    for cut in [packed.len() - 1, packed.len() / 2, 15] {
        assert_eq!(kind(&packed[..cut]), Kind::Data, "gzip cut at {cut}");
    }
    let archive = zipped(&[("a.csv", &rows)]);
    for cut in [archive.len() - 30, archive.len() / 2] {
        assert_eq!(kind(&archive[..cut]), Kind::Data, "archive cut at {cut}");
    }
    let mut altered = zipped(&[("a.csv", &rows)]);
    let middle = altered.len() / 2;
    altered[middle..middle + 8].fill(0xFF);
    assert_eq!(kind(&altered), Kind::Data, "archive with altered bytes");
}

#[test]
fn an_archive_in_an_archive_is_refused() {
    for inner in [gz(TABLE), zipped(&[("a.csv", TABLE)])] {
        for outer in [gz(&inner), zipped(&[("inner", &inner)])] {
            let problem = rows(&outer).expect_err("a problem");
            assert_eq!(
                (problem.kind, problem.hint.is_some()),
                (Kind::User, true),
                "unpacking it is all that is needed"
            );
        }
    }
}

#[test]
fn bombs_are_stopped_by_a_bound_that_tables_do_not_reach() {
    use crate::container::{FREE_EXPANSION, limit};
    assert_eq!(limit(1000), FREE_EXPANSION);
    assert_eq!(limit(100 << 20), 200 * (100 << 20));
    assert_eq!(limit(u64::MAX), u64::MAX);
}

#[test]
fn what_is_no_table_is_refused_with_a_hint() {
    for bytes in
        [b"%PDF-1.7 ...".to_vec(), b"Rar!\x1a\x07".to_vec(), vec![7; 4000], b"".to_vec(), b"\xEF\xBB\xBF".to_vec()]
    {
        assert_eq!(glimpses(&bytes).expect_err("a problem").kind, Kind::User);
    }
}

#[test]
fn a_head_that_is_cut_does_not_show_half_a_row() {
    let row = format!("{},end\n", "x".repeat(3000));
    let glimpses = glimpses(row.repeat(200).as_bytes()).expect("reads");
    assert!(glimpses[0].head.len() < 100 && glimpses[0].head.iter().all(|(_, cells)| cells.len() == 2));
}

#[test]
fn a_broken_workbook_is_damaged_data() {
    let parts: [(&str, &[u8]); 2] = [("xl/workbook.xml", b"<workbook"), ("[Content_Types].xml", b"")];
    assert_eq!(kind(&zipped(&parts)), Kind::Data);
    assert_eq!(kind(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and nothing more"), Kind::Data);
}

#[test]
fn an_archive_made_on_a_macintosh_is_read_and_what_is_no_table_is_named() {
    let archive = zipped(&[
        ("returns/", b""),
        ("returns/.DS_Store", b"\0\0\0\x01Bud1\0\0"),
        ("returns/calls.csv", TABLE),
        ("__MACOSX/returns/._calls.csv", b"\0\x05\x16\x07\0\x02\0\0Mac OS X"),
        ("returns/Thumbs.db", b"\xD0\xCF\x11\xE0\0\0\0\0"),
        ("returns/covering letter.pdf", b"%PDF-1.4\n"),
        ("returns/letter.docx", &zipped(&[("word/document.xml", b"<w:document/>")])),
        ("returns/letter.rtf", b"{\\rtf1 Dear Sir}"),
        ("returns/map.png", b"\x89PNG\r\n\x1a\n"),
        ("returns/calls.csv.asc", b"-----BEGIN PGP SIGNATURE-----\n"),
        ("returns/texts.csv", TABLE),
        ("returns/raw.bin", &[7; 400]),
    ]);
    let native = Native::open(file(&archive).path()).expect("opens");
    let sheets: Vec<_> = native.glimpses().into_iter().filter_map(|glimpse| glimpse.sheet).collect();
    assert_eq!(sheets, ["returns/calls.csv!", "returns/texts.csv!"]);
    let remarks = native.remarks.join("\n");
    for named in [
        "a PDF: returns/covering letter.pdf",
        "a Word document: returns/letter.docx",
        "a letter in Rich Text: returns/letter.rtf",
        "a picture: returns/map.png",
        "a signature or key: returns/calls.csv.asc",
        "neither text nor a workbook: returns/raw.bin",
        "returns/.DS_Store, __MACOSX/returns/._calls.csv, returns/Thumbs.db",
    ] {
        assert!(remarks.contains(named), "{named} in {remarks}");
    }
}

#[test]
fn workbooks_in_an_archive_are_read_like_its_texts() {
    let archive = zipped(&[("a.csv", TABLE), ("b/calls.xlsx", &workbook())]);
    let native = file(&archive);
    let sheets: Vec<_> = glimpses(&archive).expect("reads").into_iter().map(|glimpse| glimpse.sheet).collect();
    assert_eq!(sheets, ["a.csv!", "b/calls.xlsx!Calls", "b/calls.xlsx!Secret"].map(|name| Some(name.to_owned())));
    let row = read_rows(native.path(), "x", Some("b/calls.xlsx/Calls"), &[6]).expect("reads");
    assert_eq!(row[0][1], "447700900123");
    assert_eq!(rows(&archive).expect("reads").len(), 7, "four rows, two and one");
}

#[test]
fn an_archive_without_a_table_is_refused_with_what_it_holds() {
    let problem = glimpses(&zipped(&[("x/letter.pdf", b"%PDF-1.4"), ("x/Thumbs.db", b"x")])).expect_err("refused");
    assert!(problem.to_string().contains("x/letter.pdf") && problem.hint.is_some(), "{problem}");
    for (name, bytes, word) in [
        ("b.gz", gz(TABLE), "gzip"),
        ("b.zip", zipped(&[("a.csv", TABLE)]), "an archive"),
        ("b.rar", b"Rar!\x1a\x07".to_vec(), "RAR"),
    ] {
        let problem = glimpses(&zipped(&[("a.csv", TABLE), (name, &bytes)])).expect_err("refused");
        assert!(problem.to_string().contains(name) && problem.to_string().contains(word), "{problem}");
    }
}

#[test]
fn pages_are_sheets_of_rows_that_can_be_found_again() {
    let page = b"<html><table><tr><td>a</td></tr></table><table><tr><td>b</td></tr><tr><td>c</td></tr></table></html>";
    let sheets: Vec<_> = glimpses(page).expect("reads").into_iter().map(|glimpse| glimpse.sheet).collect();
    assert_eq!(sheets, [Some("table 1".to_owned()), Some("table 2".to_owned())]);
    assert_eq!(read_rows(file(page).path(), "x", Some("table 2"), &[2]).expect("reads"), [["c"]]);
    let page = b"REF ....: CD/1\nMSISDN ....: 07700 900111\nNAME ....: A PERSON\n";
    assert_eq!(rows(page).expect("reads")[1], (2, vec!["CD/1".into(), "07700 900111".into(), "A PERSON".into()]));
    let mixed =
        zipped(&[("a.csv", TABLE), ("letter.htm", b"<html><p>Dear Sir</p></html>"), ("page.xls", b"<table><td>x")]);
    let native = Native::open(file(&mixed).path()).expect("opens");
    assert_eq!(native.glimpses().len(), 2);
    assert!(native.remarks[0].contains("letter.htm"), "{:?}", native.remarks);
}

/// A minimal workbook: a sheet with numbers, an empty one, a hidden one.
fn workbook() -> Vec<u8> {
    let sheet = |rows: &str| {
        format!(
            "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{rows}</\
             sheetData></worksheet>"
        )
    };
    let calls = sheet(
        "<row r=\"3\"><c r=\"B3\" t=\"inlineStr\"><is><t>number</t></is></c><c r=\"C3\" \
         t=\"inlineStr\"><is><t>when</t></is></c></row><row r=\"6\"><c r=\"B6\"><v>4.47700900123E+11</v></c><c \
         r=\"C6\" s=\"1\"><v>45536.5</v></c></row>",
    );
    let hidden = sheet("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>");
    let rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relations: String = ["1", "2", "3"]
        .iter()
        .map(|n| format!("<Relationship Id=\"r{n}\" Type=\"{rel}/worksheet\" Target=\"worksheets/sheet{n}.xml\"/>"))
        .collect();
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    zipped(&[
        ("[Content_Types].xml", b"<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"),
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{package}\"><Relationship Id=\"r\" Type=\"{rel}/officeDocument\" \
                 Target=\"xl/workbook.xml\"/></Relationships>"
            )
            .as_bytes(),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" \
                 xmlns:r=\"{rel}\"><sheets><sheet name=\"Calls\" sheetId=\"1\" r:id=\"r1\"/><sheet name=\"Empty\" \
                 sheetId=\"2\" r:id=\"r2\"/><sheet name=\"Secret\" sheetId=\"3\" state=\"hidden\" \
                 r:id=\"r3\"/></sheets></workbook>"
            )
            .as_bytes(),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!("<Relationships xmlns=\"{package}\">{relations}</Relationships>").as_bytes(),
        ),
        (
            "xl/styles.xml",
            b"<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">\
              <cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"22\"/></cellXfs></styleSheet>",
        ),
        ("xl/worksheets/sheet1.xml", calls.as_bytes()),
        ("xl/worksheets/sheet2.xml", sheet("").as_bytes()),
        ("xl/worksheets/sheet3.xml", hidden.as_bytes()),
    ])
}

#[test]
fn a_workbooks_visible_sheet_is_read_with_the_numbers_it_shows() {
    let file = file(&workbook());
    let native = Native::open(file.path()).expect("opens");
    let glimpses = native.glimpses();
    assert_eq!((glimpses.len(), &glimpses[0].sheet), (2, &None), "one sheet is shown, so its name says nothing");
    assert_eq!((glimpses[1].sheet.as_deref(), glimpses[1].hidden), (Some("Secret"), Some(1)));
    let expected = [(3, vec!["", "number", "when"]), (6, vec!["", "447700900123", "2024-09-01 12:00:00"])];
    assert_eq!(
        glimpses[0].head,
        expected.map(|(number, cells)| (number, cells.into_iter().map(str::to_owned).collect()))
    );
    assert_eq!(native.remarks, ["sheet Empty is empty"]);
    assert_eq!(read_rows(file.path(), "x", None, &[6, 5]).expect("reads"), [glimpses[0].head[1].1.clone(), Vec::new()]);
}

fn samples() -> PathBuf {
    std::env::var_os("OROCHI_SHARED")
        .map_or_else(|| PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared")), PathBuf::from)
        .join("samples")
}

#[test]
#[expect(clippy::print_stderr, reason = "a skipped test says so")]
fn every_real_table_can_be_glimpsed() {
    let real = samples().join("real");
    if !real.exists() {
        eprintln!("skipped: no shared samples at {}", real.display());
        return;
    }
    let mut seen = 0;
    for folder in std::fs::read_dir(real).expect("lists").flatten() {
        for path in std::fs::read_dir(folder.path()).expect("lists").flatten().map(|entry| entry.path()) {
            let name = path.to_string_lossy();
            if !(name.ends_with(".csv") || name.ends_with(".csv.gz") || name.ends_with(".xlsx")) {
                continue;
            }
            let glimpses = glimpse(&path, &name).expect("reads");
            let widths: Vec<usize> = glimpses[0].head.iter().map(|(_, cells)| cells.len()).collect();
            assert!(widths[0] > 1, "{name}: {widths:?}");
            seen += 1;
        }
    }
    assert!(seen > 30, "{seen}");
}

/// The first fills 23 GB where it is read without a look, the second asks for 171 GB, the third is read for ever.
#[test]
fn workbooks_that_fuzzing_broke_are_refused() {
    let seeds = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus");
    let ods = std::fs::read_to_string(seeds.join("workbook/ods-breaks-off")).expect("a seed");
    let parts: Vec<(&str, &[u8])> = ods
        .split("\n----\n")
        .map(|part| part.split_once('\n').expect("a name and a text"))
        .map(|(name, text)| (name, text.as_bytes()))
        .collect();
    let ods = zipped(&parts);
    let xls = |name: &str| std::fs::read(seeds.join("container").join(name)).expect("a seed");
    for bytes in [xls("xls-chain-without-end"), xls("xls-ends-before-it-begins"), ods] {
        let problem = glimpse(file(&bytes).path(), "native").expect_err("refused");
        assert_eq!(problem.kind, Kind::Data, "{problem}");
        assert!(problem.to_string().contains("workbook") && problem.hint.is_some(), "{problem}");
    }
    for name in ["calls.xls", "calls.xlsx", "calls.ods", "calls.zip", "calls.csv.gz"] {
        assert!(glimpse(&seeds.join("container").join(name), name).is_ok(), "{name}");
    }
}
