//! Workbooks into numbered rows of text.
//!
//! A workbook stores numbers, and shows them by format; what is shown (`4.47731E+11`) is often less than what is
//! stored. Numbers are therefore written out in full as long as the workbook can hold them exactly. From 16 digits on
//! it cannot (an IMEISV or a card number typed as a number has lost its last digits), and such numbers are written as
//! spreadsheets show them, `3.50000000000006E+15`, so that no reader takes the rounded digits for an identifier.
//!
//! A cell that is merged over several rows counts in each, as a reader sees it. Hidden worksheets are told from those
//! that are shown; rows and columns that are hidden are read like the others. XLSX and XLSB are read cell by cell; XLS
//! and ODS are loaded whole by the library that reads them, once [`bounds`] has looked through them.

mod bounds;
mod cells;

use std::{
    fs::File,
    io::{self, BufReader, Cursor, Read, Seek, SeekFrom},
    ops::ControlFlow,
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
};

use calamine::{Reader, SheetType, SheetVisible, Sheets, open_workbook_from_rs};
use orochi_model::{problem::Problem, time::DayCount};

use self::cells::Filler;
pub(crate) use self::cells::write_number;
use crate::{container::Format, grid::Grid};

/// Where a workbook lies: in a file, or in memory where an archive holds it.
pub enum WorkbookSource {
    /// In a file.
    File(BufReader<File>),
    /// In memory.
    Memory(Cursor<Vec<u8>>),
}

impl WorkbookSource {
    /// A workbook in a file.
    ///
    /// # Errors
    /// When the file cannot be opened.
    pub fn file(path: &Path) -> Result<Self, Problem> {
        File::open(path).map(|file| Self::File(BufReader::new(file))).map_err(|error| Problem::io("open", path, &error))
    }
}

impl Read for WorkbookSource {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::File(file) => file.read(into),
            Self::Memory(bytes) => bytes.read(into),
        }
    }
}

impl Seek for WorkbookSource {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        match self {
            Self::File(file) => file.seek(to),
            Self::Memory(bytes) => bytes.seek(to),
        }
    }
}

/// An open workbook.
pub struct Workbook {
    sheets: Sheets<BufReader<WorkbookSource>>,
    traits: Traits,
}

/// What a look through a workbook shows besides its cells.
#[derive(Clone, Copy, Debug, Default)]
pub struct Traits {
    /// Rows that are hidden, by a filter or by hand.
    pub hidden_rows: u64,
    /// Whether cells are merged over several rows.
    pub merged: bool,
    /// An OpenDocument workbook counts its days from 1904.
    from_1904: bool,
}

impl Workbook {
    /// Opens a workbook.
    ///
    /// # Errors
    /// Data kind when it is broken, user kind when it is locked with a password.
    pub fn open(mut place: WorkbookSource, format: Format) -> Result<Self, Problem> {
        let traits = bounds::check(&mut place, format)?;
        place.rewind().map_err(|error| Problem::data("the workbook cannot be read").because(error))?;
        let place = BufReader::new(place);
        let sheets = guarded(|| {
            Ok(match format {
                Format::Xlsx => Sheets::Xlsx(open_workbook_from_rs(place).map_err(calamine::Error::Xlsx)?),
                Format::Xlsb => Sheets::Xlsb(open_workbook_from_rs(place).map_err(calamine::Error::Xlsb)?),
                Format::Xls => Sheets::Xls(open_workbook_from_rs(place).map_err(calamine::Error::Xls)?),
                Format::Ods => Sheets::Ods(open_workbook_from_rs(place).map_err(calamine::Error::Ods)?),
            })
        })?;
        let mut traits = traits;
        if let Sheets::Xls(xls) = &sheets {
            let mut ranges =
                xls.sheet_names().into_iter().flat_map(|name| xls.merge_cells_by_sheet_name(&name).unwrap_or_default());
            traits.merged = ranges.any(|range| range.end.0 > range.start.0);
        }
        Ok(Self { sheets, traits })
    }

    /// What a look through it showed.
    pub fn traits(&self) -> Traits {
        self.traits
    }

    /// From which day it counts its days.
    pub fn days(&self) -> DayCount {
        let from_1904 = match &self.sheets {
            Sheets::Xlsx(xlsx) => xlsx.has_1904_epoch(),
            Sheets::Xlsb(xlsb) => xlsb.has_1904_epoch(),
            Sheets::Xls(xls) => xls.has_1904_epoch(),
            Sheets::Ods(_) => self.traits.from_1904,
        };
        if from_1904 { DayCount::From1904 } else { DayCount::From1900 }
    }

    /// Names of the worksheets, in order, and whether each is shown.
    pub fn names(&self) -> Vec<(String, bool)> {
        let all = self.sheets.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
        all.map(|sheet| (sheet.name.clone(), sheet.visible == SheetVisible::Visible)).collect()
    }

    /// Ranges of a sheet that are one cell over several rows.
    fn merged(&mut self, sheet: &str) -> Result<Vec<calamine::Dimensions>, Problem> {
        if !self.traits.merged {
            return Ok(Vec::new());
        }
        let mut ranges = guarded(|| match &mut self.sheets {
            Sheets::Xlsx(xlsx) => xlsx.merge_cells_by_sheet_name(sheet).map_err(calamine::Error::Xlsx),
            Sheets::Xls(xls) => xls.merge_cells_by_sheet_name(sheet).map_err(calamine::Error::Xls),
            _ => Ok(Vec::new()),
        })?;
        ranges.retain(|range| range.end.0 > range.start.0);
        Ok(ranges)
    }

    /// Reads a sheet and hands its rows to `each` in grids of about `size` bytes until it breaks off.
    ///
    /// # Errors
    /// Data kind when the sheet is broken.
    pub fn read(
        &mut self,
        sheet: &str,
        size: usize,
        each: &mut dyn FnMut(Grid) -> ControlFlow<()>,
    ) -> Result<(), Problem> {
        let merged = self.merged(sheet).map_err(|problem| problem.at(format!("sheet {sheet}")))?;
        let mut filler = Filler::new(size, &merged, each);
        let result = guarded(|| {
            match &mut self.sheets {
                Sheets::Xlsx(xlsx) => {
                    let mut cells = xlsx.worksheet_cells_reader(sheet).map_err(calamine::Error::Xlsx)?;
                    while let Some(cell) = cells.next_cell().map_err(calamine::Error::Xlsx)? {
                        let (row, column) = cell.get_position();
                        if filler.add(row, column, cell.get_value())?.is_break() {
                            return Ok(());
                        }
                    }
                }
                Sheets::Xlsb(xlsb) => {
                    let mut cells = xlsb.worksheet_cells_reader(sheet).map_err(calamine::Error::Xlsb)?;
                    while let Some(cell) = cells.next_cell().map_err(calamine::Error::Xlsb)? {
                        let (row, column) = cell.get_position();
                        if filler.add(row, column, cell.get_value())?.is_break() {
                            return Ok(());
                        }
                    }
                }
                loaded => {
                    let range = loaded.worksheet_range(sheet)?;
                    let (top, left) = range.start().unwrap_or_default();
                    for (row, column, value) in range.used_cells() {
                        if filler.add(top + row as u32, left + column as u32, value)?.is_break() {
                            return Ok(());
                        }
                    }
                }
            }
            filler.end();
            Ok(())
        });
        result.map_err(|problem| problem.at(format!("sheet {sheet}")))
    }
}

/// Runs the workbook library. It is known to panic on some broken files; that is damaged data, not a bug of ours.
fn guarded<T>(run: impl FnOnce() -> Result<T, calamine::Error>) -> Result<T, Problem> {
    let broken = || {
        Problem::data("the workbook is broken")
            .hint("open it in a spreadsheet program and save it again, and keep the file as received beside it")
    };
    match catch_unwind(AssertUnwindSafe(run)) {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(error)) if error.to_string().to_lowercase().contains("password") => {
            Err(Problem::user("the workbook is locked with a password")
                .hint("remove the password in a spreadsheet program"))
        }
        Ok(Err(error)) => Err(broken().because(error)),
        Err(_) => Err(broken()),
    }
}
