//! Delimited text: rows and fields, and the cutting of a stream into blocks of whole rows.
//!
//! The reading is RFC 4180 as spreadsheets and `csv` readers practise it: a field that *begins* with a quotation mark
//! runs to the next mark that is not doubled; whatever stands between that mark and the next delimiter is kept as it
//! is; a mark elsewhere is an ordinary character. Three things differ:
//!
//! - A quoted field may hold at most [`MAX_LINES`] line ends. If no closing mark comes by then (or by the end of the
//!   file), the opening mark is taken as an ordinary character, so that one stray mark spoils its own row and not the
//!   rest of the file. The bound is in lines, not bytes, so that it means the same before and after decoding.
//! - A quoted field that swallows what looks like whole rows is none ([`stray_quotes`]): its opening mark is
//!   an ordinary character too.
//! - Rows end at one kind of line end, the file's ([`Dialect::terminator`]). In a file of `LF` or `CRLF` lines a lone
//!   `CR` is an ordinary character.
//!
//! Two pieces of code know these rules, [`blocks`] for where rows end and [`fields`] for what is in them; both ask
//! [`closing_mark`], and the tests hold both against one slow, obvious reader.

pub mod blocks;
pub mod fields;
mod stray_quotes;

use memchr::{memchr, memchr_iter};

/// How the rows and fields of a file are marked off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dialect {
    /// Stands between two fields.
    pub delimiter: u8,
    /// Ends a row: `\n` (a `\r` before it belongs to it) or `\r`.
    pub terminator: u8,
    /// How many fields most rows have; 0 where that is not known.
    pub columns: usize,
}

impl Default for Dialect {
    fn default() -> Self {
        Self { delimiter: b',', terminator: b'\n', columns: 0 }
    }
}

/// The quotation mark.
pub const QUOTE: u8 = b'"';

/// Most line ends a quoted field may hold.
pub const MAX_LINES: usize = 100;

/// How a quoted field ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Closing {
    /// The closing mark stands here.
    At(usize),
    /// There is none: the opening mark is an ordinary character.
    Never,
    /// The bytes at hand do not tell.
    Unknown,
}

/// Finds the closing mark of the field whose opening mark stands at `open`. `bytes` begin with a line;
/// `whole` says that no bytes follow these.
pub(crate) fn closing_mark(bytes: &[u8], open: usize, dialect: Dialect, whole: bool) -> Closing {
    let mut from = open + 1;
    let mut lines = 0;
    loop {
        let mark = memchr(QUOTE, &bytes[from..]).map(|at| from + at);
        let until = mark.unwrap_or(bytes.len());
        lines += memchr_iter(dialect.terminator, &bytes[from..until]).count();
        if lines > MAX_LINES {
            return Closing::Never;
        }
        match mark {
            Some(mark) if bytes.get(mark + 1) == Some(&QUOTE) => from = mark + 2,
            Some(mark) if mark + 1 < bytes.len() || whole => {
                return if lines == 0 && !stray_quotes::opens_another(bytes, open, mark, dialect) {
                    Closing::At(mark)
                } else {
                    stray_quotes::judge(bytes, open, mark, dialect, whole)
                };
            }
            Some(_) => return Closing::Unknown,
            None if whole => return Closing::Never,
            None => return Closing::Unknown,
        }
    }
}

#[cfg(test)]
mod tests;
