//! Parties: numbers, short codes, alphanumeric senders, withheld. One canonical text for each.
//!
//! What may surprise a reader:
//! - Ranges are not checked. The numbers of made-up data (07700 900xxx) and of anonymised studies are in no allocated
//!   range and must still be read; only a length that no number can have is refused. What range a number
//!   falls in is [`class_of`].
//! - Ten bare digits are a national number that lost its zero in a spreadsheet; eleven to fifteen are international
//!   without `+`. Digits that start with 44 and have a wrong length are never taken for a national number.
//! - `4.47700900123E+11` is read, because all twelve digits are there; `4.47731E+11` is not, because six are gone.

mod class;
mod number;
mod prefix;
mod words;

pub use crate::absence::is_absent;
pub use class::{PartyClass, Voicemail, class_of, class_with, is_drama};
pub use prefix::bare;

pub(crate) use words::{Scientific, scientific};

/// What a party text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartyKind {
    /// An E.164 number; canonical text `+447700900123`.
    Number,
    /// A short code or service number that exists only inside a network or country (1 to 9 digits, or a code with `*`
    /// and `#`); canonical text is its digits.
    ShortCode,
    /// A name in place of a number, as senders of bulk messages use; canonical text is the name, trimmed.
    Alphanumeric,
    /// Withheld, unavailable or empty; no canonical text.
    Withheld,
}

/// The country whose national form bare digits are read in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Region {
    /// United Kingdom (+44).
    Gb,
    /// North American numbering plan (+1).
    Us,
}

/// Why a text is not an identifier: what was expected, in words that can stand in a reject.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Unreadable(pub String);

impl Unreadable {
    pub(crate) fn because<T>(reason: impl Into<String>) -> Result<T, Self> {
        Err(Self(reason.into()))
    }
}

/// Reads a party as disclosed and appends its canonical text to `out` (nothing for withheld). On
/// error `out` is unchanged.
///
/// # Errors
/// When the number cannot be recovered (`4.47731E+11`) or has an impossible length.
pub fn read_party(text: &str, region: Region, out: &mut String) -> Result<PartyKind, Unreadable> {
    let bytes = text.as_bytes();
    let (plus, digits) = match bytes {
        [b'+', rest @ ..] => (true, rest),
        _ => (false, bytes),
    };
    if !digits.is_empty() && digits.len() <= number::MOST_DIGITS && digits.iter().all(u8::is_ascii_digit) {
        return number::place(plus, digits, region, out);
    }
    words::read(text, region, out)
}

/// The kind of a canonical text.
pub fn kind_of(canonical: &str) -> PartyKind {
    match canonical.as_bytes() {
        [] => PartyKind::Withheld,
        [b'+', ..] => PartyKind::Number,
        code if code.iter().all(|c| c.is_ascii_digit() || matches!(c, b'*' | b'#')) => PartyKind::ShortCode,
        _ => PartyKind::Alphanumeric,
    }
}

#[cfg(test)]
mod tests;
