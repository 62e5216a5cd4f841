//! Which column each field goes to: heading and values give a score, the best pairs are taken one by one.

use std::collections::HashMap;

use orochi_model::{absence::is_absent, problem::Problem};

use super::field::{Field, Table};
use super::mapping::Mapping;
use super::rivals::{Rival, equals, order_remark, rival};
use super::shapes::Shape;
use super::sheet::{Column, Sheet};
use super::synonyms::{is_of_the_books, meanings};

/// A field and the columns it goes to.
#[derive(Clone, Debug)]
pub struct Taken {
    /// The field.
    pub field: Field,
    /// Its column.
    pub column: usize,
    /// How sure, 0 to 1.
    pub sureness: f32,
    /// A column of the same meaning that agrees with it or fills its gaps.
    pub also: Vec<usize>,
    /// What a reader should know.
    pub remark: Option<String>,
}

/// Two columns that fit equally.
pub struct Undecided {
    /// What to tell the user.
    pub problem: Problem,
    /// What would have been taken.
    pub taken: Vec<Taken>,
}

fn allowed(table: Table, field: Field) -> bool {
    use Field as F;
    let place = matches!(
        field,
        F::StartCell
            | F::StartArea
            | F::StartNode
            | F::StartSector
            | F::StartRadio
            | F::StartSite
            | F::StartAddress
            | F::StartPostcode
            | F::StartEasting
            | F::StartNorthing
            | F::StartGrid
            | F::StartLatitude
            | F::StartLongitude
            | F::StartAzimuth
    );
    let plain = matches!(
        field,
        F::Number
            | F::Name
            | F::Born
            | F::Address
            | F::Postcode
            | F::AccountType
            | F::From
            | F::To
            | F::Amount
            | F::Method
            | F::Place
            | F::Make
            | F::Range
            | F::Quality
            | F::Iccid
            | F::Ignore
    );
    match table {
        Table::Communications => !plain,
        Table::Cells => place || matches!(field, F::Mcc | F::Mnc | F::Network | F::From | F::To | F::Range),
        Table::Subscribers => matches!(
            field,
            F::Number
                | F::Imsi
                | F::Iccid
                | F::Imei
                | F::Name
                | F::Born
                | F::Address
                | F::Postcode
                | F::AccountType
                | F::Network
                | F::From
                | F::To
        ),
        Table::Topups => matches!(
            field,
            F::Number | F::Start | F::StartDate | F::StartTime | F::Amount | F::Method | F::Place | F::Postcode
        ),
        Table::Handsets => matches!(field, F::Number | F::Imsi | F::Iccid | F::Imei | F::Make | F::From | F::To),
        Table::Postcodes => matches!(field, F::Postcode | F::Quality | F::StartEasting | F::StartNorthing),
    }
}

// The shapes a field's values must have; none when any text will do.
fn wanted(field: Field) -> &'static [Shape] {
    use Field as F;
    match field {
        F::A | F::B | F::C | F::Other => &[Shape::Phone, Shape::PartyLike],
        F::Own | F::Number => &[Shape::Phone],
        F::Target => &[Shape::Phone, Shape::Imei, Shape::Imsi],
        F::Direction => &[Shape::DirectionWord],
        F::Type => &[Shape::TypeWord],
        F::StartRadio | F::EndRadio => &[Shape::Radio],
        F::Start | F::End => &[Shape::Moment, Shape::Count],
        F::StartDate | F::EndDate => &[Shape::Date, Shape::DayNumber],
        F::From | F::To | F::Born => &[Shape::Date, Shape::Moment, Shape::DayNumber, Shape::Count],
        F::StartTime | F::EndTime => &[Shape::Time, Shape::Part],
        F::Duration | F::Ring => &[Shape::Duration],
        F::Imsi | F::AImsi | F::BImsi => &[Shape::Imsi],
        F::Imei | F::AImei | F::BImei => &[Shape::Device],
        F::Iccid => &[Shape::Iccid],
        F::StartGrid | F::EndGrid => &[Shape::Grid],
        F::StartPostcode | F::EndPostcode | F::Postcode => &[Shape::Postcode],
        F::StartLatitude | F::EndLatitude | F::StartLongitude | F::EndLongitude => &[Shape::Decimal],
        F::StartEasting | F::EndEasting | F::StartNorthing | F::EndNorthing => &[Shape::Decimal],
        F::StartAzimuth | F::EndAzimuth => &[Shape::Azimuth, Shape::Words],
        F::StartArea | F::EndArea | F::StartNode | F::EndNode => &[Shape::Whole, Shape::Hexadecimal],
        F::Mcc | F::Mnc | F::Quality => &[Shape::Whole],
        F::StartCell | F::EndCell | F::ACell | F::BCell => &[Shape::Cell, Shape::Whole, Shape::Hexadecimal],
        F::Up | F::Down | F::Range => &[Shape::Decimal],
        F::Amount => &[Shape::Money],
        F::Network => &[Shape::Words],
        F::StartSite | F::EndSite | F::StartAddress | F::EndAddress | F::Name | F::Address | F::Place => {
            &[Shape::Words]
        }
        _ => &[],
    }
}

// Whether a field names a party, a SIM, a handset, a cell or an area.
fn names(field: Field) -> bool {
    use Field as F;
    matches!(
        field,
        F::A | F::B | F::C | F::Own | F::Other | F::Number | F::Target | F::Iccid | F::Imsi | F::AImsi | F::BImsi
    ) || matches!(field, F::Imei | F::AImei | F::BImei | F::StartCell | F::EndCell | F::ACell | F::BCell)
        || matches!(field, F::StartArea | F::EndArea | F::StartNode | F::EndNode | F::Mcc | F::Mnc)
}

// How well the values of a column fit a field: none when it has no values or any will do.
fn fit(column: &Column<'_>, field: Field) -> Option<f32> {
    let wanted = wanted(field);
    if wanted.is_empty() || column.values.is_empty() {
        return None;
    }
    // Marks in place of an identifier (`0`, `-1`) say nothing against a heading that names it.
    let silent = if names(field) { column.values.iter().filter(|value| is_absent(value)).count() } else { 0 };
    let said = column.values.len() - silent;
    if said == 0 {
        return None;
    }
    let part = column.values.len() as f32 / said as f32;
    let best = (wanted.iter().map(|shape| column.share(*shape)).sum::<f32>() * part).min(1.0);
    Some(match field {
        // Words of any language may name a kind; what is another in every row numbers the rows.
        Field::Type | Field::Direction | Field::Outcome if column.numbers_rows() => 0.0,
        Field::Type => best.max(0.67),
        // `Bearer` may say speech or text, and not the radio.
        Field::StartRadio | Field::EndRadio => {
            if column.shaped(Shape::TypeWord) && !column.shaped(Shape::Radio) {
                0.0
            } else {
                0.67
            }
        }
        // A cell may be known by any name; a site's name may be a number.
        Field::StartCell | Field::EndCell | Field::ACell | Field::BCell => best.max(0.55),
        Field::StartSite | Field::EndSite => best.max(0.5),
        _ => best,
    })
}

/// Gives each field of a table its column.
///
/// # Errors
/// When two columns fit a field that matters equally well and hold different values.
pub fn assign(sheet: &Sheet<'_>, table: Table) -> Result<Vec<Taken>, Box<Undecided>> {
    let mut pairs: Vec<(f32, Field, usize)> = Vec::new();
    for (index, column) in sheet.columns.iter().enumerate() {
        for (field, heading) in candidates(column, sheet.headed) {
            // The date of a return is not that on which an account began.
            let undated = table == Table::Subscribers && field == Field::From && heading < 0.6;
            if !allowed(table, field) || heading <= 0.0 || undated {
                continue;
            }
            let score = match fit(column, field) {
                None => heading * if column.values.is_empty() { 0.6 } else { 0.8 },
                Some(share) if share < 0.5 => continue,
                Some(share) => heading * (0.4 + 0.6 * share),
            };
            if score >= 0.25 {
                pairs.push((score, field, index));
            }
        }
    }
    pairs.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)).then(one.2.cmp(&other.2)));
    let ended = pairs.iter().any(|pair| pair.1 == Field::End);
    let mut taken: Vec<Taken> = Vec::new();
    let mut undecided = None;
    let mut used: HashMap<usize, Field> = HashMap::new();
    for (score, field, column) in &pairs {
        if used.contains_key(column) {
            continue;
        }
        if let Some(place) = taken.iter().position(|taken| taken.field == *field) {
            // A rival: the column's own best meaning is a field already given away.
            let best = pairs.iter().find(|pair| pair.2 == *column).map(|pair| pair.1);
            let first = &taken[place];
            if best != Some(*field) || !matters(*field) || first.sureness - score >= 0.07 {
                continue;
            }
            match rival(sheet, *field, first, *column) {
                Rival::Agrees(remark) => {
                    taken[place].also.push(*column);
                    taken[place].remark = Some(remark);
                    used.insert(*column, *field);
                }
                Rival::Yields => {}
                Rival::Beats => taken[place].column = *column,
                Rival::Ends { swap } if !ended && !taken.iter().any(|taken| taken.field == Field::End) => {
                    let (starts, ends) = if swap { (*column, first.column) } else { (first.column, *column) };
                    let remark = Some(order_remark(sheet, starts, ends));
                    taken[place].column = starts;
                    used.insert(*column, Field::End);
                    taken.push(Taken { field: Field::End, column: ends, sureness: *score, also: Vec::new(), remark });
                }
                Rival::Equal | Rival::Ends { .. } => {
                    undecided.get_or_insert_with(|| equals(sheet, *field, first.column, *column));
                }
            }
            continue;
        }
        // One instant is not given twice: joined where it is joined, split where it is split.
        let clash = match field {
            Field::StartDate | Field::StartTime => taken.iter().any(|taken| taken.field == Field::Start),
            Field::EndDate | Field::EndTime => taken.iter().any(|taken| taken.field == Field::End),
            Field::Start => taken.iter().any(|taken| taken.field == Field::StartTime),
            Field::End => taken.iter().any(|taken| taken.field == Field::EndTime),
            _ => false,
        };
        if clash {
            continue;
        }
        used.insert(*column, *field);
        taken.push(Taken { field: *field, column: *column, sureness: *score, also: Vec::new(), remark: None });
    }
    match undecided {
        Some(problem) => Err(Box::new(Undecided { problem, taken })),
        None => Ok(taken),
    }
}

// What a column may be: by its heading, or where that says nothing, by values that can be only one thing.
fn candidates(column: &Column<'_>, headed: bool) -> Vec<(Field, f32)> {
    let mut found = if headed { meanings(column.heading) } else { Vec::new() };
    // A heading that none of the values bear out says nothing.
    found.retain(|(field, _)| fit(column, *field).is_none_or(|share| share >= 0.5));
    if !found.is_empty() {
        return found;
    }
    for (shape, field) in [
        (Shape::Imsi, Field::Imsi),
        (Shape::Imei, Field::Imei),
        (Shape::Cell, Field::StartCell),
        (Shape::Moment, Field::Start),
        (Shape::Grid, Field::StartGrid),
        (Shape::DirectionWord, Field::Direction),
        (Shape::TypeWord, Field::Type),
    ] {
        if column.share(shape) > 0.9 && !column.heading.to_ascii_lowercase().contains("file") {
            found.push((field, 0.45));
            return found;
        }
    }
    if headed {
        // Somebody's number under a heading nobody knows: weak, so that two of them are two equals.
        if column.share(Shape::Phone) > 0.9 && column.share(Shape::Imsi) < 0.5 && !is_of_the_books(column.heading) {
            found.push((Field::A, 0.3));
        }
    } else {
        for (shape, field) in [
            (Shape::Phone, Field::Number),
            (Shape::Phone, Field::A),
            (Shape::Date, Field::StartDate),
            (Shape::Time, Field::StartTime),
            (Shape::Duration, Field::Duration),
            (Shape::Postcode, Field::Postcode),
        ] {
            // Degrees are decimals; a length without a heading is whole.
            let decimals = shape == Shape::Duration && column.share(Shape::Decimal) > column.share(Shape::Whole);
            if column.share(shape) > 0.9 && !decimals {
                found.push((field, 0.4));
            }
        }
    }
    found
}

fn matters(field: Field) -> bool {
    matches!(
        field,
        Field::A
            | Field::B
            | Field::C
            | Field::Own
            | Field::Other
            | Field::Start
            | Field::StartDate
            | Field::StartTime
            | Field::Duration
            | Field::Number
    )
}

/// Writes what was taken into the mapping.
pub fn fill(mapping: &mut Mapping, taken: &[Taken]) {
    for taken in taken {
        let mut columns = vec![taken.column];
        columns.extend(&taken.also);
        mapping.columns.insert(taken.field, columns);
        mapping.sureness.insert(taken.field, taken.sureness);
        mapping.remarks.extend(taken.remark.clone());
    }
}
