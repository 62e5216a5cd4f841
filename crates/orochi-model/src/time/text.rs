//! Text to a civil time or an exact one. [`usual`] reads what almost every row holds, [`read`] the rest.

use super::{
    Civil, DateOrder, DayCount, SECOND_US,
    civil::TimeOfDay,
    digits::{digits_only, micro, part_of_a_day},
};
use crate::party::Unreadable;

/// What a text says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Written {
    /// It states its offset or counts from an epoch: microseconds UTC.
    Exact(i64),
    /// Date and time of day, zone not stated.
    Civil(Civil),
    /// A date alone.
    Date(Civil),
}

/// `DD/MM/YYYY` or `YYYY-MM-DD` with `HH:MM:SS`, in two cells or one. None for anything else, also for times that do not exist,
/// which [`read`] then explains.
pub(super) fn usual(date: &str, time: &str, order: DateOrder) -> Option<i64> {
    let (date, time) = match (date.as_bytes(), time.as_bytes()) {
        (date, time) if date.len() == 10 && time.len() == 8 => (date, time),
        (both, []) if both.len() == 19 && matches!(both[10], b' ' | b'T') => (&both[..10], &both[11..]),
        _ => return None,
    };
    let two = |at: &[u8]| Some(digit(at[0])? * 10 + digit(at[1])?);
    if time[2] != b':' || time[5] != b':' {
        return None;
    }
    let time = TimeOfDay { hour: two(&time[0..])?, minute: two(&time[3..])?, second: two(&time[6..])?, us: 0 };
    let separator = |c: u8| matches!(c, b'/' | b'-' | b'.');
    let (year, month, day) = if separator(date[2]) && date[2] == date[5] {
        let (first, second) = (two(&date[0..])?, two(&date[3..])?);
        let year = two(&date[6..])? * 100 + two(&date[8..])?;
        match order {
            DateOrder::DayMonthYear => (year, second, first),
            DateOrder::MonthDayYear => (year, first, second),
            DateOrder::YearMonthDay => return None,
        }
    } else if separator(date[4]) && date[4] == date[7] {
        (two(&date[0..])? * 100 + two(&date[2..])?, two(&date[5..])?, two(&date[8..])?)
    } else {
        return None;
    };
    Civil { year, month, day, time }.us().ok()
}

fn digit(c: u8) -> Option<u32> {
    c.is_ascii_digit().then(|| u32::from(c - b'0'))
}

/// Reads any form in the list at [`super::Clock::read`].
pub(super) fn read(date: &str, time: &str, order: DateOrder, days: DayCount) -> Result<Written, Unreadable> {
    let date = trim(date);
    let time = trim(time);
    if date.is_empty() {
        return Unreadable::because("no date is stated");
    }
    if date.len() + time.len() > 80 {
        return unreadable();
    }
    if time.is_empty()
        && let Some(read) = digits_only(date, days)?
    {
        return Ok(read);
    }
    let mut parts = Parts::default();
    parts.take(&mask_sequences(date), order, false)?;
    if !time.is_empty() {
        // A workbook's date cell carries a midnight that the time cell replaces.
        if parts.time.is_some_and(|at| at != TimeOfDay::default()) {
            return Unreadable::because("two times of day: one with the date, one beside it");
        }
        parts.time = None;
        if let Some(of_day) = part_of_a_day(time)? {
            parts.time = Some(of_day);
        } else {
            let mut beside = Parts::default();
            beside.take(&mask_sequences(time), DateOrder::YearMonthDay, true)?;
            // A workbook's time cell carries the spreadsheet's day zero.
            if beside.date.is_some_and(|(year, month, day)| {
                !(matches!((year, month, day), (1899, 12, 30 | 31) | (1900, 1, 0 | 1))) && parts.date != beside.date
            }) {
                return Unreadable::because("two dates: one beside the other");
            }
            parts.time = beside.time;
            parts.offset_s = beside.offset_s.or(parts.offset_s);
            if parts.time.is_none() {
                return Unreadable::because("no time of day is stated");
            }
        }
    }
    let Some((year, month, day)) = parts.date else { return unreadable() };
    let civil = Civil { year, month, day, time: parts.time.unwrap_or_default() };
    let us = civil.us()?;
    match (parts.time, parts.offset_s) {
        (None, _) => Ok(Written::Date(civil)),
        (Some(_), Some(offset)) => Ok(Written::Exact(us - i64::from(offset) * SECOND_US)),
        (Some(_), None) => Ok(Written::Civil(civil)),
    }
}

fn trim(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\'' | '"'))
}

/// ISO's `T` between date and time becomes a space, so that it is no word.
fn mask_sequences(text: &str) -> String {
    let bytes = text.as_bytes();
    let between_digits =
        |at: usize| at > 0 && bytes[at - 1].is_ascii_digit() && bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
    text.char_indices().map(|(at, c)| if matches!(c, 'T' | 't') && between_digits(at) { ' ' } else { c }).collect()
}

/// What has been found so far.
#[derive(Default)]
struct Parts {
    date: Option<(u32, u32, u32)>,
    time: Option<TimeOfDay>,
    offset_s: Option<i32>,
}

impl Parts {
    /// Reads blank-separated words in any order: date, time, half of day, offset, weekday. `only_time` lets points part a time.
    fn take(&mut self, text: &str, order: DateOrder, only_time: bool) -> Result<(), Unreadable> {
        let mut loose: [Option<Loose>; 3] = [None; 3];
        let mut half: Option<bool> = None;
        for word in text.split([' ', '\t', ',', '\u{a0}', '\u{202f}']).filter(|word| !word.is_empty()) {
            let lower = word.to_ascii_lowercase();
            if let Some(afternoon) = half_of_day(&lower) {
                half = Some(afternoon);
            } else if is_weekday(&lower) {
            } else if word.contains(':') || (only_time && word.matches('.').count() >= 1) {
                let rest = self.clock(word, only_time)?;
                match half_of_day(&rest.to_ascii_lowercase()) {
                    Some(afternoon) => half = Some(afternoon),
                    None if rest.is_empty() => {}
                    None => match offset(rest) {
                        Some(seconds) => self.offset_s = Some(seconds),
                        None => return unreadable(),
                    },
                }
            } else if self.time.is_some()
                && let Some(seconds) = offset(word)
            {
                self.offset_s = Some(seconds);
            } else if self.date.is_none()
                && loose[0].is_none()
                && let Some(date) = numeric_date(word, order)?
            {
                self.date = Some(date);
            } else {
                for part in word.split(['-', '/', '.']).filter(|part| !part.is_empty()) {
                    let part = Loose::read(part).map_or_else(unreadable, Ok)?;
                    match loose.iter_mut().find(|slot| slot.is_none()) {
                        Some(slot) => *slot = Some(part),
                        None => return unreadable(),
                    }
                }
            }
        }
        match (self.date, loose) {
            (None, [Some(first), Some(second), Some(third)]) => self.date = Some(named_date([first, second, third])?),
            (_, [None, None, None]) => {}
            _ => return unreadable(),
        }
        if let Some(afternoon) = half {
            let Some(time) = &mut self.time else { return unreadable() };
            if !(1..=12).contains(&time.hour) {
                return Unreadable::because(format!("{} with am or pm: hours go from 1 to 12", time.hour));
            }
            time.hour = time.hour % 12 + if afternoon { 12 } else { 0 };
        }
        Ok(())
    }

    /// Reads `H:MM[:SS[.fff]]` and returns what follows it in the same word.
    fn clock<'a>(&mut self, word: &'a str, points: bool) -> Result<&'a str, Unreadable> {
        if self.time.is_some() {
            return unreadable();
        }
        let bytes = word.as_bytes();
        let mut values = [0_u32; 3];
        let mut count = 0;
        let mut at = 0;
        loop {
            let digits = bytes[at..].iter().take_while(|c| c.is_ascii_digit()).count();
            if digits == 0 || digits > 2 || count == 3 {
                return unreadable();
            }
            values[count] = word[at..at + digits].parse().unwrap_or(0);
            count += 1;
            at += digits;
            let parts = |c: u8| c == b':' || (points && c == b'.');
            if count < 3 && bytes.get(at).is_some_and(|c| parts(*c)) {
                at += 1;
            } else {
                break;
            }
        }
        if count < 2 {
            return unreadable();
        }
        let mut us = 0;
        if count == 3 && bytes.get(at) == Some(&b'.') {
            let digits = bytes[at + 1..].iter().take_while(|c| c.is_ascii_digit()).count();
            us = micro(&word[at + 1..at + 1 + digits]);
            at += 1 + digits;
        }
        self.time = Some(TimeOfDay { hour: values[0], minute: values[1], second: values[2], us });
        Ok(&word[at..])
    }
}

/// A day, a month by name, or a year, in a date that is not numbers only.
#[derive(Clone, Copy)]
enum Loose {
    Number(u32, usize),
    Month(u32),
}

impl Loose {
    fn read(part: &str) -> Option<Self> {
        let digits = part.bytes().take_while(u8::is_ascii_digit).count();
        if digits > 0 && digits <= 4 {
            let ordinal = part[digits..].to_ascii_lowercase();
            let known = matches!(ordinal.as_str(), "" | "st" | "nd" | "rd" | "th");
            return known.then(|| part[..digits].parse().ok().map(|value| Self::Number(value, digits)))?;
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
        let lower = part.to_ascii_lowercase();
        let of_year = MONTHS.iter().position(|month| {
            lower.len() >= 3 && (month.starts_with(&lower) || lower == "sept" && *month == "september")
        })?;
        Some(Self::Month(of_year as u32 + 1))
    }
}

/// `15 Sep 2010`, `Sep 15 2010`, `2010 Sep 15`.
fn named_date(parts: [Loose; 3]) -> Result<(u32, u32, u32), Unreadable> {
    use Loose::{Month, Number};
    match parts {
        [Number(year, 4), Month(month), Number(day, 1 | 2)] => Ok((year, month, day)),
        [Number(day, 1 | 2), Month(month), Number(year, digits)]
        | [Month(month), Number(day, 1 | 2), Number(year, digits)] => Ok((full_year(year, digits)?, month, day)),
        _ => unreadable(),
    }
}

fn numeric_date(word: &str, order: DateOrder) -> Result<Option<(u32, u32, u32)>, Unreadable> {
    if word.len() == 8 && word.bytes().all(|c| c.is_ascii_digit()) {
        let number = |from: usize, to: usize| word[from..to].parse().unwrap_or(0);
        return Ok(Some((number(0, 4), number(4, 6), number(6, 8))));
    }
    let Some(separator) = word.chars().find(|c| matches!(c, '/' | '-' | '.')) else { return Ok(None) };
    let mut parts = [(0_u32, 0_usize); 3];
    let mut count = 0;
    for part in word.split(separator) {
        let Some(slot) = parts.get_mut(count) else { return Ok(None) };
        if part.is_empty() || part.len() > 4 || !part.bytes().all(|c| c.is_ascii_digit()) {
            return Ok(None);
        }
        *slot = (part.parse().unwrap_or(0), part.len());
        count += 1;
    }
    let [first, second, third] = parts;
    if count != 3 {
        return Ok(None);
    }
    let (year, month, day) = match order {
        _ if first.1 == 4 => (first, second, third),
        DateOrder::DayMonthYear => (third, second, first),
        DateOrder::MonthDayYear => (third, first, second),
        DateOrder::YearMonthDay if third.1 == 4 => {
            return Unreadable::because("the year comes last, but this column is year, month, day");
        }
        DateOrder::YearMonthDay => (first, second, third),
    };
    if month.1 > 2 || day.1 > 2 {
        return unreadable();
    }
    Ok(Some((full_year(year.0, year.1)?, month.0, day.0)))
}

/// Two digits are 1970 to 2069: no disclosure is older, none so young.
fn full_year(year: u32, digits: usize) -> Result<u32, Unreadable> {
    match digits {
        4 => Ok(year),
        2 if year >= 70 => Ok(1900 + year),
        2 => Ok(2000 + year),
        _ => Unreadable::because("a year has two or four digits"),
    }
}

fn half_of_day(lower: &str) -> Option<bool> {
    match lower {
        "am" | "a.m." | "a.m" => Some(false),
        "pm" | "p.m." | "p.m" => Some(true),
        _ => None,
    }
}

fn is_weekday(lower: &str) -> bool {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    lower.len() >= 3 && DAYS.iter().any(|day| day.starts_with(lower.trim_end_matches('.')))
}

/// Seconds east of UTC: `Z`, `+0100`, `+01:00`, `+01`, `UTC`, `GMT+1`, `BST`.
pub(super) fn offset(text: &str) -> Option<i32> {
    let upper = text.trim_matches(['(', ')', '[', ']']).to_ascii_uppercase();
    let rest = match upper.as_str() {
        "Z" | "UTC" | "GMT" | "UT" => return Some(0),
        "BST" => return Some(3600),
        other => other.strip_prefix("UTC").or_else(|| other.strip_prefix("GMT")).unwrap_or(other),
    };
    let sign = match rest.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let digits: String = rest[1..].chars().filter(|c| *c != ':').collect();
    if !digits.bytes().all(|c| c.is_ascii_digit()) {
        return None;
    }
    let (hours, minutes) = match digits.len() {
        1 | 2 => (digits.parse::<i32>().ok()?, 0),
        4 => (digits[..2].parse::<i32>().ok()?, digits[2..].parse::<i32>().ok()?),
        _ => return None,
    };
    // No place on earth is more than 14 hours from UTC.
    (hours <= 14 && minutes < 60).then_some(sign * (hours * 3600 + minutes * 60))
}

pub(super) fn unreadable<T>() -> Result<T, Unreadable> {
    Unreadable::because("not a date and time that can be read (expected for example 27/10/2024 01:30:00)")
}
