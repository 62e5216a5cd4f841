//! Workbooks by their parts, so that what is changed is the XML and not the archive's checksums.
#![no_main]

use libfuzzer_sys::fuzz_target;
use orochi_fuzz::{archive, pardon_libraries, read_whole};

fuzz_target!(init: pardon_libraries(), |input: &str| {
    if let Some(bytes) = archive(input) {
        read_whole(&bytes);
    }
});
