//! Times as disclosed: formats, source zones, and the two nights a year on which the United Kingdom's
//! clock is not a function.
//!
//! What may surprise a reader:
//! - An offset written in the value (`+0100`, `Z`, `BST`) beats the column's zone.
//! - In the repeated hour of October both candidates are given; the skipped hour of March is no time and is refused.
//! - A value without a time of day is no instant: [`Clock::read`] refuses it, [`Clock::read_date`] takes its midnight.
//! - Any year from 1 to 9999 is read, but for the first days of calendars ([`is_absent`]), which say that there is no
//!   date. A handset whose clock was never set says 1980, and that is what it said.
//! - A spreadsheet's day number (`45536.34398`) is read to the second; one cut to fewer than five decimals names no
//!   second and is refused, unless it is a whole minute.
//! - What a column's dates look like is counted while they are read ([`ColumnDates`]): damage by spreadsheets
//!   shows in the whole only.

mod civil;
mod column_dates;
mod digits;
mod duration;
mod epochs;
mod form;
mod names;
mod offset;
mod parts;
mod shape;
mod stretches;
mod text;
mod zone_name;

use serde::{Deserialize, Serialize};

pub use column_dates::{ColumnDates, FormDates, RowSample};
pub use duration::read_duration;
pub use epochs::is_absent;
pub use form::{Correction, Form};
pub use offset::read_offset;
pub use shape::{TimeKind, TimeShape, time_shape};

use civil::{Civil, DAY_US, SECOND_US};
use stretches::{STRETCHES, Stretch, look_up};
use text::{Habit, WrittenTime};

use crate::party::Unreadable;

/// The zone a file's times are in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Zone {
    /// UTC.
    Utc,
    /// Civil time of an IANA zone, for example `Europe/London`.
    Local(#[serde(with = "zone_name")] jiff::tz::TimeZone),
    /// Each value states its own offset.
    Stated,
}

/// An instant, and its second candidate when the clock showed the same time twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Instant {
    /// Microseconds since 1970, UTC: the earlier candidate.
    pub utc_us: i64,
    /// The later candidate in the repeated hour of October.
    pub alternative_us: Option<i64>,
}

impl Instant {
    fn certain(utc_us: i64) -> Self {
        Self { utc_us, alternative_us: None }
    }
}

/// Order of day, month and year in dates written with numbers only. A date that starts with four digits is year, month,
/// day in every order; a year of two digits is read as 1970 to 2069.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateOrder {
    /// 31/12/2024
    DayMonthYear,
    /// 12/31/2024
    MonthDayYear,
    /// 2024-12-31
    YearMonthDay,
}

/// From which day a spreadsheet counts its days. Workbooks of old Macintoshes, and those made
/// from them, count from 1904.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DayCount {
    /// Day 1 is 1900-01-01, as spreadsheets count that take 1900 for a leap year: day 0 is
    /// 1899-12-30 from March 1900 on.
    #[default]
    From1900,
    /// Day 0 is 1904-01-01.
    From1904,
}

impl DayCount {
    /// Days by which counting from 1904 is behind.
    pub const APART: i64 = 1_462;
}

/// Reads times of one column; remembers the last few stretches between clock changes, so that ordinary rows cost no
/// zone lookup, and counts what it saw.
#[derive(Clone, Debug)]
pub struct Clock {
    zone: Zone,
    order: DateOrder,
    habit: Habit,
    seen: ColumnDates,
    row: u64,
    stretches: [Stretch; STRETCHES],
    oldest: usize,
}

impl Clock {
    /// A reader for one zone and date order.
    pub fn new(zone: Zone, order: DateOrder) -> Self {
        Self {
            zone,
            order,
            habit: Habit::default(),
            seen: ColumnDates::default(),
            row: 0,
            stretches: [Stretch::default(); STRETCHES],
            oldest: 0,
        }
    }

    /// The same reader for a workbook that counts its days otherwise; 1900 unless said.
    #[must_use]
    pub fn counting(mut self, days: DayCount) -> Self {
        self.habit.days = days;
        self
    }

    /// Sets what is put right in the column's dates.
    #[must_use]
    pub fn corrected(mut self, correction: Correction) -> Self {
        self.habit.correction = correction;
        self
    }

    /// Names the row that is read next, for what is counted.
    #[inline]
    pub fn at(&mut self, row: u64) -> &mut Self {
        self.row = row;
        self
    }

    /// What the dates read so far showed; counting begins again.
    pub fn take_seen(&mut self) -> ColumnDates {
        std::mem::take(&mut self.seen)
    }

    /// Reads a date and time; `time` is empty when `date` holds both.
    ///
    /// # Errors
    /// When the text is no time, states no time of day, is the first day of a calendar ([`is_absent`]), or names an
    /// instant in the skipped hour of March.
    pub fn read(&mut self, date: &str, time: &str) -> Result<Instant, Unreadable> {
        if let Some((civil, form)) = text::usual(date, time, self.order) {
            let civil_us = self.check_and_count(civil, form)?;
            self.seen.floating.count(self.row);
            return self.place(civil_us);
        }
        // `2024-09-01T08:15:22Z`, as most programs write it: the thorough reading of it is many times slower.
        if time.is_empty()
            && date.len() == 20
            && let Some(civil) = date.strip_suffix('Z').filter(|civil| civil.as_bytes()[10] == b'T')
            && let Some((civil, form)) = text::usual(civil, "", self.order)
        {
            return self.instant(WrittenTime::Moment(civil, Some(0)), form);
        }
        self.count_digits(date, time);
        let reading = self.thorough(date, time)?;
        match reading.written {
            WrittenTime::Date(civil) => {
                self.check_and_count(civil, reading.form)?;
                Unreadable::because("a date without a time of day")
            }
            written => self.instant(written, reading.form),
        }
    }

    /// Reads a date that may lack a time of day, and then stands for its first instant: validity
    /// dates, top-ups, subscriptions.
    ///
    /// # Errors
    /// As [`Clock::read`], but for the missing time of day.
    pub fn read_date(&mut self, text: &str) -> Result<Instant, Unreadable> {
        self.count_digits(text, "");
        let reading = self.thorough(text, "")?;
        match reading.written {
            WrittenTime::Date(civil) => {
                let civil_us = self.check_and_count(civil, reading.form)?;
                match self.zone {
                    // A calendar day needs no offset to be a day.
                    Zone::Stated => Ok(Instant::certain(civil_us)),
                    _ => self.place(civil_us),
                }
            }
            written => self.instant(written, reading.form),
        }
    }

    // A year-first column that holds dates with the year last shows them in what it counts, though it reads none.
    fn thorough(&mut self, date: &str, time: &str) -> Result<text::Reading, Unreadable> {
        let read = text::read(date, time, self.order, &self.habit);
        if read.is_err()
            && self.order == DateOrder::YearMonthDay
            && let Ok(other) = text::read(date, time, DateOrder::DayMonthYear, &self.habit)
            && let WrittenTime::Moment(civil, _) | WrittenTime::Date(civil) = other.written
        {
            let _ = self.check_and_count(civil, other.form);
        }
        read
    }

    fn instant(&mut self, written: WrittenTime, form: Form) -> Result<Instant, Unreadable> {
        match written {
            WrittenTime::Count(0) => no_date("a count of 0"),
            WrittenTime::Count(utc_us) => {
                self.seen.stated.count(self.row);
                self.seen.count_instant(utc_us, self.row);
                Ok(Instant::certain(utc_us))
            }
            WrittenTime::Moment(civil, Some(offset)) => {
                let civil_us = self.check_and_count(civil, form)?;
                self.seen.stated.count(self.row);
                Ok(Instant::certain(civil_us - i64::from(offset) * SECOND_US))
            }
            WrittenTime::Moment(civil, None) | WrittenTime::Date(civil) => {
                let civil_us = self.check_and_count(civil, form)?;
                self.seen.floating.count(self.row);
                self.place(civil_us)
            }
        }
    }

    /// Checks a date and time, puts it right where the column asks for it, and counts it. Microseconds
    /// on the column's own clock.
    #[inline]
    fn check_and_count(&mut self, mut civil: Civil, form: Form) -> Result<i64, Unreadable> {
        let correction = self.habit.correction;
        if correction.turns(form) {
            std::mem::swap(&mut civil.day, &mut civil.month);
        }
        if civil.month > 12 && (1..=12).contains(&civil.day) {
            self.seen.contradict(form, civil.day, self.row);
        }
        if correction.doubts(form) && civil.day <= 12 && civil.month <= 12 && civil.day != civil.month {
            return Unreadable::because(
                "this column holds dates of two forms; it cannot be determined whether day or month comes first here",
            );
        }
        if epochs::is_epoch(&civil) {
            return no_date(&format!("{:04}-{:02}-{:02}", civil.year, civil.month, civil.day));
        }
        let mut us = civil.us()?;
        if correction.delays(form) {
            us += DayCount::APART * DAY_US;
        }
        self.seen.count_date(form, civil.day, civil.month, us, self.row);
        Ok(us)
    }

    // What only the whole column can tell: whether its digits were cut.
    fn count_digits(&mut self, date: &str, time: &str) {
        match digits::decimals(date) {
            Some(decimals) => self.seen.decimals(decimals, self.row),
            None => self.seen.digits(text::trim(time), self.row),
        }
    }

    fn place(&mut self, civil_us: i64) -> Result<Instant, Unreadable> {
        let zone = match &self.zone {
            Zone::Utc => return Ok(Instant::certain(civil_us)),
            Zone::Stated => return Unreadable::because("no offset is stated (expected for example +0100 or Z)"),
            Zone::Local(zone) => zone,
        };
        for stretch in &self.stretches {
            if stretch.from <= civil_us && civil_us < stretch.to {
                return Ok(Instant::certain(civil_us - stretch.offset));
            }
        }
        let (instant, stretch) = look_up(zone, civil_us)?;
        if let Some(stretch) = stretch {
            self.stretches[self.oldest] = stretch;
            self.oldest = (self.oldest + 1) % STRETCHES;
        }
        Ok(instant)
    }
}

fn no_date<T>(text: &str) -> Result<T, Unreadable> {
    Unreadable::because(format!("{text} is the value from which a program counts: no date is stated"))
}

#[cfg(test)]
mod tests;
