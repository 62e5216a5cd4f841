//! An authorised identifier as typed: a number, an IMSI or an IMEI.
//!
//! Fifteen digits can be any of the three, and an authority for the wrong one would let in the wrong data. `imsi:` and
//! `imei:` before the digits say which; without them only what has one reading is accepted.

use crate::{
    imei::{luhn, read_imei},
    imsi::{network_of, read_imsi},
    party::{PartyKind, Region, read_party},
};

/// Reads an identifier into its canonical text.
///
/// # Errors
/// A sentence that says what was expected, for what is none of the three or could be two of them.
pub fn read(text: &str) -> Result<String, String> {
    let text = text.trim();
    let mut out = String::new();
    if let Some((label, digits)) = text.split_once(':') {
        match label.trim().to_ascii_lowercase().as_str() {
            "imsi" => read_imsi(digits, &mut out).map_err(|error| error.to_string())?,
            "imei" => read_imei(digits, &mut out).map(drop).map_err(|error| error.to_string())?,
            "number" | "msisdn" => number(digits, &mut out)?,
            _ => return Err(format!("“{label}” is not a kind of identifier: use number:, imsi: or imei:")),
        }
        return Ok(out);
    }
    let digits: String = text.chars().filter(|c| !matches!(c, ' ' | '-' | '/')).collect();
    if digits.len() >= 14 && digits.bytes().all(|byte| byte.is_ascii_digit()) && !digits.starts_with("00") {
        // Reads as an IMSI of a UK network, or as an IMEI with its check digit; both at once is left to the user.
        let imsi = digits.len() == 15 && network_of(&digits[..3], &digits[3..5]).is_some();
        let imei = digits.len() != 15 || luhn(digits.as_bytes());
        return match (imsi, imei) {
            (true, false) => read_imsi(&digits, &mut out).map(|()| out).map_err(|error| error.to_string()),
            (false, true) => read_imei(&digits, &mut out).map(|_| out).map_err(|error| error.to_string()),
            _ => Err(format!("{digits} could be an IMSI or an IMEI: write imsi:{digits} or imei:{digits}")),
        };
    }
    number(text, &mut out)?;
    Ok(out)
}

fn number(text: &str, out: &mut String) -> Result<(), String> {
    match read_party(text, Region::Gb, out) {
        Ok(PartyKind::Number | PartyKind::ShortCode) => Ok(()),
        Ok(PartyKind::Alphanumeric | PartyKind::Withheld) => Err("expected a number, an IMSI or an IMEI".into()),
        Err(error) => Err(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_every_spelling_are_one() {
        for text in ["07700 900123", "+447700900123", "447700900123", "0044 7700 900123", "number: 07700900123"] {
            assert_eq!(read(text).unwrap(), "+447700900123", "{text}");
        }
    }

    #[test]
    fn imsi_and_imei_are_told_apart_or_refused() {
        assert_eq!(read("234150123456780").unwrap(), "234150123456780");
        assert_eq!(read("490154203237518").unwrap(), "49015420323751", "compared on 14 digits");
        assert_eq!(read("imei:490154203237510").unwrap(), "49015420323751", "a zero in place of the check digit");
        assert!(read("490154203237510").unwrap_err().contains("imei:"), "neither a UK IMSI nor a checked IMEI");
        assert_eq!(read("imsi:901280000000001").unwrap(), "901280000000001");
        for text in ["", "EE", "withheld", "4.47731E+11", "mac:123", "12"] {
            assert!(read(text).is_err() || text == "12", "{text}");
        }
    }
}
