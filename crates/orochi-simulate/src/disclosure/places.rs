//! Cells as networks describe them: site names, addresses, postcodes.
//!
//! Postcodes are Ordnance Survey Code-Point Open's, thinned to one for each square of 500 m
//! (`data/site-postcodes.csv.gz`); a site bears the nearest of them. Names and addresses of sites are made up.

use std::collections::BTreeMap;
use std::io::Read;

use flate2::read::GzDecoder;
use orochi_model::problem::Problem;

use super::row::CellText;
use crate::country::Town;
use crate::ground::Spot;
use crate::network::{CellId, Networks, Radio};
use crate::world::World;

/// Contains OS data © Crown copyright and database right, Royal Mail data © Royal Mail copyright and database right;
/// Open Government Licence v3.
const POSTCODES: &[u8] = include_bytes!("../../data/site-postcodes.csv.gz");

/// Side of a square of the index, metres.
const SQUARE: i32 = 1_000;
/// Squares looked at in each direction before a site is said to have no postcode.
const REACH: i32 = 12;

const LANES: [&str; 16] = [
    "Elm Lane",
    "Mill Road",
    "Church Hill",
    "Station Yard",
    "Water Tower",
    "Priory Park",
    "High Street",
    "Grange Farm",
    "Abbey Field",
    "Market Row",
    "Bridge Street",
    "Castle View",
    "Heath Road",
    "Common Side",
    "Chalk Pit",
    "Orchard Way",
];

/// A postcode and where it is.
#[derive(Clone, Debug)]
pub struct Postcode {
    /// `IP24 2AB`
    pub text: String,
    /// Where.
    pub at: Spot,
}

/// What is known of places.
pub struct Places<'w> {
    networks: &'w Networks,
    towns: &'w [Town],
    postcodes: Vec<Postcode>,
    squares: BTreeMap<(i32, i32), Vec<u32>>,
}

impl<'w> Places<'w> {
    /// Reads the postcodes.
    ///
    /// # Errors
    /// When the shipped data does not read, which is a bug.
    pub fn new(world: &'w World, networks: &'w Networks) -> Result<Self, Problem> {
        let damaged = |cause: String| Problem::bug("the shipped postcodes cannot be read").because(cause);
        let mut text = String::new();
        GzDecoder::new(POSTCODES).read_to_string(&mut text).map_err(|error| damaged(error.to_string()))?;
        let mut postcodes = Vec::new();
        let mut squares: BTreeMap<(i32, i32), Vec<u32>> = BTreeMap::new();
        for line in text.lines().skip(1) {
            let mut cells = line.split(',');
            let (Some(text), Some(Ok(easting)), Some(Ok(northing))) =
                (cells.next(), cells.next().map(str::parse::<i32>), cells.next().map(str::parse::<i32>))
            else {
                return Err(damaged(line.to_owned()));
            };
            squares.entry((easting / SQUARE, northing / SQUARE)).or_default().push(postcodes.len() as u32);
            postcodes.push(Postcode { text: text.to_owned(), at: Spot { easting, northing } });
        }
        Ok(Self { networks, towns: &world.country.towns, postcodes, squares })
    }

    /// The postcode nearest to a place; none far from all.
    pub fn postcode(&self, at: Spot) -> Option<&Postcode> {
        let (east, north) = (at.easting / SQUARE, at.northing / SQUARE);
        let mut best: Option<(i64, u32)> = None;
        for ring in 0..=REACH {
            // What lies a ring further out is at least a ring's width less than a square away.
            if best.is_some_and(|(far, _)| far <= i64::from(ring - 1).pow(2) * i64::from(SQUARE).pow(2)) {
                break;
            }
            for e in east - ring..=east + ring {
                let edge = (e - east).abs() == ring;
                let step = if edge || ring == 0 { 1 } else { 2 * ring as usize };
                for n in (north - ring..=north + ring).step_by(step) {
                    for place in self.squares.get(&(e, n)).into_iter().flatten() {
                        let found = (square(self.postcodes[*place as usize].at, at), *place);
                        if best.is_none_or(|best| found < best) {
                            best = Some(found);
                        }
                    }
                }
            }
        }
        best.map(|(_, place)| &self.postcodes[place as usize])
    }

    /// A cell as its network describes it.
    pub fn cell(&self, id: CellId) -> CellText {
        let cell = &self.networks.cells[id as usize];
        let near =
            self.towns.iter().min_by_key(|town| square(town.centre, cell.site)).map_or("Nowhere", |town| town.name);
        // Fibonacci hashing: neighbouring sites get different lanes.
        let mixed = u64::from(cell.site_id).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40;
        let lane = LANES[mixed as usize % LANES.len()];
        CellText {
            generation: match cell.radio {
                Radio::Gsm => "2G",
                Radio::Umts => "3G",
                Radio::Lte => "4G",
                Radio::Nr => "5G",
            },
            mcc: 234,
            mnc: cell.mnc,
            area: cell.area,
            cell: cell.id,
            site: cell.site,
            name: format!("{near} {lane} mast {:05}", cell.site_id),
            address: format!("{} Made Up {lane}", 1 + mixed / 64 % 90),
            postcode: self.postcode(cell.site).map(|postcode| postcode.text.clone()).unwrap_or_default(),
            azimuth: cell.azimuth,
        }
    }
}

/// Square of a distance, square metres.
fn square(a: Spot, b: Spot) -> i64 {
    i64::from(a.easting - b.easting).pow(2) + i64::from(a.northing - b.northing).pow(2)
}
