//! A made-up operator's layout: UTF-16 with tabs, the target in a column, ISO times with UTC stated above, numbers with
//! 00, full cell identities and grid references. Of a data session it gives the cell used at or
//! before its end, not its start.

use super::super::clock::{UNREADABLE, Zone, time, year_first};
use super::super::layout::{ALL, Delimited, Return, ReturnPart, cells};
use super::super::number::{Imei, Number, Writing, mangled};
use super::super::paper::{Encoding, TextStyle};
use super::super::row::{CellText, Fault, ReturnRow};
use crate::communication::{ContactKind, Outcome};

/// The layout.
pub struct Meridian;

const HEADER: [&str; 18] = [
    "Target MSISDN",
    "Record type",
    "A party",
    "B party",
    "Forwarded to",
    "Connect time",
    "Release time",
    "Talk time",
    "A/B IMSI",
    "Target IMEI",
    "First cell",
    "First cell grid ref",
    "First cell bearing",
    "Last cell (at or before the end)",
    "Last cell grid ref",
    "Last cell bearing",
    "Bytes sent",
    "Bytes received",
];

/// Where this made-up operator forwards unanswered calls to; recalled from public help pages as Three's.
const VOICEMAIL: &str = "123";

fn cell(cell: Option<&CellText>) -> [String; 3] {
    let Some(cell) = cell else { return Default::default() };
    let at = orochi_geo::grid::Bng { easting: f64::from(cell.site.easting), northing: f64::from(cell.site.northing) };
    let radio = match cell.generation {
        "2G" => "GSM",
        "3G" => "UMTS",
        "4G" => "LTE",
        _ => "NR",
    };
    [
        format!("{radio}/{}", cell.global('-')),
        orochi_geo::reference::reference(at, 8).unwrap_or_default(),
        cell.azimuth.to_string(),
    ]
}

impl Delimited for Meridian {
    fn name(&self) -> &'static str {
        "meridian"
    }

    fn parts(&self) -> &'static [ReturnPart] {
        &[ReturnPart { ending: ".txt", kinds: ALL }]
    }

    fn look(&self) -> TextStyle {
        TextStyle { encoding: Encoding::Utf16, delimiter: b'\t', quoted: false, crlf: true }
    }

    fn above(&self, _part: usize, returned: &Return<'_>, _rows: u64) -> Vec<Vec<String>> {
        let cover = returned.cover;
        let blank = vec![String::new(); 2];
        vec![
            cells([&format!("{} disclosure, reference {}", cover.operator, cover.reference)]),
            cells(["All times are in UTC."]),
            blank,
            cells(HEADER),
        ]
    }

    fn lines(&self, _part: usize, row: &ReturnRow<'_>, _number: u64, returned: &Return<'_>) -> Vec<Vec<String>> {
        let moment = |at| {
            let at = returned.clock.civil(at, Zone::Utc);
            format!("{} {}", year_first(at), time(at))
        };
        let party = |party| if row.fault == Fault::Mangled { mangled(party) } else { Writing::DoubleZero.text(party) };
        let data = row.kind == ContactKind::Data;
        let kind = match (row.kind, row.outcome, row.outgoing()) {
            (ContactKind::Call, Outcome::Missed, true) => "MOC unanswered",
            (ContactKind::Call, Outcome::Missed, false) => "MTC unanswered",
            (ContactKind::Call, _, true) => "MOC",
            (ContactKind::Call, _, false) => "MTC",
            (ContactKind::Text, _, true) => "SMO",
            (ContactKind::Text, _, false) => "SMT",
            (ContactKind::Data, ..) => "PDP session",
        };
        let mut line = vec![
            Writing::DoubleZero.text(Number::Sim(returned.cover.target)),
            kind.into(),
            party(row.a()),
            if data { String::new() } else { party(row.b()) },
            if row.outcome == Outcome::Voicemail { VOICEMAIL.into() } else { String::new() },
            if row.fault == Fault::Undated { UNREADABLE.into() } else { moment(row.start) },
            moment(row.end),
            if row.kind == ContactKind::Text { String::new() } else { row.seconds.to_string() },
            row.imsi.to_string(),
            Imei::Version.text(row.imei),
        ];
        line.extend(cell(if data { None } else { row.first }));
        line.extend(cell(row.last));
        let bytes = |kb: u32| if data { (u64::from(kb) * 1024).to_string() } else { String::new() };
        line.extend([bytes(row.volume.0), bytes(row.volume.1)]);
        vec![line]
    }
}
