//! Pages as people send them, and what becomes of their cells.

use super::*;
use crate::dialect;

type Rows = Vec<(u64, Vec<String>)>;

fn rows(table: &PageTable) -> Rows {
    let mut rows = Vec::new();
    for grid in &table.grids {
        grid.each_row(|row| rows.push((row.number, row.cells.iter().map(ToString::to_string).collect())));
    }
    rows
}

/// The cells of each table of a page, told by its head as a file's is.
fn tables(text: &str) -> Vec<Vec<Vec<String>>> {
    let kind = kind(text, dialect::sniff(text)).expect("a page");
    let page = read(kind, text.as_bytes(), Encoding::Utf8).expect("reads");
    page.tables.iter().map(|table| rows(table).into_iter().map(|(_, cells)| cells).collect()).collect()
}

fn refused(text: &str) -> String {
    let kind = kind(text, dialect::sniff(text)).expect("a page");
    read(kind, text.as_bytes(), Encoding::Utf8).map(|_| ()).expect_err("refused").to_string()
}

const CALLS: &str = "<table><tr><th>Calling Number<th>Called&nbsp;Number<th>Start (UTC)</tr>\
                     <tr><td>07700900111</td><td>07700900222</td><td>03/02/2025<br>09:15:00</td></tr></table>";

#[test]
fn a_web_page_called_a_workbook_is_read_with_the_lines_above_its_table() {
    for page in [
        format!(
            "<html><head><style>td {{ color: red }}</style></head><body><h2>Calls of 07700 \
             900111</h2>{CALLS}</body></html>"
        ),
        format!(
            "\u{FEFF}\r\n<!DOCTYPE html><BODY><p>Calls of\r\n07700 900111</p>{}</BODY>",
            CALLS.replace("table", "TABLE")
        ),
    ] {
        assert_eq!(
            tables(&page),
            [[
                vec!["Calls of 07700 900111"],
                vec!["Calling Number", "Called Number", "Start (UTC)"],
                vec!["07700900111", "07700900222", "03/02/2025\n09:15:00"]
            ]]
        );
    }
}

#[test]
fn cells_that_span_columns_or_rows_shift_nothing() {
    let page = "<table><tr><td rowspan=2>A</td><td \
                colspan=2>Start</td><td>B</td></tr><tr><td>Date</td><td>Time</td><td>B2</td></tr><tr><td \
                rowspan='3'>1</td><td>d</td><td>t</td><td>x</td></tr><tr><td>e</td><td>u</td><td>y</td></tr><tr><td \
                colspan=3 rowspan=2>f</td></tr><tr><td>2</td></tr></table>";
    assert_eq!(
        tables(page),
        [[
            vec!["A", "Start", "", "B"],
            vec!["A", "Date", "Time", "B2"],
            vec!["1", "d", "t", "x"],
            vec!["1", "e", "u", "y"],
            vec!["1", "f", "", ""],
            vec!["2", "f", "", ""]
        ]]
    );
}

#[test]
fn a_table_in_a_layout_is_a_table_and_a_table_without_text_is_none() {
    let page = format!(
        "<table><tr><td><table><tr><td>&nbsp;</td></tr></table>{CALLS}</td><td>Page 1 &amp; last</td></tr></table>"
    );
    let tables = tables(&page);
    assert_eq!(
        (tables.len(), tables[0].len(), &tables[1]),
        (2, 2, &vec![vec!["".to_owned(), "Page 1 & last".to_owned()]])
    );
}

#[test]
fn a_number_that_excel_shows_shortened_is_read_whole() {
    let page =
        r#"<table><tr><td x:num="447700900111">4.477E+11</td><td x:num="35.0">35</td><td x:num>12</td></tr></table>"#;
    assert_eq!(tables(page), [[["447700900111", "35", "12"]]]);
}

#[test]
fn a_page_in_another_character_set_is_read_in_it() {
    let mut page = b"<html><meta charset=windows-1251><table><tr><td>\xCC\xE0\xF1\xF2</td></tr></table>".to_vec();
    let text = String::from_utf8_lossy(&page).into_owned();
    let kind = kind(&text, Dialect::default()).expect("a page");
    let read_as = |page: &[u8]| rows(&read(kind, page, Encoding::Utf8).expect("reads").tables[0])[0].1[0].clone();
    assert_eq!(read_as(&page), "Маст");
    page = b"<table><tr><td>caf\xE9</td></tr></table>".to_vec();
    assert_eq!(read_as(&page), "café");
}

#[test]
fn pages_without_tables_and_bombs_are_refused() {
    assert!(refused("<html><body><p>Dear Sir</p></body></html>").contains("without a table"));
    let spread = format!("<table><tr>{}</tr></table>", "<td colspan=1000>x".repeat(17));
    assert!(refused(&spread).contains("16 million cells"), "more columns than a spreadsheet has");
    let few = |page: String| html::read(&page, &mut 10_000).map(|_| ()).expect_err("refused").to_string();
    assert!(few(format!("<table>{}", "<tr><td>x<td colspan=1000>".repeat(20))).contains("16 million cells"));
    let text = format!("<table><tr><td rowspan=65534>{}{}", "x".repeat(10_000), "<tr>".repeat(60));
    assert!(few(text).contains("16 million cells"), "text repeated");
    assert_eq!(tables(&format!("{}<tr><td>x", "<table>".repeat(10_000))), [[["x"]]]);
}

#[test]
fn a_web_archive_is_read_and_what_is_attached_is_named() {
    let mail = |html: &str, attached: &str| {
        format!(
            "MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\nContent-Type: multipart/related; boundary=\"--=_x\"\r\n\
             \r\n\
             ----=_x\r\nContent-Location: file:///C:/x/sheet001.htm\r\nContent-Transfer-Encoding: quoted-printable\r\n\
             Content-Type: text/html; charset=\"us-ascii\"\r\n\r\n{}\r\n{attached}----=_x--\r\n",
            html.replace('=', "=3D")
        )
    };
    let picture = "----=_x\r\nContent-Location: file:///C:/x/logo.png\r\nContent-Transfer-Encoding: base64\r\n\
                   Content-Type: image/png\r\n\r\niVBORw0KGgo=\r\n";
    let text = mail(&format!("<html>{CALLS}</html>"), picture);
    assert_eq!(kind(&text, Dialect::default()), Some(PageKind::Mime));
    let page = read(PageKind::Mime, text.as_bytes(), Encoding::Utf8).expect("reads");
    assert_eq!(rows(&page.tables[0])[1].1, ["07700900111", "07700900222", "03/02/2025\n09:15:00"]);
    assert_eq!(page.tables[0].name.as_deref(), Some("sheet001.htm"));
    assert!(page.remarks[0].contains("logo.png"), "{:?}", page.remarks);
    assert!(refused(&mail("<p>Dear Sir</p>", picture)).contains("logo.png"));
    assert_eq!(kind("URN: 1\r\nGrade: OFFICIAL\r\n\r\na,b\r\n", Dialect::default()), None, "a preamble is no mail");
}

#[test]
fn an_xml_workbook_of_2003_is_read_as_its_cells_say() {
    let book = |sheets: &str| {
        format!(
            "<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?><Workbook \
             xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" \
             xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\" \
             xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><x:ExcelWorkbook><x:Date1904/></x:ExcelWorkbook>\
             {sheets}</Workbook>"
        )
    };
    let text = book(
        "<Worksheet ss:Name=\"Calls\"><Table><Row ss:Index=\"3\"><Cell ss:Index=\"2\"><Data ss:Type=\"String\">A &amp; \
         B</Data></Cell><Cell ss:MergeAcross=\"1\"><Data ss:Type=\"Number\">447700900111</Data></Cell><Cell><Data \
         ss:Type=\"DateTime\">2025-02-03T09:15:00.000</Data></Cell></Row><Row ss:Hidden=\"1\"><Cell><Data \
         ss:Type=\"DateTime\">1899-12-31T09:15:00.000</Data></Cell><Cell><Data \
         ss:Type=\"Number\">4.477009E11</Data></Cell><Cell><Data \
         ss:Type=\"Boolean\">1</Data></Cell></Row></Table></Worksheet><Worksheet \
         ss:Name=\"Old\"><Table><Row><Cell><Data \
         ss:Type=\"Number\">1</Data></Cell></Row></Table><x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:\
         WorksheetOptions></Worksheet>",
    );
    let page = read(kind(&text, Dialect::default()).expect("a page"), text.as_bytes(), Encoding::Utf8).expect("reads");
    let expected = [
        (3, vec!["", "A & B", "447700900111", "", "2025-02-03 09:15:00"]),
        (4, vec!["09:15:00", "447700900000", "TRUE"]),
    ];
    assert_eq!(
        rows(&page.tables[0]),
        expected.map(|(number, cells)| (number, cells.into_iter().map(str::to_owned).collect()))
    );
    assert_eq!(
        (page.tables[0].days, page.tables[0].hidden, page.tables[1].hidden),
        (DayCount::From1904, None, Some(1))
    );
    assert!(page.remarks[0].starts_with("1 rows are hidden"), "{:?}", page.remarks);
    assert!(refused(&text[..text.len() - 40]).contains("broken or cut short"));
}

const RETURN: &str = "OFFICIAL - MADE UP\n*****************\n  COMMS DATA  |  SUBSCRIBER CHECK RETURN\n\
                      *****************\n\
                      REF ...............: CD/0000/1\nCSP ...............: MADE-UP MOBILE\n\
                      DATE ..............: 10/06/2025 16:05\n\n\
                      ------------ TARGET --------------\nMSISDN ............: 07700 900111      (+447700900111)\n\
                      ------------ RETURN --------------\nSUBSCRIBER NAME ...: A PERSON\n\
                      BILLING ADDRESS ...: 1 HIGH STREET\n\
                      \x20                    TOWN, NR1 1AA\nALT CONTACT No ....: 07700 900222\n\
                      IMEI (CURRENT) ....: IMEI 353456789012348\n";

#[test]
fn a_typed_return_is_one_row_under_its_labels() {
    let page = |text: &str| {
        let kind = kind(text, dialect::sniff(text));
        assert_eq!(kind, Some(PageKind::Typed), "{text}");
        rows(&read(PageKind::Typed, text.as_bytes(), Encoding::Utf8).expect("reads").tables[0])
    };
    for text in [RETURN.to_owned(), RETURN.replace('\n', "\r\n"), RETURN.replace('.', " "), RETURN.replace("..", "--")]
    {
        let rows = page(&text);
        assert_eq!(rows.iter().map(|(number, _)| *number).collect::<Vec<_>>(), [4, 5]);
        assert_eq!(rows[0].1[3..6], ["MSISDN", "SUBSCRIBER NAME", "BILLING ADDRESS"]);
        assert_eq!(rows[1].1[3..6], ["07700 900111      (+447700900111)", "A PERSON", "1 HIGH STREET, TOWN, NR1 1AA"]);
    }
}

#[test]
fn a_label_that_comes_again_begins_a_record_and_the_pages_own_labels_hold_for_all() {
    let text = "REF ....: CD/1\nMSISDN ....: 07700 900111\nNAME ....: A PERSON\nNOTE ....: one\nNOTE ....: two\n\n\
                MSISDN ....: 07700 900222\nNAME ....: B PERSON\n";
    let page = read(kind(text, dialect::sniff(text)).expect("a page"), text.as_bytes(), Encoding::Utf8).expect("reads");
    let rows = rows(&page.tables[0]);
    assert_eq!(rows[0].1, ["REF", "MSISDN", "NAME", "NOTE", "NOTE (2)"]);
    assert_eq!((rows[1].0, rows[1].1.join("|")), (2, "CD/1|07700 900111|A PERSON|one|two".into()));
    assert_eq!((rows[2].0, rows[2].1.join("|")), (7, "CD/1|07700 900222|B PERSON||".into()));
}

#[test]
fn tables_with_lines_above_them_and_letters_are_no_typed_pages() {
    let preamble = "URN: IR1\nOperator: MADE-UP MOBILE\nTarget number: 07700900111\nName: A PERSON\n\n";
    let table = "Calling Number,Called Number,Start (UTC)\n07700900111,07700900222,03/02/2025 09:15:00\n";
    let letter = "Our ref: CD/1\nYour ref: 2\nTelephone: 01632 960001\n\nDear Sir,\n\n\
                  We enclose the records of 07700 900111.\n\
                  They were taken from our system on 3 February.\n\nYours faithfully\nA PERSON\n";
    for text in [format!("{preamble}{table}"), format!("{preamble}{}", table.replace(',', "\t")), letter.to_owned()] {
        assert_eq!(kind(&text, dialect::sniff(&text)), None, "{text}");
    }
    let plain = "MSISDN: 07700 900111\nNAME: A PERSON\nADDRESS: 1 HIGH STREET, TOWN, NR1 1AA\nIMSI: 234150000000111\n";
    assert_eq!(kind(plain, dialect::sniff(plain)), Some(PageKind::Typed), "a page need not have dots");
}
