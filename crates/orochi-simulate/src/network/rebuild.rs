//! Networks are rebuilt: during the window some masts move, some identities turn up at another
//! mast, some masts go on air.

use super::data::Mast;
use super::sectors::Sector;
use crate::chance::Seed;
use crate::ground::Spot;
use rand::RngExt;

/// A mast with its sectors over the days on which it is so.
#[derive(Clone, Debug)]
pub(super) struct Built {
    pub network: u8,
    pub site: Spot,
    pub sectors: [Sector; 3],
    pub valid_from: u32,
    pub valid_to: u32,
}

/// Lets some masts move or exchange identities with a neighbour, and some begin; `rebuilt` and
/// `new` are shares per 28 days.
pub(super) fn rebuild(
    masts: &[Mast],
    sectors: Vec<[Sector; 3]>,
    days: u32,
    rebuilt: f64,
    new: f64,
    seed: Seed,
) -> Vec<Built> {
    let months = f64::from(days) / 28.0;
    let mut built: Vec<Built> = masts
        .iter()
        .zip(sectors)
        .map(|(mast, sectors)| Built { network: mast.network, site: mast.site, sectors, valid_from: 0, valid_to: days })
        .collect();
    for place in 0..masts.len() {
        let mut chance = seed.stream("rebuild", &[place as u64]);
        let (draw, day) = (chance.random::<f64>(), chance.random_range(0..days.max(2)));
        if built[place].valid_from > 0 || built[place].valid_to < days || day == 0 {
            continue;
        }
        if draw < rebuilt * months * 0.7 {
            let mut moved = built[place].clone();
            moved.site.easting += chance.random_range(150..700) * if chance.random() { 1 } else { -1 };
            moved.site.northing += chance.random_range(150..700) * if chance.random() { 1 } else { -1 };
            for sector in &mut moved.sectors {
                sector.azimuth = (sector.azimuth + 20) % 360;
            }
            moved.valid_from = day;
            built[place].valid_to = day;
            built.push(moved);
        } else if draw < rebuilt * months {
            exchange(&mut built, place, masts.len(), day, days);
        } else if draw < (rebuilt + new) * months {
            built[place].valid_from = day;
        }
    }
    built
}

/// From a day on, two neighbours of one network have each other's identities.
fn exchange(built: &mut Vec<Built>, place: usize, masts: usize, day: u32, days: u32) {
    let here = &built[place];
    let fits = |other: &usize| {
        let there = &built[*other];
        *other != place
            && there.network == here.network
            && (there.valid_from, there.valid_to) == (0, days)
            && there.site.metres(here.site) < 12_000.0
            && there.site.metres(here.site) > 800.0
    };
    let Some(other) = (0..masts).filter(fits).min_by_key(|other| built[*other].site.square(here.site)) else { return };
    for (from, to) in [(place, other), (other, place)] {
        let mut swapped = built[to].clone();
        for (sector, theirs) in swapped.sectors.iter_mut().zip(&built[from].sectors) {
            sector.cells.clone_from(&theirs.cells);
        }
        swapped.valid_from = day;
        built.push(swapped);
    }
    built[place].valid_to = day;
    built[other].valid_to = day;
}
