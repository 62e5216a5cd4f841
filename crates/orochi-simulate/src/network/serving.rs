//! Which cell serves: the candidates of each tile, worked out once when somebody first connects there.

use super::signal::{TILE, level, mix, normal};
use super::{CellId, Radio};
use crate::chance::Chance;
use crate::world::Spot;
use rand::{Rng, RngExt};
use std::sync::OnceLock;

/// Candidates kept for a tile, and how much weaker than the best a kept one may be, dB.
const KEPT: usize = 14;
const WEAKER: f32 = 24.0;
/// Masts looked at for a tile's candidates: at least so many, from rings of bins.
const LOOKED_AT: usize = 26;
const BIN: i32 = 2_500;

/// A sector on air: its cells of each generation are a run in the list of all cells.
#[derive(Clone, Copy, Debug)]
pub(super) struct OnAir {
    pub mast: u64,
    pub site: Spot,
    pub azimuth: u16,
    pub valid_from: u32,
    pub valid_to: u32,
    /// First cell of 2G, 3G, 4G, 5G, and the end.
    pub cells: [CellId; 5],
}

#[derive(Clone, Copy, Debug)]
struct Candidate {
    sector: u32,
    level: f32,
}

/// Tiles of one network.
#[derive(Debug)]
pub(super) struct Tiles {
    sectors: Vec<OnAir>,
    corner: Spot,
    columns: i32,
    rows: i32,
    tiles: Vec<OnceLock<Box<[Candidate]>>>,
    bins: Vec<Vec<u32>>,
    bin_columns: i32,
    bin_rows: i32,
}

/// What a handset asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Wanted {
    pub radio: Radio,
    pub day: u32,
}

impl Tiles {
    /// Tiles over all sectors of a network.
    pub(super) fn new(sectors: Vec<OnAir>) -> Self {
        let edge = |part: fn(&Spot) -> i32, pick: fn(i32, i32) -> i32, from: i32| {
            sectors.iter().map(|sector| part(&sector.site)).fold(from, pick)
        };
        let corner = Spot {
            easting: edge(|s| s.easting, i32::min, i32::MAX) - 5_000,
            northing: edge(|s| s.northing, i32::min, i32::MAX) - 5_000,
        };
        let (east, north) = (edge(|s| s.easting, i32::max, i32::MIN), edge(|s| s.northing, i32::max, i32::MIN));
        let count =
            |low: i32, high: i32, side: i32| if sectors.is_empty() { 1 } else { (high + 5_000 - low) / side + 1 };
        let (columns, rows) = (count(corner.easting, east, TILE), count(corner.northing, north, TILE));
        let (bin_columns, bin_rows) = (count(corner.easting, east, BIN), count(corner.northing, north, BIN));
        let mut bins = vec![Vec::new(); (bin_columns * bin_rows) as usize];
        for (place, sector) in sectors.iter().enumerate() {
            let (x, y) = ((sector.site.easting - corner.easting) / BIN, (sector.site.northing - corner.northing) / BIN);
            bins[(y * bin_columns + x) as usize].push(place as u32);
        }
        let tiles = (0..columns * rows).map(|_| OnceLock::new()).collect();
        Self { sectors, corner, columns, rows, tiles, bins, bin_columns, bin_rows }
    }

    /// The cell for one connection; none when no sector near has a cell of this generation on this day.
    pub(super) fn serve(&self, spot: Spot, wanted: Wanted, chance: &mut Chance) -> Option<CellId> {
        let (x, y) = ((spot.easting - self.corner.easting) / TILE, (spot.northing - self.corner.northing) / TILE);
        let (x, y) = (x.clamp(0, self.columns - 1), y.clamp(0, self.rows - 1));
        let candidates = self.tiles[(y * self.columns + x) as usize].get_or_init(|| self.candidates(x, y));
        let here = u64::from((spot.easting / 60) as u32) << 32 | u64::from((spot.northing / 60) as u32);
        let (mut first, mut second) = ((f64::NEG_INFINITY, None), (f64::NEG_INFINITY, None));
        for candidate in candidates {
            let sector = &self.sectors[candidate.sector as usize];
            if !sector.offers(wanted) {
                continue;
            }
            let own = 4.0 * normal(mix(here, u64::from(candidate.sector)));
            let level = f64::from(candidate.level) + own + 5.0 * normal(chance.next_u64());
            if level > first.0 {
                second = first;
                first = (level, Some(sector));
            } else if level > second.0 {
                second = (level, Some(sector));
            }
        }
        let draw = chance.next_u64();
        // A loaded cell hands on one connection in five to the next one if that is hardly weaker.
        let handed_on = first.0 - second.0 < 6.0 && draw.is_multiple_of(5);
        let sector = if handed_on { second.1.or(first.1) } else { first.1 }?;
        let (from, to) = sector.run(wanted.radio);
        Some(from + ((draw >> 32) as u32) % (to - from))
    }

    /// Whether any mast is on air on a day.
    pub(super) fn sectors(&self) -> &[OnAir] {
        &self.sectors
    }

    fn candidates(&self, x: i32, y: i32) -> Box<[Candidate]> {
        let middle = Spot {
            easting: self.corner.easting + x * TILE + TILE / 2,
            northing: self.corner.northing + y * TILE + TILE / 2,
        };
        let (bin_x, bin_y) =
            ((middle.easting - self.corner.easting) / BIN, (middle.northing - self.corner.northing) / BIN);
        let mut near: Vec<u32> = Vec::new();
        let most = self.bin_columns.max(self.bin_rows);
        let mut further = 1;
        for ring in 0..=most {
            for by in (bin_y - ring).max(0)..=(bin_y + ring).min(self.bin_rows - 1) {
                let edge = (by - bin_y).abs() == ring;
                for bx in (bin_x - ring).max(0)..=(bin_x + ring).min(self.bin_columns - 1) {
                    if edge || (bx - bin_x).abs() == ring {
                        near.extend(&self.bins[(by * self.bin_columns + bx) as usize]);
                    }
                }
            }
            // One ring more than needed: the corner of a bin may be nearer to the next ring's masts.
            if near.len() >= 3 * LOOKED_AT {
                if further == 0 {
                    break;
                }
                further -= 1;
            }
        }
        let mut all: Vec<Candidate> = near
            .into_iter()
            .map(|sector| {
                let on_air = &self.sectors[sector as usize];
                Candidate { sector, level: level(on_air.mast, on_air.site, on_air.azimuth, middle) }
            })
            .collect();
        all.sort_by(|a, b| b.level.total_cmp(&a.level).then(a.sector.cmp(&b.sector)));
        // Each generation keeps its own best, lest a village has 4G masts only among its candidates.
        let mut kept: Vec<Candidate> = Vec::new();
        for radio in [Radio::Gsm, Radio::Umts, Radio::Lte, Radio::Nr] {
            let offer = all.iter().filter(|candidate| {
                let (from, to) = self.sectors[candidate.sector as usize].run(radio);
                from < to
            });
            let best = offer.clone().next().map_or(0.0, |candidate| candidate.level);
            kept.extend(offer.take(KEPT).take_while(|candidate| candidate.level > best - WEAKER).copied());
        }
        kept.sort_by_key(|candidate| candidate.sector);
        kept.dedup_by_key(|candidate| candidate.sector);
        kept.into_boxed_slice()
    }
}

impl OnAir {
    fn run(&self, radio: Radio) -> (CellId, CellId) {
        (self.cells[radio as usize], self.cells[radio as usize + 1])
    }

    fn offers(&self, wanted: Wanted) -> bool {
        let (from, to) = self.run(wanted.radio);
        from < to && self.valid_from <= wanted.day && wanted.day < self.valid_to
    }
}

/// The generation of one connection.
pub(super) fn generation(network: u8, smart: bool, chance: &mut Chance) -> Radio {
    let draw: u32 = chance.random_range(0..100);
    match (network, smart) {
        // Voice-and-text handsets: 2G where there is one, 4G for the rest.
        (2, false) => Radio::Lte,
        (0, false) if draw < 12 => Radio::Umts,
        (_, false) if draw < 80 => Radio::Gsm,
        (_, true) if draw < 22 => Radio::Nr,
        (0, true) if draw < 27 => Radio::Umts,
        (0 | 1 | 3, true) if draw >= 96 => Radio::Gsm,
        _ => Radio::Lte,
    }
}
