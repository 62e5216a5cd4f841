//! The country: real towns, homes and the roads and railways between them.

use crate::chance::Chance;
use crate::ground::Spot;
use homes::Homes;
use orochi_model::problem::Problem;
use rand::RngExt;

mod corridors;
mod homes;
mod town;
mod towns;

pub use corridors::Corridors;
pub use town::{Area, Town};

/// All places. Made once, then only read.
#[derive(Clone, Debug)]
pub struct Country {
    /// The towns; [`crate::ground::Person::town`] indexes them.
    pub towns: Vec<Town>,
    /// Main roads and railways.
    pub corridors: Corridors,
    /// Homes, by town.
    pub homes: Homes,
}

impl Country {
    /// The country as shipped.
    ///
    /// # Errors
    /// When the shipped data does not read: a bug.
    pub fn load() -> Result<Self, Problem> {
        let town = |&(name, easting, northing, population, area): &(&'static str, i32, i32, u32, Area)| Town {
            name,
            centre: Spot { easting, northing },
            population,
            area,
        };
        let towns: Vec<Town> = towns::TOWNS.iter().map(town).collect();
        let corridors = Corridors::new(towns.iter().map(|town| (town.name, town.centre)));
        let homes = Homes::load(&towns)?;
        Ok(Self { towns, corridors, homes })
    }

    /// Place of a town in the list.
    pub fn town(&self, name: &str) -> Option<u16> {
        self.towns.iter().position(|town| town.name == name).map(|place| place as u16)
    }

    /// A residential spot inside a town; for London, inside Greater London.
    pub fn home_in(&self, town: u16, chance: &mut Chance) -> Spot {
        let inside = self.homes.inside(town);
        if inside.is_empty() {
            return self.towns[usize::from(town)].centre;
        }
        self.homes.spot(inside[chance.random_range(0..inside.len())], chance)
    }

    /// Places on the way by main road or rail, without the two ends; none for a way inside a town.
    pub fn route(&self, from: Spot, to: Spot) -> Vec<Spot> {
        let mut passed = self.corridors.between(from, to);
        // The place nearest to an end may lie behind one who leaves for the other side.
        if passed.len() > 1 && from.metres(passed[1]) < passed[0].metres(passed[1]) {
            passed.remove(0);
        }
        if passed.len() > 1
            && to.metres(passed[passed.len() - 2]) < passed[passed.len() - 1].metres(passed[passed.len() - 2])
        {
            passed.pop();
        }
        passed
    }
}
