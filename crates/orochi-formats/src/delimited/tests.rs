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
                && let Some((quoted, after)) = oracle_quoted(&text, at, dialect)
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

fn oracle_quoted(text: &[char], open: usize, dialect: Dialect) -> Option<(String, usize)> {
    let terminator = char::from(dialect.terminator);
    let mut cell = String::new();
    let mut lines = 0;
    let mut at = open + 1;
    while at < text.len() {
        if text[at] == '"' {
            if text.get(at + 1) != Some(&'"') {
                return (!oracle_stray(text, open, at, dialect)).then_some((cell, at + 1));
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

/// Whether the field from `open` to `close` swallows rows.
fn oracle_stray(text: &[char], open: usize, close: usize, dialect: Dialect) -> bool {
    let (delimiter, terminator) = (char::from(dialect.delimiter), char::from(dialect.terminator));
    let next = text.get(close + 1).copied().unwrap_or('\n');
    let proper = next == delimiter || next == '\r' || next == '\n';
    let begins = |at: usize| at > open && text[at] == delimiter;
    if !proper && (begins(close - 1) || text[close - 1] == '=' && begins(close - 2)) {
        return true;
    }
    let whole: String = text.iter().collect();
    let mut begin = 0;
    let mut lines: Vec<&str> = Vec::new();
    for line in whole.split(terminator) {
        let length = line.chars().count();
        // Lines that the field touches.
        if begin + length >= open && begin <= close {
            lines.push(line);
        }
        begin += length + 1;
    }
    if lines.len() < 2 {
        return false;
    }
    let spaced = lines[0].split(delimiter).nth(1).is_some_and(|cell| cell.starts_with(' '));
    let prose = if spaced || matches!(delimiter, '\t' | '|') { "\0".into() } else { format!("{delimiter} ") };
    let row =
        |line: &str| line.matches(delimiter).count() - line.matches(prose.as_str()).count() + 1 >= dialect.columns;
    let kinds = |line: &str| {
        let cell = line.split(delimiter).next().unwrap_or("");
        (cell.contains(|c: char| c.is_ascii_digit()), cell.contains(|c: char| c.is_ascii_alphabetic() || !c.is_ascii()))
    };
    let alike = |line: &str| {
        let (one, other) = (kinds(lines[0]), kinds(line));
        one == other || one == (false, false) || other == (false, false)
    };
    let below = || lines[1..].iter().any(|line| row(line) && (dialect.columns > 3 || alike(line)));
    row(lines[0]) && (!proper || (dialect.columns > 1 && below()))
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

/// Rows of six columns, told by [`dialect`] as a file's are.
fn six(rows: &[&str]) -> (Vec<Vec<String>>, Vec<u64>) {
    let text: String = rows.iter().map(|row| format!("{row}\n")).collect();
    let dialect = crate::dialect::sniff(&text);
    let table = read(&text, dialect, 40);
    let unclosed = each_row(&text, dialect, 1, |_| ()).unclosed;
    (table.into_iter().map(|(_, cells)| cells).collect(), unclosed)
}

#[test]
fn stray_quotes_some_rows_apart_swallow_no_row() {
    let row = |site: &str| format!("07700900111,07700900222,Voice,03/02/2025 09:15:00,35,{site}");
    for (sites, named) in [
        // An opening mark, and below it one that looks like another.
        (["High St", "\"The Mill", "Low St", "\"West\" St", "5\" Mast", "End St"], vec![2]),
        // Two opening marks: each would close the other.
        (["High St", "\"The Mill", "Low St", "\"West St", "5\" Mast", "End St"], vec![2, 4]),
        // An opening mark, and below it a closing one: a field by the book.
        (["High St", "\"The Mill", "Low St", "West St\"", "Mast", "End St"], vec![2]),
        (["High St", "The Mill\"", "Low St", "\"West St", "Mast", "\"End St\""], vec![4]),
        (["\"High St\"", "\"The Mill", "\"Low St\"", "", "Mast", "End St"], vec![2]),
    ] {
        let rows: Vec<String> = sites.iter().map(|site| row(site)).collect();
        let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
        let (table, unclosed) = six(&rows);
        assert_eq!((table.len(), unclosed), (6, named), "{sites:?}");
        assert!(table.iter().all(|cells| cells.len() == 6), "{table:?}");
    }
}

#[test]
fn a_stray_quote_before_a_formula_s_guard_spoils_its_own_cell_only() {
    let text = "a,b,c,d\n=\"1\",\"The Mill,NR1,=\"2\"\n=\"3\",Low St,NR2,=\"4\"\n";
    let table = cells(text);
    assert_eq!(table[1], ["=\"1\"", "\"The Mill", "NR1", "=\"2\""]);
    assert_eq!(table[2].len(), 4);
}

#[test]
fn stray_quotes_in_any_column_and_under_any_delimiter_swallow_no_row() {
    for delimiter in [",", ";", "\t", "|"] {
        for column in 0..6 {
            for (above, below) in [("\"", "\""), ("\"", ""), ("", "\""), ("\"", "\" x")] {
                let mut rows = vec![["a1", "b2", "c3", "d4", "e5", "f6"].map(str::to_owned); 9];
                rows[2][column].insert_str(0, above);
                rows[6][column].push_str(below);
                let rows: Vec<String> = rows.iter().map(|row| row.join(delimiter)).collect();
                let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
                let (table, _) = six(&rows);
                assert!(
                    table.len() == 9 && table.iter().all(|cells| cells.len() == 6),
                    "{delimiter:?} {column} {table:?}"
                );
            }
        }
    }
}

#[test]
fn addresses_with_line_breaks_and_commas_stay_one_field() {
    let plain = "07700900111,A Person,PAYG,1 High St,NR1 1AA,2025";
    for row in [
        "07700900111,A Person,PAYG,\"Flat 2, 1 High St,\nOld Town, Norwich,\nNorfolk\",NR1 1AA,2025",
        "07700900111,A Person,PAYG,NR1 1AA,2025,\"Flat 2, The Old House, 1 High St,\nOld Town, Norwich,\n\
         Norfolk, England\"",
        "\"Flat 2, 1 High St,\r\nOld Town, Norwich,\r\nNorfolk\",07700900111,A Person,PAYG,NR1 1AA,2025",
        "07700900111,\"A \"\"Person\"\"\nOf Town\",PAYG,\"1 High St\nTown\",NR1 1AA,2025",
    ] {
        let (table, unclosed) = six(&[plain, row, plain, plain]);
        assert_eq!((table.len(), unclosed), (4, vec![]), "{row}");
        assert!(table.iter().all(|cells| cells.len() == 6), "{table:?}");
    }
    let text = "cell,address\n234-15-1-2,\"1 High St, Town,\nNorfolk, NR1\"\n234-15-1-3,\"Mast\nTown,Norfolk\"\n\
                234-15-1-4,x\n";
    let dialect = crate::dialect::sniff(text);
    assert_eq!(
        (dialect.columns, read(text, dialect, 30).len()),
        (2, 4),
        "a narrow table's row does not begin with a town"
    );
}

#[test]
fn lines_are_accounted_for_that_are_not_rows() {
    let text = "a,b,c\n1,\"2\n2\n2\",3\n4,5,6\r7,8,9\nx,y\r,z\n";
    let split = each_row(text, Dialect { columns: 3, ..Dialect::default() }, 1, |_| ());
    assert_eq!((split.rows, split.joined, split.returns), (4, 2, vec![3]));
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
        2 => Just("ab"), 1 => Just("é€"), 1 => Just(";"), 1 => Just("\t"), 1 => Just(" "), 1 => Just("7"),
    ];
    proptest::collection::vec(piece, 0..120).prop_map(|pieces| pieces.concat())
}

fn dialect() -> impl Strategy<Value = Dialect> {
    (prop_oneof![Just(b','), Just(b';'), Just(b'\t')], prop_oneof![4 => Just(b'\n'), 1 => Just(b'\r')], 0_usize..6)
        .prop_map(|(delimiter, terminator, columns)| Dialect { delimiter, terminator, columns })
}

proptest! {
    #[test]
    fn every_block_size_gives_the_rows_of_the_obvious_reader(
        text in text(),
        dialect in dialect(),
        size in 1_usize..200,
    ) {
        let expected = oracle(&text, dialect);
        prop_assert_eq!(read(&text, dialect, size), expected.clone());
        prop_assert_eq!(read(&text, dialect, 1 << 20), expected);
    }

    /// On text without stray marks the rules are those of every CSV reader.
    #[test]
    fn agrees_with_csv_core(
        rows in proptest::collection::vec(proptest::collection::vec("[ab,\"\n é]{0,6}", 1..5), 0..20),
    ) {
        let quote = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
        let text: String = rows.iter().map(|row| row.iter().map(quote).collect::<Vec<_>>().join(",") + "\r\n")
            .collect();
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
