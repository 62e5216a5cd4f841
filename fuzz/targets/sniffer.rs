//! The sniffer on raw bytes: encoding, then delimiter and line end.
#![no_main]

use libfuzzer_sys::fuzz_target;
use orochi_formats::{dialect::sniff, encoding};

fuzz_target!(|bytes: &[u8]| {
    let (_, mark) = encoding::detect(bytes);
    assert!(mark <= bytes.len());
    let (text, _) = encoding::text(bytes[mark..].to_vec());
    let dialect = sniff(&text);
    assert_ne!(dialect.delimiter, dialect.terminator);
});
