//! Instants as operators write them: UTC or the clock on the wall in the United Kingdom.

use jiff::{Timestamp, civil::DateTime, tz::TimeZone};
use orochi_model::problem::Problem;

use crate::calendar::At;

/// The zones of an operator's times.
#[derive(Clone, Debug)]
pub struct Clock {
    london: TimeZone,
}

/// In which zone a layout writes its times.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zone {
    /// UTC.
    Utc,
    /// Europe/London: the hour that October has twice is written twice, and nothing says which it is.
    Local,
}

impl Clock {
    /// A clock.
    ///
    /// # Errors
    /// When the built-in time zone data is missing, which is a bug.
    pub fn new() -> Result<Self, Problem> {
        let london = TimeZone::get("Europe/London")
            .map_err(|error| Problem::bug("the time zone Europe/London is not known").because(error))?;
        Ok(Self { london })
    }

    /// Date and time of day of an instant. Outside the years 1 to 9999 there is none; 1970 stands in.
    pub fn civil(&self, at: At, zone: Zone) -> DateTime {
        let stamp = Timestamp::from_second(at).unwrap_or(Timestamp::UNIX_EPOCH);
        match zone {
            Zone::Utc => TimeZone::UTC.to_datetime(stamp),
            Zone::Local => self.london.to_datetime(stamp),
        }
    }
}

/// `03/02/2025`
pub fn day_first(at: DateTime) -> String {
    format!("{:02}/{:02}/{:04}", at.day(), at.month(), at.year())
}

/// `2025-02-03`
pub fn year_first(at: DateTime) -> String {
    format!("{:04}-{:02}-{:02}", at.year(), at.month(), at.day())
}

/// `08:15:22`
pub fn time(at: DateTime) -> String {
    format!("{:02}:{:02}:{:02}", at.hour(), at.minute(), at.second())
}

/// `00:01:44`, a duration of so many seconds.
pub fn span(seconds: u32) -> String {
    format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

/// What a spreadsheet shows where a date does not fit its column, and writes into the CSV it saves.
pub const UNREADABLE: &str = "########";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn summer_time_is_an_hour_ahead() {
        let clock = Clock::new().unwrap();
        // 2025-06-01T12:00:00Z
        let at = 1_748_779_200;
        assert_eq!(time(clock.civil(at, Zone::Utc)), "12:00:00");
        assert_eq!(time(clock.civil(at, Zone::Local)), "13:00:00");
        assert_eq!(day_first(clock.civil(at, Zone::Local)), "01/06/2025");
        assert_eq!(year_first(clock.civil(at, Zone::Utc)), "2025-06-01");
        assert_eq!(span(3_725), "01:02:05");
    }
}
