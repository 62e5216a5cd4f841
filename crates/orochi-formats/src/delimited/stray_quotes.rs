//! Whether a quoted field over several lines is one, or a stray mark that swallowed rows.
//!
//! A mark that somebody typed before a site's name opens a field, and the next mark anywhere below closes it: the rows
//! between would be gone into one cell, unsaid. Such a field gives itself away. Its lines are rows by themselves: the
//! line on which it opens has as many fields as a row, and so has one below it. An address with line breaks has not:
//! where it stands in the last column its lines below are short, elsewhere its first line is. Commas before a space are
//! prose and part no fields.
//!
//! What is decided here depends on the lines from the opening mark to the closing one alone, so that it is the same
//! wherever a file is cut into blocks.

use memchr::{memchr, memchr_iter, memrchr};

use super::{Closing, Dialect};

/// Narrower tables are taken for such only if the line below also begins as the row does: one
/// comma stands in any address.
const NARROW: usize = 3;

/// Whether the mark that would close the field opens another one: it stands at the beginning of a field, or behind
/// the sign of a formula there, and text follows it.
pub(super) fn opens_another(bytes: &[u8], open: usize, close: usize, dialect: Dialect) -> bool {
    // `,"` and the guard of a formula, `,="`
    let begins = |at: usize| at > open && bytes[at] == dialect.delimiter;
    let guard = bytes[close - 1] == b'=' && begins(close - 2);
    !ends_field(bytes, close, dialect) && (begins(close - 1) || guard)
}

/// Whether a closing mark has after it what should stand there: a delimiter, or the end of the line or file.
fn ends_field(bytes: &[u8], close: usize, dialect: Dialect) -> bool {
    bytes.get(close + 1).is_none_or(|next| *next == dialect.delimiter || matches!(next, b'\r' | b'\n'))
}

/// Judges a field with line ends in it, or whose closing mark opens another field.
pub(super) fn judge(bytes: &[u8], open: usize, close: usize, dialect: Dialect, whole: bool) -> Closing {
    let Dialect { delimiter, terminator, columns } = dialect;
    if opens_another(bytes, open, close, dialect) {
        return Closing::Never;
    }
    let end = memchr(terminator, &bytes[close..]).map(|length| close + length);
    let Some(end) = end.or(whole.then_some(bytes.len())) else { return Closing::Unknown };
    let start = memrchr(terminator, &bytes[..open]).map_or(0, |at| at + 1);
    let mut lines = bytes[start..end].split(|byte| *byte == terminator);
    let Some(first) = lines.next() else { return Closing::At(close) };
    // A table may be written with a space after each comma; then commas before spaces are what parts its fields.
    let spaced = memchr(delimiter, first).is_some_and(|at| first.get(at + 1) == Some(&b' '));
    let row = |line: &[u8]| fields(line, delimiter, spaced) >= columns;
    if !row(first) {
        return Closing::At(close);
    }
    if !ends_field(bytes, close, dialect) {
        return Closing::Never;
    }
    if columns > 1 && lines.any(|line| row(line) && (columns > NARROW || alike(first, line, delimiter))) {
        return Closing::Never;
    }
    Closing::At(close)
}

/// Fields of a line, all its marks taken as ordinary characters.
fn fields(line: &[u8], delimiter: u8, spaced: bool) -> usize {
    let prose = |at: usize| !spaced && matches!(delimiter, b',' | b';') && line.get(at + 1) == Some(&b' ');
    1 + memchr_iter(delimiter, line).filter(|at| !prose(*at)).count()
}

/// Whether two lines begin alike: with digits, with letters, or with both.
fn alike(one: &[u8], other: &[u8], delimiter: u8) -> bool {
    let begins = |line: &[u8]| {
        let cell = &line[..memchr(delimiter, line).unwrap_or(line.len())];
        (cell.iter().any(u8::is_ascii_digit), cell.iter().any(|byte| byte.is_ascii_alphabetic() || *byte > 0x7F))
    };
    let (one, other) = (begins(one), begins(other));
    one == other || one == (false, false) || other == (false, false)
}
