//! Registrations of numbers, each with the row that says it.
//!
//! What may surprise a reader: a data session's cell counts at the instant at or before which the phone used it (the
//! session's start, on O2 its end). How long before is not known; a session that begins where it was used is what
//! the method was fitted on.

use std::collections::{BTreeMap, HashMap};

use arrow::array::RecordBatch;
use orochi_colocation::{Registration, Track};
use orochi_model::{locator::Locator, problem::Problem};

use super::case_registrations::CaseRegistrations;
use crate::tables::{RowColumns, session_of, texts, times};

/// A number's registrations, in order of time, with their rows.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PhoneTrack {
    /// Registrations.
    pub track: Track,
    /// Row of each.
    pub rows: Vec<Locator>,
    /// The cell of each.
    pub cells: Vec<String>,
    /// Registrations whose cell has no known position; they say nothing.
    pub unplaced: u64,
}

/// One registration with its row.
#[derive(Clone, Debug)]
struct PlacedRegistration {
    registration: Registration,
    network: u16,
    row: Locator,
    cell: String,
}

/// Registrations of some numbers, in the order of `wanted`; empty for a number that has none.
pub(crate) fn load_tracks(registrations: &CaseRegistrations<'_>, wanted: &[&str]) -> Result<Vec<PhoneTrack>, Problem> {
    let masts = &registrations.masts;
    let place: HashMap<&str, usize> = wanted.iter().enumerate().map(|(place, number)| (*number, place)).collect();
    let mut found: Vec<Vec<PlacedRegistration>> = vec![Vec::new(); wanted.len()];
    let mut unplaced = vec![0; wanted.len()];
    let sql = "SELECT number, cell, \"to\" AS at, exhibit, sheet, \"row\" FROM presences WHERE \"to\" >= TIMESTAMP \
               '1990-01-01T00:00:00Z'";
    let mut each = |batch: RecordBatch| {
        let (number, cell) = (texts(&batch, "number")?, texts(&batch, "cell")?);
        let (at, rows) = (times(&batch, "at")?, RowColumns::from_batch(&batch)?);
        for i in 0..batch.num_rows() {
            let (Some(number), Some(cell)) = (number.get(i), cell.get(i)) else { continue };
            let Some(place) = place.get(number) else { continue };
            let Some(mast) = masts.mast_at(cell, at.value(i), rows.exhibit(i)) else {
                unplaced[*place] += 1;
                continue;
            };
            let registration = Registration {
                at: at.value(i).div_euclid(1_000_000),
                latitude: mast.latitude,
                longitude: mast.longitude,
                azimuth: mast.azimuth,
            };
            let network = mast.network;
            found[*place].push(PlacedRegistration { registration, network, row: rows.get(i), cell: cell.to_owned() });
        }
        Ok(())
    };
    if let Some(session) = session_of(registrations.records(wanted)?)? {
        registrations.tables.stream_in(&session, sql, &mut each)?;
    }
    let tracks = wanted.iter().zip(found).zip(unplaced);
    Ok(tracks.map(|((number, found), unplaced)| PhoneTrack::new(number, found, unplaced)).collect())
}

impl PhoneTrack {
    /// Of registrations in any order.
    fn new(number: &str, mut found: Vec<PlacedRegistration>, unplaced: u64) -> Self {
        // The same whatever order the engine gave them in.
        found.sort_by(|a, b| (a.registration.at, &a.row, &a.cell).cmp(&(b.registration.at, &b.row, &b.cell)));
        let registrations = found.iter().map(|one| (one.registration, one.network)).collect();
        let (rows, cells) = found.into_iter().map(|one| (one.row, one.cell)).unzip();
        Self { track: Track::with_networks("", number, registrations), rows, cells, unplaced }
    }

    /// Registrations of several numbers as of one phone.
    pub(crate) fn merged(name: &str, all: &[Self]) -> Self {
        let found = all.iter().flat_map(|seen| {
            let rows = seen.track.registrations.iter().zip(&seen.rows).zip(&seen.cells).enumerate();
            rows.map(|(place, ((registration, row), cell))| PlacedRegistration {
                registration: *registration,
                network: seen.track.network(place),
                row: row.clone(),
                cell: cell.clone(),
            })
        });
        Self::new(name, found.collect(), all.iter().map(|seen| seen.unplaced).sum())
    }

    /// First and last registration, seconds since 1970 UTC.
    pub(crate) fn span(&self) -> Option<(i64, i64)> {
        let all = &self.track.registrations;
        Some((all.first()?.at, all.last()?.at))
    }
}

/// Some of the numbers with registrations enough, for the population: the same ones each time, and no block of
/// neighbours, as last digits come first.
pub(crate) fn sample_population(counts: &BTreeMap<String, u64>, least: u64, most: usize) -> Vec<&str> {
    let enough = counts.iter().filter(|(_, count)| **count >= least).map(|(number, _)| number.as_str());
    let mut all: Vec<&str> = enough.collect();
    all.sort_by_cached_key(|number| number.bytes().rev().collect::<Vec<u8>>());
    all.truncate(most);
    all
}
