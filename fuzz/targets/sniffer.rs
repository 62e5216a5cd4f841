//! The sniffer on raw bytes: encoding, then delimiter and line end.
#![no_main]

use libfuzzer_sys::fuzz_target;
use orochi_formats::{decode, sniff::sniff};

fuzz_target!(|bytes: &[u8]| {
    let (_, mark) = decode::detect(bytes);
    assert!(mark <= bytes.len());
    let (text, _) = decode::text(bytes[mark..].to_vec());
    let dialect = sniff(&text);
    assert_ne!(dialect.delimiter, dialect.terminator);
});
