//! Whole native files as raw bytes: gzip, ZIP archives, workbooks of four kinds, text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use orochi_fuzz::{pardon_libraries, read_whole};

fuzz_target!(init: pardon_libraries(), |bytes: &[u8]| {
    read_whole(bytes);
});
