//! Cells: a canonical text reads as itself, whatever the row says beside it. Input: text, radio,
//! network, area, one a line.
#![no_main]

use libfuzzer_sys::fuzz_target;
use orochi_model::cell::{CellHints, read_cell};

fuzz_target!(|input: &str| {
    let mut lines = input.split('\n');
    let text = lines.next().unwrap_or_default();
    let hints = CellHints {
        radio: lines.next(),
        network: lines.next(),
        area: lines.next(),
        mcc: lines.next(),
        mnc: lines.next(),
    };
    let mut canonical = String::new();
    if read_cell(text, hints, &mut canonical).is_ok() {
        for hints in [hints, CellHints::default()] {
            let mut again = String::new();
            assert_eq!(read_cell(&canonical, hints, &mut again), Ok(()), "{canonical}");
            assert_eq!(again, canonical);
        }
    } else {
        assert!(canonical.is_empty());
    }
});
