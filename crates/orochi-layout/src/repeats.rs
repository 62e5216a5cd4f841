//! Sheets of one workbook that show the same events: one of them is read.
//!
//! A profile names the sheets it prefers and those that usually repeat them, cover sheets and glossaries among them. A
//! name is no proof: a sheet is left out only when its first rows are events of a sheet that is read, or when it is no
//! table. Other events are read too, whatever the sheet is called.

use std::collections::BTreeSet;

use orochi_formats::rows::Glimpse;
use orochi_model::problem::Problem;

use super::field::{Field, Table};
use super::heading::normalise;
use super::mapping::Mapping;
use super::profile::Profile;
use super::{Library, Reading, UNKNOWN};

/// Where a sheet's name stands among the names that profiles know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// A profile prefers it, in this order.
    Preferred(usize),
    /// Its profile does not name it.
    Plain,
    /// A profile says that sheets of this name are left out.
    Left,
}

/// Leaves out what repeats the events of a sheet that is read.
pub(super) fn leave(
    glimpses: &[Glimpse],
    library: &Library,
    by: &[Option<&Profile>],
    read: &mut [Result<Reading, Problem>],
) {
    // What is shown comes before what is hidden.
    let place = |index: usize| (glimpses[index].hidden.is_some(), rank(&glimpses[index], by[index], library), index);
    let mut order: Vec<(bool, Rank, usize)> = (0..glimpses.len()).map(place).collect();
    order.sort_unstable();
    let mut kept: Vec<(usize, String, Vec<EventKey>)> = Vec::new();
    for (_, rank, index) in order {
        let named = rank == Rank::Left;
        let mapping = match &read[index] {
            Ok(Reading::Mapped(mapping)) => mapping,
            Ok(Reading::Left(_)) => continue,
            Err(problem)
                if named && by[index].is_none() && (!kept.is_empty() || problem.message.starts_with(UNKNOWN)) =>
            {
                let why = if problem.message.starts_with(UNKNOWN) {
                    "a sheet of this name holds no records of its own".into()
                } else {
                    format!("a sheet of this name repeats another one, and it cannot be read by itself: {problem}")
                };
                read[index] = Ok(Reading::Left(why));
                continue;
            }
            Err(_) => continue,
        };
        if mapping.table != Table::Communications {
            continue;
        }
        let events = events(&glimpses[index], mapping);
        // Sheets that no profile names are several sheets of data, and their rows are compared
        // when they are in the case.
        let judged = named || by[index].is_some_and(|profile| !profile.sheets.is_empty());
        let zone = mapping.zone_name.clone();
        let repeats = |(_, of, known): &&(usize, String, Vec<EventKey>)| judged && same(known, &events, *of != zone);
        let same = kept.iter().find(repeats).map(|(chosen, ..)| *chosen);
        match same {
            Some(chosen) => {
                let chosen = glimpses[chosen].part().unwrap_or_default().shown();
                read[index] = Ok(Reading::Left(format!("shows the same events as the sheet {chosen}, which is read")));
            }
            None => kept.push((index, zone, events)),
        }
    }
}

fn rank(glimpse: &Glimpse, profile: Option<&Profile>, library: &Library) -> Rank {
    let Some(name) = glimpse.tab().map(|tab| normalise(&tab)) else { return Rank::Plain };
    let place = |list: &[String]| list.iter().position(|known| normalise(known) == name);
    if let Some(place) = profile.and_then(|profile| place(&profile.sheets.prefer)) {
        return Rank::Preferred(place);
    }
    if library.profiles().iter().any(|profile| place(&profile.sheets.leave).is_some()) {
        Rank::Left
    } else {
        Rank::Plain
    }
}

/// What tells an event, however the sheet writes it: minutes since 1970, parties.
type EventKey = (i64, BTreeSet<String>);

/// The events of a sheet's first rows whose times can be read.
fn events(glimpse: &Glimpse, mapping: &Mapping) -> Vec<EventKey> {
    let mut clock = mapping.clock(Field::Start);
    let body = glimpse.head.iter().filter(|(number, _)| *number >= mapping.first_data_row);
    body.filter_map(|(_, row)| {
        let cell = |field: Field| {
            let columns = mapping.columns.get(&field).into_iter().flatten();
            columns.filter_map(|column| row.get(*column)).map(|cell| cell.trim()).find(|cell| !cell.is_empty())
        };
        let (date, time) = match cell(Field::Start) {
            Some(both) => (both, ""),
            None => (cell(Field::StartDate)?, cell(Field::StartTime).unwrap_or("")),
        };
        let at = clock.read(date, time).ok()?.utc_us / 60_000_000;
        let parties = [Field::A, Field::B, Field::Own, Field::Other, Field::Target, Field::Imsi];
        Some((at, parties.into_iter().filter_map(cell).map(tail).filter(|text| !text.is_empty()).collect()))
    })
    .collect()
}

/// The last nine digits of a number, which are the same in every form of it; a name as it is.
fn tail(text: &str) -> String {
    let digits: Vec<char> = text.chars().filter(char::is_ascii_digit).collect();
    if digits.len() < 5 {
        return text.to_lowercase();
    }
    digits[digits.len().saturating_sub(9)..].iter().collect()
}

/// Whether half of the shorter list's events stand in the other. A sheet may leave a party out, so that one set of
/// parties may be part of the other. Where the sheets are read in different zones, one may not say that its times are
/// UTC: then all its events may stand an hour off.
fn same(one: &[EventKey], other: &[EventKey], zones_differ: bool) -> bool {
    let hours: &[i64] = if zones_differ { &[0, 60, -60] } else { &[0] };
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    let met = |by: i64| {
        let stands = |(at, parties): &&EventKey| {
            long.iter()
                .any(|(known, theirs)| known - at == by && (theirs.is_subset(parties) || parties.is_subset(theirs)))
        };
        short.iter().filter(stands).count()
    };
    !short.is_empty() && hours.iter().any(|by| met(*by) * 2 >= short.len())
}
