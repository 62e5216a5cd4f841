//! What any cell of a sheet may say, whatever its column: nothing, or whom a disclosure was asked for.

use orochi_model::party::{Unreadable, read_party};

/// Whether a cell says nothing.
pub fn is_blank(text: &str) -> bool {
    match text.len() {
        0 => true,
        _ if text.as_bytes()[0].is_ascii_digit() => false,
        1..=12 => {
            let dashes = text.bytes().all(|b| matches!(b, b'-' | b'.' | b'*' | b'?'));
            dashes
                || ["n/a", "na", "null", "none", "nil", "nan", "not known", "unknown", "not recorded", "#n/a"]
                    .iter()
                    .any(|word| word.eq_ignore_ascii_case(text))
        }
        _ => false,
    }
}

/// The canonical text of a target: 15 digits that begin with a UK or US country code are a SIM, other 14 to 16 digits a handset,
/// all else is a party.
///
/// # Errors
/// When it is none of these.
pub fn read_target(text: &str, region: orochi_model::party::Region) -> Result<String, Unreadable> {
    let mut out = String::new();
    let text = text.trim();
    let digits = text.len();
    if (14..=16).contains(&digits) && text.bytes().all(|b| b.is_ascii_digit()) && !text.starts_with("00") {
        let sim = digits == 15 && ["234", "235", "310", "311"].iter().any(|mcc| text.starts_with(mcc));
        if sim {
            orochi_model::imsi::read_imsi(text, &mut out)?;
        } else {
            orochi_model::imei::read_imei(text, &mut out)?;
        }
    } else {
        read_party(text, region, &mut out)?;
    }
    Ok(out)
}
