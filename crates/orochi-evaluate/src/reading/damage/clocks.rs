//! Dates, times of day and durations in other words.

use super::{Damage, Spec, Stage};
use crate::reading::{
    clock::Style,
    draft::{Draft, InstantPart, Moment, Role},
    draw::Draw,
    world::Country,
    writer::workbook::day_number,
};

const fn clock(
    name: &'static str,
    words: &'static str,
    apply: fn(&mut Draft, &mut Draw, Option<&'static Spec>) -> bool,
) -> Damage {
    Damage { name, words, stage: Stage::Values, family: "clock", apply }
}

pub(super) static ALL: &[Damage] = &[
    clock("ISO dates", "dates as 2025-02-03", |draft, _, spec| rewrite(draft, spec, Style::Iso)),
    clock("month names", "dates as 03-Feb-2025", |draft, _, spec| rewrite(draft, spec, Style::MonthName)),
    clock("dates with hyphens", "dates as 03-02-2025", |draft, _, spec| day_first(draft, spec, Style::Dashes)),
    clock("two-digit years", "dates as 03/02/25", |draft, _, spec| day_first(draft, spec, Style::ShortYear)),
    clock("12-hour clock", "times as 09:15:00 PM", |draft, _, spec| day_first(draft, spec, Style::HalfDay)),
    clock("UTC label", "times in UTC that say so", |draft, _, spec| day_first(draft, spec, Style::Labelled)),
    clock("dates without marks", "dates as 20250203, times as 091500", |draft, _, spec| {
        draft.free && rewrite(draft, spec, Style::Packed)
    }),
    clock("month first", "dates as 02/03/2025 under a heading that says mm/dd/yyyy", month_first),
    clock("offset", "times as 2025-02-03T09:15:00+00:00", |draft, _, _| joined(draft, Style::IsoOffset)),
    clock("Zulu time", "times as 2025-02-03T09:15:00Z", |draft, _, _| joined(draft, Style::IsoZulu)),
    clock("epoch seconds", "times as seconds since 1970", |draft, _, _| joined(draft, Style::Epoch)),
    clock("epoch milliseconds", "times as milliseconds since 1970", |draft, _, _| joined(draft, Style::EpochMs)),
    clock("day numbers in text", "times as a spreadsheet's 45691.385416666664", day_numbers),
    clock("day numbers cut", "times as a spreadsheet's 45691.39: minutes are gone", day_numbers_cut),
    clock("some dates missing", "some rows without a date", dateless),
    Damage { family: "duration", ..clock("durations as a clock", "durations as 00:01:05", duration_clock) },
    Damage { family: "duration", ..clock("durations with a unit", "durations as `65 s`", duration_unit) },
    Damage { family: "duration", ..clock("durations as decimals", "durations as 65.0", duration_decimal) },
    Damage {
        family: "duration",
        ..clock("durations in minutes", "durations as 1.1 under a heading that says minutes", duration_minutes)
    },
];

/// Whether instants state their offset, which another form would lose.
pub(super) fn stated(draft: &Draft) -> bool {
    let dated = draft.moments();
    draft
        .lines
        .iter()
        .any(|line| dated.iter().any(|dated| line.cells.get(dated.at).is_some_and(|cell| cell.contains('+'))))
}

fn rewrite(draft: &mut Draft, spec: Option<&'static Spec>, style: Style) -> bool {
    // The profile of a country of its own reads its own forms.
    if !draft.headed || stated(draft) || spec.is_some_and(|spec| spec.country == Country::States) {
        return false;
    }
    let (dated, zone) = (draft.moments(), draft.zone);
    for line in draft.stating() {
        let Some(fact) = draft.fact_mut(line) else { continue };
        let moments = fact.moments.clone();
        for dated in &dated {
            if let Some(utc) = moments.get(&dated.moment)
                && let Some(cell) = draft.lines[line].cells.get_mut(dated.at)
            {
                *cell = style.write(*utc, zone, dated.part);
            }
        }
    }
    !dated.is_empty()
}

/// A form of the day first: not where the year comes first by profile.
fn day_first(draft: &mut Draft, spec: Option<&'static Spec>, style: Style) -> bool {
    matches!(draft.layout, "telcell" | "cell-list-telcell" | "simulated-area").then_some(()).is_none()
        && rewrite(draft, spec, style)
}

/// A form that takes date and time in one column.
fn joined(draft: &mut Draft, style: Style) -> bool {
    // A date alone is no instant in UTC.
    let whole = draft.moments().iter().all(|dated| dated.part == InstantPart::Whole) && draft.table == "records";
    whole && draft.free && rewrite(draft, None, style)
}

fn month_first(draft: &mut Draft, _: &mut Draw, spec: Option<&'static Spec>) -> bool {
    if !draft.free || !rewrite(draft, spec, Style::MonthFirst) {
        return false;
    }
    for dated in draft.moments().into_iter().filter(|dated| dated.part != InstantPart::Time) {
        draft.columns[dated.at].heading.push_str(" (mm/dd/yyyy)");
    }
    true
}

fn numbered(draft: &mut Draft, with: fn(i64) -> String) -> bool {
    let dated = draft.moments();
    if !draft.free || stated(draft) || dated.iter().any(|dated| dated.part != InstantPart::Whole) || dated.is_empty() {
        return false;
    }
    let zone = draft.zone;
    for line in draft.stating() {
        let Some(fact) = draft.fact_mut(line) else { continue };
        let moments = fact.moments.clone();
        for dated in &dated {
            if let Some(utc) = moments.get(&dated.moment) {
                draft.lines[line].cells[dated.at] = with(zone.civil(*utc));
            }
        }
    }
    draft.refusable = Some("day numbers do not say from which day they are counted");
    for fact in &mut draft.facts {
        fact.rejectable = true;
        fact.lacking.extend(["from", "to", "valid_from", "valid_to"]);
    }
    true
}

fn day_numbers(draft: &mut Draft, _: &mut Draw, _: Option<&'static Spec>) -> bool {
    numbered(draft, |civil| day_number(civil, InstantPart::Whole, false))
}

fn day_numbers_cut(draft: &mut Draft, draw: &mut Draw, _: Option<&'static Spec>) -> bool {
    let coarse = draw.percent(50);
    let with = if coarse {
        |civil: i64| format!("{:.2}", day_number(civil, InstantPart::Whole, false).parse::<f64>().unwrap_or(0.0))
    } else {
        |civil: i64| format!("{:.3}", day_number(civil, InstantPart::Whole, false).parse::<f64>().unwrap_or(0.0))
    };
    if !numbered(draft, with) {
        return false;
    }
    for fact in &mut draft.facts {
        fact.tolerance = if coarse { 433 } else { 44 };
    }
    true
}

fn dateless(draft: &mut Draft, draw: &mut Draw, _: Option<&'static Spec>) -> bool {
    let dated: Vec<usize> =
        draft.moments().iter().filter(|dated| dated.moment == Moment::Start).map(|dated| dated.at).collect();
    for place in draw.places(draft.lines.len(), 3) {
        for at in &dated {
            if let Some(cell) = draft.lines[place].cells.get_mut(*at) {
                *cell = String::new();
            }
        }
        if let Some(fact) = draft.fact_mut(place) {
            fact.rejectable = true;
        }
    }
    !dated.is_empty()
}

fn durations(draft: &mut Draft, heading: Option<&str>, with: fn(i64) -> String) -> bool {
    let Some(at) = draft.columns_of(&[Role::Duration]).first().copied() else { return false };
    let seconds = draft.lines.iter().all(|line| line.cells.get(at).is_none_or(|cell| cell.parse::<i64>().is_ok()));
    if !seconds || !draft.free {
        return false;
    }
    if let Some(heading) = heading {
        draft.columns[at].heading = heading.to_owned();
    }
    draft.change(&[at], |cell| cell.parse().map_or(cell.to_owned(), with));
    true
}

fn duration_clock(draft: &mut Draft, draw: &mut Draw, _: Option<&'static Spec>) -> bool {
    let heading = *draw.pick(&["Duration", "Duration (HH:MM:SS)", "Call Duration"]);
    durations(draft, Some(heading), |seconds| {
        format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
    })
}

fn duration_unit(draft: &mut Draft, _: &mut Draw, _: Option<&'static Spec>) -> bool {
    durations(draft, None, |seconds| format!("{seconds} s"))
}

fn duration_decimal(draft: &mut Draft, _: &mut Draw, _: Option<&'static Spec>) -> bool {
    durations(draft, None, |seconds| format!("{seconds}.0"))
}

fn duration_minutes(draft: &mut Draft, draw: &mut Draw, _: Option<&'static Spec>) -> bool {
    let heading = *draw.pick(&["Duration (mins)", "Duration (minutes)", "Minutes"]);
    // Whole tenths of a minute, so that nothing is lost.
    if !durations(draft, Some(heading), |seconds| format!("{}.{}", seconds / 60, seconds % 60 / 6)) {
        return false;
    }
    for fact in &mut draft.facts {
        if let Some(seconds) = fact.values.get_mut("duration_s")
            && let Ok(number) = seconds.parse::<i64>()
        {
            *seconds = (number / 6 * 6).to_string();
        }
    }
    true
}
