//! What any cell of a sheet may say, whatever its column: nothing, or whom a disclosure was asked for.

pub use orochi_model::absence::is_blank;
use orochi_model::{
    party::{Unreadable, read_party},
    text::plain,
};

/// The canonical text of a target: 15 digits that begin with a UK or US country code are a SIM, other 14 to 16 digits a
/// handset, all else is a party.
///
/// # Errors
/// When it is none of these.
pub fn read_target(text: &str, region: orochi_model::party::Region) -> Result<String, Unreadable> {
    let mut out = String::new();
    let text = plain(text);
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
