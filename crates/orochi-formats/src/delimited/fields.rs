//! Rows of text into cells, without a copy unless a mark is doubled.

use std::borrow::Cow;

use memchr::{memchr, memchr_iter, memchr2};

use super::{Closing, Dialect, QUOTE, closing_mark};
use crate::rows::Row;

/// Hands each row of a block to `each`; `first` is the number of its first row. Returns how many rows there were, and
/// in which a quotation mark was taken as an ordinary character.
pub fn each_row(text: &str, dialect: Dialect, first: u64, mut each: impl FnMut(Row<'_>)) -> Split {
    let bytes = text.as_bytes();
    let Dialect { delimiter, terminator, columns } = dialect;
    let mut split = Split::default();
    let mut cells: Vec<&str> = Vec::with_capacity(64);
    let mut spare: Vec<Cow<'_, str>> = Vec::new();
    let mut next_mark = memchr(QUOTE, bytes).unwrap_or(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let number = first + split.rows;
        let end = memchr(terminator, &bytes[at..]).map_or(bytes.len(), |length| at + length);
        cells.clear();
        if next_mark >= end {
            let line = without_return(&text[at..end], terminator);
            let mut from = 0;
            for to in memchr_iter(delimiter, line.as_bytes()) {
                cells.push(&line[from..to]);
                from = to + 1;
            }
            cells.push(&line[from..]);
            // More fields than a row has, and a return among them: lines of another kind were joined to this one.
            if cells.len() > columns && columns > 0 && memchr(b'\r', line.as_bytes()).is_some() {
                Split::name(&mut split.returns, number);
            }
            each(Row { number, cells: &cells });
            at = end + 1;
        } else {
            spare.clear();
            let closed;
            (at, closed) = marked_row(text, at, dialect, &mut spare);
            if !closed {
                split.stray += 1;
                Split::name(&mut split.unclosed, number);
            }
            if at > end + 1 {
                split.joined += memchr_iter(terminator, &bytes[end..at - 1]).count() as u64;
            }
            if spare.iter().all(|cell| matches!(cell, Cow::Borrowed(_))) {
                cells.extend(spare.iter().map(|cell| match cell {
                    Cow::Borrowed(cell) => *cell,
                    Cow::Owned(_) => "",
                }));
                each(Row { number, cells: &cells });
            } else {
                let mixed: Vec<&str> = spare.iter().map(AsRef::as_ref).collect();
                each(Row { number, cells: &mixed });
            }
            next_mark = bytes.get(at..).and_then(|rest| memchr(QUOTE, rest)).map_or(bytes.len(), |length| at + length);
        }
        split.rows += 1;
    }
    split
}

/// What [`each_row`] found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Split {
    /// Rows, blank ones counted.
    pub rows: u64,
    /// Rows in which a quotation mark opens a field that is not closed in it.
    pub stray: u64,
    /// The first few of them.
    pub unclosed: Vec<u64>,
    /// The first few rows in which a carriage return stands where a line may end.
    pub returns: Vec<u64>,
    /// Line ends inside quoted fields: so many more lines than rows.
    pub joined: u64,
}

impl Split {
    const KEPT: usize = 5;

    fn name(rows: &mut Vec<u64>, number: u64) {
        if rows.len() < Self::KEPT {
            rows.push(number);
        }
    }
}

/// Reads one row that holds a quotation mark; returns where the next row begins, and whether every
/// opening mark was closed.
fn marked_row<'t>(text: &'t str, start: usize, dialect: Dialect, cells: &mut Vec<Cow<'t, str>>) -> (usize, bool) {
    let bytes = text.as_bytes();
    let Dialect { delimiter, terminator, .. } = dialect;
    let mut from = start;
    let mut closed = true;
    loop {
        let close = match bytes.get(from) {
            Some(&QUOTE) => match closing_mark(bytes, from, dialect, true) {
                Closing::At(close) => Some(close),
                Closing::Never | Closing::Unknown => {
                    closed = false;
                    None
                }
            },
            _ => None,
        };
        let tail = close.map_or(from, |close| close + 1);
        let end = memchr2(delimiter, terminator, &bytes[tail..]).map_or(bytes.len(), |length| tail + length);
        let last = bytes.get(end) != Some(&delimiter);
        let rest = if last { without_return(&text[tail..end], terminator) } else { &text[tail..end] };
        cells.push(match close {
            None => Cow::Borrowed(rest),
            Some(close) => {
                let quoted = &text[from + 1..close];
                if rest.is_empty() && memchr(QUOTE, quoted.as_bytes()).is_none() {
                    Cow::Borrowed(quoted)
                } else {
                    Cow::Owned(quoted.replace("\"\"", "\"") + rest)
                }
            }
        });
        from = end + 1;
        if last {
            return (from, closed);
        }
    }
}

/// A line without the carriage returns before its line feed (some exports write two).
fn without_return(line: &str, terminator: u8) -> &str {
    if terminator == b'\n' { line.trim_end_matches('\r') } else { line }
}
