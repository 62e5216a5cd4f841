//! Whole native files as raw bytes: gzip, ZIP archives, workbooks of four kinds, text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use orochi_fuzz::{pardon_workbook_library, read_whole};

fuzz_target!(init: pardon_workbook_library(), |bytes: &[u8]| {
    read_whole(bytes);
});
