//! The base map of document 4: the coast and the names of places, on the National Grid, shipped with the program.
//!
//! A name stands at the middle of its place, or a little above or below where a sector is drawn there, and no sign
//! marks the point: a mark could be taken for where a phone was. Where names would run into one another or over the
//! edge, that of the place with more inhabitants stands.

use std::sync::LazyLock;

use orochi_geo::grid::{Bng, LatLon};
use serde::Serialize;

/// The coast as rings on the National Grid, metres.
static LAND: LazyLock<Vec<Vec<(f64, f64)>>> = LazyLock::new(|| {
    let point = |pair: &str| on_grid(pair).map(|at| (at.easting, at.northing));
    include_str!("../../data/land.txt").lines().map(|ring| ring.split(' ').filter_map(point).collect()).collect()
});

/// A populated place.
struct Place {
    name: &'static str,
    at: Bng,
    inhabitants: u64,
}

/// Populated places, the largest first.
static PLACES: LazyLock<Vec<Place>> = LazyLock::new(|| {
    let place = |line: &'static str| {
        let mut cells = line.split('\t');
        let (name, at, inhabitants) = (cells.next()?, cells.next()?, cells.next()?.parse().ok()?);
        Some(Place { name, at: on_grid(at)?, inhabitants })
    };
    include_str!("../../data/places.txt").lines().filter_map(place).collect()
});

/// `longitude,latitude` in degrees.
fn on_grid(pair: &str) -> Option<Bng> {
    let (lon, lat) = pair.split_once(',')?;
    LatLon { lat: lat.parse().ok()?, lon: lon.parse().ok()? }.to_grid().ok()
}

/// Names on one map at most.
const NAMES: usize = 24;
/// From so many inhabitants a name is set larger.
const LARGE: u64 = 40_000;
/// Room that a name takes as shares of a map's width, in small and in large print: a letter's
/// width and a line's height.
const ROOM: [(f64, f64); 2] = [(0.0100, 0.026), (0.0125, 0.032)];
/// Where a name may stand, in lines below the middle of its place, best first.
const BESIDE: [f64; 7] = [0.0, -1.0, 1.0, -2.0, 2.0, -3.0, 3.0];

/// Left, top, right and bottom as shares of a map's width.
type Room = [f64; 4];

/// The arrow that points north, and the scale bar.
const FURNITURE: [Room; 2] = [[0.93, 0.0, 1.0, 0.05], [0.75, 0.94, 1.0, 1.0]];

/// The name of a place on a map; positions as shares of the map's width, from the left and the top.
#[derive(Serialize)]
pub(super) struct Name {
    pub name: &'static str,
    x: f64,
    y: f64,
    large: bool,
}

/// The square of the National Grid that a map shows, metres.
pub(super) struct Frame {
    pub left: f64,
    pub top: f64,
    pub size: f64,
}

impl Frame {
    /// A point as shares of the map's width, from the left and the top.
    pub fn share(&self, easting: f64, northing: f64) -> (f64, f64) {
        (round((easting - self.left) / self.size), round((self.top - northing) / self.size))
    }

    /// Land, as rings.
    pub fn land(&self) -> Vec<Vec<(f64, f64)>> {
        let edges = (self.left, self.top - self.size, self.left + self.size, self.top);
        LAND.iter()
            .map(|ring| cut(ring, edges))
            .filter(|ring| ring.len() > 2)
            .map(|ring| ring.into_iter().map(|(x, y)| self.share(x, y)).collect())
            .collect()
    }

    /// Names that have room, the largest places first. Sectors are points with the reach of their wedges, as shares of
    /// the width: names stand beside them where they can.
    pub fn names(&self, sectors: &[(f64, f64)], reach: f64) -> Vec<Name> {
        let mut taken: Vec<Room> = FURNITURE.to_vec();
        let sectors: Vec<Room> = sectors.iter().map(|(x, y)| [x - reach, y - reach, x + reach, y + reach]).collect();
        let mut names = Vec::new();
        for place in PLACES.iter() {
            let (x, y) = self.share(place.at.easting, place.at.northing);
            let large = place.inhabitants >= LARGE;
            let (letter, line) = ROOM[usize::from(large)];
            let half = place.name.chars().count() as f64 * letter / 2.0;
            let room = |lines: f64| [x - half, y + (lines - 0.5) * line, x + half, y + (lines + 0.5) * line];
            let stands = |room: &Room| {
                room.iter().all(|side| *side > 0.0 && *side < 1.0) && !taken.iter().any(|other| meet(room, other))
            };
            let beside = BESIDE.iter().find(|lines| {
                let room = room(**lines);
                stands(&room) && !sectors.iter().any(|sector| meet(&room, sector))
            });
            let Some(lines) = beside.or_else(|| BESIDE.first().filter(|lines| stands(&room(**lines)))) else {
                continue;
            };
            taken.push(room(*lines));
            names.push(Name { name: place.name, x, y: round(y + lines * line), large });
            if names.len() == NAMES {
                break;
            }
        }
        names
    }
}

fn meet(one: &Room, other: &Room) -> bool {
    one[0] <= other[2] && other[0] <= one[2] && one[1] <= other[3] && other[1] <= one[3]
}

/// To a hundred-thousandth of a map's width: less than a printer's dot, and the same text on any machine.
pub(super) fn round(share: f64) -> f64 {
    (share * 1e5).round() / 1e5
}

/// A ring cut to a frame (west, south, east, north), by Sutherland and Hodgman.
fn cut(ring: &[(f64, f64)], edges: (f64, f64, f64, f64)) -> Vec<(f64, f64)> {
    let (west, south, east, north) = edges;
    type Side = (fn(&(f64, f64), f64) -> bool, fn((f64, f64), (f64, f64), f64) -> (f64, f64), f64);
    fn upright(p: (f64, f64), q: (f64, f64), x: f64) -> (f64, f64) {
        (x, p.1 + (q.1 - p.1) * (x - p.0) / (q.0 - p.0))
    }
    fn level(p: (f64, f64), q: (f64, f64), y: f64) -> (f64, f64) {
        (p.0 + (q.0 - p.0) * (y - p.1) / (q.1 - p.1), y)
    }
    let sides: [Side; 4] = [
        (|p, x| p.0 >= x, upright, west),
        (|p, x| p.0 <= x, upright, east),
        (|p, y| p.1 >= y, level, south),
        (|p, y| p.1 <= y, level, north),
    ];
    let mut points = ring.to_vec();
    for (inside, cross, edge) in sides {
        let mut kept = Vec::new();
        for (at, point) in points.iter().enumerate() {
            let before = points[(at + points.len() - 1) % points.len()];
            match (inside(&before, edge), inside(point, edge)) {
                (true, true) => kept.push(*point),
                (true, false) => kept.push(cross(before, *point, edge)),
                (false, true) => kept.extend([cross(before, *point, edge), *point]),
                (false, false) => {}
            }
        }
        points = kept;
    }
    points
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ring_is_cut_to_the_frame() {
        let square = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)];
        let mut part = cut(&square, (5.0, 5.0, 20.0, 20.0));
        part.sort_by(|a, b| a.partial_cmp(b).unwrap());
        assert_eq!(part, [(5.0, 5.0), (5.0, 10.0), (10.0, 5.0), (10.0, 10.0)]);
        assert!(cut(&square, (20.0, 20.0, 30.0, 30.0)).is_empty());
    }

    #[test]
    fn the_coast_is_on_the_grid() {
        let points: usize = LAND.iter().map(Vec::len).sum();
        assert!(points > 5_000, "{points}");
        assert!(LAND.iter().flatten().all(|(x, y)| x.is_finite() && y.is_finite()));
    }

    #[test]
    fn every_place_is_read_and_lies_on_the_grid() {
        let lines: Vec<&str> = include_str!("../../data/places.txt").lines().collect();
        let lost = lines.iter().filter(|line| !PLACES.iter().any(|one| line.starts_with(one.name)));
        assert_eq!(PLACES.len(), lines.len(), "{:?}", lost.collect::<Vec<_>>());
        assert!(PLACES.windows(2).all(|pair| pair[0].inhabitants >= pair[1].inhabitants));
    }

    #[test]
    fn names_have_room_and_the_largest_place_has_its_name() {
        // 30 km about Thetford.
        let frame = Frame { left: 570_000.0, top: 300_000.0, size: 30_000.0 };
        let names = frame.names(&[], 0.0);
        assert_eq!(names.first().map(|one| one.name), Some("Thetford"));
        assert!(names.len() > 5 && names.len() <= NAMES);
        for (at, one) in names.iter().enumerate() {
            for other in &names[at + 1..] {
                assert!(
                    (one.x - other.x).abs() > 0.0095 || (one.y - other.y).abs() >= 0.026,
                    "{} {}",
                    one.name,
                    other.name
                );
            }
        }
        let (x, y) = frame.share(586_900.0, 283_100.0);
        let beside = frame.names(&[(x, y)], 0.04);
        let thetford = beside.first().map(|one| (one.name, (one.y - y).abs() > 0.04 && (one.y - y).abs() < 0.12));
        assert_eq!(thetford, Some(("Thetford", true)), "beside the sector that is drawn in its middle");
        let sea = Frame { left: 0.0, top: 1_000_000.0, size: 10_000.0 };
        assert!(sea.names(&[], 0.0).is_empty() && sea.land().is_empty());
    }
}
