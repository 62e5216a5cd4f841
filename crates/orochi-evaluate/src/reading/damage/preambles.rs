//! Lines above the heading.

use super::{Damage, Spec, Stage};
use crate::reading::{draft::Draft, draw::Draw, layouts::spec::Numbers};

pub(super) static ALL: &[Damage] = &[
    Damage {
        name: "title",
        words: "a title and the operator's name above the heading",
        stage: Stage::Lines,
        family: "title",
        apply: title,
    },
    Damage {
        name: "contact numbers above",
        words: "numbers of those who dealt with the request above the heading",
        stage: Stage::Lines,
        family: "contacts",
        apply: contacts,
    },
    Damage {
        name: "target above",
        words: "`Target: 07…` above the heading",
        stage: Stage::Lines,
        family: "target",
        apply: target,
    },
    Damage {
        name: "period above",
        words: "the period asked for above the heading",
        stage: Stage::Lines,
        family: "period",
        apply: period,
    },
];

fn above(draft: &mut Draft, rows: Vec<Vec<String>>) -> bool {
    if !draft.headed {
        return false;
    }
    draft.above.splice(0..0, rows);
    true
}

fn row(cells: &[&str]) -> Vec<String> {
    cells.iter().map(|cell| (*cell).to_owned()).collect()
}

fn title(draft: &mut Draft, draw: &mut Draw, _: Option<&'static Spec>) -> bool {
    let rows = match draw.below(3) {
        0 => vec![row(&["MADE-UP OPERATOR LIMITED"]), row(&[""])],
        1 => vec![row(&["OFFICIAL - SENSITIVE"]), row(&["Call Data Report"]), row(&[""])],
        _ => vec![row(&["Report produced on 02/03/2025 11:22:33"]), row(&["Reference", "CD/0001/25"])],
    };
    above(draft, rows)
}

fn contacts(draft: &mut Draft, draw: &mut Draw, _: Option<&'static Spec>) -> bool {
    let number = |draw: &mut Draw| format!("07700900{:03}", draw.below(1000));
    let rows = match draw.below(3) {
        0 => vec![row(&["Dealer:", "A SHOP", &number(draw)]), row(&["Contact number:", &number(draw)])],
        1 => vec![row(&[&format!("SPOC contact {}", number(draw))]), row(&["Prepared by: PC 1234"])],
        _ => vec![row(&["Officer in case", "DC 1234", &number(draw)]), row(&["Helpline", &number(draw)]), row(&[""])],
    };
    above(draft, rows)
}

fn target(draft: &mut Draft, draw: &mut Draw, _: Option<&'static Spec>) -> bool {
    let Some(subject) = draft.subject.clone().filter(|number| number.starts_with("+44")) else { return false };
    let style = *draw.pick(&[Numbers::National, Numbers::Plus, Numbers::Country]);
    let number = style.write(&subject);
    let line = match draw.below(4) {
        0 => row(&[&format!("Target: {number}")]),
        1 => row(&["Target", &number]),
        2 => row(&[&format!("MSISDN :- {number}")]),
        _ => row(&["Call records for", &number]),
    };
    above(draft, vec![line])
}

fn period(draft: &mut Draft, draw: &mut Draw, _: Option<&'static Spec>) -> bool {
    let rows = match draw.below(2) {
        // After the twelfth: both are read in one way only.
        0 => vec![row(&["From Date : 13-02-2024 00:00:00"]), row(&["To Date : 28-11-2025 23:59:59"])],
        _ => vec![row(&["Period", "13/02/2024", "to", "28/11/2025"])],
    };
    above(draft, rows)
}
