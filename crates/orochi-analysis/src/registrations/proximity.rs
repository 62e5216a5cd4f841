//! Which numbers came near another one's path at all: one look at every record.
//!
//! What may surprise a reader:
//! - Where a cell's mast stood is asked once for a cell and a block, and nearness to a place of the path once for a
//!   cell ([`bitmap`]): of millions of rows only instants are compared.
//! - Each number has a bit for each hour of the path: of 100,000 numbers, 110 MB for a year.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use arrow::array::{Array, PrimitiveArray};
use arrow::datatypes::TimestampMicrosecondType;
use orochi_model::problem::Problem;
use rayon::prelude::*;

use super::Period;
use super::case_registrations::CaseRegistrations;
use super::phone_track::PhoneTrack;
use super::settings::Settings;
use crate::tables::{dictionary, times, words};
use bitmap::{CellReach, HOUR_S, NearbyCells, ReferencePath, TimeWindows};

mod bitmap;

/// What is found.
pub(crate) struct NearbyNumbers {
    /// How many other numbers have cells.
    pub numbers: usize,
    /// Those near the first one, in most hours first.
    pub near: Vec<String>,
}

/// Looks once at all rows with cells; `known` are the first one's own numbers.
pub(crate) fn nearby_numbers(
    registrations: &CaseRegistrations<'_>,
    own: &PhoneTrack,
    known: &[&str],
    period: Option<Period>,
    settings: &Settings,
) -> Result<NearbyNumbers, Problem> {
    let path = ReferencePath::new(own, period, settings);
    let CaseRegistrations { masts, blocks, owners, counts, .. } = registrations;
    let names = owners.names();
    let (first, hours) = path.hours();
    let words_each = hours.div_ceil(64);
    let seen: Vec<AtomicU64> = (0..names.len() * words_each).map(|_| AtomicU64::new(0)).collect();
    let (cells, windows) = (NearbyCells::new(masts, &path), TimeWindows::new(&path));
    let look = |(place, block): (usize, &orochi_case::Block)| -> Result<(), Problem> {
        let batch = block.read(&["start", "start_cell"], None)?;
        let (at, cell) = (times(&batch, "start")?, dictionary(&batch, "start_cell")?);
        let texts = words(cell)?;
        let span = span(&at);
        let reach: Vec<CellReach<'_>> = (0..texts.len()).map(|key| cells.reach(texts.value(key), span)).collect();
        for (row, number) in owners.owners_with_start_cell(place).enumerate() {
            let (Some(number), Some(key)) = (number, cell.key(row)) else { continue };
            if matches!(reach[key], CellReach::Far) {
                continue;
            }
            let second = at.value(row).div_euclid(1_000_000);
            let Some(beside) = windows.places_at(second) else { continue };
            let hour = usize::try_from(second.div_euclid(HOUR_S) - first).unwrap_or_default();
            let (word, bit) = (&seen[number * words_each + hour / 64], 1 << (hour % 64));
            if word.load(Relaxed) & bit != 0 {
                continue;
            }
            let is_near = match &reach[key] {
                CellReach::Far => false,
                CellReach::Fixed(near) => near.meets(beside),
                CellReach::Varies => {
                    let mast = masts.mast_at(texts.value(key), at.value(row), block.exhibit());
                    mast.is_some_and(|mast| path.near((mast.latitude, mast.longitude)).meets(beside))
                }
            };
            if is_near {
                word.fetch_or(bit, Relaxed);
            }
        }
        Ok(())
    };
    blocks.par_iter().enumerate().try_for_each(look)?;
    let is_own = |name: &str| known.contains(&name);
    let others = names.iter().zip(counts).filter(|(name, counts)| counts.begins > 0 && !is_own(name)).count();
    let hours = |id: usize| -> u32 {
        seen[id * words_each..][..words_each].iter().map(|word| word.load(Relaxed).count_ones()).sum()
    };
    let mut order: Vec<(u32, &str)> = names.iter().enumerate().map(|(id, name)| (hours(id), name.as_ref())).collect();
    order.retain(|(hours, name)| *hours > 0 && !is_own(name));
    order.sort_by(|x, y| y.0.cmp(&x.0).then_with(|| x.1.cmp(y.1)));
    let near = order.into_iter().map(|(_, name)| name.to_owned()).collect();
    Ok(NearbyNumbers { numbers: others, near })
}

/// First and last instant of a block, microseconds UTC.
fn span(at: &PrimitiveArray<TimestampMicrosecondType>) -> (i64, i64) {
    let all = at.values().iter().copied().filter(|_| at.null_count() == 0);
    all.fold((i64::MAX, i64::MIN), |(first, last), at| (first.min(at), last.max(at)))
}

#[cfg(test)]
mod tests;
