//! Columns that a profile does not know, in a file that it otherwise fits: an operator renames or adds one, and what it
//! holds must not be dropped without a word.
//!
//! Only fields the profile left empty are filled, and none that says who called whom or what kind of event a row is:
//! there the profile's reading is the one that was checked.

use super::assignment::{self, Taken};
use super::field::Field;
use super::furniture;
use super::heading::normalise;
use super::mapping::Mapping;
use super::sheet::Sheet;

/// Gives the fields that a profile found no column for the columns whose headings and values fit them well.
pub fn fill(body: &[(u64, Vec<String>)], ignored: &[String], mapping: &mut Mapping) {
    let headings = mapping.headings.clone();
    let body = furniture::rows(body, &headings, true);
    let sheet = Sheet::from_rows(&headings, true, &body);
    let taken = assignment::assign(&sheet, mapping.table).unwrap_or_else(|undecided| undecided.taken);
    let ignored: Vec<String> = ignored.iter().map(|heading| normalise(heading)).collect();
    for Taken { field, column, sureness, .. } in taken {
        let heading = headings[column].trim();
        if sureness < 0.5
            || settled(field, mapping)
            || mapping.field_of(column).is_some()
            || ignored.contains(&normalise(heading))
        {
            continue;
        }
        mapping.columns.insert(field, vec![column]);
        mapping.sureness.insert(field, sureness);
        mapping.remarks.push(format!(
            "\u{201c}{heading}\u{201d} is not in the profile; it is read as {}, as its heading and values suggest",
            field.as_str()
        ));
    }
}

// Whether a field is not to be filled: it has a column, or another one says the same.
fn settled(field: Field, mapping: &Mapping) -> bool {
    use Field as F;
    let any = |fields: &[Field]| fields.iter().any(|field| mapping.has(*field));
    match field {
        F::A | F::B | F::C | F::Own | F::Other | F::Target | F::Direction | F::Type | F::Outcome => true,
        F::AImei | F::BImei | F::AImsi | F::BImsi | F::ACell | F::BCell => true,
        F::Start => any(&[F::Start, F::StartDate, F::StartTime]),
        F::StartDate | F::StartTime => any(&[F::Start, field]),
        F::End => any(&[F::End, F::EndDate, F::EndTime]),
        F::EndDate | F::EndTime => any(&[F::End, field]),
        F::StartNode | F::StartSector | F::StartArea => any(&[F::StartCell, F::StartNode, field]),
        F::EndNode | F::EndSector | F::EndArea => any(&[F::EndCell, F::EndNode, field]),
        field => mapping.has(field),
    }
}
