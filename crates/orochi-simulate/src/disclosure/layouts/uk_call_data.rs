//! The UK layout of 36 columns: a preamble of keys in the first column and values in the fifth, a blank row, local
//! times, CGI as text, a zero for the check digit.
//!
//! Source: headings read from an open-source UK analyst's tool (isildur-uk/solar, commit 07141af0);
//! single source, not official.

use super::super::clock::{UNREADABLE, Zone, day_first, span, time};
use super::super::layout::{ALL, Delimited, Return, ReturnPart};
use super::super::number::{Imei, Writing, mangled};
use super::super::paper::{Encoding, TextStyle};
use super::super::row::{CellText, Fault, ReturnRow};
use crate::communication::{ContactKind, Outcome};

/// The layout.
pub struct UkCallData;

const HEADER: &str = "Start Date,Start Time (local),End Date,End Time (local),Calling Number,Called Number,Forwarding \
                      Number,CDR Type,IMSI,IMEI,Ring time (secs),Call Duration (HH:mm:ss),IPv4 address,IPv6 \
                      address,Data Volume Uploaded (KB),Data Volume Downloaded (KB),APN,Country of \
                      Origin,Operator,Start Cell ID or MAC Address,Start Cell Site Name,Start Cell 1st line of \
                      Address,Start Cell ID Postcode,Start Cell Generation,Start Cell Easting,Start Cell \
                      Northing,Start Cell Azimuth,End Cell ID or MAC Address,End Cell Site Name,End Cell 1st line of \
                      Address,End Cell ID Postcode,End Cell Generation,End Cell Easting,End Cell Northing,End Cell \
                      Azimuth,Row";

/// Where this made-up operator forwards unanswered calls to; recalled from public help pages as EE's.
const VOICEMAIL: &str = "222";

fn cell(cell: Option<&CellText>) -> [String; 8] {
    let Some(cell) = cell else { return Default::default() };
    [
        cell.global('-'),
        cell.name.clone(),
        cell.address.clone(),
        cell.postcode.clone(),
        cell.generation.to_owned(),
        cell.site.easting.to_string(),
        cell.site.northing.to_string(),
        cell.azimuth.to_string(),
    ]
}

impl Delimited for UkCallData {
    fn name(&self) -> &'static str {
        "uk-call-data"
    }

    fn parts(&self) -> &'static [ReturnPart] {
        &[ReturnPart { ending: "-call-data.csv", kinds: ALL }]
    }

    fn look(&self) -> TextStyle {
        TextStyle { encoding: Encoding::Utf8Mark, delimiter: b',', quoted: false, crlf: true }
    }

    fn above(&self, _part: usize, returned: &Return<'_>, rows: u64) -> Vec<Vec<String>> {
        let cover = returned.cover;
        let target = cover.target.to_string();
        let period = format!(
            "{} to {}",
            day_first(cover.from.to_datetime(Default::default())),
            day_first(cover.to.to_datetime(Default::default()))
        );
        let rows = rows.to_string();
        let mut lines: Vec<Vec<String>> = [
            ("URN:", cover.reference.as_str()),
            ("Grade:", "MADE UP"),
            ("Target identity:", &target),
            ("Operator:", &cover.operator),
            ("Period:", &period),
            ("Events:", &rows),
            ("Times:", "UK local time (GMT/BST)"),
        ]
        .iter()
        .map(|(key, value)| vec![(*key).to_owned(), String::new(), String::new(), String::new(), (*value).to_owned()])
        .collect();
        let blank = vec![String::new(); 36];
        lines.push(blank.clone());
        lines.push(HEADER.split(',').map(str::to_owned).collect());
        lines.push(blank);
        lines
    }

    fn lines(&self, _part: usize, row: &ReturnRow<'_>, number: u64, returned: &Return<'_>) -> Vec<Vec<String>> {
        let start = returned.clock.civil(row.start, Zone::Local);
        let end = returned.clock.civil(row.end, Zone::Local);
        let party = |party| if row.fault == Fault::Mangled { mangled(party) } else { Writing::Plain.text(party) };
        let data = row.kind == ContactKind::Data;
        let call = row.kind == ContactKind::Call;
        let mut line = Vec::with_capacity(36);
        line.push(if row.fault == Fault::Undated { UNREADABLE.into() } else { day_first(start) });
        line.extend([time(start), day_first(end), time(end)]);
        line.push(party(row.a()));
        line.push(if data { String::new() } else { party(row.b()) });
        line.push(if row.outcome == Outcome::Voicemail { VOICEMAIL.into() } else { String::new() });
        line.push(
            match (row.kind, row.outgoing()) {
                (ContactKind::Call, _) => "Voice",
                (ContactKind::Text, true) => "SMS-MO",
                (ContactKind::Text, false) => "SMS-MT",
                (ContactKind::Data, _) => "Data",
            }
            .into(),
        );
        line.push(row.imsi.to_string());
        line.push(Imei::Zero.text(row.imei));
        line.push(if call { row.ring.to_string() } else { String::new() });
        line.push(span(row.seconds));
        line.extend([String::new(), String::new()]);
        let volume = |kb: u32| if data { kb.to_string() } else { String::new() };
        line.extend([volume(row.volume.0), volume(row.volume.1)]);
        line.push(if data { "everywhere".into() } else { String::new() });
        line.extend(["GBR".into(), returned.cover.operator.clone()]);
        line.extend(cell(row.first));
        // A session's last cell is not given.
        line.extend(cell(if data { None } else { row.last }));
        line.push(number.to_string());
        vec![line]
    }
}
