//! Sectors as they are drawn: wedges by convention, whole circles where no direction is stated. Never
//! a point, never coverage.

use std::collections::HashMap;

use orochi_case::Engine;
use orochi_casework::views::RowFilter;
use orochi_model::problem::Problem;

use super::source::{self, Site};

/// Half the angle a wedge is drawn with, degrees.
const HALF: f64 = 60.0;
/// Degrees between two points of an arc.
const STEP: f64 = 15.0;
/// Length of a wedge, metres; the same for all, since coverage is not known.
const LENGTH: f64 = 1_000.0;
/// Metres of a degree of latitude.
const PER_DEGREE: f64 = 111_195.0;

/// The ring of a wedge: (longitude, latitude) in degrees, seven decimals, anticlockwise, first and last the same.
pub(crate) fn ring(latitude: f64, longitude: f64, azimuth: Option<f64>) -> Vec<(f64, f64)> {
    let point = |bearing: f64| {
        let bearing = bearing.to_radians();
        let north = LENGTH * bearing.cos() / PER_DEGREE;
        let east = LENGTH * bearing.sin() / (PER_DEGREE * latitude.to_radians().cos());
        (rounded(longitude + east), rounded(latitude + north))
    };
    let site = (rounded(longitude), rounded(latitude));
    let mut ring = Vec::new();
    // Bearings go clockwise; GeoJSON and KML ask for rings that go the other way.
    let (first, last) = match azimuth {
        Some(azimuth) => (azimuth + HALF, azimuth - HALF),
        None => (360.0, 0.0),
    };
    if azimuth.is_some() {
        ring.push(site);
    }
    let steps = ((first - last) / STEP).round() as u32;
    ring.extend((0..steps).map(|step| point(first - f64::from(step) * STEP)));
    if azimuth.is_some() {
        ring.push(point(last));
    }
    ring.push(ring[0]);
    ring
}

fn rounded(degrees: f64) -> f64 {
    (degrees * 1e7).round() / 1e7
}

#[derive(Clone, Debug)]
struct DatedWedge {
    ring: Vec<(f64, f64)>,
    exhibit: String,
    valid: (Option<i64>, Option<i64>),
    doubtful: bool,
}

/// The wedges of a case's cells, to be looked up by cell and time.
#[derive(Debug, Default)]
pub(crate) struct Wedges(HashMap<String, Vec<DatedWedge>>);

impl Wedges {
    /// Reads the positions there are.
    pub(crate) fn load(engine: &Engine, filter: &RowFilter) -> Result<Self, Problem> {
        let mut held = Self::default();
        source::sites(engine, filter, &mut |site| {
            if let Some(ring) = of_site(site) {
                held.0.entry(site.cell.to_owned()).or_default().push(DatedWedge {
                    ring,
                    exhibit: site.row.exhibit.clone(),
                    valid: site.valid,
                    doubtful: site.doubt.is_some(),
                });
            }
            Ok(())
        })?;
        Ok(held)
    }

    /// The wedge of a cell at an instant, for a row of an exhibit: what that exhibit states first, what is in doubt
    /// last. A dated list says nothing of other times.
    pub(crate) fn at(&self, cell: &str, at: i64, exhibit: &str) -> Option<&[(f64, f64)]> {
        let holds =
            |held: &&DatedWedge| held.valid.0.is_none_or(|from| from <= at) && held.valid.1.is_none_or(|to| at <= to);
        let all = self.0.get(cell)?.iter().filter(holds);
        all.min_by_key(|held| (held.doubtful, held.exhibit != exhibit)).map(|held| held.ring.as_slice())
    }
}

/// The wedge of a site, where it has a position.
pub(crate) fn of_site(site: &Site<'_>) -> Option<Vec<(f64, f64)>> {
    site.position.map(|(latitude, longitude)| ring(latitude, longitude, site.azimuth.map(f64::from)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Twice the area on the plane; positive when anticlockwise.
    fn area(ring: &[(f64, f64)]) -> f64 {
        ring.windows(2).map(|pair| pair[0].0 * pair[1].1 - pair[1].0 * pair[0].1).sum()
    }

    #[test]
    fn rings_are_closed_and_go_anticlockwise() {
        for azimuth in [None, Some(0.0), Some(90.0), Some(275.0), Some(359.0)] {
            let ring = ring(52.4, 0.75, azimuth);
            assert_eq!(ring.first(), ring.last(), "{azimuth:?}");
            assert!(ring.len() >= 4);
            assert!(area(&ring) > 0.0, "{azimuth:?}");
        }
    }

    #[test]
    fn a_wedge_points_where_the_antenna_does() {
        let east = ring(52.4, 0.75, Some(90.0));
        assert!(east.iter().all(|(longitude, _)| *longitude >= 0.75));
        assert_eq!(east[0], (0.75, 52.4), "it begins at the mast");
    }
}
