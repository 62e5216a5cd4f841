//! The slow, obvious reader, and everything else held against it.

use proptest::prelude::*;

use super::{Dialect, MAX_LINES, blocks::Blocks, fields::each_row};

type Table = Vec<(u64, Vec<String>)>;

/// One character at a time, over the whole file at once.
fn oracle(text: &str, dialect: Dialect) -> Table {
    let (delimiter, terminator) = (char::from(dialect.delimiter), char::from(dialect.terminator));
    let text: Vec<char> = text.chars().collect();
    let mut table: Table = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let mut row = Vec::new();
        loop {
            let mut cell = String::new();
            if text.get(at) == Some(&'"')
                && let Some((quoted, after)) = oracle_quoted(&text, at, terminator)
            {
                cell = quoted;
                at = after;
            }
            let mut bare = String::new();
            while at < text.len() && text[at] != delimiter && text[at] != terminator {
                bare.push(text[at]);
                at += 1;
            }
            let ends_row = at == text.len() || text[at] == terminator;
            if ends_row && terminator == '\n' {
                while bare.ends_with('\r') {
                    bare.pop();
                }
            }
            row.push(cell + &bare);
            at += 1;
            if ends_row {
                break;
            }
        }
        table.push((table.len() as u64 + 1, row));
    }
    table
}

fn oracle_quoted(text: &[char], open: usize, terminator: char) -> Option<(String, usize)> {
    let mut cell = String::new();
    let mut lines = 0;
    let mut at = open + 1;
    while at < text.len() {
        if text[at] == '"' {
            if text.get(at + 1) != Some(&'"') {
                return Some((cell, at + 1));
            }
            at += 1;
        }
        lines += usize::from(text[at] == terminator);
        if lines > MAX_LINES {
            return None;
        }
        cell.push(text[at]);
        at += 1;
    }
    None
}

fn read(text: &str, dialect: Dialect, size: usize) -> Table {
    let mut blocks = Blocks::new(text.as_bytes(), dialect, size);
    let mut table = Vec::new();
    let mut next = 1;
    while let Some(rows) = blocks.next(Vec::new()).expect("reads") {
        assert_eq!(rows.first, next);
        next += rows.count;
        let text = String::from_utf8(rows.bytes).expect("UTF-8");
        let split = each_row(&text, dialect, rows.first, |row| {
            table.push((row.number, row.cells.iter().map(ToString::to_string).collect()));
        });
        assert_eq!(split.rows, rows.count, "both halves see the same rows");
    }
    table
}

fn cells(text: &str) -> Vec<Vec<String>> {
    read(text, Dialect::default(), 1 << 20).into_iter().map(|(_, cells)| cells).collect()
}

#[test]
fn quotes_line_ends_and_blank_lines_are_read_as_spreadsheets_do() {
    assert_eq!(
        cells("a,\"b,\"\"c\"\"\r\nd\",e\r\n\r\nx\"y,\"p\"q,\n"),
        [vec!["a", "b,\"c\"\r\nd", "e"], vec![""], vec!["x\"y", "pq", ""]]
    );
    assert_eq!(cells("a,b"), [["a", "b"]], "no line end at the end");
    assert_eq!(cells("a\r\r\n"), [["a"]], "line ends converted twice");
    assert!(cells("").is_empty());
}

#[test]
fn stray_quote_spoils_its_own_row_only() {
    let good = "1,2,3\n".repeat(5_000);
    let table = cells(&format!("{good}\"7,8,9\n{good}"));
    assert_eq!(table.len(), 10_001);
    assert_eq!(table[5_000], ["\"7", "8", "9"]);
    let table = cells("1,2\n3,\"4\n5,6\n");
    assert_eq!(table, [["1", "2"], ["3", "\"4"], ["5", "6"]], "also just before the end of the file");
}

#[test]
fn stray_quotes_are_reported_with_their_rows() {
    let text = format!("a,b\n\"c,d\n{}", "e,f\n".repeat(MAX_LINES + 1));
    assert_eq!(each_row(&text, Dialect::default(), 10, |_| ()).unclosed, [11]);
}

#[test]
fn a_row_without_end_is_refused_without_reading_on() {
    struct Endless(usize);
    impl std::io::Read for Endless {
        fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
            into.fill(b'x');
            self.0 += into.len();
            assert!(self.0 < 1 << 30);
            Ok(into.len())
        }
    }
    let error = Blocks::new(Endless(0), Dialect::default(), 1 << 20).next(Vec::new()).expect_err("refused");
    assert!(error.to_string().contains("longer than 64 MiB"), "{error}");
}

/// Text made of the characters that matter.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => Just("\""), 3 => Just(","), 3 => Just("\n"), 2 => Just("\r\n"), 1 => Just("\r"), 1 => Just("\"\""),
        1 => Just("\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n"),
        2 => Just("ab"), 1 => Just("é€"), 1 => Just(";"), 1 => Just("\t"),
    ];
    proptest::collection::vec(piece, 0..120).prop_map(|pieces| pieces.concat())
}

fn dialect() -> impl Strategy<Value = Dialect> {
    (prop_oneof![Just(b','), Just(b';'), Just(b'\t')], prop_oneof![4 => Just(b'\n'), 1 => Just(b'\r')])
        .prop_map(|(delimiter, terminator)| Dialect { delimiter, terminator })
}

proptest! {
    #[test]
    fn every_block_size_gives_the_rows_of_the_obvious_reader(text in text(), dialect in dialect(), size in 1_usize..200) {
        let expected = oracle(&text, dialect);
        prop_assert_eq!(read(&text, dialect, size), expected.clone());
        prop_assert_eq!(read(&text, dialect, 1 << 20), expected);
    }

    /// On text without stray marks the rules are those of every CSV reader.
    #[test]
    fn agrees_with_csv_core(rows in proptest::collection::vec(proptest::collection::vec("[ab,\"\n é]{0,6}", 1..5), 0..20)) {
        let quote = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
        let text: String = rows.iter().map(|row| row.iter().map(quote).collect::<Vec<_>>().join(",") + "\r\n").collect();
        let ours: Vec<Vec<String>> = cells(&text);
        prop_assert_eq!(&ours, &rows);
        prop_assert_eq!(&ours, &by_csv_core(&text));
    }
}

fn by_csv_core(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv_core::Reader::new();
    let (mut rows, mut input) = (Vec::new(), text.as_bytes());
    loop {
        let (mut out, mut ends) = ([0; 4096], [0; 64]);
        let (result, read, written, cells) = reader.read_record(input, &mut out, &mut ends);
        input = &input[read..];
        match result {
            csv_core::ReadRecordResult::Record => {
                let mut from = 0;
                rows.push(
                    ends[..cells]
                        .iter()
                        .map(|end| {
                            String::from_utf8(out[std::mem::replace(&mut from, *end)..*end].to_vec()).expect("UTF-8")
                        })
                        .collect(),
                );
                let _ = written;
            }
            csv_core::ReadRecordResult::End => return rows,
            csv_core::ReadRecordResult::InputEmpty if input.is_empty() => {}
            other => panic!("{other:?}"),
        }
    }
}
