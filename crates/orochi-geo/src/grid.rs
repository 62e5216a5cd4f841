//! British National Grid to WGS84 and back, by Ordnance Survey's OSTN15.
//!
//! Source: crate `lonlat_bng`, checked against Ordnance Survey's 40 test points. OSTN15 fills the grid's whole rectangle, sea
//! included: that a position converts does not mean that it is on land (see [`crate::land`]).

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
        let (lon, lat) = lonlat_bng::convert_osgb36_to_ll(self.easting, self.northing).map_err(|_| Outside)?;
        let place = LatLon { lat: rounded(lat), lon: rounded(lon) };
        if place.is_in_ireland() { Err(Outside) } else { Ok(place) }
    }
}

impl LatLon {
    /// The same place on the grid, to a millimetre.
    ///
    /// # Errors
    /// [`Outside`], also for the island of Ireland.
    pub fn to_grid(self) -> Result<Bng, Outside> {
        if !self.is_finite() || self.is_in_ireland() {
            return Err(Outside);
        }
        let (easting, northing) = lonlat_bng::convert_osgb36(self.lon, self.lat).map_err(|_| Outside)?;
        if easting.is_finite() && northing.is_finite() { Ok(Bng { easting, northing }) } else { Err(Outside) }
    }

    /// Whether both are degrees on the globe.
    pub fn is_finite(self) -> bool {
        (-90.0..=90.0).contains(&self.lat) && (-180.0..=180.0).contains(&self.lon)
    }

    /// Whether the point lies on the island of Ireland, roughly: Rathlin and the Ards in, Kintyre, Galloway and Man out.
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

/// Seven decimals: the platform's last bits of a sine do not reach a table.
fn rounded(degrees: f64) -> f64 {
    (degrees * 1e7).round() / 1e7
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Seven of Ordnance Survey's 40 OSTN15 test points: name, latitude, longitude, easting, northing.
    ///
    /// Copyright (c) 2015, Ordnance Survey and the Ministry of Defence (MOD). All rights reserved. Redistributed under the
    /// BSD 2-clause licence of the OSTN15 developer pack.
    #[rustfmt::skip]
    #[allow(clippy::unreadable_literal, reason = "as published")]
    const POINTS: &[(&str, f64, f64, f64, f64)] = &[
        ("TP01", 49.92226394, -6.29977752, 91492.146, 11318.804),
        ("TP07", 51.37447026, 1.444547304, 639821.835, 169565.858),
        ("TP10", 51.85890896, -4.30852477, 241124.584, 220332.641),
        ("TP14", 52.75136687, 0.401535471, 562180.547, 319784.995),
        ("TP17", 53.41628516, -4.289180698, 247958.971, 393492.909),
        ("TP31", 57.81351838, -8.578544561, 9587.909, 899448.996),
        ("TP40", 60.13308092, -2.073828228, 395999.668, 1138728.951),
    ];

    fn metres_apart(a: Bng, easting: f64, northing: f64) -> f64 {
        (a.easting - easting).hypot(a.northing - northing)
    }

    fn check(name: &str, lat: f64, lon: f64, easting: f64, northing: f64) {
        let grid = LatLon { lat, lon }.to_grid().unwrap_or_else(|why| panic!("{name}: {why}"));
        assert!(metres_apart(grid, easting, northing) < 0.005, "{name}: {grid:?}");
        let there = Bng { easting, northing }.to_wgs84().unwrap_or_else(|why| panic!("{name}: {why}"));
        // 1e-7 degrees of latitude are 11 mm.
        assert!((there.lat - lat).abs() < 1.5e-7 && (there.lon - lon).abs() < 1.5e-7, "{name}: {there:?}");
    }

    #[test]
    fn ordnance_surveys_points_kept_here() {
        for (name, lat, lon, easting, northing) in POINTS {
            check(name, *lat, *lon, *easting, *northing);
        }
        check("Caister water tower", 52.658_007_83, 1.716_073_97, 651_409.804, 313_177.450);
    }

    #[expect(clippy::print_stderr, reason = "says why it checked nothing")]
    #[test]
    fn all_forty_points_of_ordnance_survey() {
        let shared = std::env::var("OROCHI_SHARED")
            .map_or_else(|_| std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"), Into::into);
        let folder = shared.join("samples/geodesy/test_inputs");
        let numbers = |name: &str| -> Option<Vec<(String, f64, f64)>> {
            let text = std::fs::read_to_string(folder.join(name)).ok()?;
            let rows = text.lines().skip(1).map(|line| {
                let cells: Vec<&str> = line.split(',').collect();
                (cells[0].to_owned(), cells[1].parse().expect("number"), cells[2].parse().expect("number"))
            });
            Some(rows.collect())
        };
        let (Some(degrees), Some(grid)) =
            (numbers("OSTN15_OSGM15_TestInput_ETRStoOSGB.csv"), numbers("OSTN15_OSGM15_TestOutput_ETRStoOSGB.csv"))
        else {
            eprintln!("skipped: {} is not there", folder.display());
            return;
        };
        assert_eq!((degrees.len(), grid.len()), (40, 40));
        for ((name, lat, lon), (same, easting, northing)) in degrees.into_iter().zip(grid) {
            assert_eq!(name, same);
            check(&name, lat, lon, easting, northing);
        }
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
