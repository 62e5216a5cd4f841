//! A made-up virtual operator's layout: pipes, local time stated above, `+44…`, and of the cell only the mast's name
//! and postcode, because a virtual operator has no masts. It knows no handsets.

use super::super::clock::{UNREADABLE, Zone, day_first, span, time};
use super::super::layout::{ALL, Delimited, Return, ReturnPart, cells};
use super::super::number::{Number, Writing, mangled};
use super::super::paper::{Encoding, TextStyle};
use super::super::row::{Fault, ReturnRow};
use crate::communication::{ContactKind, Outcome};

/// The layout.
pub struct Lark;

impl Delimited for Lark {
    fn name(&self) -> &'static str {
        "lark"
    }

    fn parts(&self) -> &'static [ReturnPart] {
        &[ReturnPart { ending: ".csv", kinds: ALL }]
    }

    fn look(&self) -> TextStyle {
        TextStyle { encoding: Encoding::Utf8, delimiter: b'|', quoted: false, crlf: false }
    }

    fn above(&self, _part: usize, returned: &Return<'_>, rows: u64) -> Vec<Vec<String>> {
        let cover = returned.cover;
        vec![
            cells([&format!("{}: answer to {}", cover.operator, cover.reference)]),
            cells(["Subject number", &Writing::Plus.text(Number::Sim(cover.target))]),
            cells(["Times", "UK local time (GMT/BST)"]),
            cells(["Lines", &rows.to_string()]),
            cells([
                "Date",
                "Time",
                "Service",
                "From",
                "To",
                "Length",
                "KB sent",
                "KB received",
                "Outcome",
                "Cell",
                "Cell site postcode",
                "SIM (IMSI)",
            ]),
        ]
    }

    fn lines(&self, _part: usize, row: &ReturnRow<'_>, _number: u64, returned: &Return<'_>) -> Vec<Vec<String>> {
        let start = returned.clock.civil(row.start, Zone::Local);
        let party = |party| if row.fault == Fault::Mangled { mangled(party) } else { Writing::Plus.text(party) };
        let data = row.kind == ContactKind::Data;
        let service = match (row.kind, row.outgoing()) {
            (ContactKind::Call, true) => "Call made",
            (ContactKind::Call, false) => "Call received",
            (ContactKind::Text, true) => "Text sent",
            (ContactKind::Text, false) => "Text received",
            (ContactKind::Data, _) => "Mobile internet",
        };
        let outcome = match (row.kind, row.outcome) {
            (ContactKind::Call, Outcome::Answered) => "answered",
            (ContactKind::Call, Outcome::Missed) => "no answer",
            (ContactKind::Call, Outcome::Voicemail) => "voicemail",
            _ => "",
        };
        let volume = |kb: u32| if data { kb.to_string() } else { String::new() };
        vec![vec![
            if row.fault == Fault::Undated { UNREADABLE.into() } else { day_first(start) },
            time(start),
            service.into(),
            party(row.a()),
            if data { String::new() } else { party(row.b()) },
            if row.kind == ContactKind::Text { String::new() } else { span(row.seconds) },
            volume(row.volume.0),
            volume(row.volume.1),
            outcome.into(),
            row.first.map(|cell| cell.name.clone()).unwrap_or_default(),
            row.first.map(|cell| cell.postcode.clone()).unwrap_or_default(),
            row.imsi.to_string(),
        ]]
    }
}
