//! Scales of distance, on registrations of one owner's devices minutes apart: those, of a list, under which the
//! distances are likeliest. A list, because the likelihood is flat and uneven, and figures of three digits
//! would pretend to know more.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::mixtures::maximise;
use crate::device::Device;
use crate::ground::Point;
use crate::kernel::{BELLS, Kernels, WIDER, far};
use crate::meeting_ratio::meetings;
use crate::pairs::devices_by_owner;
use crate::registration::Track;
use crate::scene::SharedGround;
use crate::settings::Settings;

const BASES: [f64; 8] = [100.0, 150.0, 225.0, 340.0, 500.0, 750.0, 1_100.0, 1_700.0];
const PER_SPACING: [f64; 6] = [0.0, 0.25, 0.5, 1.0, 1.5, 2.5];
const FORWARD: [f64; 4] = [0.0, 0.25, 0.5, 0.75];
/// Registrations within so many seconds, or within so many if these are fewer than enough.
const GAPS: [(i64, usize); 3] = [(120, 100), (300, 50), (900, 0)];
/// One pair of registrations of a pair of devices in so many seconds.
const ONE_IN_S: i64 = 1_800;
const MOST: usize = 6_000;
/// Share and scale of pairs on the move or otherwise off, while scales are fitted.
const OFF: (f64, f64) = (0.02, 20_000.0 * 20_000.0);
/// How many pairs what is known before stands for.
const KNOWN: f64 = 5.0;

/// A pair of registrations as it is told: places, spacings, azimuths.
struct MeasuredPair {
    points: [Point; 2],
    spacings: [f64; 2],
    azimuths: [Option<f64>; 2],
}

pub(crate) fn fit(tracks: &[&Track], ground: &SharedGround, settings: &Settings, known: &Kernels) -> Kernels {
    let measured = measured_pairs(tracks, ground, settings);
    let has_azimuth = measured.iter().any(|t| t.azimuths.iter().any(Option::is_some));
    let forwards = if has_azimuth { &FORWARD[..] } else { &FORWARD[..1] };
    let mut candidates = Vec::new();
    for forward in forwards {
        for base_m in BASES {
            for per_spacing in PER_SPACING {
                candidates.push(Kernels { base_m, per_spacing, forward: *forward, ..*known });
            }
        }
    }
    let tried: Vec<(f64, Kernels)> =
        candidates.par_iter().map(|kernels| likelihood(&measured, *kernels, known)).collect();
    tried.into_iter().max_by(|a, b| a.0.total_cmp(&b.0)).map_or(*known, |best| best.1)
}

/// Logarithm of the likelihood under scales, with the shares of the bells that are likeliest under them.
fn likelihood(measured: &[MeasuredPair], mut kernels: Kernels, known: &Kernels) -> (f64, Kernels) {
    let of = |pair: &MeasuredPair| {
        let at = |i: usize| kernels.taken(pair.points[i], pair.spacings[i], pair.azimuths[i]);
        let variance = (kernels.variance(pair.spacings[0]) + kernels.variance(pair.spacings[1])) / 2.0;
        let square = at(0).square(&at(1));
        let mut densities = [far(square, OFF.1); BELLS + 1];
        for (density, wider) in densities.iter_mut().zip(WIDER) {
            let scale = variance * wider;
            *density = (-square / (2.0 * scale)).exp() / (std::f64::consts::TAU * scale);
        }
        (densities, 1.0)
    };
    let cases: Vec<([f64; BELLS + 1], f64)> = measured.iter().map(of).collect();
    let mut before = [OFF.0; BELLS + 1];
    before.iter_mut().zip(known.bells).for_each(|(before, share)| *before = share * (1.0 - OFF.0));
    let shares = maximise(&cases, before, 12);
    let left = 1.0 - shares[BELLS];
    kernels.bells.iter_mut().zip(shares).for_each(|(bell, share)| *bell = share / left);
    let sum: f64 = cases
        .iter()
        .map(|case| case.0.iter().zip(shares).map(|(density, share)| density * share).sum::<f64>().ln())
        .sum();
    let off = (kernels.base_m / known.base_m).ln().powi(2)
        + (kernels.per_spacing - known.per_spacing).powi(2)
        + (kernels.forward - known.forward).powi(2);
    (sum - KNOWN * off / 2.0, kernels)
}

fn measured_pairs(tracks: &[&Track], ground: &SharedGround, settings: &Settings) -> Vec<MeasuredPair> {
    let plain = Kernels { base_m: 500.0, per_spacing: 0.0, forward: 0.0, ..Kernels::default() };
    let pairs: Vec<(usize, usize)> = devices_by_owner(tracks)
        .values()
        .flat_map(|devices| {
            devices.iter().enumerate().flat_map(|(i, a)| devices[i + 1..].iter().map(|b| (*a, *b)).collect::<Vec<_>>())
        })
        .collect();
    let devices: Vec<Device> = tracks.par_iter().map(|track| Device::new(track, &ground.0, &plain, settings)).collect();
    for (gap_s, enough) in GAPS {
        let mut all = Vec::new();
        for (a, b) in &pairs {
            let mut seen = BTreeSet::new();
            let (of_a, of_b) = (&devices[*a], &devices[*b]);
            meetings(of_a, of_b, 0, (i64::MIN, i64::MAX), settings, |meeting| {
                if meeting.gap_s > gap_s || !seen.insert(of_a.at[meeting.a].div_euclid(ONE_IN_S)) {
                    return;
                }
                let rows = [(*a, of_a.source[meeting.a] as usize), (*b, of_b.source[meeting.b] as usize)]
                    .map(|(track, row)| (tracks[track].network(row), tracks[track].registrations[row]));
                all.push(MeasuredPair {
                    points: rows.map(|(_, r)| Point::degrees(r.latitude, r.longitude)),
                    spacings: rows.map(|(network, r)| ground.0.spacing(network, r.latitude, r.longitude)),
                    azimuths: rows.map(|(_, r)| r.azimuth),
                });
            });
        }
        if all.len() >= enough {
            let step = all.len().div_ceil(MOST).max(1);
            return all.into_iter().step_by(step).collect();
        }
    }
    Vec::new()
}
