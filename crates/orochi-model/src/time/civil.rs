//! Calendar arithmetic: a civil date and time as microseconds since 1970 on the same clock.

use crate::party::Unreadable;

pub(super) const SECOND_US: i64 = 1_000_000;
pub(super) const DAY_US: i64 = 86_400 * SECOND_US;

/// A date and time of day without a zone. Not checked until [`Civil::us`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Civil {
    pub year: u32,
    pub month: u32,
    pub day: u32,
    pub time: TimeOfDay,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct TimeOfDay {
    pub hour: u32,
    pub minute: u32,
    pub second: u32,
    pub us: u32,
}

impl Civil {
    /// Microseconds since 1970-01-01 00:00 on the same clock.
    pub fn us(self) -> Result<i64, Unreadable> {
        Ok(days(self.year, self.month, self.day)? * DAY_US + self.time.us()?)
    }
}

impl TimeOfDay {
    /// Microseconds since midnight. 24:00:00 is the end of the day (ISO 8601); a leap second is refused, as no clock
    /// that disclosures come from counts it.
    pub fn us(self) -> Result<i64, Unreadable> {
        let Self { hour, minute, second, us } = self;
        let end_of_day = hour == 24 && minute == 0 && second == 0 && us == 0;
        if (hour > 23 && !end_of_day) || minute > 59 || second > 59 {
            return Unreadable::because(format!("{hour:02}:{minute:02}:{second:02} is not a time of day"));
        }
        Ok((i64::from(hour) * 3600 + i64::from(minute) * 60 + i64::from(second)) * SECOND_US + i64::from(us))
    }
}

/// Days since 1970-01-01 (H. Hinnant, "chrono-compatible low-level date algorithms", `days_from_civil`).
pub(super) fn days(year: u32, month: u32, day: u32) -> Result<i64, Unreadable> {
    if !(1..=9999).contains(&year) {
        return Unreadable::because(format!("year {year} is outside 1 to 9999"));
    }
    if !(1..=12).contains(&month) {
        return Unreadable::because(format!("month {month} does not exist: is the order of day and month right?"));
    }
    if day == 0 || day > month_days(year, month) {
        return Unreadable::because(format!("day {day} does not exist in month {month} of {year}"));
    }
    let year = i64::from(year) - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((i64::from(month) + 9) % 12) + 2) / 5 + i64::from(day) - 1;
    Ok(era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468)
}

fn month_days(year: u32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 31,
    }
}
