//! Quantities as files write them: numbers with thousands marks and decimal commas, lengths of time and volumes of data
//! in the unit that the heading or the value states.
//!
//! What may surprise a reader:
//! - A unit written in the value beats the heading's.
//! - One comma with three digits behind it parts thousands (`1,024`), unless the column writes decimals by commas.
//! - Parts of a second are cut off; a volume is rounded up to whole kilobytes, so that a session
//!   with any traffic shows some.

use serde::{Deserialize, Serialize};

use crate::{
    party::Unreadable,
    text::{folded, ungrouped, unguarded},
    time::read_duration,
};

/// What a lone comma with three digits behind it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Comma {
    /// It parts thousands, as in English.
    #[default]
    Thousands,
    /// It begins the decimals.
    Decimals,
}

/// Unit of a length of time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Span {
    /// Thousandths of a second.
    Milliseconds,
    /// Seconds, the usual unit.
    #[default]
    Seconds,
    /// Minutes.
    Minutes,
    /// Hours.
    Hours,
}

/// Unit of a volume of data; each is 1,024 of the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Volume {
    /// Bytes.
    Bytes,
    /// 1,024 bytes.
    Kilobytes,
    /// 1,048,576 bytes.
    Megabytes,
    /// 1,073,741,824 bytes.
    Gigabytes,
}

impl Volume {
    /// The unit a word names.
    pub fn named(word: &str) -> Option<Self> {
        Some(match word.to_ascii_lowercase().as_str() {
            "b" | "byte" | "bytes" | "octet" | "octets" => Self::Bytes,
            "k" | "kb" | "kib" | "kbyte" | "kbytes" | "kilobyte" | "kilobytes" => Self::Kilobytes,
            "m" | "mb" | "mib" | "mbyte" | "mbytes" | "megabyte" | "megabytes" => Self::Megabytes,
            "g" | "gb" | "gib" | "gbyte" | "gbytes" | "gigabyte" | "gigabytes" => Self::Gigabytes,
            _ => return None,
        })
    }

    fn kilobytes(self) -> f64 {
        match self {
            Self::Bytes => 1.0 / 1_024.0,
            Self::Kilobytes => 1.0,
            Self::Megabytes => 1_024.0,
            Self::Gigabytes => 1_048_576.0,
        }
    }
}

/// A number with its marks: `1024`, `1,024`, `1 024.5`, `1.024,5`, `52,4000`, `-1.3`. None when it is no number.
pub fn read_number(text: &str, comma: Comma) -> Option<f64> {
    let text = unguarded(text);
    if text.len() > 40 {
        return None;
    }
    if let Ok(number) = text.parse::<f64>()
        && text.bytes().all(|c| c.is_ascii_digit() || matches!(c, b'.' | b'-' | b'+'))
    {
        return Some(number);
    }
    let folded = folded(text);
    let (sign, digits) = match folded.as_bytes().first()? {
        b'-' => (-1.0, &folded[1..]),
        b'+' => (1.0, &folded[1..]),
        _ => (1.0, &folded[..]),
    };
    let count = |mark: char| digits.matches(mark).count();
    let decimal = match (count(','), count('.')) {
        (0, 0) => None,
        (_, 0) => decimal_comma(digits, comma).then_some(','),
        (0, 1) => Some('.'),
        (0, _) => None,
        _ => digits.rfind([',', '.']).and_then(|at| digits[at..].chars().next()),
    };
    let (whole, fraction) = match decimal {
        Some(mark) => digits.rsplit_once(mark)?,
        None => (digits, ""),
    };
    let whole = if whole.bytes().all(|c| c.is_ascii_digit()) {
        whole.to_owned()
    } else {
        ungrouped(whole, |mark| matches!(mark, ',' | '.' | ' ' | '\'' | '\u{2019}'))?
    };
    if !fraction.bytes().all(|c| c.is_ascii_digit()) || whole.is_empty() && fraction.is_empty() {
        return None;
    }
    format!("{whole}.{fraction}0").parse::<f64>().ok().map(|number| sign * number)
}

fn decimal_comma(digits: &str, comma: Comma) -> bool {
    match digits.split_once(',') {
        Some((whole, rest)) if !rest.contains(',') => {
            rest.len() != 3 || comma == Comma::Decimals || whole.len() > 3 || matches!(whole, "" | "0")
        }
        _ => false,
    }
}

/// Reads a length of time in the unit its column states, in seconds. A value with colons or a unit of
/// its own says what it is.
///
/// # Errors
/// As [`read_duration`].
pub fn read_span(text: &str, unit: Span, comma: Comma) -> Result<i32, Unreadable> {
    let (mut bare, mut clock) = (!text.is_empty(), false);
    for byte in text.bytes() {
        clock |= byte == b':';
        bare &= byte.is_ascii_digit() || byte == b':';
    }
    // Whole seconds, and `00:00:38` whatever the unit.
    if bare && (clock || unit == Span::Seconds) {
        return read_duration(text);
    }
    let folded = folded(unguarded(text));
    let text = &folded[..];
    let numeric = text.bytes().all(|c| c.is_ascii_digit() || matches!(c, b'.' | b',' | b' ' | b'\''));
    if unit == Span::Seconds {
        // Only thousands and a decimal comma are not for the reader of durations.
        return match read_number(text, comma) {
            Some(number) if text.contains([',', ' ', '\'']) && numeric => whole(number),
            _ => read_duration(text),
        };
    }
    match read_number(text, comma) {
        Some(number) if numeric => whole(match unit {
            Span::Milliseconds => number / 1_000.0,
            Span::Seconds => number,
            // A tenth of a minute is six seconds, a hundredth is rounded.
            Span::Minutes => (number * 60.0).round(),
            Span::Hours => (number * 3_600.0).round(),
        }),
        _ if unit == Span::Milliseconds && text.ends_with("ms") => {
            read_span(text.trim_end_matches("ms").trim_end(), unit, comma)
        }
        _ => read_duration(text),
    }
}

fn whole(seconds: f64) -> Result<i32, Unreadable> {
    if !(0.0..2_147_483_647.0).contains(&seconds) {
        return Unreadable::because("not a duration (expected for example 38, 0:38 or 00:00:38)");
    }
    Ok(seconds.floor() as i32)
}

/// Reads a volume of data as whole kilobytes of 1,024 bytes, rounded up.
///
/// # Errors
/// When the text is no number, is negative, or has a unit that is none of data.
pub fn read_volume(text: &str, unit: Volume, comma: Comma) -> Result<i64, Unreadable> {
    let no_volume = || Unreadable("is not a volume of data (expected for example 1024, 12.5 MB or 3 KB)".to_owned());
    let text = unguarded(text);
    let number = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = match &text[number.len()..] {
        "" => unit,
        word => Volume::named(word).ok_or_else(no_volume)?,
    };
    let value =
        read_number(number.trim_end(), comma).filter(|value| (0.0..=1e15).contains(value)).ok_or_else(no_volume)?;
    Ok((value * unit.kilobytes()).ceil() as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_with_their_marks() {
        for (text, number) in [
            ("1024", 1024.0),
            ("1,024", 1024.0),
            ("1 024", 1024.0),
            ("1'024", 1024.0),
            ("1\u{202f}024", 1024.0),
            ("1,024.5", 1024.5),
            ("1.024,5", 1024.5),
            ("1,024,000", 1_024_000.0),
            ("1.024.000", 1_024_000.0),
            ("52,4000", 52.4),
            ("-1,3", -1.3),
            ("0,125", 0.125),
            ("='12.5'", 12.5),
            (".5", 0.5),
            ("\u{2212}1.5", -1.5),
        ] {
            assert_eq!(read_number(text, Comma::Thousands), Some(number), "{text}");
        }
        assert_eq!(read_number("1,250", Comma::Decimals), Some(1.25));
        for text in ["", "-", "1,02,4", "abc", "1e5", "12:30", "1.2.3", "1,2,3"] {
            assert_eq!(read_number(text, Comma::Thousands), None, "{text}");
        }
    }

    #[test]
    fn lengths_in_the_heading_s_unit() {
        for (text, unit, seconds) in [
            ("35", Span::Seconds, 35),
            ("1,024", Span::Seconds, 1024),
            ("1\u{202f}024", Span::Seconds, 1024),
            ("35,9", Span::Seconds, 35),
            ("00:00:35", Span::Minutes, 35),
            ("35000", Span::Milliseconds, 35),
            ("35,999", Span::Milliseconds, 35),
            ("1.5", Span::Minutes, 90),
            ("1,5", Span::Minutes, 90),
            ("2", Span::Minutes, 120),
            ("0.5", Span::Hours, 1800),
            ("35s", Span::Minutes, 35),
        ] {
            assert_eq!(read_span(text, unit, Comma::Thousands), Ok(seconds), "{text} {unit:?}");
        }
        assert!(read_span("-1", Span::Minutes, Comma::Thousands).is_err());
        assert!(read_span("soon", Span::Minutes, Comma::Thousands).is_err());
    }

    #[test]
    fn volumes() {
        for (text, unit, kilobytes) in [
            ("1024", Volume::Bytes, 1),
            ("1", Volume::Bytes, 1),
            ("12", Volume::Kilobytes, 12),
            ("1.5", Volume::Megabytes, 1_536),
            ("1,5", Volume::Megabytes, 1_536),
            ("1", Volume::Gigabytes, 1_048_576),
            ("2 MB", Volume::Kilobytes, 2_048),
            ("300B", Volume::Kilobytes, 1),
            ("1,024", Volume::Kilobytes, 1_024),
        ] {
            assert_eq!(read_volume(text, unit, Comma::Thousands), Ok(kilobytes), "{text} {unit:?}");
        }
        for text in ["-1", "12 apples", "much"] {
            assert!(read_volume(text, Volume::Bytes, Comma::Thousands).is_err(), "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn never_panics(text: String) {
            let _ = read_number(&text, Comma::Thousands);
            let _ = read_span(&text, Span::Minutes, Comma::Decimals);
            let _ = read_volume(&text, Volume::Bytes, Comma::Thousands);
        }
    }
}
