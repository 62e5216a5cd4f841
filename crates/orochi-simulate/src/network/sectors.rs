//! Sectors: every mast gets three, and cells where the published list has none.
//!
//! OpenCelliD states neither azimuths nor which cells of a mast look the same way, and crowds have
//! not seen every cell. So:
//! - three sectors a mast, 120 degrees apart, turned by a hash of the mast;
//! - published 4G cells go to the sector their local number says, as each network numbers them; others in turn;
//! - a sector without a 4G cell gets one whose local number is free; most masts get 2G cells (no 2G at Three) and some
//!   5G cells with identities that nobody has in the list.

use super::cell::{MNCS, Radio};
use super::data::{Identity, Mast};
use crate::ground::Spot;
use std::collections::BTreeSet;
use xxhash_rust::xxh3::xxh3_64;

/// One direction of a mast: for each generation the identities of its cells.
#[derive(Clone, Debug, Default)]
pub(super) struct Sector {
    pub azimuth: u16,
    pub cells: [Vec<Identity>; 4],
}

/// Share of masts in 100 with 2G, and with 5G in London and elsewhere.
const WITH_2G: u64 = 75;
const WITH_5G: (u64, u64) = (50, 20);

/// Identities in use, to make up free ones.
#[derive(Debug)]
pub(super) struct Free {
    used: BTreeSet<(u8, Radio, Identity)>,
    next: u64,
}

impl Free {
    pub(super) fn new(masts: &[Mast]) -> Self {
        let mut used = BTreeSet::new();
        for mast in masts {
            for radio in [Radio::Gsm, Radio::Umts, Radio::Lte, Radio::Nr] {
                used.extend(mast.cells[radio as usize].iter().map(|identity| (mast.network, radio, *identity)));
            }
        }
        Self { used, next: 1 }
    }

    /// The first free identity from `wanted` on, by steps.
    fn next_unused(&mut self, network: u8, radio: Radio, wanted: Identity, step: u64) -> Identity {
        let (area, mut id) = wanted;
        while !self.used.insert((network, radio, (area, id))) {
            id += step;
        }
        (area, id)
    }

    /// An eNodeB number that no mast of the list has.
    pub(super) fn next_base(&mut self) -> u64 {
        self.next += 1;
        0xf_0000 + self.next
    }
}

/// The three sectors of a mast.
pub(super) fn sectors(mast: &Mast, free: &mut Free) -> [Sector; 3] {
    let draw = hash(mast);
    let mut sectors: [Sector; 3] = Default::default();
    for (place, sector) in sectors.iter_mut().enumerate() {
        sector.azimuth = ((draw % 120) as u16 + 120 * place as u16) % 360;
    }
    four_g(mast, &mut sectors, free);
    for radio in [Radio::Gsm, Radio::Umts, Radio::Nr] {
        for (place, identity) in mast.cells[radio as usize].iter().enumerate() {
            sectors[place % 3].cells[radio as usize].push(*identity);
        }
    }
    let area = sectors[0].cells[Radio::Lte as usize].first().map_or(1, |identity| identity.0);
    let base = sectors[0].cells[Radio::Lte as usize].first().map_or(1, |identity| identity.1 >> 8);
    let has_2g = mast.network != 2 && (draw >> 16) % 100 < WITH_2G;
    if mast.cells[Radio::Gsm as usize].is_empty() && has_2g {
        // 16 bits are few: location areas of their own leave room.
        let lac = 60_000 + base as u32 % 4_000;
        for (place, sector) in sectors.iter_mut().enumerate() {
            let wanted = (lac, (base % 6_000) * 10 + place as u64 + 1);
            sector.cells[Radio::Gsm as usize].push(free.next_unused(mast.network, Radio::Gsm, wanted, 10));
        }
    }
    let with_5g = if is_london(mast.site) { WITH_5G.0 } else { WITH_5G.1 };
    if mast.cells[Radio::Nr as usize].is_empty() && (draw >> 32) % 100 < with_5g {
        let bits = if mast.network == 3 { 14 } else { 12 };
        for (place, sector) in sectors.iter_mut().enumerate() {
            let wanted = (area, ((base + 0x20_0000) << bits) + place as u64 + 1);
            sector.cells[Radio::Nr as usize].push(free.next_unused(mast.network, Radio::Nr, wanted, 3));
        }
    }
    sectors
}

/// 4G: published cells by local number, one made up where a sector has none.
fn four_g(mast: &Mast, sectors: &mut [Sector; 3], free: &mut Free) {
    let lte = Radio::Lte as usize;
    let known = &mast.cells[lte];
    for identity in known {
        let local = identity.1 & 0xff;
        // O2 and Vodafone count sectors in tens (110, 120, 130; 10, 20, 30), Three and EE in units.
        let sector = if mast.network < 2 { (local / 10 + 2) % 3 } else { local % 3 };
        sectors[sector as usize].cells[lte].push(*identity);
    }
    let (area, base) = known.first().map_or_else(
        || (1 + u32::from(MNCS[usize::from(mast.network)]), free.next_base()),
        |first| (first.0, first.1 >> 8),
    );
    for (place, sector) in sectors.iter_mut().enumerate() {
        if sector.cells[lte].is_empty() {
            let local = match mast.network {
                0 => 110 + 10 * place as u64,
                1 => 10 + 10 * place as u64,
                _ => place as u64,
            };
            sector.cells[lte].push(free.next_unused(mast.network, Radio::Lte, (area, (base << 8) + local), 3));
        }
    }
}

/// Roughly inside Greater London.
pub(super) fn is_london(site: Spot) -> bool {
    site.metres(Spot { easting: 530_000, northing: 180_400 }) < 22_000.0
}

/// A number of the mast's own, the same in every run.
pub(super) fn hash(mast: &Mast) -> u64 {
    let mut bytes = [0_u8; 9];
    bytes[0] = mast.network;
    bytes[1..5].copy_from_slice(&mast.site.easting.to_le_bytes());
    bytes[5..].copy_from_slice(&mast.site.northing.to_le_bytes());
    xxh3_64(&bytes)
}
