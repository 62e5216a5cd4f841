//! A native file as sheets of numbered rows, whatever it came in: one sheet for a text, several for a workbook or an archive.

use std::{
    io::Read,
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
    decode::{self, Encoding, FromUtf16},
    delimited::{
        Dialect,
        blocks::{Blocks, Rows},
        fields::{Split, each_row},
    },
    rows::{Glimpse, Row},
    sniff,
    workbook::{Grid, Workbook},
};

/// Bytes of a text looked at before its delimiter is judged.
const HEAD: u64 = 256 << 10;

/// An opened native file.
pub struct Native {
    path: PathBuf,
    container: Container,
    workbook: Option<Workbook>,
    sheets: Vec<Sheet>,
    used: Arc<AtomicU64>,
    /// What a reader of the result should know: sheets that are hidden or empty.
    pub remarks: Vec<String>,
}

struct Sheet {
    source: Source,
    glimpse: Glimpse,
}

#[derive(Clone)]
enum Source {
    Text { member: usize, encoding: Encoding, mark: usize, dialect: Dialect },
    Worksheet(String),
}

/// Some rows of a sheet, not yet taken apart.
pub enum Block {
    /// Bytes of a text.
    Text(Rows, Dialect),
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
                let (text, foreign) = decode::text(rows.bytes);
                let Split { stray, unclosed, .. } = each_row(&text, dialect, rows.first, each);
                (Oddities { foreign, stray, unclosed }, text.into_bytes())
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
        if let Container::Workbook(format) = native.container {
            native.look_at_workbook(Workbook::open(path, format)?)?;
        } else {
            native.look_at_texts()?;
        }
        if native.sheets.is_empty() {
            return Err(Problem::user("the file is empty: it holds no row"));
        }
        if let [only] = native.sheets.as_mut_slice() {
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

    fn look_at_workbook(&mut self, mut workbook: Workbook) -> Result<(), Problem> {
        let (shown, hidden) = workbook.names();
        self.remarks
            .extend(hidden.iter().map(|name| format!("sheet {name} is hidden in the workbook and was left out")));
        for name in shown {
            let mut head = Vec::new();
            workbook.read(&name, 64 << 10, &mut |grid| {
                grid.each_row(|row| keep(&mut head, row));
                if head.len() < sniff::ROWS { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
            })?;
            if head.is_empty() {
                self.remarks.push(format!("sheet {name} is empty"));
            } else {
                let glimpse = Glimpse { sheet: Some(name.clone()), head, days: workbook.days(), hidden: None };
                self.sheets.push(Sheet { source: Source::Worksheet(name), glimpse });
            }
        }
        self.workbook = Some(workbook);
        Ok(())
    }

    fn look_at_texts(&mut self) -> Result<(), Problem> {
        let names: Vec<Option<String>> = match &self.container {
            Container::Zip(members) => members.iter().map(|member| Some(member.name.clone())).collect(),
            _ => vec![None],
        };
        for (member, name) in names.into_iter().enumerate() {
            let at = |problem: Problem| if let Some(name) = &name { problem.at(name) } else { problem };
            let mut raw = Vec::new();
            container::text(&self.path, &self.container, member, &self.used)?
                .take(HEAD)
                .read_to_end(&mut raw)
                .map_err(|error| at(container::problem(&self.path, &error)))?;
            if !matches!(self.container, Container::Plain) {
                container::refuse_nested(&raw).map_err(at)?;
            }
            let whole = (raw.len() as u64) < HEAD;
            let (encoding, mark) = decode::detect(&raw);
            let text = head_text(&raw[mark..], encoding);
            if is_binary(&text) {
                return Err(at(Problem::user("the file is neither text nor a workbook")
                    .hint("ask for the data as CSV or as a workbook, or check that the file is the right one")));
            }
            let dialect = sniff::sniff(&text);
            let mut head = Vec::new();
            each_row(&text, dialect, 1, |row| keep(&mut head, row));
            if !whole && head.len() > 1 && head.len() < sniff::ROWS {
                // The last row may be cut short.
                head.pop();
            }
            if !head.is_empty() {
                let source = Source::Text { member, encoding, mark, dialect };
                self.sheets.push(Sheet { source, glimpse: Glimpse { sheet: name, head, ..Glimpse::default() } });
            }
        }
        Ok(())
    }

    /// Reads the sheet with this index and hands it to `each` in blocks of about `size` bytes until it breaks off. `room` gives
    /// memory to use again.
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
            Source::Worksheet(name) => {
                let workbook = self.workbook.as_mut().ok_or_else(|| Problem::bug("no workbook is open"))?;
                workbook.read(&name, size, &mut |grid| match room() {
                    Some(_) => each(Block::Grid(grid)),
                    None => ControlFlow::Break(()),
                })
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

    /// The index of the sheet with this name; the only sheet has none.
    ///
    /// # Errors
    /// User kind when there is no such sheet.
    pub fn sheet(&self, name: Option<&str>) -> Result<usize, Problem> {
        self.sheets
            .iter()
            .position(|sheet| sheet.glimpse.sheet.as_deref() == name)
            .ok_or_else(|| Problem::user(format!("the file has no sheet {}", name.unwrap_or("without a name"))))
    }
}

fn keep(head: &mut Vec<(u64, Vec<String>)>, row: Row<'_>) {
    if head.len() < sniff::ROWS {
        head.push((row.number, row.cells.iter().map(ToString::to_string).collect()));
    }
}

fn head_text(raw: &[u8], encoding: Encoding) -> String {
    let mut utf8 = Vec::new();
    let read = match encoding {
        Encoding::Utf8 => return decode::text(raw.to_vec()).0,
        Encoding::Utf16Le => FromUtf16::new(raw, false).read_to_end(&mut utf8),
        Encoding::Utf16Be => FromUtf16::new(raw, true).read_to_end(&mut utf8),
    };
    debug_assert!(read.is_ok(), "memory does not fail to read");
    decode::text(utf8).0
}

/// Text may hold a stray control character or two; a hundredth of them is no text.
fn is_binary(text: &str) -> bool {
    let controls =
        text.bytes().filter(|byte| *byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0C | 0x1A)).count();
    controls > 8 && controls * 100 > text.len()
}

/// The head of each sheet of a native file.
///
/// # Errors
/// As [`Native::open`].
pub fn glimpse(path: &Path, name: &str) -> Result<Vec<Glimpse>, Problem> {
    Native::open(path).map(|native| native.glimpses()).map_err(|problem| named(problem, name))
}

/// Rows of a native file again, by number, in the order asked; a number that no row has gives an empty row. Reads the file up to
/// the last of them.
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
