//! In which zone and date order a file's times are, from what the file itself says.

use std::collections::BTreeSet;

use orochi_model::{party::Region, time::DateOrder};

use super::shapes::{date_numbers, split_moment};

/// A zone and where it was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// `UTC`, `Europe/London`, `stated`, or an IANA name.
    pub name: &'static str,
    /// In words.
    pub by: String,
}

/// The zone a heading or a preamble line states, if it does.
pub fn zone_of_words(text: &str) -> Option<&'static str> {
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
        return Some("Europe/London");
    }
    if has("utc") || has("gmt") || has("zulu") || squeezed.ends_with("timez") {
        return Some("UTC");
    }
    None
}

/// Whether every value states its own offset (`+0100`, `Z`, `GMT`).
pub fn states_offset(values: &[&str]) -> bool {
    !values.is_empty()
        && values.iter().all(|value| {
            let (_, Some(time)) = split_moment(value) else { return false };
            let tail = time.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ':' | '.'));
            tail.trim_start().starts_with(['+', '-', 'Z'])
                || tail.contains("GMT")
                || tail.contains("UTC")
                || tail.contains("BST")
        })
}

/// What the values of a date column show about its order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Order {
    /// Decided by the values or by words.
    Known(DateOrder),
    /// Both readings are possible for every value. How many different numbers stand first and second says which reading is
    /// the likelier: days change faster than months.
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
    let mut numeric = 0;
    let mut years_first = 0;
    let mut pairs = Vec::new();
    for value in values {
        let (Some(date), _) = split_moment(value) else { continue };
        let date = date.split_whitespace().next().unwrap_or("");
        let Some([a, b, c]) = date_numbers(date) else { continue };
        // A date that no order reads (99/09/2024, 13/14/2024) is a mistyped row: it is rejected, and says nothing of the others.
        if a > 31 {
            years_first += usize::from(c <= 31 && b <= 12);
            continue;
        }
        if a > 12 && b > 12 {
            continue;
        }
        numeric += 1;
        first_over |= a > 12;
        second_over |= b > 12;
        pairs.push((a, b));
    }
    if years_first > numeric {
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
        assert_eq!(zone_of_words("Time(UTC)"), Some("UTC"));
        assert_eq!(zone_of_words("Start Time (local)"), Some("Europe/London"));
        assert_eq!(zone_of_words("All times are GMT/BST"), Some("Europe/London"));
        assert_eq!(zone_of_words("Times in GMT"), Some("UTC"));
        assert_eq!(zone_of_words("Start Time"), None);
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
    fn offsets_in_every_value() {
        assert!(states_offset(&["Wed Sep 15 19:17:44 +0100 2010", "2024-09-01T08:15:22Z"]));
        assert!(!states_offset(&["2024-09-01 08:15:22"]));
    }
}
