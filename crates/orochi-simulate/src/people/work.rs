//! Work and school: where, and when.

use crate::chance::{Chance, Seed};
use crate::country::{Area, Country};
use crate::ground::{Routine, Spot};
use rand::RngExt;

/// Places to work and schools of every town, the same for everyone in a run.
#[derive(Debug)]
pub(crate) struct Work {
    firms: Vec<Vec<Spot>>,
    schools: Vec<Vec<Spot>>,
}

impl Work {
    /// `residents`: ordinary people of each town.
    pub(crate) fn new(country: &Country, residents: &[u32], seed: Seed) -> Self {
        let mut firms = Vec::with_capacity(residents.len());
        let mut schools = Vec::with_capacity(residents.len());
        for (town, count) in residents.iter().enumerate() {
            let mut chance = seed.stream("firms", &[town as u64]);
            let london = country.towns[town].area == Area::London;
            let spots = |count: u32, central: f64, chance: &mut Chance| -> Vec<Spot> {
                let spot = |_| {
                    let centre = country.towns[town].centre;
                    if chance.random::<f64>() < central {
                        let spread = if london { 2_600.0 } else { 600.0 };
                        around(centre, spread, chance)
                    } else {
                        country.home_in(town as u16, chance)
                    }
                };
                (0..count).map(spot).collect()
            };
            firms.push(spots(count / 12 + 3, 0.5, &mut chance));
            schools.push(spots(count / 900 + 1, 0.0, &mut chance));
        }
        Self { firms, schools }
    }

    /// What the days of somebody are like. Most work in their own town; some in another by size and nearness (commuters
    /// into London, Cambridge, Norwich and Ipswich among them).
    pub(crate) fn routine(&self, country: &Country, home: Spot, town: u16, age: u8, chance: &mut Chance) -> Routine {
        let quarter = |chance: &mut Chance, from: i32, to: i32| chance.random_range(from * 4..=to * 4) * 900;
        if age < 18 {
            let work = nearest(&self.schools[usize::from(town)], home, chance);
            return Routine::Away { work, from: 8 * 3_600 + 2_400, to: 15 * 3_600 + 1_200, days: 0b1_1111 };
        }
        if age > 67 || chance.random::<f64>() > 0.74 {
            return Routine::Home;
        }
        let there = if chance.random::<f64>() < 0.2 { self.elsewhere(country, home, town, chance) } else { town };
        let firms = &self.firms[usize::from(there)];
        // In London not any place of work: of some, the nearest.
        let work = (0..3).map(|_| firms[chance.random_range(0..firms.len())]).min_by_key(|spot| spot.square(home));
        let work = work.unwrap_or(home);
        match chance.random_range(0..100) {
            // Shifts, also at weekends.
            0..14 => {
                let days = 0b111_1111 & !(1 << chance.random_range(0..7)) & !(1 << chance.random_range(0..7));
                let from = [6, 9, 13][chance.random_range(0..3)] * 3_600;
                Routine::Away { work, from, to: from + 8 * 3_600, days }
            }
            // Part of the week.
            14..34 => {
                let days = [0b0_0111, 0b1_0101, 0b1_1100, 0b0_1110, 0b0_1011][chance.random_range(0..5)];
                Routine::Away { work, from: quarter(chance, 8, 10), to: quarter(chance, 13, 16), days }
            }
            _ => Routine::Away { work, from: quarter(chance, 7, 10), to: quarter(chance, 16, 19), days: 0b1_1111 },
        }
    }

    /// Another town, by residents over the square of the distance.
    fn elsewhere(&self, country: &Country, home: Spot, town: u16, chance: &mut Chance) -> u16 {
        let weight = |place: usize| {
            let other = &country.towns[place];
            let km = (other.centre.metres(home) / 1_000.0).max(3.0);
            if place == usize::from(town) || km > 130.0 {
                return 0.0;
            }
            libm::sqrt(f64::from(other.population)) * 100.0 / (km * km)
        };
        let sum: f64 = (0..country.towns.len()).map(weight).sum();
        let mut draw = chance.random::<f64>() * sum;
        for place in 0..country.towns.len() {
            draw -= weight(place);
            if draw < 0.0 {
                return place as u16;
            }
        }
        town
    }
}

/// A spot around another, normal in both directions, metres.
pub(crate) fn around(centre: Spot, spread: f64, chance: &mut Chance) -> Spot {
    let mut near = |middle: i32| middle + (spread * crate::chance::normal(chance)) as i32;
    Spot { easting: near(centre.easting), northing: near(centre.northing) }
}

fn nearest(spots: &[Spot], home: Spot, chance: &mut Chance) -> Spot {
    let pick = (0..4).map(|_| spots[chance.random_range(0..spots.len())]);
    pick.min_by_key(|spot| spot.square(home)).unwrap_or(home)
}
