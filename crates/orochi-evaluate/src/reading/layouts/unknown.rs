//! Layouts of communications that no profile knows.

use super::spec::{Numbers, Side, Spec, USUAL, no_cell};
use crate::reading::{
    clock::Style,
    draft::{InstantPart, Moment, Role, Zone},
    world::{World, WorldEvent},
};

const START: Role = Role::Moment(Moment::Start, InstantPart::Whole);
const START_DATE: Role = Role::Moment(Moment::Start, InstantPart::Date);
const START_TIME: Role = Role::Moment(Moment::Start, InstantPart::Time);

/// Caller and called, date and time joined, UK local time.
pub static NUMBERS_JOINED: Spec = Spec {
    name: "numbers-joined",
    side: Side::Shared,
    columns: &[
        ("A Number", Role::A),
        ("B Number", Role::B),
        ("Call Type", Role::Type),
        ("Date/Time", START),
        ("Duration (secs)", Role::Duration),
        ("IMEI", Role::Imei),
        ("IMSI", Role::Imsi),
        ("Cell ID", Role::Cell),
    ],
    ..USUAL
};

/// Caller and called, date and time split, UTC, area and cell in columns of their own.
pub static NUMBERS_SPLIT: Spec = Spec {
    name: "numbers-split",
    zone: Zone::Utc,
    side: Side::Shared,
    columns: &[
        ("Calling Number", Role::A),
        ("Called Number", Role::B),
        ("Call Type", Role::Type),
        ("Start Date", START_DATE),
        ("Start Time (UTC)", START_TIME),
        ("Duration (secs)", Role::Duration),
        ("IMEI", Role::Imei),
        ("IMSI", Role::Imsi),
        ("MCC", Role::Mcc),
        ("MNC", Role::Mnc),
        ("LAC", Role::Area),
        ("Cell ID", Role::CellNumber),
    ],
    ..USUAL
};

fn target_types(event: &WorldEvent) -> &'static str {
    match (event.kind, event.incoming) {
        ("text", false) => "SMO",
        ("text", true) => "SMT",
        (_, false) => "OUT",
        (_, true) => "IN",
    }
}

fn target_services(event: &WorldEvent) -> &'static str {
    if event.kind == "text" { "SMS" } else { "Voice" }
}

/// Target first, the other party second whatever the direction.
pub static TARGET_AND_OTHER: Spec = Spec {
    name: "target-and-other",
    style: Style::Dashes,
    type_words: target_services,
    direction_words: target_types,
    columns: &[
        ("Target No", Role::Own),
        ("Call Type", Role::Direction),
        ("B Party No", Role::Other),
        ("Date", START_DATE),
        ("Time", START_TIME),
        ("Dur(s)", Role::Duration),
        ("First CGI", Role::Cell),
        ("Last CGI", Role::EndCell),
        ("Service Type", Role::Type),
        ("IMEI", Role::Imei),
        ("IMSI", Role::Imsi),
    ],
    ..USUAL
};

fn log_above(world: &World) -> Vec<Vec<String>> {
    vec![vec!["Subject".into(), Numbers::National.write(&world.subject)], vec![String::new()]]
}

/// The log of one subject, who is named above: one number a row, with the direction.
pub static SUBJECT_LOG: Spec = Spec {
    name: "subject-log",
    zone: Zone::Utc,
    style: Style::Iso,
    numbers: Numbers::Plus,
    above: log_above,
    cell: no_cell,
    cell_id: no_cell,
    columns: &[
        ("Other Party", Role::Other),
        ("Direction", Role::Direction),
        ("Type", Role::Type),
        ("Date and Time (UTC)", START),
        ("Duration (s)", Role::Duration),
    ],
    ..USUAL
};

/// Caller and called with the site on the National Grid.
pub static SITES_ON_GRID: Spec = Spec {
    name: "sites-on-grid",
    numbers: Numbers::Plus,
    side: Side::Shared,
    columns: &[
        ("Originating Number", Role::A),
        ("Terminating Number", Role::B),
        ("Event Type", Role::Type),
        ("Start Date", START_DATE),
        ("Start Time", START_TIME),
        ("Duration", Role::Duration),
        ("IMEI", Role::Imei),
        ("First Cell CGI", Role::Cell),
        ("Site Name", Role::Site),
        ("Site Easting", Role::Easting),
        ("Site Northing", Role::Northing),
        ("Azimuth", Role::Azimuth),
    ],
    ..USUAL
};

/// Caller and called with the site in degrees.
pub static SITES_BY_DEGREES: Spec = Spec {
    name: "sites-by-degrees",
    zone: Zone::Utc,
    style: Style::Iso,
    numbers: Numbers::Country,
    side: Side::Shared,
    columns: &[
        ("Timestamp (UTC)", START),
        ("Caller", Role::A),
        ("Callee", Role::B),
        ("Service", Role::Type),
        ("Duration (sec)", Role::Duration),
        ("IMSI", Role::Imsi),
        ("CGI", Role::Cell),
        ("Latitude", Role::Latitude),
        ("Longitude", Role::Longitude),
    ],
    ..USUAL
};

fn divert_above(world: &World) -> Vec<Vec<String>> {
    vec![vec!["Target".into(), Numbers::National.write(&world.subject)]]
}

/// Caller, called and the number to which a call was forwarded.
pub static DIVERTS: Spec = Spec {
    name: "diverts",
    above: divert_above,
    columns: &[
        ("Calling Party", Role::A),
        ("Called Party", Role::B),
        ("Forwarded To Number", Role::C),
        ("Call Type", Role::Type),
        ("Start Time (local)", START),
        ("Duration (secs)", Role::Duration),
        ("IMEI", Role::Imei),
        ("CGI", Role::Cell),
    ],
    ..USUAL
};

fn long_words(event: &WorldEvent) -> &'static str {
    match (event.kind, event.incoming) {
        ("text", false) => "Outgoing SMS",
        ("text", true) => "Incoming SMS",
        (_, false) => "Outgoing Call",
        (_, true) => "Incoming Call",
    }
}

/// `A party` is the target in every row, and the type says the direction.
pub static SERVED_PARTY: Spec = Spec {
    name: "served-party",
    style: Style::Dashes,
    numbers: Numbers::Country,
    type_words: long_words,
    columns: &[
        ("Target /A PARTY NUMBER", Role::Own),
        ("CALL_TYPE", Role::Type),
        ("Type of Connection", Role::Words("Prepaid")),
        ("B PARTY NUMBER", Role::Other),
        ("Call date", START_DATE),
        ("Call Initiation Time", START_TIME),
        ("Call Duration", Role::Duration),
        ("First Cell Global Id", Role::Cell),
        ("IMEI", Role::Imei),
        ("IMSI", Role::Imsi),
    ],
    ..USUAL
};
