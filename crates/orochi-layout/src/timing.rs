//! Zone and date order of a mapping, from headings, values and the lines above them.

use orochi_model::{
    problem::Problem,
    text::unguarded,
    time::{DateOrder, time_shape},
};

use super::clocks::{self, Order};
use super::dates::{self, Dating};
use super::field::Field;
use super::fingerprint::values;
use super::mapping::Mapping;

/// Fields that hold dates.
pub const DATED: [Field; 8] = [
    Field::Start,
    Field::StartDate,
    Field::StartTime,
    Field::End,
    Field::EndDate,
    Field::EndTime,
    Field::From,
    Field::To,
];

/// Takes the zone from values, then headings, then the preamble; assumes UK local time with a remark when none says.
///
/// # Errors
/// User kind when headings contradict each other.
pub fn settle_zone(
    above: &[(u64, Vec<String>)],
    body: &[(u64, Vec<String>)],
    mapping: &mut Mapping,
) -> Result<(), Problem> {
    let dated: Vec<Field> = DATED.into_iter().filter(|field| mapping.has(*field)).collect();
    if dated.is_empty() {
        return Ok(());
    }
    let mut headed: Option<(String, String)> = None;
    for heading in dated.iter().filter_map(|field| mapping.heading(*field)) {
        let Some(zone) = clocks::zone_of_words(heading) else { continue };
        if let Some((before, first)) = &headed
            && *before != zone
        {
            return Err(Problem::user(format!(
                "the headings state two time zones: \u{201c}{first}\u{201d} is {before}, \u{201c}{heading}\u{201d} is \
                 {zone}"
            ))
            .hint(
                "ask for all times in one zone, or write a profile with `orochi preview` that leaves one of the \
                 columns out",
            ));
        }
        headed.get_or_insert((zone, heading.to_owned()));
    }
    let line = above.iter().map(|(_, row)| row.join(" ")).find_map(|line| Some((clocks::zone_of_line(&line)?, line)));
    let said = headed.clone().or_else(|| line.clone());
    let clock = [Field::Start, Field::StartTime, Field::From].into_iter().find(|field| mapping.has(*field));
    let offsets = clocks::offsets_of(&values(mapping, clock.unwrap_or(dated[0]), body));
    // Of times that mostly state their offset, one that does not is in no zone that anybody stated.
    if offsets.stated > 0 && (offsets.floating == 0 || (said.is_none() && offsets.stated >= offsets.floating)) {
        if let Some((zone, words)) = &said
            && (zone != "UTC" || offsets.seconds.iter().any(|seconds| *seconds != 0))
        {
            mapping.remarks.push(format!(
                "\u{201c}{}\u{201d} says {zone}, but the times state their own offset from UTC, which is used",
                words.trim()
            ));
        }
        mapping.set_zone("stated");
        return Ok(());
    }
    if offsets.counted > 0 && offsets.floating == 0 {
        mapping.set_zone("UTC");
        return Ok(());
    }
    match (headed, line) {
        (Some((zone, heading)), line) => {
            if let Some((other, line)) = line.filter(|(other, _)| *other != zone) {
                mapping.remarks.push(format!(
                    "the heading \u{201c}{heading}\u{201d} says {zone} and the line \u{201c}{}\u{201d} says {other}; \
                     the heading is used, because it is nearer to the times",
                    line.trim()
                ));
            }
            mapping.set_zone(&zone);
        }
        (None, Some((zone, line))) => {
            let remark = format!("times are read as {zone}, as the line \u{201c}{}\u{201d} says", line.trim());
            mapping.remarks.push(remark);
            mapping.set_zone(&zone);
        }
        (None, None) => {
            mapping.set_zone("Europe/London");
            mapping
                .remarks
                .push("no heading or line states a time zone; times are read as UK local time (Europe/London)".into());
        }
    }
    Ok(())
}

// Judges the first rows of a column as all of them will be judged.
fn settle_forms(field: Field, body: &[(u64, Vec<String>)], mapping: &mut Mapping) -> Result<(), Problem> {
    let Some(column) = mapping.column(field) else { return Ok(()) };
    let mut clock = mapping.clock(field);
    for (number, row) in body {
        if let Some(cell) = row.get(column) {
            let _ = clock.at(*number).read_date(unguarded(cell));
        }
    }
    let before = Dating { order: mapping.order, correction: mapping.notation(field).dates };
    let heading = mapping.heading(field).unwrap_or_default().to_owned();
    let verdict = dates::judge(&clock.take_seen(), before, &heading)?;
    if verdict.dating.correction != before.correction {
        mapping.notations.entry(field).or_default().dates = verdict.dating.correction;
    }
    mapping.remarks.extend(verdict.remarks);
    Ok(())
}

/// Takes the date order from values, then words, then the country.
///
/// # Errors
/// User kind when values contradict each other.
pub fn settle_order(
    above: &[(u64, Vec<String>)],
    body: &[(u64, Vec<String>)],
    mapping: &mut Mapping,
) -> Result<(), Problem> {
    let mut all: Vec<&str> = Vec::new();
    let mut headings = Vec::new();
    for field in DATED {
        all.extend(values(mapping, field, body));
        headings.extend(mapping.heading(field).map(str::to_owned));
    }
    match clocks::order_of(&all) {
        Order::Known(order) => mapping.order = order,
        // Two forms of one column may each have an order of their own.
        Order::Contradiction => {
            mapping.order = clocks::order_of_region(mapping.region);
            for field in DATED {
                settle_forms(field, body, mapping)?;
            }
        }
        Order::Undecided { first, second } => {
            let words = headings
                .iter()
                .cloned()
                .chain(above.iter().map(|(_, row)| row.join(" ")))
                .find_map(|text| clocks::order_of_words(&text));
            // The period asked for is written as the rows are.
            let period: Vec<&str> =
                above.iter().flat_map(|(_, row)| row).flat_map(|cell| cell.split([' ', ','])).collect();
            let usual = clocks::order_of_region(mapping.region);
            let (steady, moving) = if usual == DateOrder::DayMonthYear { (first, second) } else { (second, first) };
            if let Some(order) = words {
                mapping.order = order;
            } else if let Order::Known(order @ (DateOrder::DayMonthYear | DateOrder::MonthDayYear)) =
                clocks::order_of(&period)
                && period.iter().any(|word| time_shape(word).is_some_and(|look| look.numbers.is_some()))
            {
                mapping.order = order;
                mapping.remarks.push(format!(
                    "dates are read as {}, as the dates above the header are written",
                    clocks::order_name(order)
                ));
            } else if steady == 1 && moving >= 3 {
                // Read the usual way, everything would have happened on one day of several months.
                return Err(Problem::user("the dates do not show whether day or month comes first")
                    .at(headings.join(", "))
                    .because(format!(
                        "read as {}, all first rows lie on one day of {moving} months; read the other way, on {moving} \
                         days of one month",
                        clocks::order_name(usual)
                    ))
                    .hint("write a profile with `orochi preview` that states `dates`, then add the file with it"));
            } else {
                mapping.order = usual;
                mapping.remarks.push(format!(
                    "the first dates do not show whether day or month comes first; they are read as {}, as the \
                     numbers' country writes them",
                    clocks::order_name(mapping.order)
                ));
            }
        }
    }
    Ok(())
}
