//! Files that are read whole because their rows are no lines: web pages and mail archives that programs call workbooks,
//! XML workbooks of 2003, and returns typed as a page.
//!
//! They are small beside tables of text. What they may hold is bounded, in bytes and in cells, and
//! they are refused beyond.

mod html;
mod mime;
mod spreadsheet;
mod typed_return;

use std::panic::{AssertUnwindSafe, catch_unwind};

use orochi_model::{problem::Problem, time::DayCount};

use crate::{
    delimited::{Dialect, blocks::BLOCK},
    encoding::{self, Encoding},
    grid::Grid,
};

/// Largest page.
pub(crate) const MOST: u64 = 256 << 20;

/// Most cells of a page, empty ones counted.
const CELLS: u64 = 1 << 24;

/// Most columns, as in a spreadsheet.
const COLUMNS: usize = 16_384;

/// Kinds of page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PageKind {
    /// HTML.
    Html,
    /// A mail or a web archive (MHTML).
    Mime,
    /// A workbook as one XML file (SpreadsheetML 2003).
    Spreadsheet,
    /// Lines of `LABEL .....: value`.
    Typed,
}

impl PageKind {
    /// Its name, with an article.
    pub fn name(self) -> &'static str {
        match self {
            Self::Html => "a web page (HTML)",
            Self::Mime => "a mail or web archive (MIME)",
            Self::Spreadsheet => "an XML workbook of 2003",
            Self::Typed => "a typed page",
        }
    }
}

/// A table of a page.
pub(crate) struct PageTable {
    /// Its name, where it has one.
    pub name: Option<String>,
    /// Its rows.
    pub grids: Vec<Grid>,
    /// From which day it counts its days.
    pub days: DayCount,
    /// How many rows it holds, where it is hidden.
    pub hidden: Option<u64>,
}

/// A page, read.
#[derive(Default)]
pub(crate) struct Page {
    /// Its tables that hold anything.
    pub tables: Vec<PageTable>,
    /// What a reader should know.
    pub remarks: Vec<String>,
}

/// What kind of page a text is, by its head; none for ordinary text.
pub(crate) fn kind(head: &str, dialect: Dialect) -> Option<PageKind> {
    let begin = head.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
    if begin.starts_with('<') {
        let mut end = begin.len().min(64 << 10);
        while !begin.is_char_boundary(end) {
            end -= 1;
        }
        let lower = begin[..end].to_ascii_lowercase();
        if lower.contains("urn:schemas-microsoft-com:office:spreadsheet") && lower.contains("<workbook") {
            return Some(PageKind::Spreadsheet);
        }
        return ["<html", "<table", "<!doctype html", "<body", "<tr"]
            .iter()
            .any(|tag| lower.contains(tag))
            .then_some(PageKind::Html);
    }
    if mime::is_mime(begin) {
        return Some(PageKind::Mime);
    }
    typed_return::is_typed(head, dialect).then_some(PageKind::Typed)
}

/// Reads a page; `bytes` stand after any byte order mark.
///
/// # Errors
/// Data kind when it is broken or spreads over more cells than a table does; user kind when it holds no table.
pub(crate) fn read(kind: PageKind, bytes: &[u8], encoding: Encoding) -> Result<Page, Problem> {
    let mut left = CELLS;
    // A library that panics on a broken file is no bug of ours; the file is damaged data.
    let read = catch_unwind(AssertUnwindSafe(|| match kind {
        PageKind::Html => html::read(&html::decode(bytes, encoding), &mut left),
        PageKind::Mime => mime::read(bytes, &mut left),
        PageKind::Spreadsheet => spreadsheet::read(&encoding::whole(bytes, encoding), left),
        PageKind::Typed => typed_return::read(&encoding::whole(bytes, encoding), left),
    }));
    read.unwrap_or_else(|_| {
        Err(Problem::data(format!("the file is {} and broken", kind.name()))
            .hint("get the file again from the sender, or ask for the data as CSV or as a workbook"))
    })
}

/// Rows on their way into grids.
#[derive(Default)]
struct GridRows {
    grids: Vec<Grid>,
    grid: Grid,
    count: u64,
    /// Whether any cell held anything.
    filled: bool,
}

impl GridRows {
    /// Adds a row and takes its cells from what may be spent.
    fn push(&mut self, number: u64, cells: &[String], left: &mut u64) -> Result<(), Problem> {
        // Text is charged too: a cell that spans rows is repeated in each.
        let bytes: usize = cells.iter().map(String::len).sum();
        *left = left.checked_sub(1 + cells.len() as u64 + bytes as u64 / 16).ok_or_else(too_many)?;
        if cells.len() > COLUMNS {
            return Err(too_many());
        }
        self.filled |= cells.iter().any(|cell| !cell.is_empty());
        self.count += 1;
        self.grid.push(number, cells.iter().map(String::as_str));
        if self.grid.weight() >= BLOCK {
            self.grids.push(std::mem::take(&mut self.grid));
        }
        Ok(())
    }

    /// The table of these rows; none when they hold nothing.
    fn table(mut self, name: Option<String>) -> Option<PageTable> {
        if !self.grid.is_empty() {
            self.grids.push(self.grid);
        }
        self.filled.then_some(PageTable { name, grids: self.grids, days: DayCount::default(), hidden: None })
    }
}

fn too_many() -> Problem {
    Problem::data(format!("the page covers more than {} million cells, far more than any table does", CELLS >> 20))
        .hint("ask for the data as CSV or as a workbook")
}

#[cfg(test)]
mod tests;
