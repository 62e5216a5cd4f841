//! Weights of mixtures, by expectation maximisation (Dempster, Laird and Rubin 1977, "Maximum likelihood from
//! incomplete data via the EM algorithm", J. Royal Statistical Society B 39, 1-38), with what is known before
//! put in as so many cases.

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::device::{Device, PlaceVisit};
use crate::expected::HabitExpectation;
use crate::habit::{HabitWeights, PARTS};
use crate::kernel::{Kernels, far};
use crate::meeting_ratio::{GapShares, KINDS, STAYS, meetings};
use crate::model::Model;
use crate::population::Population;
use crate::registration::Track;
use crate::scene::{Scene, SharedGround};
use crate::settings::Settings;

const ROUNDS: usize = 40;
/// How many cases what is known before stands for.
const KNOWN: f64 = 10.0;
/// A device's day counts as so many cases of habit: its hours hang together.
const DAY: f64 = 2.0;
/// Speeds tried, metres a second, as scales.
const SPEEDS: [f64; 5] = [2.0, 4.0, 8.0, 14.0, 22.0];
/// No share of unrelated registrations is below this: clocks and positions are wrong once in a while.
const LEAST_UNRELATED: f64 = 0.01;
/// Scale of the distance between unrelated registrations, metres.
const UNRELATED: f64 = 20_000.0;
/// No share of habit anywhere on earth is below this.
const LEAST_EARTH: f64 = 1e-4;

/// Maximises the likelihood of cases (their densities and weights) over the shares.
pub(crate) fn maximise<const N: usize>(cases: &[([f64; N], f64)], known: [f64; N], rounds: usize) -> [f64; N] {
    let mut shares = known;
    for _ in 0..rounds {
        let mut sums = known.map(|share| share * KNOWN);
        for (densities, weight) in cases {
            let parts: [f64; N] = std::array::from_fn(|i| shares[i] * densities[i]);
            let all: f64 = parts.iter().sum();
            if all > 0.0 {
                sums.iter_mut().zip(parts).for_each(|(sum, part)| *sum += weight * part / all);
            }
        }
        let all: f64 = sums.iter().sum();
        shares = sums.map(|sum| sum / all);
    }
    shares
}

/// Weights of habit: each spell of a device is a case, predicted from its other days.
pub(crate) fn habit(tracks: &[&Track], ground: &SharedGround, settings: &Settings, model: &Model) -> HabitWeights {
    let devices: Vec<Device> =
        tracks.par_iter().map(|track| Device::new(track, &ground.0, &model.kernels, settings)).collect();
    let population = Population::new(&devices);
    let cases: Vec<([f64; PARTS], f64)> = devices
        .par_iter()
        .enumerate()
        .flat_map_iter(|(number, device)| {
            let days: BTreeSet<i32> = device.spells.iter().map(|spell| spell.day).collect();
            // A device of one or two days says nothing of what days have in common.
            let speaks = days.len() >= 3;
            let parts = if speaks { own_parts(device, number, &population, &model.kernels) } else { Vec::new() };
            let total: f64 = device.spells.iter().map(|spell| spell.dwell).sum();
            let each = days.len() as f64 * DAY / total;
            parts.into_iter().zip(&device.spells).map(|(parts, spell)| (parts, spell.dwell * each)).collect::<Vec<_>>()
        })
        .collect();
    let mut shares = maximise(&cases, model.habit.array(), ROUNDS);
    shares[PARTS - 1] = shares[PARTS - 1].max(LEAST_EARTH);
    let all: f64 = shares.iter().sum();
    HabitWeights::from_array(shares.map(|share| share / all))
}

/// The densities of habit at each of a device's own spells.
fn own_parts(device: &Device, number: usize, population: &Population, kernels: &Kernels) -> Vec<[f64; PARTS]> {
    let mut expected = HabitExpectation::new(device, number, population, kernels, device.places.len());
    let mut last = None;
    let mut moment = 0;
    let mut of = |spell: &PlaceVisit| {
        if last.replace((spell.day, spell.hour)).is_some_and(|last| last != (spell.day, spell.hour)) {
            moment += 1;
        }
        let place = spell.place as usize;
        expected.parts(place, &device.places[place], moment, 0)[0]
    };
    device.spells.iter().map(&mut of).collect()
}

/// Shares by gap, and the speed under which they are likeliest.
pub(crate) fn together(scene: &Scene<'_>, same: &[(usize, usize)], known: &Model) -> (Vec<GapShares>, f64) {
    let of_speed = |speed: f64| {
        let mut kernels = scene.model.kernels;
        kernels.speed = speed;
        let mut cases: Vec<Vec<([f64; 3], f64)>> = vec![Vec::new(); KINDS];
        for pair in same {
            let comparison = scene.compare_by(pair.0, pair.1, &kernels);
            let (a, b) = (comparison.a, comparison.b);
            let mut seen = BTreeSet::new();
            meetings(a, b, 0, (i64::MIN, i64::MAX), scene.settings, |meeting| {
                // One for each stay or journey and gap: what follows says the same again.
                let place = meeting.kind;
                if seen.insert((a.segment[meeting.a], b.segment[meeting.b], place)) {
                    let [near, moving] = comparison.densities(&meeting);
                    let square = a.point[meeting.a].square(&b.point[meeting.b]);
                    cases[place].push(([near, moving, far(square, UNRELATED * UNRELATED)], 1.0));
                }
            });
        }
        let shares: Vec<[f64; 3]> = cases
            .iter()
            .zip(&known.together)
            .map(|(cases, known)| maximise(cases, [known.near, known.moving, known.unrelated], ROUNDS))
            .collect();
        let likelihood: f64 = cases
            .iter()
            .zip(&shares)
            .flat_map(|(cases, shares)| cases.iter().map(move |case| (case.0, shares)))
            .map(|(densities, shares)| densities.iter().zip(shares).map(|(d, s)| d * s).sum::<f64>().ln())
            .sum();
        (likelihood - (speed / known.kernels.speed).ln().powi(2), shares, speed)
    };
    let tried: Vec<_> = SPEEDS.par_iter().map(|speed| of_speed(*speed)).collect();
    let best = tried.into_iter().max_by(|a, b| a.0.total_cmp(&b.0));
    let Some((_, shares, speed)) = best else { return (known.together.clone(), known.kernels.speed) };
    // A longer gap never makes two registrations more related; nor a longer pause in a stay.
    let mut least = LEAST_UNRELATED;
    let shares = shares.into_iter().enumerate().map(|(kind, [near, moving, unrelated])| {
        let unrelated = unrelated.max(least);
        least = if kind + 1 == STAYS { LEAST_UNRELATED } else { unrelated };
        let left = (1.0 - unrelated) / (near + moving);
        GapShares { near: near * left, moving: moving * left, unrelated }
    });
    (shares.collect(), speed)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two densities that never overlap: shares are counts, with what is known put in.
    #[test]
    fn shares_are_counts_where_nothing_overlaps() {
        let cases: Vec<([f64; 2], f64)> =
            (0..90).map(|i| (if i < 60 { [1.0, 0.0] } else { [0.0, 1.0] }, 1.0)).collect();
        let shares = maximise(&cases, [0.5, 0.5], ROUNDS);
        assert!((shares[0] - 65.0 / 100.0).abs() < 1e-9);
    }
}
