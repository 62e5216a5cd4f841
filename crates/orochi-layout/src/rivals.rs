//! Two columns that could be the same field: whether one of them is it, both are, or nobody can tell.

use orochi_model::{
    party::{Region, read_party},
    problem::Problem,
    time::{Clock, Zone},
};

use super::assignment::Taken;
use super::clocks::{Order, order_of, order_of_region, zone_of_words};
use super::field::Field;
use super::sheet::Sheet;
use super::synonyms::meanings;

/// What a second column for a field is.
pub(super) enum Rival {
    /// Says the same wherever both are filled.
    Agrees(String),
    /// The first column is the better one.
    Yields,
    /// The second is the better one.
    Beats,
    /// One is the start, the other the end: in no row is it earlier.
    Ends {
        /// Whether it is the second column that starts.
        swap: bool,
    },
    /// Nobody can tell.
    Equal,
}

/// Compares the column taken for a field with another one.
pub(super) fn rival(sheet: &Sheet<'_>, field: Field, first: &Taken, second: usize) -> Rival {
    let canonical = |text: &str| {
        let mut out = String::new();
        let party = matches!(field, Field::A | Field::B | Field::C | Field::Own | Field::Other | Field::Number);
        if party && read_party(text, Region::Gb, &mut out).is_ok() { out } else { text.to_owned() }
    };
    let (one, two) = (&sheet.columns[first.column], &sheet.columns[second]);
    if two.values.is_empty() {
        return Rival::Yields;
    }
    if one.values.is_empty() {
        return Rival::Beats;
    }
    // The same moment in two zones: the one that no clock change blurs.
    if matches!(field, Field::Start | Field::StartTime | Field::StartDate) {
        let zones = (zone_of_words(one.heading), zone_of_words(two.heading));
        match (zones.0.as_deref(), zones.1.as_deref()) {
            (Some("UTC"), Some(_) | None) => return Rival::Yields,
            (_, Some("UTC")) => return Rival::Beats,
            _ => {}
        }
    }
    let differ = sheet.rows.iter().any(|row| {
        let (one, two) = (row[first.column], row[second]);
        !crate::cell::is_blank(one) && !crate::cell::is_blank(two) && canonical(one) != canonical(two)
    });
    if differ {
        return in_order(sheet, field, first.column, second).map_or(Rival::Equal, |swap| Rival::Ends { swap });
    }
    Rival::Agrees(format!(
        "\u{201c}{}\u{201d} and \u{201c}{}\u{201d} both hold {} and never differ in the first rows; the first that is \
         filled is read",
        one.heading,
        two.heading,
        describe(field)
    ))
}

// Two moments under headings that do not say which is which: if one is never later than the other, it starts and the
// other ends. Headings that both speak of a beginning (seizure, connection) are two starts, of
// which the later is no end.
fn in_order(sheet: &Sheet<'_>, field: Field, one: usize, two: usize) -> Option<bool> {
    if field != Field::Start {
        return None;
    }
    let starts = |column: usize| {
        meanings(sheet.columns[column].heading).iter().any(|(meant, score)| *meant == Field::Start && *score >= 0.95)
    };
    if starts(one) || starts(two) {
        return None;
    }
    let both: Vec<&str> = [one, two].iter().flat_map(|column| sheet.columns[*column].values.iter().copied()).collect();
    let order = match order_of(&both) {
        Order::Known(order) => order,
        Order::Undecided { .. } => order_of_region(Region::Gb),
        Order::Contradiction => return None,
    };
    let mut clock = Clock::new(Zone::Utc, order);
    let (mut later, mut earlier) = (0, 0);
    for row in &sheet.rows {
        let (Ok(first), Ok(second)) = (clock.read(row[one], ""), clock.read(row[two], "")) else { continue };
        later += usize::from(second.utc_us > first.utc_us);
        earlier += usize::from(second.utc_us < first.utc_us);
    }
    match (later, earlier) {
        (1.., 0) => Some(false),
        (0, 1..) => Some(true),
        _ => None,
    }
}

/// What a reader should know of two moments told apart by their order.
pub(super) fn order_remark(sheet: &Sheet<'_>, starts: usize, ends: usize) -> String {
    format!(
        "{} is read as the start and {} as the end: in none of the first rows is it earlier",
        sheet.name(starts),
        sheet.name(ends)
    )
}

/// The refusal to guess between two columns.
pub(super) fn equals(sheet: &Sheet<'_>, field: Field, one: usize, two: usize) -> Problem {
    let (what, one, two) = (describe(field), sheet.name(one), sheet.name(two));
    Problem::user(format!("two columns fit equally as {what}: {one} and {two}")).hint(
        "run `orochi preview` with a profile that says which of them it is (and lists the other under `ignore`), then \
         add the file again",
    )
}

/// A field in words.
pub fn describe(field: Field) -> &'static str {
    match field {
        Field::A => "the calling party",
        Field::B => "the called party",
        Field::C => "the forwarded-to party",
        Field::Own => "the number whose record it is",
        Field::Other => "the other party",
        Field::Target => "the target",
        Field::Start | Field::StartTime => "the start",
        Field::StartDate => "the date",
        Field::Duration => "the duration",
        Field::Number => "the number",
        _ => "one field",
    }
}
