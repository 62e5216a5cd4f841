//! Metres between places.

use crate::grid::{Bng, LatLon};

/// WGS84 equatorial radius, metres.
const RADIUS: f64 = 6_378_137.0;
/// WGS84 flattening.
const FLATTENING: f64 = 1.0 / 298.257_223_563;

/// Metres between two places along the ellipsoid, by Lambert's formula for long lines: within ten metres over thousands
/// of kilometres, within a decimetre over tens. (W. D. Lambert, "The distance between two widely separated points on
/// the surface of the earth", J. Washington Academy of Sciences 32, 1942.)
pub fn metres(from: LatLon, to: LatLon) -> f64 {
    let reduced = |degrees: f64| ((1.0 - FLATTENING) * degrees.to_radians().tan()).atan();
    let (b1, b2) = (reduced(from.lat), reduced(to.lat));
    let half = |angle: f64| (angle / 2.0).sin().powi(2);
    let across = half(b2 - b1) + b1.cos() * b2.cos() * half((to.lon - from.lon).to_radians());
    let angle = 2.0 * across.clamp(0.0, 1.0).sqrt().asin();
    if angle < 1e-12 {
        return 0.0;
    }
    let (p, q) = ((b1 + b2) / 2.0, (b2 - b1) / 2.0);
    let (sin_half, cos_half) = (angle / 2.0).sin_cos();
    if cos_half.abs() < 1e-9 {
        return RADIUS * (1.0 - FLATTENING / 2.0) * angle;
    }
    let x = (angle - angle.sin()) * (p.sin() * q.cos() / cos_half).powi(2);
    let y = (angle + angle.sin()) * (p.cos() * q.sin() / sin_half).powi(2);
    RADIUS * (angle - FLATTENING / 2.0 * (x + y))
}

/// Metres between two grid positions, as measured on the map. The grid's scale is true to 4 parts in 10,000.
pub fn grid_metres(from: Bng, to: Bng) -> f64 {
    (from.easting - to.easting).hypot(from.northing - to.northing)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn dms(degrees: f64, minutes: f64, seconds: f64) -> f64 {
        degrees.signum() * (degrees.abs() + minutes / 60.0 + seconds / 3600.0)
    }

    /// Geoscience Australia's test line for Vincenty's formulae.
    #[test]
    fn flinders_peak_to_buninyong() {
        let flinders = LatLon { lat: dms(-37.0, 57.0, 3.720_30), lon: dms(144.0, 25.0, 29.524_40) };
        let buninyong = LatLon { lat: dms(-37.0, 39.0, 10.156_10), lon: dms(143.0, 55.0, 35.383_90) };
        let found = metres(flinders, buninyong);
        assert!((found - 54_972.271).abs() < 0.1, "{found}");
    }

    proptest! {
        #[test]
        fn agrees_with_the_grid(
            easting in 300_000.0..500_000.0_f64, northing in 150_000.0..400_000.0_f64, dx in -5e4..5e4_f64,
            dy in -5e4..5e4_f64,
        ) {
            let (a, b) = (Bng { easting, northing }, Bng { easting: easting + dx, northing: northing + dy });
            if let (Ok(from), Ok(to)) = (a.to_wgs84(), b.to_wgs84()) {
                let (ground, map) = (metres(from, to), grid_metres(a, b));
                prop_assert!((ground - map).abs() <= 0.0008 * map + 0.1, "{} {}", ground, map);
                prop_assert_eq!(metres(to, from), ground);
            }
        }

        #[test]
        fn is_a_number_everywhere(
            a in -90.0..90.0_f64,
            b in -180.0..180.0_f64,
            c in -90.0..90.0_f64,
            d in -180.0..180.0_f64,
        ) {
            let found = metres(LatLon { lat: a, lon: b }, LatLon { lat: c, lon: d });
            prop_assert!((0.0..2.01e7).contains(&found), "{}", found);
        }
    }
}
