//! Who called whom, in a proposed layout: caller and called stated outright, or a target and another party with a direction.

use orochi_model::problem::Problem;

use super::field::Field;
use super::mapping::Mapping;
use super::rivals::describe;
use super::shapes::Shape;
use super::sheet::Sheet;
use super::synonyms::meanings;
use super::words::sense;

/// Settles which columns are caller and called.
///
/// # Errors
/// User kind when the columns do not say who called whom.
pub fn settle(sheet: &Sheet<'_>, mapping: &mut Mapping) -> Result<(), Problem> {
    use Field as F;
    lone_number(sheet, mapping);
    let directed = directed(sheet, mapping);
    let alone = [F::A, F::B, F::Other, F::Target].iter().all(|field| !mapping.has(*field));
    if directed && alone && mapping.column(F::Own).is_some_and(|column| is_another(sheet, mapping, column)) {
        // A bare `Number` that changes from row to row beside directions is whom the phone was in contact with.
        rename(mapping, F::Own, F::Other);
    }
    // A column that is constant and headed as a target states whose data the file is.
    if mapping.has(F::A) && mapping.has(F::B) {
        if mapping.has(F::Own) && !mapping.has(F::Target) {
            rename(mapping, F::Own, F::Target);
        }
        if mapping.has(F::Other) {
            mapping.columns.remove(&F::Other);
        }
        served_party(sheet, mapping, directed);
        return Ok(());
    }
    // One side is named, the other is whoever the file is about.
    let named = [F::Other, F::B, F::A].into_iter().find(|field| mapping.has(*field));
    let own = [F::Own, F::Target, F::A, F::B].into_iter().find(|field| mapping.has(*field) && Some(*field) != named);
    match (named, own) {
        (Some(named), own) if directed => {
            let named_is = mapping.heading(named).unwrap_or_default().to_owned();
            rename(mapping, named, F::Other);
            let own = own.filter(|own| *own != F::A || mapping.target.is_none() || mapping.sureness[own] > 0.3);
            if let Some(own) = own {
                rename(mapping, own, F::Own);
                mapping.columns.remove(&F::A);
                mapping.columns.remove(&F::B);
            } else if mapping.target.is_none() {
                return Err(Problem::user("the file names one party a row and not whose data it is")
                    .because(format!("the other party is \u{201c}{named_is}\u{201d}; no column and no line above states the target"))
                    .hint("add a line `Target: 07…` above the header of a copy, or a profile that names the target's column"));
            }
            Ok(())
        }
        (Some(F::Other), _) => Err(Problem::user("the file does not say who called whom")
            .because("there is an other party, but no column of directions (incoming, outgoing)")
            .hint("write a profile that names the direction's column, or calls one column `a` and one `b`")),
        (Some(named), None) if mapping.target.is_none() && !mapping.has(F::Imsi) && !mapping.has(F::Imei) => {
            let heading = mapping.heading(named).unwrap_or_default().to_owned();
            Err(Problem::user("the file names one party a row and not whose data it is")
                .because(format!(
                    "that party is \u{201c}{heading}\u{201d}; no column and no line above states the target"
                ))
                .hint(
                    "add a line `Target: 07…` above the header of a copy, or a profile that names the target's column",
                ))
        }
        (Some(named), own) => {
            let called = named == F::B;
            let heading = mapping.heading(named).unwrap_or_default().to_owned();
            match own {
                Some(own) => rename(mapping, own, if called { F::A } else { F::B }),
                None if mapping.target.is_some() => rename(mapping, named, F::Other),
                None => {}
            }
            if called || own.is_none() {
                mapping.constant.side = Some(if called { "A" } else { "B" });
            }
            mapping.remarks.push(format!(
                "no column says the direction; every row is read as {}, as the heading \u{201c}{heading}\u{201d} says",
                if called { "outgoing" } else { "incoming" }
            ));
            Ok(())
        }
        (None, Some(own))
            if directed && own == F::Own && ![F::Imsi, F::Imei, F::Up, F::Down].iter().any(|f| mapping.has(*f)) =>
        {
            let heading = mapping.heading(own).unwrap_or_default().to_owned();
            Err(Problem::user("the file names one party a row and not whose data it is")
                .because(format!(
                    "that party is \u{201c}{heading}\u{201d}; no column and no line above states the other"
                ))
                .hint("add a line `Target: 07…` above the header of a copy, or a profile that names the columns"))
        }
        (None, Some(own)) => {
            // Data sessions: the only party is the phone itself.
            rename(mapping, own, F::A);
            Ok(())
        }
        (None, None) => Ok(()),
    }
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
    let values = &sheet.columns[column];
    match (values.constant().or(values.values.first().copied()), &mapping.target) {
        (Some(value), Some(target)) => {
            values.constant().is_none() && values.values.len() > 1
                || crate::cell::read_target(value, mapping.region).is_ok_and(|number| number != *target)
        }
        (Some(_), None) => values.values.len() > 1 && values.constant().is_none(),
        (None, _) => false,
    }
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

// One side has a heading nobody knows: the only column of numbers left is it.
fn lone_number(sheet: &Sheet<'_>, mapping: &mut Mapping) {
    use Field as F;
    let missing = match (mapping.has(F::A), mapping.has(F::B)) {
        (true, false) if !mapping.has(F::Other) => F::B,
        (false, true) if !mapping.has(F::Own) && !mapping.has(F::Target) && mapping.target.is_none() => F::A,
        (false, false) if mapping.has(F::Own) && !mapping.has(F::Other) => F::Other,
        (false, false) if mapping.target.is_some() && !mapping.has(F::Other) => F::Other,
        _ => return,
    };
    let left: Vec<usize> = (0..sheet.columns.len())
        .filter(|column| {
            let values = &sheet.columns[*column];
            mapping.field_of(*column).is_none()
                && values.share(Shape::Phone) > 0.5
                && meanings(values.heading).iter().all(|(field, _)| *field != F::Ignore)
                && values.share(Shape::Imsi) < 0.5
                && values.share(Shape::Imei) < 0.5
        })
        .collect();
    if let [column] = left[..] {
        mapping.columns.insert(missing, vec![column]);
        mapping.sureness.insert(missing, 0.5);
        let heading = sheet.columns[column].heading.to_owned();
        mapping.remarks.push(format!(
            "\u{201c}{heading}\u{201d} is read as {}: the only column of numbers left",
            describe(missing)
        ));
    }
}

// `A number` is the caller in most layouts and the served phone in some: there it never changes while the direction does.
fn served_party(sheet: &Sheet<'_>, mapping: &mut Mapping, directed: bool) {
    use Field as F;
    if !directed {
        return;
    }
    let direction = if mapping.has(F::Direction) { F::Direction } else { F::Type };
    let Some(words) = mapping.column(direction) else { return };
    let sides: Vec<Option<&str>> = sheet.rows.iter().map(|row| sense(row[words]).side).collect();
    let both = sides.contains(&Some("A")) && sides.contains(&Some("B"));
    let constant = |field: Field| {
        mapping.column(field).is_some_and(|column| {
            let values = &sheet.columns[column];
            values.constant().is_some() && values.values.len() > 2
        })
    };
    if both && constant(F::A) && !constant(F::B) {
        let heading = mapping.heading(F::A).unwrap_or_default().to_owned();
        rename(mapping, F::A, F::Own);
        rename(mapping, F::B, F::Other);
        mapping.columns.remove(&F::Target);
        mapping.remarks.push(format!(
            "\u{201c}{heading}\u{201d} is the same in incoming and outgoing rows: it is read as the phone the file is about, and the direction \
             says who called"
        ));
    }
}
