//! Words in times: months, weekdays, halves of the day, ordinals.

use super::text::unreadable;
use crate::party::Unreadable;

/// A day, a month by name, or a year, in a date that is not numbers only.
#[derive(Clone, Copy)]
pub(super) enum Loose {
    Number(u32, usize),
    Month(u32),
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

impl Loose {
    pub(super) fn read(part: &str) -> Option<Self> {
        let digits = part.bytes().take_while(u8::is_ascii_digit).count();
        if digits > 0 && digits <= 4 {
            let ordinal = part[digits..].to_ascii_lowercase();
            let known = matches!(ordinal.as_str(), "" | "st" | "nd" | "rd" | "th");
            return known.then(|| part[..digits].parse().ok().map(|value| Self::Number(value, digits)))?;
        }
        let lower = part.to_ascii_lowercase();
        let of_year = MONTHS.iter().position(|month| {
            lower.len() >= 3 && (month.starts_with(&lower) || lower == "sept" && *month == "september")
        })?;
        Some(Self::Month(of_year as u32 + 1))
    }
}

/// `15 Sep 2010`, `Sep 15 2010`, `2010 Sep 15`.
pub(super) fn named_date(parts: [Loose; 3]) -> Result<(u32, u32, u32), Unreadable> {
    use Loose::{Month, Number};
    match parts {
        [Number(year, 4), Month(month), Number(day, 1 | 2)] => Ok((year, month, day)),
        [Number(day, 1 | 2), Month(month), Number(year, digits)]
        | [Month(month), Number(day, 1 | 2), Number(year, digits)] => Ok((full_year(year, digits)?, month, day)),
        _ => unreadable(),
    }
}

/// Two digits are 1970 to 2069: no disclosure is older, none so young.
pub(super) fn full_year(year: u32, digits: usize) -> Result<u32, Unreadable> {
    match digits {
        4 => Ok(year),
        2 if year >= 70 => Ok(1900 + year),
        2 => Ok(2000 + year),
        _ => Unreadable::because("a year has two or four digits"),
    }
}

/// Whether it is the afternoon.
pub(super) fn half_of_day(lower: &str) -> Option<bool> {
    match lower {
        "am" | "a.m." | "a.m" | "a" => Some(false),
        "pm" | "p.m." | "p.m" | "p" => Some(true),
        _ => None,
    }
}

pub(super) fn is_weekday(lower: &str) -> bool {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    lower.len() >= 3 && DAYS.iter().any(|day| day.starts_with(lower.trim_end_matches('.')))
}
