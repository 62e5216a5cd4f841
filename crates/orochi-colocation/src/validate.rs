//! Validation on tracks whose owners are known: fitted on one half of the owners, tested on the other.
//!
//! What may surprise a reader:
//! - Owners are dealt into four quarters by a hash of their name, and two quarters at a time are tested with a model
//!   fitted on the other two: six ways. Every pair of owners is thus tested once, by a model that
//!   has seen neither of them.
//! - The reference approach fits anew for each slice, which takes some 10 ms. Where there are very many slices it rates
//!   each n-th, and `beside_reference` has the method's figures on these.
//! - With fewer than four owners, or where a half cannot be fitted, the model given is used as it
//!   is, and the result says so.
//! - Slices in which only one of two devices was registered are no comparison and are not counted; those in which both
//!   were, but never close in time, are insufficient.

use std::collections::BTreeMap;

use orochi_likelihood::{Misleading, Validated, cllr, cllr_min, misleading};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::fit::{Fit, HOLD, Strangers, fit};
use crate::model::Model;
use crate::pairs::{DevicePair, OwnerRelation, choose_pairs, devices_by_owner, owner_hash};
use crate::reference::ReferenceApproach;
use crate::registration::Track;
use crate::scene::{Scene, SharedGround};
use crate::settings::Settings;
use crate::slices::Slices;

/// Figures of a set of likelihood ratios.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RatioFigures {
    /// Pairs of devices.
    pub pairs: u64,
    /// Slices compared, those of insufficient data among them.
    pub slices: u64,
    /// Slices of insufficient data.
    pub insufficient: u64,
    /// Slices of one owner, and of two, with a ratio.
    pub same: u64,
    /// See `same`.
    pub different: u64,
    /// Cllr, bits; none unless both have ratios.
    pub cllr: Option<f64>,
    /// Cllr-min, bits.
    pub cllr_min: Option<f64>,
    /// Rates of misleading evidence.
    pub misleading: Misleading,
}

/// One pair of devices in one slice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SliceRatio {
    /// First device.
    pub a: String,
    /// Second device.
    pub b: String,
    /// Start, RFC 3339, UTC; inclusive.
    pub from: String,
    /// End, RFC 3339, UTC; exclusive.
    pub to: String,
    /// Whether both are one owner's.
    pub same: bool,
    /// log10 likelihood ratio; none where the data are insufficient.
    pub log10_lr: Option<f64>,
    /// Of the reference approach, where it was asked and the data sufficed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference_log10_lr: Option<f64>,
}

/// What a validation found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Validation {
    /// Figures, and those of the reference approach on the same pairs and slices.
    pub validation: ValidationFigures,
    /// Every ratio.
    pub slices: Vec<SliceRatio>,
}

/// Figures of a validation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ValidationFigures {
    /// Of the method.
    #[serde(flatten)]
    pub all: RatioFigures,
    /// Of the method, where the two owners' homes are near each other.
    pub near_homes: RatioFigures,
    /// Of the reference approach, on the same pairs and slices, or on each n-th where there are very many.
    pub reference: RatioFigures,
    /// Of the method, on the slices that the reference approach rated.
    pub beside_reference: RatioFigures,
    /// Of the reference approach, where the two owners' homes are near each other.
    pub reference_near_homes: RatioFigures,
    /// Owners.
    pub owners: u64,
    /// Whether the models were fitted on these owners (on the half that was not tested), or used as they were given.
    pub fitted: bool,
    /// Settings.
    pub settings: Settings,
}

/// Something to compare: a pair in its slices.
struct SlicedPair {
    place: usize,
    pair: DevicePair,
    spans: Vec<(i64, i64)>,
}

/// A pair in a slice with its ratios.
pub(crate) struct RatedSlice {
    pub pair: DevicePair,
    pub span: (i64, i64),
    pub ours: Option<f64>,
    pub reference: Option<f64>,
    /// Whether the reference approach was asked.
    pub beside: bool,
}

/// The reference approach rates about so many slices of one owner, and of two.
const REFERENCE: (usize, usize) = (1_500, 4_500);

/// Validates the method on tracks.
pub fn validate(tracks: &[Track], settings: &Settings, prior: &Model) -> Validation {
    let (rated, fitted) = rate_slices(tracks, settings, prior);
    let owners = devices_by_owner(&tracks.iter().collect::<Vec<_>>()).len() as u64;
    let ours = |rated: &RatedSlice| rated.ours;
    let near = |rated: &&RatedSlice| rated.pair.kind != OwnerRelation::Far;
    let beside = || rated.iter().filter(|rated| rated.beside);
    let found = ValidationFigures {
        all: ratio_figures(rated.iter(), ours),
        near_homes: ratio_figures(rated.iter().filter(near), ours),
        reference: ratio_figures(beside(), |rated| rated.reference),
        beside_reference: ratio_figures(beside(), ours),
        reference_near_homes: ratio_figures(beside().filter(near), |rated| rated.reference),
        owners,
        fitted,
        settings: settings.clone(),
    };
    let names = names(tracks);
    let slices = rated
        .iter()
        .map(|rated| SliceRatio {
            a: names[rated.pair.a].clone(),
            b: names[rated.pair.b].clone(),
            from: instant(rated.span.0),
            to: instant(rated.span.1),
            same: rated.pair.kind == OwnerRelation::Same,
            log10_lr: rated.ours,
            reference_log10_lr: rated.reference,
        })
        .collect();
    Validation { validation: found, slices }
}

fn instant(at: i64) -> String {
    jiff::Timestamp::from_second(at).map_or_else(|_| at.to_string(), |at| at.to_string())
}

/// Names of the devices, with their owners' where a name is not one device's alone.
fn names(tracks: &[Track]) -> Vec<String> {
    let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
    tracks.iter().for_each(|track| *counts.entry(&track.device).or_default() += 1);
    let name = |track: &Track| {
        if counts[track.device.as_str()] > 1 {
            format!("{}/{}", track.owner, track.device)
        } else {
            track.device.clone()
        }
    };
    tracks.iter().map(name).collect()
}

pub(crate) fn ratio_figures<'r>(
    rated: impl Iterator<Item = &'r RatedSlice>,
    ratio: impl Fn(&RatedSlice) -> Option<f64>,
) -> RatioFigures {
    let (mut found, mut cases) = (RatioFigures::default(), Validated::default());
    let mut last = None;
    for rated in rated {
        let pair = (rated.pair.a, rated.pair.b);
        found.pairs += u64::from(last != Some(pair));
        last = Some(pair);
        found.slices += 1;
        match ratio(rated) {
            Some(ratio) => cases.push(ratio, rated.pair.kind == OwnerRelation::Same),
            None => found.insufficient += 1,
        }
    }
    (found.same, found.different) = (cases.same.len() as u64, cases.different.len() as u64);
    found.cllr = cllr(&cases);
    // No JSON number is infinite.
    found.cllr_min = cllr_min(&cases).filter(|cost| cost.is_finite());
    found.misleading = misleading(&cases);
    found
}

/// Rates all pairs in all slices; and says whether a model was fitted.
pub(crate) fn rate_slices(tracks: &[Track], settings: &Settings, prior: &Model) -> (Vec<RatedSlice>, bool) {
    let all: Vec<&Track> = tracks.iter().collect();
    let ground = SharedGround::new(&all);
    let quarters = quarters(&all);
    let plain = Scene::new(&all, &ground, prior, settings);
    let pairs = choose_pairs(&all, &plain, settings);
    let spans: Vec<(i64, i64)> = (0..all.len()).filter_map(|device| plain.span(device)).collect();
    let (Some(first), Some(last)) = (spans.iter().map(|s| s.0).min(), spans.iter().map(|s| s.1).max()) else {
        return (Vec::new(), false);
    };
    let slices = Slices::new(first, last, settings.slice_s);
    // Each pair belongs to the half that is tested with it.
    let mut halves: BTreeMap<(usize, usize), Vec<SlicedPair>> = BTreeMap::new();
    for (place, pair) in pairs.into_iter().enumerate() {
        let (i, j) = (quarters[pair.a], quarters[pair.b]);
        let half = if i == j { (i.min((i + 1) % 4), i.max((i + 1) % 4)) } else { (i.min(j), i.max(j)) };
        let spans = slices.shared(&plain.devices[pair.a].at, &plain.devices[pair.b].at, 0);
        halves.entry(half).or_default().push(SlicedPair { place, pair, spans });
    }
    drop(plain);
    let mut counts = (0, 0);
    for item in halves.values().flatten() {
        *(if item.pair.kind == OwnerRelation::Same { &mut counts.0 } else { &mut counts.1 }) += item.spans.len();
    }
    let every = (counts.0.div_ceil(REFERENCE.0).max(1), counts.1.div_ceil(REFERENCE.1).max(1));
    let mut rated: Vec<(usize, RatedSlice)> = Vec::new();
    let mut any_fitted = false;
    let enough = devices_by_owner(&all).len() >= 4;
    for (half, items) in halves {
        let in_half = |device: &usize| quarters[*device] == half.0 || quarters[*device] == half.1;
        let train: Vec<&Track> = (0..all.len()).filter(|d| !in_half(d)).map(|d| all[d]).collect();
        let what = Fit {
            slices_s: &[settings.slice_s],
            prior,
            hold: HOLD,
            strangers: Strangers::Population,
            made: "validation",
        };
        let fitted = if enough { fit(&train, &ground, settings, &what).ok() } else { None };
        any_fitted |= fitted.is_some();
        let model = fitted.as_ref().unwrap_or(prior);
        let scene = Scene::new(&all, &ground, model, settings);
        let owners = devices_by_owner(&all);
        let same: Vec<(usize, usize)> = owners
            .values()
            .flat_map(|devices| devices.iter().enumerate().flat_map(|(i, a)| devices[i + 1..].iter().map(|b| (*a, *b))))
            // Nobody else to learn from: it may then see the owners that it rates, which favours it.
            .filter(|(a, _)| !enough || !in_half(a))
            .collect();
        let reference = ReferenceApproach::new(&scene.devices, &same, settings.max_gap_s);
        let one = |item: &SlicedPair| {
            let (a, b) = (item.pair.a, item.pair.b);
            let ours = scene.score_slices(a, b, &item.spans);
            let every = if item.pair.kind == OwnerRelation::Same { every.0 } else { every.1 };
            let rated = item.spans.iter().zip(ours).enumerate().map(|(number, (span, ours))| {
                let beside = (item.place + number).is_multiple_of(every);
                let asked = || reference.log10_lr(&scene.devices[a], &scene.devices[b], *span);
                let reference = beside.then(asked).flatten();
                (item.place, RatedSlice { pair: item.pair, span: *span, ours: ours.log10_lr, reference, beside })
            });
            rated.collect::<Vec<_>>()
        };
        rated.par_extend(items.par_iter().flat_map_iter(one));
    }
    rated.sort_by_key(|rated| rated.0);
    (rated.into_iter().map(|rated| rated.1).collect(), any_fitted)
}

/// Quarter of each track's owner: owners by the hash of their name, dealt out in turn.
fn quarters(tracks: &[&Track]) -> Vec<usize> {
    let owners = devices_by_owner(tracks);
    let mut names: Vec<&str> = owners.keys().copied().collect();
    names.sort_by_key(|name| (owner_hash(name), *name));
    let places: BTreeMap<&str, usize> = names.into_iter().enumerate().map(|(place, name)| (name, place % 4)).collect();
    tracks.iter().map(|track| places[track.owner.as_str()]).collect()
}
