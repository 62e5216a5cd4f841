//! Which column each field goes to: heading and values give a score, the best pairs are taken one by one.

use std::collections::HashMap;

use orochi_model::{party::read_party, problem::Problem};

use super::clocks::zone_of_words;
use super::field::{Field, Table};
use super::mapping::Mapping;
use super::shapes::{SHAPES, Shape, shapes};
use super::synonyms::meanings;

/// One column of the sample.
pub struct Column<'s> {
    /// Heading, empty when there is none.
    pub heading: &'s str,
    /// Values that are not empty.
    pub values: Vec<&'s str>,
    counts: [usize; SHAPES],
}

impl Column<'_> {
    /// Share of the values that have a shape.
    pub fn share(&self, shape: Shape) -> f32 {
        if self.values.is_empty() { 0.0 } else { self.counts[shape as usize] as f32 / self.values.len() as f32 }
    }

    /// Whether most values have a shape.
    pub fn shaped(&self, shape: Shape) -> bool {
        self.share(shape) > 0.6
    }

    /// The only value, when all rows share one.
    pub fn constant(&self) -> Option<&str> {
        let first = self.values.first()?;
        (self.values.len() > 1 && self.values.iter().all(|value| value == first)).then_some(*first)
    }
}

/// The sample of a sheet, column by column.
pub struct Sheet<'s> {
    /// Its columns.
    pub columns: Vec<Column<'s>>,
    /// Its rows, blank ones dropped, as wide as the header.
    pub rows: Vec<Vec<&'s str>>,
    headed: bool,
}

impl<'s> Sheet<'s> {
    /// Counts the shapes of every column. Lines much shorter than the table (totals, words at the foot) are left out.
    pub fn of(headings: &'s [String], headed: bool, body: &'s [(u64, Vec<String>)]) -> Self {
        let filled = |row: &[String]| row.iter().filter(|cell| !cell.trim().is_empty()).count();
        let usual = {
            let mut counts: Vec<usize> = body.iter().map(|(_, row)| filled(row)).filter(|count| *count > 0).collect();
            counts.sort_unstable();
            counts.get(counts.len() / 2).copied().unwrap_or(0)
        };
        let rows: Vec<Vec<&str>> = body
            .iter()
            .filter(|(_, row)| filled(row) * 2 >= usual && filled(row) > 0)
            .map(|(_, row)| (0..headings.len()).map(|column| row.get(column).map_or("", |cell| cell.trim())).collect())
            .collect();
        let columns = (0..headings.len())
            .map(|index| {
                let values: Vec<&str> =
                    rows.iter().map(|row| row[index]).filter(|value| !crate::tables::is_blank(value)).collect();
                let mut counts = [0; SHAPES];
                for value in &values {
                    for shape in shapes(value) {
                        counts[shape as usize] += 1;
                    }
                }
                Column { heading: if headed { headings[index].as_str() } else { "" }, values, counts }
            })
            .collect();
        Self { columns, rows, headed }
    }

    /// Whether a column holds telephone numbers, SIMs or handsets: a list of places has none.
    pub fn has_people(&self) -> bool {
        self.columns.iter().any(|column| {
            !column.values.is_empty()
                && (column.shaped(Shape::Imsi)
                    || (column.shaped(Shape::Device)
                        && meanings(column.heading).iter().any(|(field, _)| *field == Field::Imei))
                    || (column.shaped(Shape::Phone)
                        && !column.shaped(Shape::Cell)
                        && meanings(column.heading).iter().all(|(field, _)| *field != Field::StartCell)))
        })
    }
}

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
        F::Start | F::End => &[Shape::Moment, Shape::Count],
        F::StartDate | F::EndDate => &[Shape::Date],
        F::From | F::To | F::Born => &[Shape::Date, Shape::Moment],
        F::StartTime | F::EndTime => &[Shape::Time],
        F::Duration | F::Ring => &[Shape::Duration],
        F::Imsi | F::AImsi | F::BImsi => &[Shape::Imsi],
        F::Imei | F::AImei | F::BImei => &[Shape::Device],
        F::Iccid => &[Shape::Iccid],
        F::StartGrid | F::EndGrid => &[Shape::Grid],
        F::StartPostcode | F::EndPostcode | F::Postcode => &[Shape::Postcode],
        F::StartLatitude | F::EndLatitude | F::StartLongitude | F::EndLongitude => &[Shape::Decimal],
        F::StartEasting | F::EndEasting | F::StartNorthing | F::EndNorthing => &[Shape::Decimal],
        F::StartAzimuth | F::EndAzimuth => &[Shape::Azimuth, Shape::Words],
        F::StartArea | F::EndArea | F::StartNode | F::EndNode | F::Mcc | F::Mnc | F::Quality => &[Shape::Whole],
        F::StartCell | F::EndCell | F::ACell | F::BCell => &[Shape::Cell, Shape::Whole],
        F::Up | F::Down | F::Range => &[Shape::Decimal],
        F::Amount => &[Shape::Money],
        F::StartSite | F::EndSite | F::StartAddress | F::EndAddress | F::Name | F::Address | F::Place => {
            &[Shape::Words]
        }
        _ => &[],
    }
}

// How well the values of a column fit a field: none when it has no values or any will do.
fn fit(column: &Column<'_>, field: Field) -> Option<f32> {
    let wanted = wanted(field);
    if wanted.is_empty() || column.values.is_empty() {
        return None;
    }
    let best = wanted.iter().map(|shape| column.share(*shape)).sum::<f32>().min(1.0);
    Some(match field {
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
            if !allowed(table, field) || heading <= 0.0 {
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
    let mut taken: Vec<Taken> = Vec::new();
    let mut undecided = None;
    let mut used: HashMap<usize, Field> = HashMap::new();
    for (score, field, column) in &pairs {
        if used.contains_key(column) {
            continue;
        }
        if let Some(first) = taken.iter_mut().find(|taken| taken.field == *field) {
            // A rival: the column's own best meaning is a field already given away.
            let best = pairs.iter().find(|pair| pair.2 == *column).map(|pair| pair.1);
            if best == Some(*field) && matters(*field) && first.sureness - score < 0.07 {
                match rival(sheet, *field, first, *column) {
                    Rival::Agrees(remark) => {
                        first.also.push(*column);
                        first.remark = Some(remark);
                        used.insert(*column, *field);
                    }
                    Rival::Yields => {}
                    Rival::Beats => first.column = *column,
                    Rival::Equal => {
                        undecided.get_or_insert_with(|| equals(sheet, *field, first.column, *column));
                    }
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
        if column.share(Shape::Phone) > 0.9 && column.share(Shape::Imsi) < 0.5 {
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
            if column.share(shape) > 0.9 {
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

enum Rival {
    Agrees(String),
    Yields,
    Beats,
    Equal,
}

fn rival(sheet: &Sheet<'_>, field: Field, first: &Taken, second: usize) -> Rival {
    let canonical = |text: &str| {
        let mut out = String::new();
        let party = matches!(field, Field::A | Field::B | Field::C | Field::Own | Field::Other | Field::Number);
        if party && read_party(text, orochi_model::party::Region::Gb, &mut out).is_ok() { out } else { text.to_owned() }
    };
    let (one, two) = (&sheet.columns[first.column], &sheet.columns[second]);
    if two.values.is_empty() {
        return Rival::Yields;
    }
    if one.values.is_empty() {
        return Rival::Beats;
    }
    // The same moment in two zones: the one that no clock change blurs.
    if matches!(field, Field::Start | Field::StartTime | Field::StartDate) {
        let zones = (zone_of_words(one.heading), zone_of_words(two.heading));
        match zones {
            (Some("UTC"), Some(_) | None) => return Rival::Yields,
            (_, Some("UTC")) => return Rival::Beats,
            _ => {}
        }
    }
    let differ = sheet.rows.iter().any(|row| {
        let (one, two) = (row[first.column], row[second]);
        !crate::tables::is_blank(one) && !crate::tables::is_blank(two) && canonical(one) != canonical(two)
    });
    if differ {
        return Rival::Equal;
    }
    Rival::Agrees(format!(
        "\u{201c}{}\u{201d} and \u{201c}{}\u{201d} both hold {} and never differ in the first rows; the first that is filled is read",
        one.heading,
        two.heading,
        describe(field)
    ))
}

fn equals(sheet: &Sheet<'_>, field: Field, one: usize, two: usize) -> Problem {
    let name = |column: usize| match sheet.columns[column].heading {
        "" => format!("column {}", column + 1),
        heading => format!("\u{201c}{heading}\u{201d}"),
    };
    Problem::user(format!("two columns fit equally as {}: {} and {}", describe(field), name(one), name(two))).hint(
        "run `orochi preview` with a profile that says which of them it is (and lists the other under `ignore`), then add the file again",
    )
}

/// A field in words.
pub fn describe(field: Field) -> &'static str {
    match field {
        Field::A => "the calling party",
        Field::B => "the called party",
        Field::C => "the forwarded-to party",
        Field::Own => "the number whose record it is",
        Field::Other => "the other party",
        Field::Start | Field::StartTime => "the start",
        Field::StartDate => "the date",
        Field::Duration => "the duration",
        Field::Number => "the number",
        _ => "one field",
    }
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
