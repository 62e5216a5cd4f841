//! The first rows of a sheet, column by column, with what their values look like.

use std::collections::HashSet;

use orochi_model::text::unguarded;

use super::field::Field;
use super::shapes::{SHAPES, Shape, shapes, split_moment};
use super::synonyms::meanings;

/// One column of the sample.
pub struct Column<'s> {
    /// Heading, empty when there is none.
    pub heading: &'s str,
    /// Values that are not empty.
    pub values: Vec<&'s str>,
    pub(super) counts: [usize; SHAPES],
}

impl Column<'_> {
    /// Share of the values that have a shape.
    pub fn share(&self, shape: Shape) -> f32 {
        if self.values.is_empty() { 0.0 } else { self.counts[shape as usize] as f32 / self.values.len() as f32 }
    }

    /// Whether most values have a shape.
    pub fn shaped(&self, shape: Shape) -> bool {
        self.share(shape) > 0.6
    }

    /// Whether nearly every row has another value, as in a column of references.
    pub fn numbers_rows(&self) -> bool {
        let different: HashSet<&str> = self.values.iter().copied().collect();
        self.values.len() >= 8 && different.len() * 4 > self.values.len() * 3
    }

    /// The only value, when all rows share one.
    pub fn constant(&self) -> Option<&str> {
        let first = self.values.first()?;
        (self.values.len() > 1 && self.values.iter().all(|value| value == first)).then_some(*first)
    }
}

/// The sample of a sheet, column by column.
pub struct Sheet<'s> {
    /// Its columns.
    pub columns: Vec<Column<'s>>,
    /// Its rows, blank ones dropped, as wide as the header.
    pub rows: Vec<Vec<&'s str>>,
    /// Their row numbers.
    pub numbers: Vec<u64>,
    pub(super) headed: bool,
}

impl<'s> Sheet<'s> {
    /// Counts the shapes of every column. Lines much shorter than the table are left out.
    pub fn from_rows(headings: &'s [String], headed: bool, body: &'s [(u64, Vec<String>)]) -> Self {
        let filled = |row: &[String]| row.iter().filter(|cell| !cell.trim().is_empty()).count();
        let usual = {
            let mut counts: Vec<usize> = body.iter().map(|(_, row)| filled(row)).filter(|count| *count > 0).collect();
            counts.sort_unstable();
            counts.get(counts.len() / 2).copied().unwrap_or(0)
        };
        let (numbers, rows): (Vec<u64>, Vec<Vec<&str>>) = body
            .iter()
            .filter(|(_, row)| filled(row) * 2 >= usual && filled(row) > 0)
            .map(|(number, row)| {
                let cells = (0..headings.len()).map(|column| row.get(column).map_or("", |cell| unguarded(cell)));
                (*number, cells.collect::<Vec<_>>())
            })
            .unzip();
        let columns = (0..headings.len())
            .map(|index| {
                let values: Vec<&str> =
                    rows.iter().map(|row| row[index]).filter(|value| !crate::cell::is_blank(value)).collect();
                let mut counts = [0; SHAPES];
                for value in &values {
                    for shape in shapes(value) {
                        counts[shape as usize] += 1;
                    }
                }
                Column { heading: if headed { headings[index].as_str() } else { "" }, values, counts }
            })
            .collect();
        let mut sheet = Self { columns, rows, numbers, headed };
        sheet.part_dates_from_times();
        sheet
    }

    /// A column by its heading, or by its place where it has none.
    pub fn name(&self, column: usize) -> String {
        match self.columns[column].heading {
            "" => format!("column {}", column + 1),
            heading => format!("\u{201c}{heading}\u{201d}"),
        }
    }

    // A workbook shows a date cell as midnight of that day. Beside a column of times of day it
    // is the date and no moment.
    fn part_dates_from_times(&mut self) {
        let clocked = self.columns.iter().any(|column| {
            column.shaped(Shape::Time)
                && (column.heading.is_empty()
                    || meanings(column.heading)
                        .iter()
                        .any(|(field, score)| matches!(field, Field::StartTime | Field::EndTime) && *score >= 0.5))
        });
        if !clocked {
            return;
        }
        for column in &mut self.columns {
            // Some of them may be text that is a date already.
            let midnights = column.values.iter().filter(|value| is_midnight(value)).count();
            let dates = column.values.iter().filter(|value| shapes(value).contains(&Shape::Date)).count();
            if midnights > 0 && midnights + dates == column.values.len() {
                column.counts[Shape::Date as usize] = column.values.len();
                column.counts[Shape::Moment as usize] = 0;
            }
        }
    }

    /// Whether a column is headed as a caller, a called party, a duration or a direction: the rows are events.
    pub fn has_traffic(&self) -> bool {
        let told = |field: Field| matches!(field, Field::A | Field::B | Field::Duration | Field::Direction);
        self.columns.iter().any(|column| {
            !column.values.is_empty()
                && meanings(column.heading).iter().any(|(field, score)| told(*field) && *score >= 0.95)
        })
    }

    /// Whether a column holds telephone numbers, SIMs or handsets: a list of places has none.
    pub fn has_people(&self) -> bool {
        self.columns.iter().any(|column| {
            !column.values.is_empty()
                && (column.shaped(Shape::Imsi)
                    || (column.shaped(Shape::Device)
                        && meanings(column.heading).iter().any(|(field, _)| *field == Field::Imei))
                    || (column.shaped(Shape::Phone)
                        && !column.shaped(Shape::Cell)
                        && meanings(column.heading)
                            .iter()
                            .all(|(field, _)| !matches!(field, Field::StartCell | Field::Ignore))))
        })
    }
}

fn is_midnight(value: &str) -> bool {
    match split_moment(value).1 {
        Some(time) => matches!(time, "00:00:00" | "00:00" | "0:00" | "00:00:00.000" | "00:00:00Z"),
        None => false,
    }
}
