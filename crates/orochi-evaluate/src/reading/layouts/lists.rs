//! Tables that are not communications: cells, postcodes, subscribers, top-ups, handsets.

use std::collections::BTreeMap;

use super::communications::degrees;
use super::spec::Numbers;
use crate::reading::{
    clock::Style,
    draft::{Column, Draft, Fact, Line, Moment, Part, Role, Zone},
    draw::Draw,
    form::Form,
    world::{Country, Site, World, handset, site},
};

const FROM: Role = Role::Moment(Moment::From, Part::Whole);
const TO: Role = Role::Moment(Moment::To, Part::Whole);
const DAY: i64 = 86_400;

/// A list's table, columns and whether it is read by its headings alone.
struct Plan {
    table: &'static str,
    free: bool,
    zone: Zone,
    columns: &'static [(&'static str, Role)],
}

fn empty(plan: &Plan) -> Draft {
    Draft {
        layout: "",
        table: plan.table,
        free: plan.free,
        headed: plan.columns.iter().any(|(heading, _)| !heading.is_empty()),
        zone: plan.zone,
        above: Vec::new(),
        columns: plan
            .columns
            .iter()
            .map(|(heading, role)| Column { heading: (*heading).to_owned(), role: *role })
            .collect(),
        lines: Vec::new(),
        facts: Vec::new(),
        form: Form::text(),
        subject: None,
        refusable: None,
        repeated: false,
    }
}

/// Adds a row: the text of each column by its role, and the fact.
fn push(draft: &mut Draft, fact: Fact, text: impl Fn(Role) -> String) {
    let cells = draft
        .columns
        .iter()
        .map(|column| match column.role {
            Role::Words(words) => words.to_owned(),
            role => text(role),
        })
        .collect();
    draft.lines.push(Line { cells, fact: Some(draft.facts.len()) });
    draft.facts.push(fact);
}

fn cell_text(site: &Site, role: Role) -> String {
    match role {
        Role::Radio => "GSM".into(),
        Role::Mcc => "234".into(),
        Role::Mnc => "15".into(),
        Role::Area => site.area.to_string(),
        Role::CellNumber => site.cell.to_string(),
        Role::Cell => format!("234-15-{}-{}", site.area, site.cell),
        Role::Latitude => degrees(site.latitude),
        Role::Longitude => degrees(-site.longitude),
        Role::Easting => site.easting.to_string(),
        Role::Northing => site.northing.to_string(),
        Role::Azimuth => site.azimuth.to_string(),
        Role::Site => site.name.clone(),
        Role::Postcode => site.postcode.clone(),
        _ => String::new(),
    }
}

fn cell_fact(site: &Site, plan: &Plan, cell: String) -> Fact {
    let has = |role: Role| plan.columns.iter().any(|(_, known)| *known == role);
    let mut values = BTreeMap::from([("cell", cell)]);
    if has(Role::Latitude) {
        values.insert("latitude", degrees(site.latitude));
        values.insert("longitude", degrees(-site.longitude));
    } else {
        values.insert("easting", site.easting.to_string());
        values.insert("northing", site.northing.to_string());
    }
    if has(Role::Azimuth) {
        values.insert("azimuth", site.azimuth.to_string());
    }
    Fact { values, ..Fact::default() }
}

fn list_of_cells(plan: &Plan, draw: &mut Draw, rows: usize, id: fn(&Site) -> String) -> Draft {
    let mut draft = empty(plan);
    for at in 0..rows {
        let mut place = site(draw, at);
        // 16 bits hold no more, and each cell is its own.
        place.cell = 10_000 + (at as u32) * 120 + draw.below(120) as u32;
        let mut fact = cell_fact(&place, plan, id(&place));
        let from = 1_672_531_200 + DAY * draw.between(0, 300);
        let to = from + DAY * draw.between(30, 600);
        if draft.has(&[FROM]) {
            fact.values.insert("valid_from", from.to_string());
            fact.moments.insert(Moment::From, from);
        }
        if draft.has(&[TO]) {
            fact.values.insert("valid_to", to.to_string());
            fact.moments.insert(Moment::To, to);
        }
        let epoch = !draft.headed;
        push(&mut draft, fact, |role| match role {
            FROM if epoch => from.to_string(),
            FROM => Style::Iso.write(from, Zone::Utc, Part::Date),
            TO => Style::Iso.write(to, Zone::Utc, Part::Date),
            role => cell_text(&place, role),
        });
    }
    draft
}

fn gsm_id(site: &Site) -> String {
    format!("GSM/234-15-{}-{}", site.area, site.cell)
}

fn plain_id(site: &Site) -> String {
    format!("?/234-15-{}-{}", site.area, site.cell)
}

/// The Netherlands Forensic Institute's.
pub fn telcell(draw: &mut Draw, rows: usize) -> Draft {
    let plan = Plan {
        table: "cells",
        free: false,
        zone: Zone::Utc,
        columns: &[
            ("date_start", FROM),
            ("date_end", TO),
            ("radio", Role::Radio),
            ("mcc", Role::Mcc),
            ("mnc", Role::Mnc),
            ("lac", Role::Area),
            ("ci", Role::CellNumber),
            ("eci", Role::Words("")),
            ("lon", Role::Longitude),
            ("lat", Role::Latitude),
            ("azimuth", Role::Azimuth),
        ],
    };
    list_of_cells(&plan, draw, rows, gsm_id)
}

/// OpenCelliD's, without a heading.
pub fn opencellid(draw: &mut Draw, rows: usize) -> Draft {
    let plan = Plan {
        table: "cells",
        free: false,
        zone: Zone::Utc,
        columns: &[
            ("", Role::Radio),
            ("", Role::Mcc),
            ("", Role::Mnc),
            ("", Role::Area),
            ("", Role::CellNumber),
            ("", Role::Words("0")),
            ("", Role::Longitude),
            ("", Role::Latitude),
            ("", Role::Words("1000")),
            ("", Role::Words("5")),
            ("", Role::Words("1")),
            ("", FROM),
            ("", Role::Words("1741057142")),
            ("", Role::Words("0")),
        ],
    };
    list_of_cells(&plan, draw, rows, gsm_id)
}

/// OpenCelliD's with its heading.
pub fn opencellid_headed(draw: &mut Draw, rows: usize) -> Draft {
    let plan = Plan {
        table: "cells",
        free: false,
        zone: Zone::Utc,
        columns: &[
            ("radio", Role::Radio),
            ("mcc", Role::Mcc),
            ("net", Role::Mnc),
            ("area", Role::Area),
            ("cell", Role::CellNumber),
            ("unit", Role::Words("")),
            ("lon", Role::Longitude),
            ("lat", Role::Latitude),
            ("range", Role::Words("1000")),
            ("samples", Role::Words("5")),
            ("changeable", Role::Words("1")),
            ("created", Role::Words("1459814306")),
            ("updated", Role::Words("1741057142")),
            ("averageSignal", Role::Words("0")),
        ],
    };
    list_of_cells(&plan, draw, rows, gsm_id)
}

/// The cellyzer library's antennas.
pub fn antennas(draw: &mut Draw, rows: usize) -> Draft {
    let plan = Plan {
        table: "cells",
        free: false,
        zone: Zone::Utc,
        columns: &[("antenna_id", Role::CellNumber), ("latitude", Role::Latitude), ("longitude", Role::Longitude)],
    };
    list_of_cells(&plan, draw, rows, |site| format!("TEXT/{}", site.cell))
}

/// Sites on the National Grid.
pub fn cells_on_grid(draw: &mut Draw, rows: usize) -> Draft {
    let plan = Plan {
        table: "cells",
        free: true,
        zone: Zone::London,
        columns: &[
            ("CGI", Role::Cell),
            ("Site Name", Role::Site),
            ("Easting", Role::Easting),
            ("Northing", Role::Northing),
            ("Azimuth", Role::Azimuth),
        ],
    };
    list_of_cells(&plan, draw, rows, plain_id)
}

/// Sites in degrees, area and cell in columns of their own.
pub fn cells_by_degrees(draw: &mut Draw, rows: usize) -> Draft {
    let plan = Plan {
        table: "cells",
        free: true,
        zone: Zone::London,
        columns: &[
            ("Technology", Role::Radio),
            ("MCC", Role::Mcc),
            ("MNC", Role::Mnc),
            ("LAC", Role::Area),
            ("Cell ID", Role::CellNumber),
            ("Latitude", Role::Latitude),
            ("Longitude", Role::Longitude),
            ("Bearing", Role::Azimuth),
        ],
    };
    list_of_cells(&plan, draw, rows, gsm_id)
}

/// Ordnance Survey's Code-Point Open, without a heading.
pub fn postcodes(draw: &mut Draw, rows: usize) -> Draft {
    let plan = Plan {
        table: "postcodes",
        free: false,
        zone: Zone::Utc,
        columns: &[("", Role::Postcode), ("", Role::Words("10")), ("", Role::Easting), ("", Role::Northing)],
    };
    let mut draft = empty(&plan);
    for at in 0..rows {
        let place = site(draw, at);
        let letter = |n: usize| char::from(b'A' + (n % 2) as u8);
        let postcode = format!("NR{} {}A{}", 1 + at / 18, 1 + at / 2 % 9, letter(at));
        let values = BTreeMap::from([
            ("postcode", postcode.clone()),
            ("easting", place.easting.to_string()),
            ("northing", place.northing.to_string()),
        ]);
        push(&mut draft, Fact { values, ..Fact::default() }, |role| match role {
            Role::Postcode => postcode.clone(),
            role => cell_text(&place, role),
        });
    }
    draft
}

const SUBSCRIBERS: &[(&str, Role)] = &[
    ("MSISDN", Role::Number),
    ("Subscriber Name", Role::Name),
    ("Date of Birth", Role::Born),
    ("Billing Address", Role::Address),
    ("Postcode", Role::Postcode),
    ("Account Type", Role::Words("Prepay")),
    ("Connection Date", FROM),
    ("IMSI", Role::Imsi),
    ("Payment Method", Role::Words("Cash")),
];

const CUSTOMERS: &[(&str, Role)] = &[
    ("Telephone Number", Role::Number),
    ("Customer Name", Role::Name),
    ("Date of Birth", Role::Born),
    ("Customer Address", Role::Address),
    ("Post Code", Role::Postcode),
    ("Activation Date", FROM),
    ("IMSI", Role::Imsi),
];

const TOPUPS: &[(&str, Role)] = &[
    ("MSISDN", Role::Number),
    ("Top Up Date", Role::Moment(Moment::From, Part::Date)),
    ("Top Up Time", Role::Moment(Moment::From, Part::Time)),
    ("Amount", Role::Amount),
    ("Channel", Role::Words("Cash")),
    ("Retailer", Role::Words("Corner Shop")),
    ("Postcode", Role::Postcode),
    ("Voucher", Role::Words("123")),
];

const RECHARGES: &[(&str, Role)] = &[
    ("Mobile Number", Role::Number),
    ("Top-up Date/Time", FROM),
    ("Top-up Amount (GBP)", Role::Amount),
    ("Payment Method", Role::Words("Card")),
];

const HANDSETS: &[(&str, Role)] = &[
    ("MSISDN", Role::Number),
    ("IMEI", Role::Imei),
    ("IMSI", Role::Imsi),
    ("First Seen", FROM),
    ("Last Seen", TO),
    ("Make/Model", Role::Words("Maker One")),
];

const HANDSETS_USED: &[(&str, Role)] = &[
    ("IMEI", Role::Imei),
    ("Mobile Number", Role::Number),
    ("IMSI", Role::Imsi),
    ("First Used", FROM),
    ("Last Used", TO),
];

/// Numbers with SIMs, names, handsets, moments: what all three tables share.
fn numbers(table: &'static str, columns: &'static [(&'static str, Role)], draw: &mut Draw, rows: usize) -> Draft {
    let profile = columns[0].0 == "MSISDN";
    let mut draft = empty(&Plan { table, free: !profile, zone: Zone::London, columns });
    let world = World::new(draw, Country::Kingdom);
    let mut from = world.begin + 8 * 3600;
    for at in 0..rows {
        let number = format!("+447700900{:03}", at);
        let imsi = format!("23415{:010}", draw.between(1_111_111_111, 9_999_999_999));
        let (imei, pounds) = (handset(draw), draw.between(5, 50));
        from += draw.between(3600, 90_000);
        // Never in an hour when clocks change.
        from -= (from - from / DAY * DAY - 8 * 3600).min(0);
        let to = from + 3 * DAY + draw.between(0, 9000);
        let name = format!("Person {}", ["One", "Two", "Three", "Four", "Five"][at % 5]);
        let dates = table == "subscribers";
        // A date alone is the first instant of that day.
        let midnight = |utc: i64| {
            let civil = Zone::London.civil(utc);
            Zone::London.utc(civil - civil.rem_euclid(DAY))
        };
        let stated = if dates { midnight(from) } else { from };
        let mut fact = Fact::default();
        fact.values.insert("number", number.clone());
        fact.moments.insert(Moment::From, stated);
        match table {
            "subscribers" => {
                fact.values.insert("name", name.clone());
                fact.values.insert("imsi", imsi.clone());
                fact.values.insert("from", stated.to_string());
            }
            "topups" => {
                fact.values.insert("at", from.to_string());
                fact.values.insert("amount_pence", (pounds * 100).to_string());
            }
            _ => {
                fact.moments.insert(Moment::To, to);
                fact.values.insert("imei", imei[..14].to_owned());
                fact.values.insert("imsi", imsi.clone());
                fact.values.insert("from", from.to_string());
                fact.values.insert("to", to.to_string());
            }
        }
        let part = |part: Part| if dates { Part::Date } else { part };
        push(&mut draft, fact, |role| match role {
            Role::Number => Numbers::National.write(&number),
            Role::Imsi => imsi.clone(),
            Role::Imei => imei.clone(),
            Role::Name => name.clone(),
            Role::Born => "01/02/1990".into(),
            Role::Address => "1 High St".into(),
            Role::Postcode => "NR1 1AA".into(),
            Role::Amount => format!("{pounds}.00"),
            Role::Moment(Moment::From, whole) => Style::Slashes.write(stated, Zone::London, part(whole)),
            Role::Moment(_, whole) => Style::Slashes.write(to, Zone::London, whole),
            _ => String::new(),
        });
    }
    draft
}

/// A subscriber return as a profile knows it.
pub fn subscribers(draw: &mut Draw, rows: usize) -> Draft {
    numbers("subscribers", SUBSCRIBERS, draw, rows)
}

/// A subscriber return with other headings.
pub fn customers(draw: &mut Draw, rows: usize) -> Draft {
    numbers("subscribers", CUSTOMERS, draw, rows)
}

/// Top-ups as a profile knows them.
pub fn topups(draw: &mut Draw, rows: usize) -> Draft {
    numbers("topups", TOPUPS, draw, rows)
}

/// Top-ups with other headings.
pub fn recharges(draw: &mut Draw, rows: usize) -> Draft {
    numbers("topups", RECHARGES, draw, rows)
}

/// A handset history as a profile knows it.
pub fn handsets(draw: &mut Draw, rows: usize) -> Draft {
    numbers("handsets", HANDSETS, draw, rows)
}

/// A handset history with other headings.
pub fn handsets_used(draw: &mut Draw, rows: usize) -> Draft {
    numbers("handsets", HANDSETS_USED, draw, rows)
}
