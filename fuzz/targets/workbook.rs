//! Workbooks by their parts, so that what is changed is the XML and not the archive's checksums. Input: parts, each the name of a
//! file in the archive, a line end and its text, divided by lines of `----`.
#![no_main]

use std::io::{Cursor, Write};

use libfuzzer_sys::fuzz_target;
use orochi_fuzz::{pardon_workbook_library, read_whole};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

/// The archive; none where two parts have one name.
fn archive(input: &str) -> Option<Vec<u8>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for part in input.split("\n----\n") {
        let (name, text) = part.split_once('\n')?;
        archive.start_file(name, SimpleFileOptions::default().compression_method(CompressionMethod::Stored)).ok()?;
        archive.write_all(text.as_bytes()).ok()?;
    }
    Some(archive.finish().ok()?.into_inner())
}

fuzz_target!(init: pardon_workbook_library(), |input: &str| {
    if let Some(bytes) = archive(input) {
        read_whole(&bytes);
    }
});
