//! Whose data a sheet is, told from its rows as an analyst would: the number that is a party of every row, and the
//! number that goes with one SIM or one handset.
//!
//! Numbers are compared in canonical text, so that `07700 900111` and `+447700900111` are one.

use std::collections::{BTreeMap, BTreeSet};

use orochi_model::party::{PartyKind, Region, read_party};

use super::field::Field;
use super::mapping::Mapping;
use super::sheet::Sheet;

/// Rows needed before a number that is in each of them is taken for the owner: two may share a number by chance.
const LEAST_ROWS: usize = 3;

/// The numbers of a column of parties, row by row; none where no number can be read.
pub(super) fn numbers(sheet: &Sheet<'_>, column: Option<usize>, region: Region) -> Vec<Option<String>> {
    let Some(column) = column else { return vec![None; sheet.rows.len()] };
    sheet
        .rows
        .iter()
        .map(|row| {
            let mut out = String::new();
            let plain = row[column].trim_end_matches("(D)").trim_end_matches("(F)").trim_end();
            matches!(read_party(plain, region, &mut out), Ok(PartyKind::Number)).then_some(out)
        })
        .collect()
}

/// The SIM or handset of each row as written; empty where there is none.
pub(super) fn devices<'s>(sheet: &Sheet<'s>, mapping: &Mapping) -> Vec<&'s str> {
    let column = mapping.column(Field::Imsi).or_else(|| mapping.column(Field::Imei));
    sheet
        .rows
        .iter()
        .map(|row| column.map_or("", |column| row[column]))
        .map(|text| if crate::cell::is_blank(text) { "" } else { text })
        .collect()
}

/// How badly a supposition about whose record each row is fits the rows: smaller fits better.
///
/// Under the right supposition there are few owners, each is a number, and one SIM goes with one of them.
pub(super) fn misfit<'a>(own: impl IntoIterator<Item = Option<&'a str>>, devices: &[&'a str]) -> usize {
    let mut owners: BTreeSet<&str> = BTreeSet::new();
    let mut by_device: BTreeMap<&str, &str> = BTreeMap::new();
    let (mut strangers, mut strayed) = (0, 0);
    for (own, device) in own.into_iter().zip(devices) {
        let Some(own) = own else {
            strangers += 1;
            continue;
        };
        owners.insert(own);
        if !device.is_empty() {
            strayed += usize::from(*by_device.entry(device).or_insert(own) != own);
        }
    }
    owners.len() + strangers + strayed
}

/// The numbers whose data the rows are, where each row has a caller and a called party: the one number in all rows, or
/// for each SIM or handset the one number in all of its rows. Empty when the rows do not tell.
pub(super) fn owners(sheet: &Sheet<'_>, mapping: &Mapping) -> BTreeSet<String> {
    let a = numbers(sheet, mapping.column(Field::A), mapping.region);
    let b = numbers(sheet, mapping.column(Field::B), mapping.region);
    // A row with no start, or with a party that cannot be read, is rejected, and shows nothing.
    let start = [Field::Start, Field::StartDate].iter().find_map(|field| mapping.column(*field));
    let readable = |row: &[&str]| {
        start.is_none_or(|column| !crate::cell::is_blank(row[column]))
            && [Field::A, Field::B]
                .iter()
                .filter_map(|field| mapping.column(*field))
                .all(|column| read_party(row[column], mapping.region, &mut String::new()).is_ok())
    };
    let kept: Vec<bool> = sheet.rows.iter().map(|row| readable(row)).collect();
    let pairs: Vec<[Option<&str>; 2]> = a
        .iter()
        .zip(&b)
        .zip(&kept)
        .filter(|(_, kept)| **kept)
        .map(|((a, b), _)| [a.as_deref(), b.as_deref()])
        .collect();
    if let Some(one) = common(pairs.iter()) {
        return BTreeSet::from([one.to_owned()]);
    }
    let mut by_device: BTreeMap<&str, Vec<&[Option<&str>; 2]>> = BTreeMap::new();
    let devices = devices(sheet, mapping).into_iter().zip(&kept).filter(|(_, kept)| **kept).map(|(device, _)| device);
    for (pair, device) in pairs.iter().zip(devices) {
        if !device.is_empty() {
            by_device.entry(device).or_default().push(pair);
        }
    }
    by_device.into_values().filter_map(|rows| common(rows.into_iter())).map(str::to_owned).collect()
}

// The only number that is a party of every row, of enough rows with different others.
fn common<'a>(mut rows: impl Iterator<Item = &'a [Option<&'a str>; 2]> + Clone) -> Option<&'a str> {
    let all = rows.clone();
    let first = rows.next()?;
    let mut left: Vec<&str> = first.iter().flatten().copied().collect();
    let mut count = 1;
    for row in rows {
        left.retain(|number| row.contains(&Some(*number)));
        count += 1;
    }
    left.dedup();
    let [one] = left[..] else { return None };
    let others: BTreeSet<Option<&str>> =
        all.map(|row| row.iter().copied().find(|party| *party != Some(one)).flatten()).collect();
    // A withheld number is another each time, for all that anybody knows.
    (count >= LEAST_ROWS && (others.len() >= 2 || others.contains(&None))).then_some(one)
}

/// What a reader should know where the rows themselves show whose data they are.
pub fn owners_in_words<'n>(owners: impl Iterator<Item = &'n str>) -> String {
    let owners: Vec<&str> = owners.collect();
    match &owners[..] {
        [one] => {
            format!(
                "{one} is a party of all rows, or of all rows of its SIM: these rows are read as that number's records"
            )
        }
        several => {
            let named = several.iter().take(5).copied().collect::<Vec<_>>().join(", ");
            let more = several.len().saturating_sub(5);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            format!(
                "each of {named}{more} is a party of all rows of its SIM: these rows are read as that number's records"
            )
        }
    }
}
