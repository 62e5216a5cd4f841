//! Parties that are not plain digits: separators, prefixes, words, spreadsheet damage, names.

use super::{PartyKind, Region, Unreadable, number};
use crate::{
    absence::is_nobody,
    text::{folded, plain, without_thousands},
};

/// Longest text kept as a name; a handset's contact names and e-mail senders fit.
const LONGEST_NAME: usize = 64;

/// Reads what the fast path left.
pub(super) fn read(text: &str, region: Region, out: &mut String) -> Result<PartyKind, Unreadable> {
    let folded = folded(plain(text));
    let mut text = plain(&folded);
    while let Some(rest) = without_scheme(text) {
        text = plain(rest);
    }
    if is_nobody(text) {
        return Ok(PartyKind::Withheld);
    }
    if is_measure(text) {
        return Unreadable::because("a decimal number or an internet address, not a telephone number");
    }
    text = super::bare(text);
    if let Some(kind) = spaced_digits(text, region, out)? {
        return Ok(kind);
    }
    if let Some(digits) = without_thousands(text) {
        return number::place(false, digits.as_bytes(), region, out);
    }
    match scientific(text) {
        Scientific::Whole(digits) => return number::place(false, digits.as_bytes(), region, out),
        Scientific::Rounded => {
            return Unreadable::because(
                "a spreadsheet rounded this number and its last digits are gone; ask for the file as text",
            );
        }
        Scientific::No => {}
    }
    if let Some(dialled) = without_withholding_code(text)
        && let Some(kind) = spaced_digits(dialled, region, out)?
    {
        return Ok(kind);
    }
    if text.bytes().all(|c| c.is_ascii_digit() || matches!(c, b'*' | b'#')) && text.len() <= number::MOST_DIGITS {
        out.push_str(text);
        return Ok(PartyKind::ShortCode);
    }
    name(text, out)
}

/// A degree (`52.40127412`), a pair of them (`52.4000/-1.3000`) or an internet address (`192.168.100.123`): digits and
/// points that are no number's spacing.
fn is_measure(text: &str) -> bool {
    if text.starts_with('+') || !text.contains('.') {
        return false;
    }
    let digits = |group: &str| !group.is_empty() && group.bytes().all(|c| c.is_ascii_digit());
    // A national number begins with 0 and another digit: `07700.900123`.
    let degree = |part: &str| {
        let unsigned = part.strip_prefix('-').unwrap_or(part);
        unsigned.split_once('.').is_some_and(|(whole, rest)| {
            digits(whole) && digits(rest) && whole.len() <= 3 && (whole == "0" || !whole.starts_with('0'))
        })
    };
    if text.split(['/', ' ', ';', ',']).filter(|part| !part.is_empty()).all(degree) {
        return true;
    }
    let octets = text.split('.');
    octets.clone().count() == 4
        && octets.into_iter().all(|group| digits(group) && group.parse::<u16>().is_ok_and(|octet| octet < 256))
}

/// `tel:`, `sip:` and the like, with what follows the number there (`;phone-context=…`, `@ims.mnc030…`).
fn without_scheme(text: &str) -> Option<&str> {
    let (scheme, rest) = text.split_once(':')?;
    if !["tel", "sip", "sips", "sms", "msisdn", "callto"].iter().any(|known| scheme.trim().eq_ignore_ascii_case(known))
    {
        return None;
    }
    let rest = rest.split(';').next().unwrap_or(rest);
    match rest.split_once('@') {
        Some((user, _)) if user.bytes().all(|c| c.is_ascii_digit() || matches!(c, b'+' | b'-' | b'.')) => Some(user),
        _ => Some(rest),
    }
}

/// `#31#`, `*31#` and `*67` before the number dialled withhold or release the caller's number for one call.
fn without_withholding_code(text: &str) -> Option<&str> {
    let rest = ["#31#", "*31#", "*67", "*82"].iter().find_map(|code| text.strip_prefix(code))?;
    (rest.len() >= 7).then_some(rest)
}

/// Digits with the separators people write, trailing `F` fill, or a spreadsheet's `.0`; none
/// when there is anything else.
fn spaced_digits(text: &str, region: Region, out: &mut String) -> Result<Option<PartyKind>, Unreadable> {
    if looks_like_a_date(text) {
        return Unreadable::because("this is a date, not a number");
    }
    let mut digits = [0_u8; number::MOST_DIGITS];
    let mut length = 0;
    let mut plus = false;
    let mut fill = false;
    for c in text.bytes() {
        match c {
            b'0'..=b'9' if !fill => {
                let Some(slot) = digits.get_mut(length) else {
                    return Unreadable::because("too many digits for a number: at most 15 and a prefix");
                };
                *slot = c;
                length += 1;
            }
            b'+' if length == 0 && !plus => plus = true,
            b' ' | b'-' | b'(' | b')' | b'.' | b'/' | b'\t' | b'[' | b']' => {}
            b'F' | b'f' if length >= 7 => fill = true,
            _ => return Ok(None),
        }
    }
    if length == 0 {
        return Ok(None);
    }
    number::place(plus, &digits[..length], region, out).map(Some)
}

fn looks_like_a_date(text: &str) -> bool {
    let mut lengths = [0_usize; 3];
    let mut part = 0;
    for c in text.bytes() {
        match c {
            b'0'..=b'9' => lengths[part] += 1,
            b'-' | b'/' | b'.' if part < 2 => part += 1,
            _ => return false,
        }
    }
    matches!(lengths, [4, 2, 2] | [2, 2, 4])
}

/// What a number in scientific notation still says.
pub(crate) enum Scientific {
    /// It is not in scientific notation.
    No,
    /// Every digit is there: they are.
    Whole(String),
    /// Digits are gone.
    Rounded,
}

/// Reads `4.47700900123E+11`. A whole number of exponent *e* has *e*+1 digits; only when the mantissa shows that many
/// is the number known, because a spreadsheet rounds to the digits it shows.
pub(crate) fn scientific(text: &str) -> Scientific {
    let Some(at) = text.bytes().position(|c| matches!(c, b'e' | b'E')) else { return Scientific::No };
    let (mantissa, exponent) = (&text[..at], &text[at + 1..]);
    let mantissa = mantissa.strip_prefix('+').unwrap_or(mantissa);
    let (sign, exponent) = match exponent.as_bytes().first() {
        Some(b'-') => (-1, &exponent[1..]),
        Some(b'+') => (1, &exponent[1..]),
        _ => (1, exponent),
    };
    let (whole, rest) = mantissa.split_once(['.', ',']).unwrap_or((mantissa, ""));
    let numeric = |part: &str| part.bytes().all(|c| c.is_ascii_digit());
    if whole.is_empty()
        || exponent.is_empty()
        || exponent.len() > 3
        || !numeric(whole)
        || !numeric(rest)
        || !numeric(exponent)
    {
        return Scientific::No;
    }
    let exponent: i32 = exponent.parse().unwrap_or(0) * sign;
    let shown = rest.len() as i32;
    if whole.len() != 1 || whole == "0" || exponent < 0 || exponent > shown {
        return Scientific::Rounded;
    }
    let (kept, beyond) = rest.split_at(exponent as usize);
    if beyond.bytes().any(|c| c != b'0') {
        return Scientific::Rounded;
    }
    Scientific::Whole(format!("{whole}{kept}"))
}

fn name(text: &str, out: &mut String) -> Result<PartyKind, Unreadable> {
    if !text.chars().any(char::is_alphabetic) {
        return Unreadable::because("neither a number nor a name");
    }
    if text.chars().count() > LONGEST_NAME {
        return Unreadable::because(format!("too long for a party: at most {LONGEST_NAME} characters"));
    }
    if text.chars().any(char::is_control) {
        return Unreadable::because("control characters inside a party");
    }
    if text.starts_with('+') {
        return Unreadable::because("a number has only digits after its +");
    }
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    if digits >= 7 && !text.contains('@') {
        return Unreadable::because("a number with letters in it: which digits belong to it is not certain");
    }
    out.push_str(text);
    Ok(PartyKind::Alphanumeric)
}
