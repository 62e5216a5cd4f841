//! The country: real towns, homes and the roads and railways between them.

use crate::chance::Chance;
use crate::world::Spot;
use homes::Homes;
use orochi_model::problem::Problem;
use rand::RngExt;

mod corridors;
mod homes;
mod towns;

pub use corridors::Corridors;

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

impl Area {
    /// The area a local authority (names of the census of 2011) belongs to; none for the rest of the country.
    pub fn of_authority(name: &str) -> Option<Self> {
        const LONDON: &str = "City of London|Barking and \
                              Dagenham|Barnet|Bexley|Brent|Bromley|Camden|Croydon|Ealing|Enfield|Greenwich|Hackney|\
                              Hammersmith and Fulham|Haringey|Harrow|Havering|Hillingdon|Hounslow|Islington|Kensington \
                              and Chelsea|Kingston upon Thames|Lambeth|Lewisham|Merton|Newham|Redbridge|Richmond upon \
                              Thames|Southwark|Sutton|Tower Hamlets|Waltham Forest|Wandsworth|Westminster";
        const NORFOLK: &str =
            "Breckland|Broadland|Great Yarmouth|King's Lynn and West Norfolk|North Norfolk|Norwich|South Norfolk";
        const SUFFOLK: &str = "Babergh|Forest Heath|Ipswich|Mid Suffolk|St Edmundsbury|Suffolk Coastal|Waveney";
        const CAMBRIDGESHIRE: &str =
            "Cambridge|East Cambridgeshire|Fenland|Huntingdonshire|South Cambridgeshire|Peterborough";
        [
            (LONDON, Self::London),
            (NORFOLK, Self::Norfolk),
            (SUFFOLK, Self::Suffolk),
            (CAMBRIDGESHIRE, Self::Cambridgeshire),
        ]
        .into_iter()
        .find(|(names, _)| names.split('|').any(|known| known == name))
        .map(|(_, area)| area)
    }
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
