//! Small forms of text for documents: times on the wall clock with their zone, rows, counts, cleaned words.

use jiff::tz::TimeZone;
use orochi_model::{locator::Locator, problem::Problem};

/// Rows named after a statement in a document; the workbook and `--json` have all.
const ROWS_NAMED: usize = 6;

/// An instant as the clock on the wall in the United Kingdom showed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// `Mon 3 Mar 2025`.
    pub date: String,
    /// `14:02:07`.
    pub time: String,
    /// `GMT` or `BST`.
    pub zone: String,
    /// Days since 1970 on the wall.
    pub day: i64,
    /// Hour on the wall, 0 to 23.
    pub hour: usize,
}

impl Moment {
    /// `Mon 3 Mar 2025 14:02:07 GMT`.
    pub fn full(&self) -> String {
        format!("{} {} {}", self.date, self.time, self.zone)
    }
}

/// United Kingdom time.
pub fn london() -> Result<TimeZone, Problem> {
    TimeZone::get("Europe/London").map_err(|error| Problem::bug("cannot work out United Kingdom time").because(error))
}

/// An instant (microseconds UTC) on the wall.
///
/// # Errors
/// Data kind when it is outside the calendar.
pub fn moment(us: i64) -> Result<Moment, Problem> {
    moment_in(&london()?, us)
}

/// [`moment`] with the zone at hand, for many.
///
/// # Errors
/// As [`moment`].
pub fn moment_in(zone: &TimeZone, us: i64) -> Result<Moment, Problem> {
    let at = jiff::Timestamp::from_microsecond(us)
        .map_err(|error| Problem::data("an instant is outside the calendar").because(error))?
        .to_zoned_datetime(zone.clone());
    let date = at.date();
    let day = date
        .since((jiff::Unit::Day, jiff::civil::date(1970, 1, 1)))
        .map_err(|error| Problem::bug("a day cannot be counted").because(error))?
        .get_days();
    Ok(Moment {
        date: at.strftime("%a %-d %b %Y").to_string(),
        time: at.strftime("%H:%M:%S").to_string(),
        zone: at.strftime("%Z").to_string(),
        day: i64::from(day),
        hour: usize::try_from(at.hour()).unwrap_or_default(),
    })
}

/// `Mon 3 Mar 2025` of days since 1970.
pub fn day(days: i64, form: &str) -> String {
    let date = jiff::civil::date(1970, 1, 1).checked_add(jiff::Span::new().days(days));
    date.map(|date| date.strftime(form).to_string()).unwrap_or_default()
}

/// A row as `orochi row` takes it.
pub fn row(evidence: &Locator) -> String {
    match evidence.part() {
        Some(part) => format!("{}/{}:{}", evidence.exhibit, clean(&part.shown()), evidence.row),
        None => format!("{}:{}", evidence.exhibit, evidence.row),
    }
}

/// The first rows behind a statement and how many more there are; empty for none.
pub fn rows(evidence: &[Locator]) -> String {
    let named: Vec<String> = evidence.iter().take(ROWS_NAMED).map(row).collect();
    match evidence.len() - named.len() {
        0 => named.join(", "),
        more => format!("{} and {more} more", named.join(", ")),
    }
}

/// A count with thousands apart.
pub fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `1 row`, `2 rows`.
pub fn counted(number: usize, one: &str, many: &str) -> String {
    format!("{} {}", count(number as u64), if number == 1 { one } else { many })
}

/// `1 min 5 s`.
pub fn length(seconds: i64) -> String {
    match (seconds / 3600, seconds / 60 % 60, seconds % 60) {
        (0, 0, s) => format!("{s} s"),
        (0, m, s) => format!("{m} min {s:02} s"),
        (h, m, s) => format!("{h} h {m:02} min {s:02} s"),
    }
}

/// Text from a native file or a user without what would disturb a page: control characters and marks that turn the
/// direction of writing, with which a number could be made to read as another.
pub fn clean(text: &str) -> String {
    let odd = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
    };
    text.chars().map(|c| if odd(c) { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wall_clock_says_its_zone() {
        let at = |text: &str| moment(text.parse::<jiff::Timestamp>().unwrap().as_microsecond()).unwrap();
        assert_eq!(at("2025-01-03T23:30:00Z").full(), "Fri 3 Jan 2025 23:30:00 GMT");
        assert_eq!(at("2025-07-03T23:30:00Z").full(), "Fri 4 Jul 2025 00:30:00 BST");
        assert_eq!(at("2025-10-26T00:30:00Z").zone, "BST", "the repeated hour, first time");
        assert_eq!(at("2025-10-26T01:30:00Z").zone, "GMT", "the repeated hour, second time");
        assert_eq!(day(at("2025-07-03T23:30:00Z").day, "%-d %b"), "4 Jul");
    }

    #[test]
    fn a_number_cannot_be_made_to_read_as_another() {
        assert_eq!(clean("\u{202e}321\u{202c}\u{0}a"), " 321  a");
    }

    #[test]
    fn long_lists_of_rows_are_cut_with_their_number() {
        let all: Vec<Locator> = (1..=8).map(|row| Locator::from_columns("EX0001", None, row)).collect();
        assert!(rows(&all).ends_with("EX0001:6 and 2 more"));
        assert_eq!((rows(&[]), length(3725)), (String::new(), "1 h 02 min 05 s".to_owned()));
    }
}
