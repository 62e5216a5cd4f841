//! Event anchors: a place and a time at which the person who uses a number is known to have been, from outside the
//! phone data: a custody record, a court date. Entered by the user as a file; what is in it is the user's
//! word, not the software's.

use orochi_model::{
    party::{Region, read_party},
    problem::Problem,
};
use serde::Deserialize;

/// One anchor.
#[derive(Clone, Debug, PartialEq)]
pub struct Anchor {
    /// The number of the person it is about, E.164.
    pub number: String,
    /// Microseconds UTC.
    pub from: i64,
    /// Microseconds UTC; not before `from`.
    pub to: i64,
    /// WGS84, degrees.
    pub latitude: f64,
    /// WGS84, degrees.
    pub longitude: f64,
    /// Whether the person had no phone of their own choosing meanwhile, as in custody: use of the line
    /// then speaks against them.
    pub custody: bool,
    /// What it rests on, as the user states it: `custody record 04/1234`.
    pub source: String,
}

#[derive(Deserialize)]
struct AnchorRow {
    number: String,
    from: String,
    to: String,
    latitude: f64,
    longitude: f64,
    #[serde(default)]
    custody: String,
    source: String,
}

/// Reads anchors from CSV: number, from, to (RFC 3339), latitude, longitude, custody (yes or nothing), source.
///
/// # Errors
/// User kind, with the row and what is wrong with it.
pub fn anchors(text: &str) -> Result<Vec<Anchor>, Problem> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
    let mut all = Vec::new();
    for (place, row) in reader.deserialize::<AnchorRow>().enumerate() {
        let place = place + 2;
        let wrong = |what: String| {
            Problem::user("the event anchors cannot be read").at(format!("row {place}")).because(what).hint(
                "columns: number, from, to (RFC 3339, such as 2024-03-01T14:00:00Z), latitude, longitude, custody (yes \
                 or nothing), source",
            )
        };
        let row = row.map_err(|error| wrong(error.to_string()))?;
        let mut number = String::new();
        read_party(&row.number, Region::Gb, &mut number).map_err(|error| wrong(error.to_string()))?;
        let instant = |text: &str| {
            text.parse::<jiff::Timestamp>()
                .map(jiff::Timestamp::as_microsecond)
                .map_err(|error| wrong(error.to_string()))
        };
        let (from, to) = (instant(&row.from)?, instant(&row.to)?);
        let custody = match row.custody.to_ascii_lowercase().as_str() {
            "" | "no" => false,
            "yes" => true,
            other => return Err(wrong(format!("custody is yes or nothing, not {other:?}"))),
        };
        if to < from {
            return Err(wrong("it ends before it begins".to_owned()));
        }
        if row.latitude.abs() > 90.0 || row.longitude.abs() > 180.0 {
            return Err(wrong("latitude must be from -90 to 90 and longitude from -180 to 180 degrees".to_owned()));
        }
        if row.source.is_empty() {
            return Err(wrong(
                "source is empty: state the basis of the anchor, such as a custody record's number".to_owned(),
            ));
        }
        all.push(Anchor {
            number,
            from,
            to,
            latitude: row.latitude,
            longitude: row.longitude,
            custody,
            source: row.source,
        });
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anchors_are_read_or_refused_by_row() {
        let head = "number,from,to,latitude,longitude,custody,source\n";
        let good =
            format!("{head}07700 900123,2024-03-01T14:00:00Z,2024-03-01T20:00:00Z,52.4,0.75,yes,custody record 1\n");
        let all = anchors(&good).unwrap();
        assert_eq!((all[0].number.as_str(), all[0].custody), ("+447700900123", true));
        for (from, to, words) in [
            ("2024-03-01T20", "2024-03-01T10", "ends before"),
            (",yes,", ",perhaps,", "custody is yes or nothing"),
            ("52.4", "152.4", "latitude must be"),
            ("custody record 1", "", "source is empty"),
            ("2024-03-01T14:00:00Z", "yesterday", "row 2"),
        ] {
            let problem = anchors(&good.replacen(from, to, 1)).unwrap_err();
            assert!(problem.to_string().contains(words) || format!("{problem:?}").contains(words), "{problem:?}");
        }
    }
}
