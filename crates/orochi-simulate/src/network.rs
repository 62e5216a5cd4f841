//! The four networks: their cells on real sites, and which cell serves a handset.
//!
//! What may surprise a reader:
//! - Sites and identities are those of OpenCelliD (CC BY-SA 4.0, `data/cells.csv.gz`), where a crowd has seen them;
//!   azimuths, sectors and the identities nobody saw are made up (`sectors`), the same in every run.
//! - A rebuilt mast is two entries of one identity with different days: look up a cell by identity and day.
//! - 3G is all but switched off in the window, as in the country since 2024.

use crate::calendar::{At, Calendar};
use crate::chance::{Chance, Seed};
use crate::ground::Spot;
use crate::scenario::sections::NetworksSection;
use orochi_model::problem::Problem;
use serving_cells::{Lobe, OnAir, Tiles, Wanted, generation};

mod cell;
mod data;
mod rebuild;
mod sectors;
mod serving_cells;
mod shared_masts;
mod signal;

pub use cell::{Cell, CellId, MNCS, NAMES, Radio};

/// All networks. Made once, then only read.
#[derive(Debug)]
pub struct Networks {
    /// The cells, by network, site, sector and generation.
    pub cells: Vec<Cell>,
    tiles: Vec<Tiles>,
    calendar: Calendar,
}

impl Networks {
    /// The networks as shipped, with the window's rebuilds.
    ///
    /// # Errors
    /// When the shipped data does not read: a bug.
    pub fn load(section: &NetworksSection, calendar: &Calendar, seed: Seed) -> Result<Self, Problem> {
        let mut masts = data::masts()?;
        shared_masts::share(&mut masts);
        let mut free = sectors::Free::new(&masts);
        let sectors = masts.iter().map(|mast| sectors::sectors(mast, &mut free)).collect();
        let built =
            rebuild::rebuild(&masts, sectors, calendar.days(), section.rebuilt.value, section.new_sites.value, seed);
        let mut cells = Vec::new();
        let mut on_air: [Vec<OnAir>; 4] = Default::default();
        for (site_id, built) in built.iter().enumerate() {
            let mut lobes = [Lobe::default(); 3];
            for (lobe, sector) in lobes.iter_mut().zip(&built.sectors) {
                let azimuth = f64::from(sector.azimuth).to_radians();
                lobe.towards = (libm::sin(azimuth) as f32, libm::cos(azimuth) as f32);
                for (place, radio) in [Radio::Gsm, Radio::Umts, Radio::Lte, Radio::Nr].into_iter().enumerate() {
                    lobe.cells[place] = cells.len() as CellId;
                    cells.extend(sector.cells[place].iter().map(|(area, id)| Cell {
                        network: built.network,
                        radio,
                        mnc: MNCS[usize::from(built.network)],
                        area: *area,
                        id: *id,
                        site_id: site_id as u32,
                        site: built.site,
                        azimuth: sector.azimuth,
                        valid_from: built.valid_from,
                        valid_to: built.valid_to,
                    }));
                }
                lobe.cells[4] = cells.len() as CellId;
            }
            on_air[usize::from(built.network)].push(OnAir {
                mast: site_id as u64,
                site: built.site,
                reach: 0.0,
                valid_from: built.valid_from,
                valid_to: built.valid_to,
                sectors: lobes,
            });
        }
        let tiles = on_air.into_iter().map(|masts| Tiles::new(masts, calendar.days())).collect();
        Ok(Self { cells, tiles, calendar: calendar.clone() })
    }

    /// The cell that serves a handset of a network at a place and an instant. The same place gives different cells from
    /// one connection to the next. None only when no mast near is on air.
    pub fn serving(&self, network: u8, spot: Spot, at: At, smart: bool, chance: &mut Chance) -> Option<CellId> {
        let day = self.calendar.day_of(at).map_or(0, |(day, _)| day);
        let radio = generation(network, smart, chance);
        let tiles = self.tiles.get(usize::from(network))?;
        tiles
            .serve(spot, Wanted { radio, day }, chance)
            .or_else(|| tiles.serve(spot, Wanted { radio: Radio::Lte, day }, chance))
    }

    /// Masts of a network on air on a day.
    pub fn masts(&self, network: u8, day: u32) -> Vec<Spot> {
        let masts = self.tiles.get(usize::from(network)).map_or(&[][..], Tiles::masts);
        let mut masts: Vec<Spot> =
            masts.iter().filter(|mast| mast.valid_from <= day && day < mast.valid_to).map(|mast| mast.site).collect();
        masts.sort_unstable();
        masts.dedup();
        masts
    }
}
