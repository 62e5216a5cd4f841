//! Days and hours as the clock on the wall in the United Kingdom shows them: rhythms follow it, not UTC.

use jiff::{Timestamp, tz::TimeZone};
use orochi_model::problem::Problem;

/// 1 January 1990: earlier times come from clocks that were never set.
pub(crate) const CLOCK_SET_S: i64 = 631_152_000;

/// Offsets of Europe/London over the time the data spans.
#[derive(Clone, Debug)]
pub(crate) struct UkClock {
    /// (first second, offset in seconds), ascending.
    offsets: Vec<(i64, i64)>,
}

impl UkClock {
    /// Offsets from `first` to `last`, seconds UTC.
    pub(crate) fn spanning(first: i64, last: i64) -> Result<Self, Problem> {
        let bug = |e: jiff::Error| Problem::bug("cannot work out United Kingdom time").because(e);
        let zone = TimeZone::get("Europe/London").map_err(bug)?;
        let from = Timestamp::from_second(first).map_err(bug)?;
        let mut offsets = vec![(i64::MIN, i64::from(zone.to_offset(from).seconds()))];
        offsets.extend(
            zone.following(from)
                .take_while(|change| change.timestamp().as_second() <= last)
                .map(|change| (change.timestamp().as_second(), i64::from(change.offset().seconds()))),
        );
        Ok(Self { offsets })
    }

    fn local(&self, at: i64) -> i64 {
        let index = self.offsets.partition_point(|(from, _)| *from <= at);
        at + self.offsets[index.max(1) - 1].1
    }

    /// Days since 1970 on the wall, and seconds into that day.
    pub(crate) fn day_and_second(&self, at: i64) -> (i64, i64) {
        let local = self.local(at);
        (local.div_euclid(86_400), local.rem_euclid(86_400))
    }

    /// Days since 1970 on the wall.
    pub(crate) fn day(&self, at: u32) -> i32 {
        self.day_and_second(i64::from(at)).0 as i32
    }

    /// Hour on the wall, 0 to 23.
    pub(crate) fn hour(&self, at: u32) -> usize {
        (self.day_and_second(i64::from(at)).1 / 3_600) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wall_follows_summer_time() {
        let clock = UkClock::spanning(1_700_000_000, 1_730_000_000).unwrap();
        assert_eq!(clock.hour(1_706_785_200), 11, "1 February 2024, 11:00 UTC");
        assert_eq!(clock.hour(1_719_831_600), 12, "1 July 2024, 11:00 UTC");
        assert_eq!(clock.day(1_719_874_800), clock.day(1_719_831_600) + 1, "1 July 2024, 23:00 UTC is the next day");
    }
}
