//! The delimited reader on raw bytes: the rows are the same wherever the file is cut into blocks.
//! First byte: size of a block.
#![no_main]

use libfuzzer_sys::fuzz_target;
use orochi_formats::{
    delimited::{Dialect, blocks::Blocks, fields::each_row},
    dialect::sniff,
    encoding,
};

type Rows = Vec<(u64, Vec<String>)>;

fn read(bytes: &[u8], dialect: Dialect, size: usize) -> Rows {
    let mut rows = Rows::new();
    let mut blocks = Blocks::new(bytes, dialect, size);
    while let Some(block) = blocks.next(Vec::new()).expect("a slice can be read") {
        let (text, _) = encoding::text(block.bytes);
        let split = each_row(&text, dialect, block.first, |row| {
            rows.push((row.number, row.cells.iter().map(|cell| (*cell).to_owned()).collect()));
        });
        assert_eq!(split.rows, block.count);
    }
    rows
}

fuzz_target!(|input: &[u8]| {
    let Some((size, bytes)) = input.split_first() else { return };
    let dialect = sniff(&encoding::text(bytes.to_vec()).0);
    let whole = read(bytes, dialect, bytes.len() + 1);
    assert!(
        whole.iter().zip(1..).all(|((number, _), expected)| *number == expected),
        "rows are numbered without a \
         gap"
    );
    assert_eq!(read(bytes, dialect, usize::from(*size) + 1), whole);
});
