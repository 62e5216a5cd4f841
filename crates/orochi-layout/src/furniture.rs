//! Lines between and below the rows of a table that are no rows of data: repeated headings, rules,
//! totals, pages, end lines.
//!
//! One judgement for both sides: what proposes a layout leaves these lines out of the sample, and what reads rows
//! counts them apart. A line is furniture only when nothing in it could be evidence; a line in doubt is a row, and is
//! rejected if it cannot be read.

use super::field::Field;
use super::heading::normalise;
use super::preamble;
use super::shapes::{Shape, shapes};
use super::synonyms::meanings;
use super::words::sense;

/// What a line that is no row of data is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Furniture {
    /// Nothing at all.
    Blank,
    /// The headings once more.
    Heading,
    /// Dashes, stars or the like from one side to the other.
    Rule,
    /// A total, a sum or a count.
    Total,
    /// What a printer or a program put at the head or foot of a page.
    Page,
    /// The end of the table or of the file.
    End,
    /// Words, or a key with its value as above a header.
    Words,
}

impl Furniture {
    /// The kind in words, for a count of such lines.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Blank => "blank line",
            Self::Heading => "repeated heading",
            Self::Rule => "rule",
            Self::Total => "total",
            Self::Page => "page line",
            Self::End => "end line",
            Self::Words => "line of words",
        }
    }
}

const TOTALS: &[&str] =
    &["total", "sum", "count", "grand", "subtotal", "sub total", "sub-total", "records", "rows", "number of", "no. of"];
const COUNTED: &[&str] =
    &["record", "row", "call", "entr", "event", "item", "line", "result", "transaction", "subscriber"];
const PAGES: &[&str] = &["page", "printed", "report", "produced", "generated", "created", "confidential", "official"];
const ENDS: &[&str] = &["end", "eof", "finish"];

/// What a line is, if it is no row of the table under these headings. `headed` says that the
/// headings stand in the file.
pub fn furniture<S: AsRef<str>>(cells: &[&str], headings: &[S], headed: bool) -> Option<Furniture> {
    let mut filled = cells.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty());
    let Some(first) = filled.next() else { return Some(Furniture::Blank) };
    let count = 1 + filled.count();
    let each = || cells.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty());
    if each().all(is_rule) {
        return Some(Furniture::Rule);
    }
    if headed && repeats(cells, headings, count) {
        return Some(Furniture::Heading);
    }
    let folded = first.trim_start_matches(['*', '-', '=', '#', '_', ' ', '\'', '"', '<', '[']).to_ascii_lowercase();
    // `260 records found`
    let counted = folded.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ',' | '.' | ' ' | '\u{a0}'));
    let counts = counted.len() < folded.len() && COUNTED.iter().any(|noun| counted.starts_with(noun));
    let begins = |words: &[&str]| words.iter().any(|word| folded.starts_with(word) && ends_word(&folded, word));
    let width = cells.len().max(headings.len());
    // A total may repeat sums under several columns; a row of data has a party or an instant beside it.
    let sparse = count * 2 <= width.max(6);
    if sparse && (begins(TOTALS) || counts) && !each().skip(1).any(is_evidence) {
        return Some(Furniture::Total);
    }
    let few = count <= 2 && width > 2 * count;
    if !few {
        return None;
    }
    if begins(ENDS) {
        return Some(Furniture::End);
    }
    if begins(PAGES) {
        return Some(Furniture::Page);
    }
    // A key of a preamble once more, with its value. Otherwise words only: a row that was cut off shows a value, or the
    // one word that stood first in it.
    let key = preamble::pair_of(each()).is_some_and(|(key, _)| preamble::is_key(key));
    let words = folded.is_empty() || folded.starts_with(|c: char| c.is_alphabetic() || c == '(' || c == '\u{a9}');
    let value = |cell: &str| is_evidence(cell) || is_event(cell) || is_number(cell);
    let cut = count == 1 && cells[0].trim() == first && first.chars().all(char::is_alphanumeric);
    (key || (words && !cut && !each().any(value))).then_some(Furniture::Words)
}

/// The rows below a heading, without lines that are no rows.
pub fn rows<S: AsRef<str>>(body: &[(u64, Vec<String>)], headings: &[S], headed: bool) -> Vec<(u64, Vec<String>)> {
    let is_row = |row: &[String]| {
        let cells: Vec<&str> = row.iter().map(String::as_str).collect();
        furniture(&cells, headings, headed).is_none()
    };
    body.iter().filter(|(_, row)| is_row(row)).cloned().collect()
}

/// Where the rows of a table begin whose heading was found at this place of the head: below it, or above it where rows
/// stand there because the first heading is missing and a repeated one was found. Such rows look like the first one
/// below, column by column; totals, rules and the like may stand between them.
pub fn first_row(head: &[(u64, Vec<String>)], heading: usize) -> usize {
    let headings = &head[heading].1;
    let is_row = |row: &[String]| {
        let cells: Vec<&str> = row.iter().map(String::as_str).collect();
        furniture(&cells, headings, true).is_none()
    };
    let Some((_, below)) = head[heading + 1..].iter().find(|(_, row)| is_row(row)) else { return heading + 1 };
    let like = |row: &[String]| {
        let both = row.iter().zip(below).map(|(one, two)| (one.trim(), two.trim()));
        let kinds: Vec<(u8, u8)> = both
            .filter(|(one, two)| !one.is_empty() && !two.is_empty())
            .map(|(one, two)| (form(one), form(two)))
            .collect();
        let same = kinds.iter().filter(|(one, two)| one == two).count();
        let telling = kinds.iter().filter(|(one, two)| one == two && *one != 0).count();
        telling >= 2 && same * 5 >= kinds.len() * 4
    };
    let mut first = heading;
    while first > 0 && (!is_row(&head[first - 1].1) || like(&head[first - 1].1)) {
        first -= 1;
    }
    while first < heading && !is_row(&head[first].1) {
        first += 1;
    }
    if first < heading { first } else { heading + 1 }
}

// What a cell looks like, told roughly: words are 0.
fn form(cell: &str) -> u8 {
    let found = shapes(cell);
    let order = [Shape::Moment, Shape::Date, Shape::Time, Shape::Cell, Shape::Postcode, Shape::Phone, Shape::Decimal];
    order.iter().position(|shape| found.contains(shape)).map_or(0, |place| place as u8 + 1)
}

/// Whether a line that could not be read as a row bears other headings than the table's, or the same in another order:
/// what follows it stands under other columns.
pub fn is_other_heading<S: AsRef<str>>(cells: &[&str], headings: &[S]) -> bool {
    let filled: Vec<&str> = cells.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).collect();
    if filled.len() < 3 || filled.iter().any(|cell| is_evidence(cell) || cell.bytes().all(|c| !c.is_ascii_alphabetic()))
    {
        return false;
    }
    let own = |cell: &str| headings.iter().any(|heading| normalise(heading.as_ref()) == normalise(cell));
    let known = |cell: &str| meanings(cell).iter().any(|(_, score)| *score >= 0.8);
    filled.iter().filter(|cell| own(cell) || known(cell)).count() * 3 >= filled.len() * 2
}

/// Whether a line between rows says on whose side those below it are, as `INCOMING CALLS` does.
pub fn is_section(cells: &[&str]) -> bool {
    let mut filled = cells.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty());
    match (filled.next(), filled.next()) {
        (Some(only), None) => sense(only).side.is_some(),
        _ => false,
    }
}

fn ends_word(text: &str, word: &str) -> bool {
    text[word.len()..].chars().next().is_none_or(|next| !next.is_alphabetic() || next == 's' || word.ends_with(' '))
}

// `-----`, `***`, `= = =`; a lone dash is a cell that says nothing.
fn is_rule(cell: &str) -> bool {
    cell.chars()
        .all(|c| matches!(c, '-' | '=' | '_' | '*' | '~' | '#' | '+' | '|' | '.' | ' ' | '\u{2014}' | '\u{2500}'))
        && (cell.len() >= 3 || cell == "-" || cell == "--")
}

// The cells that are filled repeat their heading. One that is another known heading makes it the
// heading of another table.
fn repeats<S: AsRef<str>>(cells: &[&str], headings: &[S], filled: usize) -> bool {
    let is_same =
        |cell: &str, heading: &str| cell == heading || (alike(cell, heading) && normalise(cell) == normalise(heading));
    let pairs = || {
        let pairs = cells.iter().zip(headings).map(|(cell, heading)| (cell.trim(), heading.as_ref().trim()));
        pairs.filter(|(cell, _)| !cell.is_empty())
    };
    let same = pairs().filter(|(cell, heading)| is_same(cell, heading)).count();
    let most = same >= 2 && same * 2 > filled || same == 1 && filled == 1 && cells.len() <= 2;
    let known = |cell: &str| meanings(cell).iter().any(|(field, score)| *field != Field::Ignore && *score >= 0.8);
    most && (same == filled || !pairs().any(|(cell, heading)| !is_same(cell, heading) && known(cell)))
}

// Whether two texts may be one heading: most cells of a row are not, and this answers for them at once.
fn alike(cell: &str, heading: &str) -> bool {
    let first = |text: &str| text.chars().find(|c| c.is_alphanumeric()).map(|c| c.to_ascii_lowercase());
    cell.len().abs_diff(heading.len()) <= 12 && first(cell) == first(heading)
}

// A whole cell that is a number of somebody, a SIM, a handset, a cell or an instant.
fn is_evidence(cell: &str) -> bool {
    let found = shapes(cell);
    [Shape::Phone, Shape::Moment, Shape::Date, Shape::Imei, Shape::Imsi, Shape::Iccid, Shape::Cell, Shape::Radio]
        .iter()
        .any(|shape| found.contains(shape))
}

// Digits, with a sign or a mark between them.
fn is_number(cell: &str) -> bool {
    cell.bytes().any(|c| c.is_ascii_digit())
        && cell.bytes().all(|c| c.is_ascii_digit() || matches!(c, b'.' | b',' | b'-' | b'+'))
}

// One word that names a kind of event or a direction, as in a row of which no more is left.
fn is_event(cell: &str) -> bool {
    !cell.contains(' ') && sense(cell).says()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADINGS: [&str; 8] =
        ["A Number", "B Number", "Call Type", "Start", "Duration", "First CGI", "IMEI", "Site Name"];

    fn line(text: &str) -> Option<Furniture> {
        let cells: Vec<&str> = text.split(',').collect();
        furniture(&cells, &HEADINGS, true)
    }

    #[test]
    fn lines_that_are_no_rows() {
        for (text, kind) in [
            (",,,,,,,", Furniture::Blank),
            ("", Furniture::Blank),
            ("A Number,B Number,Call Type,Start,Duration,First CGI,IMEI,Site Name", Furniture::Heading),
            (" a number ,B NUMBER,call type,START,duration,,imei,", Furniture::Heading),
            ("A Number,B Number,Call Type,Start,Duration,First CGI,IMEI,", Furniture::Heading),
            ("--------,--------,--------,--------,--------,--------,--------,--------", Furniture::Rule),
            ("=====================", Furniture::Rule),
            ("Total Records : 4,,,,,,,", Furniture::Total),
            ("Total,2,,,38,,,", Furniture::Total),
            ("Number of records,4,,,,,,", Furniture::Total),
            ("260 records found,,,,,,,", Furniture::Total),
            ("Page 2 of 5,,,,,,,", Furniture::Page),
            ("Printed by,A Clerk,,,,,,", Furniture::Page),
            ("*** End of report ***,,,,,,,", Furniture::End),
            ("MSISDN :- 447700900111,,,,,,,", Furniture::Words),
            ("Target,07700900111,,,,,,", Furniture::Words),
            ("This data is supplied in confidence,,,,,,,", Furniture::Words),
        ] {
            assert_eq!(line(text), Some(kind), "{text}");
        }
    }

    #[test]
    fn rows_that_are_damaged_are_still_rows() {
        for text in [
            "07700900111,07700900222,Voice,03/02/2025 09:15:00,35,,,",
            "07700900111",
            "B Number,A Number,Call Type,Start,Duration,First CGI,IMEI,Site Name",
            "Withheld,07700900222",
            "Withheld,,,03/02/2025 09:15:00",
            "SMS",
            "ShopAlert",
            "The Mill,622932",
            ",07700900222,,,,,,",
            "Sam,03/02/2025 09:15:00,,,,,,",
            "Totally Taxis,07700900222,Voice,03/02/2025 09:15:00,,,,",
        ] {
            assert_eq!(line(text), None, "{text}");
        }
    }
}
