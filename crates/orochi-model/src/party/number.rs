//! Digits to E.164.
//!
//! Sources: Ofcom National Telephone Numbering Plan (lengths of UK national numbers), ITU-T E.164 (at most 15 digits).

use super::{PartyKind, Region, Unreadable};

/// Longest run of digits looked at: 15 of E.164, an international prefix, and the zero in `+44 (0)`.
pub(super) const MOST_DIGITS: usize = 20;

/// Reads digits (at least one; `plus` when a `+` stood before them).
pub(super) fn place(plus: bool, digits: &[u8], region: Region, out: &mut String) -> Result<PartyKind, Unreadable> {
    // Networks fill the field of an absent party with zeros.
    if digits.iter().all(|d| *d == b'0') {
        return Ok(PartyKind::Withheld);
    }
    match (digits, plus) {
        ([b'0', b'0', rest @ ..], _) => return international(rest, out),
        ([b'0', b'1', b'1', rest @ ..], false) if region == Region::Us && rest.len() >= 8 => {
            return international(rest, out);
        }
        // No country code starts with 0: the plus is a stray one.
        ([b'0', rest @ ..], _) => return national(rest, region, out),
        (_, true) => return international(digits, out),
        _ => {}
    }
    match region {
        Region::Gb => bare_gb(digits, out),
        Region::Us => bare_us(digits, out),
    }
}

fn bare_gb(digits: &[u8], out: &mut String) -> Result<PartyKind, Unreadable> {
    match digits {
        // 141 withholds the caller's number, 1470 releases it; some networks leave the prefix in the dialled digits.
        [b'1', b'4', b'1', b'0', rest @ ..] | [b'1', b'4', b'7', b'0', b'0', rest @ ..] if rest.len() == 10 => {
            national(rest, Region::Gb, out)
        }
        [b'4', b'4', ..] if digits.len() > 6 => international(digits, out),
        _ => match digits.len() {
            1..=9 => append(PartyKind::ShortCode, "", digits, out),
            10 => append(PartyKind::Number, "+44", digits, out),
            _ => international(digits, out),
        },
    }
}

fn bare_us(digits: &[u8], out: &mut String) -> Result<PartyKind, Unreadable> {
    match digits.len() {
        1..=9 => append(PartyKind::ShortCode, "", digits, out),
        10 => national(digits, Region::Us, out),
        _ => international(digits, out),
    }
}

/// A national number without its leading zero.
fn national(digits: &[u8], region: Region, out: &mut String) -> Result<PartyKind, Unreadable> {
    match region {
        Region::Gb if is_uk(digits) => append(PartyKind::Number, "+44", digits, out),
        Region::Gb => Unreadable::because(format!(
            "a UK number has 10 digits after its 0 (some geographic and freephone numbers have 9 or 7); this one has \
             {}",
            digits.len()
        )),
        Region::Us if is_american(digits) => append(PartyKind::Number, "+1", digits, out),
        Region::Us => Unreadable::because("a US number has 10 digits and starts with 2 to 9"),
    }
}

/// A number from its country code on.
fn international(digits: &[u8], out: &mut String) -> Result<PartyKind, Unreadable> {
    let length = digits.len();
    match digits {
        [b'4', b'4', b'0', rest @ ..] | [b'4', b'4', rest @ ..] => {
            if is_uk(rest) {
                append(PartyKind::Number, "+44", rest, out)
            } else {
                Unreadable::because(format!(
                    "a UK number has 10 digits after 44 (some geographic and freephone numbers have 9 or 7); this one \
                     has {}",
                    rest.len()
                ))
            }
        }
        [b'1', rest @ ..] if !is_american(rest) => {
            Unreadable::because(format!("a number with country code 1 has 11 digits; this one has {length}"))
        }
        [b'7', ..] if length != 11 => {
            Unreadable::because(format!("a number with country code 7 has 11 digits; this one has {length}"))
        }
        [b'1'..=b'9', ..] if (7..=15).contains(&length) => append(PartyKind::Number, "+", digits, out),
        [b'1'..=b'9', ..] => {
            Unreadable::because(format!("an international number has 7 to 15 digits; this one has {length}"))
        }
        _ => Unreadable::because("an international number needs a country code, and none starts with 0"),
    }
}

/// Lengths of UK national significant numbers: 10; 9 in a few geographic areas (016977 2xxx) and old freephone numbers;
/// 7 for 0800 1111 (Childline) and 0845 46 4x (NHS Direct).
fn is_uk(digits: &[u8]) -> bool {
    match digits.len() {
        10 => digits[0] != b'0',
        9 => digits[0] == b'1' || digits.starts_with(b"800") || digits.starts_with(b"500"),
        7 => digits.starts_with(b"800") || digits.starts_with(b"845"),
        _ => false,
    }
}

fn is_american(digits: &[u8]) -> bool {
    digits.len() == 10 && matches!(digits[0], b'2'..=b'9')
}

fn append(kind: PartyKind, prefix: &str, digits: &[u8], out: &mut String) -> Result<PartyKind, Unreadable> {
    out.push_str(prefix);
    out.extend(digits.iter().map(|digit| char::from(*digit)));
    Ok(kind)
}
