//! From what a row says about a place to a position, what it rests on, and what is odd about it.
//!
//! In order: easting and northing, grid reference, latitude and longitude, postcode; the first that gives a position is
//! used and the others are compared with it. Repairs, each with its doubt in words:
//! - easting and northing swapped, when the postcode is near only then, or the stated point is in the
//!   sea and the other on land;
//! - kilometres or hundreds of kilometres instead of metres; grid letters in the easting's column;
//! - latitude and longitude swapped; the longitude's sign lost, when the postcode is near only with it.
//!
//! Zero stands for "not stated". Northern Ireland's grid positions are refused.

mod degrees;
mod metres;

use orochi_model::absence::is_absent;

use crate::{
    distance,
    grid::{Bng, LatLon},
    land::is_land,
    pair::{Pair, read_pair},
    postcode::{Found, Postcodes, is_northern_irish, read_postcode},
    reference::read_reference,
};

/// A site farther than this from its postcode is in doubt, metres. Assumed: rural masts stand up to some kilometres
/// from the nearest address.
pub const FAR_M: f64 = 5_000.0;

/// The same when only the postcode's district is known: districts are tens of kilometres wide.
pub const FAR_FROM_DISTRICT_M: f64 = 30_000.0;

/// What a row says about a place, as disclosed.
#[derive(Clone, Copy, Debug, Default)]
pub struct Stated<'a> {
    /// Easting.
    pub easting: Option<&'a str>,
    /// Northing.
    pub northing: Option<&'a str>,
    /// Grid reference; or easting and northing, or latitude and longitude, in one cell.
    pub grid_ref: Option<&'a str>,
    /// Latitude.
    pub lat: Option<&'a str>,
    /// Longitude.
    pub lon: Option<&'a str>,
    /// Postcode.
    pub postcode: Option<&'a str>,
    /// Easting and northing are not swapped for lying off land: the other rows of the list show that
    /// they stand as they should.
    pub in_order: bool,
}

/// Where it is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Place {
    /// British National Grid, metres; none outside Great Britain.
    pub easting: Option<i32>,
    /// British National Grid, metres; none outside Great Britain.
    pub northing: Option<i32>,
    /// Degrees north, WGS84.
    pub latitude: Option<f64>,
    /// Degrees east, WGS84.
    pub longitude: Option<f64>,
    /// `grid`, `grid reference`, `latitude and longitude`, `postcode`, or none when it could not be placed.
    pub placed_by: Option<&'static str>,
    /// What is odd about it, in words.
    pub doubt: Option<String>,
    /// Easting and northing were read swapped.
    pub swapped: bool,
    /// Canonical postcode, when one is stated and readable.
    pub postcode: Option<String>,
}

/// A position on the grid, in degrees, or both.
#[derive(Clone, Copy, Debug)]
struct Point {
    grid: Option<Bng>,
    degrees: LatLon,
}

impl Point {
    fn of_grid(at: Bng) -> Option<Self> {
        Some(Self { grid: Some(at), degrees: at.to_wgs84().ok()? })
    }

    fn of_degrees(degrees: LatLon) -> Self {
        Self { grid: degrees.to_grid().ok(), degrees }
    }
}

/// The row's postcode, and whether a point fits it.
struct Reference {
    canonical: Option<String>,
    found: Option<Found>,
}

impl Reference {
    fn northern_irish(&self) -> bool {
        self.canonical.as_deref().is_some_and(is_northern_irish)
    }

    fn far_m(&self) -> f64 {
        if self.found.is_some_and(|found| found.whole) { FAR_M } else { FAR_FROM_DISTRICT_M }
    }

    /// Metres from the postcode; none when it is not known where that is.
    fn metres(&self, point: Point) -> Option<f64> {
        let found = self.found?;
        match point.grid {
            Some(at) => Some(distance::grid_metres(at, found.at)),
            None => Some(distance::metres(point.degrees, found.at.to_wgs84().ok()?)),
        }
    }

    /// Whether a point is near the postcode; none when that is not known.
    fn is_near(&self, point: Point) -> Option<bool> {
        self.metres(point).map(|metres| metres <= self.far_m())
    }
}

/// Resolves a place.
pub fn locate(stated: &Stated<'_>, postcodes: &dyn Postcodes) -> Place {
    let stated = &parted(*stated);
    let mut doubts = Vec::new();
    let reference = look_up(stated.postcode, postcodes);
    if reference.northern_irish() && (stated.easting.is_some() || stated.grid_ref.is_some()) {
        doubts.push("Northern Ireland is on the Irish Grid: its grid position is not placed".to_owned());
    }
    let on_grid = if reference.northern_irish() { None } else { metres::read(stated, &reference, &mut doubts) };
    let by_reference = match stated.grid_ref.map(str::trim).filter(|text| !text.is_empty()) {
        Some(text) if !reference.northern_irish() => square(text, &mut doubts),
        _ => None,
    };
    let in_degrees = degrees::read(stated, &reference, &mut doubts);
    let by_postcode = reference.found.and_then(|found| Point::of_grid(found.at));

    let candidates = [
        (on_grid, "grid"),
        (by_reference, "grid reference"),
        (in_degrees, "latitude and longitude"),
        (by_postcode, "postcode"),
    ];
    let chosen = candidates.iter().enumerate().find_map(|(rank, (point, by))| point.map(|point| (rank, point, *by)));
    if let Some((rank, point, by)) = chosen {
        for (other, its_name) in candidates.iter().take(3).skip(rank + 1) {
            if let Some(other) = other {
                let apart = distance::metres(point.degrees, other.degrees);
                if apart > 1_000.0 {
                    doubts.push(format!("{its_name} is {} from the {by} position", kilometres(apart)));
                }
            }
        }
        if by == "postcode" {
            if reference.found.is_some_and(|found| !found.whole) {
                doubts.push("only the postcode's district is known: the position may be kilometres off".to_owned());
            }
        } else if let Some(metres) = reference.metres(point)
            && metres > reference.far_m()
        {
            doubts.push(format!("{} from its postcode", kilometres(metres)));
        }
    }
    let swapped = doubts.iter().any(|doubt| doubt.starts_with(metres::SWAPPED));
    let mut place = Place { postcode: reference.canonical, swapped, ..Place::default() };
    if let Some((_, point, by)) = chosen {
        place.easting = point.grid.map(|at| at.easting.round() as i32);
        place.northing = point.grid.map(|at| at.northing.round() as i32);
        place.latitude = Some(point.degrees.lat);
        place.longitude = Some(point.degrees.lon);
        place.placed_by = Some(by);
    }
    place.doubt = (!doubts.is_empty()).then(|| doubts.join("; "));
    place
}

// A position in one cell stands where the two columns would.
fn parted(mut stated: Stated<'_>) -> Stated<'_> {
    match stated.grid_ref.and_then(read_pair) {
        Some(Pair::Metres(easting, northing)) => {
            stated.grid_ref = None;
            stated.easting = stated.easting.or(Some(easting));
            stated.northing = stated.northing.or(Some(northing));
        }
        Some(Pair::Degrees(lat, lon)) => {
            stated.grid_ref = None;
            stated.lat = stated.lat.or(Some(lat));
            stated.lon = stated.lon.or(Some(lon));
        }
        None => {}
    }
    stated
}

fn look_up(postcode: Option<&str>, postcodes: &dyn Postcodes) -> Reference {
    let mut canonical = String::new();
    match postcode {
        Some(text) if read_postcode(text, &mut canonical).is_ok() => {
            let found = if is_northern_irish(&canonical) { None } else { postcodes.find(&canonical) };
            Reference { canonical: Some(canonical), found }
        }
        _ => Reference { canonical: None, found: None },
    }
}

fn square(text: &str, doubts: &mut Vec<String>) -> Option<Point> {
    match read_reference(text) {
        Ok(square) if square.side_m > 1_000 => {
            doubts
                .push(format!("the grid reference names a square {} km wide and is not placed", square.side_m / 1_000));
            None
        }
        Ok(square) => {
            let point = Point::of_grid(square.corner);
            if point.is_none() {
                doubts.push("the grid reference lies outside Great Britain".to_owned());
            } else if square.side_m == 1_000 {
                doubts.push("the grid reference is good to 1 km only".to_owned());
            }
            point
        }
        Err(_) if is_absent(text) => None,
        Err(why) => {
            doubts.push(format!("grid reference not read: {why}"));
            None
        }
    }
}

fn kilometres(metres: f64) -> String {
    if metres < 100_000.0 { format!("{:.1} km", metres / 1_000.0) } else { format!("{:.0} km", metres / 1_000.0) }
}

#[cfg(test)]
mod tests;
