//! Small forms of text for a person.

use orochi_model::locator::Locator;

/// Rows named after a sentence; `--json` has all that the method gives.
const ROWS_NAMED: usize = 6;

/// `name: value` lines, the values under each other.
pub fn fields(pairs: &[(&str, String)]) -> String {
    let width = pairs.iter().map(|(name, _)| name.chars().count()).max().unwrap_or_default();
    pairs
        .iter()
        .map(|(name, value)| {
            let pad = " ".repeat(width - name.chars().count());
            format!("{}\n", format!("{name}:{pad}  {}", printable(value)).trim_end())
        })
        .collect()
}

/// A count with thousands apart: `13,035`.
pub fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `1 row`, `2 rows`.
pub fn counted(number: u64, one: &str, many: &str) -> String {
    format!("{} {}", count(number), if number == 1 { one } else { many })
}

/// The first rows behind a sentence, as `orochi row` takes them: ` [EX0001:7, EX0002/Calls:12 and 4 more]`.
pub fn named(evidence: &[Locator]) -> String {
    let place = |evidence: &Locator| match evidence.part() {
        Some(part) => format!("{}/{}:{}", evidence.exhibit, printable(&part.shown()), evidence.row),
        None => format!("{}:{}", evidence.exhibit, evidence.row),
    };
    let places: Vec<_> = evidence.iter().take(ROWS_NAMED).map(place).collect();
    let more = evidence.len() - places.len();
    match (places.is_empty(), more) {
        (true, _) => String::new(),
        (false, 0) => format!(" [{}]", places.join(", ")),
        (false, more) => format!(" [{} and {more} more]", places.join(", ")),
    }
}

/// Text that cannot play with a terminal: control characters, which a disclosed file may hold, become visible.
pub fn printable(text: &str) -> std::borrow::Cow<'_, str> {
    if text.chars().any(|c| c.is_control() && c != '\n') {
        text.chars().map(|c| if c.is_control() && c != '\n' { '\u{fffd}' } else { c }).collect::<String>().into()
    } else {
        text.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_named_as_they_can_be_shown() {
        let row = |sheet: Option<&str>, row| Locator::from_columns("EX0001", sheet, row);
        assert_eq!(named(&[]), "");
        assert_eq!(named(&[row(None, 7), row(Some("Calls"), 12)]), " [EX0001:7, EX0001/Calls:12]");
        let many: Vec<_> = (1..=8).map(|n| row(None, n)).collect();
        assert!(named(&many).ends_with("EX0001:6 and 2 more]"), "{}", named(&many));
    }

    #[test]
    fn thousands_are_apart() {
        for (number, text) in [(0, "0"), (999, "999"), (1000, "1,000"), (13_035, "13,035"), (1_234_567, "1,234,567")] {
            assert_eq!(count(number), text);
        }
        assert_eq!(counted(1, "row", "rows"), "1 row");
    }
}
