//! Layout profiles that users write.
#![no_main]

use libfuzzer_sys::fuzz_target;
use orochi_layout::profile::Profile;

fuzz_target!(|text: &str| {
    if let Err(problem) = Profile::read(text, "a.toml") {
        assert!(!problem.to_string().is_empty());
    }
});
