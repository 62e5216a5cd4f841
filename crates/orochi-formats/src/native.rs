//! A native file as sheets of numbered rows, whatever it came in: one sheet for a text, several for
//! a workbook or an archive.

mod heads;

use std::{
    io::{Cursor, Read},
    ops::ControlFlow,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use orochi_model::problem::Problem;

use crate::{
    container::{self, Container},
    delimited::{
        Dialect,
        blocks::{Blocks, WholeRows},
        fields::{Split, each_row},
    },
    encoding::{self, Encoding, FromUtf16},
    grid::Grid,
    rows::{Glimpse, Row},
    workbook::{Workbook, WorkbookSource},
};

/// An opened native file.
pub struct Native {
    path: PathBuf,
    container: Container,
    /// The workbook that was read last, and the archive's member it is.
    workbook: Option<(Option<usize>, Workbook)>,
    sheets: Vec<NativeSheet>,
    used: Arc<AtomicU64>,
    /// What a reader of the result should know: what was passed over, sheets that are empty, rows that are hidden.
    pub remarks: Vec<String>,
}

struct NativeSheet {
    source: Source,
    glimpse: Glimpse,
}

#[derive(Clone)]
enum Source {
    Text { member: usize, encoding: Encoding, mark: usize, dialect: Dialect },
    Worksheet { member: Option<usize>, name: String },
    Page(Arc<Vec<Grid>>),
}

/// Some rows of a sheet, not yet taken apart.
pub enum Block {
    /// Bytes of a text.
    Text(WholeRows, Dialect),
    /// Cells of a workbook.
    Grid(Grid),
}

/// What taking a block apart showed besides its rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Oddities {
    /// Bytes that were not UTF-8 and were read as Windows-1252.
    pub foreign: u64,
    /// Rows in which a quotation mark opens a field that is not closed in it, and was taken as an ordinary character.
    pub stray: u64,
    /// The first few of them.
    pub unclosed: Vec<u64>,
    /// The first few rows in which a carriage return stands where a line may end.
    pub returns: Vec<u64>,
    /// Line ends inside quoted fields: so many more lines than rows.
    pub joined: u64,
}

impl Block {
    /// Numbers of the first and last row. Numbers in between that no row has are rows that a workbook leaves out.
    pub fn span(&self) -> Option<(u64, u64)> {
        match self {
            Self::Text(rows, _) => Some((rows.first, rows.first + rows.count.checked_sub(1)?)),
            Self::Grid(grid) => grid.span(),
        }
    }

    /// Hands each row to `each`; returns what was odd, and the block's memory for use again.
    pub fn each_row(self, mut each: impl FnMut(Row<'_>)) -> (Oddities, Vec<u8>) {
        match self {
            Self::Text(rows, dialect) => {
                let (text, foreign) = encoding::text(rows.bytes);
                let Split { stray, unclosed, returns, joined, .. } = each_row(&text, dialect, rows.first, each);
                (Oddities { foreign, stray, unclosed, returns, joined }, text.into_bytes())
            }
            Self::Grid(grid) => {
                grid.each_row(&mut each);
                (Oddities::default(), Vec::new())
            }
        }
    }
}

impl Native {
    /// Opens a file and looks at the head of each of its sheets.
    ///
    /// # Errors
    /// Data kind for a broken container or a bomb; user kind for an empty file or one that is no text; input/output.
    pub fn open(path: &Path) -> Result<Self, Problem> {
        let container = Container::open(path)?;
        let used = Arc::new(AtomicU64::new(0));
        let mut native =
            Self { path: path.to_owned(), container, workbook: None, sheets: Vec::new(), used, remarks: Vec::new() };
        match native.container {
            Container::Workbook(format) => {
                native.look_at_workbook(None, Workbook::open(WorkbookSource::file(path)?, format)?)?
            }
            Container::Zip(_) => native.look_at_members()?,
            Container::Plain | Container::Gzip => native.look_at_text(0, None)?,
        }
        if native.sheets.is_empty() {
            return Err(match &native.container {
                Container::Zip(archive) => archive.holds_no_table(),
                _ => Problem::user("the file is empty: it holds no row"),
            });
        }
        let mut shown = native.sheets.iter_mut().filter(|sheet| sheet.glimpse.hidden.is_none());
        if let (Some(only), None) = (shown.next(), shown.next()) {
            only.glimpse.sheet = None;
        }
        native.used.store(0, Ordering::Relaxed);
        Ok(native)
    }

    /// The head of each sheet, in order.
    pub fn glimpses(&self) -> Vec<Glimpse> {
        self.sheets.iter().map(|sheet| sheet.glimpse.clone()).collect()
    }

    /// Bytes of the native file used so far, to show progress.
    pub fn used(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.used)
    }

    /// Opens the workbook that is a member, or the file itself, unless it is the one read last.
    fn workbook(&mut self, member: Option<usize>) -> Result<&mut Workbook, Problem> {
        if self.workbook.as_ref().is_none_or(|(open, _)| *open != member) {
            self.workbook = None;
            let format = match (&self.container, member) {
                (Container::Zip(archive), Some(member)) => {
                    archive.members.get(member).and_then(|member| member.workbook)
                }
                _ => None,
            };
            let (Some(format), Some(index)) = (format, member) else { return Err(Problem::bug("no workbook is open")) };
            let place = WorkbookSource::Memory(Cursor::new(self.member(index)?));
            self.workbook = Some((member, Workbook::open(place, format)?));
        }
        self.workbook.as_mut().map(|(_, workbook)| workbook).ok_or_else(|| Problem::bug("no workbook is open"))
    }

    /// Reads the sheet with this index and hands it to `each` in blocks of about `size` bytes until it breaks off.
    /// `room` gives memory to use again.
    ///
    /// # Errors
    /// As [`Native::open`]; what came before the broken place has been handed out by then.
    pub fn read(
        &mut self,
        sheet: usize,
        size: usize,
        mut room: impl FnMut() -> Option<Vec<u8>>,
        mut each: impl FnMut(Block) -> ControlFlow<()>,
    ) -> Result<(), Problem> {
        let source = self.sheets.get(sheet).ok_or_else(|| Problem::bug("no such sheet"))?.source.clone();
        match source {
            Source::Worksheet { member, name } => self.workbook(member)?.read(&name, size, &mut |grid| match room() {
                Some(_) => each(Block::Grid(grid)),
                None => ControlFlow::Break(()),
            }),
            Source::Page(grids) => {
                for grid in grids.iter() {
                    if room().is_none() || each(Block::Grid(grid.clone())).is_break() {
                        break;
                    }
                }
                Ok(())
            }
            Source::Text { member, encoding, mark, dialect } => {
                let failed = |error| container::problem(&self.path, &error);
                let mut text = container::text(&self.path, &self.container, member, &self.used)?;
                text.read_exact(&mut [0; 4][..mark]).map_err(failed)?;
                let text: Box<dyn Read + Send> = match encoding {
                    Encoding::Utf8 => text,
                    Encoding::Utf16Le => Box::new(FromUtf16::new(text, false)),
                    Encoding::Utf16Be => Box::new(FromUtf16::new(text, true)),
                };
                let mut blocks = Blocks::new(text, dialect, size);
                while let Some(buffer) = room() {
                    let Some(rows) = blocks.next(buffer).map_err(failed)? else { break };
                    if each(Block::Text(rows, dialect)).is_break() {
                        break;
                    }
                }
                Ok(())
            }
        }
    }

    /// The index of the sheet with this name, the text of its part or as it is shown; the only sheet has none.
    ///
    /// # Errors
    /// User kind when there is no such sheet.
    pub fn sheet(&self, name: Option<&str>) -> Result<usize, Problem> {
        self.sheets
            .iter()
            .position(|sheet| match (sheet.glimpse.part(), name) {
                (Some(part), Some(name)) => part.is_named(name),
                (part, name) => part.is_none() && name.is_none(),
            })
            .ok_or_else(|| Problem::user(format!("the file has no sheet {}", name.unwrap_or("without a name"))))
    }
}

/// Says how many rows are hidden.
pub(crate) fn hidden_rows(count: u64) -> String {
    format!("{count} rows are hidden in the workbook, by a filter or by hand; they were read like the others")
}

/// The head of each sheet of a native file.
///
/// # Errors
/// As [`Native::open`].
pub fn glimpse(path: &Path, name: &str) -> Result<Vec<Glimpse>, Problem> {
    Native::open(path).map(|native| native.glimpses()).map_err(|problem| named(problem, name))
}

/// Rows of a native file again, by number, in the order asked; a number that no row has gives an empty row. Reads the
/// file up to the last of them.
///
/// # Errors
/// As [`Native::open`]; user kind when there is no such sheet.
pub fn read_rows(path: &Path, name: &str, sheet: Option<&str>, rows: &[u64]) -> Result<Vec<Vec<String>>, Problem> {
    let mut found = vec![Vec::new(); rows.len()];
    let last = rows.iter().copied().max().unwrap_or(0);
    let read = |mut native: Native| {
        let sheet = native.sheet(sheet)?;
        native.read(
            sheet,
            crate::delimited::blocks::BLOCK,
            || Some(Vec::new()),
            |block| {
                let Some((from, to)) = block.span() else { return ControlFlow::Continue(()) };
                if rows.iter().any(|number| (from..=to).contains(number)) {
                    let _ = block.each_row(|row| {
                        for (number, cells) in rows.iter().zip(&mut found) {
                            if *number == row.number {
                                *cells = row.cells.iter().map(ToString::to_string).collect();
                            }
                        }
                    });
                }
                if to >= last { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            },
        )
    };
    Native::open(path).and_then(read).map_err(|problem| named(problem, name))?;
    Ok(found)
}

/// Puts the file's name into the place of a problem.
pub fn named(mut problem: Problem, name: &str) -> Problem {
    problem.place = Some(match problem.place {
        Some(place) => format!("{name}, {place}"),
        None => name.to_owned(),
    });
    problem
}

#[cfg(test)]
mod tests;
