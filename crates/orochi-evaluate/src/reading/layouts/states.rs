//! Layouts of operators of the United States, which a shipped profile reads.

use super::spec::{Length, Numbers, Spec, USUAL};
use crate::reading::{
    clock::Style,
    draft::{InstantPart, Moment, Role, Zone},
    world::{Country, WorldEvent},
};

fn att_types(event: &WorldEvent) -> &'static str {
    match (event.kind, event.incoming) {
        ("text", _) => "SO",
        (_, false) => "MO",
        (_, true) => "MT",
    }
}

/// AT&T.
pub static ATT_US: Spec = Spec {
    name: "att-us",
    profile: true,
    free: false,
    country: Country::States,
    zone: Zone::Utc,
    style: Style::MonthFirst,
    numbers: Numbers::Country,
    length: Length::Minutes,
    kinds: &["call"],
    type_words: att_types,
    cell: |site| format!("[310410/{}:{}:-77.03:38.90:120:60]", site.area, site.cell),
    cell_id: |site| format!("?/310-410-{}-{}", site.area, site.cell),
    columns: &[
        ("Item", Role::Words("1")),
        ("Conn. Date", Role::Moment(Moment::Start, InstantPart::Date)),
        ("Conn. Time(UTC)", Role::Moment(Moment::Start, InstantPart::Time)),
        ("Seizure Time", Role::Words("0:05")),
        ("ET", Role::Duration),
        ("Originating Number", Role::A),
        ("Terminating Number", Role::B),
        ("IMEI", Role::Imei),
        ("IMSI", Role::Imsi),
        ("CT", Role::Type),
        ("Feature", Role::Words("[]")),
        ("Cell Location", Role::Cell),
    ],
    ..USUAL
};

fn t_mobile_types(event: &WorldEvent) -> &'static str {
    match (event.kind, event.incoming) {
        ("text", false) => "mSOriginatingSMSinMSC",
        ("text", true) => "mSTerminatingSMSinMSC",
        (_, false) => "mSOriginating",
        (_, true) => "mSTerminating",
    }
}

/// T-Mobile of the United States.
pub static T_MOBILE_US: Spec = Spec {
    name: "t-mobile-us",
    profile: true,
    free: false,
    country: Country::States,
    zone: Zone::Utc,
    style: Style::MonthFirst,
    numbers: Numbers::Bare,
    type_words: t_mobile_types,
    cell_id: |site| format!("LTE/310-260-{}", site.wide),
    columns: &[
        ("Date(mm/dd/yyyy)", Role::Moment(Moment::Start, InstantPart::Date)),
        ("Time(UTC)", Role::Moment(Moment::Start, InstantPart::Time)),
        ("Duration(s)", Role::Duration),
        ("Call Type", Role::Type),
        ("Direction", Role::Direction),
        ("Calling Number", Role::A),
        ("Dialed Number", Role::Words("")),
        ("Called Number", Role::B),
        ("Destination Number", Role::Words("")),
        ("IMSI", Role::Imsi),
        ("IMEI", Role::Imei),
        ("Completion Code", Role::Words("")),
        ("Service Code", Role::Words("")),
        ("Switch Name", Role::Words("SW01")),
        ("1st LTE Site ID", Role::Node),
        ("1st LTE Sector ID", Role::Sector),
        ("1st Tower Azimuth", Role::Azimuth),
        ("1st Tower LAT", Role::Latitude),
        ("1st Tower LONG", Role::Longitude),
        ("Last LTE Site ID", Role::EndNode),
        ("Last LTE Sector ID", Role::EndSector),
    ],
    ..USUAL
};

/// Verizon.
pub static VERIZON_US: Spec = Spec {
    name: "verizon-us",
    profile: true,
    free: false,
    country: Country::States,
    zone: Zone::NewYork,
    style: Style::MonthFirst,
    numbers: Numbers::Bare,
    kinds: &["call"],
    cell_id: |site| format!("SITE/{}-{}", site.wide / 256, site.wide % 256),
    columns: &[
        ("Network Element Name", Role::Words("NE1")),
        ("Mobile Directory Number", Role::Target),
        ("Dialed Digit Number", Role::B),
        ("Call Direction", Role::Direction),
        ("Seizure Dt Tm", Role::Moment(Moment::Start, InstantPart::Whole)),
        ("Seizure Duration", Role::Duration),
        ("First Serving Cell Site", Role::Node),
        ("First Serving Cell Face", Role::Sector),
        ("Last Serving Cell Site", Role::EndNode),
        ("Last Serving Cell Face", Role::EndSector),
        ("Calling Party Number", Role::A),
    ],
    ..USUAL
};
