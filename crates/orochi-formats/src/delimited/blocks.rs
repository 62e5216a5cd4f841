//! A stream of bytes into blocks of whole rows.
//!
//! Works on bytes before decoding (every delimiter, mark and line end is ASCII, and so means the same in UTF-8 and
//! Windows-1252), so that decoding and field splitting can be done on other cores. Where a block ends
//! depends on the bytes alone.

use std::io::{self, Read};

use memchr::{memchr, memchr_iter, memrchr};
use orochi_model::problem::Problem;

use super::{Closing, Dialect, QUOTE, closing_mark};

/// Bytes in a block, about: large enough for a Parquet row group, small enough that a handful fits in memory.
pub const BLOCK: usize = 8 << 20;

/// Longest row: what goes on longer without a line end is no table.
const MAX_ROW: usize = 64 << 20;

/// Some whole rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WholeRows {
    /// Their bytes, the line end of the last row included if it has one.
    pub bytes: Vec<u8>,
    /// Number of the first row, from 1.
    pub first: u64,
    /// How many rows.
    pub count: u64,
}

/// Cuts a stream into blocks.
pub struct Blocks<R> {
    inner: R,
    dialect: Dialect,
    size: usize,
    carry: Vec<u8>,
    next_row: u64,
    ended: bool,
}

impl<R: Read> Blocks<R> {
    /// `inner` stands after any byte order mark.
    pub fn new(inner: R, dialect: Dialect, size: usize) -> Self {
        Self { inner, dialect, size: size.max(1), carry: Vec::new(), next_row: 1, ended: false }
    }

    /// The next block, none at the end. `buffer` is room to use again.
    ///
    /// # Errors
    /// What `inner` says; a [`Problem`] inside it for a row without an end.
    pub fn next(&mut self, mut buffer: Vec<u8>) -> io::Result<Option<WholeRows>> {
        buffer.clear();
        buffer.append(&mut self.carry);
        let mut target = self.size.max(buffer.len() * 2);
        let cut = loop {
            if !self.ended {
                let wanted = target.saturating_sub(buffer.len());
                buffer.reserve(wanted);
                let got = self.inner.by_ref().take(wanted as u64).read_to_end(&mut buffer)?;
                self.ended = got < wanted;
            }
            let cut = cut(&buffer, self.dialect, self.ended);
            if cut.end > 0 || self.ended {
                break cut;
            }
            if target > MAX_ROW {
                return Err(io::Error::other(
                    Problem::data("a row longer than 64 MiB")
                        .at(format!("row {}", self.next_row))
                        .hint("this is not a table in text form; check what the file holds"),
                ));
            }
            target *= 2;
        };
        if cut.rows == 0 {
            return Ok(None);
        }
        self.carry.extend_from_slice(&buffer[cut.end..]);
        buffer.truncate(cut.end);
        let first = self.next_row;
        self.next_row += cut.rows;
        Ok(Some(WholeRows { bytes: buffer, first, count: cut.rows }))
    }
}

struct Cut {
    end: usize,
    rows: u64,
}

/// How many bytes of the head of a text are whole rows.
pub fn whole_rows(head: &[u8], dialect: Dialect) -> usize {
    cut(head, dialect, false).end
}

/// Where the last whole row of `bytes` ends, and how many rows there are up to there; `bytes` begins with a row.
fn cut(bytes: &[u8], dialect: Dialect, whole: bool) -> Cut {
    let Dialect { delimiter, terminator, .. } = dialect;
    let mut found = Cut { end: 0, rows: 0 };
    let mut from = 0;
    while from < bytes.len() {
        let mark = memchr(QUOTE, &bytes[from..]).map(|at| from + at);
        let plain = &bytes[from..mark.unwrap_or(bytes.len())];
        if let Some(last) = memrchr(terminator, plain) {
            found.end = from + last + 1;
            found.rows += memchr_iter(terminator, plain).count() as u64;
        }
        let Some(mark) = mark else { break };
        let opens = mark == 0 || bytes[mark - 1] == delimiter || bytes[mark - 1] == terminator;
        from = if opens {
            match closing_mark(bytes, mark, dialect, whole) {
                Closing::At(close) => close + 1,
                Closing::Never => mark + 1,
                Closing::Unknown => break,
            }
        } else {
            mark + 1
        };
    }
    if whole && found.end < bytes.len() {
        found.end = bytes.len();
        found.rows += 1;
    }
    found
}
