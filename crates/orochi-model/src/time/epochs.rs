//! Dates that say nothing: the first day of a calendar, where programs count from and what they
//! write when they have no date.

use super::{Civil, text};

/// Whether a civil day is where a program begins to count, or the end of its calendar. No
/// communication took place then.
pub(super) fn is_epoch(civil: &Civil) -> bool {
    matches!(
        (civil.year, civil.month, civil.day),
        // Nothing, in MySQL, .NET and Oracle.
        (0, _, _) | (1, 1, 1)
        // Windows and SQL Server.
        | (1601 | 1753, 1, 1)
        // Spreadsheets: day zero, as one or another reader shows it.
        | (1899, 12, 30 | 31) | (1900, 1, 0 | 1) | (1904, 1, 1)
        // Unix.
        | (1970, 1, 1)
        // No end.
        | (9999, 12, 31)
    )
}

/// Whether a text is a date that says nothing: the day from which spreadsheets, databases or Unix count, `0000-00-00`,
/// or `9999-12-31`, with a time of day or without.
pub fn is_absent(text: &str) -> bool {
    let text = text::trim(text);
    if text.len() < 8 || text.len() > 40 || !text.bytes().any(|c| c == b'0' || c == b'9') {
        return false;
    }
    [super::DateOrder::DayMonthYear, super::DateOrder::MonthDayYear].iter().any(|order| {
        text::read(text, "", *order, &text::Habit::default()).is_ok_and(|reading| match reading.written {
            text::WrittenTime::Count(us) => us == 0,
            text::WrittenTime::Moment(civil, _) | text::WrittenTime::Date(civil) => is_epoch(&civil),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_days_of_calendars_are_no_dates() {
        for text in [
            "1899-12-30",
            "1899-12-31 00:00:00",
            "31/12/1899",
            "12/31/1899",
            "1900-01-00 00:00:00",
            "00/01/1900",
            "00-Jan-1900",
            "01/01/1900",
            "1904-01-01",
            "01/01/1904 00:00:00",
            "1970-01-01 00:00:00",
            "1970-01-01T00:00:00Z",
            "01/01/1970",
            "0000-00-00 00:00:00",
            "0001-01-01 00:00:00",
            "9999-12-31",
        ] {
            assert!(is_absent(text), "{text}");
        }
        for text in
            ["", "-", "2025-01-01 00:00:00", "01/01/2025", "1738574100", "30/12/2024", "1980-02-11", "07700900123"]
        {
            assert!(!is_absent(text), "{text}");
        }
    }
}
