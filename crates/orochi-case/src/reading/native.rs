//! The native file read once more: what stands in each column, rows to show as examples, and the
//! lines that became nothing.

use std::{collections::BTreeMap, ops::ControlFlow};

use orochi_formats::{
    delimited::blocks::BLOCK,
    native::{Native, named},
    rows::Row,
};
use orochi_layout::{field::Field, mapping::Mapping};
use orochi_model::problem::Problem;

use super::{furniture, tables::Rows};
use crate::{case::Case, exhibit::Exhibit};

/// Examples of a column.
const EXAMPLES: usize = 3;
/// Words shown of a column of words.
const WORDS: usize = 12;
/// Lines shown of each kind that was passed over.
const LINES: usize = 3;

/// Which rows of a sheet became what.
pub(super) struct Fate<'a> {
    /// Rows in the sheet's table.
    pub taken: &'a Rows,
    /// Those of them that the views show.
    pub shown: &'a Rows,
    /// Rows that could not be read.
    pub rejected: &'a Rows,
}

/// What stands in a column.
#[derive(Debug, Default)]
pub(super) struct Column {
    /// Rows of the table in which the cell is not empty.
    pub filled: u64,
    /// Row and text of examples, in the order of rows.
    pub examples: Vec<(u64, String)>,
}

/// Lines of one kind that are no rows of data.
#[derive(Debug, Default)]
pub(super) struct Lines {
    pub count: u64,
    /// The first of them.
    pub first: Vec<(u64, String)>,
}

/// A sheet as it stands in the file.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    /// One for each heading.
    pub columns: Vec<Column>,
    /// By kind.
    pub passed_over: BTreeMap<&'static str, Lines>,
    /// Rows with text beyond the last heading.
    pub beyond: u64,
}

/// Reads it.
pub(super) fn read(case: &Case, exhibit: &Exhibit, mapping: &Mapping, fate: &Fate<'_>) -> Result<Sheet, Problem> {
    let mut chooser = Chooser::new(mapping);
    let in_file = |problem| named(problem, &exhibit.file);
    let mut native = Native::open(&case.sound_native(exhibit)?).map_err(in_file)?;
    let sheet = native.sheet(mapping.sheet.as_deref()).map_err(in_file)?;
    let each = |block: orochi_formats::native::Block| {
        let _ = block.each_row(|row| chooser.see(row, fate));
        ControlFlow::Continue(())
    };
    native.read(sheet, BLOCK, || Some(Vec::new()), each).map_err(in_file)?;
    Ok(chooser.finish())
}

struct Chooser<'m> {
    mapping: &'m Mapping,
    sheet: Sheet,
    kinds: Vec<Kind>,
    /// The row that is to come.
    next: u64,
}

/// How a column's examples are told apart, and those found so far.
struct Kind {
    words: bool,
    most: usize,
    /// Forms, or words, met.
    forms: Vec<u64>,
    /// Different values whose form was met before.
    spare: Vec<(u64, String)>,
}

impl<'m> Chooser<'m> {
    fn new(mapping: &'m Mapping) -> Self {
        let kind = |column| {
            let field = mapping.field_of(column);
            let words = matches!(
                field,
                Some(
                    Field::Type
                        | Field::Direction
                        | Field::Outcome
                        | Field::StartRadio
                        | Field::AccountType
                        | Field::Method
                )
            );
            let most = if words { WORDS } else { EXAMPLES };
            Kind { words, most, forms: Vec::new(), spare: Vec::new() }
        };
        let width = mapping.headings.len();
        let sheet = Sheet { columns: (0..width).map(|_| Column::default()).collect(), ..Sheet::default() };
        Self { mapping, sheet, kinds: (0..width).map(kind).collect(), next: mapping.first_data_row }
    }

    fn see(&mut self, row: Row<'_>, fate: &Fate<'_>) {
        if row.number < self.mapping.first_data_row {
            return;
        }
        // Rows that a workbook leaves out.
        if row.number > self.next {
            self.pass("blank line", self.next, row.number - self.next, String::new());
        }
        self.next = row.number + 1;
        if fate.taken.holds(row.number) {
            let shown = fate.shown.holds(row.number);
            self.count(row, shown);
        } else if !fate.rejected.holds(row.number) {
            let filled: Vec<&str> = row.cells.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).collect();
            self.pass(furniture::kind(row.cells, self.mapping), row.number, 1, filled.join(" | "));
        }
    }

    fn pass(&mut self, kind: &'static str, row: u64, count: u64, text: String) {
        let lines = self.sheet.passed_over.entry(kind).or_default();
        lines.count += count;
        if lines.first.len() < LINES {
            lines.first.push((row, text));
        }
    }

    fn count(&mut self, row: Row<'_>, shown: bool) {
        for ((cell, column), kind) in row.cells.iter().zip(&mut self.sheet.columns).zip(&mut self.kinds) {
            let text = cell.trim();
            if text.is_empty() {
                continue;
            }
            column.filled += 1;
            if shown && kind.forms.len() < kind.most {
                kind.offer(row.number, text, column);
            }
        }
        let beyond = row.cells.iter().skip(self.kinds.len()).any(|cell| !cell.trim().is_empty());
        self.sheet.beyond += u64::from(beyond);
    }

    fn finish(mut self) -> Sheet {
        for (column, kind) in self.sheet.columns.iter_mut().zip(self.kinds) {
            let more = EXAMPLES.saturating_sub(column.examples.len());
            column.examples.extend(kind.spare.into_iter().take(more));
            column.examples.sort();
        }
        self.sheet
    }
}

impl Kind {
    /// Takes a value whose form was not met; keeps others by the way.
    fn offer(&mut self, row: u64, text: &str, column: &mut Column) {
        let form = if self.words { hash_of(text.bytes()) } else { form_of(text) };
        if !self.forms.contains(&form) {
            self.forms.push(form);
            column.examples.push((row, text.to_owned()));
            return;
        }
        let known = |other: &(u64, String)| other.1 == text;
        if self.spare.len() < EXAMPLES && !self.spare.iter().any(known) && !column.examples.iter().any(known) {
            self.spare.push((row, text.to_owned()));
        }
    }
}

/// The form of a value: letters run together are one, and so are digits unless there are eight or more; every other
/// sign stands for itself. Two numbers of a telephone in one spelling have one form, in two spellings two.
fn form_of(text: &str) -> u64 {
    let mut bytes = text.bytes().peekable();
    let form = std::iter::from_fn(|| {
        let byte = bytes.next()?;
        let class = class_of(byte);
        if class != b'a' && class != b'0' {
            return Some(class);
        }
        let mut run = 1_u8;
        while bytes.next_if(|next| class_of(*next) == class).is_some() {
            run = run.saturating_add(1);
        }
        Some(if class == b'0' && run >= 8 { 128_u8.saturating_add(run) } else { class })
    });
    hash_of(form)
}

fn class_of(byte: u8) -> u8 {
    match byte {
        b'0'..=b'9' => b'0',
        b'a'..=b'z' | b'A'..=b'Z' | 0x80.. => b'a',
        other => other,
    }
}

/// A hash of bytes (FNV-1a); a collision costs an example.
fn hash_of(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_are_told_apart_and_values_are_not() {
        for (one, two) in [("447700900111", "447700900222"), ("12", "7"), ("Thetford", "Ely"), ("00:00:35", "00:01:05")]
        {
            assert_eq!(form_of(one), form_of(two), "{one} {two}");
        }
        for (one, two) in
            [("447700900111", "07700900111"), ("447700900111", "447700900111.0"), ("35", "-1"), ("35", "N/A")]
        {
            assert_ne!(form_of(one), form_of(two), "{one} {two}");
        }
    }
}
