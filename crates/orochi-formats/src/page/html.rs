//! Tables of a web page. Programs write them and call them workbooks, and spreadsheets open them.
//!
//! A cell that spans columns stands in the first of them; one that spans rows is repeated in each, as a reader sees it.
//! Lines above a table become rows above it, because they name the target and the zone. A table inside a
//! cell is a table of its own.

use html5gum::{DefaultEmitter, EndTag, StartTag, Token, Tokenizer};
use orochi_model::problem::Problem;

use super::{COLUMNS, GridRows, Page, too_many};
use crate::{
    encoding::{self, Encoding},
    workbook::write_number,
};

/// Tables in tables that are told apart; what lies deeper is text of the innermost.
const DEEPEST: usize = 32;

/// Lines above a table that are kept.
const ABOVE: usize = 40;

/// Stands for a line break while a cell is being put together; blanks of the source are none.
const BREAK: char = '\u{B}';

/// The text of a page in the character set that it states.
pub(super) fn decode(bytes: &[u8], encoding: Encoding) -> String {
    if encoding == Encoding::Utf8
        && let Some(stated) = charset(&bytes[..bytes.len().min(4096)])
        && let Some(known) = encoding_rs::Encoding::for_label(&stated)
        && ![encoding_rs::UTF_8, encoding_rs::WINDOWS_1252, encoding_rs::UTF_16LE, encoding_rs::UTF_16BE]
            .contains(&known)
    {
        return known.decode_without_bom_handling(bytes).0.into_owned();
    }
    encoding::whole(bytes, encoding)
}

/// The label behind `charset=`.
fn charset(head: &[u8]) -> Option<Vec<u8>> {
    let lower = head.to_ascii_lowercase();
    let at = memchr::memmem::find(&lower, b"charset=")? + 8;
    let label = lower[at..].iter().copied().skip_while(|byte| matches!(byte, b'"' | b'\'' | b' '));
    Some(label.take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':')).take(40).collect())
}

/// Reads a page; `left` are the cells that may still be spent.
///
/// # Errors
/// Data kind for more cells than tables have, user kind for a page without a table.
pub(super) fn read(text: &str, left: &mut u64) -> Result<Page, Problem> {
    let mut reader = Reader { left: *left, ..Reader::default() };
    let mut emitter = DefaultEmitter::default();
    // Scripts and styles are text up to their end.
    emitter.naively_switch_states(true);
    for Ok(token) in Tokenizer::new_with_emitter(text.trim_start_matches('\u{FEFF}'), emitter) {
        match token {
            Token::StartTag(tag) => reader.start(&tag)?,
            Token::EndTag(tag) => reader.end(&tag)?,
            Token::String(text) if !reader.unread => reader.text(&String::from_utf8_lossy(&text)),
            _ => {}
        }
    }
    while !reader.open.is_empty() {
        reader.end_table()?;
    }
    *left = reader.left;
    if reader.page.tables.is_empty() {
        return Err(Problem::user("the file is a web page (HTML) without a table")
            .hint("ask for the data as CSV or as a workbook"));
    }
    Ok(reader.page)
}

#[derive(Default)]
struct Reader {
    page: Page,
    open: Vec<Open>,
    /// Lines since the last table, and the one being put together.
    above: Vec<String>,
    line: String,
    /// Inside a script or style.
    unread: bool,
    left: u64,
}

/// A table whose end has not come.
#[derive(Default)]
struct Open {
    rows: GridRows,
    number: u64,
    row: Option<Vec<String>>,
    cell: Option<HtmlCell>,
    /// For each column, in how many more rows the cell above still stands, and its text.
    spans: Vec<(usize, String)>,
}

#[derive(Default)]
struct HtmlCell {
    text: String,
    columns: usize,
    rows: usize,
    /// The number behind a shortened one, as Excel writes it.
    number: Option<f64>,
}

impl Reader {
    fn start(&mut self, tag: &StartTag<()>) -> Result<(), Problem> {
        match tag.name.as_slice() {
            b"table" if self.open.len() < DEEPEST => self.start_table()?,
            b"tr" => {
                if let Some(open) = self.open.last_mut() {
                    open.end_row(&mut self.left)?;
                    open.row = Some(Vec::new());
                }
            }
            b"td" | b"th" => {
                if let Some(open) = self.open.last_mut() {
                    open.end_cell()?;
                    open.cell = Some(HtmlCell::from_tag(tag));
                }
            }
            b"script" | b"style" => self.unread = true,
            b"br" | b"p" | b"div" | b"li" | b"h1" | b"h2" | b"h3" | b"h4" | b"title" => self.end_line(),
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, tag: &EndTag<()>) -> Result<(), Problem> {
        match tag.name.as_slice() {
            b"table" => self.end_table()?,
            b"tr" => {
                if let Some(open) = self.open.last_mut() {
                    open.end_row(&mut self.left)?;
                }
            }
            b"td" | b"th" => {
                if let Some(open) = self.open.last_mut() {
                    open.end_cell()?;
                }
            }
            b"script" | b"style" => self.unread = false,
            b"p" | b"div" | b"li" | b"h1" | b"h2" | b"h3" | b"h4" | b"title" => self.end_line(),
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        match self.open.last_mut().and_then(|open| open.cell.as_mut()) {
            Some(cell) => cell.text.push_str(text),
            None => self.line.push_str(text),
        }
    }

    fn end_line(&mut self) {
        if let Some(cell) = self.open.last_mut().and_then(|open| open.cell.as_mut()) {
            cell.text.push(BREAK);
            return;
        }
        let line = tidy(&std::mem::take(&mut self.line));
        if !line.is_empty() {
            self.above.push(line);
            if self.above.len() > ABOVE {
                self.above.remove(0);
            }
        }
    }

    fn start_table(&mut self) -> Result<(), Problem> {
        let mut open = Open::default();
        if self.open.is_empty() {
            self.end_line();
            for line in std::mem::take(&mut self.above) {
                open.number += 1;
                open.rows.push(open.number, &[line], &mut self.left)?;
            }
            // Lines alone make no table.
            open.rows.filled = false;
        }
        self.open.push(open);
        Ok(())
    }

    fn end_table(&mut self) -> Result<(), Problem> {
        let Some(mut open) = self.open.pop() else { return Ok(()) };
        open.end_row(&mut self.left)?;
        self.page.tables.extend(open.rows.table(None));
        Ok(())
    }
}

impl HtmlCell {
    fn from_tag(tag: &StartTag<()>) -> Self {
        let attribute = |name: &[u8]| tag.attributes.get(name).map(|value| String::from_utf8_lossy(value).into_owned());
        let span = |name: &[u8], most: usize| {
            attribute(name).and_then(|value| value.trim().parse::<usize>().ok()).unwrap_or(1).min(most)
        };
        Self {
            text: String::new(),
            columns: span(b"colspan", 1000).max(1),
            // None means to the end of the table.
            rows: match span(b"rowspan", 65_534) {
                0 => 65_534,
                rows => rows,
            },
            number: attribute(b"x:num").and_then(|value| value.trim().parse().ok()),
        }
    }

    /// What it says; the number behind it where only its first digits are shown.
    fn shown_text(&self) -> String {
        let text = tidy(&self.text);
        if let Some(number) = self.number
            && (text.contains("E+") || text.starts_with("###"))
        {
            let mut whole = String::new();
            write_number(number, &mut whole);
            return whole;
        }
        text
    }
}

impl Open {
    fn end_cell(&mut self) -> Result<(), Problem> {
        let Some(cell) = self.cell.take() else { return Ok(()) };
        let text = cell.shown_text();
        self.carry(false);
        let row = self.row.get_or_insert_default();
        if row.len() + cell.columns > COLUMNS {
            return Err(too_many());
        }
        for column in 0..cell.columns {
            let text = if column == 0 { text.clone() } else { String::new() };
            if cell.rows > 1 || self.spans.len() > row.len() {
                self.spans.resize(self.spans.len().max(row.len() + 1), (0, String::new()));
                self.spans[row.len()] = (cell.rows - 1, text.clone());
            }
            row.push(text);
        }
        Ok(())
    }

    /// Cells of rows above that stand in the next columns too; in all that are left, at the end of a row.
    fn carry(&mut self, all: bool) {
        let row = self.row.get_or_insert_default();
        while let Some((rows, text)) = self.spans.get_mut(row.len()) {
            match rows {
                0 if !all => break,
                0 => row.push(String::new()),
                rows => {
                    *rows -= 1;
                    row.push(text.clone());
                }
            }
        }
    }

    fn end_row(&mut self, left: &mut u64) -> Result<(), Problem> {
        self.end_cell()?;
        if self.row.is_none() {
            return Ok(());
        }
        while self.spans.last().is_some_and(|(rows, _)| *rows == 0) {
            self.spans.pop();
        }
        self.carry(true);
        self.number += 1;
        let row = self.row.take().unwrap_or_default();
        self.rows.push(self.number, &row, left)
    }
}

/// Blanks as a browser shows them: a run of them is one, and those at the ends of a line are none.
fn tidy(text: &str) -> String {
    let lines = text.split(BREAK).map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}
