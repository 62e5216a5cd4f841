//! OSTN15: how far a point of ETRS89 stands from its place on the British National Grid of 1936.
//!
//! Source: "Transformations and OSGM15 User Guide" (Ordnance Survey), sections 3 and 4, and the data file of its
//! developer pack, packed (`ostn15/pack.py`). The table fills the grid's whole rectangle, sea included.

use crate::grid::Bng;

/// East and north shift of each kilometre intersection, west to east in rows from south to north:
/// two little-endian `u16`.
static TABLE: &[u8] = include_bytes!("../ostn15/ostn15.bin");
/// Intersections in a row.
const COLUMNS: usize = 701;
/// Rows of intersections.
const ROWS: usize = 1251;
/// What a 0 of the table says of the east shift, millimetres.
const EAST_FROM: i32 = 80_000;
/// What a 0 of the table says of the north shift, millimetres.
const NORTH_FROM: i32 = -85_000;
/// Metres from one intersection to the next.
const SIDE: f64 = 1_000.0;
/// Two rounds differ by less than this, in metres, when the way back has settled (user guide, section 3.3).
const SETTLED: f64 = 0.000_1;

/// Metres to add to an ETRS89 position for the grid of 1936.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Shift {
    east: f64,
    north: f64,
}

/// The shift at an intersection. The caller keeps inside the table.
fn intersection(column: usize, row: usize) -> Shift {
    let at = (row * COLUMNS + column) * 4;
    let millimetres =
        |at: usize, from: i32| f64::from(i32::from(u16::from_le_bytes([TABLE[at], TABLE[at + 1]])) + from);
    Shift { east: millimetres(at, EAST_FROM) / 1_000.0, north: millimetres(at + 2, NORTH_FROM) / 1_000.0 }
}

/// The shift at a position, between its four intersections by their distance (bilinear). None outside the table. The
/// way back from the table's first kilometre leads up to a hundred metres past its edge, where the
/// edge's square is continued.
fn shift(at: Bng) -> Option<Shift> {
    let (column, row) = ((at.easting / SIDE).trunc(), (at.northing / SIDE).trunc());
    let inside = (0.0..(COLUMNS - 1) as f64).contains(&column) && (0.0..(ROWS - 1) as f64).contains(&row);
    if !inside {
        return None;
    }
    let (right, up) = ((at.easting - column * SIDE) / SIDE, (at.northing - row * SIDE) / SIDE);
    let (column, row) = (column as usize, row as usize);
    let corners = [
        (intersection(column, row), (1.0 - right) * (1.0 - up)),
        (intersection(column + 1, row), right * (1.0 - up)),
        (intersection(column, row + 1), (1.0 - right) * up),
        (intersection(column + 1, row + 1), right * up),
    ];
    let sum = |of: fn(&Shift) -> f64| corners.iter().map(|(shift, weight)| weight * of(shift)).sum();
    Some(Shift { east: sum(|shift| shift.east), north: sum(|shift| shift.north) })
}

/// A position projected from ETRS89, on the grid of 1936. None outside the table.
pub(crate) fn to_osgb36(etrs89: Bng) -> Option<Bng> {
    let shift = shift(etrs89)?;
    Some(Bng { easting: etrs89.easting + shift.east, northing: etrs89.northing + shift.north })
}

/// A position on the grid of 1936, as projected from ETRS89: the shift is looked up again where the last one led until
/// both agree. None outside the table.
pub(crate) fn to_etrs89(osgb36: Bng) -> Option<Bng> {
    let mut last = shift(osgb36)?;
    // Shifts change by millimetres over the hundred metres that they lead: a few rounds are enough.
    for _ in 0..10 {
        let there = Bng { easting: osgb36.easting - last.east, northing: osgb36.northing - last.north };
        let next = shift(there)?;
        if (next.east - last.east).abs() <= SETTLED && (next.north - last.north).abs() <= SETTLED {
            return Some(Bng { easting: osgb36.easting - next.east, northing: osgb36.northing - next.north });
        }
        last = next;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_ordnance_surveys() {
        assert_eq!(TABLE.len(), COLUMNS * ROWS * 4);
        // First, last, and the user guide's example in between, as the data file has them.
        assert_eq!(intersection(0, 0), Shift { east: 90.750, north: -82.020 });
        assert_eq!(intersection(651, 313), Shift { east: 102.787, north: -78.242 });
        let digest: String = <sha2::Sha256 as sha2::Digest>::digest(TABLE).iter().map(|b| format!("{b:02x}")).collect();
        assert_eq!(digest, "8441936a5c2525cfb39b7eeb7bc6136e47f157f8c2695a2bea340577fcb3b102");
    }

    #[test]
    fn outside_the_table_nothing_is_shifted() {
        for (easting, northing) in [
            (-1_000.0, 5.0),
            (5.0, -1_000.0),
            (700_000.0, 5.0),
            (5.0, 1_250_000.0),
            (f64::NAN, 5.0),
            (5.0, f64::INFINITY),
        ] {
            let at = Bng { easting, northing };
            assert_eq!(to_osgb36(at), None, "{at:?}");
        }
        assert!(to_osgb36(Bng { easting: 699_999.9, northing: 1_249_999.9 }).is_some());
    }
}
