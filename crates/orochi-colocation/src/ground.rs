//! Metres between places, and how far apart places lie around there.
//!
//! What may surprise a reader:
//! - The *spacing* of a place is the distance to the third nearest other place of the same network that anyone was
//!   registered at. Among masts it says how far a cell reaches: little in a city, much in the country, and more on a
//!   network with few masts. Among fixes of receivers it is near its lowest value and says nothing, and the fit
//!   then gives it no weight.
//! - Places closer than a thousandth of a degree are one.

use std::collections::BTreeSet;

use crate::registration::Track;

/// Mean radius of the earth, metres (IUGG).
const RADIUS: f64 = 6_371_008.8;
/// Places lie on a lattice of this many degrees when their spacing is taken.
pub(crate) const LATTICE: f64 = 0.001;
/// Spacing is taken to the neighbour of this number, from 1.
const NEIGHBOUR: usize = 3;
/// Least and greatest spacing, metres.
const SPACING: (f64, f64) = (100.0, 15_000.0);

/// A place, ready to be measured from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Point {
    /// Latitude, radians.
    pub lat: f64,
    /// Longitude, radians.
    pub lon: f64,
    /// Cosine of the latitude.
    pub cos: f64,
}

impl Point {
    pub fn degrees(latitude: f64, longitude: f64) -> Self {
        let lat = latitude.to_radians();
        Self { lat, lon: longitude.to_radians(), cos: lat.cos() }
    }

    /// Square of the distance, square metres, on a plane between the two: within 1 in 100 over some hundred kilometres,
    /// which is further than anything here needs to be told apart.
    pub fn square(&self, other: &Self) -> f64 {
        let mut across = self.lon - other.lon;
        if across.abs() > std::f64::consts::PI {
            across = std::f64::consts::TAU - across.abs();
        }
        let (north, east) = (self.lat - other.lat, across * (self.cos + other.cos) / 2.0);
        (north * north + east * east) * (RADIUS * RADIUS)
    }

    /// The place so many metres away in a direction (degrees clockwise from north).
    pub fn moved(&self, metres: f64, azimuth: f64) -> Self {
        let (sin, cos) = azimuth.to_radians().sin_cos();
        let lat = self.lat + metres * cos / RADIUS;
        Self { lat, lon: self.lon + metres * sin / (RADIUS * self.cos.max(0.01)), cos: lat.cos() }
    }

    /// Seconds that the sun's time is ahead of UTC here: the hour of the day anywhere, without a map of time zones.
    pub fn solar_s(&self) -> i64 {
        (self.lon / std::f64::consts::TAU * 86_400.0) as i64
    }

    /// Row and column on a lattice of so many degrees; columns are as wide in metres as rows are high.
    pub fn cell(&self, degrees: f64) -> (i32, i32) {
        let row = (self.lat.to_degrees() / degrees).floor();
        (row as i32, Self::column(self.lon, row as i32, degrees))
    }

    /// Column of a longitude in a row of that lattice.
    pub fn column(lon: f64, row: i32, degrees: f64) -> i32 {
        let middle = ((f64::from(row) + 0.5) * degrees).to_radians().cos().max(0.01);
        (lon.to_degrees() * middle / degrees).floor() as i32
    }
}

/// Spacing of all places in some tracks.
#[derive(Clone, Debug)]
pub(crate) struct Ground {
    /// Networks and their lattice places, sorted, with their spacing in metres.
    places: Vec<((u16, i32, i32), f64)>,
}

fn lattice(network: u16, latitude: f64, longitude: f64) -> (u16, i32, i32) {
    (network, (latitude / LATTICE).round() as i32, (longitude / LATTICE).round() as i32)
}

impl Ground {
    /// Takes the spacing of the places that any track was registered at.
    pub fn new(tracks: &[&Track]) -> Self {
        let of = |track: &Track| -> BTreeSet<(u16, i32, i32)> {
            let all = track.registrations.iter().enumerate();
            all.map(|(place, r)| lattice(track.network(place), r.latitude, r.longitude)).collect()
        };
        let places: BTreeSet<(u16, i32, i32)> = tracks.iter().flat_map(|track| of(track)).collect();
        let places: Vec<(u16, i32, i32)> = places.into_iter().collect();
        use rayon::prelude::*;
        let spacings = places.chunk_by(|a, b| a.0 == b.0).flat_map(|network| {
            let point = |p: &(u16, i32, i32)| Point::degrees(f64::from(p.1) * LATTICE, f64::from(p.2) * LATTICE);
            let points: Vec<Point> = network.iter().map(point).collect();
            (0..points.len()).into_par_iter().map(|place| spacing(&points, place)).collect::<Vec<f64>>()
        });
        let spacings: Vec<f64> = spacings.collect();
        Self { places: places.into_iter().zip(spacings).collect() }
    }

    /// Spacing at a place of a network, metres; the least where nobody was registered.
    pub fn spacing(&self, network: u16, latitude: f64, longitude: f64) -> f64 {
        let wanted = lattice(network, latitude, longitude);
        self.places.binary_search_by_key(&wanted, |place| place.0).map_or(SPACING.0, |place| self.places[place].1)
    }
}

/// Distance to the third nearest: outward in latitude (they are sorted by it) until nothing nearer can come.
fn spacing(points: &[Point], place: usize) -> f64 {
    let mut nearest = [f64::INFINITY; NEIGHBOUR];
    let here = &points[place];
    let mut look = |other: &Point| {
        let north = ((other.lat - here.lat) * RADIUS).powi(2);
        if north > nearest[NEIGHBOUR - 1].min(SPACING.1 * SPACING.1) {
            return false;
        }
        let square = here.square(other);
        if square < nearest[NEIGHBOUR - 1] {
            nearest[NEIGHBOUR - 1] = square;
            nearest.sort_unstable_by(f64::total_cmp);
        }
        true
    };
    let _ = points[place + 1..].iter().all(&mut look);
    let _ = points[..place].iter().rev().all(&mut look);
    // Fewer places than neighbours: the furthest there is.
    let others = (points.len() - 1).min(NEIGHBOUR);
    let reached = others.checked_sub(1).map_or(SPACING.0, |last| nearest[last].sqrt());
    reached.clamp(SPACING.0, SPACING.1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::registration::Registration;

    #[test]
    fn a_degree_of_latitude_and_across_the_date_line() {
        let metres = |a: (f64, f64), b: (f64, f64)| Point::degrees(a.0, a.1).square(&Point::degrees(b.0, b.1)).sqrt();
        assert!((metres((52.0, 1.0), (53.0, 1.0)) - 111_195.0).abs() < 10.0);
        assert!((metres((0.0, 179.9), (0.0, -179.9)) - 22_239.0).abs() < 10.0);
        assert!((metres((60.0, 10.0), (60.0, 11.0)) - 55_597.0).abs() < 50.0);
        let moved = Point::degrees(52.0, 1.0).moved(1_000.0, 90.0);
        assert!((moved.square(&Point::degrees(52.0, 1.0)).sqrt() - 1_000.0).abs() < 1.0 && moved.lon > 0.0174);
    }

    #[test]
    fn noon_is_where_the_sun_is() {
        assert_eq!(Point::degrees(0.0, 90.0).solar_s(), 6 * 3_600);
        assert_eq!(Point::degrees(0.0, -45.0).solar_s(), -3 * 3_600);
    }

    proptest! {
        /// Oracle: sort all distances.
        #[test]
        fn spacing_is_the_third_nearest(raw in prop::collection::btree_set((0..60i32, 0..60i32), 1..40)) {
            let registrations = raw.iter().map(|(north, east)| Registration {
                at: 0,
                latitude: 52.0 + f64::from(*north) * LATTICE,
                longitude: 1.0 + f64::from(*east) * LATTICE,
                azimuth: None,
            }).collect();
            let track = Track::new("", "", registrations);
            let ground = Ground::new(&[&track]);
            for r in &track.registrations {
                let here = Point::degrees(r.latitude, r.longitude);
                let mut all: Vec<f64> = track.registrations.iter()
                    .map(|o| here.square(&Point::degrees(o.latitude, o.longitude)).sqrt()).collect();
                all.sort_by(f64::total_cmp);
                let wanted = all.get(3).or(all.last()).copied().unwrap().clamp(SPACING.0, SPACING.1);
                prop_assert!((ground.spacing(0, r.latitude, r.longitude) - wanted).abs() < 0.5);
            }
        }
    }
}
