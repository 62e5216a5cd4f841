//! Parties: a canonical text reads as itself, and its kind is what it was read as.
#![no_main]

use libfuzzer_sys::fuzz_target;
use orochi_model::party::{Region, class_of, is_drama, kind_of, read_party};

fuzz_target!(|text: &str| {
    for region in [Region::Gb, Region::Us] {
        let mut canonical = String::new();
        if let Ok(kind) = read_party(text, region, &mut canonical) {
            assert_eq!(kind_of(&canonical), kind);
            let mut again = String::new();
            assert_eq!(read_party(&canonical, region, &mut again), Ok(kind));
            assert_eq!(again, canonical);
            class_of(&canonical);
            is_drama(&canonical);
        } else {
            assert!(canonical.is_empty());
        }
    }
});
