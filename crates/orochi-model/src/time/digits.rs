//! Times written as digits: compact ISO 8601, counts from an epoch, a spreadsheet's day numbers.

use super::{
    Civil, DAY_US, DayCount, SECOND_US,
    civil::TimeOfDay,
    text::{Written, offset, unreadable},
};
use crate::party::Unreadable;

/// Digits with at most one point: a compact date and time, an epoch count, or a spreadsheet's day number.
pub(super) fn digits_only(text: &str, days: DayCount) -> Result<Option<Written>, Unreadable> {
    let (text, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, suffix) = text.split_at(digits);
    if !fraction.bytes().all(|c| c.is_ascii_digit()) || digits.is_empty() {
        return Ok(None);
    }
    let value: i64 = match digits.parse() {
        Ok(value) if digits.len() <= 16 => value,
        _ => return Ok(None),
    };
    let number = |from: usize, to: usize| digits[from..to].parse::<u32>().unwrap_or(0);
    let compact = |time: TimeOfDay| Civil { year: number(0, 4), month: number(4, 6), day: number(6, 8), time };
    match (digits.len(), suffix) {
        (14, _) => {
            let time =
                TimeOfDay { hour: number(8, 10), minute: number(10, 12), second: number(12, 14), us: micro(fraction) };
            let civil = compact(time);
            match suffix {
                "" => Ok(Some(Written::Civil(civil))),
                _ => match offset(suffix.trim()) {
                    Some(seconds) => Ok(Some(Written::Exact(civil.us()? - i64::from(seconds) * SECOND_US))),
                    None => unreadable(),
                },
            }
        }
        (_, suffix) if !suffix.is_empty() => Ok(None),
        (12, _) if fraction.is_empty() => {
            let time = TimeOfDay { hour: number(8, 10), minute: number(10, 12), second: 0, us: 0 };
            Ok(Some(Written::Civil(compact(time))))
        }
        (8, _) if fraction.is_empty() => Ok(Some(Written::Date(compact(TimeOfDay::default())))),
        // Seconds since 1970 have had ten digits since September 2001.
        (10, _) => Ok(Some(Written::Exact(value * SECOND_US + i64::from(micro(fraction))))),
        (13, _) => Ok(Some(Written::Exact(value * 1_000))),
        (16, _) => Ok(Some(Written::Exact(value))),
        (5, _) => day_number(value, fraction, days).map(Some),
        _ => unreadable(),
    }
}

/// A spreadsheet's day number: days since 1899-12-30, or since 1904-01-01.
fn day_number(day: i64, fraction: &str, days: DayCount) -> Result<Written, Unreadable> {
    let zero = match days {
        DayCount::From1900 => -25_569,
        DayCount::From1904 => -24_107,
    };
    let us = (day + zero) * DAY_US;
    if fraction.is_empty() || fraction.bytes().all(|c| c == b'0') && fraction.len() < 5 {
        return Ok(Written::Date(civil_of(us)));
    }
    Ok(Written::Civil(civil_of(us + part_us(fraction)?)))
}

/// The part of a day behind a point, to the second.
fn part_us(fraction: &str) -> Result<i64, Unreadable> {
    // 12 digits are a tenth of a microsecond, more than a spreadsheet keeps.
    let shown = &fraction[..fraction.len().min(12)];
    let scale = 10_i128.pow(shown.len() as u32);
    let thousandths = shown.parse::<i128>().unwrap_or(0) * 86_400_000 * 2;
    let seconds = (thousandths / 1_000 + scale) / (2 * scale);
    // Five decimals are 0.9 seconds apart; fewer cannot name a second, and a rounded one would move the call by minutes.
    if shown.len() < 5 && (thousandths / 2) % (60_000 * scale) != 0 {
        return Unreadable::because(format!(
            "a spreadsheet's day number cut to {} decimals no longer gives the second; ask for the column as date and time",
            shown.len()
        ));
    }
    Ok(seconds as i64 * SECOND_US)
}

/// A time cell that is a part of a day (`0.8039`), or only digits (`191744`, `1917`).
pub(super) fn part_of_a_day(time: &str) -> Result<Option<TimeOfDay>, Unreadable> {
    let number = |part: &str| part.parse::<u32>().unwrap_or(0);
    if let Some((whole, fraction)) = time.split_once('.')
        && matches!(whole, "" | "0")
        && !fraction.is_empty()
        && fraction.bytes().all(|c| c.is_ascii_digit())
    {
        return Ok(Some(civil_of(part_us(fraction)?.min(DAY_US - 1)).time));
    }
    if !time.bytes().all(|c| c.is_ascii_digit()) {
        return Ok(None);
    }
    match time.len() {
        6 => Ok(Some(TimeOfDay {
            hour: number(&time[..2]),
            minute: number(&time[2..4]),
            second: number(&time[4..]),
            us: 0,
        })),
        4 => Ok(Some(TimeOfDay { hour: number(&time[..2]), minute: number(&time[2..]), second: 0, us: 0 })),
        _ => Unreadable::because("a time of day written as digits alone has 4 or 6 of them"),
    }
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
