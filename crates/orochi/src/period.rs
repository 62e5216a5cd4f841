//! Dates and times as typed on the command line.
//!
//! A date, or a time without an offset, is British civil time (Europe/London), as it stands on an authority and in a
//! statement. A date as the end of a period includes that whole day. Everything past this file is microseconds UTC.

use jiff::{
    Timestamp, ToSpan,
    civil::{Date, DateTime, Time},
    tz::TimeZone,
};

/// The first instant of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct From(pub i64);

/// The first instant after a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct To(pub i64);

impl std::str::FromStr for From {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match date(text) {
            Some(date) => Ok(Self(civil(date.to_datetime(Time::midnight()))?)),
            None => Ok(Self(instant(text)?)),
        }
    }
}

impl std::str::FromStr for To {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match date(text) {
            Some(date) => {
                let next = date.checked_add(1.day()).map_err(|error| error.to_string())?;
                Ok(Self(civil(next.to_datetime(Time::midnight()))?))
            }
            None => Ok(Self(instant(text)?)),
        }
    }
}

/// `2024-03-01` or `01/03/2024`.
fn date(text: &str) -> Option<Date> {
    let text = text.trim();
    if text.len() != 10 {
        return None;
    }
    text.parse().ok().or_else(|| Date::strptime("%d/%m/%Y", text).ok())
}

fn instant(text: &str) -> Result<i64, String> {
    let text = text.trim();
    if let Ok(time) = text.parse::<Timestamp>() {
        return Ok(time.as_microsecond());
    }
    let time: DateTime = text
        .parse()
        .map_err(|_| "expected a date (2024-03-01) or a time (2024-03-01T09:30, 2024-03-01T09:30:00Z)".to_owned())?;
    civil(time)
}

fn civil(time: DateTime) -> Result<i64, String> {
    let london = TimeZone::get("Europe/London").map_err(|error| error.to_string())?;
    let ambiguous = london.to_ambiguous_timestamp(time);
    ambiguous.unambiguous().map(Timestamp::as_microsecond).map_err(|_| {
        format!(
            "{time} falls in an hour that UK clocks show twice or not at all: give the offset, as in {time}+01:00 or \
             {time}Z"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(text: &str) -> String {
        Timestamp::from_microsecond(text.parse::<From>().unwrap().0).unwrap().to_string()
    }

    fn to(text: &str) -> String {
        Timestamp::from_microsecond(text.parse::<To>().unwrap().0).unwrap().to_string()
    }

    #[test]
    fn a_date_is_a_whole_british_day() {
        assert_eq!(
            (from("2024-01-31"), to("2024-01-31")),
            ("2024-01-31T00:00:00Z".into(), "2024-02-01T00:00:00Z".into())
        );
        assert_eq!(
            (from("01/07/2024"), to("01/07/2024")),
            ("2024-06-30T23:00:00Z".into(), "2024-07-01T23:00:00Z".into())
        );
    }

    #[test]
    fn the_days_of_both_clock_changes_have_23_and_25_hours() {
        let hours = |day: &str| (day.parse::<To>().unwrap().0 - day.parse::<From>().unwrap().0) / 3_600_000_000;
        assert_eq!((hours("2024-03-31"), hours("2024-10-27"), hours("2024-10-28")), (23, 25, 24));
    }

    #[test]
    fn a_time_is_exact_and_an_ambiguous_one_is_refused() {
        assert_eq!(from("2024-07-01T10:00"), "2024-07-01T09:00:00Z");
        assert_eq!(to("2024-07-01T10:00:00Z"), "2024-07-01T10:00:00Z");
        for text in ["2024-10-27T01:30", "2024-03-31T01:30", "1/2/2024", "yesterday", ""] {
            assert!(text.parse::<From>().is_err(), "{text}");
        }
    }
}
