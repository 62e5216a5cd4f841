//! Forms that several formats share: instants, rows, ids.

use orochi_model::{locator::Locator, problem::Problem};
use uuid::Uuid;

/// An instant (microseconds UTC) as RFC 3339, `2024-03-01T09:30:00Z`.
///
/// # Errors
/// Data kind for an instant outside the calendar.
pub(crate) fn instant(us: i64) -> Result<String, Problem> {
    Ok(timestamp(us)?.to_string())
}

/// An instant as UTC without a designator, whole seconds: `2024-03-01T09:30:00`.
pub(crate) fn bare_instant(us: i64) -> Result<String, Problem> {
    Ok(timestamp(us)?.strftime("%Y-%m-%dT%H:%M:%S").to_string())
}

/// An instant as UTC date and time apart.
pub(crate) fn date_and_time(us: i64) -> Result<(String, String), Problem> {
    let at = timestamp(us)?;
    Ok((at.strftime("%Y-%m-%d").to_string(), at.strftime("%H:%M:%S").to_string()))
}

fn timestamp(us: i64) -> Result<jiff::Timestamp, Problem> {
    jiff::Timestamp::from_microsecond(us)
        .map_err(|error| Problem::data("an instant is outside the calendar").at(us).because(error))
}

/// Where a row stands, as `orochi row` takes it: `EX0001:7`, `EX0002/Calls:12`.
pub(crate) fn place(row: &Locator) -> String {
    match row.part() {
        Some(part) => format!("{}/{}:{}", row.exhibit, part.shown(), row.row),
        None => format!("{}:{}", row.exhibit, row.row),
    }
}

/// Several rows, apart by `; `.
pub(crate) fn places(rows: &[Locator]) -> String {
    rows.iter().map(place).collect::<Vec<_>>().join("; ")
}

/// Ids that are the same in each export of a case: UUID version 5 under a namespace of the case's own, so that two
/// cases' nodes do not run into each other when somebody loads both.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ids(Uuid);

impl Ids {
    /// Of the case of this reference and name.
    pub(crate) fn from_case(about: &orochi_case::case::About) -> Self {
        let case = format!("https://orochi.invalid/case/{}/{}", about.reference, about.name);
        Self(Uuid::new_v5(&Uuid::NAMESPACE_URL, case.as_bytes()))
    }

    /// The id of one thing of a kind.
    pub(crate) fn id(self, kind: &str, thing: &str) -> Uuid {
        // The length first: no two pairs have the same bytes.
        Uuid::new_v5(&self.0, format!("{}:{kind}:{thing}", kind.len()).as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_have_the_form_each_reader_keeps() {
        let at = 1_709_285_400_123_456;
        assert_eq!(instant(at).unwrap(), "2024-03-01T09:30:00.123456Z");
        assert_eq!(
            bare_instant(at).unwrap(),
            "2024-03-01T09:30:00",
            "a reader that cuts at Z or fractions loses nothing"
        );
        assert_eq!(date_and_time(at).unwrap(), ("2024-03-01".into(), "09:30:00".into()));
        assert!(instant(i64::MAX).is_err());
    }

    #[test]
    fn rows_are_named_as_they_can_be_shown() {
        let row = |sheet: Option<&str>| Locator::from_columns("EX0001", sheet, 7);
        assert_eq!(places(&[row(None), row(Some("Calls"))]), "EX0001:7; EX0001/Calls:7");
    }
}
