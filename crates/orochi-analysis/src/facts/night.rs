//! Night, by the clock on the wall in the United Kingdom.
//!
//! Two rules, for two questions. [`NIGHT`], 22:00 to 07:00, is when a phone is where its user spends the night, and
//! when a shop is shut: wide, so that few nights pass without a registration. [`SLEEP`], 23:00 to 06:00, is when most
//! people sleep: narrow, so that a call in it is out of the ordinary and a cell in it is no late way home.
//!
//! No settings. Both are assumed; no study of how people of this country sleep was used.

/// Some hours of each day, over midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct HourRange {
    /// The hour at which they begin, in the evening.
    pub from: i64,
    /// The hour at which they are over, in the morning.
    pub to: i64,
}

/// When a phone is where its user spends the night.
pub(crate) const NIGHT: HourRange = HourRange { from: 22, to: 7 };

/// When most people sleep.
pub(crate) const SLEEP: HourRange = HourRange { from: 23, to: 6 };

const HOUR_S: i64 = 3_600;

impl HourRange {
    /// Whether an hour of the day (0 to 23) is one of them.
    pub(crate) fn has_hour(self, hour: usize) -> bool {
        self.has(hour as i64 * HOUR_S)
    }

    /// Whether a second of the day (0 to 86,399) is in them.
    pub(crate) fn has(self, second: i64) -> bool {
        second >= self.from * HOUR_S || second < self.to * HOUR_S
    }

    /// The day on whose evening the night began that a second of a day is in; none by day.
    pub(crate) fn evening(self, day: i64, second: i64) -> Option<i64> {
        if second >= self.from * HOUR_S { Some(day) } else { (second < self.to * HOUR_S).then(|| day - 1) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_night_begins_and_ends_on_the_hour() {
        let at = |hour: i64, minute: i64| hour * HOUR_S + minute * 60;
        for (hours, from, to) in [(NIGHT, 22, 7), (SLEEP, 23, 6)] {
            assert!(!hours.has(at(from, 0) - 1) && hours.has(at(from, 0)));
            assert!(hours.has(at(to, 0) - 1) && !hours.has(at(to, 0)));
            assert!(hours.has(at(0, 0)) && hours.has(at(23, 59)) && !hours.has(at(12, 0)));
            for hour in 0..24 {
                assert_eq!(hours.has_hour(hour), hours.has(hour as i64 * HOUR_S + 1_800), "{hour}");
            }
        }
        const { assert!(SLEEP.from >= NIGHT.from && SLEEP.to <= NIGHT.to, "who sleeps does so at night") }
    }

    #[test]
    fn a_night_is_named_by_the_evening_that_it_began_on() {
        assert_eq!(NIGHT.evening(10, 22 * HOUR_S), Some(10));
        assert_eq!(NIGHT.evening(11, 3 * HOUR_S), Some(10));
        assert_eq!(NIGHT.evening(11, 7 * HOUR_S), None);
    }
}
