//! Calls, texts and data sessions in any layout: cells and truth of each event.

use std::collections::BTreeMap;

use super::spec::{Side, Spec};
use crate::reading::{
    draft::{Column, Draft, DraftLine, Fact, Moment, Role},
    draw::Draw,
    form::Form,
    world::{World, WorldEvent},
};

/// A clean table.
pub fn draft(spec: &'static Spec, draw: &mut Draw, rows: usize) -> Draft {
    let world = World::new(draw, spec.country);
    let mut draft = Draft {
        layout: spec.name,
        table: "records",
        free: spec.free,
        headed: true,
        zone: spec.zone,
        above: (spec.above)(&world),
        columns: Column::all(spec.columns),
        lines: Vec::new(),
        facts: Vec::new(),
        form: Form::text(),
        subject: Some(world.subject.clone()),
        refusable: None,
        repeated: false,
    };
    append(spec, draw, &world, rows, &mut draft);
    if spec.several {
        draft.subject = None;
        let other = World::new(draw, spec.country);
        append(spec, draw, &other, rows / 2 + 1, &mut draft);
    }
    draft
}

/// Adds rows of a subject.
pub fn append(spec: &Spec, draw: &mut Draw, world: &World, rows: usize, draft: &mut Draft) {
    let diverts = spec.columns.iter().any(|(_, role)| *role == Role::C);
    for mut event in world.events(draw, rows, spec.kinds) {
        if !diverts {
            event.diverted = None;
        }
        let cells = spec.columns.iter().map(|(_, role)| text(spec, &event, *role)).collect();
        draft.lines.push(DraftLine { cells, fact: Some(draft.facts.len()) });
        draft.facts.push(fact(spec, &event));
    }
}

fn text(spec: &Spec, event: &WorldEvent, role: Role) -> String {
    let number = |party: &str| spec.numbers.write(party);
    let site = &event.site;
    let if_call = |text: String| if event.kind == "call" { text } else { String::new() };
    let if_data = |text: i64| if event.kind == "data" { text.to_string() } else { String::new() };
    match role {
        Role::A => number(event.a()),
        Role::B => number(event.b()),
        Role::C => event.diverted.as_deref().map_or(String::new(), number),
        Role::Own | Role::Target | Role::Number => number(&event.subject),
        Role::Other => number(&event.other),
        Role::Type => (spec.type_words)(event).to_owned(),
        Role::Direction => (spec.direction_words)(event).to_owned(),
        Role::Moment(moment, part) => {
            let at = if moment == Moment::End { event.start + event.duration } else { event.start };
            spec.style.write(at, spec.zone, part)
        }
        Role::Duration => spec.length.write(event.duration),
        Role::Ring => if_call(event.ring.to_string()),
        Role::Imei => event.imei.clone(),
        Role::AImei => {
            if event.incoming {
                String::new()
            } else {
                event.imei.clone()
            }
        }
        Role::BImei => {
            if event.incoming {
                event.imei.clone()
            } else {
                String::new()
            }
        }
        Role::Imsi => event.imsi.clone(),
        Role::Cell => (spec.cell)(site),
        Role::EndCell => (spec.cell)(&event.end_site),
        Role::Area => site.area.to_string(),
        Role::CellNumber => site.cell.to_string(),
        Role::Node => (site.wide / 256).to_string(),
        Role::Sector => (site.wide % 256).to_string(),
        Role::EndNode => (event.end_site.wide / 256).to_string(),
        Role::EndSector => (event.end_site.wide % 256).to_string(),
        Role::Mcc => "234".into(),
        Role::Mnc => "15".into(),
        Role::Easting => site.easting.to_string(),
        Role::Northing => site.northing.to_string(),
        Role::Latitude => degrees(site.latitude),
        Role::Longitude => degrees(-site.longitude),
        Role::Azimuth => site.azimuth.to_string(),
        Role::Postcode => site.postcode.clone(),
        Role::Site => site.name.clone(),
        Role::Address => format!("1 {}", site.name),
        Role::Up => if_data(event.up),
        Role::Down => if_data(event.down),
        Role::Words(words) => words.to_owned(),
        _ => String::new(),
    }
}

/// `-1.3000` of ten-thousandths of a degree.
pub fn degrees(parts: i64) -> String {
    let sign = if parts < 0 { "-" } else { "" };
    format!("{sign}{}.{:04}", parts.abs() / 10_000, parts.abs() % 10_000)
}

fn fact(spec: &Spec, event: &WorldEvent) -> Fact {
    let has = |roles: &[Role]| spec.columns.iter().any(|(_, role)| roles.contains(role));
    let given = |there: bool, text: String| if there { text } else { String::new() };
    let side = match (&event.diverted, event.incoming) {
        (_, false) => "A",
        (_, true) => "B",
    };
    let handset = has(&[Role::Imei]) || has(&[Role::AImei]);
    // A layout that gives an area and a bare number writes the cell in two columns.
    let start_cell = given(has(&[Role::Cell, Role::CellNumber, Role::Node]), (spec.cell_id)(&event.site));
    let end_cell = given(has(&[Role::EndCell, Role::EndNode]), (spec.cell_id)(&event.end_site));
    let values = BTreeMap::from([
        ("a", event.a().to_owned()),
        ("b", event.b().to_owned()),
        ("c", given(has(&[Role::C]), event.diverted.clone().unwrap_or_default())),
        ("start", event.start.to_string()),
        ("duration_s", given(has(&[Role::Duration]), event.duration.to_string())),
        ("kind", event.kind.to_owned()),
        ("side", side.to_owned()),
        ("imei", given(handset, event.imei[..14].to_owned())),
        ("imsi", given(has(&[Role::Imsi]), event.imsi.clone())),
        ("start_cell", start_cell),
        ("end_cell", end_cell),
    ]);
    let mut fact = Fact { values, ..Fact::default() };
    fact.moments.insert(Moment::Start, event.start);
    fact.moments.insert(Moment::End, event.start + event.duration);
    if spec.side == Side::Shared && spec.several {
        fact.lacking.insert("side");
    }
    fact
}
