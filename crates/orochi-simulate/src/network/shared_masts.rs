//! Masts that networks share. O2 and Vodafone, and EE and Three, build on each other's masts outside the cities, and
//! since the Shared Rural Network (2020) all four do where one alone stands. A crowd that saw one network's cells there
//! and not the other's is no sign that the other has none, so: outside London each mast of a network stands for its
//! partner too where that has none within 1.5 km, and for all where they have none within 4 km.

use super::data::Mast;
use super::sectors::is_london;
use crate::ground::Spot;
use std::collections::BTreeMap;

const PARTNER: f64 = 1_500.0;
const ANYBODY: f64 = 4_000.0;
const BIN: i32 = 4_000;

/// Adds the shared masts; they have no cells yet.
pub(super) fn share(masts: &mut Vec<Mast>) {
    let mut near: BTreeMap<(u8, i32, i32), Vec<Spot>> = BTreeMap::new();
    for mast in masts.iter() {
        near.entry(bin(mast.network, mast.site)).or_default().push(mast.site);
    }
    let known = masts.len();
    for place in 0..known {
        let (own, site) = (masts[place].network, masts[place].site);
        if is_london(site) {
            continue;
        }
        for network in 0..4 {
            let reach = if network == own ^ 1 { PARTNER } else { ANYBODY };
            let (_, x, y) = bin(network, site);
            let mut around = (x - 1..=x + 1).flat_map(|x| (y - 1..=y + 1).map(move |y| (network, x, y)));
            let has = |bin| near.get(&bin).is_some_and(|sites| sites.iter().any(|other| other.metres(site) < reach));
            if network != own && !around.any(has) {
                near.entry(bin(network, site)).or_default().push(site);
                masts.push(Mast { network, site, cells: Default::default() });
            }
        }
    }
}

fn bin(network: u8, site: Spot) -> (u8, i32, i32) {
    (network, site.easting / BIN, site.northing / BIN)
}
