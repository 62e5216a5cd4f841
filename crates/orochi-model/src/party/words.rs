//! Parties that are not plain digits: separators, prefixes, words, spreadsheet damage, names.

use std::borrow::Cow;

use super::{PartyKind, Region, Unreadable, number};

/// Words that networks and handsets write when there is no number, letters and digits only, lower case.
const WITHHELD: &[&str] = &[
    "anonymous",
    "anonymouscaller",
    "blank",
    "blocked",
    "blockednumber",
    "callerwithheld",
    "cliwithheld",
    "hidden",
    "hiddennumber",
    "na",
    "nan",
    "nil",
    "nocallerid",
    "nocli",
    "none",
    "nonumber",
    "notapplicable",
    "notavailable",
    "notknown",
    "notprovided",
    "notstated",
    "null",
    "numberunavailable",
    "numberunknown",
    "numberwithheld",
    "private",
    "privatecaller",
    "privatenumber",
    "restricted",
    "restrictednumber",
    "unavailable",
    "undisclosed",
    "unknown",
    "unknowncaller",
    "unknownnumber",
    "withheld",
    "withheldnumber",
];

/// Longest text kept as a name; a handset's contact names and e-mail senders fit.
const LONGEST_NAME: usize = 64;

/// Whether a text is one of the ways of writing nothing: empty, dashes, zeros only, `N/A`, `null`, `unknown`, `withheld` and so
/// on. Other identifiers (IMEI, IMSI, cell) are absent in the same words.
pub fn is_absent(text: &str) -> bool {
    let mut squashed = [0_u8; 20];
    let mut length = 0;
    let mut zeros_only = true;
    for c in text.bytes() {
        if c.is_ascii_alphanumeric() {
            // None of the words holds a digit, and most texts do: this answers for them at once.
            if matches!(c, b'1'..=b'9') {
                return false;
            }
            zeros_only &= c == b'0';
            if length == squashed.len() && !zeros_only {
                return false;
            }
            if let Some(slot) = squashed.get_mut(length) {
                *slot = c.to_ascii_lowercase();
                length += 1;
            }
        } else if !c.is_ascii_whitespace()
            && !matches!(c, b'-' | b'.' | b'?' | b'_' | b'/' | b'\'' | b'"' | b'(' | b')')
        {
            return false;
        }
    }
    length == 0 || zeros_only || WITHHELD.binary_search_by(|word| word.as_bytes().cmp(&squashed[..length])).is_ok()
}

/// Reads what the fast path left.
pub(super) fn read(text: &str, region: Region, out: &mut String) -> Result<PartyKind, Unreadable> {
    let mut text = trim(text);
    let folded;
    if !text.is_ascii() {
        folded = fold(text);
        text = trim(&folded);
    }
    while let Some(rest) = without_scheme(text) {
        text = trim(rest);
    }
    if let Some(kind) = spaced_digits(text, region, out)? {
        return Ok(kind);
    }
    if is_absent(text) {
        return Ok(PartyKind::Withheld);
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

fn trim(text: &str) -> &str {
    // A leading apostrophe, or ="…", is how spreadsheets are told to keep a number as text.
    text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\'' | '"' | '`' | '=' | '\u{2018}' | '\u{2019}'))
}

/// Spaces and dashes that are not ASCII, direction marks that handsets put around numbers, full-width digits.
fn fold(text: &str) -> Cow<'_, str> {
    Cow::Owned(
        text.chars()
            .filter(|c| !matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{ad}'))
            .map(|c| match c {
                '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{3000}' => ' ',
                '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
                '\u{ff0b}' => '+',
                '\u{ff10}'..='\u{ff19}' => char::from(b'0' + (u32::from(c) - 0xff10) as u8),
                other => other,
            })
            .collect(),
    )
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

/// Digits with the separators people write, trailing `F` fill, or a spreadsheet's `.0`; none when there is anything else.
fn spaced_digits(text: &str, region: Region, out: &mut String) -> Result<Option<PartyKind>, Unreadable> {
    if looks_like_a_date(text) {
        return Unreadable::because("this is a date, not a number");
    }
    let text = match text.strip_suffix(".0") {
        Some(whole) if whole.bytes().all(|c| c.is_ascii_digit()) => whole,
        _ => text,
    };
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

/// Reads `4.47700900123E+11`. A whole number of exponent *e* has *e*+1 digits; only when the mantissa shows that many is the
/// number known, because a spreadsheet rounds to the digits it shows.
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
        return Unreadable::because("a number after its + has digits only");
    }
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    if digits >= 7 && !text.contains('@') {
        return Unreadable::because("a number with letters in it: which digits belong to it is not certain");
    }
    out.push_str(text);
    Ok(PartyKind::Alphanumeric)
}
