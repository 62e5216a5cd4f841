//! The reference approach, as a yardstick on the same pairs and slices: the Netherlands Forensic Institute's
//! measurement pair classifier (telcell, `MeasurementPairClassifier`; Bosma and others 2020, "Establishing phone-pair
//! co-usage by comparing mobility patterns", Science & Justice 60, 180-190, for the field).
//!
//! One pair of registrations a slice: of those that follow one another, the one whose place is rarest in the second
//! device's history outside the slice, then the one closest in time. Logistic regression on the distance, standardised,
//! of pairs of one owner (two minutes apart at most, of the owners it is fitted on) against the second device's
//! registration with each of its own history. Its log odds are calibrated by kernel densities of width 1 and bounded by
//! ELUB, anew for each slice.
//!
//! What differs from theirs: pairs further apart in time than `max_gap_s` are not looked at; no more than 500 pairs of
//! either kind are fitted on (each n-th); where devices have hardly any registrations within two minutes, pairs further
//! apart are fitted on; the bound takes the training ratios from a fine lattice.

use std::collections::BTreeMap;

use orochi_likelihood::kernel::{Kernels, Width};
use orochi_likelihood::logistic::{self, Case, Prior};
use orochi_likelihood::{Validated, elub};

use crate::device::Device;

/// Pairs of one owner are this close in time, seconds; the first of these under which there are enough.
const CLOSE_S: [i64; 3] = [120, 600, 1_800];
const FEWEST: usize = 30;
const MOST: usize = 500;
const LATTICE: usize = 200;

/// The pairs of one owner that it is fitted on: distances in metres.
#[derive(Clone, Debug)]
pub(crate) struct ReferenceApproach {
    same: Vec<f64>,
    /// Whether places are rounded to a hundredth of a degree when their rarity is counted, as is done for fixes.
    rounds: bool,
    max_gap_s: i64,
}

/// A registration of each device, one following the other.
#[derive(Clone, Copy)]
struct Switch {
    a: usize,
    b: usize,
    gap_s: i64,
}

/// Calls back for each switch in a stretch of time, in order.
fn switches(a: &Device, b: &Device, span: (i64, i64), max_gap_s: i64, mut found: impl FnMut(Switch)) {
    let (from, to) = span;
    let (mut i, mut j) = (a.at.partition_point(|at| *at < from), b.at.partition_point(|at| *at < from));
    let (last_i, last_j) = (a.at.partition_point(|at| *at < to), b.at.partition_point(|at| *at < to));
    let mut last_is_a = None;
    while i < last_i || j < last_j {
        let is_a = j >= last_j || i < last_i && a.at[i] <= b.at[j];
        if is_a {
            i += 1
        } else {
            j += 1
        }
        if last_is_a == Some(!is_a) {
            let gap_s = (a.at[i - 1] - b.at[j - 1]).abs();
            if gap_s <= max_gap_s {
                found(Switch { a: i - 1, b: j - 1, gap_s });
            }
        }
        last_is_a = Some(is_a);
    }
}

fn thin(values: Vec<f64>) -> Vec<f64> {
    let step = values.len().div_ceil(MOST).max(1);
    values.into_iter().step_by(step).collect()
}

impl ReferenceApproach {
    /// Takes the distances of devices of one owner.
    pub fn new(devices: &[Device], same: &[(usize, usize)], max_gap_s: i64) -> Self {
        let mut distances = Vec::new();
        for close_s in CLOSE_S {
            distances.clear();
            for (a, b) in same {
                let (a, b) = (&devices[*a], &devices[*b]);
                switches(a, b, (i64::MIN, i64::MAX), close_s, |m| distances.push(metres(a, b, &m)));
            }
            if distances.len() >= FEWEST {
                break;
            }
        }
        let (places, all) = devices.iter().fold((0, 0), |sum, d| (sum.0 + d.places.len(), sum.1 + d.len()));
        Self { same: thin(distances), rounds: places * 2 > all, max_gap_s }
    }

    /// What a place is called when its rarity is counted.
    fn name(&self, device: &Device, place: usize) -> (i64, i64) {
        let step = if self.rounds { 1e2 } else { 1e5 };
        let point = &device.point[place];
        ((point.lat.to_degrees() * step).round() as i64, (point.lon.to_degrees() * step).round() as i64)
    }

    /// log10 likelihood ratio of two devices in a slice; none where there is no pair of
    /// registrations, or nothing to fit on.
    pub fn log10_lr(&self, a: &Device, b: &Device, span: (i64, i64)) -> Option<f64> {
        let outside = |place: &usize| b.at[*place] < span.0 || b.at[*place] >= span.1;
        let history: Vec<usize> = (0..b.len()).filter(outside).collect();
        if history.is_empty() || self.same.is_empty() {
            return None;
        }
        let mut counts: BTreeMap<(i64, i64), u32> = BTreeMap::new();
        history.iter().for_each(|place| *counts.entry(self.name(b, *place)).or_default() += 1);
        let mut rarest: Option<(u32, i64, Switch)> = None;
        switches(a, b, span, self.max_gap_s, |meeting| {
            let count = counts.get(&self.name(b, meeting.b)).copied().unwrap_or(0);
            if rarest.as_ref().is_none_or(|known| (count, meeting.gap_s) < (known.0, known.1)) {
                rarest = Some((count, meeting.gap_s, meeting));
            }
        });
        let (_, _, meeting) = rarest?;
        let here = &b.point[meeting.b];
        let different = thin(history.iter().map(|place| here.square(&b.point[*place]).sqrt()).collect());
        Some(calibrated(&self.same, &different, metres(a, b, &meeting)))
    }
}

fn metres(a: &Device, b: &Device, meeting: &Switch) -> f64 {
    a.point[meeting.a].square(&b.point[meeting.b]).sqrt()
}

/// Logistic regression, kernel densities and bound over distances.
fn calibrated(same: &[f64], different: &[f64], distance: f64) -> f64 {
    let count = (same.len() + different.len()) as f64;
    let all = || same.iter().chain(different);
    let mean = all().sum::<f64>() / count;
    let deviation = (all().map(|d| (d - mean).powi(2)).sum::<f64>() / count).sqrt();
    let scaled = |d: f64| if deviation > 0.0 { (d - mean) / deviation } else { 0.0 };
    let case = |d: &f64, same: bool| Case { parts: vec![scaled(*d)], same, weight: 1.0 };
    let cases: Vec<Case> = same.iter().map(|d| case(d, true)).chain(different.iter().map(|d| case(d, false))).collect();
    let free = |penalty: f64| Prior { centre: 0.0, penalty, least: f64::NEG_INFINITY };
    // scikit-learn's default: penalty 1 on the weight, none on the start.
    let fitted = logistic::fit(&cases, free(1e-9), &[free(1.0)]);
    let odds = |d: f64| fitted.log_odds(&[scaled(d)]);
    let scores = Validated {
        same: same.iter().map(|d| odds(*d)).collect(),
        different: different.iter().map(|d| odds(*d)).collect(),
    };
    let bounds = elub(&on_lattice(&scores), (1.0, 1.0));
    Kernels::fit(&scores, Width::Fixed(1.0)).map_or(0.0, |kernels| bounds.apply(kernels.log10_lr(odds(distance))))
}

/// The training scores' own ratios by kernels of width 1, from a lattice: what the bound is taken from.
fn on_lattice(scores: &Validated) -> Validated {
    let (least, most) = scores.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(l, m), (s, _)| (l.min(s), m.max(s)));
    let step = ((most - least) / LATTICE as f64).max(1e-9);
    let place = |score: f64| (((score - least) / step).round() as usize).min(LATTICE);
    let bell: Vec<f64> = (0..=LATTICE).map(|i| (-(step * i as f64).powi(2) / 2.0).exp()).collect();
    let density = |scores: &[f64]| {
        let mut counts = [0.0; LATTICE + 1];
        scores.iter().for_each(|score| counts[place(*score)] += 1.0 / scores.len() as f64);
        let at = |i: usize| counts.iter().enumerate().map(|(j, count)| count * bell[i.abs_diff(j)]).sum::<f64>();
        (0..=LATTICE).map(at).collect::<Vec<f64>>()
    };
    let (same, different) = (density(&scores.same), density(&scores.different));
    Validated::collect(scores.iter().map(|(score, is)| ((same[place(score)] / different[place(score)]).log10(), is)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_speaks_for_one_and_far_for_two() {
        let same: Vec<f64> = (0..100).map(|i| f64::from(i) * 10.0).collect();
        let different: Vec<f64> = (0..100).map(|i| 5_000.0 + f64::from(i) * 300.0).collect();
        assert!(calibrated(&same, &different, 100.0) > 0.5);
        assert!(calibrated(&same, &different, 30_000.0) < -0.5);
        assert!(calibrated(&same, &different, 100.0) <= 2.01);
    }

    #[test]
    fn one_who_is_always_at_home_says_little() {
        let near: Vec<f64> = (0..100).map(|i| f64::from(i) * 10.0).collect();
        assert!(calibrated(&near, &near, 100.0).abs() < 0.05);
    }
}
