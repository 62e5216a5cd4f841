//! Cell identities: CGI, ECGI and NCGI in the notations operators use, and one canonical text.
//!
//! Canonical text (after the NFI's telcell): `GSM/234-10-1014-13399`, `LTE/234-30-3160321`; `?` stands for a part not
//! stated, so that a bare cell number from EE is `LTE/234-30-12345` or, of 2G, `GSM/234-30-?-12345`, and of no stated
//! generation `?/234-30-12345`. Country, network and one number too long for 16 bits is an ECGI (28 bits, LTE) or NCGI
//! (36 bits, NR). The network code is text: `01` and `001` differ (a single digit has lost its zero and gets it back).
//!
//! What may surprise a reader:
//! - LTE and NR cells carry no area code: their number is unique in the network, and the tracking
//!   area they belong to changes.
//! - The 28-bit number of a UMTS cell is its radio controller and its 16-bit cell; area and 16-bit cell are kept, so
//!   that both notations of one cell give one text (in 9,671 published UK cells this makes one pair alike).
//! - `WIFI/aa:bb:cc:dd:ee:ff` is a Wi-Fi access point, `SITE/123-2` a site number and face (Verizon), `TEXT/…` a name
//!   in place of an identity. They are compared as text like all others.

mod numbers;
mod radio;

use numbers::{IdentityParts, bare};
pub use radio::{mnc_of, radio_of};

use serde::{Deserialize, Serialize};

use crate::{
    absence::is_absent,
    party::{Scientific, Unreadable, scientific},
    text::{folded, plain, without_thousands},
};

/// How the numbers of a column of cells or areas are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Base {
    /// To base ten.
    #[default]
    Ten,
    /// To base sixteen, with or without `0x`.
    Sixteen,
}

/// A number of a cell or an area as digits to base ten; `0x` before it says base sixteen in any column. Of several
/// parts country and network are to base ten in either notation: `234-15-0835-123A` is `234-15-2101-4666`.
///
/// # Errors
/// When the text is no number of that notation.
pub fn to_decimal(text: &str, base: Base) -> Result<String, Unreadable> {
    let text = plain(text);
    let unreadable =
        || Unreadable("not a number in base sixteen, as the column's heading or its other values require".to_owned());
    let marked = text.starts_with("0x") || text.starts_with("0X");
    if base == Base::Ten && !marked {
        return Ok(text.to_owned());
    }
    let number = |part: &str| -> Result<String, Unreadable> {
        let hex = part.strip_prefix("0x").or_else(|| part.strip_prefix("0X")).unwrap_or(part);
        let digits = !hex.is_empty() && hex.len() <= 9 && hex.bytes().all(|c| c.is_ascii_hexdigit());
        let value = if digits { u64::from_str_radix(hex, 16).ok() } else { None };
        value.map(|value| value.to_string()).ok_or_else(unreadable)
    };
    let mark = |c: char| matches!(c, '-' | ':' | '.' | '_' | ' ' | '/');
    let Some(separator) = text.chars().find(|c| mark(*c)) else { return number(text) };
    let parts: Vec<&str> = text.split(separator).collect();
    let network = match parts.as_slice() {
        [mcc, mnc, ..] if parts.len() > 2 && mcc.len() == 3 && (2..=3).contains(&mnc.len()) => 2,
        [plmn, ..] if parts.len() > 2 && (5..=6).contains(&plmn.len()) => 1,
        _ => 0,
    };
    let mut out: Vec<String> = parts[..network].iter().map(|part| (*part).to_owned()).collect();
    for part in &parts[network..] {
        out.push(number(part)?);
    }
    Ok(out.join("-"))
}

/// Whether a text with no reading as a cell is a number that stands for none or is out of its range, and no name: such
/// a text is no identity. Two numbers, and digits run together, may be an identity of a notation not known here.
pub fn is_numeral(text: &str) -> bool {
    let folded = folded(plain(text));
    let text = plain(&folded);
    let marked =
        |c: u8| c.is_ascii_digit() || matches!(c, b'-' | b'.' | b',' | b':' | b'_' | b' ' | b'/' | b'|' | b';');
    if text.is_empty() || !text.bytes().all(marked) {
        return false;
    }
    let groups = text.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty());
    let (count, longest) = groups.fold((0, 0), |(count, longest), group| (count + 1, group.len().max(longest)));
    match count {
        1 => longest <= 11,
        2 => text.starts_with('-') || text.contains("--") || text.contains(['.', ',']),
        _ => true,
    }
}

/// What the rest of the row says about a cell whose own text is bare.
#[derive(Clone, Copy, Debug, Default)]
pub struct CellHints<'a> {
    /// `GSM`, `UMTS`, `LTE`, `NR`, or an operator's `2G` to `5G`.
    pub radio: Option<&'a str>,
    /// Mobile country code.
    pub mcc: Option<&'a str>,
    /// Mobile network code.
    pub mnc: Option<&'a str>,
    /// Operator's name, used when no code is given (`EE` is 234-30).
    pub network: Option<&'a str>,
    /// Location area or tracking area code.
    pub area: Option<&'a str>,
}

/// Longest text kept in place of an identity.
const LONGEST_TEXT: usize = 80;

/// Reads a cell identity and appends its canonical text to `out`. On error `out` is unchanged.
///
/// # Errors
/// When the text has no reading as a cell: nothing is stated, a part is out of its range, digits were rounded by a
/// spreadsheet or run together so that they could be split in two ways, or it is a coordinate.
pub fn read_cell(text: &str, hints: CellHints<'_>, out: &mut String) -> Result<(), Unreadable> {
    let text = plain(text);
    if text.bytes().all(|c| c.is_ascii_digit()) && !text.is_empty() {
        return bare(text, hints, out);
    }
    let folded = folded(text);
    let text = plain(&folded);
    if is_absent(text) {
        return Unreadable::because("no cell is stated");
    }
    let mut radio = hints.radio.and_then(radio_of);
    let mut rest = text;
    if let Some((prefix, after)) = text.split_once('/') {
        match prefix {
            "SITE" => return site(after, out),
            "TEXT" => return name(after, out),
            "WIFI" => return mac(after).map_or_else(|| unreadable(after), |mac| wifi(&mac, out)),
            // Canonical already: what was not known then is not inferred now.
            "?" => (radio, rest) = (Some("?"), after),
            _ => {
                if let Some(stated) = radio_of(prefix) {
                    (radio, rest) = (Some(stated), after);
                }
            }
        }
    }
    if let Some(mac) = mac(rest).or_else(|| (radio == Some("WIFI")).then(|| joined_mac(rest)).flatten()) {
        return wifi(&mac, out);
    }
    if let Some((stated, after)) = labelled(rest) {
        radio = stated.or(radio);
        rest = after;
    }
    if let Some((plmn, after)) = rest.strip_prefix('[').and_then(|inner| inner.split_once('/')) {
        return bracketed(plmn, after, radio, out);
    }
    if let Some(hex) = rest.strip_prefix("0x").or_else(|| rest.strip_prefix("0X")) {
        return match u64::from_str_radix(hex, 16) {
            Ok(number) if hex.bytes().all(|c| c.is_ascii_hexdigit()) => {
                bare(&number.to_string(), CellHints { radio, ..hints }, out)
            }
            _ => unreadable(text),
        };
    }
    match scientific(rest) {
        Scientific::Whole(digits) => return bare(&digits, CellHints { radio, ..hints }, out),
        Scientific::Rounded => {
            return Unreadable::because(
                "a spreadsheet rounded this cell number and its last digits are gone; ask for the file as text",
            );
        }
        Scientific::No => {}
    }
    // `234,15,210` may be parts and is left to them.
    if let Some(whole) = without_thousands(rest).filter(|whole| whole.len() % 3 != 0 || whole.len() < 9) {
        return bare(&whole, CellHints { radio, ..hints }, out);
    }
    if let Some(parts) = IdentityParts::split(rest) {
        return parts.place(radio, hints, out);
    }
    name(text, out)
}

/// `CGI: 234-…`, `ECGI=…`, `NCGI …`: what the label says about the radio, and what follows it.
fn labelled(text: &str) -> Option<(Option<&'static str>, &str)> {
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (label, rest) = text.split_at(letters);
    let rest = rest.trim_start_matches([' ', ':', '=', '#']);
    if !rest.starts_with(|c: char| c.is_ascii_digit()) || rest.len() == text.len() - letters && letters > 0 {
        return None;
    }
    match label.to_ascii_uppercase().as_str() {
        "CGI" | "SAI" | "CELL" | "CI" | "CELLID" => Some((None, rest)),
        "ECGI" | "ECI" => Some((Some("LTE"), rest)),
        "NCGI" | "NCI" => Some((Some("NR"), rest)),
        _ => None,
    }
}

/// AT&T: `[310410/LAC:CID:longitude:latitude:azimuth:beamwidth]`.
fn bracketed(plmn: &str, after: &str, radio: Option<&'static str>, out: &mut String) -> Result<(), Unreadable> {
    let mut fields = after.trim_end_matches(']').split(':');
    match (plmn.len(), plmn.is_ascii(), fields.next(), fields.next()) {
        (6, true, Some(area), Some(cell)) => {
            let hints =
                CellHints { mcc: Some(&plmn[..3]), mnc: Some(&plmn[3..]), area: Some(area), ..CellHints::default() };
            if cell.is_empty() || !cell.bytes().all(|c| c.is_ascii_digit()) {
                return unreadable(after);
            }
            bare(cell, CellHints { radio, ..hints }, out)
        }
        _ => unreadable(after),
    }
}

/// A MAC address: six pairs, or three groups of four, of hexadecimal digits.
fn mac(text: &str) -> Option<String> {
    let separator = text.chars().find(|c| matches!(c, ':' | '-' | '.'))?;
    let groups = text.split(separator).count();
    let length = match groups {
        6 => 2,
        3 if separator == '.' && text.bytes().any(|c| c.is_ascii_alphabetic()) => 4,
        _ => return None,
    };
    if text.split(separator).any(|group| group.len() != length) {
        return None;
    }
    joined_mac(&text.replace(separator, ""))
}

fn joined_mac(text: &str) -> Option<String> {
    if text.len() != 12 || !text.bytes().all(|c| c.is_ascii_hexdigit()) {
        return None;
    }
    let lower = text.to_ascii_lowercase();
    let pairs: Vec<&str> = (0..6).map(|pair| &lower[2 * pair..2 * pair + 2]).collect();
    Some(pairs.join(":"))
}

fn wifi(mac: &str, out: &mut String) -> Result<(), Unreadable> {
    if mac == "00:00:00:00:00:00" {
        return Unreadable::because("no access point is stated");
    }
    out.push_str("WIFI/");
    out.push_str(mac);
    Ok(())
}

/// `SITE/` and a site number with its face.
fn site(text: &str, out: &mut String) -> Result<(), Unreadable> {
    let plausible = |c: u8| c.is_ascii_alphanumeric() || matches!(c, b'-' | b'_');
    if text.is_empty() || text.len() > LONGEST_TEXT || !text.bytes().all(plausible) {
        return unreadable(text);
    }
    out.push_str("SITE/");
    out.push_str(text);
    Ok(())
}

/// A name in place of an identity: it has a letter, is not long, and is no spreadsheet error.
fn name(text: &str, out: &mut String) -> Result<(), Unreadable> {
    let text = plain(text);
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    if letters == 0
        || text.chars().count() > LONGEST_TEXT
        || text.chars().any(char::is_control)
        || is_absent(text)
        || text.bytes().filter(u8::is_ascii_digit).count() > 4 * letters
        || (text.contains(['-', ':', '.'])
            && text.bytes().all(|c| c.is_ascii_hexdigit() || matches!(c, b'-' | b':' | b'.')))
    {
        return unreadable(text);
    }
    out.push_str("TEXT/");
    out.push_str(text);
    Ok(())
}

fn unreadable<T>(_text: &str) -> Result<T, Unreadable> {
    Unreadable::because("not a cell identity (expected for example 234-10-1014-13399, 234-30-3160321 or a cell number)")
}

#[cfg(test)]
mod tests;
