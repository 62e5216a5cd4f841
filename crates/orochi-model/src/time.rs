//! Times as disclosed: formats, source zones, and the two nights a year on which the United Kingdom's clock is not a function.
//!
//! What may surprise a reader:
//! - An offset written in the value (`+0100`, `Z`, `BST`) beats the column's zone.
//! - In the repeated hour of October both candidates are given; the skipped hour of March is no time and is refused.
//! - A value without a time of day is no instant: [`Clock::read`] refuses it, [`Clock::read_date`] takes its midnight.
//! - Any year from 1 to 9999 is read. A handset whose clock was never set says 1980, and that is what it said.
//! - A spreadsheet's day number (`45536.34398`) is read to the second; one cut to fewer than five decimals names no second and is
//!   refused, unless it is a whole minute.

mod civil;
mod digits;
mod duration;
mod text;

pub use duration::read_duration;

use civil::{Civil, DAY_US, SECOND_US};
use text::Written;

use crate::party::Unreadable;

/// The zone a file's times are in.
#[derive(Clone, Debug, PartialEq)]
pub enum Zone {
    /// UTC.
    Utc,
    /// Civil time of an IANA zone, for example `Europe/London`.
    Local(jiff::tz::TimeZone),
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

/// Order of day, month and year in dates written with numbers only. A date that starts with four digits is year, month, day in
/// every order; a year of two digits is read as 1970 to 2069.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateOrder {
    /// 31/12/2024
    DayMonthYear,
    /// 12/31/2024
    MonthDayYear,
    /// 2024-12-31
    YearMonthDay,
}

/// From which day a spreadsheet counts its days. Workbooks of old Macintoshes, and those made from them, count from 1904.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DayCount {
    /// Day 1 is 1900-01-01, as spreadsheets count that take 1900 for a leap year: day 0 is 1899-12-30 from March 1900 on.
    #[default]
    From1900,
    /// Day 0 is 1904-01-01.
    From1904,
}

/// Reads times of one column; remembers the last few stretches between clock changes, so that ordinary rows cost no zone lookup.
#[derive(Clone, Debug)]
pub struct Clock {
    zone: Zone,
    order: DateOrder,
    days: DayCount,
    stretches: [Stretch; STRETCHES],
    oldest: usize,
}

/// A year of disclosure touches three stretches of a zone with summer time.
const STRETCHES: usize = 4;

/// Civil times for which one offset holds and that no clock change makes ambiguous: from ≤ civil < to, in microseconds.
#[derive(Clone, Copy, Debug, Default)]
struct Stretch {
    from: i64,
    to: i64,
    offset: i64,
}

impl Clock {
    /// A reader for one zone and date order.
    pub fn new(zone: Zone, order: DateOrder) -> Self {
        Self { zone, order, days: DayCount::default(), stretches: [Stretch::default(); STRETCHES], oldest: 0 }
    }

    /// The same reader for a workbook that counts its days otherwise; 1900 unless said.
    #[must_use]
    pub fn counting(mut self, days: DayCount) -> Self {
        self.days = days;
        self
    }

    /// Reads a date and time; `time` is empty when `date` holds both.
    ///
    /// # Errors
    /// When the text is no time, states no time of day, or names an instant in the skipped hour of March.
    pub fn read(&mut self, date: &str, time: &str) -> Result<Instant, Unreadable> {
        if let Some(civil_us) = text::usual(date, time, self.order) {
            return self.place(civil_us);
        }
        match text::read(date, time, self.order, self.days)? {
            Written::Exact(utc_us) => Ok(Instant::certain(utc_us)),
            Written::Civil(civil) => self.place(civil.us()?),
            Written::Date(_) => Unreadable::because("a date without a time of day"),
        }
    }

    /// Reads a date that may lack a time of day, and then stands for its first instant: validity dates, top-ups, subscriptions.
    ///
    /// # Errors
    /// As [`Clock::read`], but for the missing time of day.
    pub fn read_date(&mut self, text: &str) -> Result<Instant, Unreadable> {
        match text::read(text, "", self.order, self.days)? {
            Written::Exact(utc_us) => Ok(Instant::certain(utc_us)),
            Written::Civil(civil) => self.place(civil.us()?),
            Written::Date(civil) => match self.zone {
                // A calendar day needs no offset to be a day.
                Zone::Stated => Ok(Instant::certain(civil.us()?)),
                _ => self.place(civil.us()?),
            },
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

/// Asks the zone, and when the answer is certain also how far it holds.
fn look_up(zone: &jiff::tz::TimeZone, civil_us: i64) -> Result<(Instant, Option<Stretch>), Unreadable> {
    use jiff::tz::AmbiguousOffset;
    let out_of_range = |_| Unreadable("outside the years that can be read".to_owned());
    let us = |offset: jiff::tz::Offset| i64::from(offset.seconds()) * SECOND_US;
    let civil = jiff::Timestamp::from_microsecond(civil_us).map_err(out_of_range)?;
    let civil = jiff::tz::Offset::UTC.to_datetime(civil);
    match zone.to_ambiguous_timestamp(civil).offset() {
        AmbiguousOffset::Unambiguous { offset } => {
            let utc_us = civil_us - us(offset);
            let stretch = jiff::Timestamp::from_microsecond(utc_us).ok().map(|at| stretch_around(zone, at, us(offset)));
            Ok((Instant::certain(utc_us), stretch))
        }
        AmbiguousOffset::Fold { before, after } => {
            Ok((Instant { utc_us: civil_us - us(before), alternative_us: Some(civil_us - us(after)) }, None))
        }
        AmbiguousOffset::Gap { .. } => Unreadable::because(format!(
            "{} was skipped in {} when the clocks went forward: no such time",
            civil.strftime("%d/%m/%Y %H:%M:%S"),
            zone.iana_name().unwrap_or("this zone")
        )),
    }
}

fn stretch_around(zone: &jiff::tz::TimeZone, at: jiff::Timestamp, offset: i64) -> Stretch {
    let us = |offset: jiff::tz::Offset| i64::from(offset.seconds()) * SECOND_US;
    // `preceding` is strict: an instant that is itself a change belongs to the stretch it begins.
    let just_after = at.checked_add(jiff::SignedDuration::from_nanos(1)).unwrap_or(at);
    let from = zone.preceding(just_after).next().map_or(i64::MIN / 2, |change| {
        let before = change
            .timestamp()
            .checked_sub(jiff::SignedDuration::from_nanos(1))
            .map_or(offset, |earlier| us(zone.to_offset(earlier)));
        change.timestamp().as_microsecond() + offset.max(before)
    });
    let to = zone
        .following(at)
        .next()
        .map_or(i64::MAX / 2, |change| change.timestamp().as_microsecond() + offset.min(us(change.offset())));
    Stretch { from, to, offset }
}

#[cfg(test)]
mod tests;
