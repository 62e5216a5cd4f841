//! Which cell serves: the candidates of each tile, worked out once when somebody first connects there.

use super::cell::{CellId, Radio};
use super::signal::{TILE, mix, normal, see};
use crate::chance::Chance;
use crate::ground::Spot;
use rand::{Rng, RngExt};
use std::sync::OnceLock;

/// Candidates kept for a tile and a generation, and how much weaker than the best a kept one may be, dB.
const KEPT: usize = 10;
const WEAKER: f32 = 22.0;
/// How much weaker than 4G another generation may be to be used, dB.
const WORSE: f32 = 12.0;
/// Masts looked at for a tile's candidates: at least so many, from rings of bins around it, and one ring more.
const LOOKED_AT: usize = 24;
const BIN: i32 = 1_000;
/// The neighbour (from 0) whose distance a mast's tilt suits, and how many times that distance it covers.
const NEIGHBOUR: usize = 3;
const TILTED: f64 = 2.0;

/// A mast on air.
#[derive(Clone, Copy, Debug)]
pub(super) struct OnAir {
    /// Number of the mast, which its shadows are drawn from.
    pub mast: u64,
    pub site: Spot,
    /// Metres beyond which its tilt hides it; set by [`Tiles::new`].
    pub reach: f64,
    pub valid_from: u32,
    pub valid_to: u32,
    pub sectors: [Lobe; 3],
}

/// A sector: its cells of each generation are a run in the list of all cells.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Lobe {
    /// Sine and cosine of the azimuth.
    pub towards: (f32, f32),
    /// First cell of 2G, 3G, 4G, 5G, and the end.
    pub cells: [CellId; 5],
}

/// One sector's cells of one generation, as a tile hears them. All that serving needs lies here, side by side.
#[derive(Clone, Copy, Debug)]
struct Candidate {
    level: f32,
    first: CellId,
    count: u32,
    valid_from: u32,
    valid_to: u32,
}

/// Candidates of a tile, generation after generation.
#[derive(Debug)]
struct Tile {
    ends: [u8; 4],
    candidates: Box<[Candidate]>,
}

/// Tiles of one network.
#[derive(Debug)]
pub(super) struct Tiles {
    masts: Vec<OnAir>,
    days: u32,
    corner: Spot,
    columns: i32,
    rows: i32,
    tiles: Vec<OnceLock<Box<Tile>>>,
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
    /// Tiles over all masts of a network.
    pub(super) fn new(masts: Vec<OnAir>, days: u32) -> Self {
        let edge =
            |part: fn(&Spot) -> i32, pick: fn(i32, i32) -> i32| masts.iter().map(|mast| part(&mast.site)).reduce(pick);
        let low = |part| edge(part, i32::min).unwrap_or(0) - 5_000;
        let high = |part| edge(part, i32::max).unwrap_or(0) + 5_000;
        let corner = Spot { easting: low(|s| s.easting), northing: low(|s| s.northing) };
        let (east, north) = (high(|s| s.easting) - corner.easting, high(|s| s.northing) - corner.northing);
        let (columns, rows) = (east / TILE + 1, north / TILE + 1);
        let (bin_columns, bin_rows) = (east / BIN + 1, north / BIN + 1);
        let mut bins = vec![Vec::new(); (bin_columns * bin_rows) as usize];
        for (place, mast) in masts.iter().enumerate() {
            let (x, y) = ((mast.site.easting - corner.easting) / BIN, (mast.site.northing - corner.northing) / BIN);
            bins[(y * bin_columns + x) as usize].push(place as u32);
        }
        let tiles = (0..columns * rows).map(|_| OnceLock::new()).collect();
        let mut all = Self { masts, days, corner, columns, rows, tiles, bins, bin_columns, bin_rows };
        for place in 0..all.masts.len() {
            let site = all.masts[place].site;
            let mut others: Vec<i64> =
                all.near(site).into_iter().map(|mast| all.masts[mast as usize].site.square(site)).collect();
            others.retain(|square| *square > 10_000);
            others.sort_unstable();
            let neighbour = others.get(NEIGHBOUR).or(others.last()).map_or(0.0, |square| libm::sqrt(*square as f64));
            all.masts[place].reach = (TILTED * neighbour).clamp(600.0, 20_000.0);
        }
        all
    }

    /// The masts, as they stand on some days or other.
    pub(super) fn masts(&self) -> &[OnAir] {
        &self.masts
    }

    /// The cell for one connection; none when no sector near has a cell of this generation on this day.
    pub(super) fn serve(&self, spot: Spot, wanted: Wanted, chance: &mut Chance) -> Option<CellId> {
        let (x, y) = ((spot.easting - self.corner.easting) / TILE, (spot.northing - self.corner.northing) / TILE);
        let (x, y) = (x.clamp(0, self.columns - 1), y.clamp(0, self.rows - 1));
        let tile = self.tiles[(y * self.columns + x) as usize].get_or_init(|| Box::new(self.tile(x, y)));
        let here = (u64::from((spot.easting / 60) as u32) << 32) | u64::from((spot.northing / 60) as u32);
        if !tile.carries(wanted.radio) {
            return None;
        }
        let (mut first, mut second) = ((f64::NEG_INFINITY, None), (f64::NEG_INFINITY, None));
        for candidate in tile.heard_on(wanted.radio) {
            if wanted.day < candidate.valid_from || candidate.valid_to <= wanted.day {
                continue;
            }
            let own = 5.0 * normal(mix(here, u64::from(candidate.first)));
            let level = f64::from(candidate.level) + own + 5.0 * normal(chance.next_u64());
            if level > first.0 {
                second = first;
                first = (level, Some(candidate));
            } else if level > second.0 {
                second = (level, Some(candidate));
            }
        }
        let draw = chance.next_u64();
        // A loaded cell hands on one connection in three to the next one if that is hardly weaker.
        let handed_on = first.0 - second.0 < 8.0 && draw.is_multiple_of(3);
        let candidate = if handed_on { second.1.or(first.1) } else { first.1 }?;
        Some(candidate.first + ((draw >> 32) as u32) % candidate.count)
    }

    /// Works a tile out.
    fn tile(&self, x: i32, y: i32) -> Tile {
        let middle = Spot {
            easting: self.corner.easting + x * TILE + TILE / 2,
            northing: self.corner.northing + y * TILE + TILE / 2,
        };
        let mut heard: [Vec<Candidate>; 4] = Default::default();
        for mast in self.near(middle) {
            let mast = &self.masts[mast as usize];
            let seen = see(mast.mast, mast.site, mast.reach, middle);
            for sector in &mast.sectors {
                let level = seen.level(sector.towards);
                for (place, cells) in sector.cells.windows(2).enumerate().filter(|(_, cells)| cells[0] < cells[1]) {
                    heard[place].push(Candidate {
                        level,
                        first: cells[0],
                        count: cells[1] - cells[0],
                        valid_from: mast.valid_from,
                        valid_to: mast.valid_to,
                    });
                }
            }
        }
        let mut ends = [0; 4];
        let mut candidates = Vec::with_capacity(4 * KEPT);
        for (place, mut heard) in heard.into_iter().enumerate() {
            heard.sort_unstable_by(|a, b| b.level.total_cmp(&a.level).then(a.first.cmp(&b.first)));
            // Masts on air for a part of the window come on top: on the other days the lasting ones must do.
            let (lasting, passing): (Vec<Candidate>, Vec<Candidate>) =
                heard.into_iter().partition(|candidate| candidate.valid_from == 0 && candidate.valid_to == self.days);
            let weakest = lasting.first().map_or(f32::MIN, |best| best.level - WEAKER);
            for some in [lasting, passing] {
                candidates.extend(some.into_iter().take(KEPT).take_while(|candidate| candidate.level > weakest));
            }
            ends[place] = candidates.len() as u8;
        }
        Tile { ends, candidates: candidates.into_boxed_slice() }
    }

    /// Masts around a spot.
    fn near(&self, spot: Spot) -> Vec<u32> {
        let (x, y) = ((spot.easting - self.corner.easting) / BIN, (spot.northing - self.corner.northing) / BIN);
        let mut near = Vec::new();
        let mut further = 1;
        for ring in 0..=self.bin_columns.max(self.bin_rows) {
            for by in (y - ring).max(0)..=(y + ring).min(self.bin_rows - 1) {
                let step = if (by - y).abs() == ring { 1 } else { (2 * ring).max(1) };
                for bx in
                    ((x - ring)..=(x + ring)).step_by(step as usize).filter(|bx| (0..self.bin_columns).contains(bx))
                {
                    near.extend(&self.bins[(by * self.bin_columns + bx) as usize]);
                }
            }
            // One ring more than needed: masts at the far side of a bin are no nearer than the next ring's.
            if near.len() >= LOOKED_AT {
                if further == 0 {
                    break;
                }
                further -= 1;
            }
        }
        near
    }
}

impl Tile {
    /// Whether a generation is heard here nearly as well as 4G: a handset leaves 5G or 2G from far away alone.
    fn carries(&self, radio: Radio) -> bool {
        let best = |radio| self.heard_on(radio).first().map_or(f32::MIN, |candidate| candidate.level);
        best(radio) > best(Radio::Lte) - WORSE
    }

    fn heard_on(&self, radio: Radio) -> &[Candidate] {
        let place = radio as usize;
        let from = if place == 0 { 0 } else { self.ends[place - 1] };
        &self.candidates[usize::from(from)..usize::from(self.ends[place])]
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
