//! Where Great Britain and Man are land, to ten kilometres.
//!
//! A 10 km square counts as land when any land or shore lies in it. Made from Natural Earth's 1:10m countries (public
//! domain, as published in the npm package world-atlas 2.0.2). All 359,889 postcodes of 27 areas in Code-Point Open
//! fall on land squares; of the same positions with easting and northing swapped, 63 in 100 do not.

use crate::grid::Bng;

/// Squares from south to north; bit *n* of a row is the square *n* × 10 km east of the origin.
#[rustfmt::skip]
const LAND: [u128; 125] = [
    0x000000000000000000, 0x000000000000030300, 0x00000000000007e000, 0x00000000001c0fe000, 0x00000000001f3fc000,
    0x00000000003fff0000, 0x00000000103ffe0000, 0x00000031d03ffc0000, 0x00000079fdfff80000, 0x0001c3fffffff00000,
    0x0007ffffffffe00000, 0x001fffffffffc00000, 0x003fffffffffc00000, 0x007fffffffff000000, 0x00ffffffffff200000,
    0x00ffffffff1c000000, 0x00fffffffee0000000, 0x00dffffffff8000000, 0x001fffffffff000000, 0x001fffffffff3c0000,
    0x001ffffffffffe0000, 0x007ffffffffffe0000, 0x007ffffffffffe0000, 0x00fffffffffffe0000, 0x01fffffffffffc0000,
    0x01ffffffffffe00000, 0x01ffffffffff000000, 0x03fffffffffe000000, 0x03fffffffffe000000, 0x03fffffffffe000000,
    0x03fffffffffe000000, 0x03fffffffffe000000, 0x01fffffffffee00000, 0x00ff7fffffffe00000, 0x007f7fffffffc00000,
    0x0000ffffffff000000, 0x0000ffffffff800000, 0x0000ffffffffc00000, 0x0000ffffffffc00000, 0x00007fffff01c00000,
    0x00007fffff00000000, 0x00007fffff00000000, 0x00003ffffe00000000, 0x00003ffffe00000000, 0x00001ffffe00000000,
    0x00001ffffe00000000, 0x00001fffff80e00000, 0x00001fffff81e00000, 0x00000fffffc1c00000, 0x000007ffffc1800000,
    0x000003ffffe1800000, 0x000003ffffe0000000, 0x000000ffffe0000000, 0x0000003fffe1b00000, 0x0000001fffdff00000,
    0x0000001ffffff80000, 0x0000001ffffff80000, 0x0000000ffffff80000, 0x0000000ffffff00000, 0x0000000fffffe00000,
    0x00000007ffffe38000, 0x00000007ffffc38000, 0x00000007ffff9f0000, 0x00000007ffffdf1000, 0x00000003ffffff7000,
    0x00000001fffffe7800, 0x00000000fffffff800, 0x000000007ffffff000, 0x000000001dffff8000, 0x000000000fffffe000,
    0x000000001fffff4000, 0x000000001ffffee000, 0x000000000fffffe000, 0x000000001fffffe200, 0x000000003fffffe600,
    0x000000003ffffff800, 0x000000007fffffd800, 0x000000007fffffc000, 0x000000007fffff0000, 0x00000000ffffff70c0,
    0x00000000fffffff0c0, 0x00000000ffffffe180, 0x00000001ffffffe180, 0x00000003fffffff980, 0x00000003fffffff980,
    0x00000003fffffffb80, 0x00000001fffffff3c0, 0x0000000001bffe63c0, 0x00000000003ffe0f00, 0x00000000001ffe1e03,
    0x00000000003ff83e03, 0x00000000007ff87e00, 0x0000000000fff0fe00, 0x0000000003fff0fe00, 0x0000000003ffe0f800,
    0x0000000003ffe0e000, 0x0000000003ffe0c000, 0x0000000007c1c00000, 0x000000000700000000, 0x000000000f80000000,
    0x000000000f80000000, 0x000000000f00000000, 0x000000003f00000000, 0x000000003e00000000, 0x000000003e00000000,
    0x000000000600000000, 0x000000060000000000, 0x000000060000000000, 0x000000000000000000, 0x000000000000000000,
    0x000000180000000000, 0x000000180000000000, 0x000000180000000000, 0x000000388000000000, 0x0000003e8000000000,
    0x0000003e0000000000, 0x000000380000000000, 0x0000003c0000000000, 0x0000007c0000000000, 0x000000780000000000,
    0x000000700000000000, 0x000000600000000000, 0x000000000000000000, 0x000000000000000000, 0x000000000000000000,
];

/// Whether the 10 km square around a position holds land.
pub fn is_land(at: Bng) -> bool {
    let square = |metres: f64| (metres >= 0.0).then_some((metres / 10_000.0) as usize);
    match (square(at.easting), square(at.northing)) {
        (Some(east), Some(north)) => LAND.get(north).is_some_and(|row| east < 70 && row >> east & 1 == 1),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coast_and_sea() {
        for (name, easting, northing) in [
            ("Caister", 651_409.0, 313_177.0),
            ("Scilly", 91_492.0, 11_318.0),
            ("St Kilda", 9_587.0, 899_448.0),
            ("Lerwick", 447_500.0, 1_141_500.0),
            ("Dover", 632_000.0, 141_500.0),
            ("Ely", 554_000.0, 280_000.0),
        ] {
            assert!(is_land(Bng { easting, northing }), "{name}");
        }
        for (name, easting, northing) in [
            ("Dogger Bank", 690_000.0, 600_000.0),
            ("English Channel", 500_000.0, 40_000.0),
            ("Belfast", 146_000.0, 529_000.0),
            ("off the grid", -1.0, 5e6),
            ("no number", f64::NAN, 1.0),
        ] {
            assert!(!is_land(Bng { easting, northing }), "{name}");
        }
    }
}
