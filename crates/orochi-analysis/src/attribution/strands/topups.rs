//! Top-ups of the line: where they were made, and where the candidate's phone was registered about then.

use std::collections::BTreeMap;

use arrow::datatypes::{Float64Type, Int32Type};
use orochi_geo::grid::Bng;
use orochi_model::{locator::Locator, problem::Problem};

use super::StrandReason;
use crate::attribution::Settings;
use crate::registrations::{phone_track::PhoneTrack, places::distance};
use crate::tables::{RowColumns, Tables, list, numbers, texts, times};
use crate::time_span::TimeSpan;

/// A top-up at a known place: seconds since 1970 UTC, latitude and longitude.
struct TopUp {
    at: i64,
    place: (f64, f64),
    row: Locator,
}

/// The line's top-ups, in order of time.
pub(super) struct TopUps(Vec<TopUp>);

impl TopUps {
    pub(super) fn load(tables: &dyn Tables, line: &[&str]) -> Result<Self, Problem> {
        let mut found: Vec<(i64, String, Locator)> = Vec::new();
        let sql = format!(
            "SELECT at, postcode, exhibit, sheet, \"row\" FROM topups WHERE postcode IS NOT NULL AND number IN ({})",
            list(line.iter().copied())
        );
        tables.stream(&sql, &mut |batch| {
            let (at, postcode, rows) =
                (times(&batch, "at")?, texts(&batch, "postcode")?, RowColumns::from_batch(&batch)?);
            for i in 0..batch.num_rows() {
                let Some(postcode) = postcode.get(i) else { continue };
                found.push((at.value(i).div_euclid(1_000_000), postcode.to_owned(), rows.get(i)));
            }
            Ok(())
        })?;
        found.sort();
        let places = places(tables, found.iter().map(|one| one.1.as_str()))?;
        let all = found.into_iter();
        Ok(Self(all.filter_map(|(at, code, row)| Some(TopUp { at, place: *places.get(&code)?, row })).collect()))
    }

    pub(super) fn reasons(&self, own: &PhoneTrack, span: TimeSpan, settings: &Settings) -> Vec<StrandReason> {
        let (mut near, mut far) = (Vec::new(), Vec::new());
        for topup in self.0.iter().filter(|topup| span.has(topup.at)) {
            let all = &own.track.registrations;
            let away = |place: &usize| (all[*place].at - topup.at).abs();
            let next = all.partition_point(|one| one.at < topup.at);
            let around = next.saturating_sub(1)..(next + 1).min(all.len());
            let Some(place) = around.min_by_key(away).filter(|place| away(place) as f64 <= settings.topup_s) else {
                continue;
            };
            let metres = distance(topup.place, (all[place].latitude, all[place].longitude));
            let rows = [topup.row.clone(), own.rows[place].clone()];
            if metres <= settings.topup_near_m { near.push(rows) } else { far.push(rows) }
        }
        let total = near.len() + far.len();
        let mut reasons = Vec::new();
        for (supports, rows, words) in [(true, near, "no more than"), (false, far, "more than")] {
            if rows.is_empty() {
                continue;
            }
            let text = format!(
                "Of {total} top-ups of the line about which this number was registered, {} were made {words} {} km \
                 from the mast that it used.",
                rows.len(),
                settings.topup_near_m / 1_000.0
            );
            let evidence = rows.into_iter().flatten().collect();
            reasons.push(StrandReason { supports, text, evidence });
        }
        reasons
    }
}

/// Where postcodes are: by the postcode list, or else by a mast with that postcode.
fn places<'a>(
    tables: &dyn Tables,
    codes: impl Iterator<Item = &'a str>,
) -> Result<BTreeMap<String, (f64, f64)>, Problem> {
    let names = list(codes.collect::<std::collections::BTreeSet<_>>());
    let mut places = BTreeMap::new();
    let sql = format!(
        "SELECT postcode, min(latitude) AS latitude, min(longitude) AS longitude FROM cells WHERE latitude IS NOT NULL \
         AND longitude IS NOT NULL AND doubt IS NULL AND postcode IN ({names}) GROUP BY postcode"
    );
    tables.stream(&sql, &mut |batch| {
        let code = texts(&batch, "postcode")?;
        let (latitude, longitude) =
            (numbers::<Float64Type>(&batch, "latitude")?, numbers::<Float64Type>(&batch, "longitude")?);
        for row in 0..batch.num_rows() {
            let Some(code) = code.get(row) else { continue };
            places.insert(code.to_owned(), (latitude.value(row), longitude.value(row)));
        }
        Ok(())
    })?;
    let sql = format!(
        "SELECT postcode, min(easting) AS easting, min(northing) AS northing FROM postcodes WHERE postcode IN \
         ({names}) GROUP BY postcode"
    );
    tables.stream(&sql, &mut |batch| {
        let code = texts(&batch, "postcode")?;
        let (easting, northing) = (numbers::<Int32Type>(&batch, "easting")?, numbers::<Int32Type>(&batch, "northing")?);
        for row in 0..batch.num_rows() {
            let Some(code) = code.get(row) else { continue };
            let grid = Bng { easting: f64::from(easting.value(row)), northing: f64::from(northing.value(row)) };
            if let Ok(place) = grid.to_wgs84() {
                places.insert(code.to_owned(), (place.lat, place.lon));
            }
        }
        Ok(())
    })?;
    Ok(places)
}
