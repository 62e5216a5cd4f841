//! Layouts of communications that a shipped profile reads.

use super::spec::{Length, Numbers, Side, Spec, USUAL, no_cell, no_word};
use crate::reading::{
    clock::Style,
    draft::{InstantPart, Moment, Role, Zone},
    world::{Site, World, WorldEvent},
};

fn row(cells: &[&str]) -> Vec<String> {
    cells.iter().map(|cell| (*cell).to_owned()).collect()
}

fn uk_above(world: &World) -> Vec<Vec<String>> {
    let target = Numbers::National.write(&world.subject);
    vec![
        row(&["URN:", "", "", "", "TEST1"]),
        row(&["Target identity:", "", "", "", &target]),
        row(&["Operator:", "", "", "", "EE"]),
        row(&[""]),
    ]
}

fn uk_types(event: &WorldEvent) -> &'static str {
    match (event.kind, event.incoming) {
        ("data", _) => "Data",
        ("text", false) => "SMS-MO",
        ("text", true) => "SMS-MT",
        _ => "Voice",
    }
}

/// The 36 columns of an analyst's tool.
pub static UK_CALL_DATA: Spec = Spec {
    name: "uk-call-data",
    profile: true,
    free: false,
    length: Length::Clock,
    numbers: Numbers::Plus,
    kinds: &["call", "call", "call", "text", "data"],
    type_words: uk_types,
    cell: |site| site.wide.to_string(),
    cell_id: |site| format!("LTE/234-30-{}", site.wide),
    above: uk_above,
    columns: &[
        ("Start Date", Role::Moment(Moment::Start, InstantPart::Date)),
        ("Start Time (local)", Role::Moment(Moment::Start, InstantPart::Time)),
        ("End Date", Role::Moment(Moment::End, InstantPart::Date)),
        ("End Time (local)", Role::Moment(Moment::End, InstantPart::Time)),
        ("Calling Number", Role::A),
        ("Called Number", Role::B),
        ("Forwarding Number", Role::C),
        ("CDR Type", Role::Type),
        ("IMSI", Role::Imsi),
        ("IMEI", Role::Imei),
        ("Ring time (secs)", Role::Ring),
        ("Call Duration (HH:mm:ss)", Role::Duration),
        ("IPv4 address", Role::Words("")),
        ("IPv6 address", Role::Words("")),
        ("Data Volume Uploaded (KB)", Role::Up),
        ("Data Volume Downloaded (KB)", Role::Down),
        ("APN", Role::Words("")),
        ("Country of Origin", Role::Words("")),
        ("Operator", Role::Words("EE")),
        ("Start Cell ID or MAC Address", Role::Cell),
        ("Start Cell Site Name", Role::Site),
        ("Start Cell 1st line of Address", Role::Address),
        ("Start Cell ID Postcode", Role::Postcode),
        ("Start Cell Generation", Role::Words("4G")),
        ("Start Cell Easting", Role::Easting),
        ("Start Cell Northing", Role::Northing),
        ("Start Cell Azimuth", Role::Azimuth),
        ("End Cell ID or MAC Address", Role::EndCell),
        ("End Cell Generation", Role::Words("4G")),
        ("Row", Role::Extra),
    ],
    ..USUAL
};

/// A workbook of Advanced Data Mediation.
pub static ADM_TELEPHONY: Spec = Spec {
    name: "adm-telephony",
    profile: true,
    free: false,
    numbers: Numbers::Country,
    style: Style::Iso,
    type_words: |event| if event.kind == "text" { "SMS" } else { "Voice Call" },
    cell: |site| format!("234-30-{}", site.wide),
    cell_id: |site| format!("LTE/234-30-{}", site.wide),
    columns: &[
        ("Event Type (*Enriched)", Role::Type),
        ("Start Datetime (*Standardised)", Role::Moment(Moment::Start, InstantPart::Whole)),
        ("Originator Comms Address (*Standardised)", Role::A),
        ("Recipient Comms Address (*Standardised)", Role::B),
        ("Forwarded to Comms Address", Role::C),
        ("Originator IMEI", Role::AImei),
        ("Recipient IMEI", Role::BImei),
        ("Duration", Role::Duration),
        ("Start Cell Global Identity (CGI/ECGI/NCGI)", Role::Cell),
        ("Start Cell Generation (*Standardised)", Role::Words("4G")),
        ("Start Cell Easting (*Standardised)", Role::Easting),
        ("Start Cell Northing (*Standardised)", Role::Northing),
        ("Start Cell Azimuth (*Standardised)", Role::Azimuth),
    ],
    ..USUAL
};

fn antenna(site: &Site) -> String {
    (site.cell / 700).to_string()
}

fn antenna_id(site: &Site) -> String {
    format!("TEXT/{}", antenna(site))
}

/// Calls as the cellyzer library stores them.
pub static CELLYZER_CALLS: Spec = Spec {
    name: "cellyzer-calls",
    profile: true,
    free: false,
    zone: Zone::London,
    style: Style::Mail,
    numbers: Numbers::Bare,
    kinds: &["call"],
    cell: antenna,
    cell_id: antenna_id,
    columns: &[
        ("user", Role::Own),
        ("other", Role::Other),
        ("direction", Role::Direction),
        ("duration", Role::Duration),
        ("timestamp", Role::Moment(Moment::Start, InstantPart::Whole)),
        ("antenna_id", Role::Cell),
        ("cost", Role::Words("12")),
    ],
    ..USUAL
};

/// Texts as the cellyzer library stores them.
pub static CELLYZER_MESSAGES: Spec = Spec {
    name: "cellyzer-messages",
    profile: true,
    free: false,
    style: Style::Mail,
    numbers: Numbers::Bare,
    kinds: &["text"],
    cell: no_cell,
    cell_id: no_cell,
    columns: &[
        ("user", Role::Own),
        ("other", Role::Other),
        ("direction", Role::Direction),
        ("length", Role::Words("28")),
        ("timestamp", Role::Moment(Moment::Start, InstantPart::Whole)),
    ],
    ..USUAL
};

fn area_types(event: &WorldEvent) -> &'static str {
    match (event.kind, event.incoming) {
        ("data", _) => "DATA",
        ("text", false) => "SMS-MO",
        ("text", true) => "SMS-MT",
        (_, false) if event.duration == 0 => "CALL-A-MISSED",
        (_, true) if event.duration == 0 => "CALL-B-MISSED",
        (_, false) => "CALL-A",
        (_, true) => "CALL-B",
    }
}

/// Everything of everyone, as the simulator writes it.
pub static SIMULATED_AREA: Spec = Spec {
    name: "simulated-area",
    profile: true,
    free: false,
    zone: Zone::Utc,
    style: Style::IsoZulu,
    numbers: Numbers::Plus,
    kinds: &["call", "call", "text", "data"],
    type_words: area_types,
    direction_words: no_word,
    cell: |site| format!("LTE/234-30-{}", site.wide),
    cell_id: |site| format!("LTE/234-30-{}", site.wide),
    columns: &[
        ("start", Role::Moment(Moment::Start, InstantPart::Whole)),
        ("type", Role::Type),
        ("caller", Role::A),
        ("called", Role::B),
        ("ring", Role::Ring),
        ("duration", Role::Duration),
        ("imsi", Role::Imsi),
        ("imei", Role::Imei),
        ("up_kb", Role::Up),
        ("down_kb", Role::Down),
        ("start_cell", Role::Cell),
        ("end_cell", Role::EndCell),
    ],
    side: Side::Stated,
    several: true,
    ..USUAL
};

fn log_types(event: &WorldEvent) -> &'static str {
    match (event.incoming, event.duration) {
        (false, _) => "2",
        (true, 0) => "3",
        (true, _) => "1",
    }
}

fn log_above(world: &World) -> Vec<Vec<String>> {
    vec![row(&["Own number", &world.subject])]
}

/// The call log of an Android handset: one number a row, the owner's above.
pub static ANDROID_CALL_LOG: Spec = Spec {
    name: "android-call-log",
    profile: true,
    free: false,
    zone: Zone::Utc,
    style: Style::EpochMs,
    kinds: &["call"],
    type_words: log_types,
    cell: no_cell,
    cell_id: no_cell,
    above: log_above,
    columns: &[
        ("number", Role::Other),
        ("date", Role::Moment(Moment::Start, InstantPart::Whole)),
        ("duration", Role::Duration),
        ("type", Role::Type),
        ("name", Role::Words("Sam")),
        ("presentation", Role::Words("1")),
    ],
    ..USUAL
};
