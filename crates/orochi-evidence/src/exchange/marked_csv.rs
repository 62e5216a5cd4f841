//! CSV files in which every row of a training case says so, in a first column `marking`.

use std::io::Write;

use orochi_model::problem::Problem;

use crate::atomic_output::unwritten;

/// A file in the making.
pub(crate) struct MarkedCsv<W: Write> {
    csv: csv::Writer<W>,
    training: bool,
}

impl<W: Write> MarkedCsv<W> {
    /// Begins it with the columns' names.
    pub(crate) fn begin(
        out: W,
        training: bool,
        head: impl IntoIterator<Item = impl AsRef<str>>,
    ) -> Result<Self, Problem> {
        let mut marked = Self { csv: csv::Writer::from_writer(out), training };
        marked.write_row("marking", head)?;
        Ok(marked)
    }

    /// Writes a row; what a spreadsheet would run is the caller's to make harmless ([`super::csv_escape::safe`]).
    pub(crate) fn row(&mut self, cells: impl IntoIterator<Item = impl AsRef<str>>) -> Result<(), Problem> {
        self.write_row("TRAINING", cells)
    }

    fn write_row(&mut self, marking: &str, cells: impl IntoIterator<Item = impl AsRef<str>>) -> Result<(), Problem> {
        if self.training {
            self.csv.write_field(marking).map_err(unwritten)?;
        }
        for cell in cells {
            self.csv.write_field(cell.as_ref()).map_err(unwritten)?;
        }
        self.csv.write_record(None::<&[u8]>).map_err(unwritten)
    }

    /// Writes out what is left.
    pub(crate) fn finish(mut self) -> Result<(), Problem> {
        self.csv.flush().map_err(unwritten)
    }
}
