//! Finding the profile a sheet was laid out by, and its columns.

use std::collections::BTreeSet;

use orochi_model::{
    absence::{is_absent, is_blank},
    party::Region,
    problem::Problem,
    text::{plain, unguarded},
    time::DateOrder,
};

use super::field::Field;
use super::furniture;
use super::gaps;
use super::heading::{Variant, normalise, split_suffix};
use super::mapping::{Mapping, Volume};
use super::shapes::{self, Shape};
use super::timing::{settle_order, settle_zone};
use super::words::{self, Sense};
use super::{notation, preamble};
use crate::profile::Profile;
use orochi_formats::rows::Glimpse;

/// How far down a header is looked for: 16 lines of preamble are the most seen, workbooks have some more.
pub const HEADER_WITHIN: usize = 60;

/// A profile that fits a sheet.
#[derive(Clone, Copy, Debug)]
pub struct Fit<'p> {
    /// The profile.
    pub profile: &'p Profile,
    /// Index of the header in the sheet's head; none for a sheet without one.
    pub header: Option<usize>,
    /// How many of the sheet's columns the profile knows.
    pub known: usize,
    /// How many headings the profile required.
    pub required: usize,
}

/// Every profile that fits, best first.
pub fn fits<'p>(glimpse: &Glimpse, profiles: &'p [Profile]) -> Vec<Fit<'p>> {
    let mut fits: Vec<Fit<'p>> = profiles.iter().filter_map(|profile| fit(glimpse, profile)).collect();
    fits.sort_by_key(|fit| std::cmp::Reverse((fit.header.is_some(), fit.known, fit.required)));
    fits
}

fn fit<'p>(glimpse: &Glimpse, profile: &'p Profile) -> Option<Fit<'p>> {
    if !profile.headerless.is_empty() {
        return headerless(glimpse, profile);
    }
    let required: Vec<String> = profile.require.iter().map(|heading| normalise(heading)).collect();
    let forbidden: Vec<String> = profile.forbid.iter().map(|heading| normalise(heading)).collect();
    let wanted: BTreeSet<String> = profile
        .columns
        .values()
        .flat_map(|headings| headings.iter().map(normalise))
        .chain(profile.ignore.iter().map(|heading| normalise(heading)))
        .collect();
    for (index, (_, row)) in glimpse.head.iter().enumerate().take(HEADER_WITHIN) {
        let here: BTreeSet<String> = row.iter().map(|cell| normalise(cell)).filter(|cell| !cell.is_empty()).collect();
        if required.iter().all(|heading| here.contains(heading))
            && !forbidden.iter().any(|heading| here.contains(heading))
        {
            let known = here.intersection(&wanted).count();
            return Some(Fit { profile, header: Some(index), known, required: required.len() });
        }
    }
    None
}

fn headerless<'p>(glimpse: &Glimpse, profile: &'p Profile) -> Option<Fit<'p>> {
    let width = profile.headerless.len();
    // Words at the foot fill a cell or two.
    let filled = |row: &&Vec<String>| row.iter().filter(|cell| !cell.trim().is_empty()).count() * 2 >= width;
    let unheaded: [&str; 0] = [];
    let lines = furniture::rows(&glimpse.head, &unheaded, false);
    let rows: Vec<&Vec<String>> = lines.iter().map(|(_, row)| row).filter(filled).collect();
    if rows.is_empty() {
        return None;
    }
    // A workbook keeps no empty cells at the end of a row.
    let fitting = |row: &&&Vec<String>| {
        row.len() <= width
            && row.iter().zip(&profile.headerless).all(|(cell, field)| match shape_of(*field) {
                Some(shape) => is_silent(cell) || shapes::shapes(cell).contains(&shape),
                None => true,
            })
    };
    // What says nothing fits anywhere, but the first row may not be a header and shows every shape.
    let clear = |row: &Vec<String>| {
        row.iter().zip(&profile.headerless).all(|(cell, field)| match shape_of(*field) {
            Some(shape) => shapes::shapes(cell).contains(&shape),
            None => true,
        })
    };
    let shown = rows.iter().take(50).any(|row| row.len() == width && clear(row));
    // The first row may not be a header, and nearly every row must fit.
    let good = rows.iter().filter(fitting).count();
    (fitting(&&rows[0]) && shown && good * 10 >= rows.len() * 9).then_some(Fit {
        profile,
        header: None,
        known: width,
        required: width,
    })
}

// A mark or a number in place of a value: `0` for the radio, `-1` for a cell.
fn is_silent(cell: &str) -> bool {
    let cell = plain(cell);
    is_blank(cell) || (is_absent(cell) && cell.len() <= 3)
}

// What a headerless column of a field must look like; positions outside the United Kingdom are still positions.
fn shape_of(field: Field) -> Option<Shape> {
    match field {
        Field::Postcode => Some(Shape::Postcode),
        Field::StartEasting | Field::StartNorthing | Field::StartLatitude | Field::StartLongitude => {
            Some(Shape::Decimal)
        }
        Field::Mcc | Field::Mnc | Field::StartArea | Field::StartCell | Field::Quality => Some(Shape::Whole),
        Field::StartRadio => Some(Shape::Words),
        Field::A | Field::B | Field::Own | Field::Other => Some(Shape::Phone),
        _ => None,
    }
}

/// The columns of a sheet by its profile.
///
/// # Errors
/// User kind when the file's own words leave zone or date order open and the profile does not settle it.
pub fn map(glimpse: &Glimpse, fit: &Fit<'_>) -> Result<Mapping, Problem> {
    let profile = fit.profile;
    let table = profile.table.ok_or_else(|| Problem::bug("a profile without a table"))?;
    let mut mapping = Mapping::new(format!("{} {}", profile.name, profile.version), table);
    mapping.sheet.clone_from(&glimpse.sheet);
    mapping.days = glimpse.days;
    mapping.region = if profile.region.as_deref() == Some("US") { Region::Us } else { Region::Gb };
    let body = match fit.header {
        Some(index) => {
            let body = mapping.take_heading(&glimpse.head, index);
            columns_by_heading(profile, &mut mapping);
            gaps::fill(&glimpse.head[body..], &profile.ignore, &mut mapping);
            body
        }
        None => {
            mapping.first_data_row = glimpse.head.first().map_or(1, |(number, _)| *number);
            mapping.headings = (1..=profile.headerless.len()).map(|column| format!("column {column}")).collect();
            for (column, field) in profile.headerless.iter().enumerate() {
                mapping.columns.entry(*field).or_default().push(column);
            }
            0
        }
    };
    for field in mapping.columns.keys() {
        mapping.sureness.entry(*field).or_insert(1.0);
    }
    let first = body;
    let body = furniture::rows(&glimpse.head[first..], &mapping.headings, fit.header.is_some());
    notation::settle_notation(&body, &mut mapping);
    mapping.set_width(&body);
    mapping.note_length();
    mapping.note_unmapped(&profile.ignore);

    for (word, meaning) in &profile.types {
        mapping.types.insert(normalise(word), Sense::from(meaning));
    }
    for (word, meaning) in &profile.directions {
        mapping.directions.insert(normalise(word), Sense::from(meaning));
    }
    let constants = &profile.constants;
    mapping.constant.kind = constants.kind.as_deref().and_then(words::kind);
    mapping.constant.side = constants.side.as_deref().and_then(words::side);
    mapping.mcc.clone_from(&constants.mcc);
    mapping.mnc.clone_from(&constants.mnc);
    mapping.network.clone_from(&constants.network);
    mapping.opaque_cells = profile.opaque_cells;
    let default = match constants.volume.as_deref() {
        Some("bytes") => Volume::Bytes,
        Some("MB") => Volume::Megabytes,
        _ => Volume::Kilobytes,
    };
    mapping.up_unit = mapping.heading(Field::Up).and_then(volume_of).unwrap_or(default);
    mapping.down_unit = mapping.heading(Field::Down).and_then(volume_of).unwrap_or(default);

    let above = &glimpse.head[..fit.header.map_or(0, |header| header.min(first))];
    preamble::read(above, &profile.preamble, &mut mapping);
    settle_clock(profile, above, &body, &mut mapping)?;
    Ok(mapping)
}

/// The unit a heading of a data volume states.
pub fn volume_of(heading: &str) -> Option<Volume> {
    let words = super::heading::words(heading);
    // One letter of a heading is more often another word than mega or giga.
    words.iter().filter(|word| word.len() > 1 || *word == "b").find_map(|word| Volume::named(word))
}

fn columns_by_heading(profile: &Profile, mapping: &mut Mapping) {
    let here: Vec<(String, Variant)> =
        mapping.headings.iter().map(|heading| (normalise(heading), split_suffix(heading).1)).collect();
    for (field, headings) in &profile.columns {
        let mut columns = Vec::new();
        for heading in headings.iter() {
            let wanted = normalise(heading);
            let mut variants: Vec<(Variant, usize)> = here
                .iter()
                .enumerate()
                .filter(|(_, (name, _))| *name == wanted)
                .map(|(column, (_, variant))| (*variant, column))
                .collect();
            variants.sort_unstable();
            if let Some((_, raw)) = variants.iter().find(|(variant, _)| *variant == Variant::Raw)
                && variants.len() > 1
            {
                mapping.raw.entry(*field).or_insert(*raw);
            }
            columns.extend(variants.into_iter().map(|(_, column)| column));
        }
        columns.dedup();
        if !columns.is_empty() {
            mapping.columns.insert(*field, columns);
        }
    }
}

/// The texts of a field in rows.
pub fn values<'g>(mapping: &Mapping, field: Field, rows: &'g [(u64, Vec<String>)]) -> Vec<&'g str> {
    let Some(column) = mapping.column(field) else { return Vec::new() };
    rows.iter()
        .filter_map(|(_, row)| row.get(column))
        .map(|cell| unguarded(cell))
        .filter(|cell| !cell.is_empty())
        .collect()
}

fn settle_clock(
    profile: &Profile,
    above: &[(u64, Vec<String>)],
    body: &[(u64, Vec<String>)],
    mapping: &mut Mapping,
) -> Result<(), Problem> {
    match profile.zone.as_deref().unwrap_or("heading") {
        "heading" => settle_zone(above, body, mapping)?,
        name => mapping.set_zone(name),
    }
    match profile.dates.as_deref() {
        Some("day-month-year") => mapping.order = DateOrder::DayMonthYear,
        Some("month-day-year") => mapping.order = DateOrder::MonthDayYear,
        Some("year-month-day") => mapping.order = DateOrder::YearMonthDay,
        _ => settle_order(above, body, mapping)?,
    }
    Ok(())
}
