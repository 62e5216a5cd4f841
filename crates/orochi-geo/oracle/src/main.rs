//! Orochi's conversion beside crate `lonlat_bng`'s, all over the National Grid.
//!
//! `cargo run --release` compares four places in each kilometre square and prints the largest differences; it exits 1
//! when one is above what both round to. `cargo run --release -- answers > ../ostn15/crate-answers.csv` writes what the
//! crate answers for a few thousand places, which `orochi-geo`'s tests hold.

use orochi_geo::grid::{Bng, LatLon};

/// What the crate answers for a place on the grid: degrees, and metres of those degrees, rounded as Orochi rounds.
fn crate_answers(easting: f64, northing: f64) -> Option<(LatLon, Bng)> {
    let rounded = |number: f64| (number * 1e7).round() / 1e7;
    let (lon, lat) = lonlat_bng::convert_osgb36_to_ll(easting, northing).ok()?;
    let place = LatLon { lat: rounded(lat), lon: rounded(lon) };
    let (easting, northing) = lonlat_bng::convert_osgb36(place.lon, place.lat).ok()?;
    Some((place, Bng { easting, northing }))
}

fn answers() {
    println!("easting,northing,latitude,longitude,grid_easting,grid_northing");
    // Steps without a common divisor: the places fall all over their kilometre squares.
    for row in 0..58 {
        for column in 0..49 {
            let (easting, northing) = (2_003.7 + f64::from(column) * 14_159.23, 3_001.9 + f64::from(row) * 21_337.81);
            let Some((place, grid)) = crate_answers(easting, northing) else { continue };
            if place.is_in_ireland() {
                continue;
            }
            println!(
                "{easting:.2},{northing:.2},{:.7},{:.7},{:.3},{:.3}",
                place.lat, place.lon, grid.easting, grid.northing
            );
        }
    }
}

fn main() {
    if std::env::args().nth(1).as_deref() == Some("answers") {
        return answers();
    }
    let (mut places, mut refused_apart, mut degrees, mut metres) = (0_u64, 0_u64, 0.0_f64, 0.0_f64);
    for north in 0..2_500 {
        for east in 0..1_400 {
            let (easting, northing) = (f64::from(east) * 500.0 + 137.31, f64::from(north) * 500.0 + 241.77);
            let ours = Bng { easting, northing }.to_wgs84();
            let theirs = crate_answers(easting, northing);
            let (Ok(ours), Some((place, grid))) = (&ours, &theirs) else {
                // Ireland is refused here and nowhere else; a corner of the box in degrees by one side alone.
                let ireland = theirs.as_ref().is_some_and(|(place, _)| place.is_in_ireland());
                let corner = ours.is_ok_and(|place| place.to_grid().is_err());
                refused_apart += u64::from(ours.is_ok() != theirs.is_some() && !ireland && !corner);
                continue;
            };
            places += 1;
            degrees = degrees.max((ours.lat - place.lat).abs()).max((ours.lon - place.lon).abs());
            match place.to_grid() {
                Ok(back) => {
                    metres = metres.max((back.easting - grid.easting).abs()).max((back.northing - grid.northing).abs());
                }
                Err(_) => refused_apart += 1,
            }
        }
    }
    println!("{places} places; largest difference {degrees:.9} degrees, {metres:.6} m; {refused_apart} refused by one \
              alone");
    if degrees > 1.01e-7 || metres > 0.001_01 || refused_apart > 0 {
        std::process::exit(1);
    }
}
