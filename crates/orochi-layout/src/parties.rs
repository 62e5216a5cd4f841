//! Who called whom, in a proposed layout: caller and called stated outright, or a target and
//! another party with a direction.
//!
//! Headings say what a column may be; the rows must bear it out. Where they contradict each other, or nobody can tell
//! whose data a list of single parties is, the sheet is refused: nobody becomes the caller
//! because nothing else was left.

use orochi_model::problem::Problem;

use super::field::Field;
use super::heading::words;
use super::mapping::Mapping;
use super::owner::{self, devices, misfit, numbers};
use super::rivals::describe;
use super::shapes::Shape;
use super::sheet::Sheet;
use super::synonyms::{is_of_the_books, meanings};
use super::words::sense;

/// Settles which columns are caller and called.
///
/// # Errors
/// User kind when the columns do not say who called whom, or rows and headings contradict each other.
pub fn settle_parties(sheet: &Sheet<'_>, mapping: &mut Mapping) -> Result<(), Problem> {
    use Field as F;
    unknown_caller(sheet, mapping)?;
    let directed = directed(sheet, mapping);
    let alone = [F::A, F::B, F::Other, F::Target].iter().all(|field| !mapping.has(*field));
    if directed && alone && mapping.column(F::Own).is_some_and(|column| is_another(sheet, mapping, column)) {
        // A bare `Number` that changes from row to row beside directions is whom the phone was in contact with.
        rename(mapping, F::Own, F::Other);
    }
    lone_number(sheet, mapping);
    if mapping.has(F::A) && mapping.has(F::B) {
        // A column headed as a target beside both states whose data the row is.
        if mapping.has(F::Own) && !mapping.has(F::Target) {
            owned_by_party(sheet, mapping);
        }
        if mapping.has(F::Other) {
            mapping.columns.remove(&F::Other);
        }
        if directed {
            served_party(sheet, mapping)?;
        }
        if mapping.has(F::A) {
            mapping.owners = owner::owners(sheet, mapping);
            if !mapping.owners.is_empty() {
                mapping.remarks.push(owner::owners_in_words(mapping.owners.iter().map(String::as_str)));
            }
        }
        return Ok(());
    }
    one_party(sheet, mapping, directed)?;
    if mapping.has(F::Own) && mapping.has(F::Other) {
        sides_turned(sheet, mapping)?;
    }
    Ok(())
}

// A column headed as the file's own number states the target, unless that number is a party of no row: then it is an
// account's or an exchange's.
fn owned_by_party(sheet: &Sheet<'_>, mapping: &mut Mapping) {
    use Field as F;
    let of = |field: F| numbers(sheet, mapping.column(field), mapping.region);
    let (own, a, b, c) = (of(F::Own), of(F::A), of(F::B), of(F::C));
    let is_party = |row: usize| own[row].is_some() && [&a, &b, &c].iter().any(|side| side[row] == own[row]);
    if own.iter().flatten().next().is_none() || (0..own.len()).any(is_party) {
        rename(mapping, F::Own, F::Target);
        return;
    }
    let heading = mapping.heading(F::Own).unwrap_or_default().to_owned();
    mapping.columns.remove(&F::Own);
    mapping.sureness.remove(&F::Own);
    mapping.remarks.push(format!(
        "\u{201c}{heading}\u{201d} is not read as the target: its numbers are not a party in any of the first rows"
    ));
}

/// Refuses a sheet in which a heading plainly names a party and the values under it are none that can be read: such a
/// column is never passed over.
///
/// # Errors
/// User kind, with the column, what stands in it and where.
pub fn headed(sheet: &Sheet<'_>, mapping: &Mapping) -> Result<(), Problem> {
    for (index, column) in sheet.columns.iter().enumerate() {
        let Some((field, _)) = meanings(column.heading)
            .into_iter()
            .filter(|(_, score)| *score >= 0.95)
            .find(|(field, _)| matches!(field, Field::A | Field::B | Field::Other | Field::Own | Field::Target))
        else {
            continue;
        };
        if mapping.has(field) || mapping.field_of(index).is_some() || column.values.is_empty() {
            continue;
        }
        let Some(at) = sheet.rows.iter().position(|row| row[index] == column.values[0]) else { continue };
        return Err(Problem::user(format!(
            "the column {} is headed as {}, and holds no numbers",
            sheet.name(index),
            describe(field)
        ))
        .because(format!("row {} holds \u{201c}{}\u{201d}", sheet.numbers[at], column.values[0]))
        .hint("ask for the file as text, or write a profile that says what the column holds"));
    }
    Ok(())
}

/// Refuses a layout that names one party a row, by a direction, where nobody knows whose data it is.
///
/// # Errors
/// User kind, with what to give.
pub fn owner_known(mapping: &Mapping) -> Result<(), Problem> {
    let owned = mapping.has(Field::Own) || mapping.has(Field::Target) || mapping.target.is_some();
    if mapping.has(Field::Other) && !owned {
        return Err(no_owner(mapping, Field::Other));
    }
    Ok(())
}

fn no_owner(mapping: &Mapping, named: Field) -> Problem {
    let heading = mapping.heading(named).unwrap_or_default();
    Problem::user("the file names one party in each row and does not say whose data it is")
        .because(format!(
            "that party is \u{201c}{heading}\u{201d}; neither a column, nor a line above the header, nor the file's \
             name states the target"
        ))
        .hint(
            "name the number whose data it is with `--target 07\u{2026}`, or write a profile that names the column of \
             the target",
        )
}

// One side is named, the other is whoever the file is about.
fn one_party(sheet: &Sheet<'_>, mapping: &mut Mapping, directed: bool) -> Result<(), Problem> {
    use Field as F;
    let named = [F::Other, F::B, F::A].into_iter().find(|field| mapping.has(*field));
    let own = [F::Own, F::Target, F::A, F::B].into_iter().find(|field| mapping.has(*field) && Some(*field) != named);
    match (named, own) {
        (Some(named), own) if directed => {
            rename(mapping, named, F::Other);
            let own = own.filter(|own| *own != F::A || mapping.target.is_none() || mapping.sureness[own] > 0.3);
            if let Some(own) = own {
                rename(mapping, own, F::Own);
                mapping.columns.remove(&F::A);
                mapping.columns.remove(&F::B);
            }
            owner_known(mapping)
        }
        (Some(F::Other), _) => Err(Problem::user("the file does not say who called whom")
            .because("there is an other party, but no column of directions (incoming, outgoing)")
            .hint("write a profile that names the direction's column, or calls one column `a` and one `b`")),
        (Some(named), None) if mapping.target.is_none() && !mapping.has(F::Imsi) && !mapping.has(F::Imei) => {
            Err(no_owner(mapping, named))
        }
        (Some(named), own) => {
            undirected(sheet, mapping, named, own);
            Ok(())
        }
        (None, Some(own)) => own_alone(sheet, mapping, own, directed),
        (None, None) => Ok(()),
    }
}

// A caller or a called party without a column of directions: the heading says which of the two it is, in every row.
fn undirected(sheet: &Sheet<'_>, mapping: &mut Mapping, named: Field, own: Option<Field>) {
    use Field as F;
    let called = named == F::B;
    let heading = mapping.heading(named).unwrap_or_default().to_owned();
    let (here, there) = if called { ("B", "A") } else { ("A", "B") };
    match own {
        Some(own) => rename(mapping, own, if called { F::A } else { F::B }),
        None if mapping.target.is_some() => rename(mapping, named, F::Other),
        None => {
            // The SIM or handset beside it is the named party's own where the two go together row by row.
            let own = numbers(sheet, mapping.column(named), mapping.region);
            let devices = devices(sheet, mapping);
            mapping.constant.side = match together(&own, &devices) {
                Some(true) => Some(here),
                Some(false) => Some(there),
                None => None,
            };
            return;
        }
    }
    if called || own.is_none() {
        mapping.constant.side = Some(there);
    }
    mapping.remarks.push(format!(
        "no column says the direction; every row is read as {}, as the heading \u{201c}{heading}\u{201d} says",
        if called { "outgoing" } else { "incoming" }
    ));
}

// The only party of each row is the phone itself: so it is in data sessions and in lists of one
// SIM's or handset's events.
fn own_alone(sheet: &Sheet<'_>, mapping: &mut Mapping, own: Field, directed: bool) -> Result<(), Problem> {
    use Field as F;
    let any = |fields: &[F]| fields.iter().any(|field| mapping.has(*field));
    let volumes = any(&[F::Up, F::Down, F::Apn]);
    let called = any(&[F::Duration, F::Ring, F::Outcome]) || directed;
    if called && !volumes {
        let parties = numbers(sheet, mapping.column(own), mapping.region);
        let itself = together(&parties, &devices(sheet, mapping)) == Some(true) || own == F::Target;
        if !itself {
            return Err(no_owner(mapping, own));
        }
    }
    rename(mapping, own, F::A);
    Ok(())
}

// Whether numbers and devices go together: one number for each device that is met again. None
// when no device is met again.
fn together(parties: &[Option<String>], devices: &[&str]) -> Option<bool> {
    let filled: Vec<(&str, &str)> = parties
        .iter()
        .zip(devices)
        .filter(|(_, device)| !device.is_empty())
        .map(|(party, device)| (party.as_deref().unwrap_or(""), *device))
        .collect();
    let different: std::collections::BTreeSet<&str> = filled.iter().map(|(_, device)| *device).collect();
    let again = filled.len().saturating_sub(different.len());
    if again == 0 {
        return None;
    }
    let own = filled.iter().map(|(party, _)| Some(*party).filter(|party| !party.is_empty()));
    let devices: Vec<&str> = filled.iter().map(|(_, device)| *device).collect();
    let strays = misfit(own, &devices).saturating_sub(different.len());
    Some(strays * 10 <= again)
}

fn rename(mapping: &mut Mapping, from: Field, to: Field) {
    if from != to
        && let Some(columns) = mapping.columns.remove(&from)
    {
        mapping.columns.insert(to, columns);
        if let Some(sureness) = mapping.sureness.remove(&from) {
            mapping.sureness.insert(to, sureness);
        }
    }
}

// Whether a column of numbers is not the target: it changes, or is another than the one stated above the header.
fn is_another(sheet: &Sheet<'_>, mapping: &Mapping, column: usize) -> bool {
    let own = numbers(sheet, Some(column), mapping.region);
    let first = own.iter().flatten().next();
    let changes = own.len() > 1 && own.iter().any(|number| number.as_ref() != first);
    changes || first.is_some_and(|first| mapping.target.as_ref().is_some_and(|target| target != first))
}

// Whether direction or type words tell incoming from outgoing.
fn directed(sheet: &Sheet<'_>, mapping: &mut Mapping) -> bool {
    let share =
        |field: Field| mapping.column(field).map_or(0.0, |column| sheet.columns[column].share(Shape::DirectionWord));
    let says = |field: Field| {
        mapping.column(field).is_some_and(|column| {
            let values = &sheet.columns[column].values;
            let sided = values.iter().filter(|value| sense(value).side.is_some()).count();
            !values.is_empty() && sided * 2 > values.len()
        })
    };
    share(Field::Direction) > 0.5 || says(Field::Direction) || says(Field::Type) || {
        // Directions by any other name: a column no field took.
        let column = (0..sheet.columns.len()).find(|column| {
            mapping.field_of(*column).is_none() && sheet.columns[*column].share(Shape::DirectionWord) > 0.9
        });
        if let Some(column) = column
            && !mapping.has(Field::Direction)
        {
            mapping.columns.insert(Field::Direction, vec![column]);
            mapping.sureness.insert(Field::Direction, 0.6);
            true
        } else {
            false
        }
    }
}

// A number under a heading nobody knows is no caller, unless it is the target that the file states.
fn unknown_caller(sheet: &Sheet<'_>, mapping: &mut Mapping) -> Result<(), Problem> {
    use Field as F;
    let Some(column) = mapping.column(F::A) else { return Ok(()) };
    // Without a heading nothing says which of two numbers called.
    if sheet.headed && mapping.sureness.get(&F::A).is_none_or(|sure| *sure > 0.3) {
        return Ok(());
    }
    let own = numbers(sheet, Some(column), mapping.region);
    let stated = mapping.target.as_ref().is_some_and(|target| own.iter().all(|number| number.as_ref() == Some(target)));
    if stated {
        mapping.columns.remove(&F::A);
        mapping.sureness.remove(&F::A);
        return Ok(());
    }
    let others = [F::B, F::Other, F::Own, F::Target].iter().any(|field| mapping.has(*field));
    if others || mapping.target.is_some() {
        // Left over: `lone_number` judges it as the other party.
        mapping.columns.remove(&F::A);
        mapping.sureness.remove(&F::A);
        return Ok(());
    }
    Err(Problem::user("the file does not say who called whom")
        .because(format!("{} holds numbers, and its heading is not a known one", sheet.name(column)))
        .hint("write a profile that says whose numbers these are, or name the target with `--target 07\u{2026}`"))
}

// The other party has a heading nobody knows: it is the only column of numbers left, and they change from row to row,
// as a switch's or a service centre's do not.
fn lone_number(sheet: &Sheet<'_>, mapping: &mut Mapping) {
    use Field as F;
    let missing = match (mapping.has(F::A), mapping.has(F::B)) {
        (true, false) if !mapping.has(F::Other) && !mapping.has(F::Own) => F::B,
        (false, false) if mapping.has(F::Own) && !mapping.has(F::Other) => F::Other,
        (false, false) if mapping.target.is_some() && !mapping.has(F::Other) => F::Other,
        (false, false) if mapping.has(F::Target) && !mapping.has(F::Other) => F::Other,
        _ => return,
    };
    let left: Vec<usize> = (0..sheet.columns.len())
        .filter(|column| {
            let values = &sheet.columns[*column];
            mapping.field_of(*column).is_none()
                && values.share(Shape::Phone) > 0.5
                && meanings(values.heading).iter().all(|(field, _)| *field != F::Ignore)
                && !is_of_the_books(values.heading)
                && values.share(Shape::Imsi) < 0.5
                && values.share(Shape::Imei) < 0.5
        })
        .collect();
    let [column] = left[..] else { return };
    let others = numbers(sheet, Some(column), mapping.region);
    let different: std::collections::BTreeSet<&String> = others.iter().flatten().collect();
    let target = mapping.target.as_ref().is_some_and(|target| different.contains(target));
    if target || different.len() < 2 || (others.len() >= 3 && different.len() * 5 < others.len().max(10)) {
        return;
    }
    mapping.columns.insert(missing, vec![column]);
    mapping.sureness.insert(missing, 0.5);
    mapping.remarks.push(format!(
        "{} is read as {}: it is the only remaining column of numbers, and they change from row to row",
        sheet.name(column),
        describe(missing)
    ));
}

// Whether a heading says outright that a party called: `A number` and `A party` stand in some
// layouts for the served phone.
fn says_caller(heading: &str) -> bool {
    words(heading).iter().any(|word| {
        ["call", "orig", "send", "from", "source", "src", "init", "dialling", "dialing"]
            .iter()
            .any(|stem| word.starts_with(stem) && !word.starts_with("called"))
    })
}

// `A number` is the caller in most layouts and the served phone in some. The rows tell: the owner of a record is a
// number, is one of few, and goes with one SIM.
fn served_party(sheet: &Sheet<'_>, mapping: &mut Mapping) -> Result<(), Problem> {
    use Field as F;
    let direction = if mapping.has(F::Direction) { F::Direction } else { F::Type };
    let Some(told) = mapping.column(direction) else { return Ok(()) };
    let (a, b) =
        (numbers(sheet, mapping.column(F::A), mapping.region), numbers(sheet, mapping.column(F::B), mapping.region));
    let devices = devices(sheet, mapping);
    let rows: Vec<(usize, bool)> = sheet
        .rows
        .iter()
        .enumerate()
        .filter_map(|(at, row)| sense(row[told]).side.map(|side| (at, side == "A")))
        .collect();
    let incoming: Vec<usize> = rows.iter().filter(|(_, out)| !out).map(|(at, _)| *at).collect();
    if incoming.is_empty() {
        return Ok(());
    }
    let device: Vec<&str> = rows.iter().map(|(at, _)| devices[*at]).collect();
    let fit = |own: &dyn Fn(usize, bool) -> Option<String>| {
        let own: Vec<Option<String>> = rows.iter().map(|(at, out)| own(*at, *out)).collect();
        misfit(own.iter().map(Option::as_deref), &device)
    };
    let caller = fit(&|at, out| if out { a[at].clone() } else { b[at].clone() });
    let served = fit(&|at, _| a[at].clone());
    let turned = fit(&|at, _| b[at].clone());
    let target_is = |side: &[Option<String>]| {
        mapping.target.as_ref().is_some_and(|target| incoming.iter().all(|at| side[*at].as_ref() == Some(target)))
    };
    let heading = mapping.heading(F::A).unwrap_or_default().to_owned();
    let first: Vec<u64> = incoming.iter().take(3).map(|at| sheet.numbers[*at]).collect();
    if target_is(&b) || (caller < served && caller <= turned) {
        return Ok(());
    }
    if turned < caller && turned < served {
        return Err(contradiction(mapping, F::B, &first));
    }
    if served < caller || target_is(&a) {
        if says_caller(&heading) {
            return Err(contradiction(mapping, F::A, &first));
        }
        rename(mapping, F::A, F::Own);
        rename(mapping, F::B, F::Other);
        mapping.columns.remove(&F::Target);
        mapping.remarks.push(format!(
            "\u{201c}{heading}\u{201d} is the same phone in incoming and outgoing rows: it is read as the phone the \
             file is about, and the direction says who called"
        ));
        return Ok(());
    }
    if says_caller(&heading) {
        return Ok(());
    }
    Err(Problem::user("the rows do not show who called whom")
        .because(format!(
            "\u{201c}{heading}\u{201d} may be the caller, or the phone that the file is about; rows {} are incoming \
             and fit both",
            listed(&first)
        ))
        .hint(
            "name the number whose data it is with `--target 07\u{2026}`, or write a profile that calls the columns \
             `a` and `b`, or `own` and `other`",
        ))
}

fn contradiction(mapping: &Mapping, field: Field, rows: &[u64]) -> Problem {
    let heading = mapping.heading(field).unwrap_or_default();
    Problem::user("headings and directions contradict each other")
        .because(format!(
            "\u{201c}{heading}\u{201d} is headed as {}, and holds the phone that the file is about in outgoing and in \
             incoming rows (incoming: rows {})",
            describe(field),
            listed(rows)
        ))
        .hint(
            "ask the operator which of them is right; then write a profile that calls the columns `a` and `b`, or \
             `own` and `other`",
        )
}

fn listed(rows: &[u64]) -> String {
    rows.iter().map(u64::to_string).collect::<Vec<_>>().join(", ")
}

// A column headed as the file's own number that goes with no SIM, beside another that does, is
// not what its heading says.
fn sides_turned(sheet: &Sheet<'_>, mapping: &Mapping) -> Result<(), Problem> {
    let devices = devices(sheet, mapping);
    let own = numbers(sheet, mapping.column(Field::Own), mapping.region);
    if let Some(target) = mapping.target.as_ref().filter(|target| target.starts_with('+'))
        && own.iter().any(Option::is_some)
        && own.iter().flatten().all(|number| number != target)
    {
        let heading = mapping.heading(Field::Own).unwrap_or_default();
        return Err(Problem::user("the target stated above the header is not the one in the rows")
            .because(format!(
                "a line above states {target}, and \u{201c}{heading}\u{201d} holds {} in row {}",
                own.iter().flatten().next().map_or("", String::as_str),
                sheet.numbers.first().copied().unwrap_or(0)
            ))
            .hint(
                "ask the operator whose data the file is; with a profile that names the columns it can be added as \
                 it is",
            ));
    }
    let other = numbers(sheet, mapping.column(Field::Other), mapping.region);
    if together(&own, &devices) == Some(false) && together(&other, &devices) == Some(true) {
        let rows: Vec<u64> = sheet.numbers.iter().take(3).copied().collect();
        return Err(contradiction(mapping, Field::Other, &rows));
    }
    Ok(())
}
