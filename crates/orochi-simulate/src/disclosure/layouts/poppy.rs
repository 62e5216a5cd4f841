//! A made-up virtual operator's layout: calls, texts and data in files of their own, every field in quotation marks,
//! UTC in the headings, numbers that have lost their zero, cells with dots and in degrees. Of a session: the cell
//! used at or before its start.

use super::super::clock::{UNREADABLE, Zone, time, year_first};
use super::super::layout::{Delimited, Return, ReturnPart, cells};
use super::super::number::{Imei, Number, Writing, mangled};
use super::super::paper::{Encoding, TextStyle};
use super::super::row::{CellText, Fault, ReturnRow};
use crate::communication::{ContactKind, Outcome};

/// The layout.
pub struct Poppy;

const CALLS: usize = 0;
const TEXTS: usize = 1;

/// Degrees with five decimals: a metre.
pub fn degrees(cell: &CellText) -> [String; 2] {
    let at = orochi_geo::grid::Bng { easting: f64::from(cell.site.easting), northing: f64::from(cell.site.northing) };
    match at.to_wgs84() {
        Ok(place) => [format!("{:.5}", place.lat), format!("{:.5}", place.lon)],
        Err(_) => Default::default(),
    }
}

impl Delimited for Poppy {
    fn name(&self) -> &'static str {
        "poppy"
    }

    fn parts(&self) -> &'static [ReturnPart] {
        &[
            ReturnPart { ending: "-calls.csv", kinds: &[ContactKind::Call] },
            ReturnPart { ending: "-texts.csv", kinds: &[ContactKind::Text] },
            ReturnPart { ending: "-data.csv", kinds: &[ContactKind::Data] },
        ]
    }

    fn look(&self) -> TextStyle {
        TextStyle { encoding: Encoding::Utf8, delimiter: b',', quoted: true, crlf: true }
    }

    fn above(&self, part: usize, returned: &Return<'_>, _rows: u64) -> Vec<Vec<String>> {
        let cover = returned.cover;
        let header: &[&str] = match part {
            CALLS => &[
                "Seizure date (UTC)",
                "Seizure time (UTC)",
                "Originating number",
                "Dialled number",
                "Call length (s)",
                "Call result",
                "Handset (IMEI)",
                "Start CGI",
                "Start latitude",
                "Start longitude",
            ],
            TEXTS => &["Date (UTC)", "Time (UTC)", "Sender", "Recipient", "IMEI", "CGI", "Latitude", "Longitude"],
            _ => &[
                "Session start (UTC)",
                "Session end (UTC)",
                "APN",
                "Upload (KB)",
                "Download (KB)",
                "IMEI",
                "Cell at or before start",
                "Latitude",
                "Longitude",
            ],
        };
        vec![
            cells(["Poppy Telecom", "made-up data"]),
            cells(["MSISDN", &Writing::Bare.text(Number::Sim(cover.target))]),
            cells(["Ref", &cover.reference]),
            header.iter().map(|heading| (*heading).to_owned()).collect(),
        ]
    }

    fn lines(&self, part: usize, row: &ReturnRow<'_>, _number: u64, returned: &Return<'_>) -> Vec<Vec<String>> {
        let start = returned.clock.civil(row.start, Zone::Utc);
        let end = returned.clock.civil(row.end, Zone::Utc);
        let date = if row.fault == Fault::Undated { UNREADABLE.into() } else { year_first(start) };
        let party = |party| if row.fault == Fault::Mangled { mangled(party) } else { Writing::Bare.text(party) };
        let result = match row.outcome {
            Outcome::Answered => "Completed",
            Outcome::Missed => "No answer",
            Outcome::Voicemail => "Diverted to voicemail",
        };
        let mut line = match part {
            CALLS => vec![
                date,
                time(start),
                party(row.a()),
                party(row.b()),
                row.seconds.to_string(),
                result.into(),
                Imei::Checked.text(row.imei),
            ],
            TEXTS => vec![date, time(start), party(row.a()), party(row.b()), Imei::Checked.text(row.imei)],
            _ => vec![
                format!("{date} {}", time(start)),
                format!("{} {}", year_first(end), time(end)),
                "poppy.internet".into(),
                row.volume.0.to_string(),
                row.volume.1.to_string(),
                Imei::Checked.text(row.imei),
            ],
        };
        line.push(row.first.map(|cell| cell.global('.')).unwrap_or_default());
        line.extend(row.first.map(degrees).unwrap_or_default());
        vec![line]
    }
}
