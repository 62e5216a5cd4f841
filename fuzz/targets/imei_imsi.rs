//! Handsets and SIMs: digits only, of the length that belongs to them.
#![no_main]

use libfuzzer_sys::fuzz_target;
use orochi_model::{
    imei::{read_imei, tac},
    imsi::{home_network, read_iccid, read_imsi},
};

fuzz_target!(|text: &str| {
    let digits = |text: &str| text.bytes().all(|c| c.is_ascii_digit());
    let mut out = String::new();
    if read_imei(text, &mut out).is_ok() {
        assert!(out.len() == 14 && digits(&out) && tac(&out).is_some());
    }
    out.clear();
    if read_imsi(text, &mut out).is_ok() {
        assert!(matches!(out.len(), 14 | 15) && digits(&out));
        let mut again = String::new();
        assert_eq!(read_imsi(&out, &mut again), Ok(()));
        assert_eq!(again, out);
        home_network(&out);
    }
    out.clear();
    if read_iccid(text, &mut out).is_ok() {
        assert!(matches!(out.len(), 18..=20) && digits(&out));
    }
});
