//! Under which conditions a method is run: whose data is held, and for how long.

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use orochi_analysis::facts::owner;
use orochi_case::literal;
use orochi_model::problem::Problem;
use serde::{Deserialize, Serialize};

use crate::truth::Truth;

/// Lengths of the window, in days from the first.
pub const WINDOWS: [u32; 4] = [3, 7, 14, 28];

/// Whose data is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DataHeld {
    /// Everybody's, from both sides: the most that could ever be seen. Only of a folder made with `--area`.
    Everything,
    /// The data of the targets: line numbers, suspects' own phones, some customers, some innocents.
    Targets,
    /// The data of three customers of one line and nothing else: one run for each line.
    ThreeCustomers,
}

impl DataHeld {
    /// In words, for headings.
    pub fn words(self) -> &'static str {
        match self {
            Self::Everything => "everybody's data",
            Self::Targets => "targets' data",
            Self::ThreeCustomers => "three customers' data",
        }
    }
}

/// The windows that fit into so many days; the whole run when none of them is as long.
pub fn windows(days: u32) -> Vec<u32> {
    let mut windows: Vec<u32> = WINDOWS.into_iter().filter(|window| *window <= days).collect();
    if windows.is_empty() {
        windows.push(days);
    }
    windows
}

/// From the first midnight to the one after `days` days, on the wall in the United Kingdom.
///
/// # Errors
/// When the days run out of the calendar.
pub fn span(first: Date, days: u32) -> Result<(Timestamp, Timestamp), Problem> {
    let bug = |error: jiff::Error| Problem::user("the simulated days are outside the calendar").because(error);
    let zone = TimeZone::get("Europe/London").map_err(bug)?;
    let midnight = |day: Date| -> Result<Timestamp, jiff::Error> { zone.to_timestamp(day.at(0, 0, 0, 0)) };
    let from = midnight(first).map_err(bug)?;
    let to = first.checked_add(jiff::Span::new().days(i64::from(days))).and_then(midnight).map_err(bug)?;
    Ok((from, to))
}

/// The condition in SQL that a record starts within `days` days of the first.
///
/// # Errors
/// When the days run out of the calendar.
pub fn within(first: Date, days: u32) -> Result<String, Problem> {
    let (from, to) = span(first, days)?;
    Ok(format!("start >= TIMESTAMP '{from}' AND start < TIMESTAMP '{to}'"))
}

/// The condition in SQL that a record is from the side of one of these numbers: it is in a
/// disclosure about that number.
pub fn own_side(numbers: &[String]) -> String {
    if numbers.is_empty() {
        return "FALSE".into();
    }
    let list: Vec<String> = numbers.iter().map(|number| literal(number)).collect();
    format!("{} IN ({})", owner::OWNER_SQL, list.join(", "))
}

/// The numbers of all customers of whom data may be held by themselves, each once.
pub fn all_customers(truth: &Truth) -> Vec<String> {
    let mut customers: Vec<String> = truth.three_customers.iter().flat_map(|three| three.customers.clone()).collect();
    customers.sort_unstable();
    customers.dedup();
    customers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_do_not_outlast_the_run() {
        assert_eq!(windows(28), [3, 7, 14, 28]);
        assert_eq!(windows(10), [3, 7]);
        assert_eq!(windows(2), [2]);
    }

    #[test]
    fn a_window_is_days_on_the_wall() {
        // The clocks go forward on 30 March 2025.
        let sql = within(Date::constant(2025, 3, 29), 3).unwrap();
        assert_eq!(sql, "start >= TIMESTAMP '2025-03-29T00:00:00Z' AND start < TIMESTAMP '2025-03-31T23:00:00Z'");
    }

    #[test]
    fn numbers_are_quoted() {
        assert!(own_side(&["O'Hara".into()]).ends_with("IN ('O''Hara')"));
        assert_eq!(own_side(&[]), "FALSE");
    }
}
