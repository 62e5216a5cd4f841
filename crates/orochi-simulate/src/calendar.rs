//! The window of a run: days on the wall in the United Kingdom, and their instants.

use jiff::{civil::Date, tz::TimeZone};
use orochi_model::problem::Problem;

/// Seconds since 1970, UTC.
pub type At = i64;

/// The days of a run. Day 0 is the first; a day's seconds count from local midnight, so that on the days of a clock
/// change one hour is skipped or lived twice, as people live it.
#[derive(Clone, Debug)]
pub struct Calendar {
    first: Date,
    /// Instant of each local midnight, one more than there are days.
    midnights: Vec<At>,
}

impl Calendar {
    /// A window of `days` from `first`.
    ///
    /// # Errors
    /// When the dates leave the calendar.
    pub fn new(first: Date, days: u32) -> Result<Self, Problem> {
        let wrong = |e: jiff::Error| Problem::user("the window leaves the calendar").at(first).because(e);
        let zone = TimeZone::get("Europe/London").map_err(wrong)?;
        let mut midnights = Vec::with_capacity(days as usize + 1);
        let mut date = first;
        for _ in 0..=days {
            midnights.push(zone.to_timestamp(date.at(0, 0, 0, 0)).map_err(wrong)?.as_second());
            date = date.tomorrow().map_err(wrong)?;
        }
        Ok(Self { first, midnights })
    }

    /// Number of days.
    pub fn days(&self) -> u32 {
        (self.midnights.len() - 1) as u32
    }

    /// First day's date.
    pub fn first(&self) -> Date {
        self.first
    }

    /// Instant `second` seconds after a day's midnight.
    pub fn at(&self, day: u32, second: i64) -> At {
        self.midnights[day as usize] + second
    }

    /// Day and second of an instant; none outside the window.
    pub fn day_of(&self, at: At) -> Option<(u32, i64)> {
        let after = self.midnights.partition_point(|midnight| *midnight <= at);
        (after > 0 && after < self.midnights.len()).then(|| ((after - 1) as u32, at - self.midnights[after - 1]))
    }

    /// Monday is 0.
    pub fn weekday(&self, day: u32) -> u32 {
        (self.first.weekday().to_monday_zero_offset() as u32 + day) % 7
    }

    /// First and last instant: from (inclusive), to (exclusive).
    pub fn span(&self) -> (At, At) {
        (self.midnights[0], self.midnights[self.midnights.len() - 1])
    }
}
