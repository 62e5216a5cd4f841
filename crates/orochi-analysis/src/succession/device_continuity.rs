//! What the two numbers' own records show of a pair: the handset, and the cells by day and by night.

use std::collections::{BTreeMap, HashMap, HashSet};

use orochi_case::literal;
use orochi_model::problem::Problem;

use super::contacts::ContactIndex;
use crate::facts::{night::SLEEP, owner};
use crate::positions::{GridPosition, cell_positions};
use crate::tables::{Tables, texts, times, value};
use crate::uk_clock::UkClock;

/// What own records show of a pair.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct DeviceContinuity {
    /// One handset for both, the old number in it first.
    pub handset: bool,
    /// Likeness of the cells, 0 to 1, where both numbers' own records name enough of them.
    pub places: Option<f64>,
    /// Overnight the two used other cells altogether: perhaps another person has the phone.
    pub elsewhere_overnight: bool,
}

/// One number's own records: uses of each handset (first, last, seconds since 1970), of each place, and
/// of each place overnight.
#[derive(Clone, Debug, Default)]
struct OwnRecords {
    handsets: BTreeMap<String, (i64, i64)>,
    places: BTreeMap<String, u32>,
    nights: BTreeMap<String, u32>,
}

/// Own records of the numbers looked at closely.
#[derive(Default)]
pub(super) struct DeviceRecords {
    of: HashMap<u32, OwnRecords>,
}

/// Metres of a side of the square within which two masts are one place: networks differ in masts.
const SQUARE: i32 = 5_000;
/// Fewest uses of cells before they are compared; and overnight.
const LEAST: u32 = 10;
const LEAST_NIGHTS: u32 = 4;
/// Between the last use of the handset with the old number and the first with the new one they may overlap by so much.
const TURN_S: i64 = 86_400;
/// More numbers than this are filtered here and not by the engine.
const NAMED: usize = 3_000;

impl DeviceRecords {
    /// Reads the views `records` and `cells`.
    pub(super) fn load(
        tables: &dyn Tables,
        contacts: &ContactIndex,
        wanted: &HashSet<u32>,
        clock: &UkClock,
    ) -> Result<Self, Problem> {
        let mut records = Self::default();
        // A number that has none is not asked for.
        let wanted: HashMap<&str, u32> =
            wanted.iter().filter(|n| contacts.own[**n as usize]).map(|n| (&*contacts.names[*n as usize], *n)).collect();
        if wanted.is_empty() {
            return Ok(records);
        }
        let positions = cell_positions(tables)?;
        let square =
            |at: &GridPosition| format!("{} {}", at.easting.div_euclid(SQUARE), at.northing.div_euclid(SQUARE));
        let mut names: Vec<String> = wanted.keys().map(|name| literal(name)).collect();
        names.sort_unstable();
        let named = if names.len() > NAMED { String::new() } else { format!("WHERE number IN ({})", names.join(", ")) };
        let sql = format!(
            "SELECT number, imei, start, start_cell FROM (SELECT {} AS number, imei, start, start_cell FROM records \
             WHERE imei IS NOT NULL OR start_cell IS NOT NULL) {named}",
            owner::OWNER_SQL
        );
        tables.stream(&sql, &mut |batch| {
            let (number, imei, cell) = (texts(&batch, "number")?, texts(&batch, "imei")?, texts(&batch, "start_cell")?);
            let start = times(&batch, "start")?;
            for row in 0..batch.num_rows() {
                let Some(id) = number.get(row).and_then(|name| wanted.get(name)) else { continue };
                let own = records.of.entry(*id).or_default();
                let at = value(&start, row).unwrap_or(0).div_euclid(1_000_000);
                if let Some(imei) = imei.get(row) {
                    let (first, last) = own.handsets.entry(imei.to_owned()).or_insert((at, at));
                    (*first, *last) = ((*first).min(at), (*last).max(at));
                }
                if let Some(cell) = cell.get(row) {
                    let place = positions.get(cell).map_or_else(|| cell.to_owned(), square);
                    if SLEEP.has_hour(clock.hour(u32::try_from(at).unwrap_or(0))) {
                        *own.nights.entry(place.clone()).or_default() += 1;
                    }
                    *own.places.entry(place).or_default() += 1;
                }
            }
            Ok(())
        })?;
        Ok(records)
    }

    pub(super) fn continuity(&self, old: u32, new: u32) -> DeviceContinuity {
        let (Some(old), Some(new)) = (self.of.get(&old), self.of.get(&new)) else { return DeviceContinuity::default() };
        let handset = old
            .handsets
            .iter()
            .any(|(imei, (_, last))| new.handsets.get(imei).is_some_and(|(first, _)| *last <= first + TURN_S));
        let nights = likeness(&old.nights, &new.nights, LEAST_NIGHTS);
        DeviceContinuity {
            handset,
            places: likeness(&old.places, &new.places, LEAST),
            elsewhere_overnight: nights.is_some_and(|likeness| likeness < 0.05),
        }
    }

    /// The handset that both numbers used, for the words.
    pub(super) fn common_handset(&self, old: u32, new: u32) -> Option<&str> {
        let (old, new) = (self.of.get(&old)?, self.of.get(&new)?);
        old.handsets.keys().find(|imei| new.handsets.contains_key(*imei)).map(String::as_str)
    }
}

/// Cosine of two counts of places; none where either has fewer than `least`.
fn likeness(a: &BTreeMap<String, u32>, b: &BTreeMap<String, u32>, least: u32) -> Option<f64> {
    let sum = |of: &BTreeMap<String, u32>| of.values().sum::<u32>();
    if sum(a) < least || sum(b) < least {
        return None;
    }
    let dot = a.iter().filter_map(|(place, n)| b.get(place).map(|m| f64::from(*n) * f64::from(*m))).sum::<f64>();
    let size = |of: &BTreeMap<String, u32>| of.values().map(|n| f64::from(*n).powi(2)).sum::<f64>();
    Some(dot / (size(a) * size(b)).sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(imei: &str, times: (i64, i64), place: &str) -> OwnRecords {
        let places = BTreeMap::from([(place.to_owned(), 40)]);
        OwnRecords { handsets: BTreeMap::from([(imei.to_owned(), times)]), nights: places.clone(), places }
    }

    #[test]
    fn a_handset_passes_from_the_old_number_to_the_new_one() {
        let of = HashMap::from([
            (1, own("35", (0, 1_000_000), "Ely")),
            (2, own("35", (1_000_500, 2_000_000), "Ely")),
            (3, own("35", (0, 2_000_000), "Wisbech")),
        ]);
        let records = DeviceRecords { of };
        assert!(records.continuity(1, 2).handset && records.continuity(1, 2).places == Some(1.0));
        assert!(!records.continuity(2, 1).handset, "the other way round");
        assert!(!records.continuity(1, 3).handset, "two lines in one handset, both all the time");
        assert!(records.continuity(1, 3).elsewhere_overnight && !records.continuity(1, 2).elsewhere_overnight);
        assert_eq!(records.continuity(1, 9), DeviceContinuity::default());
    }
}
