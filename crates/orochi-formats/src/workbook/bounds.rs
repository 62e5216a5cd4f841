//! What has to hold of a workbook before the library that loads it whole sees it.
//!
//! The library trusts what XLS and ODS files say of themselves: it follows a chain of sectors that bites its own tail,
//! reads on past the end of XML that breaks off, and makes room for every cell between two that stand far apart. A few
//! kilobytes then fill all memory or never end, and the program dies with them, which no handler of errors can catch.
//! XLSX and XLSB are read cell by cell and need none of this. The same look counts the rows that are hidden.

use std::{
    io::{BufRead, BufReader, Read, Seek, SeekFrom},
    path::Path,
};

use orochi_model::problem::Problem;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::{Traits, WorkbookSource};
use crate::container::Format;

/// Most cells of a workbook that is loaded whole, empty ones between others counted: as many as one full sheet of XLS
/// has. They take half a gigabyte.
const CELLS: u64 = 65_536 * 256;

/// Looks through a workbook.
///
/// # Errors
/// Data kind when it is broken, or would take more memory than a table does.
pub(super) fn check(place: &mut WorkbookSource, format: Format) -> Result<Traits, Problem> {
    match format {
        Format::Xls => xls(place),
        Format::Ods => ods(place),
        Format::Xlsx => xlsx(place),
        Format::Xlsb => Ok(Traits::default()),
    }
}

/// Rows of an XLSX workbook that are hidden.
fn xlsx(place: &mut WorkbookSource) -> Result<Traits, Problem> {
    let mut archive = ZipArchive::new(place).map_err(broken)?;
    let names = archive.file_names().flatten().map(std::borrow::Cow::into_owned);
    let sheets: Vec<String> = names.filter(|name| name.starts_with("xl/worksheets/")).collect();
    let mut traits = Traits::default();
    for name in sheets {
        let mut part = archive.by_name(&name).map_err(broken)?;
        tags(&mut part, &mut traits).map_err(broken)?;
    }
    Ok(traits)
}

/// Counts `<row … hidden="1" …>` and looks for `<mergeCell ref="A2:A5"/>`, without taking the XML apart.
fn tags(part: &mut impl Read, traits: &mut Traits) -> std::io::Result<()> {
    /// Longer than any such tag.
    const TAG: usize = 1024;
    const ROW: &[u8] = b"<row ";
    const MERGED: &[u8] = b"<mergeCell ";
    let (mut buffer, mut kept) = (vec![0; 64 << 10], 0);
    loop {
        let got = part.read(&mut buffer[kept..])?;
        let filled = kept + got;
        // The beginning of a tag may be cut here, and is looked at again with what follows it.
        let (mut keep, mut done) = (filled.saturating_sub(MERGED.len()), 0);
        let hits = memchr::memchr_iter(b'<', &buffer[..filled]).filter(|at| {
            let tag = &buffer[*at..filled];
            tag.starts_with(ROW) || tag.starts_with(MERGED)
        });
        for at in hits {
            let Some(length) = memchr::memchr(b'>', &buffer[at..filled]) else {
                keep = if filled - at < TAG { keep.min(at) } else { keep };
                break;
            };
            let tag = &buffer[at..at + length];
            let has = |text: &[u8]| memchr::memmem::find(tag, text).is_some();
            if tag.starts_with(MERGED) {
                traits.merged |= spans_rows(tag);
            } else {
                traits.hidden_rows += u64::from(has(b" hidden=\"1\"") || has(b" hidden=\"true\""));
            }
            done = at + length;
        }
        if got == 0 {
            return Ok(());
        }
        let from = keep.max(done);
        buffer.copy_within(from..filled, 0);
        kept = filled - from;
    }
}

fn broken(cause: impl std::fmt::Display) -> Problem {
    Problem::data("the workbook is broken or cut short").because(cause).hint(
        "get the file again from the sender, and compare its hash; or open it in a spreadsheet program, save it as \
         XLSX, and keep the file as received beside it",
    )
}

fn too_many() -> Problem {
    Problem::data(format!(
        "the workbook covers more than {} million cells, or says that it does",
        CELLS / 1_000_000
    ))
    .hint(
        "the usual reason is a cell far below or to the right of the others: delete what is empty, save it as XLSX, \
         and keep the file as received beside it",
    )
}

/// Whether the range of a merged cell has several rows.
fn spans_rows(tag: &[u8]) -> bool {
    let range = memchr::memmem::find(tag, b"ref=\"").map(|at| &tag[at + 5..]).unwrap_or_default();
    let range = &range[..memchr::memchr(b'"', range).unwrap_or(0)];
    let row = |cell: &[u8]| cell.iter().copied().filter(u8::is_ascii_digit).collect::<Vec<u8>>();
    let at = memchr::memchr(b':', range);
    at.is_some_and(|at| row(&range[..at]) != row(&range[at..]))
}

/// Every stream of the compound file is read once, which shows that its chain of sectors ends;
/// then the cells are counted.
fn xls(place: &mut WorkbookSource) -> Result<Traits, Problem> {
    let size = place.seek(SeekFrom::End(0)).map_err(broken)?;
    let mut compound = cfb::CompoundFile::open(place).map_err(broken)?;
    let streams: Vec<_> = compound.walk().filter(cfb::Entry::is_stream).map(|entry| entry.path().to_owned()).collect();
    let mut total = 0;
    let mut book = None;
    for path in streams {
        let mut bytes = Vec::new();
        compound.open_stream(&path).and_then(|stream| stream.take(size + 1).read_to_end(&mut bytes)).map_err(broken)?;
        total += bytes.len() as u64;
        if total > size {
            return Err(broken("its parts are longer than the whole"));
        }
        if path.parent() == Some(Path::new("/")) && (path.ends_with("Workbook") || path.ends_with("Book")) {
            book = Some(bytes);
        }
    }
    let Some(book) = book else { return Ok(Traits::default()) };
    if spread(&book) > CELLS {
        return Err(too_many());
    }
    Ok(Traits { hidden_rows: hidden_rows(&book), ..Traits::default() })
}

/// Rows of height zero ([MS-XLS] 2.4.221, Row).
fn hidden_rows(book: &[u8]) -> u64 {
    let (mut rest, mut found) = (book, 0);
    while let Some((kind, data, next)) = record(rest) {
        rest = next;
        found += u64::from(kind == 0x0208 && data.get(12).is_some_and(|flags| flags & 0x20 != 0));
    }
    found
}

/// A record of a workbook's stream: two bytes of type, two of length, data.
fn record(stream: &[u8]) -> Option<(u16, &[u8], &[u8])> {
    let (head, rest) = stream.split_first_chunk::<4>()?;
    let (kind, length) = (u16::from_le_bytes([head[0], head[1]]), u16::from_le_bytes([head[2], head[3]]));
    let (data, rest) = rest.split_at_checked(usize::from(length))?;
    Some((kind, data, rest))
}

fn number(data: &[u8], at: usize) -> Option<u64> {
    data.get(at..at + 2).map(|two| u64::from(u16::from_le_bytes([two[0], two[1]])))
}

/// How many cells the library makes room for: for each sheet, the rectangle about its cells or the one it claims
/// ([MS-XLS] 2.4.90), whichever is larger, and a cell for each record, as a sheet may be named again and again.
fn spread(book: &[u8]) -> u64 {
    let mut rest = book;
    let mut total = 0_u64;
    while let Some((kind, data, next)) = record(rest) {
        rest = next;
        // BoundSheet8: where a sheet begins.
        if kind == 0x0085
            && let Some(at) = data.first_chunk::<4>()
            && let Some(sheet) = book.get(u32::from_le_bytes(*at) as usize..)
        {
            total = total.saturating_add(sheet_spread(sheet));
            if total > CELLS {
                break;
            }
        }
    }
    total
}

/// Cells of the rectangle that a Dimensions record claims: from its first row, and from column 0 as the library
/// may take it. Rows have 16 bits or 32. One that ends before it begins is beyond all bounds, as the library
/// subtracts without looking.
fn claim(data: &[u8]) -> u64 {
    let at = |at: usize| number(data, at).unwrap_or(0);
    let (top, bottom, right) =
        if data.len() == 10 { (at(0), at(2), at(6)) } else { (at(0) + (at(2) << 16), at(4) + (at(6) << 16), at(10)) };
    if bottom == 0 || right == 0 {
        return 1;
    }
    bottom.checked_sub(top).filter(|rows| *rows > 0).map_or(u64::MAX, |rows| rows * right)
}

fn sheet_spread(mut rest: &[u8]) -> u64 {
    let (mut rows, mut columns, mut claimed, mut records) = (0, 0, 0_u64, 0);
    while let Some((kind, data, next)) = record(rest) {
        rest = next;
        records += 1;
        match kind {
            0x0200 => claimed = claimed.max(claim(data)),
            // Formula, Number, Label, RString, BoolErr, RK, LabelSst; MulRk ends with its last column.
            0x0006 | 0x0203 | 0x0204 | 0x00D6 | 0x0205 | 0x027E | 0x00FD => {
                rows = rows.max(number(data, 0).unwrap_or(0) + 1);
                columns = columns.max(number(data, 2).unwrap_or(0) + 1);
            }
            0x00BD => {
                rows = rows.max(number(data, 0).unwrap_or(0) + 1);
                let last = data.len().checked_sub(2).and_then(|at| number(data, at));
                columns = columns.max(last.unwrap_or(0).max(number(data, 2).unwrap_or(0)) + 1);
            }
            _ => {}
        }
    }
    (rows * columns).max(claimed).saturating_add(records)
}

/// The parts that the library reads are XML to their end, and their tables, written out, are no larger than tables are.
fn ods(place: &mut WorkbookSource) -> Result<Traits, Problem> {
    let mut archive = ZipArchive::new(place).map_err(broken)?;
    let mut traits = Traits::default();
    for name in ["META-INF/manifest.xml", "content.xml"] {
        match archive.by_name(name) {
            Ok(part) => table_spread(BufReader::new(part), &mut traits)?,
            Err(zip::result::ZipError::FileNotFound) => {}
            Err(error) => return Err(broken(error)),
        }
    }
    Ok(traits)
}

/// A table of an OpenDocument sheet, as its rows go by.
#[derive(Default)]
struct Spread {
    /// Rows so far, repeated ones counted; and how many there were at the last that holds anything.
    rows: u64,
    height: u64,
    /// Widest row that holds anything.
    width: u64,
    /// How often the row is repeated; its cells so far; how many at the last that holds anything.
    repeated: u64,
    column: u64,
    filled: u64,
    /// Whether the row is hidden; how many that hold anything were.
    hidden: bool,
    hidden_rows: u64,
}

impl Spread {
    fn cell(&mut self, cell: &BytesStart<'_>, empty: bool) -> Result<(), Problem> {
        self.column = self.column.saturating_add(repeated(cell, "table:number-columns-repeated")?);
        let valued = cell.attributes().flatten().any(|attribute| attribute.key.as_ref().starts_with("office:"));
        if !empty || valued {
            self.filled = self.column;
        }
        Ok(())
    }

    fn end_row(&mut self) {
        self.rows = self.rows.saturating_add(self.repeated);
        if self.filled > 0 {
            self.height = self.rows;
            self.width = self.width.max(self.filled);
            self.hidden_rows = self.hidden_rows.saturating_add(if self.hidden { self.repeated } else { 0 });
        }
        (self.repeated, self.column, self.filled) = (0, 0, 0);
    }
}

fn attribute<'e>(element: &'e BytesStart<'_>, name: &str) -> Result<Option<std::borrow::Cow<'e, str>>, Problem> {
    Ok(element.try_get_attribute(name).map_err(broken)?.map(|attribute| attribute.value))
}

fn repeated(element: &BytesStart<'_>, name: &str) -> Result<u64, Problem> {
    // What is no number is the library's to refuse.
    Ok(attribute(element, name)?.map_or(1, |value| value.trim().parse().unwrap_or(1)))
}

fn table_spread(part: impl BufRead, traits: &mut Traits) -> Result<(), Problem> {
    let mut reader = quick_xml::Reader::from_reader(part);
    let (mut buffer, mut depth, mut total) = (Vec::new(), 0_u64, 0_u64);
    let mut table = Spread::default();
    loop {
        let event = reader.read_event_into(&mut buffer).map_err(broken)?;
        match &event {
            Event::Start(element) | Event::Empty(element) => {
                let empty = matches!(event, Event::Empty(_));
                depth += u64::from(!empty);
                match element.name().as_ref() {
                    "table:table-row" => {
                        table.repeated = repeated(element, "table:number-rows-repeated")?;
                        table.hidden = attribute(element, "table:visibility")?.is_some_and(|shown| shown != "visible");
                        if empty {
                            table.end_row();
                        }
                    }
                    "table:table-cell" | "table:covered-table-cell" => table.cell(element, empty)?,
                    "table:null-date" => {
                        let day = attribute(element, "table:date-value")?;
                        traits.from_1904 |= day.is_some_and(|day| day.starts_with("1904-01-01"));
                    }
                    _ => {}
                }
            }
            Event::End(element) => {
                depth = depth.saturating_sub(1);
                match element.name().as_ref() {
                    "table:table-row" => table.end_row(),
                    "table:table" => {
                        traits.hidden_rows = traits.hidden_rows.saturating_add(table.hidden_rows);
                        total = total.saturating_add(table.height.saturating_mul(table.width));
                        table = Spread::default();
                    }
                    _ => {}
                }
            }
            Event::Eof if depth > 0 => return Err(broken("its XML breaks off")),
            Event::Eof => return Ok(()),
            _ => {}
        }
        if total > CELLS {
            return Err(too_many());
        }
        buffer.clear();
    }
}

#[cfg(test)]
mod tests;
