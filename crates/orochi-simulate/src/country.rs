//! The country: real towns, homes and the roads and railways between them.

use crate::chance::Chance;
use crate::world::Spot;
use rand::RngExt;

mod towns;

/// Which part of the country.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Area {
    /// Greater London.
    London,
    /// Norfolk.
    Norfolk,
    /// Suffolk.
    Suffolk,
    /// Cambridgeshire with Peterborough.
    Cambridgeshire,
}

/// A town.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Town {
    /// Its name.
    pub name: &'static str,
    /// Its centre.
    pub centre: Spot,
    /// Residents.
    pub population: u32,
    /// Where it lies.
    pub area: Area,
}

/// All places. Made once, then only read.
#[derive(Clone, Debug)]
pub struct Country {
    /// The towns; [`crate::world::Person::town`] indexes them.
    pub towns: Vec<Town>,
}

impl Country {
    /// The country as shipped.
    ///
    /// # Errors
    /// When the shipped data does not read: a bug.
    pub fn load() -> Result<Self, orochi_model::problem::Problem> {
        let town = |&(name, easting, northing, population, area): &(&'static str, i32, i32, u32, Area)| Town {
            name,
            centre: Spot { easting, northing },
            population,
            area,
        };
        Ok(Self { towns: towns::TOWNS.iter().map(town).collect() })
    }

    /// Place of a town in the list.
    pub fn town(&self, name: &str) -> Option<u16> {
        self.towns.iter().position(|town| town.name == name).map(|place| place as u16)
    }

    /// A residential spot inside a town.
    pub fn home_in(&self, town: u16, chance: &mut Chance) -> Spot {
        let centre = self.towns[usize::from(town)].centre;
        let mut near = |middle: i32| middle + chance.random_range(-900..=900);
        Spot { easting: near(centre.easting), northing: near(centre.northing) }
    }

    /// Points on the way by main road or rail, without the two ends; none for a way inside a town.
    pub fn route(&self, _from: Spot, _to: Spot) -> Vec<Spot> {
        Vec::new()
    }
}
