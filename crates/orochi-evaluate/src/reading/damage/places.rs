//! Cells and where they are.

use super::{Damage, Spec, value};
use crate::reading::{
    draft::{Draft, Role},
    draw::Draw,
};

pub(super) static ALL: &[Damage] = &[
    value("placeholder cells", "-1, 0, N/A and the like in place of some cells", "cells", placeholders),
    value("reserved cells", "65535 and 268435455 in place of some cells", "cells", reserved),
    value("areas and cells as decimals", "areas, cells and codes as 2101.0", "cells", decimals),
    value("positions at 0,0", "zeros in place of some positions", "positions", zeros),
    value("positions blank", "some positions blank or dashes", "positions", blanks),
    value("hexadecimal cells", "areas and cells in hexadecimal under headings that say so", "cells", hexadecimal),
    value("blank cells", "some rows name no cell", "cells", missing),
];

/// Puts a word in place of the cell in some rows; the cell is absent there, and a list's row may be rejected.
fn replace(draft: &mut Draft, draw: &mut Draw, words: &[&str]) -> bool {
    // A generated name in place of a cell has no reserved values.
    let opaque = draft.facts.iter().any(|fact| {
        ["start_cell", "cell"]
            .iter()
            .any(|column| fact.values.get(column).is_some_and(|cell| cell.starts_with("TEXT/")))
    });
    let bare = draft.columns_of(&[Role::CellNumber]);
    let columns = if bare.is_empty() { draft.columns_of(&[Role::Cell]) } else { bare };
    let Some(at) = columns.first().copied().filter(|_| !opaque) else { return false };
    for line in draft.stating() {
        if !draw.percent(20) {
            continue;
        }
        draft.lines[line].cells[at] = (*draw.pick(words)).to_owned();
        if let Some(fact) = draft.fact_mut(line) {
            fact.rejectable = true;
            let column = if fact.values.contains_key("cell") { "cell" } else { "start_cell" };
            fact.values.insert(column, String::new());
        }
    }
    true
}

fn placeholders(draft: &mut Draft, draw: &mut Draw, _: Option<&'static Spec>) -> bool {
    replace(draft, draw, &["-1", "0", "N/A", "NULL", "#N/A", "########", "-"])
}

fn reserved(draft: &mut Draft, draw: &mut Draw, _: Option<&'static Spec>) -> bool {
    let wide = draft.facts.iter().any(|fact| fact.values.values().any(|value| value.starts_with("LTE/")));
    // 65535 is an ordinary number in a field of 28 bits.
    replace(draft, draw, if wide { &["268435455"] } else { &["65535"] })
}

fn missing(draft: &mut Draft, draw: &mut Draw, _: Option<&'static Spec>) -> bool {
    draft.table == "records" && replace(draft, draw, &[""])
}

fn decimals(draft: &mut Draft, _: &mut Draw, _: Option<&'static Spec>) -> bool {
    let columns = draft.columns_of(&[Role::Area, Role::CellNumber, Role::Mcc, Role::Mnc]);
    draft.change(&columns, |cell| format!("{cell}.0"));
    // A name may be any text, also one with a point.
    columns.len() > 1
}

fn hexadecimal(draft: &mut Draft, _: &mut Draw, _: Option<&'static Spec>) -> bool {
    let columns = draft.columns_of(&[Role::Area, Role::CellNumber]);
    if !draft.free || columns.len() < 2 {
        return false;
    }
    draft.change(&columns, |cell| cell.parse::<u32>().map_or(cell.to_owned(), |number| format!("{number:04X}")));
    for at in columns {
        draft.columns[at].heading.push_str(" (hex)");
    }
    draft.refusable = Some("columns in hexadecimal may be refused");
    for fact in &mut draft.facts {
        fact.rejectable = true;
        fact.lacking.extend(["start_cell", "end_cell"]);
    }
    true
}

const POSITIONS: &[Role] = &[Role::Easting, Role::Northing, Role::Latitude, Role::Longitude];

fn unplace(draft: &mut Draft, draw: &mut Draw, word: &str) -> bool {
    let columns = draft.columns_of(POSITIONS);
    for line in draft.stating() {
        if !draw.percent(20) {
            continue;
        }
        for at in &columns {
            draft.lines[line].cells[*at] = word.to_owned();
        }
        if let Some(fact) = draft.fact_mut(line) {
            fact.rejectable |= fact.values.contains_key("cell") || fact.values.contains_key("postcode");
            for column in ["easting", "northing", "latitude", "longitude"] {
                if let Some(value) = fact.values.get_mut(column) {
                    value.clear();
                }
            }
        }
    }
    columns.len() >= 2
}

fn zeros(draft: &mut Draft, draw: &mut Draw, _: Option<&'static Spec>) -> bool {
    unplace(draft, draw, "0")
}

fn blanks(draft: &mut Draft, draw: &mut Draw, _: Option<&'static Spec>) -> bool {
    let word = *draw.pick(&["", "-", "N/A"]);
    unplace(draft, draw, word)
}
