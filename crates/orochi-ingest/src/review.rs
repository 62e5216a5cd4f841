//! A mapping judged by all rows that it read: sound, to be read again with something put right, or refused.

use orochi_layout::{
    dates::{Dating, Turned, Verdict, judge, judge_beside},
    field::{Field, Table},
    mapping::{Mapping, TargetLine},
    owner,
};
use orochi_model::{
    problem::Problem,
    time::{ColumnDates, Zone},
};

use crate::{
    rows::Review,
    survey::{Positions, Survey},
};

/// Judges a mapping; none when nothing is to be said.
///
/// # Errors
/// User kind when a column's dates contradict each other, with the rows.
pub fn review(mapping: &Mapping, survey: &Survey) -> Result<Option<Review>, Problem> {
    let mut after = mapping.clone();
    let mut again = false;
    let mut remarks = Vec::new();
    if survey.other_headings.count > 0 {
        return Err(Problem::user("another table begins below the first one")
            .because(format!(
                "other headings, or the same headings in another order, are in {}",
                survey.other_headings.named()
            ))
            .hint("split the file there, and add each table as a separate file"));
    }
    let owners: Vec<&str> = survey.sims.owners().filter(|own| !mapping.owners.contains(*own)).collect();
    if !owners.is_empty() {
        again = true;
        remarks.push(owner::owners_in_words(owners.iter().copied()));
        after.owners.extend(owners.into_iter().map(str::to_owned));
    }
    let lines = target_lines(mapping, &survey.targets);
    if lines != mapping.target_lines {
        again = true;
        after.target_lines = lines;
    } else if let Some(first) = mapping.target_lines.first() {
        remarks.push(format!(
            "the file holds the data of {} targets one after the other; lines between the rows state them, the first \
             in row {}",
            mapping.target_lines.len() + usize::from(mapping.target.is_some()),
            first.row
        ));
    }
    // A list whose columns changed places shows it in most rows; a row by itself that lies off land has a wrong figure.
    let Positions { stated, swapped } = &survey.positions;
    if swapped.count > 0 && *stated > swapped.count {
        again = true;
        after.grid_in_order = true;
        remarks.push(format!(
            "{} positions lie off land and were kept as stated: the other rows show that easting and northing are in \
             the order stated ({})",
            swapped.count,
            swapped.named()
        ));
    }
    let judged = columns(mapping, survey)?;
    let turned = judged.iter().map(|column| Turned::from_dates(column.seen, column.verdict.dating));
    let turned = turned.reduce(Turned::and).unwrap_or_default();
    for Judged { field, seen, before, heading, verdict } in judged {
        let verdict = judge_beside(seen, verdict, before, heading, &turned)?;
        again |= verdict.dating != before;
        if verdict.dating.order != before.order {
            after.order = verdict.dating.order;
        }
        if verdict.dating.correction != before.correction {
            after.notations.entry(field).or_default().dates = verdict.dating.correction;
        }
        remarks.extend(verdict.remarks);
    }
    if !again {
        let start = [Field::Start, Field::StartDate].iter().find_map(|field| survey.dates.get(field));
        remarks.extend(start.and_then(|seen| offsets(mapping, seen)));
        let mut odd: Vec<String> = survey.odd.iter().map(|(what, rows)| format!("{what}: {}", rows.named())).collect();
        remarks.append(&mut odd);
    }
    if remarks.is_empty() && !again {
        return Ok(None);
    }
    after.remarks.extend(remarks);
    Ok(Some(Review { plan: Box::new(after), again }))
}

// A column of dates, judged by itself.
struct Judged<'s> {
    field: Field,
    seen: &'s ColumnDates,
    before: Dating,
    heading: &'s str,
    verdict: Verdict,
}

fn columns<'s>(mapping: &'s Mapping, survey: &'s Survey) -> Result<Vec<Judged<'s>>, Problem> {
    let column = |(field, seen): (&Field, &'s ColumnDates)| {
        let before = Dating { order: mapping.order, correction: mapping.notation(*field).dates };
        let heading = mapping.heading(*field).unwrap_or(field.as_str()).trim();
        if matches!(mapping.table, Table::Communications | Table::Topups) {
            refuse_turned(seen, heading)?;
        }
        Ok(Judged { field: *field, seen, before, heading, verdict: judge(seen, before, heading)? })
    };
    survey.dates.iter().map(column).collect()
}

// A month of calls, all turned round by a spreadsheet, would lie on one day of many months: no text is left to show it.
fn refuse_turned(seen: &ColumnDates, heading: &str) -> Result<(), Problem> {
    let mut forms = seen.forms();
    let (Some((form, only)), None) = (forms.next(), forms.next()) else { return Ok(()) };
    let (days, months) = (only.days.count_ones(), only.months.count_ones());
    if !form.is_made() || only.is_decisive() || only.rows.count < 8 || months < 4 * days {
        return Ok(());
    }
    // A payment on one day of each month is no such month.
    if only.rows.count < u64::from(months) * 3 / 2 {
        return Ok(());
    }
    let noun = if days == 1 { "day" } else { "days" };
    Err(Problem::user("day and month seem to have been swapped in all dates")
        .at(heading)
        .because(format!(
            "all {} rows lie on {days} {noun} of the month, none after the 12th, in {months} months, as if a \
             spreadsheet had taken the month for the day",
            only.rows.count
        ))
        .hint("ask for the file as it was before a spreadsheet opened it, or with dates in one format"))
}

// The lines that state another target than the rows above them have.
fn target_lines(mapping: &Mapping, stated: &[TargetLine]) -> Vec<TargetLine> {
    let mut before = mapping.target.as_deref();
    let mut lines = Vec::new();
    for line in stated {
        if before != Some(line.target.as_str()) {
            before = Some(&line.target);
            lines.push(line.clone());
        }
    }
    lines
}

// Times of which some state their offset and some do not.
fn offsets(mapping: &Mapping, seen: &ColumnDates) -> Option<String> {
    if seen.stated.count == 0 || seen.floating.count == 0 {
        return None;
    }
    let (stated, floating) = (seen.stated.count, seen.floating.count);
    Some(if mapping.zone == Zone::Stated {
        format!(
            "{stated} times state their offset from UTC, {floating} do not and were rejected ({})",
            seen.floating.named()
        )
    } else {
        format!(
            "{stated} times state their own offset from UTC ({}), which was used; {floating} do not and are read as {}",
            seen.stated.named(),
            mapping.zone_name
        )
    })
}
