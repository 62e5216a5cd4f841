//! How an exhibit was read: what became of each sheet, column and line of its native file.
//!
//! The mapping kept with the exhibit says which field each column held and how its values were understood; the
//! exhibit's tables say how many rows have a value, and which; the native file, read once more, says what stood there
//! and which lines became nothing. So the report says what was done when the file was taken in, whatever
//! a later program would do.
//!
//! Values are shown of rows that are among the records; excess data are counted and not shown.

mod columns;
mod furniture;
mod layout;
mod native;
mod store;
mod tables;
mod value;
mod words;

use orochi_ingest::rows::Tally;
use orochi_layout::{Reading, field::Field, field::Table, mapping::Mapping};
use orochi_model::problem::Problem;
use serde::Serialize;

use crate::{case::Case, engine::Engine, exhibit::Exhibit};
use tables::SheetRows;

pub use layout::{Layout, layout};
pub(crate) use store::{Kept, keep};

/// Rejects shown of a column.
const REJECTS: usize = 3;

/// How an exhibit was read.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// Label.
    pub exhibit: String,
    /// The file's name as received.
    pub file: String,
    /// Of the native bytes, hexadecimal.
    pub sha256: String,
    /// Size of the native file.
    pub bytes: u64,
    /// Whether the mappings are those kept when it was taken in; otherwise they are what the shipped
    /// profiles of this program give.
    pub kept: bool,
    /// Rows of all sheets, by what became of them.
    #[serde(flatten)]
    pub tally: Tally,
    /// Records whose content stands elsewhere as well.
    pub duplicates: u64,
    /// Each sheet or member, in the file's order.
    pub sheets: Vec<Sheet>,
    /// What was mended, assumed, doubted or left out, in words, as it was said when the file was taken in.
    pub remarks: Vec<String>,
}

/// How a sheet was read.
#[derive(Clone, Debug, Serialize)]
pub struct Sheet {
    /// Its name; none for a file that is one sheet.
    pub sheet: Option<String>,
    /// Why it was left out; none when it was read.
    pub left_out: Option<String>,
    /// What was made of it; none when it was left out.
    pub read: Option<Content>,
}

/// What was made of a sheet.
#[derive(Clone, Debug, Serialize)]
pub struct Content {
    /// What its rows became.
    pub table: Table,
    /// Profile name and version, or `proposed`.
    pub profile: String,
    /// Row of the headings.
    pub header_row: Option<u64>,
    /// First row of data.
    pub first_data_row: u64,
    /// How it was understood as a whole, in sentences.
    pub understood: Vec<String>,
    /// Lines above the headings that were understood: key and value.
    pub above: Vec<Stated>,
    /// Rows in the table, excess data among them.
    pub taken: u64,
    /// Rows that could not be read.
    pub rejected: u64,
    /// Each column, in order.
    pub columns: Vec<Column>,
    /// Rejected rows of which no column is at fault: reason, and how many.
    pub rejections: Vec<Rejection>,
    /// Columns that no field took, as headed.
    pub unmapped: Vec<String>,
    /// Rows with text beyond the last heading, which no field took either.
    pub beyond: u64,
    /// Lines that are no rows of data, by kind.
    pub passed_over: Vec<PassedOver>,
}

/// A line above the headings.
#[derive(Clone, Debug, Serialize)]
pub struct Stated {
    /// What it names.
    pub key: String,
    /// What it says.
    pub value: String,
}

/// How a column was read.
#[derive(Clone, Debug, Serialize)]
pub struct Column {
    /// Its place, from 1.
    pub column: usize,
    /// Its heading as disclosed.
    pub heading: String,
    /// The field it holds; none when no field took it.
    pub field: Option<Field>,
    /// How sure that was, 0 to 1, in hundredths.
    pub sure: Option<f64>,
    /// How its values were understood, in sentences.
    pub understood: Vec<String>,
    /// Rows of the table in which its cell is not empty.
    pub filled: u64,
    /// Rows of the table without a value: the cell is empty, or what stands there says nothing; none for a
    /// column that no field took.
    pub absent: Option<u64>,
    /// Rows (of cells met in communications: cells) whose value is kept and doubted.
    pub doubted: u64,
    /// Rows rejected because of it.
    pub rejected: u64,
    /// Values as received and as read, one for each way they are written.
    pub examples: Vec<Example>,
    /// The first rejected values.
    pub rejections: Vec<Rejection>,
}

/// A value before and after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Example {
    /// Row of the native file.
    pub row: u64,
    /// As it stands there.
    pub received: String,
    /// As it was read; none when nothing was made of it.
    pub read: Option<String>,
}

/// Why a row was rejected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Rejection {
    /// Its row, or the first of several.
    pub row: u64,
    /// How many rows.
    pub rows: u64,
    /// What stood there.
    pub received: Option<String>,
    /// Why, in words.
    pub reason: String,
}

/// Lines of one kind.
#[derive(Clone, Debug, Serialize)]
pub struct PassedOver {
    /// What they are.
    pub kind: &'static str,
    /// How many.
    pub lines: u64,
    /// The first of them.
    pub first: Vec<Line>,
}

/// A line that is no row of data.
#[derive(Clone, Debug, Serialize)]
pub struct Line {
    /// Its row.
    pub row: u64,
    /// Its cells that are not empty.
    pub text: String,
}

/// How an exhibit was read. The native file is read once more, from one end to the other.
///
/// # Errors
/// When the catalogue, the tables or the native file cannot be read.
pub fn report(case: &Case, engine: &Engine, exhibit: &Exhibit) -> Result<Report, Problem> {
    let Layout { reading, kept } = layout(case, exhibit)?;
    let mut sheets = Vec::new();
    for one in reading.sheets {
        sheets.push(match one.reading {
            Reading::Left(why) => Sheet { sheet: one.sheet, left_out: Some(why), read: None },
            Reading::Mapped(mapping) => {
                let read = content(case, engine, exhibit, &mapping)?;
                Sheet { sheet: one.sheet, left_out: None, read: Some(read) }
            }
        });
    }
    Ok(Report {
        exhibit: exhibit.label.clone(),
        file: exhibit.file.clone(),
        sha256: exhibit.sha256.clone(),
        bytes: exhibit.bytes,
        kept,
        tally: exhibit.tally,
        duplicates: exhibit.duplicates,
        sheets,
        remarks: exhibit.remarks.clone(),
    })
}

fn content(case: &Case, engine: &Engine, exhibit: &Exhibit, mapping: &Mapping) -> Result<Content, Problem> {
    let part = SheetRows::new(engine, &exhibit.label, mapping.sheet.as_deref(), mapping.table)?;
    let (taken, shown) = (part.taken()?, part.shown()?);
    let (rejected, rejects) = part.rejects()?;
    let fate = native::Fate { taken: &taken, shown: &shown, rejected: &rejected };
    let sheet = native::read(case, exhibit, mapping, &fate)?;
    let (columns, without_column) = columns::report_columns(mapping, &part, sheet.columns, rejects, taken.count)?;
    let passed_over = sheet.passed_over.into_iter().map(|(kind, lines)| PassedOver {
        kind,
        lines: lines.count,
        first: lines.first.into_iter().map(|(row, text)| Line { row, text: cut(&text) }).collect(),
    });
    Ok(Content {
        table: mapping.table,
        profile: mapping.profile.clone(),
        header_row: mapping.header_row,
        first_data_row: mapping.first_data_row,
        understood: words::of_sheet(mapping),
        above: mapping.preamble.iter().map(|(key, value)| Stated { key: key.clone(), value: value.clone() }).collect(),
        taken: taken.count,
        rejected: rejected.count,
        columns,
        rejections: without_column,
        unmapped: mapping.unmapped.clone(),
        beyond: sheet.beyond,
        passed_over: passed_over.collect(),
    })
}

/// Characters of a text from the file that are shown.
const SHOWN: usize = 160;

fn cut(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

impl Report {
    /// The same without texts of the native file but headings and remarks, for those who may not see its values.
    #[must_use]
    pub fn without_values(mut self) -> Self {
        for content in self.sheets.iter_mut().filter_map(|sheet| sheet.read.as_mut()) {
            content.above.clear();
            for column in &mut content.columns {
                column.examples.clear();
                column.rejections.clear();
            }
            content.passed_over.iter_mut().for_each(|lines| lines.first.clear());
        }
        self
    }
}
