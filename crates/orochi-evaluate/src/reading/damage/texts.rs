//! How a text parts, guards and breaks its cells.

use super::{Damage, Spec, Stage};
use crate::reading::{
    draft::{Column, Draft, Role},
    draw::Draw,
    form::{Kind, Marks},
};

const fn text(
    name: &'static str,
    words: &'static str,
    family: &'static str,
    stage: Stage,
    apply: fn(&mut Draft, &mut Draw, Option<&'static Spec>) -> bool,
) -> Damage {
    Damage { name, words, stage, family, apply }
}

pub(super) static ALL: &[Damage] = &[
    text("tabs", "cells parted by tabs", "delimiter", Stage::Form, |draft, _, _| parted(draft, '\t')),
    text("semicolons", "cells parted by semicolons", "delimiter", Stage::Form, |draft, _, _| parted(draft, ';')),
    text("pipes", "cells parted by vertical bars", "delimiter", Stage::Form, |draft, _, _| parted(draft, '|')),
    text("decimal commas", "decimal commas, cells parted by semicolons", "delimiter", Stage::Form, commas),
    text("trailing delimiters", "a delimiter after the last cell of each row", "trailing", Stage::Form, trailing),
    text("quotes all", "every cell in quotation marks", "marks", Stage::Form, quotes_all),
    text("guards of formulas", "numbers as =\"07700900123\"", "guards", Stage::Form, formulas),
    text("guarded throughout", "every cell as =\"…\"", "guards", Stage::Form, formulas_throughout),
    text("apostrophes before", "numbers with an apostrophe before", "guards", Stage::Form, apostrophes),
    text("apostrophes around", "numbers between apostrophes", "guards", Stage::Form, apostrophes_around),
    text("stray quotes", "two stray quotation marks some rows apart", "marks", Stage::Form, stray),
    text("thousands marks", "metres and sums as 651,409", "thousands", Stage::Values, thousands),
    text(
        "line breaks in quotes",
        "a column of remarks with line breaks in quotation marks",
        "remarks",
        Stage::Columns,
        breaks,
    ),
    text(
        "delimiters in quotes",
        "a column of remarks with commas in quotation marks",
        "remarks",
        Stage::Columns,
        enclosed,
    ),
    text("headerless", "no heading", "headless", Stage::Form, headerless),
    text("rows cut short", "some rows end early", "cut", Stage::Form, cut),
    text("an extra cell", "an empty cell more at the end of some rows", "cut", Stage::Form, extra),
    text("a cell pushed in", "some rows with a cell more in the middle", "cut", Stage::Form, pushed),
    text("spaces around cells", "spaces before and after every cell", "spaces", Stage::Form, spaces),
];

fn parted(draft: &mut Draft, delimiter: char) -> bool {
    if draft.form.kind != Kind::Text || draft.form.delimiter != ',' {
        return false;
    }
    draft.form.delimiter = delimiter;
    true
}

fn commas(draft: &mut Draft, _: &mut Draw, _: Option<&'static Spec>) -> bool {
    let columns = draft.columns_of(&[Role::Latitude, Role::Longitude, Role::Amount]);
    if columns.is_empty() || !draft.headed || !parted(draft, ';') {
        return false;
    }
    draft.change(&columns, |cell| cell.replace('.', ","));
    true
}

fn trailing(draft: &mut Draft, _: &mut Draw, _: Option<&'static Spec>) -> bool {
    // A layout without a heading is known by its width.
    if draft.form.kind != Kind::Text || !draft.headed {
        return false;
    }
    draft.columns.push(Column { heading: String::new(), role: Role::Extra });
    for line in &mut draft.lines {
        line.cells.push(String::new());
    }
    true
}

fn quotes_all(draft: &mut Draft, _: &mut Draw, _: Option<&'static Spec>) -> bool {
    draft.form.marks = Marks::All;
    draft.form.kind == Kind::Text
}

/// Columns whose cells a spreadsheet would spoil.
fn spoilt(draft: &Draft) -> Vec<usize> {
    (0..draft.columns.len())
        .filter(|at| {
            let role = draft.columns[*at].role;
            super::parties::PARTIES.contains(&role)
                || matches!(
                    role,
                    Role::Imei | Role::AImei | Role::BImei | Role::Imsi | Role::Cell | Role::EndCell | Role::Moment(..)
                )
        })
        .collect()
}

fn guarded(draft: &mut Draft, columns: &[usize], with: fn(&str) -> String) -> bool {
    if draft.form.kind != Kind::Text || !draft.headed || columns.is_empty() {
        return false;
    }
    draft.change(columns, with);
    true
}

fn formula(cell: &str) -> String {
    format!("=\"{cell}\"")
}

fn formulas(draft: &mut Draft, draw: &mut Draw, _: Option<&'static Spec>) -> bool {
    // As spreadsheets write them or as programs do: with doubled marks or plain.
    draft.form.marks = if draw.percent(50) { Marks::Never } else { draft.form.marks };
    let columns = spoilt(draft);
    guarded(draft, &columns, formula)
}

fn formulas_throughout(draft: &mut Draft, draw: &mut Draw, _: Option<&'static Spec>) -> bool {
    draft.form.marks = if draw.percent(50) { Marks::Never } else { draft.form.marks };
    let columns: Vec<usize> = (0..draft.columns.len()).collect();
    guarded(draft, &columns, formula)
}

fn apostrophes(draft: &mut Draft, _: &mut Draw, _: Option<&'static Spec>) -> bool {
    let columns = spoilt(draft);
    guarded(draft, &columns, |cell| format!("'{cell}"))
}

fn apostrophes_around(draft: &mut Draft, _: &mut Draw, _: Option<&'static Spec>) -> bool {
    let columns = spoilt(draft);
    guarded(draft, &columns, |cell| format!("'{cell}'"))
}

/// A column of words: the sites' names, or one of remarks.
fn names(draft: &mut Draft) -> usize {
    if let Some(at) = draft.columns_of(&[Role::Site]).first() {
        return *at;
    }
    let at = draft.columns.len();
    let column = Column { heading: "Remarks".into(), role: Role::Extra };
    draft.insert_column(at, column, |line| ["seen", "noted", "", "checked"][line % 4].to_owned());
    at
}

fn stray(draft: &mut Draft, draw: &mut Draw, _: Option<&'static Spec>) -> bool {
    if draft.form.kind != Kind::Text || !draft.headed || draft.table == "cells" || draft.lines.len() < 6 {
        return false;
    }
    if draft.form.marks == Marks::All {
        return false;
    }
    let at = names(draft);
    draft.form.marks = Marks::Never;
    let first = draw.below(draft.lines.len() - 4);
    let second = first + 1 + draw.below(3);
    for (line, name) in [(first, "\"The Mill"), (second, "\"West\" St")] {
        if draft.lines[line].fact.is_some() && draft.lines[line].cells.len() > at {
            draft.lines[line].cells[at] = name.to_owned();
        }
    }
    // What stands between the two may be suspected, if it is named.
    for line in first..=second {
        if let Some(fact) = draft.fact_mut(line) {
            fact.rejectable = true;
        }
    }
    true
}

fn thousands(draft: &mut Draft, _: &mut Draw, _: Option<&'static Spec>) -> bool {
    let columns = draft.columns_of(&[Role::Easting, Role::Northing, Role::Duration, Role::Amount]);
    let mut any = false;
    draft.change(&columns, |cell| {
        let (whole, rest) = cell.split_at(cell.find('.').unwrap_or(cell.len()));
        if whole.len() < 4 || !whole.bytes().all(|c| c.is_ascii_digit()) {
            return cell.to_owned();
        }
        any = true;
        let (front, back) = whole.split_at(whole.len() - 3);
        format!("{front},{back}{rest}")
    });
    any && draft.headed
}

fn remarks(draft: &mut Draft, draw: &mut Draw, texts: &'static [&'static str]) -> bool {
    if !draft.headed {
        return false;
    }
    let place = draw.below(draft.columns.len() + 1);
    let column = Column { heading: "Remarks".into(), role: Role::Extra };
    draft.insert_column(place, column, |line| texts[line % texts.len()].to_owned());
    true
}

fn breaks(draft: &mut Draft, draw: &mut Draw, _: Option<&'static Spec>) -> bool {
    remarks(draft, draw, &["", "first line\nsecond line", "", "as above", "one\ntwo\nthree"])
}

fn enclosed(draft: &mut Draft, draw: &mut Draw, _: Option<&'static Spec>) -> bool {
    remarks(draft, draw, &["", "seen, noted", "he said \"no\"", "a, b, c", ""])
}

fn headerless(draft: &mut Draft, _: &mut Draw, spec: Option<&'static Spec>) -> bool {
    if !draft.headed || (spec.is_none() && draft.table != "cells") {
        return false;
    }
    draft.headed = false;
    draft.refusable = Some("no heading says which number is whose");
    for fact in &mut draft.facts {
        fact.rejectable = true;
        fact.lacking.extend(fact.values.keys().copied());
    }
    true
}

fn spoil(draft: &mut Draft, line: usize) {
    if let Some(fact) = draft.fact_mut(line) {
        fact.rejectable = true;
        fact.lacking.extend(fact.values.keys().copied());
        fact.values.remove("kind");
    }
}

fn cut(draft: &mut Draft, draw: &mut Draw, _: Option<&'static Spec>) -> bool {
    for line in draw.places(draft.lines.len(), 3) {
        if draft.lines[line].fact.is_none() || draft.columns.len() < 3 {
            continue;
        }
        let keep = 1 + draw.below(draft.columns.len() - 1);
        // A row of which nothing is left is a blank line: nobody could know that it was one.
        if draft.lines[line].cells.iter().take(keep).all(String::is_empty) {
            continue;
        }
        draft.lines[line].cells.truncate(keep);
        spoil(draft, line);
    }
    draft.headed
}

fn extra(draft: &mut Draft, draw: &mut Draw, _: Option<&'static Spec>) -> bool {
    for line in draw.places(draft.lines.len(), 4) {
        if draft.lines[line].fact.is_some() {
            draft.lines[line].cells.push(String::new());
        }
    }
    draft.headed
}

fn pushed(draft: &mut Draft, draw: &mut Draw, _: Option<&'static Spec>) -> bool {
    for line in draw.places(draft.lines.len(), 2) {
        if draft.lines[line].fact.is_some() {
            let place = 1 + draw.below(draft.columns.len() - 1);
            let words = *draw.pick(&["", " Town", "Ltd"]);
            let place = place.min(draft.lines[line].cells.len());
            draft.lines[line].cells.insert(place, words.to_owned());
            spoil(draft, line);
        }
    }
    draft.headed
}

fn spaces(draft: &mut Draft, _: &mut Draw, _: Option<&'static Spec>) -> bool {
    let columns: Vec<usize> = (0..draft.columns.len()).collect();
    draft.change(&columns, |cell| format!(" {cell} "));
    draft.headed
}
