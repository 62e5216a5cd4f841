//! British National Grid to WGS84 and back, by Ordnance Survey's OSTN15.
//!
//! Source: "Transformations and OSGM15 User Guide" (Ordnance Survey); checked against its 40 test points, and against
//! the answers of crate `lonlat_bng`. OSTN15 fills the grid's whole rectangle, sea included: that a position converts
//! does not mean that it is on land (see [`crate::land`]).

use crate::{ostn15, projection};

/// A position on the British National Grid, metres.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bng {
    /// Metres east of the grid's origin.
    pub easting: f64,
    /// Metres north of the grid's origin.
    pub northing: f64,
}

/// A position in degrees, WGS84.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LatLon {
    /// Degrees north.
    pub lat: f64,
    /// Degrees east: west of Greenwich is negative.
    pub lon: f64,
}

/// A position the grid does not reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("outside Great Britain and its waters, where the National Grid is defined")]
pub struct Outside;

/// Eastings end here.
pub const MOST_EASTING: f64 = 700_000.0;
/// Northings end here.
pub const MOST_NORTHING: f64 = 1_250_000.0;

/// Degrees of the box about the grid; beyond it the series of the projection is not made for use.
const LATITUDES: std::ops::RangeInclusive<f64> = 49.922..=60.84;
/// See [`LATITUDES`].
const LONGITUDES: std::ops::RangeInclusive<f64> = -8.579..=1.78;

impl Bng {
    /// The same place in degrees, to about a centimetre (seven decimals).
    ///
    /// # Errors
    /// [`Outside`], also for the island of Ireland.
    pub fn to_wgs84(self) -> Result<LatLon, Outside> {
        let inside = (0.0..=MOST_EASTING).contains(&self.easting) && (0.0..=MOST_NORTHING).contains(&self.northing);
        if !inside {
            return Err(Outside);
        }
        let LatLon { lat, lon } = projection::unproject(ostn15::to_etrs89(self).ok_or(Outside)?);
        let place = LatLon { lat: rounded(lat, 1e7), lon: rounded(lon, 1e7) };
        if place.is_in_ireland() { Err(Outside) } else { Ok(place) }
    }
}

impl LatLon {
    /// The same place on the grid, to a millimetre.
    ///
    /// # Errors
    /// [`Outside`], also for the island of Ireland.
    pub fn to_grid(self) -> Result<Bng, Outside> {
        if !LATITUDES.contains(&self.lat) || !LONGITUDES.contains(&self.lon) || self.is_in_ireland() {
            return Err(Outside);
        }
        let Bng { easting, northing } = ostn15::to_osgb36(projection::project(self)).ok_or(Outside)?;
        Ok(Bng { easting: rounded(easting, 1e3), northing: rounded(northing, 1e3) })
    }

    /// Whether both are degrees on the globe.
    pub fn is_finite(self) -> bool {
        (-90.0..=90.0).contains(&self.lat) && (-180.0..=180.0).contains(&self.lon)
    }

    /// Whether the point lies on the island of Ireland, roughly: Rathlin and the Ards in,
    /// Kintyre, Galloway and Man out.
    pub fn is_in_ireland(self) -> bool {
        let Self { lat, lon } = self;
        let east_coast = match lat {
            _ if !(51.3..=55.45).contains(&lat) => return false,
            _ if lat > 55.32 => return false,
            _ if lat > 55.0 => -6.0,
            _ if lat > 54.7 => -5.6,
            _ => -5.35,
        };
        lon < east_coast && lon > -11.0
    }
}

/// To one part in `scale`: the platform's last bits of a sine do not reach a table.
fn rounded(number: f64, scale: f64) -> f64 {
    (number * scale).round() / scale
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn metres_apart(a: Bng, easting: f64, northing: f64) -> f64 {
        (a.easting - easting).hypot(a.northing - northing)
    }

    fn numbers<const N: usize>(cells: &str) -> [f64; N] {
        let numbers: Vec<f64> = cells.split(',').map(|cell| cell.parse().expect("a number")).collect();
        numbers.try_into().expect("as many numbers as columns")
    }

    #[test]
    fn ordnance_surveys_forty_points_to_the_grid_and_forty_from_it() {
        let mut points = 0;
        for line in include_str!("../ostn15/points.csv").lines().skip(1) {
            let (from, rest) = line.split_once(',').expect("columns");
            let (name, rest) = rest.split_once(',').expect("columns");
            let [lat, lon, easting, northing] = numbers(rest);
            if from == "degrees" {
                let grid = LatLon { lat, lon }.to_grid().unwrap_or_else(|why| panic!("{name}: {why}"));
                // A millimetre, and what a binary fraction adds to it.
                assert!((grid.easting - easting).abs() < 0.001_01, "{name}: {grid:?}");
                assert!((grid.northing - northing).abs() < 0.001_01, "{name}: {grid:?}");
            } else {
                let there = Bng { easting, northing }.to_wgs84().unwrap_or_else(|why| panic!("{name}: {why}"));
                // Seven decimals are rounded to; 1e-7 degrees of latitude are 11 mm.
                assert!((there.lat - lat).abs() < 0.6e-7 && (there.lon - lon).abs() < 0.6e-7, "{name}: {there:?}");
            }
            points += 1;
        }
        assert_eq!(points, 80);
    }

    /// The answers were written by `oracle/`, a workspace of its own, as the crate generates C bindings
    /// and a 30 MB map when built.
    #[test]
    fn crate_lonlat_bng_answers_the_same() {
        let mut places = 0;
        for line in include_str!("../ostn15/crate-answers.csv").lines().skip(1) {
            let [easting, northing, lat, lon, grid_easting, grid_northing] = numbers(line);
            let there = Bng { easting, northing }.to_wgs84().unwrap_or_else(|why| panic!("{line}: {why}"));
            assert!((there.lat - lat).abs() < 1.01e-7 && (there.lon - lon).abs() < 1.01e-7, "{line}: {there:?}");
            let grid = LatLon { lat, lon }.to_grid().unwrap_or_else(|why| panic!("{line}: {why}"));
            assert!((grid.easting - grid_easting).abs() < 0.001_01, "{line}: {grid:?}");
            assert!((grid.northing - grid_northing).abs() < 0.001_01, "{line}: {grid:?}");
            places += 1;
        }
        assert!(places > 1_000, "{places}");
    }

    #[test]
    fn ireland_and_the_world_are_refused() {
        for (name, lat, lon) in [
            ("Belfast", 54.597, -5.930),
            ("Derry", 54.997, -7.309),
            ("Portaferry", 54.38, -5.55),
            ("Dublin", 53.350, -6.260),
            ("Paris", 48.857, 2.352),
            ("nowhere", 0.0, 0.0),
            ("no number", f64::NAN, 0.0),
        ] {
            assert_eq!(LatLon { lat, lon }.to_grid(), Err(Outside), "{name}");
        }
        for (name, lat, lon) in [
            ("Campbeltown", 55.425, -5.605),
            ("Stranraer", 54.902, -5.027),
            ("Portpatrick", 54.842, -5.115),
            ("Mull of Kintyre", 55.311, -5.803),
            ("Douglas", 54.15, -4.48),
            ("Port Ellen", 55.628, -6.19),
            ("St David's", 51.882, -5.269),
            ("Land's End", 50.066, -5.715),
        ] {
            assert!(LatLon { lat, lon }.to_grid().is_ok(), "{name}");
        }
        assert_eq!(
            Bng { easting: 146_000.0, northing: 529_000.0 }.to_wgs84(),
            Err(Outside),
            "Belfast on the British grid"
        );
        assert_eq!(Bng { easting: 313_177.0, northing: 1_351_409.0 }.to_wgs84(), Err(Outside));
        assert_eq!(Bng { easting: f64::NAN, northing: 1.0 }.to_wgs84(), Err(Outside));
    }

    proptest! {
        #[test]
        fn there_and_back(easting in 0.0..700_000.0_f64, northing in 0.0..1_250_000.0_f64) {
            // The box in degrees cuts the corners of the box in metres.
            if let Ok(there) = (Bng { easting, northing }).to_wgs84()
                && let Ok(back) = there.to_grid()
            {
                prop_assert!(metres_apart(back, easting, northing) < 0.02, "{:?}", back);
            }
        }

        #[test]
        fn never_panics(a: f64, b: f64) {
            let _ = (Bng { easting: a, northing: b }).to_wgs84();
            let _ = (LatLon { lat: a, lon: b }).to_grid();
        }
    }
}
