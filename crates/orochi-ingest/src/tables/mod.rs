//! Rows of text into columns, one file a table.
//!
//! Common to all: a row that cannot be read becomes a reject that says column, text and reason; a line that is no row
//! of data (empty, a repeated header, a total at the foot) is a note. A line is a note only when nothing
//! in it could be evidence.

mod cell_rows;
pub mod cells;
mod cells_met;
pub mod communications;
mod doubts;
mod extra_columns;
pub mod handsets;
mod ids;
mod memo;
mod place;
pub mod postcodes;
mod quantities;
mod quarantine;
mod records;
mod rejects;
mod site;
pub mod subscribers;
pub mod topups;

use orochi_model::{
    absence::is_absent,
    party::{PartyKind, Unreadable, read_party},
    text::{plain, unguarded},
    time::{Clock, ColumnDates, Instant},
};

use crate::survey::Survey;
use orochi_formats::rows::Row;
use orochi_layout::{
    cell::{is_blank, read_target},
    field::Field,
    furniture::{Furniture, furniture},
    mapping::Mapping,
};

/// The columns of each field as a flat table: the hot path looks fields up by index.
pub(crate) struct Columns {
    first: Vec<u16>,
    more: Vec<Vec<u16>>,
}

const NONE: u16 = u16::MAX;

impl Columns {
    pub(crate) fn new(mapping: &Mapping) -> Self {
        let mut first = vec![NONE; Field::ALL.len()];
        let mut more = vec![Vec::new(); Field::ALL.len()];
        for (field, columns) in &mapping.columns {
            let mut columns = columns.iter().filter_map(|column| u16::try_from(*column).ok());
            first[*field as usize] = columns.next().unwrap_or(NONE);
            more[*field as usize] = columns.collect();
        }
        Self { first, more }
    }

    pub(crate) fn has(&self, field: Field) -> bool {
        self.first[field as usize] != NONE
    }

    /// Whether a row ends before the column of a field.
    pub(crate) fn is_beyond(&self, field: Field, cells: &[&str]) -> bool {
        self.has(field) && usize::from(self.first[field as usize]) >= cells.len()
    }

    /// The cell of a field without guards and without empty decimals; empty when there is none. Where a field has
    /// several columns, the first that says something counts.
    pub(crate) fn get<'r>(&self, field: Field, cells: &[&'r str]) -> &'r str {
        self.find(field, cells, plain)
    }

    /// As [`Columns::get`], with empty decimals: `09.00` is a time of day.
    pub(crate) fn clock<'r>(&self, field: Field, cells: &[&'r str]) -> &'r str {
        self.find(field, cells, unguarded)
    }

    #[inline]
    fn find<'r>(&self, field: Field, cells: &[&'r str], take: impl Fn(&'r str) -> &'r str) -> &'r str {
        let first = self.first[field as usize];
        if first == NONE {
            return "";
        }
        let text = cells.get(usize::from(first)).map_or("", |cell| take(cell));
        let more = &self.more[field as usize];
        if more.is_empty() {
            return text;
        }
        let silent = |text: &str| if is_identity(field) { is_absent(text) } else { is_blank(text) };
        if !silent(text) {
            return text;
        }
        let others = more.iter().map(|column| cells.get(usize::from(*column)).map_or("", |cell| take(cell)));
        others.into_iter().find(|text| !silent(text)).unwrap_or(text)
    }

    /// The cell of a field as disclosed, for a text that [`Columns::get`] took from it: with its guards, trimmed.
    pub(crate) fn shown<'r>(&self, field: Field, cells: &[&'r str], text: &'r str) -> &'r str {
        let first = self.first[field as usize];
        let columns = std::iter::once(first).chain(self.more[field as usize].iter().copied());
        let begins = |cell: &str| {
            let from = (text.as_ptr() as usize).wrapping_sub(cell.as_ptr() as usize);
            from <= cell.len()
        };
        match cells.get(usize::from(first)) {
            // Nothing was taken off.
            Some(cell) if first != NONE && cell.len() == text.len() => text,
            _ if text.is_empty() => text,
            _ => columns
                .filter_map(|column| cells.get(usize::from(column)))
                .find(|cell| begins(cell))
                .map_or(text, |cell| cell.trim()),
        }
    }
}

/// Whether a field names something, so that zeros and negative numbers say nothing in it.
fn is_identity(field: Field) -> bool {
    use Field as F;
    matches!(
        field,
        F::StartCell
            | F::EndCell
            | F::ACell
            | F::BCell
            | F::StartArea
            | F::EndArea
            | F::StartNode
            | F::EndNode
            | F::Imsi
            | F::Imei
    ) || matches!(
        field,
        F::AImei | F::BImei | F::AImsi | F::BImsi | F::Iccid | F::A | F::B | F::C | F::Own | F::Other | F::Number
    )
}

impl Columns {
    /// A call's length from its two ends, in a file that gives both and no duration. The ring time is in it where the
    /// start is that of the ringing.
    pub(crate) fn length_of(&self, kind: &str, start_us: i64, end_us: Option<i64>) -> Option<i32> {
        let ends = [Field::End, Field::EndTime].iter().any(|field| self.has(*field));
        if kind != "call" || !ends || self.has(Field::Duration) {
            return None;
        }
        let seconds = (end_us? - start_us) / 1_000_000;
        // A day is longer than any call that an operator does not cut off.
        i32::try_from(seconds).ok().filter(|seconds| (0..=86_400).contains(seconds))
    }
}

/// Why a row was rejected: which field, what stood there, why.
pub(crate) struct Fault {
    pub(crate) field: Option<Field>,
    pub(crate) text: String,
    pub(crate) reason: String,
}

impl Fault {
    pub(crate) fn new(field: Field, text: &str, reason: impl Into<String>) -> Self {
        Self { field: Some(field), text: text.to_owned(), reason: reason.into() }
    }

    pub(crate) fn row(reason: impl Into<String>) -> Self {
        Self { field: None, text: String::new(), reason: reason.into() }
    }
}

/// Refuses a row with a filled cell beyond the table's columns: a cell was pushed in or a value was cut in two, and
/// what stands right of it is under the wrong heading.
pub(crate) fn surplus(row: Row<'_>, mapping: &Mapping) -> Result<(), Fault> {
    let Some(width) = mapping.width.filter(|width| row.cells.len() > *width) else { return Ok(()) };
    match row.cells[width..].iter().position(|cell| !cell.trim().is_empty()) {
        None => Ok(()),
        Some(at) => Err(Fault::row(format!(
            "the row has more cells than the table has columns: \u{201c}{}\u{201d} is in column {}, under no heading",
            row.cells[width + at].trim(),
            width + at + 1
        ))),
    }
}

/// Whether a line is no row of data.
pub(crate) fn is_note(row: Row<'_>, mapping: &Mapping) -> bool {
    match furniture(row.cells, &mapping.headings, mapping.header_row.is_some()) {
        None => false,
        Some(Furniture::Words) => !row.cells.first().is_some_and(|first| mapping.openings.contains(first.trim())),
        Some(_) => true,
    }
}

/// Reads a moment from a joined column or a date and a time column.
pub(crate) struct Moments {
    clock: Clock,
    column: Field,
    joined: Field,
    date: Field,
    time: Field,
}

impl Moments {
    pub(crate) fn new(mapping: &Mapping, joined: Field, date: Field, time: Field) -> Self {
        let column = if mapping.has(joined) { joined } else { date };
        Self { clock: mapping.clock(column), column, joined, date, time }
    }

    /// Hands over what the block's dates showed.
    pub(crate) fn hand_over(&mut self, survey: &mut Survey) {
        survey.dates.entry(self.column).or_default().add(&self.clock.take_seen());
    }

    /// The moment's two texts; both empty when the row has none.
    pub(crate) fn texts<'r>(&self, columns: &Columns, cells: &[&'r str]) -> (&'r str, &'r str) {
        let joined = columns.clock(self.joined, cells);
        if joined.is_empty() {
            (columns.clock(self.date, cells), columns.clock(self.time, cells))
        } else {
            (joined, "")
        }
    }

    /// Adds what another reader of the same column saw.
    pub(crate) fn add(&self, seen: ColumnDates, survey: &mut Survey) {
        survey.dates.entry(self.column).or_default().add(&seen);
    }

    pub(crate) fn read(&mut self, row: u64, date: &str, time: &str) -> Result<Instant, Unreadable> {
        self.clock.at(row).read(date, time)
    }

    /// The field a fault in `texts` lies in.
    pub(crate) fn field(&self, columns: &Columns, cells: &[&str]) -> Field {
        if !columns.get(self.joined, cells).is_empty() || !columns.has(self.date) { self.joined } else { self.date }
    }
}

/// One column of parties; most rows repeat the value before them, which costs a comparison only.
pub(crate) struct Parties {
    text: String,
    canonical: String,
    ok: bool,
}

impl Parties {
    pub(crate) fn new() -> Self {
        Self { text: String::new(), canonical: String::new(), ok: true }
    }

    /// The canonical text, empty for withheld or absent.
    pub(crate) fn read(&mut self, text: &str, mapping: &Mapping) -> Result<&str, Unreadable> {
        if text == self.text && self.ok {
            return Ok(&self.canonical);
        }
        self.text.clear();
        self.text.push_str(text);
        self.canonical.clear();
        self.ok = true;
        if text.is_empty() {
            return Ok("");
        }
        match read_party(text, mapping.region, &mut self.canonical) {
            Ok(PartyKind::Withheld) => {
                self.canonical.clear();
                Ok("")
            }
            Ok(_) => Ok(&self.canonical),
            Err(error) => {
                self.ok = false;
                Err(error)
            }
        }
    }
}

impl Parties {
    /// The identifier a disclosure was asked for: a number, a SIM or a handset.
    pub(crate) fn read_target(&mut self, text: &str, mapping: &Mapping) -> Result<&str, Unreadable> {
        if text != self.text || !self.ok {
            self.text.clear();
            self.text.push_str(text);
            self.canonical = read_target(text, mapping.region).inspect_err(|_| self.ok = false)?;
            self.ok = true;
        }
        Ok(&self.canonical)
    }
}

/// `None` for an empty text: a null in the table.
pub(crate) fn some(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}
