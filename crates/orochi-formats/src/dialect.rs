//! What marks off the rows and fields of a text, judged from its head.
//!
//! A delimiter is right when many rows have the same number of fields under it and no quotation mark is left standing
//! inside an unquoted field. The delimiter with the fewest misfits wins: preamble and footer lines misfit under every
//! delimiter alike, but a table of semicolons and decimal commas has a heading that only the semicolons fit. Then wider
//! tables win over narrower ones; among equals the order is tab, pipe, semicolon, comma, because commas stand in
//! ordinary text more often than the others.

use std::{cmp::Reverse, collections::BTreeMap};

use crate::delimited::{Dialect, fields::each_row};

/// Rows looked at.
pub const ROWS: usize = 200;

const CANDIDATES: [u8; 4] = [b'\t', b'|', b';', b','];

/// The dialect of a text that begins with `head`. Any text has one; a text without delimiters is taken as one column.
pub fn sniff(head: &str) -> Dialect {
    let terminator = terminator(head);
    if let Some(delimiter) = stated(head) {
        let dialect = Dialect { delimiter, terminator, columns: 0 };
        return Dialect { columns: score(head, dialect).columns(), ..dialect };
    }
    let mut best = (Score::default(), Dialect { terminator, ..Dialect::default() });
    for delimiter in CANDIDATES {
        let dialect = Dialect { delimiter, terminator, columns: 0 };
        let score = score(head, dialect);
        if score > best.0 {
            best = (score, Dialect { columns: score.columns(), ..dialect });
        }
    }
    best.1
}

/// `\r` only where lone carriage returns outnumber line feeds, as in files of old Macintoshes.
fn terminator(head: &str) -> u8 {
    let bytes = head.as_bytes();
    let feeds = memchr::memchr_iter(b'\n', bytes).count();
    let returns =
        memchr::memchr_iter(b'\r', bytes).filter(|at| !matches!(bytes.get(at + 1), Some(b'\n' | b'\r'))).count();
    if returns > feeds { b'\r' } else { b'\n' }
}

/// The delimiter that a first line `sep=;` states; spreadsheets write and obey it.
fn stated(head: &str) -> Option<u8> {
    match *head.as_bytes() {
        [b's', b'e', b'p', b'=', mark, b'\r' | b'\n', ..] if CANDIDATES.contains(&mark) => Some(mark),
        _ => None,
    }
}

/// Better scores are greater.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Score {
    /// Some row has two fields at least; then whether a third of the rows are of one width.
    table: (bool, bool),
    misfits: Reverse<usize>,
    width: usize,
}

impl Score {
    /// Fields of most rows, where so many agree that it is a table.
    fn columns(self) -> usize {
        if self.table == (true, true) { self.width } else { 0 }
    }
}

fn score(head: &str, dialect: Dialect) -> Score {
    // Rows by the widths that they fit: empty cells at the end may be more than the table has.
    let mut widths: BTreeMap<usize, usize> = BTreeMap::new();
    let (mut seen, mut filled) = (0, 0);
    each_row(head_rows(head, dialect), dialect, 1, |row| {
        seen += 1;
        if seen > ROWS || row.cells.iter().all(|cell| cell.is_empty()) {
            return;
        }
        filled += 1;
        // A mark left inside a cell is a sign that this delimiter cuts through quoted text, unless
        // the text doubled it itself.
        let torn = row.cells.iter().any(|cell| cell.starts_with('"') || cell.matches('"').count() % 2 == 1);
        if row.cells.len() > 1 && !torn {
            let used = row.cells.iter().rposition(|cell| !cell.trim().is_empty()).map_or(0, |last| last + 1);
            for width in used.max(2)..=row.cells.len() {
                *widths.entry(width).or_default() += 1;
            }
        }
    });
    let Some((width, rows)) = widths.into_iter().max_by_key(|(width, rows)| (*rows, *width)) else {
        return Score::default();
    };
    Score { table: (true, rows * 3 >= filled), misfits: Reverse(filled - rows), width }
}

/// At most about [`ROWS`] rows of the head, so that a head of very short lines is not split whole four times over.
fn head_rows(head: &str, dialect: Dialect) -> &str {
    // Quoted line ends make rows longer than lines; a few times as many lines are enough.
    let end = memchr::memchr_iter(dialect.terminator, head.as_bytes()).nth(ROWS * 4);
    end.map_or(head, |end| &head[..=end])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn delimiter(head: &str) -> char {
        char::from(sniff(head).delimiter)
    }

    #[test]
    fn finds_each_delimiter() {
        for mark in [',', ';', '\t', '|'] {
            let text =
                "From,To,When,Length\n447700900001,447700900002,01/02/2024 10:11,12\n".replace(',', &mark.to_string());
            assert_eq!(delimiter(&text), mark);
            assert_eq!(delimiter(&text.replace('\n', "\r\n")), mark);
        }
    }

    #[test]
    fn preamble_and_footer_do_not_vote_with_the_table() {
        let mut text = String::from("URN:,,,,IR1\nGrade:,,,,OFFICIAL\nOperator:,,,,EE\nTarget:,,,,07700900123\n\n");
        text += "Start Date,Start Time,Calling,Called,Type,IMSI,IMEI,Ring\n";
        text += "01/09/2024,08:15:22,447700900123,447700900456,Voice,234,350,3\n";
        text += "Total rows: 1; complete\n";
        assert_eq!(delimiter(&text), ',');
    }

    #[test]
    fn semicolons_beat_the_decimal_commas_between_them() {
        assert_eq!(delimiter(&format!("a;b;c\n{}", "1,5;2,5;3,5\n".repeat(100))), ';');
    }

    #[test]
    fn empty_cells_at_the_end_of_some_rows_do_not_count() {
        let text = "start;lon;lat\n2023-06-01;-1,2288;52,4894;\n2023-02-22;-1,3113;52,4214\n2023-02-22;-1,3;52,4;;\n";
        assert_eq!((delimiter(text), sniff(text).columns), (';', 3));
        assert_eq!(sniff("a,b,c\n1,,\n2,,\n3,4,\n").columns, 3);
    }

    #[test]
    fn delimiters_inside_quotes_do_not_count() {
        let row = "1,\"a;b;c;d;e;f\",x\n";
        assert_eq!(delimiter(&format!("id,list,name\n{}", row.repeat(20))), ',');
        assert_eq!(delimiter("\"a\",\"b;c\"\n\"d\",\"e;f\"\n"), ',');
    }

    #[test]
    fn commas_in_addresses_do_not_beat_tabs() {
        assert_eq!(delimiter("cell\taddress\n1\t2 High St, Town, County\n2\t3 Low St, Town, County\n"), '\t');
    }

    #[test]
    fn stated_delimiter_and_old_line_ends_are_obeyed() {
        assert_eq!(delimiter("sep=|\r\na,b|c\r\n"), '|');
        assert_eq!(sniff("a;b\r1;2\r3;4\r"), Dialect { delimiter: b';', terminator: b'\r', columns: 2 });
        assert_eq!(sniff("a,b\r\r\n1,2\r\r\n").terminator, b'\n');
        assert_eq!(sniff(""), Dialect::default());
        assert_eq!(delimiter("one column\nof text\n"), ',');
    }

    proptest! {
        #[test]
        fn any_text_has_a_dialect(head in "[a,;|\t\r\n\"\0é]{0,400}") {
            let dialect = sniff(&head);
            prop_assert!(CANDIDATES.contains(&dialect.delimiter));
            prop_assert!(b"\r\n".contains(&dialect.terminator));
        }
    }
}
