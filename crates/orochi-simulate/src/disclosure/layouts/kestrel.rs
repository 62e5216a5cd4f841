//! A made-up operator's layout: semicolons, Windows-1252 (it bills in pounds), UTC in the heading, whose phone it is
//! beside the other party and a direction, numbers as `07524 123456`, area and cell in columns of their own, the newest
//! row first, a leg of its own for the mailbox, totals at the foot.

use super::super::clock::{UNREADABLE, Zone, day_first, time};
use super::super::layout::{ALL, Delimited, Return, ReturnPart, cells};
use super::super::number::{Imei, Number, Writing, mangled};
use super::super::paper::{Encoding, TextStyle};
use super::super::row::{Fault, ReturnRow};
use crate::communication::{ContactKind, Outcome};

/// The layout.
pub struct Kestrel;

const HEADER: [&str; 19] = [
    "Served number",
    "Event",
    "In/Out",
    "Other party",
    "Start date and time (UTC)",
    "Duration (secs)",
    "Ring time",
    "Result",
    "Uplink KB",
    "Downlink KB",
    "RAT",
    "MCC",
    "MNC",
    "LAC/TAC",
    "Cell ID",
    "Azimuth",
    "IMSI",
    "IMEI",
    "Charge (£)",
];

/// Where this made-up operator forwards unanswered calls to; recalled from public help pages as Vodafone's.
const VOICEMAIL: &str = "121";

impl Delimited for Kestrel {
    fn name(&self) -> &'static str {
        "kestrel"
    }

    fn parts(&self) -> &'static [ReturnPart] {
        &[ReturnPart { ending: "_usage.csv", kinds: ALL }]
    }

    fn look(&self) -> TextStyle {
        TextStyle { encoding: Encoding::Windows1252, delimiter: b';', quoted: false, crlf: true }
    }

    fn newest_first(&self) -> bool {
        true
    }

    fn above(&self, _part: usize, returned: &Return<'_>, _rows: u64) -> Vec<Vec<String>> {
        let cover = returned.cover;
        vec![
            cells(["Request ID", &cover.reference]),
            cells(["Search value", &Writing::NationalSpaced.text(Number::Sim(cover.target))]),
            cells(["Provider", &cover.operator]),
            cells(HEADER),
        ]
    }

    fn lines(&self, _part: usize, row: &ReturnRow<'_>, _number: u64, returned: &Return<'_>) -> Vec<Vec<String>> {
        let start = returned.clock.civil(row.start, Zone::Utc);
        let date = if row.fault == Fault::Undated { UNREADABLE.into() } else { day_first(start) };
        let data = row.kind == ContactKind::Data;
        let call = row.kind == ContactKind::Call;
        let other = match row.fault {
            _ if data => String::new(),
            Fault::Mangled => mangled(row.other),
            _ => Writing::NationalSpaced.text(row.other),
        };
        let event = match row.kind {
            ContactKind::Call => "Voice call",
            ContactKind::Text => "SMS",
            ContactKind::Data => "GPRS",
        };
        let result = match (row.kind, row.outcome) {
            (ContactKind::Call, Outcome::Answered) => "Answered",
            (ContactKind::Call, Outcome::Missed) => "Not answered",
            (ContactKind::Call, Outcome::Voicemail) => "To voicemail",
            _ => "",
        };
        let volume = |kb: u32| if data { kb.to_string() } else { String::new() };
        let cell = |text: fn(&super::super::row::CellText) -> String| row.first.map(text).unwrap_or_default();
        let pence = if row.outgoing() && call { row.seconds.div_ceil(60) * 5 } else { 0 };
        let line = vec![
            Writing::NationalSpaced.text(row.own),
            event.into(),
            if row.outgoing() { "Out" } else { "In" }.into(),
            other,
            format!("{date} {}", time(start)),
            if row.kind == ContactKind::Text { String::new() } else { row.seconds.to_string() },
            if call { row.ring.to_string() } else { String::new() },
            result.into(),
            volume(row.volume.0),
            volume(row.volume.1),
            cell(|cell| cell.generation.into()),
            cell(|cell| cell.mcc.to_string()),
            cell(|cell| format!("{:02}", cell.mnc)),
            cell(|cell| cell.area.to_string()),
            cell(|cell| cell.cell.to_string()),
            cell(|cell| cell.azimuth.to_string()),
            row.imsi.to_string(),
            Imei::Short.text(row.imei),
            format!("{},{:02}", pence / 100, pence % 100),
        ];
        // The called phone's own return shows the leg to its mailbox beside the call.
        if row.outcome == Outcome::Voicemail && !row.outgoing() {
            let mut leg = line.clone();
            leg[1] = "Voice call forward".into();
            leg[2] = "Out".into();
            leg[3] = VOICEMAIL.into();
            return vec![leg, line];
        }
        vec![line]
    }

    fn below(&self, _part: usize, rows: &[&ReturnRow<'_>]) -> Vec<Vec<String>> {
        let seconds: u64 =
            rows.iter().filter(|row| row.kind == ContactKind::Call).map(|row| u64::from(row.seconds)).sum();
        vec![cells(["Total", "", "", "", "", &seconds.to_string()]), cells(["End of report"])]
    }
}
