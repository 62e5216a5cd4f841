//! Times written as digits: compact ISO 8601, counts from an epoch, a spreadsheet's day numbers.

use super::{
    Civil, DAY_US, DayCount, SECOND_US,
    civil::TimeOfDay,
    form::Form,
    offset::read_offset,
    text::{Habit, Reading, WrittenTime, unreadable},
};
use crate::party::Unreadable;

/// Decimals of a day number that are 0.9 seconds apart: fewer cannot name a second.
const ENOUGH: usize = 5;

/// Digits with at most one point: a compact date and time, an epoch count, or a spreadsheet's day number.
pub(super) fn digits_only(text: &str, habit: &Habit) -> Result<Option<Reading>, Unreadable> {
    let (text, fraction) = text.split_once(['.', ',']).unwrap_or((text, ""));
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, suffix) = text.split_at(digits);
    if !fraction.bytes().all(|c| c.is_ascii_digit()) || digits.is_empty() {
        return Ok(None);
    }
    let value: i64 = match digits.parse() {
        Ok(value) => value,
        _ => return Ok(None),
    };
    let number = |from: usize, to: usize| digits[from..to].parse::<u32>().unwrap_or(0);
    let compact = |time: TimeOfDay| Civil { year: number(0, 4), month: number(4, 6), day: number(6, 8), time };
    let second = |us: u32| TimeOfDay { hour: number(8, 10), minute: number(10, 12), second: number(12, 14), us };
    let count = |us: Option<i64>| match us {
        Some(us) => Ok(Some(Reading { written: WrittenTime::Count(us), form: Form::Count })),
        None => unreadable(),
    };
    // A data frame writes whole numbers with `.0`.
    let whole = fraction.bytes().all(|c| c == b'0');
    let written = match (digits.len(), suffix) {
        (14, "") => WrittenTime::Moment(compact(second(micro(fraction))), None),
        (14, suffix) => match read_offset(suffix) {
            Some(offset) => WrittenTime::Moment(compact(second(micro(fraction))), Some(offset)),
            None => return unreadable(),
        },
        (_, suffix) if !suffix.is_empty() => return Ok(None),
        (17, _) if whole => WrittenTime::Moment(compact(second(number(14, 17) * 1_000)), None),
        (12, _) if whole => {
            let time = TimeOfDay { hour: number(8, 10), minute: number(10, 12), second: 0, us: 0 };
            WrittenTime::Moment(compact(time), None)
        }
        (8, _) if whole => WrittenTime::Date(compact(TimeOfDay::default())),
        // Seconds since 1970 have had ten digits since September 2001.
        (10, _) => return count(value.checked_mul(SECOND_US).map(|us| us + i64::from(micro(fraction)))),
        (13, _) => return count(value.checked_mul(1_000)),
        (16, _) => return count(Some(value)),
        (19, _) => return count(Some(value / 1_000)),
        (5, _) => {
            let written = day_number(value, fraction, habit)?;
            return Ok(Some(Reading { written, form: Form::DayNumber }));
        }
        _ => return unreadable(),
    };
    Ok(Some(Reading { written, form: Form::Compact }))
}

/// Decimals of a text that is a spreadsheet's day number with a part of a day.
pub(super) fn decimals(text: &str) -> Option<usize> {
    let (day, fraction) = super::text::trim(text).split_once(['.', ','])?;
    let digits = |part: &str| part.bytes().all(|c| c.is_ascii_digit());
    let all_zero = fraction.bytes().all(|c| c == b'0');
    (day.len() == 5 && digits(day) && digits(fraction) && !all_zero).then_some(fraction.len())
}

/// The day of a day number beside a time of day.
pub(super) fn whole_day(date: &str, habit: &Habit) -> Option<Civil> {
    let (day, fraction) = date.split_once(['.', ',']).unwrap_or((date, ""));
    let plain = day.len() == 5 && day.bytes().all(|c| c.is_ascii_digit()) && fraction.bytes().all(|c| c == b'0');
    if plain { day.parse().ok().map(|day: i64| civil_of(day_us(day, habit.days))) } else { None }
}

/// Days since 1899-12-30, or since 1904-01-01.
fn day_us(day: i64, system: DayCount) -> i64 {
    const DAY_ZERO: i64 = -25_569;
    let later = if system == DayCount::From1904 { DayCount::APART } else { 0 };
    (day + DAY_ZERO + later) * DAY_US
}

/// A spreadsheet's day number.
fn day_number(day: i64, fraction: &str, habit: &Habit) -> Result<WrittenTime, Unreadable> {
    let us = day_us(day, habit.days);
    if fraction.bytes().all(|c| c == b'0') && fraction.len() < ENOUGH {
        return Ok(WrittenTime::Date(civil_of(us)));
    }
    if habit.correction.cut && fraction.len() < ENOUGH {
        return cut_short(fraction.len());
    }
    Ok(WrittenTime::Moment(civil_of(us + part_us(fraction)?), None))
}

fn cut_short<T>(decimals: usize) -> Result<T, Unreadable> {
    Unreadable::because(format!(
        "a spreadsheet's day number cut to {decimals} decimals no longer gives the second; ask for the column as date \
         and time"
    ))
}

/// The part of a day behind a point, to the second.
fn part_us(fraction: &str) -> Result<i64, Unreadable> {
    // 12 digits are a tenth of a microsecond, more than a spreadsheet keeps.
    let shown = &fraction[..fraction.len().min(12)];
    let scale = 10_i128.pow(shown.len() as u32);
    let thousandths = shown.parse::<i128>().unwrap_or(0) * 86_400_000 * 2;
    let seconds = (thousandths / 1_000 + scale) / (2 * scale);
    // A rounded one would move the call by minutes.
    if shown.len() < ENOUGH && (thousandths / 2) % (60_000 * scale) != 0 {
        return cut_short(shown.len());
    }
    Ok(seconds as i64 * SECOND_US)
}

/// A time cell that is a part of a day (`0.8039`), or only digits (`191744`, `1917`).
pub(super) fn part_of_a_day(time: &str, habit: &Habit) -> Result<Option<TimeOfDay>, Unreadable> {
    let number = |part: &str| part.parse::<u32>().unwrap_or(0);
    if let Some((whole, fraction)) = time.split_once(['.', ','])
        && matches!(whole, "" | "0")
        && !fraction.is_empty()
        && fraction.bytes().all(|c| c.is_ascii_digit())
    {
        if habit.correction.cut && fraction.len() < ENOUGH {
            return cut_short(fraction.len());
        }
        return Ok(Some(civil_of(part_us(fraction)?.min(DAY_US - 1)).time));
    }
    // A data frame writes whole numbers with `.0`.
    let time = time.strip_suffix(".0").unwrap_or(time);
    if time.is_empty() || !time.bytes().all(|c| c.is_ascii_digit()) {
        return Ok(None);
    }
    let (hour, minute, second) = match time.len() {
        6 => (number(&time[..2]), number(&time[2..4]), number(&time[4..])),
        1..=5 if habit.correction.robbed => (number(time) / 10_000, number(time) / 100 % 100, number(time) % 100),
        4 => (number(&time[..2]), number(&time[2..]), 0),
        _ => return Unreadable::because("a time of day written in digits alone has 4 or 6 digits"),
    };
    Ok(Some(TimeOfDay { hour, minute, second, us: 0 }))
}

/// The civil time of microseconds since 1970 (`civil_from_days`, as [`super::civil::days`]).
fn civil_of(us: i64) -> Civil {
    let shifted = us.div_euclid(DAY_US) + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * of_year + 2) / 153;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let rest = us.rem_euclid(DAY_US);
    let seconds = rest / SECOND_US;
    Civil {
        year: (year_of_era + era * 400 + i64::from(month <= 2)) as u32,
        month: month as u32,
        day: (of_year - (153 * shifted_month + 2) / 5 + 1) as u32,
        time: TimeOfDay {
            hour: (seconds / 3600) as u32,
            minute: (seconds / 60 % 60) as u32,
            second: (seconds % 60) as u32,
            us: (rest % SECOND_US) as u32,
        },
    }
}

pub(super) fn micro(fraction: &str) -> u32 {
    fraction.bytes().chain(std::iter::repeat(b'0')).take(6).fold(0, |sum, c| sum * 10 + u32::from(c - b'0'))
}

#[cfg(test)]
mod tests {
    use super::{super::civil::days, *};

    #[test]
    fn calendar_there_and_back() {
        for day in (-700_000..2_900_000).step_by(97) {
            let civil = civil_of(day * DAY_US);
            assert_eq!(days(civil.year, civil.month, civil.day), Ok(day));
        }
    }
}
