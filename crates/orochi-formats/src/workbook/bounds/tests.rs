//! Sheets that are honest, and sheets that are not.

use super::*;

fn table(rows: &str) -> Result<(), Problem> {
    table_spread(format!("<t><table:table>{rows}</table:table></t>").as_bytes(), &mut Traits::default())
}

const CELL: &str = r#"<table:table-cell office:value-type="float" office:value="1"/>"#;

#[test]
fn a_table_of_any_honest_size_passes() {
    assert!(table(&format!("<table:table-row>{CELL}</table:table-row>").repeat(1000)).is_ok());
    // What spreadsheets write below and right of a table: a million empty rows, formatted.
    let empty = r#"<table:table-cell table:style-name="ce1" table:number-columns-repeated="16384"/>"#;
    let below = format!(r#"<table:table-row table:number-rows-repeated="1048000">{empty}</table:table-row>"#);
    assert!(table(&format!("<table:table-row>{CELL}{empty}</table:table-row>{below}")).is_ok());
}

#[test]
fn cells_that_stand_far_apart_or_are_repeated_for_ever_are_refused() {
    let far = format!(
        r#"<table:table-row>{CELL}</table:table-row><table:table-row table:number-rows-repeated="1000000"/>
           <table:table-row><table:table-cell table:number-columns-repeated="16000"/>{CELL}</table:table-row>"#
    );
    let same = CELL.replace("/>", r#" table:number-columns-repeated="16000"/>"#);
    let rows = format!(r#"<table:table-row table:number-rows-repeated="1000000">{same}</table:table-row>"#);
    for bomb in [far, rows] {
        let problem = table(&bomb).expect_err("refused");
        assert!(problem.to_string().contains("16 million cells"), "{problem}");
    }
}

#[test]
fn hidden_rows_and_merged_cells_are_found_wherever_the_part_is_cut() {
    let rows = r#"<row r="1" hidden="1"/><row r="2"><c/></row><row hidden="true" r="3">"#.repeat(3_000);
    let part = |merged: &str| format!("<sheetData>{rows}</sheetData><mergeCells>{merged}</mergeCells>");
    for (merged, spans) in [("", false), (r#"<mergeCell ref="A1:C1"/>"#, false), (r#"<mergeCell ref="A2:A5"/>"#, true)]
    {
        let mut traits = Traits::default();
        tags(&mut part(merged).as_bytes(), &mut traits).expect("reads");
        assert_eq!((traits.hidden_rows, traits.merged), (6_000, spans), "{merged}");
    }
}

#[test]
fn xml_that_breaks_off_or_closes_what_is_not_open_is_refused() {
    for part in ["<a><b></b>", "<a><b></c></a>", "<a><b></a>", "<a><b att", "</a>"] {
        assert!(table_spread(part.as_bytes(), &mut Traits::default()).is_err(), "{part}");
    }
}

/// A workbook's stream with one sheet of these records.
fn book(records: &[(u16, Vec<u8>)]) -> Vec<u8> {
    let mut book = vec![0x85, 0, 4, 0, 8, 0, 0, 0];
    for (kind, data) in records {
        book.extend(kind.to_le_bytes());
        book.extend((data.len() as u16).to_le_bytes());
        book.extend(data);
    }
    book
}

fn at(row: u16, column: u16) -> Vec<u8> {
    [row.to_le_bytes(), column.to_le_bytes(), [0; 2], [0; 2]].concat()
}

#[test]
fn the_cells_of_xls_are_counted_as_they_spread_or_as_they_are_claimed() {
    assert_eq!(spread(&book(&[(0x0203, at(9, 3)), (0x00FD, at(4, 7))])), 10 * 8 + 2);
    let claim = [[0; 4], 10_u32.to_le_bytes(), [0, 0, 5, 0], [0; 4]].concat();
    assert_eq!(spread(&book(&[(0x0200, claim)])), 50 + 1, "rows of 32 bits");
    let claim = [[0; 2], 10_u16.to_le_bytes(), [0; 2], 6_u16.to_le_bytes(), [0; 2]].concat();
    assert_eq!(spread(&book(&[(0x0200, claim)])), 60 + 1, "rows of 16 bits");
    let claim = [10_u16.to_le_bytes(), 3_u16.to_le_bytes(), [0; 2], 6_u16.to_le_bytes(), [0; 2]].concat();
    assert!(spread(&book(&[(0x0200, claim)])) > CELLS, "a sheet that ends before it begins");
    assert!(spread(&book(&[(0x0203, at(u16::MAX, u16::MAX))])) > CELLS);
    assert_eq!(spread(&[0x85, 0, 4, 0, 255, 255, 255, 255]), 0, "a sheet that begins nowhere");
    assert_eq!(spread(&[0x85, 0, 200, 0]), 0, "a record that is cut short");
}
