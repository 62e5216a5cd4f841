//! Text to a civil time or a count. [`usual`] reads what almost every row holds, [`read`] the rest.

use super::{
    Civil, Correction, DateOrder, DayCount,
    civil::TimeOfDay,
    digits::{self, digits_only, part_of_a_day},
    form::Form,
    parts::TimeParts,
};
use crate::party::Unreadable;

/// What a text says. Days and months are not checked yet, so that who asks can tell a wrong order from a wrong date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WrittenTime {
    /// It counts from an epoch: microseconds UTC.
    Count(i64),
    /// Date and time of day, and seconds east of UTC where it states them.
    Moment(Civil, Option<i32>),
    /// A date alone.
    Date(Civil),
}

/// What a text says and how it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Reading {
    pub written: WrittenTime,
    pub form: Form,
}

/// How a column writes numbers for days and times.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Habit {
    pub days: DayCount,
    pub correction: Correction,
}

/// `DD/MM/YYYY` or `YYYY-MM-DD` with `HH:MM:SS`, in two cells or one. None for anything else;
/// [`read`] reads or explains that.
#[inline]
pub(super) fn usual(date: &str, time: &str, order: DateOrder) -> Option<(Civil, Form)> {
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
    if separator(date[2]) && date[2] == date[5] {
        let (first, second) = (two(&date[0..])?, two(&date[3..])?);
        let year = two(&date[6..])? * 100 + two(&date[8..])?;
        let (month, day) = match order {
            DateOrder::DayMonthYear => (second, first),
            DateOrder::MonthDayYear => (first, second),
            DateOrder::YearMonthDay => return None,
        };
        Some((Civil { year, month, day, time }, Form::Numbers))
    } else if separator(date[4]) && date[4] == date[7] {
        let year = two(&date[0..])? * 100 + two(&date[2..])?;
        Some((Civil { year, month: two(&date[5..])?, day: two(&date[8..])?, time }, Form::YearFirst))
    } else {
        None
    }
}

fn digit(c: u8) -> Option<u32> {
    c.is_ascii_digit().then(|| u32::from(c - b'0'))
}

/// Reads any form in the list at [`super::Clock::read`].
pub(super) fn read(date: &str, time: &str, order: DateOrder, habit: &Habit) -> Result<Reading, Unreadable> {
    let date = trim(date);
    let time = trim(time);
    if date.is_empty() {
        return Unreadable::because("no date is stated");
    }
    if date.len() + time.len() > 80 {
        return unreadable();
    }
    if time.is_empty()
        && let Some(read) = digits_only(date, habit)?
    {
        return Ok(read);
    }
    let mut parts = TimeParts::default();
    match digits::whole_day(date, habit) {
        Some(civil) => (parts.date, parts.form) = (Some((civil.year, civil.month, civil.day)), Form::DayNumber),
        None => parts.read(&plain(date), order, false)?,
    }
    if !time.is_empty() {
        parts.beside(time, habit)?;
    }
    let Some((year, month, day)) = parts.date else { return unreadable() };
    let civil = Civil { year, month, day, time: parts.time.unwrap_or_default() };
    let form = match parts.form {
        Form::Numbers if time.is_empty() && parts.to_minute => Form::NumbersToMinute,
        Form::Bare if time.is_empty() && parts.to_minute => Form::BareToMinute,
        form => form,
    };
    let written =
        if parts.time.is_none() { WrittenTime::Date(civil) } else { WrittenTime::Moment(civil, parts.offset_s) };
    Ok(Reading { written, form })
}

/// Reads a time of day that stands by itself, and its offset where it states one.
pub(super) fn read_time(time: &str, habit: &Habit) -> Result<(TimeOfDay, Option<i32>), Unreadable> {
    let time = trim(time);
    if time.len() > 40 {
        return unreadable();
    }
    if let Some(of_day) = part_of_a_day(time, habit)? {
        return Ok((of_day, None));
    }
    let mut parts = TimeParts::default();
    parts.read(&plain(time), DateOrder::YearMonthDay, true)?;
    match (parts.time, parts.date) {
        (Some(time), None) => Ok((time, parts.offset_s)),
        _ => unreadable(),
    }
}

/// A text without what spreadsheets put about it to keep it a text: `="…"`, quotation marks, an apostrophe.
pub(super) fn trim(text: &str) -> &str {
    let text = text.trim();
    let text = text.strip_prefix('=').filter(|rest| rest.starts_with(['"', '\''])).unwrap_or(text);
    text.trim_matches(|c: char| {
        c.is_whitespace()
            || matches!(
                c,
                '\'' | '"' | '`' | '\u{2018}' | '\u{2019}' | '\u{201c}' | '\u{201d}' | '\u{feff}' | '\u{200b}'
                    ..='\u{200f}'
            )
    })
}

/// ISO's `T` between date and time and every kind of space become a space, the comma before parts of a second a point,
/// and marks that cannot be seen are left out.
pub(super) fn plain(text: &str) -> String {
    let bytes = text.as_bytes();
    let between_digits =
        |at: usize| at > 0 && bytes[at - 1].is_ascii_digit() && bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
    text.char_indices()
        .filter_map(|(at, c)| match c {
            'T' | 't' if between_digits(at) => Some(' '),
            ',' if is_fraction(bytes, at) => Some('.'),
            '\u{2212}' | '\u{2010}' | '\u{2011}' | '\u{2013}' => Some('-'),
            '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}' => None,
            c if c.is_whitespace() => Some(' '),
            c => Some(c),
        })
        .collect()
}

// `09:15:00,123`, but not `09:15:00,03/02/2025`.
fn is_fraction(bytes: &[u8], comma: usize) -> bool {
    let word = bytes[..comma].iter().rposition(|c| matches!(c, b' ' | b'T' | b't' | b',')).map_or(0, |at| at + 1);
    let colons = bytes[word..comma].iter().filter(|c| **c == b':').count();
    let digits = bytes[comma + 1..].iter().take_while(|c| c.is_ascii_digit()).count();
    let next = bytes.get(comma + 1 + digits);
    colons == 2 && (1..=9).contains(&digits) && next.is_none_or(|c| matches!(c, b' ' | b'+' | b'Z' | b'z'))
}

pub(super) fn unreadable<T>() -> Result<T, Unreadable> {
    Unreadable::because("not a date and time that can be read (expected for example 27/10/2024 01:30:00)")
}
