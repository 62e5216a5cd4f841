//! Places. Input: easting, northing, grid reference, latitude, longitude, postcode, azimuth, one a line.
#![no_main]

use libfuzzer_sys::fuzz_target;
use orochi_geo::{
    azimuth::read_azimuth,
    place::{Stated, locate},
    postcode::{NoPostcodes, Table, read_postcode},
    reference::{read_reference, reference},
};

fuzz_target!(|input: &str| {
    for line in input.split('\n') {
        let mut canonical = String::new();
        if read_postcode(line, &mut canonical).is_ok() {
            let mut again = String::new();
            assert_eq!(read_postcode(&canonical, &mut again), Ok(()));
            assert_eq!(again, canonical);
        }
        if let Ok(square) = read_reference(line) {
            let digits = 10 - 2 * square.side_m.ilog10() as usize;
            let written = reference(square.corner, digits).expect("a square that was read lies on the grid");
            assert_eq!(read_reference(&written), Ok(square));
        }
        if let Ok(azimuth) = read_azimuth(line) {
            assert!(azimuth.degrees.is_none_or(|degrees| (0..360).contains(&degrees)));
        }
    }
    let mut lines = input.split('\n');
    let stated = Stated {
        easting: lines.next(),
        northing: lines.next(),
        grid_ref: lines.next(),
        lat: lines.next(),
        lon: lines.next(),
        postcode: lines.next(),
        in_order: false,
    };
    let table = Table::from_rows([("NR30 5AA", 651_409, 313_177), ("EH1 1YZ", 325_800, 673_900)]);
    for place in [locate(&stated, &table), locate(&stated, &NoPostcodes)] {
        assert_eq!(place.placed_by.is_some(), place.latitude.is_some() && place.longitude.is_some());
        assert_eq!(place.easting.is_some(), place.northing.is_some());
        assert!(place.latitude.is_none_or(|lat| (-90.0..=90.0).contains(&lat)));
        assert!(place.longitude.is_none_or(|lon| (-180.0..=180.0).contains(&lon)));
    }
});
