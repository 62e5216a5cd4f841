//! Whether one device goes along with another: what each pair of registrations close in time says, given
//! where both were seen last.
//!
//! [`crate::occasion`] asks whether two devices are one person's at all. Here that somebody carries the first one is
//! given, and the question is who: a device of the same town is near all day long, and only what it does *when the
//! first one moves* tells it from the device that goes along.
//!
//! So a pair is worth the kernel of its distance over what that kernel would be on average if each device did as it
//! does: stay about where it was seen last, the less surely the longer ago (`memory_s`), else be where it mostly is.
//! Two devices that both stay say next to nothing, however near they are; a journey both make says much, and one that
//! only one of them makes speaks against.
//!
//! What may surprise a reader:
//! - Only places that a device was seen at count. Where a town has one mast the two cannot but agree there,
//!   and that is worth nothing.
//! - Distances enter through the probability of a greater one, so that masts of any spacing compare.

use std::collections::BTreeMap;

use crate::device::Device;
use crate::scene::Scene;

/// How it is weighed whether one device goes along with another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CoMovementSettings {
    /// Registrations further apart in time say nothing, seconds.
    pub gap_s: i64,
    /// At most one pair in so many seconds counts.
    pub every_s: i64,
    /// After so many seconds where a device was seen last says a third (1/e) of what it said at first.
    pub memory_s: f64,
    /// Share of one person's pairs that are as far apart as can be; grows with the gap.
    pub stray: f64,
}

/// A pair of registrations close in time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CoMovement {
    /// When the second device was registered, seconds since 1970 UTC.
    pub at: i64,
    /// Natural logarithm of the ratio: above 0 speaks for going along.
    pub log_ratio: f64,
}

/// Gaps up to so many seconds are of one kind, and stand for so long a way.
const GAPS_S: [(i64, i64); 3] = [(120, 60), (600, 300), (i64::MAX, 1_100)];
/// For each so many seconds of gap strays are as many again.
const STRAY_GROWS_S: f64 = 600.0;
/// A registration this soon after another says where a device goes next, seconds; and one this soon counts in part.
const NEXT_S: (i64, f64) = (1_800, 900.0);
/// So much of what a device mostly does is put to what it did next at each place, and so much of staying.
const FEW: (f64, f64) = (2.0, 0.5);
/// Share of time put to all places alike.
const ALIKE: f64 = 1e-3;

/// Where a device goes from each of its places.
#[derive(Clone, Debug)]
struct Moves {
    /// Share of time at each place.
    usual: Vec<f64>,
    /// From each place, the places seen next, with their probability; what is missing to 1 is shared out as `usual`.
    next: Vec<Vec<(usize, f64)>>,
    rest: Vec<f64>,
}

impl Moves {
    fn new(device: &Device) -> Self {
        let count = device.places.len();
        let mut usual = vec![0.0; count];
        for spell in &device.spells {
            usual[spell.place as usize] += spell.dwell;
        }
        let sum: f64 = usual.iter().sum();
        usual.iter_mut().for_each(|share| *share = (*share / sum.max(1e-9) + ALIKE / count as f64) / (1.0 + ALIKE));
        let mut seen: Vec<BTreeMap<usize, f64>> = (0..count).map(|place| BTreeMap::from([(place, FEW.1)])).collect();
        for (at, place) in device.at.windows(2).zip(device.place.windows(2)) {
            let gap = at[1] - at[0];
            if gap < NEXT_S.0 {
                let weight = (gap as f64 / NEXT_S.1).min(1.0);
                let (from, to) = (place[0] as usize, place[1] as usize);
                // Either way: what is next to a place is so on the way back.
                *seen[from].entry(to).or_default() += weight;
                *seen[to].entry(from).or_default() += weight;
            }
        }
        let totals: Vec<f64> = seen.iter().map(|seen| seen.values().sum::<f64>() + FEW.0).collect();
        let rest = totals.iter().map(|total| FEW.0 / total).collect();
        let share = |(seen, total): (BTreeMap<usize, f64>, &f64)| {
            seen.into_iter().map(|(place, weight)| (place, weight / total)).collect()
        };
        Self { usual, next: seen.into_iter().zip(&totals).map(share).collect(), rest }
    }

    /// The mean over where the device may be after it was seen at a place, of something by place.
    fn mean(&self, from: usize, of: &[f64]) -> f64 {
        let next: f64 = self.next[from].iter().map(|(place, share)| share * of[*place]).sum();
        next + self.rest[from] * self.at_large(of)
    }

    /// The same wherever it is.
    fn at_large(&self, of: &[f64]) -> f64 {
        self.usual.iter().zip(of).map(|(share, value)| share * value).sum()
    }
}

/// Kernel of one kind of gap between each place of the first device (row) and of the second.
struct GapKernel {
    rows: Vec<Vec<f64>>,
    /// Mean over the rows wherever the first device is, and where it may be after it was seen at a
    /// place, when that was asked.
    at_large: Vec<f64>,
    after: BTreeMap<usize, Vec<f64>>,
}

impl GapKernel {
    fn new(scene: &Scene<'_>, a: &Device, b: &Device, moves: &Moves, way_s: i64, stray: f64) -> Self {
        let kernels = &scene.model.kernels;
        let stray = (stray * (1.0 + way_s as f64 / STRAY_GROWS_S)).min(0.5);
        let row = |one: &crate::device::DevicePlace| -> Vec<f64> {
            let to = |other: &crate::device::DevicePlace| {
                let variance = kernels.moving((one.variance + other.variance) / 2.0, way_s);
                stray + (1.0 - stray) * kernels.beyond(one.point.square(&other.point), variance)
            };
            b.places.iter().map(to).collect()
        };
        let rows: Vec<Vec<f64>> = a.places.iter().map(row).collect();
        let mut at_large = vec![0.0; b.places.len()];
        rows.iter().zip(&moves.usual).for_each(|(row, share)| add_scaled(&mut at_large, row, *share));
        Self { rows, at_large, after: BTreeMap::new() }
    }

    /// The means after the first device was seen at a place, and wherever it is.
    fn after(&mut self, from: usize, moves: &Moves) -> (&[f64], &[f64]) {
        let Self { rows, at_large, after } = self;
        let after = after.entry(from).or_insert_with(|| {
            let mut mean: Vec<f64> = at_large.iter().map(|value| value * moves.rest[from]).collect();
            moves.next[from].iter().for_each(|(place, share)| add_scaled(&mut mean, &rows[*place], *share));
            mean
        });
        (after, at_large)
    }
}

fn add_scaled(sum: &mut [f64], row: &[f64], share: f64) {
    sum.iter_mut().zip(row).for_each(|(sum, value)| *sum += share * value);
}

impl Scene<'_> {
    /// What each pair of registrations says for the second device going along with the first, in order of time.
    pub fn co_movements(&self, a: usize, b: usize, settings: &CoMovementSettings) -> Vec<CoMovement> {
        let (a, b) = (&self.devices[a], &self.devices[b]);
        let pairs = nearest_pairs(&a.at, &b.at, settings);
        if pairs.is_empty() {
            return Vec::new();
        }
        let (of_a, of_b) = (Moves::new(a), Moves::new(b));
        let mut kernels: [Option<GapKernel>; GAPS_S.len()] = [None, None, None];
        let mut last: Option<(i64, usize, usize)> = None;
        let mut all = Vec::with_capacity(pairs.len());
        for (i, j, gap) in pairs {
            let kind = GAPS_S.iter().position(|(end, _)| gap <= *end).unwrap_or(GAPS_S.len() - 1);
            let kernel =
                kernels[kind].get_or_insert_with(|| GapKernel::new(self, a, b, &of_a, GAPS_S[kind].1, settings.stray));
            let (this_place, other_place) = (a.place[i] as usize, b.place[j] as usize);
            let found = kernel.rows[this_place][other_place];
            let expected = match last {
                None => of_b.at_large(&kernel.at_large),
                Some((at, before, own)) => {
                    let memory = (-((b.at[j] - at) as f64) / settings.memory_s.max(1.0)).exp();
                    let (after, at_large) = kernel.after(before, &of_a);
                    let by_place: Vec<f64> = after
                        .iter()
                        .zip(at_large)
                        .map(|(after, at_large)| memory * after + (1.0 - memory) * at_large)
                        .collect();
                    memory * of_b.mean(own, &by_place) + (1.0 - memory) * of_b.at_large(&by_place)
                }
            };
            all.push(CoMovement { at: b.at[j], log_ratio: found.ln() - expected.max(f64::MIN_POSITIVE).ln() });
            last = Some((b.at[j], this_place, other_place));
        }
        all
    }
}

/// Of each stretch of `every_s` the pair of smallest gap: places of the registrations, and the gap. Both lists rise.
fn nearest_pairs(a: &[i64], b: &[i64], settings: &CoMovementSettings) -> Vec<(usize, usize, i64)> {
    let mut all: Vec<(usize, usize, i64)> = Vec::new();
    let stretch = |at: i64| at.div_euclid(settings.every_s.max(1));
    for (j, at) in b.iter().enumerate() {
        let after = a.partition_point(|one| one < at);
        let near = [after.checked_sub(1), (after < a.len()).then_some(after)];
        let Some((gap, i)) = near.into_iter().flatten().map(|i| ((a[i] - at).abs(), i)).min() else { continue };
        if gap > settings.gap_s {
            continue;
        }
        match all.last_mut() {
            Some(last) if stretch(b[last.1]) == stretch(*at) => {
                if gap < last.2 {
                    *last = (i, j, gap);
                }
            }
            _ => all.push((i, j, gap)),
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registration::{Registration, Track};
    use crate::{Model, Settings, SharedGround};

    const SETTINGS: CoMovementSettings =
        CoMovementSettings { gap_s: 1_800, every_s: 900, memory_s: 10_800.0, stray: 0.02 };

    fn track(rows: &[(i64, f64)]) -> Track {
        let of = |(minute, km): &(i64, f64)| Registration {
            at: minute * 60,
            latitude: 52.0 + km / 111.2,
            longitude: 0.0,
            azimuth: None,
        };
        Track::new("", "", rows.iter().map(of).collect())
    }

    fn sum(a: &[(i64, f64)], b: &[(i64, f64)]) -> f64 {
        let tracks = [track(a), track(b)];
        let tracks: Vec<&Track> = tracks.iter().collect();
        let (model, scene_settings) = (Model::assumed(), Settings::default());
        let scene = Scene::new(&tracks, &SharedGround::new(&tracks), &model, &scene_settings);
        scene.co_movements(0, 1, &SETTINGS).iter().map(|one| one.log_ratio).sum()
    }

    /// Twenty days of five hours in town, and each fifth day a journey of 100 km.
    fn goes(shift: i64) -> Vec<(i64, f64)> {
        let km = |day: i64, hour: i64| if day % 5 == 0 && hour >= 2 { 100.0 } else { 0.1 * (hour % 2) as f64 };
        (0..20).flat_map(|day| (0..5).map(move |hour| (day * 1_440 + hour * 60 + shift, km(day, hour)))).collect()
    }

    #[test]
    fn who_makes_the_journeys_goes_along_and_who_stays_in_town_does_not() {
        let stays: Vec<(i64, f64)> = goes(3).into_iter().map(|(at, km)| (at, km.min(0.1))).collect();
        let (along, beside) = (sum(&goes(0), &goes(2)), sum(&goes(0), &stays));
        assert!(along > 8.0 && beside < 0.0, "{along} {beside}");
    }

    #[test]
    fn two_that_always_stay_say_nothing() {
        let stay: Vec<(i64, f64)> = (0..100).map(|hour| (hour * 60, 0.0)).collect();
        let beside: Vec<(i64, f64)> = (0..100).map(|hour| (hour * 60 + 5, 0.2)).collect();
        assert!(sum(&stay, &beside).abs() < 1e-6);
    }

    #[test]
    fn one_pair_of_a_stretch_and_none_too_far_apart() {
        assert_eq!(
            nearest_pairs(&[0, 1_000, 9_000], &[100, 1_000, 1_100, 5_000], &SETTINGS),
            vec![(0, 0, 100), (1, 1, 0)]
        );
        assert!(nearest_pairs(&[], &[1], &SETTINGS).is_empty());
    }
}
