//! Archives by their members: tables, pages and letters, a workbook packed from parts (`calls.xlsx//xl/workbook.xml`).
#![no_main]

use std::collections::BTreeMap;

use libfuzzer_sys::fuzz_target;
use orochi_fuzz::{archive, pardon_libraries, read_whole, zipped};

/// Members whose names hold `//` are parts of an archive in the archive.
fn nested(input: &str) -> Option<Vec<u8>> {
    let mut members: Vec<(&str, Vec<u8>)> = Vec::new();
    let mut inner: BTreeMap<&str, Vec<(&str, Vec<u8>)>> = BTreeMap::new();
    for part in input.split("\n----\n") {
        let (name, text) = part.split_once('\n')?;
        match name.split_once("//") {
            Some((outer, name)) => inner.entry(outer).or_default().push((name, text.as_bytes().to_vec())),
            None => members.push((name, text.as_bytes().to_vec())),
        }
    }
    for (name, parts) in inner {
        members.push((name, zipped(&parts)?));
    }
    zipped(&members)
}

fuzz_target!(init: pardon_libraries(), |input: &str| {
    if let Some(bytes) = nested(input).or_else(|| archive(input)) {
        read_whole(&bytes);
    }
});
