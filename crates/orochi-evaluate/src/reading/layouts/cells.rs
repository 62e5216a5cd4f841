//! Lists of cells and of postcodes.

use std::collections::BTreeMap;

use super::communications::degrees;
use super::lists::{DAY, FROM, ListPlan, TO, empty, push};
use crate::reading::{
    clock::Style,
    draft::{Draft, Fact, InstantPart, Moment, Role, Zone},
    draw::Draw,
    world::{Site, site},
};

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

fn cell_fact(site: &Site, plan: &ListPlan, cell: String) -> Fact {
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

fn list_of_cells(plan: &ListPlan, draw: &mut Draw, rows: usize, id: fn(&Site) -> String) -> Draft {
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
            FROM => Style::Iso.write(from, Zone::Utc, InstantPart::Date),
            TO => Style::Iso.write(to, Zone::Utc, InstantPart::Date),
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
    let plan = ListPlan {
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
    let plan = ListPlan {
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
    let plan = ListPlan {
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
    let plan = ListPlan {
        table: "cells",
        free: false,
        zone: Zone::Utc,
        columns: &[("antenna_id", Role::CellNumber), ("latitude", Role::Latitude), ("longitude", Role::Longitude)],
    };
    list_of_cells(&plan, draw, rows, |site| format!("TEXT/{}", site.cell))
}

/// Sites on the National Grid.
pub fn cells_on_grid(draw: &mut Draw, rows: usize) -> Draft {
    let plan = ListPlan {
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
    let plan = ListPlan {
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
    let plan = ListPlan {
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
