//! In which zone and date order a file's times are, from what the file itself says.

use std::collections::BTreeSet;

use orochi_model::{
    party::Region,
    time::{DateOrder, Form, TimeKind, read_offset, time_shape},
};

/// The zone a heading states, if it does: `UTC`, `Europe/London`, or a fixed offset such as `UTC+01:00`.
pub fn zone_of_words(text: &str) -> Option<String> {
    let words: Vec<String> = text
        .split(|c: char| !c.is_ascii_alphanumeric())
        .map(str::to_ascii_lowercase)
        .filter(|w| !w.is_empty())
        .collect();
    let has = |word: &str| words.iter().any(|known| known == word);
    let squeezed = words.concat();
    // `GMT/BST` and `UK local time` mean the clock on the wall.
    if has("local")
        || (has("gmt") && has("bst"))
        || has("bst")
        || squeezed.contains("uktime")
        || squeezed.contains("europelondon")
    {
        return Some("Europe/London".into());
    }
    if let Some(seconds) = offset_of_words(text) {
        return Some(zone_name(seconds));
    }
    let utc = has("utc") || has("gmt") || has("zulu") || squeezed.ends_with("timez");
    utc.then(|| "UTC".into())
}

// `Start (UTC+1)`, `Time GMT +01:00`.
fn offset_of_words(text: &str) -> Option<i32> {
    let upper = text.to_ascii_uppercase();
    ["UTC", "GMT"].iter().find_map(|name| {
        let after = &upper[upper.find(name)? + name.len()..];
        let tail = after.trim_start().trim_start_matches(['(', ' ']);
        let end = tail.find(|c: char| !(c.is_ascii_digit() || matches!(c, '+' | '-' | ':'))).unwrap_or(tail.len());
        read_offset(&tail[..end])
    })
}

fn zone_name(seconds: i32) -> String {
    if seconds == 0 {
        return "UTC".into();
    }
    let (sign, minutes) = (if seconds < 0 { '-' } else { '+' }, seconds.abs() / 60);
    format!("UTC{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}

/// The zone that a line above the header states for the times below it. A line that holds a time of day says in which
/// zone that one is: when the file was made, or which period was asked for.
pub fn zone_of_line(line: &str) -> Option<String> {
    let lower = line.to_ascii_lowercase();
    let speaks = ["time", "utc", "gmt", "bst", "zone"].iter().any(|word| lower.contains(word));
    let bytes = line.as_bytes();
    let clock = bytes.windows(4).enumerate().any(|(at, four)| {
        // `09:15`, but not the `+01:00` of an offset.
        let digits =
            four[0].is_ascii_digit() && four[1] == b':' && four[2].is_ascii_digit() && four[3].is_ascii_digit();
        let before = bytes[..at].iter().rev().find(|c| !c.is_ascii_digit());
        digits && !before.is_some_and(|c| matches!(c, b'+' | b'-'))
    });
    if speaks && !clock { zone_of_words(line) } else { None }
}

/// The offsets that values state.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offsets {
    /// Values that state one.
    pub stated: usize,
    /// Values that are times and state none.
    pub floating: usize,
    /// Values that count from 1970, which is in no zone.
    pub counted: usize,
    /// The different offsets, in seconds.
    pub seconds: BTreeSet<i32>,
}

/// The offsets that values of a moment or a time of day state (`+0100`, `Z`, `(UTC+1)`), by the parser that reads them.
pub fn offsets_of(values: &[&str]) -> Offsets {
    let mut found = Offsets::default();
    for look in values.iter().filter_map(|value| time_shape(value)) {
        match (look.kind, look.offset_s) {
            (TimeKind::Moment | TimeKind::Time, Some(seconds)) => {
                found.stated += 1;
                found.seconds.insert(seconds);
            }
            (TimeKind::Moment | TimeKind::Time, None) => found.floating += 1,
            (TimeKind::Count, _) if look.form == Some(Form::Count) => found.counted += 1,
            _ => {}
        }
    }
    found
}

/// What the values of a date column show about its order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Order {
    /// Decided by the values or by words.
    Known(DateOrder),
    /// Both readings are possible for every value. How many different numbers stand first and second says which reading
    /// is the likelier: days change faster than months.
    Undecided {
        /// Different numbers in the first place.
        first: usize,
        /// Different numbers in the second place.
        second: usize,
    },
    /// Values that contradict each other: no single order reads them all.
    Contradiction,
}

/// Decides the date order from values.
pub fn order_of(values: &[&str]) -> Order {
    let mut first_over = false;
    let mut second_over = false;
    let mut years_first = 0;
    let mut pairs = Vec::new();
    // A date that no order reads (99/09/2024, 13/14/2024) is a mistyped row: it is rejected, and
    // says nothing of the others.
    for look in values.iter().filter_map(|value| time_shape(value)) {
        years_first += usize::from(look.form == Some(Form::YearFirst));
        let Some([a, b]) = look.numbers else { continue };
        first_over |= a > 12;
        second_over |= b > 12;
        pairs.push((a, b));
    }
    let numeric = pairs.len();
    // Beside dates with the year last, those with the year first read one way in any order.
    if years_first > 0 && numeric == 0 {
        return Order::Known(DateOrder::YearMonthDay);
    }
    match (numeric, first_over, second_over) {
        // Month names and years first read one way only.
        (0, _, _) => Order::Known(DateOrder::DayMonthYear),
        (_, true, true) => Order::Contradiction,
        (_, true, false) => Order::Known(DateOrder::DayMonthYear),
        (_, false, true) => Order::Known(DateOrder::MonthDayYear),
        // The same number twice reads the same in both orders.
        _ if pairs.iter().all(|(a, b)| a == b) => Order::Known(DateOrder::DayMonthYear),
        _ => {
            let count = |number: fn(&(u32, u32)) -> u32| pairs.iter().map(number).collect::<BTreeSet<_>>().len();
            Order::Undecided { first: count(|pair| pair.0), second: count(|pair| pair.1) }
        }
    }
}

/// The order a heading or preamble spells out (`dd/mm/yyyy`).
pub fn order_of_words(text: &str) -> Option<DateOrder> {
    let lower: String = text.to_ascii_lowercase().chars().filter(char::is_ascii_alphanumeric).collect();
    if lower.contains("ddmmyy") || lower.contains("dmy") {
        Some(DateOrder::DayMonthYear)
    } else if lower.contains("mmddyy") || lower.contains("mdy") {
        Some(DateOrder::MonthDayYear)
    } else if lower.contains("yyyymmdd") || lower.contains("yymmdd") {
        Some(DateOrder::YearMonthDay)
    } else {
        None
    }
}

/// The order a country writes dates in.
pub fn order_of_region(region: Region) -> DateOrder {
    match region {
        Region::Gb => DateOrder::DayMonthYear,
        Region::Us => DateOrder::MonthDayYear,
    }
}

/// The order's name in profiles.
pub fn order_name(order: DateOrder) -> &'static str {
    match order {
        DateOrder::DayMonthYear => "day-month-year",
        DateOrder::MonthDayYear => "month-day-year",
        DateOrder::YearMonthDay => "year-month-day",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_stated_in_words() {
        let zone = |text| zone_of_words(text).unwrap_or_default();
        for (text, name) in [
            ("Time(UTC)", "UTC"),
            ("Start Time (local)", "Europe/London"),
            ("Start Time (BST)", "Europe/London"),
            ("All times are GMT/BST", "Europe/London"),
            ("Times in GMT", "UTC"),
            ("Start (UTC+1)", "UTC+01:00"),
            ("Start (GMT+01:00)", "UTC+01:00"),
            ("Start UTC -5", "UTC-05:00"),
            ("Start (UTC+0)", "UTC"),
            ("Start Time", ""),
        ] {
            assert_eq!(zone(text), name, "{text}");
        }
    }

    #[test]
    fn a_line_that_dates_the_file_says_nothing_of_its_rows() {
        assert_eq!(zone_of_line("All times in UTC").as_deref(), Some("UTC"));
        assert_eq!(zone_of_line("Time zone: UTC+01:00").as_deref(), Some("UTC+01:00"));
        for line in ["Report time: 03/02/2025 10:00 GMT", "Created 2025-02-03 10:00:00 UTC", "Local authority: Norfolk"]
        {
            assert_eq!(zone_of_line(line), None, "{line}");
        }
    }

    #[test]
    fn values_over_twelve_decide_the_date_order() {
        assert_eq!(order_of(&["01/09/2024", "13/09/2024"]), Order::Known(DateOrder::DayMonthYear));
        assert_eq!(order_of(&["01/09/2024 08:00", "09/13/2024 08:00"]), Order::Known(DateOrder::MonthDayYear));
        assert_eq!(order_of(&["2024-09-01"]), Order::Known(DateOrder::YearMonthDay));
        assert_eq!(order_of(&["01/09/2024", "02/09/2024"]), Order::Undecided { first: 2, second: 1 });
        assert_eq!(order_of(&["13/09/2024", "09/13/2024"]), Order::Contradiction);
        assert_eq!(order_of_words("Date(mm/dd/yyyy)"), Some(DateOrder::MonthDayYear));
    }

    #[test]
    fn a_mistyped_date_does_not_turn_the_others_round() {
        let good = ["13/09/2024", "01/09/2024"];
        for bad in ["99/09/2024", "13/14/2024", "40/40/40"] {
            let values = [bad, good[0], good[1]];
            assert_eq!(order_of(&values), Order::Known(DateOrder::DayMonthYear), "{bad}");
        }
        assert_eq!(order_of(&["2024-09-01", "2024-13-41", "99/09/2024"]), Order::Known(DateOrder::YearMonthDay));
    }

    #[test]
    fn offsets_of_values() {
        let found = offsets_of(&["Wed Sep 15 19:17:44 +0100 2010", "2024-09-01T08:15:22Z", "2024-09-01 08:15:22", "-"]);
        assert_eq!((found.stated, found.floating, found.seconds.len()), (2, 1, 2));
        assert_eq!(offsets_of(&["09:15:00 (UTC+1)"]).stated, 1);
        assert_eq!(offsets_of(&["1738574100", "1738574100000"]).counted, 2);
    }
}
