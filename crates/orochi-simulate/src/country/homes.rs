//! Where people live: small areas of the census, which have about 1,600 residents each by design, so that drawing areas
//! evenly draws homes by population; spread over some of the postcodes of each.

use super::town::{Area, Town};
use crate::chance::Chance;
use crate::ground::Spot;
use flate2::read::MultiGzDecoder;
use orochi_model::problem::Problem;
use rand::RngExt;
use std::io::Read;

const DATA: &[u8] = include_bytes!("../../data/homes.csv.gz");
/// Homes lie within this distance of their postcode's centre, metres each way.
const SPREAD: i32 = 45;

/// A small area of the census.
#[derive(Clone, Debug)]
struct Small {
    centre: Spot,
    postcodes: Vec<Spot>,
}

/// All homes, by town.
#[derive(Clone, Debug)]
pub struct Homes {
    small: Vec<Small>,
    around: Vec<Vec<u32>>,
    inside: Vec<Vec<u32>>,
}

impl Homes {
    pub(super) fn load(towns: &[Town]) -> Result<Self, Problem> {
        let mut text = String::new();
        MultiGzDecoder::new(DATA)
            .read_to_string(&mut text)
            .map_err(|e| Problem::bug("the shipped homes do not read").because(e))?;
        let mut homes =
            Self { small: Vec::new(), around: vec![Vec::new(); towns.len()], inside: vec![Vec::new(); towns.len()] };
        for line in text.lines().skip(1) {
            let (area, small) =
                read(line).ok_or_else(|| Problem::bug("the shipped homes do not read").because(line))?;
            let near = |place: &usize| towns[*place].centre.square(small.centre);
            // A village belongs to the nearest town, whichever county that is in; London is one town of its own.
            let town = (0..towns.len())
                .filter(|town| (towns[*town].area == Area::London) == (area == Area::London))
                .min_by_key(near);
            let Some(town) = town else { continue };
            let place = homes.small.len() as u32;
            homes.around[town].push(place);
            if area == Area::London || towns[town].centre.metres(small.centre) < radius(towns[town].population) {
                homes.inside[town].push(place);
            }
            homes.small.push(small);
        }
        Ok(homes)
    }

    /// Small areas of a town and the villages around it.
    pub fn around(&self, town: u16) -> &[u32] {
        &self.around[usize::from(town)]
    }

    /// Small areas inside a town.
    pub fn inside(&self, town: u16) -> &[u32] {
        let inside = &self.inside[usize::from(town)];
        if inside.is_empty() { self.around(town) } else { inside }
    }

    /// A home in a small area.
    pub fn spot(&self, small: u32, chance: &mut Chance) -> Spot {
        let Small { centre, postcodes } = &self.small[small as usize];
        let middle = if postcodes.is_empty() { *centre } else { postcodes[chance.random_range(0..postcodes.len())] };
        Spot {
            easting: middle.easting + chance.random_range(-SPREAD..=SPREAD),
            northing: middle.northing + chance.random_range(-SPREAD..=SPREAD),
        }
    }
}

/// How far a town of so many residents reaches, metres.
pub(crate) fn radius(population: u32) -> f64 {
    900.0 + 11.0 * libm::sqrt(f64::from(population))
}

fn read(line: &str) -> Option<(Area, Small)> {
    let mut fields = line.split(',');
    let area = Area::of_authority(fields.next()?)?;
    let centre = Spot { easting: fields.next()?.parse().ok()?, northing: fields.next()?.parse().ok()? };
    let postcode = |text: &str| {
        let (e, n) = text.split_once(':')?;
        Some(Spot {
            easting: centre.easting + e.parse::<i32>().ok()?,
            northing: centre.northing + n.parse::<i32>().ok()?,
        })
    };
    let postcodes = fields.next()?.split(' ').filter(|text| !text.is_empty()).map(postcode).collect::<Option<_>>()?;
    Some((area, Small { centre, postcodes }))
}
