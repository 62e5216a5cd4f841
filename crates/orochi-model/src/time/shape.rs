//! What a text is as a time, seen by itself, before anybody knows its column's order and zone. What proposes a layout
//! asks here, and [`super::Clock`] reads with the same parser: a column is taken for times exactly
//! if its values can be read.

use super::{
    Civil, DateOrder, Form, Habit,
    text::{self, WrittenTime},
};

/// What a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TimeKind {
    /// Date and time of day.
    Moment,
    /// A date.
    Date,
    /// A time of day with colons, with `am` or `pm`, or six digits.
    Time,
    /// A moment as a number: seconds to nanoseconds since 1970, a spreadsheet's day number with a part of a day. Many
    /// other numbers look so: it counts only under a heading that speaks of time.
    Count,
    /// A date as a number: a spreadsheet's day number. It counts only under a heading that speaks of a date.
    DayNumber,
    /// A time of day as a number: a part of a day, four digits, or with points (`09.15`). It counts only under a
    /// heading that speaks of time.
    Part,
}

/// What a text shows as a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeShape {
    /// What it is.
    pub kind: TimeKind,
    /// How its date is written, if it has one.
    pub form: Option<Form>,
    /// The first and the second number of a date that is written in numbers with the year last: day
    /// and month in some order.
    pub numbers: Option<[u32; 2]>,
    /// Seconds east of UTC, if it states them.
    pub offset_s: Option<i32>,
}

/// Looks at a text; none when no [`super::Clock`] reads it in any order of day and month.
pub fn time_shape(text: &str) -> Option<TimeShape> {
    let text = text::trim(text);
    if text.len() < 3 || text.len() > 60 || !text.bytes().any(|c| c.is_ascii_digit()) {
        return None;
    }
    moment(text).or_else(|| time(text))
}

fn moment(text: &str) -> Option<TimeShape> {
    let habit = Habit::default();
    // A number cut short is a number of days all the same: its rows are rejected with the reason.
    if super::digits::decimals(text).is_some() {
        return Some(TimeShape { kind: TimeKind::Count, form: Some(Form::DayNumber), numbers: None, offset_s: None });
    }
    for order in [DateOrder::DayMonthYear, DateOrder::MonthDayYear, DateOrder::YearMonthDay] {
        let Ok(reading) = text::read(text, "", order, &habit) else { continue };
        let (kind, civil, offset_s) = match reading.written {
            WrittenTime::Count(us) => {
                // 1973 to 2099, so that no telephone number of today's ten digits is one.
                let plausible = (100_000_000_000_000..4_102_444_800_000_000).contains(&us);
                let look =
                    TimeShape { kind: TimeKind::Count, form: Some(Form::Count), numbers: None, offset_s: Some(0) };
                return plausible.then_some(look);
            }
            WrittenTime::Moment(civil, offset) => (TimeKind::Moment, civil, offset),
            WrittenTime::Date(civil) if reading.form == Form::DayNumber => (TimeKind::DayNumber, civil, None),
            WrittenTime::Date(civil) => (TimeKind::Date, civil, None),
        };
        if !exists(&civil) {
            continue;
        }
        let numbers = match order {
            _ if !reading.form.is_ordered() => None,
            DateOrder::MonthDayYear => Some([civil.month, civil.day]),
            _ => Some([civil.day, civil.month]),
        };
        return Some(TimeShape { kind, form: Some(reading.form), numbers, offset_s });
    }
    None
}

// A date that a disclosure may hold, or one of those that say there is none.
fn exists(civil: &Civil) -> bool {
    super::epochs::is_epoch(civil) || (civil.us().is_ok() && (1900..2200).contains(&civil.year))
}

fn time(text: &str) -> Option<TimeShape> {
    let (time, offset_s) = text::read_time(text, &Habit::default()).ok()?;
    time.us().ok()?;
    let digits = text.bytes().all(|c| c.is_ascii_digit());
    let clear = text.contains(':') || text.bytes().any(|c| c.is_ascii_alphabetic()) || (digits && text.len() == 6);
    Some(TimeShape { kind: if clear { TimeKind::Time } else { TimeKind::Part }, form: None, numbers: None, offset_s })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(text: &str) -> Option<TimeKind> {
        time_shape(text).map(|look| look.kind)
    }

    #[test]
    fn kinds_of_times() {
        for text in [
            "01/09/2024 08:15:22",
            "09/13/2024 8:15",
            "2024-09-01T08:15:22Z",
            "20240901081522",
            "20240901T081522",
            "202409010815",
            "Wed Sep 15 19:17:44 +0100 2010",
            "1 Sep 2024, 08:15",
            "01/09/2024 9:15 pm",
            "=\"01/09/2024 08:15:22\"",
            "1899-12-30 00:00:00",
        ] {
            assert_eq!(kind(text), Some(TimeKind::Moment), "{text}");
        }
        for text in ["01/09/2024", "13/09/24", "2024-09-01", "20240901", "01-Sep-24", "1.9.2024", "1st September 2024"]
        {
            assert_eq!(kind(text), Some(TimeKind::Date), "{text}");
        }
        for text in ["08:15:22", "8:15", "23:59:59.123", "9:15PM", "09.15 p.m.", "081522", "09:15:00+01:00"] {
            assert_eq!(kind(text), Some(TimeKind::Time), "{text}");
        }
        for text in ["1738574100", "1738574100123", "1738574100.0", "45691.385417", "45691.39", "45691,385417"] {
            assert_eq!(kind(text), Some(TimeKind::Count), "{text}");
        }
        assert_eq!(kind("45691"), Some(TimeKind::DayNumber));
        for text in ["0.385417", "0915", "09.15"] {
            assert_eq!(kind(text), Some(TimeKind::Part), "{text}");
        }
    }

    #[test]
    fn what_is_no_time() {
        for text in [
            "",
            "-",
            "447700900123",
            "07700900123",
            "+447700900123",
            "07700 900123",
            "31/31/2024",
            "234-30-1014-13399",
            "651409,313177",
            "52.65, 1.71",
            "-1.12",
            "TG 513 131",
            "NR30 5AA",
            "350000000000006",
            "Incoming",
            "total 3",
            "51.50742",
            "4.5536E+04",
        ] {
            assert_eq!(time_shape(text), None, "{text}");
        }
    }

    #[test]
    fn numbers_and_offsets_of_a_moment() {
        assert_eq!(time_shape("13/09/2024 08:15").and_then(|look| look.numbers), Some([13, 9]));
        assert_eq!(time_shape("09/13/2024 08:15").and_then(|look| look.numbers), Some([9, 13]));
        assert_eq!(time_shape("2024-09-13").and_then(|look| look.numbers), None);
        assert_eq!(time_shape("2024-09-13 08:15:00 (UTC+1)").and_then(|look| look.offset_s), Some(3600));
        assert_eq!(time_shape("2024-09-13 08:15:00").and_then(|look| look.offset_s), None);
    }
}
