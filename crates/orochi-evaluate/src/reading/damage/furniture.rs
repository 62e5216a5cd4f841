//! Lines that are no rows of data.

use super::{Damage, Spec, Stage};
use crate::reading::{draft::Draft, draw::Draw};

const fn line(
    name: &'static str,
    words: &'static str,
    apply: fn(&mut Draft, &mut Draw, Option<&'static Spec>) -> bool,
) -> Damage {
    Damage { name, words, stage: Stage::Lines, family: name, apply }
}

pub(super) static ALL: &[Damage] = &[
    Damage {
        family: "heading",
        ..line("heading repeated", "the heading stands again inside the table", repeated_exactly)
    },
    Damage { family: "heading", ..line("heading in capitals", "the heading again, in capitals", repeated_in_capitals) },
    Damage {
        family: "heading",
        ..line("heading with spaces", "the heading again, with spaces after the words", repeated_with_spaces)
    },
    line("rules", "lines of dashes in every column", rules),
    line("rule in one cell", "a line of dashes or equals signs in the first cell", short_rules),
    line("total at the foot", "`Total Records : 12` below the last row", total_at_foot),
    line("total of a column", "`Total` with a sum under the durations", total_of_column),
    line("totals inside", "`Sub total` with a count inside the table", totals_inside),
    line("page furniture", "`Page 2 of 5` and `Printed by` inside the table", pages),
    line("end line", "`*** End of report ***` below the last row", end_line),
    line("blank lines", "blank lines inside the table", blank_lines),
    line("lines of delimiters", "lines of nothing but delimiters inside and below", empty_rows),
    line("numbers in the footer", "lines below with telephone numbers of the operator", footer_numbers),
    line("day headings", "a line with the date before each day's rows", day_lines),
];

fn whole(draft: &Draft, first: &str) -> Vec<String> {
    let mut cells = vec![String::new(); draft.columns.len()];
    cells[0] = first.to_owned();
    cells
}

/// One cell, or a row of full width, as programs write it.
fn words(draft: &Draft, draw: &mut Draw, first: &str) -> Vec<String> {
    if draw.percent(50) { whole(draft, first) } else { vec![first.to_owned()] }
}

fn repeat(draft: &mut Draft, draw: &mut Draw, with: fn(&str) -> String) -> bool {
    if !draft.headed {
        return false;
    }
    let heading: Vec<String> = draft.columns.iter().map(|column| with(&column.heading)).collect();
    let count = 1 + draw.below(4);
    for place in draw.places(draft.lines.len(), count).into_iter().rev() {
        draft.furnish(place, heading.clone());
    }
    true
}

fn repeated_exactly(draft: &mut Draft, draw: &mut Draw, _: Option<&'static Spec>) -> bool {
    repeat(draft, draw, str::to_owned)
}

fn repeated_in_capitals(draft: &mut Draft, draw: &mut Draw, _: Option<&'static Spec>) -> bool {
    repeat(draft, draw, str::to_uppercase)
}

fn repeated_with_spaces(draft: &mut Draft, draw: &mut Draw, _: Option<&'static Spec>) -> bool {
    repeat(draft, draw, |heading| format!("{heading}  "))
}

fn rules(draft: &mut Draft, draw: &mut Draw, _: Option<&'static Spec>) -> bool {
    let rule = (*draw.pick(&["-----", "----------", "=====", "_____"])).to_owned();
    let cells = vec![rule; draft.columns.len()];
    for place in draw.places(draft.lines.len(), 3).into_iter().rev() {
        draft.furnish(place, cells.clone());
    }
    if draw.percent(50) {
        draft.furnish(0, cells);
    }
    true
}

fn short_rules(draft: &mut Draft, draw: &mut Draw, _: Option<&'static Spec>) -> bool {
    let rule = *draw.pick(&["----------------------", "======================", "* * * * *"]);
    for place in draw.places(draft.lines.len(), 2).into_iter().rev() {
        let cells = words(draft, draw, rule);
        draft.furnish(place, cells);
    }
    true
}

fn total_at_foot(draft: &mut Draft, draw: &mut Draw, _: Option<&'static Spec>) -> bool {
    let count = draft.facts.len();
    let text = match draw.below(4) {
        0 => format!("Total Records : {count}"),
        1 => format!("Total: {count}"),
        2 => format!("{count} records found"),
        _ => format!("Number of rows {count}"),
    };
    let cells = words(draft, draw, &text);
    draft.furnish(draft.lines.len(), cells);
    true
}

fn total_of_column(draft: &mut Draft, draw: &mut Draw, _: Option<&'static Spec>) -> bool {
    let at = draw.below(draft.columns.len() - 1) + 1;
    let mut cells = whole(draft, "Total");
    cells[at] = draw.between(1000, 99_999).to_string();
    draft.furnish(draft.lines.len(), cells);
    true
}

fn totals_inside(draft: &mut Draft, draw: &mut Draw, _: Option<&'static Spec>) -> bool {
    for place in draw.places(draft.lines.len(), 3).into_iter().rev() {
        let mut cells = whole(draft, draw.pick::<&str>(&["Sub total", "Subtotal", "Total for day", "Sum"]));
        if cells.len() > 2 {
            let at = 1 + draw.below(2);
            cells[at] = draw.between(3, 40).to_string();
        }
        draft.furnish(place, cells);
    }
    true
}

fn pages(draft: &mut Draft, draw: &mut Draw, _: Option<&'static Spec>) -> bool {
    let places = draw.places(draft.lines.len(), 3);
    let of = places.len() + 1;
    for (page, place) in places.into_iter().enumerate().rev() {
        let cells = words(draft, draw, &format!("Page {} of {of}", page + 1));
        draft.furnish(place, cells);
        if draw.percent(50) {
            let cells = words(draft, draw, "Printed by: DISCLOSURE TEAM on 01/03/2025 10:15");
            draft.furnish(place, cells);
        }
    }
    true
}

fn end_line(draft: &mut Draft, draw: &mut Draw, _: Option<&'static Spec>) -> bool {
    let text = *draw.pick(&["*** End of report ***", "End of file", "-- END --", "EOF", "End of Records"]);
    let cells = words(draft, draw, text);
    draft.furnish(draft.lines.len(), cells);
    true
}

fn blank_lines(draft: &mut Draft, draw: &mut Draw, _: Option<&'static Spec>) -> bool {
    for place in draw.places(draft.lines.len() + 1, 4).into_iter().rev() {
        draft.furnish(place, vec![String::new()]);
    }
    true
}

fn empty_rows(draft: &mut Draft, draw: &mut Draw, _: Option<&'static Spec>) -> bool {
    let cells = vec![String::new(); draft.columns.len()];
    for place in draw.places(draft.lines.len() + 1, 3).into_iter().rev() {
        draft.furnish(place, cells.clone());
    }
    for _ in 0..draw.below(5) {
        draft.furnish(draft.lines.len(), cells.clone());
    }
    true
}

fn footer_numbers(draft: &mut Draft, draw: &mut Draw, _: Option<&'static Spec>) -> bool {
    let number = format!("07700 900{:03}", draw.below(1000));
    for text in ["", "For queries call ", "Duty officer: "] {
        let text = if text.is_empty() { String::new() } else { format!("{text}{number}") };
        let cells = words(draft, draw, &text);
        draft.furnish(draft.lines.len(), cells);
    }
    true
}

fn day_lines(draft: &mut Draft, draw: &mut Draw, _: Option<&'static Spec>) -> bool {
    if draft.table != "records" {
        return false;
    }
    for place in draw.places(draft.lines.len(), 4).into_iter().rev() {
        let date = draft.lines[place].fact.and_then(|fact| draft.facts[fact].moments.values().next().copied());
        let Some(date) = date else { continue };
        let text = crate::reading::draft::date_time(date).strftime("Date: %d %B %Y").to_string();
        draft.furnish(place, vec![text]);
    }
    true
}
