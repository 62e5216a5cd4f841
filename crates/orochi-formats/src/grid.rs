//! Rows of cells in one piece of memory, for files that are not read as text: workbooks, pages.

use crate::rows::Row;

/// Some rows of a sheet. Rows that the file does not hold are not in it, but leave a gap in the numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grid {
    text: String,
    ends: Vec<u32>,
    /// Number of each row, and how many cells there are up to its end.
    rows: Vec<(u64, u32)>,
}

impl Grid {
    /// Hands each row to `each`.
    pub fn each_row(&self, mut each: impl FnMut(Row<'_>)) {
        let mut cells: Vec<&str> = Vec::new();
        let (mut from, mut done) = (0, 0);
        for (number, until) in &self.rows {
            cells.clear();
            for end in &self.ends[done..*until as usize] {
                cells.push(&self.text[from..*end as usize]);
                from = *end as usize;
            }
            done = *until as usize;
            each(Row { number: *number, cells: &cells });
        }
    }

    /// Numbers of the first and last row.
    pub fn span(&self) -> Option<(u64, u64)> {
        Some((self.rows.first()?.0, self.rows.last()?.0))
    }

    /// Adds text to the cell that is being written.
    pub(crate) fn text(&mut self) -> &mut String {
        &mut self.text
    }

    /// Ends a cell.
    pub(crate) fn end_cell(&mut self) {
        self.ends.push(self.text.len() as u32);
    }

    /// Ends a row.
    pub(crate) fn end_row(&mut self, number: u64) {
        self.rows.push((number, self.ends.len() as u32));
    }

    /// Adds a row.
    pub(crate) fn push<'c>(&mut self, number: u64, cells: impl Iterator<Item = &'c str>) {
        for cell in cells {
            self.text.push_str(cell);
            self.end_cell();
        }
        self.end_row(number);
    }

    /// Whether it holds no row.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// How many rows it holds.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Bytes it takes, about.
    pub(crate) fn weight(&self) -> usize {
        self.text.len() + 4 * self.ends.len() + 16 * self.rows.len()
    }
}
