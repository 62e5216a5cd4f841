//! A workbook as one XML file (SpreadsheetML 2003, [MS-OI29500] annex): programs write it by hand and call it `.xls`.

use orochi_model::{problem::Problem, time::DayCount};
use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};

use super::{COLUMNS, GridRows, Page, too_many};
use crate::workbook::write_number;

fn broken(cause: impl std::fmt::Display) -> Problem {
    Problem::data("the XML workbook is broken or cut short").because(cause).hint(
        "get the file again from the sender, and compare its hash; or open it in a spreadsheet program, save it as \
         XLSX, and keep the file as received beside it",
    )
}

/// A sheet as it goes by.
#[derive(Default)]
struct XmlSheet {
    name: String,
    rows: GridRows,
    number: u64,
    row: Vec<String>,
    /// Columns that the last cell spans beyond its own.
    across: usize,
    kind: String,
    text: String,
    hidden: bool,
}

#[derive(Default)]
struct Book {
    page: Page,
    sheet: Option<XmlSheet>,
    days: DayCount,
    left: u64,
    hidden_rows: u64,
    /// Where the text goes: data of a cell, or whether a sheet is shown.
    data: bool,
    visible: bool,
}

/// Reads the sheets.
///
/// # Errors
/// Data kind when the XML breaks off, or for more cells than tables have.
pub(super) fn read(text: &str, left: u64) -> Result<Page, Problem> {
    let mut reader = Reader::from_str(text);
    let mut book = Book { left, ..Book::default() };
    let mut depth = 0_u64;
    loop {
        match reader.read_event().map_err(broken)? {
            Event::Start(element) => {
                depth += 1;
                book.start(&element)?;
            }
            Event::Empty(element) => {
                book.start(&element)?;
                book.end(element.local_name().as_ref())?;
            }
            Event::End(element) => {
                depth = depth.saturating_sub(1);
                book.end(element.local_name().as_ref())?;
            }
            Event::Text(text) => book.text(&text),
            Event::CData(text) => book.text(&text),
            Event::GeneralRef(entity) => match entity.resolve_char_ref().map_err(broken)? {
                Some(c) => book.text(c.encode_utf8(&mut [0; 4])),
                None => book.text(quick_xml::escape::resolve_predefined_entity(&entity).unwrap_or(" ")),
            },
            Event::Eof if depth > 0 => return Err(broken("its XML breaks off")),
            Event::Eof => break,
            _ => {}
        }
    }
    for table in &mut book.page.tables {
        table.days = book.days;
    }
    if book.hidden_rows > 0 {
        book.page.remarks.push(crate::native::hidden_rows(book.hidden_rows));
    }
    Ok(book.page)
}

fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    element
        .attributes()
        .flatten()
        .find(|attribute| attribute.key.local_name().as_ref() == name)
        .and_then(|attribute| quick_xml::escape::unescape(&attribute.value).ok().map(std::borrow::Cow::into_owned))
}

fn number(element: &BytesStart<'_>, name: &str) -> Option<usize> {
    attribute(element, name).and_then(|value| value.trim().parse().ok())
}

impl Book {
    fn start(&mut self, element: &BytesStart<'_>) -> Result<(), Problem> {
        let name = element.local_name();
        let name = name.as_ref();
        if name == "Worksheet" {
            self.sheet = Some(XmlSheet { name: attribute(element, "Name").unwrap_or_default(), ..XmlSheet::default() });
        } else if name == "Date1904" {
            self.days = DayCount::From1904;
        }
        let Some(sheet) = &mut self.sheet else { return Ok(()) };
        match name {
            "Row" => {
                let at = number(element, "Index").map_or(sheet.number + 1, |index| index as u64);
                if at <= sheet.number || at > 1 << 32 {
                    return Err(broken("its rows are out of order"));
                }
                sheet.number = at;
                sheet.row.clear();
                sheet.across = 0;
                self.hidden_rows += u64::from(attribute(element, "Hidden").is_some_and(|hidden| hidden == "1"));
            }
            "Cell" => {
                let at = number(element, "Index").map_or(sheet.row.len() + sheet.across, |index| index.max(1) - 1);
                if at < sheet.row.len() {
                    return Err(broken("its cells are out of order"));
                }
                if at >= COLUMNS {
                    return Err(too_many());
                }
                sheet.row.resize(at, String::new());
                sheet.across = number(element, "MergeAcross").unwrap_or(0).min(COLUMNS);
                sheet.kind.clear();
                sheet.text.clear();
            }
            "Data" => {
                sheet.kind = attribute(element, "Type").unwrap_or_default();
                self.data = true;
            }
            "Visible" => self.visible = true,
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        let Some(sheet) = &mut self.sheet else { return };
        if self.data {
            sheet.text.push_str(text);
        } else if self.visible {
            sheet.hidden |= text.contains("Hidden");
        }
    }

    fn end(&mut self, name: &str) -> Result<(), Problem> {
        let Some(sheet) = &mut self.sheet else { return Ok(()) };
        match name {
            "Data" => self.data = false,
            "Visible" => self.visible = false,
            "Cell" => sheet.row.push(cell_text(&sheet.kind, &sheet.text)),
            "Row" if sheet.row.iter().any(|cell| !cell.is_empty()) => {
                sheet.rows.push(sheet.number, &sheet.row, &mut self.left)?;
            }
            "Row" if sheet.number % 1024 == 0 => self.left = self.left.checked_sub(1).ok_or_else(too_many)?,
            "Worksheet" => {
                let sheet = self.sheet.take().unwrap_or_default();
                let (hidden, count) = (sheet.hidden, sheet.rows.count);
                self.page.tables.extend(sheet.rows.table(Some(sheet.name)).map(|mut table| {
                    table.hidden = hidden.then_some(count);
                    table
                }));
            }
            _ => {}
        }
        Ok(())
    }
}

/// A cell's data as a spreadsheet of another kind would give it.
fn cell_text(kind: &str, text: &str) -> String {
    match kind {
        "Number" if !text.bytes().all(|byte| byte.is_ascii_digit()) => text.trim().parse().map_or_else(
            |_| text.to_owned(),
            |number| {
                let mut whole = String::new();
                write_number(number, &mut whole);
                whole
            },
        ),
        "DateTime" => {
            let text = text.trim().trim_end_matches('Z');
            let text = text.strip_suffix(".000").unwrap_or(text);
            match text.split_once('T') {
                // A time of day stands on the day before a spreadsheet's first.
                Some(("1899-12-31" | "1899-12-30" | "1904-01-01", time)) => time.to_owned(),
                Some((date, time)) => format!("{date} {time}"),
                None => text.to_owned(),
            }
        }
        "Boolean" if text == "1" => "TRUE".to_owned(),
        "Boolean" => "FALSE".to_owned(),
        _ => text.to_owned(),
    }
}
