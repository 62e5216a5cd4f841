//! Registrations from a file: one row each, columns by their headings.
//!
//! What may surprise a reader:
//! - Headings may be in any order and case. `owner`, `device`, `timestamp`, `latitude`, `longitude` must be there;
//!   `cell` and `azimuth` may; others are not looked at. Commas, semicolons and tabs are told apart by the headings.
//! - Of a cell only the network matters, where it begins with country and network:
//!   `234-10-1014-13399`, `LTE/234-30-3160321`.
//! - A timestamp is RFC 3339, or the same without zone, which then is UTC; or seconds since 1970, or, from
//!   100,000,000,000 on, milliseconds.
//! - The first row that cannot be read ends it: a validation must not leave out rows by itself.

use std::collections::BTreeMap;
use std::io::Read;

use crate::registration::{Registration, Track};

/// Why a file of registrations cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    /// A column is missing.
    #[error("column {column} is missing: expected owner, device, timestamp, latitude, longitude; found {found}")]
    Column {
        /// The column.
        column: &'static str,
        /// The headings there are.
        found: String,
    },
    /// A value is not what it should be.
    #[error("row {row}, column {column}: expected {expected}, found {found:?}")]
    Value {
        /// Row of the file; the headings are row 1.
        row: u64,
        /// Its column.
        column: &'static str,
        /// What should stand there.
        expected: &'static str,
        /// What stands there.
        found: String,
    },
    /// The rows cannot be told apart.
    #[error("row {row}: {cause}")]
    Row {
        /// Row of the file, as far as it is known; the headings are row 1.
        row: u64,
        /// What the reader of the format says.
        cause: String,
    },
    /// There are no rows.
    #[error("there is no registration below the headings")]
    Empty,
}

/// Columns that must be there, with other names they go by.
const NEEDED: [(&str, &[&str]); 5] = [
    ("owner", &[]),
    ("device", &[]),
    ("timestamp", &["time", "datetime"]),
    ("latitude", &["lat"]),
    ("longitude", &["lon", "lng", "long"]),
];

/// Reads registrations into tracks, one for each owner and device, in order of owner and device.
///
/// # Errors
/// [`Unreadable`], with row, column, what was expected and what was found.
pub fn read(mut file: impl Read) -> Result<Vec<Track>, Unreadable> {
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes).map_err(|error| Unreadable::Row { row: 1, cause: error.to_string() })?;
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    let first = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let count = |delimiter: u8| first.iter().filter(|byte| **byte == delimiter).count();
    let delimiter = [b',', b';', b'\t'].into_iter().rev().max_by_key(|delimiter| count(*delimiter)).unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).trim(csv::Trim::All).from_reader(bytes);
    let wrong = |error: csv::Error| Unreadable::Row {
        row: error.position().map_or(1, csv::Position::line),
        cause: error.to_string(),
    };
    let headings = reader.headers().map_err(wrong)?.clone();
    let place = |names: &[&str]| headings.iter().position(|h| names.iter().any(|name| h.eq_ignore_ascii_case(name)));
    let mut places = [0; NEEDED.len()];
    for (at, (column, others)) in places.iter_mut().zip(NEEDED) {
        let found = place(&[column]).or_else(|| place(others));
        let names = || headings.iter().collect::<Vec<_>>().join(", ");
        *at = found.ok_or_else(|| Unreadable::Column { column, found: names() })?;
    }
    let (azimuth, cell) = (place(&["azimuth"]), place(&["cell"]));
    let mut networks: BTreeMap<String, u16> = BTreeMap::new();
    let mut tracks: BTreeMap<(String, String), Vec<(Registration, u16)>> = BTreeMap::new();
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record).map_err(wrong)? {
        let row = RegistrationRow { record: &record, row: record.position().map_or(0, csv::Position::line) };
        let (owner, device) = (row.text(places[0], "owner")?, row.text(places[1], "device")?);
        let registration = Registration {
            at: row.time(places[2])?,
            latitude: row.number(places[3], "latitude", "degrees from -90 to 90", 90.0)?,
            longitude: row.number(places[4], "longitude", "degrees from -180 to 180", 180.0)?,
            azimuth: match azimuth {
                Some(place) if !record.get(place).unwrap_or_default().is_empty() => {
                    Some(row.number(place, "azimuth", "degrees from 0 to 360, or nothing", 360.0)?)
                }
                _ => None,
            },
        };
        let network = cell.and_then(|place| network(row.value(place))).map_or(0, |name| {
            let next = u16::try_from(networks.len() + 1).unwrap_or(0);
            *networks.entry(name.to_owned()).or_insert(next)
        });
        tracks.entry((owner.to_owned(), device.to_owned())).or_default().push((registration, network));
    }
    if tracks.is_empty() {
        return Err(Unreadable::Empty);
    }
    Ok(tracks.into_iter().map(|((owner, device), all)| Track::with_networks(owner, device, all)).collect())
}

/// Country and network at the beginning of a cell's identity; none where it does not begin so.
fn network(cell: &str) -> Option<&str> {
    let cell = cell.split_once('/').map_or(cell, |(_, rest)| rest);
    let (country, rest) = cell.split_once('-')?;
    let (network, _) = rest.split_once('-')?;
    let digits =
        |text: &str, least: usize| (least..=3).contains(&text.len()) && text.bytes().all(|c| c.is_ascii_digit());
    (digits(country, 3) && digits(network, 2)).then(|| &cell[..country.len() + 1 + network.len()])
}

struct RegistrationRow<'a> {
    record: &'a csv::StringRecord,
    row: u64,
}

impl<'a> RegistrationRow<'a> {
    fn value(&self, place: usize) -> &'a str {
        self.record.get(place).unwrap_or_default()
    }

    fn wrong(&self, place: usize, column: &'static str, expected: &'static str) -> Unreadable {
        Unreadable::Value { row: self.row, column, expected, found: self.value(place).to_owned() }
    }

    fn text(&self, place: usize, column: &'static str) -> Result<&'a str, Unreadable> {
        let value = self.value(place);
        if value.is_empty() { Err(self.wrong(place, column, "a name")) } else { Ok(value) }
    }

    fn number(&self, place: usize, column: &'static str, expected: &'static str, most: f64) -> Result<f64, Unreadable> {
        let value: Option<f64> = self.value(place).parse().ok();
        value.filter(|value| value.abs() <= most).ok_or_else(|| self.wrong(place, column, expected))
    }

    fn time(&self, place: usize) -> Result<i64, Unreadable> {
        seconds(self.value(place)).ok_or_else(|| {
            self.wrong(
                place,
                "timestamp",
                "RFC 3339 (2024-03-01T12:00:00Z; without zone it is UTC) or seconds since 1970",
            )
        })
    }
}

/// Seconds since 1970 of a timestamp.
fn seconds(text: &str) -> Option<i64> {
    if let Ok(number) = text.parse::<f64>() {
        let seconds = if number.abs() >= 1e11 { number / 1_000.0 } else { number };
        return (number.is_finite() && seconds.abs() < 2.5e11).then(|| seconds.floor() as i64);
    }
    if let Ok(instant) = text.parse::<jiff::Timestamp>() {
        return Some(instant.as_second());
    }
    let civil: jiff::civil::DateTime = text.parse().ok()?;
    // A date alone is no instant.
    if !text.contains(':') {
        return None;
    }
    Some(jiff::tz::TimeZone::UTC.to_timestamp(civil).ok()?.as_second())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn timestamps() {
        for text in [
            "2024-03-01T12:00:00Z",
            "2024-03-01T13:00:00+01:00",
            "2024-03-01 12:00:00",
            "2024-03-01T12:00",
            "1709294400",
            "1709294400.7",
            "1709294400000",
            "2024-03-01T12:00:00.5Z",
            "2024-03-01 12:00:00+00:00",
        ] {
            assert_eq!(seconds(text), Some(1_709_294_400), "{text}");
        }
        for text in ["", "2024-03-01", "yesterday", "nan", "01/03/2024 12:00"] {
            assert_eq!(seconds(text), None, "{text}");
        }
    }

    #[test]
    fn the_network_of_a_cell() {
        for (cell, wanted) in [
            ("234-10-1014-13399", Some("234-10")),
            ("LTE/234-30-3160321", Some("234-30")),
            ("GSM/234-01-?-5", Some("234-01")),
            ("10-1014-13399", None),
            ("Thetford Market Row", None),
            ("", None),
            ("234-1-5", None),
        ] {
            assert_eq!(network(cell), wanted, "{cell}");
        }
        let file = "owner,device,timestamp,latitude,longitude,cell\no,d,2,52,1,234-10-1-2\no,d,1,52,1,234-20-1-2\n\
                    o,d,3,52,1,\n";
        assert_eq!(read(file.as_bytes()).unwrap()[0].networks, vec![2, 1, 0]);
    }

    #[test]
    fn columns_in_any_order_and_case() {
        let file = "\u{feff}Longitude;LATITUDE;Device;note;Owner;Timestamp;azimuth\r\n1.5;52;b;x;o;10;90\r\n\
                    1.5;52;b;;o;5;\r\n";
        let tracks = read(file.as_bytes()).unwrap();
        assert_eq!((tracks[0].owner.as_str(), tracks[0].device.as_str()), ("o", "b"));
        assert_eq!(tracks[0].registrations.iter().map(|r| r.at).collect::<Vec<_>>(), vec![5, 10]);
        assert_eq!(tracks[0].registrations[1].azimuth, Some(90.0));
        assert_eq!(tracks[0].registrations[0].azimuth, None);
    }

    #[test]
    fn what_is_wrong_is_said_with_its_place() {
        let of = |file: &str| read(file.as_bytes()).unwrap_err().to_string();
        assert_eq!(
            of("owner,device,time,lat\n"),
            "column longitude is missing: expected owner, device, timestamp, latitude, longitude; found owner, device, \
             time, lat"
        );
        assert_eq!(
            of("owner,device,timestamp,latitude,longitude\na,b,5,52,1\na,b,6,95.2,1\n"),
            "row 3, column latitude: expected degrees from -90 to 90, found \"95.2\""
        );
        assert!(of("owner,device,timestamp,latitude,longitude\n,b,5,52,1\n").starts_with("row 2, column owner"));
        assert!(of("owner,device,timestamp,latitude,longitude\na,b,5,52\n").starts_with("row 2: "));
        assert_eq!(of("owner,device,timestamp,latitude,longitude\n"), "there is no registration below the headings");
    }
}
