//! Files that are read whole: web pages, web archives, XML workbooks of 2003, typed returns.
#![no_main]

use libfuzzer_sys::fuzz_target;
use orochi_fuzz::{pardon_libraries, read_whole};

fuzz_target!(init: pardon_libraries(), |bytes: &[u8]| {
    read_whole(bytes);
});
