//! A native file as sheets of numbered rows, whatever it came in: one sheet for a text, several for a workbook or an archive.

use std::{
    io::{Cursor, Read},
    ops::ControlFlow,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use orochi_model::problem::{Kind, Problem};

use crate::{
    container::{self, Container},
    decode::{self, Encoding, FromUtf16},
    delimited::{
        Dialect,
        blocks::{Blocks, Rows, whole_rows},
        fields::{Split, each_row},
    },
    grid::Grid,
    page,
    rows::{Glimpse, Row},
    sniff,
    workbook::{Place, Workbook},
};

/// Bytes of a text looked at before its delimiter is judged.
const HEAD: u64 = 256 << 10;

/// An opened native file.
pub struct Native {
    path: PathBuf,
    container: Container,
    /// The workbook that was read last, and the archive's member it is.
    workbook: Option<(Option<usize>, Workbook)>,
    sheets: Vec<Sheet>,
    used: Arc<AtomicU64>,
    /// What a reader of the result should know: what was passed over, sheets that are empty, rows that are hidden.
    pub remarks: Vec<String>,
}

struct Sheet {
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
                let (text, foreign) = decode::text(rows.bytes);
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
                native.look_at_workbook(None, Workbook::open(Place::file(path)?, format)?)?
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

    /// Each member of an archive in turn.
    fn look_at_members(&mut self) -> Result<(), Problem> {
        let Container::Zip(archive) = &self.container else { return Ok(()) };
        let members: Vec<_> = archive.members.iter().map(|member| (member.name.clone(), member.workbook)).collect();
        for (member, (name, workbook)) in members.into_iter().enumerate() {
            let looked = match workbook {
                Some(format) => self.member(member).and_then(|bytes| {
                    let workbook = Workbook::open(Place::Memory(Cursor::new(bytes)), format)?;
                    self.look_at_workbook(Some((member, &name)), workbook)
                }),
                None => self.look_at_text(member, Some(&name)),
            };
            looked.map_err(|problem| match &problem.place {
                Some(place) if place.starts_with(&name) => problem,
                Some(place) => {
                    let place = format!("{name}, {place}");
                    problem.at(place)
                }
                None => problem.at(&name),
            })?;
        }
        if let Container::Zip(archive) = &self.container {
            self.remarks.extend(archive.remarks());
        }
        Ok(())
    }

    /// All bytes of a member.
    fn member(&self, member: usize) -> Result<Vec<u8>, Problem> {
        match &self.container {
            Container::Zip(archive) => {
                archive.members.get(member).ok_or_else(|| Problem::bug("no such member"))?.load(&self.path)
            }
            _ => Err(Problem::bug("no archive")),
        }
    }

    fn look_at_workbook(&mut self, member: Option<(usize, &str)>, mut workbook: Workbook) -> Result<(), Problem> {
        let days = workbook.days();
        for (name, shown) in workbook.names() {
            let full = member.map_or_else(|| name.clone(), |(_, member)| format!("{member}/{name}"));
            let (mut head, mut rows) = (Vec::new(), 0);
            workbook.read(&name, 64 << 10, &mut |grid| {
                rows += grid.len() as u64;
                grid.each_row(|row| keep(&mut head, row));
                // Of a hidden sheet all rows are counted, so that what it holds can be said.
                if head.len() < sniff::ROWS || !shown { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
            })?;
            if head.is_empty() {
                self.remarks.push(format!("sheet {full} is empty"));
            } else {
                let source = Source::Worksheet { member: member.map(|(member, _)| member), name };
                let hidden = (!shown).then_some(rows);
                self.sheets.push(Sheet { source, glimpse: Glimpse { sheet: Some(full), head, days, hidden } });
            }
        }
        let hidden = workbook.traits().hidden_rows;
        if hidden > 0 {
            self.remarks.push(hidden_rows(hidden));
        }
        if workbook.traits().merged {
            let remark =
                "cells of the workbook are merged over several rows; what they say was read in each of these rows";
            self.remarks.push(remark.to_owned());
        }
        self.workbook = Some((member.map(|(member, _)| member), workbook));
        Ok(())
    }

    fn look_at_text(&mut self, member: usize, name: Option<&str>) -> Result<(), Problem> {
        let failed = |error| container::problem(&self.path, &error);
        let mut raw = Vec::new();
        let text = container::text(&self.path, &self.container, member, &self.used)?;
        text.take(HEAD).read_to_end(&mut raw).map_err(failed)?;
        if matches!(self.container, Container::Gzip) {
            container::refuse_nested(&raw)?;
        }
        let cut = raw.len() as u64 == HEAD;
        let (encoding, mark) = decode::detect(&raw);
        let text = decode::whole(&raw[mark..], encoding);
        if is_binary(&text) {
            return match (&mut self.container, name) {
                (Container::Zip(archive), Some(name)) => {
                    archive.pass("neither text nor a workbook", name.to_owned());
                    Ok(())
                }
                _ => Err(Problem::user("the file is neither text nor a workbook")
                    .hint("ask for the data as CSV or as a workbook, or check that the file is the right one")),
            };
        }
        let dialect = sniff::sniff(&text);
        if let Some(kind) = page::kind(&text, dialect) {
            return self.look_at_page(member, name, kind, (encoding, mark));
        }
        // The last row of a head that is cut may be cut too.
        let whole = if cut { whole_rows(text.as_bytes(), dialect) } else { 0 };
        let text = if whole > 0 { &text[..whole] } else { &text };
        let mut head = Vec::new();
        each_row(text, dialect, 1, |row| keep(&mut head, row));
        if !head.is_empty() {
            let source = Source::Text { member, encoding, mark, dialect };
            let glimpse = Glimpse { sheet: name.map(str::to_owned), head, ..Glimpse::default() };
            self.sheets.push(Sheet { source, glimpse });
        }
        Ok(())
    }

    fn look_at_page(
        &mut self,
        member: usize,
        name: Option<&str>,
        kind: page::Kind,
        (encoding, mark): (Encoding, usize),
    ) -> Result<(), Problem> {
        let failed = |error| container::problem(&self.path, &error);
        let mut raw = Vec::new();
        let text = container::text(&self.path, &self.container, member, &self.used)?;
        text.take(page::MOST + 1).read_to_end(&mut raw).map_err(failed)?;
        if raw.len() as u64 > page::MOST {
            return Err(Problem::user(format!("the file is {} of more than {} MiB", kind.name(), page::MOST >> 20))
                .hint("ask for the data as CSV or as a workbook"));
        }
        let read = match page::read(kind, &raw[mark..], encoding) {
            Ok(read) => read,
            Err(problem) if problem.kind == Kind::User && name.is_some() => {
                // A letter beside the tables of an archive.
                if let (Container::Zip(archive), Some(name)) = (&mut self.container, name) {
                    archive.pass("a mail or web page without a table", name.to_owned());
                }
                return Ok(());
            }
            Err(problem) => return Err(problem),
        };
        let single = read.tables.len() == 1;
        for (number, table) in (1..).zip(read.tables) {
            let own = table.name.filter(|name| !name.is_empty()).unwrap_or_else(|| format!("table {number}"));
            let mut sheet = match name {
                Some(name) if single => name.to_owned(),
                Some(name) => format!("{name}/{own}"),
                None => own,
            };
            if self.sheets.iter().any(|known| known.glimpse.sheet.as_ref() == Some(&sheet)) {
                sheet = format!("{sheet}, table {number}");
            }
            let mut head = Vec::new();
            table.grids.iter().for_each(|grid| grid.each_row(|row| keep(&mut head, row)));
            let glimpse = Glimpse { sheet: Some(sheet), head, days: table.days, hidden: table.hidden };
            self.sheets.push(Sheet { source: Source::Page(Arc::new(table.grids)), glimpse });
        }
        let at = name.map(|name| format!("{name}: ")).unwrap_or_default();
        self.remarks.extend(read.remarks.into_iter().map(|remark| format!("{at}{remark}")));
        Ok(())
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
            let place = Place::Memory(Cursor::new(self.member(index)?));
            self.workbook = Some((member, Workbook::open(place, format)?));
        }
        self.workbook.as_mut().map(|(_, workbook)| workbook).ok_or_else(|| Problem::bug("no workbook is open"))
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

/// Says how many rows are hidden.
pub(crate) fn hidden_rows(count: u64) -> String {
    format!("{count} rows are hidden in the workbook, by a filter or by hand; they were read like the others")
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
