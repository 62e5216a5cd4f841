//! Office Open XML workbooks, part by part, so that what a spreadsheet would not write can be written too.

use orochi_model::problem::Problem;

use super::packing::{Member, zipped};
use super::rows;
use crate::reading::{
    clock::Style,
    draft::{Draft, DraftLine, InstantPart, Role, date_time},
    form::{Dates, Sheet},
};

const TYPES: &str = "http://schemas.openxmlformats.org/package/2006/content-types";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATION: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// Seconds from 30 December 1899, day zero of most spreadsheets, to 1970.
const SINCE_1899: i64 = 25_569 * 86_400;
/// Seconds from 1 January 1904 to 1970.
const SINCE_1904: i64 = 24_107 * 86_400;

/// The workbook's bytes.
///
/// # Errors
/// When the archive cannot be made.
pub fn bytes(draft: &Draft) -> Result<Vec<u8>, Problem> {
    let form = &draft.form;
    let own = Sheet { name: form.sheet.clone(), hidden: false, first: false, rows: None };
    let mut sheets: Vec<&Sheet> = form.sheets.iter().filter(|sheet| sheet.first).collect();
    let place = sheets.len();
    sheets.push(&own);
    sheets.extend(form.sheets.iter().filter(|sheet| !sheet.first));
    let mut parts: Vec<(String, String)> = vec![
        ("[Content_Types].xml".into(), content_types(sheets.len())),
        (
            "_rels/.rels".into(),
            format!(
                "{DECLARATION}<Relationships xmlns=\"{PACKAGE}\"><Relationship Id=\"rId1\" \
                 Type=\"{RELATION}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        ("xl/workbook.xml".into(), book(&sheets, form.from_1904)),
        ("xl/_rels/workbook.xml.rels".into(), relations(sheets.len())),
        ("xl/styles.xml".into(), styles()),
    ];
    for (index, sheet) in sheets.iter().enumerate() {
        let text = match &sheet.rows {
            Some(rows) => worksheet(rows.iter().map(|row| row.iter().map(|cell| Cell::Text(cell.clone())).collect())),
            None => table(draft, index == place),
        };
        parts.push((format!("xl/worksheets/sheet{}.xml", index + 1), text));
    }
    let members: Vec<Member<'_>> = parts.iter().map(|(name, text)| Member { name, bytes: text.as_bytes() }).collect();
    zipped(&members)
}

fn content_types(sheets: usize) -> String {
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml";
    let mut text = format!(
        "{DECLARATION}<Types xmlns=\"{TYPES}\"><Default Extension=\"rels\" \
         ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" \
         ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" \
         ContentType=\"{kind}.sheet.main+xml\"/><Override PartName=\"/xl/styles.xml\" \
         ContentType=\"{kind}.styles+xml\"/>"
    );
    for sheet in 1..=sheets {
        text.push_str(&format!(
            "<Override PartName=\"/xl/worksheets/sheet{sheet}.xml\" ContentType=\"{kind}.worksheet+xml\"/>"
        ));
    }
    text + "</Types>"
}

fn book(sheets: &[&Sheet], from_1904: bool) -> String {
    let mut text = format!("{DECLARATION}<workbook xmlns=\"{MAIN}\" xmlns:r=\"{RELATION}\">");
    text.push_str(if from_1904 { "<workbookPr date1904=\"1\"/>" } else { "<workbookPr/>" });
    text.push_str("<sheets>");
    for (index, sheet) in sheets.iter().enumerate() {
        let state = if sheet.hidden { " state=\"hidden\"" } else { "" };
        let (name, id) = (plain(&sheet.name), index + 1);
        text.push_str(&format!("<sheet name=\"{name}\" sheetId=\"{id}\"{state} r:id=\"rId{id}\"/>"));
    }
    text + "</sheets></workbook>"
}

fn relations(sheets: usize) -> String {
    let mut text = format!("{DECLARATION}<Relationships xmlns=\"{PACKAGE}\">");
    for sheet in 1..=sheets {
        text.push_str(&format!(
            "<Relationship Id=\"rId{sheet}\" Type=\"{RELATION}/worksheet\" Target=\"worksheets/sheet{sheet}.xml\"/>"
        ));
    }
    text.push_str(&format!(
        "<Relationship Id=\"rId{}\" Type=\"{RELATION}/styles\" Target=\"styles.xml\"/></Relationships>",
        sheets + 1
    ));
    text
}

// Style 0 is general, 1 date and time, 2 date, 3 time of day.
fn styles() -> String {
    let formats: String = [0, 22, 14, 21]
        .iter()
        .map(|id| {
            format!(
                "<xf numFmtId=\"{id}\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>"
            )
        })
        .collect();
    format!(
        "{DECLARATION}<styleSheet xmlns=\"{MAIN}\"><fonts count=\"1\"><font><sz val=\"11\"/></font></fonts><fills \
         count=\"1\"><fill><patternFill patternType=\"none\"/></fill></fills><borders \
         count=\"1\"><border/></borders><cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" \
         borderId=\"0\"/></cellStyleXfs><cellXfs count=\"4\">{formats}</cellXfs></styleSheet>"
    )
}

enum Cell {
    Text(String),
    Number(String),
    Day { number: String, style: u8 },
}

fn worksheet(rows: impl Iterator<Item = Vec<Cell>>) -> String {
    let (data, last) = sheet_data(rows);
    format!("{DECLARATION}<worksheet xmlns=\"{MAIN}\"><dimension ref=\"A1:{last}\"/>{data}</worksheet>")
}

/// The table's sheet, or a second view of it.
fn table(draft: &Draft, own: bool) -> String {
    let head = draft.above.len() + usize::from(draft.headed);
    let rows = rows(draft).into_iter().enumerate().map(|(index, row)| {
        let line = index.checked_sub(head).and_then(|line| draft.lines.get(line));
        row.into_iter().enumerate().map(|(at, text)| cell(draft, line, at, text)).collect()
    });
    let (data, last) = sheet_data(rows);
    let last = if own && draft.form.false_range { "B2".to_owned() } else { last };
    let mut merges = String::new();
    if draft.form.merged && draft.columns.len() > 1 {
        let above: String = (1..=draft.above.len())
            .filter(|row| draft.above[row - 1].len() == 1)
            .map(|row| format!("<mergeCell ref=\"A{row}:{}{row}\"/>", letters(draft.columns.len() - 1)))
            .collect();
        if !above.is_empty() {
            merges = format!("<mergeCells>{above}</mergeCells>");
        }
    }
    format!("{DECLARATION}<worksheet xmlns=\"{MAIN}\"><dimension ref=\"A1:{last}\"/>{data}{merges}</worksheet>")
}

fn sheet_data(rows: impl Iterator<Item = Vec<Cell>>) -> (String, String) {
    let mut text = String::from("<sheetData>");
    let (mut count, mut width) = (0, 1);
    for row in rows {
        count += 1;
        width = width.max(row.len());
        text.push_str(&format!("<row r=\"{count}\">"));
        for (at, cell) in row.iter().enumerate() {
            let place = format!("{}{count}", letters(at));
            match cell {
                Cell::Text(value) if value.is_empty() => {}
                Cell::Text(value) => text.push_str(&format!(
                    "<c r=\"{place}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>",
                    plain(value)
                )),
                Cell::Number(value) => text.push_str(&format!("<c r=\"{place}\"><v>{value}</v></c>")),
                Cell::Day { number, style } => {
                    text.push_str(&format!("<c r=\"{place}\" s=\"{style}\"><v>{number}</v></c>"))
                }
            }
        }
        text.push_str("</row>");
    }
    (text + "</sheetData>", format!("{}{}", letters(width - 1), count.max(1)))
}

fn cell(draft: &Draft, line: Option<&DraftLine>, at: usize, text: String) -> Cell {
    let role = draft.columns.get(at).map(|column| column.role);
    if let (Some(line), Some(Role::Moment(moment, part))) = (line, role)
        && let Some(utc) = line.fact.and_then(|fact| draft.facts[fact].moments.get(&moment))
        && !text.is_empty()
    {
        let civil = draft.zone.civil(*utc);
        let style = match part {
            InstantPart::Whole => 1,
            InstantPart::Date => 2,
            InstantPart::Time => 3,
        };
        match draft.form.dates {
            Dates::Text => {}
            Dates::Mixed if line.fact.unwrap_or(0) % 3 == 0 => {}
            Dates::Mixed => return Cell::Day { number: day_number(civil, part, false), style },
            Dates::Tagged => return Cell::Day { number: day_number(civil, part, draft.form.from_1904), style },
            Dates::Bare => return Cell::Number(day_number(civil, part, draft.form.from_1904)),
            Dates::Turned => {
                let at = date_time(civil);
                if at.day() <= 12 && part != InstantPart::Time {
                    // The spreadsheet took the day for the month.
                    let turned = at.date().first_of_year().with().month(at.day()).day(at.month()).build();
                    let days = turned.map_or(0, |date| {
                        i64::from(date.since(jiff::civil::date(1970, 1, 1)).map_or(0, |span| span.get_days()))
                    });
                    let civil = days * 86_400 + civil.rem_euclid(86_400);
                    return Cell::Day { number: day_number(civil, part, draft.form.from_1904), style };
                }
                return Cell::Text(Style::Slashes.write(civil, crate::reading::draft::Zone::Utc, part));
            }
        }
    }
    if draft.form.numbers && line.is_some() && is_number(&text) {
        return Cell::Number(text);
    }
    Cell::Text(text)
}

/// A day number as a spreadsheet keeps it.
pub fn day_number(civil: i64, part: InstantPart, from_1904: bool) -> String {
    let since = civil + if from_1904 { SINCE_1904 } else { SINCE_1899 };
    let seconds = match part {
        InstantPart::Whole => since,
        InstantPart::Date => since - since.rem_euclid(86_400),
        InstantPart::Time => since.rem_euclid(86_400),
    };
    (seconds as f64 / 86_400.0).to_string()
}

/// Whether a spreadsheet would take a text for a number and keep each of its digits.
fn is_number(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let plain = text.strip_prefix('-').unwrap_or(text);
    digits > 0
        && digits <= 15
        && plain.bytes().all(|c| c.is_ascii_digit() || c == b'.')
        && plain.bytes().filter(|c| *c == b'.').count() <= 1
        && !plain.starts_with('.')
        && !plain.ends_with('.')
        // A spreadsheet would drop the zero.
        && !(plain.len() > 1 && plain.starts_with('0') && !plain.starts_with("0."))
}

/// The letters of a column.
fn letters(at: usize) -> String {
    let last = char::from(b'A' + (at % 26) as u8);
    if at < 26 { last.to_string() } else { format!("{}{last}", letters(at / 26 - 1)) }
}

fn plain(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
