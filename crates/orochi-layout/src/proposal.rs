//! A sheet without a profile: its columns proposed from headings and values together.
//!
//! A heading says what a column may be, its values whether it is: a column headed `Destination` that holds towns is no
//! called number. Each field goes to the column it fits best. Where two columns fit a field that matters equally well
//! and hold different values, nothing is guessed: the error names both, and a profile settles it.

use orochi_model::{locator::FilePart, party::Region, problem::Problem};

use super::assignment::{self, Taken};
use super::field::{Field, Table};
use super::fingerprint::{HEADER_WITHIN, values, volume_of};
use super::mapping::{Mapping, Volume};
use super::shapes::{Shape, shapes};
use super::sheet::{Column, Sheet};
use super::synonyms::meanings;
use super::timing::{settle_order, settle_zone};
use super::{Received, furniture, notation, parties, preamble, target};
use orochi_formats::rows::Glimpse;

/// Proposes a mapping.
///
/// # Errors
/// User kind when the sheet is none of the tables, or two columns fit a field equally.
pub fn propose(file: Received<'_>, glimpse: &Glimpse) -> Result<Mapping, Problem> {
    let name = file.name;
    let place = glimpse
        .sheet
        .as_deref()
        .map_or(name.to_owned(), |sheet| format!("{name}, sheet {}", FilePart::shown_text(sheet)));
    let header = find_header(glimpse);
    let mut mapping = Mapping::new("proposed".into(), Table::Communications);
    mapping.sheet.clone_from(&glimpse.sheet);
    mapping.days = glimpse.days;
    let body = header.map_or(0, |index| mapping.take_heading(&glimpse.head, index));
    let width = glimpse.head[body..].iter().map(|(_, row)| row.len()).max().unwrap_or(0);
    match header {
        Some(_) => {
            // A separator at the end of every line makes one more, nameless column.
            while mapping.headings.len() < width {
                mapping.headings.push(String::new());
            }
        }
        None => {
            mapping.first_data_row = glimpse.head.first().map_or(1, |(number, _)| *number);
            mapping.headings = (1..=width).map(|column| format!("column {column}")).collect();
        }
    }
    let above = &glimpse.head[..header.unwrap_or(0).min(body)];
    let headings = mapping.headings.clone();
    let body = furniture::rows(&glimpse.head[body..], &headings, header.is_some());
    let sheet = Sheet::from_rows(&headings, header.is_some(), &body);
    mapping.region = region(&sheet);
    preamble::read(above, &preamble::usual(), &mut mapping);
    let claims = target::claims(name, above, &mut mapping);

    let asked = FileContext { claims: &claims, target: file.target, other_party: true };
    let empty = mapping.clone();
    choose_table(&sheet, &asked, &mut mapping)
        .unwrap_or_else(|| unknown(&file, glimpse))
        .map_err(|one| one.at(&place))?;
    if mapping.table == Table::Communications && is_bare(&mapping) {
        // What was taken for the other party may be none: the table is told without it.
        mapping = empty;
        let asked = FileContext { other_party: false, ..asked };
        choose_table(&sheet, &asked, &mut mapping)
            .unwrap_or_else(|| unknown(&file, glimpse))
            .map_err(|one| one.at(&place))?;
    }
    if mapping.table == Table::Communications {
        kind_of_rows(name, &sheet, &mut mapping);
    }
    for field in [Field::Up, Field::Down] {
        if let Some(heading) = mapping.heading(field) {
            let unit = volume_of(heading).unwrap_or(Volume::Kilobytes);
            if volume_of(heading).is_none() {
                let remark = format!("the unit of \u{201c}{heading}\u{201d} is not stated; it is read as KB");
                mapping.remarks.push(remark);
            }
            if field == Field::Up { mapping.up_unit = unit } else { mapping.down_unit = unit }
        }
    }
    notation::settle_notation(&body, &mut mapping);
    mapping.set_width(&body);
    mapping.note_length();
    mapping.note_unmapped(&[]);
    settle_zone(above, &body, &mut mapping).map_err(|problem| problem.at(&place))?;
    settle_order(above, &body, &mut mapping).map_err(|problem| problem.because(&place))?;
    if header.is_none() {
        mapping.remarks.push("the file has no header; its columns are proposed from their values alone".into());
    }
    Ok(mapping)
}

/// What is known of a file besides its rows.
#[derive(Clone, Copy)]
struct FileContext<'a> {
    claims: &'a [target::Claim],
    target: Option<&'a str>,
    /// Two parties may make a table one of communications.
    other_party: bool,
}

fn unknown(file: &Received<'_>, glimpse: &Glimpse) -> Result<(), Problem> {
    Err(super::unknown(file.name, glimpse.sheet.as_deref()))
}

/// Chooses the table, its columns and its parties; none where the sheet is no table.
fn choose_table(sheet: &Sheet<'_>, asked: &FileContext<'_>, mapping: &mut Mapping) -> Option<Result<(), Problem>> {
    let taken = decide(sheet, asked, mapping)?;
    Some(taken.and_then(|taken| {
        assignment::fill(mapping, &taken);
        target::choose(sheet, asked.claims, asked.target, mapping)?;
        if mapping.table == Table::Communications {
            parties::headed(sheet, mapping)?;
            parties::settle_parties(sheet, mapping)?;
        }
        Ok(())
    }))
}

// No other party, as a table of communications may be without one: then it is told by what else
// only communications have.
fn is_bare(mapping: &Mapping) -> bool {
    ![Field::B, Field::Other, Field::Own].iter().any(|field| mapping.has(*field))
}

/// What only communications have, besides the other party.
const TRAFFIC: &[Field] =
    &[Field::StartCell, Field::Up, Field::Down, Field::Apn, Field::Duration, Field::Direction, Field::Type];

// The row most of whose cells are known headings and none of whose cells are values.
fn find_header(glimpse: &Glimpse) -> Option<usize> {
    let mut best: Option<(usize, usize)> = None;
    for (index, (_, row)) in glimpse.head.iter().enumerate().take(HEADER_WITHIN) {
        let filled: Vec<&str> = row.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).collect();
        if filled.len() < 2 {
            continue;
        }
        let data = filled.iter().filter(|cell| is_value(cell)).count();
        let hits = filled.iter().filter(|cell| meanings(cell).iter().any(|(_, score)| *score >= 0.5)).count();
        if data == 0 && hits >= 2 && hits * 3 >= filled.len() && best.is_none_or(|(_, most)| hits > most) {
            best = Some((index, hits));
        }
    }
    best.map(|(index, _)| index).or_else(|| unknown_header(glimpse))
}

// A row of words right above rows of values is a header even when nobody knows its words.
fn unknown_header(glimpse: &Glimpse) -> Option<usize> {
    let filled = |row: &[String]| row.iter().filter(|cell| !cell.trim().is_empty()).count();
    let rows: Vec<(usize, &Vec<String>)> = glimpse
        .head
        .iter()
        .enumerate()
        .take(HEADER_WITHIN)
        .map(|(index, (_, row))| (index, row))
        .filter(|(_, row)| filled(row) > 0)
        .collect();
    rows.windows(2)
        .find(|pair| {
            let (words, values) = (pair[0].1, pair[1].1);
            let found = values.iter().filter(|cell| is_value(cell)).count();
            filled(words) >= 3 && words.iter().all(|cell| !is_value(cell)) && found >= 2 && words.len() == values.len()
        })
        .map(|pair| pair[0].0)
}

fn is_value(cell: &str) -> bool {
    let found = shapes(cell);
    [Shape::Phone, Shape::Moment, Shape::Date, Shape::Time, Shape::Imei, Shape::Imsi, Shape::Decimal, Shape::Cell]
        .iter()
        .any(|shape| found.contains(shape))
}

// Country of the numbers: American only when most of them can be nothing else and hardly a British one is among them.
fn region(sheet: &Sheet<'_>) -> Region {
    let (mut british, mut american, mut all) = (0, 0, 0);
    // `234-10-60019-191` has the digits of an American number, and is a cell; `45745.33333` is a day.
    let other = |column: &Column<'_>| {
        [Shape::Cell, Shape::Imsi, Shape::Imei, Shape::Iccid, Shape::Moment, Shape::Date]
            .iter()
            .any(|shape| column.share(*shape) > 0.3)
    };
    for column in sheet.columns.iter().filter(|column| column.shaped(Shape::Phone) && !other(column)) {
        for value in &column.values {
            let digits: String = value.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
            all += 1;
            if is_british(&digits) {
                british += 1;
            } else if is_american(&digits) {
                american += 1;
            }
        }
    }
    if american > 2 * british && american * 2 > all { Region::Us } else { Region::Gb }
}

fn is_british(digits: &str) -> bool {
    // Without its zero a British mobile has ten digits as an American number has, whose fourth one is never 0 or 1.
    let mobile = digits.len() == 10 && digits.starts_with('7') && matches!(digits.as_bytes()[3], b'0' | b'1');
    mobile || ["+44", "44", "07", "0044"].iter().any(|begin| digits.starts_with(begin))
}

fn is_american(digits: &str) -> bool {
    let bare = digits.trim_start_matches('+');
    bare.len() == 11 && bare.starts_with('1')
        || digits.len() == 10 && digits.starts_with(['2', '3', '4', '5', '6', '8', '9'])
}

// What a table needs, asked of the fields that columns were found for.
type Needs<'n> = &'n dyn Fn(&dyn Fn(Field) -> bool) -> bool;

/// Chooses the table by what its columns would hold; the first that has all it needs, most telling first.
fn decide<'s>(
    sheet: &'s Sheet<'s>,
    asked: &FileContext<'_>,
    mapping: &mut Mapping,
) -> Option<Result<Vec<Taken>, Problem>> {
    use Field as F;
    // Words around the table may state whose data it is.
    let target = asked.target.is_some() || !asked.claims.is_empty();
    let mut read = |table: Table, fits: Needs<'_>| {
        let taken = assignment::assign(sheet, table);
        let has = |field: Field| match &taken {
            Ok(taken) => taken.iter().any(|taken| taken.field == field),
            // Two equals are as good as caller and called to know the table by.
            Err(undecided) => {
                undecided.taken.iter().any(|taken| taken.field == field || (taken.field == F::A && field == F::B))
            }
        };
        fits(&has).then(|| {
            mapping.table = table;
            taken.map_err(|undecided| undecided.problem)
        })
    };
    let position = |has: &dyn Fn(Field) -> bool| {
        (has(F::StartLatitude) && has(F::StartLongitude))
            || (has(F::StartEasting) && has(F::StartNorthing))
            || has(F::StartGrid)
            || has(F::StartPostcode)
    };
    // Calls whose times cannot be read are no list of accounts or handsets.
    let traffic = sheet.has_traffic();
    let start = |has: &dyn Fn(Field) -> bool| has(F::Start) || (has(F::StartDate) && has(F::StartTime));
    let someone = move |has: &dyn Fn(Field) -> bool| {
        target || [F::A, F::Own, F::Target, F::Imsi, F::Imei].iter().any(|field| has(*field))
    };
    read(Table::Communications, &|has| {
        asked.other_party
            && start(has)
            && ((has(F::A) && has(F::B))
                || has(F::Other)
                || (has(F::A) && has(F::Own))
                || (has(F::B) && (someone(has) || has(F::Duration) || has(F::Type))))
    })
    .or_else(|| read(Table::Topups, &|has| (has(F::Start) || has(F::StartDate)) && has(F::Amount) && has(F::Number)))
    .or_else(|| {
        read(Table::Cells, &|has| {
            (has(F::StartCell) || (has(F::StartNode) && has(F::StartSector))) && position(has) && !sheet.has_people()
        })
    })
    .or_else(|| {
        read(Table::Communications, &|has| start(has) && someone(has) && TRAFFIC.iter().any(|field| has(*field)))
    })
    // A list of accounts may hold their handsets too; a history of handsets names nobody.
    .or_else(|| {
        read(Table::Subscribers, &|has| !traffic && (has(F::Number) || has(F::Imsi) || has(F::Iccid)) && has(F::Name))
    })
    .or_else(|| {
        read(Table::Handsets, &|has| {
            !traffic
                && has(F::Imei)
                && (has(F::Number) || has(F::Imsi) || has(F::Iccid))
                && (has(F::From) || has(F::To) || has(F::Make))
                && !has(F::Name)
        })
    })
    .or_else(|| {
        read(Table::Subscribers, &|has| {
            !traffic
                && (has(F::Number) || has(F::Imsi) || has(F::Iccid))
                && [F::Name, F::Address, F::AccountType, F::Born].iter().any(|field| has(*field))
        })
    })
    .or_else(|| {
        read(Table::Postcodes, &|has| {
            has(F::Postcode) && has(F::StartEasting) && has(F::StartNorthing) && !sheet.has_people()
        })
    })
}

// What the rows are when no column says so.
fn kind_of_rows(name: &str, sheet: &Sheet<'_>, mapping: &mut Mapping) {
    if [Field::Type, Field::Direction]
        .iter()
        .any(|field| mapping.column(*field).is_some_and(|column| sheet.columns[column].share(Shape::TypeWord) > 0.3))
    {
        return;
    }
    if mapping.has(Field::Type) {
        return;
    }
    let sense = super::words::sense(name).kind.filter(|kind| *kind != "other");
    let (kind, why) = if mapping.has(Field::Duration) {
        ("call", "there is a duration")
    } else if mapping.has(Field::Outcome) {
        ("call", "there is a column of how calls ended")
    } else if !mapping.has(Field::B) && !mapping.has(Field::Other) {
        ("data", "there is no other party")
    } else if let Some(kind) = sense {
        (kind, "the file's name says so")
    } else {
        ("other", "neither a column nor the file's name says")
    };
    mapping.constant.kind = super::words::kind(kind);
    mapping
        .remarks
        .push(format!("no column says what kind of event a row is; every row is read as {kind}, because {why}"));
}

/// Sample values of a field, for remarks and preview.
pub fn samples<'g>(mapping: &Mapping, field: Field, rows: &'g [(u64, Vec<String>)], most: usize) -> Vec<&'g str> {
    let mut seen: Vec<&str> = Vec::new();
    for value in values(mapping, field, rows) {
        if !seen.contains(&value) {
            seen.push(value);
        }
        if seen.len() == most {
            break;
        }
    }
    seen
}
