//! The words of a time, one by one: date, time of day, half of the day, offset, weekday.

use super::{
    DateOrder,
    civil::TimeOfDay,
    digits::{micro, part_of_a_day},
    form::Form,
    names::{Loose, full_year, half_of_day, is_weekday, named_date},
    offset::read_offset,
    text::{Habit, plain, unreadable},
};
use crate::party::Unreadable;

/// What has been found so far.
pub(super) struct TimeParts {
    pub date: Option<(u32, u32, u32)>,
    pub form: Form,
    pub time: Option<TimeOfDay>,
    pub to_minute: bool,
    pub offset_s: Option<i32>,
}

impl Default for TimeParts {
    fn default() -> Self {
        Self { date: None, form: Form::Named, time: None, to_minute: false, offset_s: None }
    }
}

impl TimeParts {
    /// Reads blank-separated words in any order: date, time, half of day, offset, weekday. `only_time`
    /// lets points part a time.
    pub fn read(&mut self, text: &str, order: DateOrder, only_time: bool) -> Result<(), Unreadable> {
        let mut loose: [Option<Loose>; 3] = [None; 3];
        let mut half: Option<bool> = None;
        for word in text.split([' ', ',']).filter(|word| !word.is_empty()) {
            let lower = word.to_ascii_lowercase();
            let dated = self.date.is_some() || loose[2].is_some();
            if self.time.is_some()
                && let Some(afternoon) = half_of_day(&lower)
            {
                half = Some(afternoon);
            } else if is_weekday(&lower)
                || matches!(lower.as_str(), "at" | "of" | "on")
                || (self.time.is_some() && matches!(lower.as_str(), "hrs" | "hours" | "hr" | "h"))
            {
            } else if self.time.is_some()
                && let Some(seconds) = read_offset(word)
            {
                self.offset(seconds)?;
            } else if self.offset_s.is_some() && lower.starts_with('(') {
                // `GMT+0100 (British Summer Time)`
                break;
            } else if word.contains(':') || ((only_time || dated) && self.time.is_none() && is_clock(word)) {
                let rest = self.clock(word)?;
                self.after_clock(rest, &mut half)?;
            } else if self.date.is_none()
                && loose[0].is_none()
                && let Some((date, form)) = numeric_date(word, order)?
            {
                (self.date, self.form) = (Some(date), form);
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

    /// Takes the time of day from a cell of its own.
    pub fn beside(&mut self, time: &str, habit: &Habit) -> Result<(), Unreadable> {
        // A workbook's date cell carries a midnight that the time cell replaces.
        if self.time.is_some_and(|at| at != TimeOfDay::default()) {
            return Unreadable::because("two times of day: one with the date, one beside it");
        }
        self.time = None;
        if let Some(of_day) = part_of_a_day(time, habit)? {
            self.time = Some(of_day);
            return Ok(());
        }
        let mut beside = Self::default();
        beside.read(&plain(time), DateOrder::YearMonthDay, true)?;
        // A workbook's time cell carries the spreadsheet's day zero.
        let zero = |date| matches!(date, (1899, 12, 30 | 31) | (1900, 1, 0 | 1) | (1904, 1, 1));
        if beside.date.is_some_and(|date| !zero(date) && self.date != beside.date) {
            return Unreadable::because("two dates: one beside the other");
        }
        self.time = beside.time;
        self.offset_s = beside.offset_s.or(self.offset_s);
        if self.time.is_none() {
            return Unreadable::because("no time of day is stated");
        }
        Ok(())
    }

    // `GMT +1` states the zone in two words; `+0100 GMT` contradicts itself.
    fn offset(&mut self, seconds: i32) -> Result<(), Unreadable> {
        if self.offset_s.is_some_and(|before| before != 0 && before != seconds) {
            return Unreadable::because("two offsets from UTC that contradict each other");
        }
        self.offset_s = Some(seconds);
        Ok(())
    }

    // What stands in one word with the time of day: `9:15pm`, `09:15:00+01:00`, `0915hrs`.
    fn after_clock(&mut self, rest: &str, half: &mut Option<bool>) -> Result<(), Unreadable> {
        let lower = rest.to_ascii_lowercase();
        match half_of_day(&lower) {
            Some(afternoon) => *half = Some(afternoon),
            None if matches!(lower.as_str(), "" | "hrs" | "hours" | "hr" | "h") => {}
            None => match read_offset(rest) {
                Some(seconds) => self.offset(seconds)?,
                None => return unreadable(),
            },
        }
        Ok(())
    }

    /// Reads `H:MM[:SS[.fff]]`, `H.MM[.SS]` or `HHMM[SS]` and returns what follows it in the same word.
    fn clock<'a>(&mut self, word: &'a str) -> Result<&'a str, Unreadable> {
        if self.time.is_some() {
            return unreadable();
        }
        let bytes = word.as_bytes();
        let run = |from: usize| bytes[from..].iter().take_while(|c| c.is_ascii_digit()).count();
        let mut values = [0_u32; 3];
        let mut count = 0;
        let mut at = 0;
        if matches!(run(0), 4 | 6) {
            while at < run(0) {
                values[count] = word[at..at + 2].parse().unwrap_or(0);
                (count, at) = (count + 1, at + 2);
            }
        } else {
            loop {
                let digits = run(at);
                if digits == 0 || digits > 2 || count == 3 {
                    return unreadable();
                }
                values[count] = word[at..at + digits].parse().unwrap_or(0);
                count += 1;
                at += digits;
                let parts = |c: u8| c == b':' || (c == b'.' && !(count == 2 && bytes[..at].contains(&b':')));
                let more = bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
                if count < 3 && more && bytes.get(at).is_some_and(|c| parts(*c)) {
                    at += 1;
                } else {
                    break;
                }
            }
        }
        if count < 2 {
            return unreadable();
        }
        let mut us = 0;
        if count == 3 && bytes.get(at) == Some(&b'.') {
            let digits = run(at + 1);
            us = micro(&word[at + 1..at + 1 + digits]);
            at += 1 + digits;
        }
        self.to_minute = count == 2;
        self.time = Some(TimeOfDay { hour: values[0], minute: values[1], second: values[2], us });
        Ok(&word[at..])
    }
}

// A time of day without colons: `09.15`, `09.15.22`, `0915`, `091522`, with or without what may follow one.
fn is_clock(word: &str) -> bool {
    let bytes = word.as_bytes();
    let digits = bytes.iter().take_while(|c| c.is_ascii_digit()).count();
    match digits {
        4 | 6 => bytes.get(digits).is_none_or(|c| c.is_ascii_alphabetic() || matches!(c, b'.' | b'+')),
        1 | 2 => {
            bytes.get(digits) == Some(&b'.')
                && bytes[digits + 1..].iter().take_while(|c| c.is_ascii_digit()).count() == 2
        }
        _ => false,
    }
}

type YearMonthDay = (u32, u32, u32);

fn numeric_date(word: &str, order: DateOrder) -> Result<Option<(YearMonthDay, Form)>, Unreadable> {
    if word.len() == 8 && word.bytes().all(|c| c.is_ascii_digit()) {
        let number = |from: usize, to: usize| word[from..to].parse().unwrap_or(0);
        return Ok(Some(((number(0, 4), number(4, 6), number(6, 8)), Form::Compact)));
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
    let form = match (year.1, order) {
        (4, _) if first.1 == 4 => Form::YearFirst,
        (2, DateOrder::YearMonthDay) => Form::YearFirst,
        (2, _) => Form::ShortYear,
        _ if month.1 == 1 || day.1 == 1 => Form::Bare,
        _ => Form::Numbers,
    };
    Ok(Some(((full_year(year.0, year.1)?, month.0, day.0), form)))
}
