//! Weights of the decision: penalised logistic regression of what the occasions of a slice come to, and bounds by ELUB.

use orochi_likelihood::bound::{design_effect, elub};
use orochi_likelihood::logistic::{self, Case, Prior};
use orochi_likelihood::{Bounds, Validated};
use rayon::prelude::*;

use super::{Fit, Origin, Strangers, TooFew};
use crate::model::{Decision, DecisionWeights};
use crate::occasion::{FOR_ONE, PARTS};
use crate::pairs::{DevicePair, OwnerRelation};
use crate::scene::Scene;
use crate::slices::Slices;

/// What pairs of two count for, where pairs of one owner count 1: shifted pairs, pairs of near homes, others. Assumed.
/// Against somebody alike the others come on top: they teach what homes that are apart say, without being
/// made up for by the start.
const ALIKE: [f64; 3] = [0.8, 0.2, 0.5];
const POPULATION: [f64; 3] = [0.2, 0.4, 0.4];
/// Clocks are put forward by so many days, the first two under which the devices still overlap.
const SHIFTS: [i64; 6] = [7, 14, -7, 1, 2, 3];
const DAY_S: i64 = 86_400;
/// How far off what is known before a weight may be: this share of it, and at least so much.
const OFF: (f64, f64) = (0.5, 0.1);
/// The same for homes that are apart: how much they say is each population's own.
const HOMES_OFF: f64 = 1.0;
/// The same for the start.
const START_OFF: f64 = 0.7;

pub(crate) fn fit(scene: &Scene<'_>, pairs: &[DevicePair], slice_s: i64, what: &Fit<'_>) -> Result<Decision, TooFew> {
    let first = (0..scene.devices.len()).filter_map(|d| scene.span(d)).map(|span| span.0).min().ok_or(TooFew)?;
    let last = (0..scene.devices.len()).filter_map(|d| scene.span(d)).map(|span| span.1).max().ok_or(TooFew)?;
    let slices = Slices::new(first, last, slice_s);
    let mut work: Vec<(DevicePair, i64)> = pairs.iter().map(|pair| (*pair, 0)).collect();
    for pair in pairs.iter().filter(|pair| pair.kind == OwnerRelation::Same) {
        let (Some(a), Some(b)) = (scene.span(pair.a), scene.span(pair.b)) else { continue };
        let overlap = |shift: i64| a.1.min(b.1 + shift) - a.0.max(b.0 + shift);
        let enough = (overlap(0) / 2).max(DAY_S / 2);
        let shifts = SHIFTS.iter().map(|days| days * DAY_S).filter(|shift| overlap(*shift) >= enough);
        work.extend(shifts.take(2).map(|shift| (*pair, shift)));
    }
    let origins: Vec<Origin> = work
        .par_iter()
        .flat_map_iter(|(pair, shift)| {
            let (a, b) = (&scene.devices[pair.a], &scene.devices[pair.b]);
            let stratum = match pair.kind {
                _ if *shift != 0 => 0,
                OwnerRelation::Near => 1,
                OwnerRelation::Same | OwnerRelation::Far => 2,
            };
            let same = pair.kind == OwnerRelation::Same && *shift == 0;
            let mut comparison = scene.compare(pair.a, pair.b);
            let of = |span| {
                let summary = scene.summary(&mut comparison, *shift, span);
                let mut parts = summary.parts();
                // Fitted as weights of 0 or more.
                parts.iter_mut().zip(FOR_ONE).for_each(|(part, for_one)| *part *= if for_one { 1.0 } else { -1.0 });
                let case = Case { parts: parts.to_vec(), same, weight: 1.0 };
                (summary.occasions > 0).then_some(Origin { case, stratum, source: pair.source })
            };
            slices.shared(&a.at, &b.at, *shift).into_iter().filter_map(of).collect::<Vec<_>>()
        })
        .collect();
    decide(origins, slices.length(), scene.settings.correlation, what)
}

/// Fits to cases.
fn decide(mut origins: Vec<Origin>, slice_s: i64, correlation: f64, what: &Fit<'_>) -> Result<Decision, TooFew> {
    let effect = |same: bool| {
        let mut sources: Vec<(usize, usize)> =
            origins.iter().filter(|o| o.case.same == same).map(|o| (o.stratum.min(1), o.source)).collect();
        let count = sources.len();
        sources.sort_unstable();
        sources.dedup();
        (count as f64, design_effect(count as f64 / sources.len().max(1) as f64, correlation))
    };
    let ((same, same_effect), (different, different_effect)) = (effect(true), effect(false));
    // A stranger who is nobody's but the same owner's later week is not enough.
    let strangers = origins.iter().any(|origin| !origin.case.same && origin.stratum > 0);
    if same == 0.0 || different == 0.0 || !strangers {
        return Err(TooFew);
    }
    // Both sides count alike, for as many cases as the smaller one has independent ones.
    let total = (same / same_effect).min(different / different_effect);
    let counts: [f64; 3] =
        std::array::from_fn(|s| origins.iter().filter(|o| !o.case.same && o.stratum == s).count() as f64);
    let strata = match what.strangers {
        Strangers::Alike => ALIKE,
        Strangers::Population => POPULATION,
    };
    let filled: f64 = (0..3).filter(|s| counts[*s] > 0.0).map(|s| strata[s]).sum();
    let filled = filled / strata.iter().sum::<f64>();
    for origin in &mut origins {
        origin.case.weight = if origin.case.same {
            total / same
        } else {
            total * strata[origin.stratum] / filled / counts[origin.stratum]
        };
    }
    let known = what.prior.decision(slice_s).ok_or(TooFew)?;
    let held = |centre: f64, off: f64, least: f64| Prior { centre, penalty: what.hold / (off * off), least };
    let start = held(known.start, START_OFF, f64::NEG_INFINITY);
    let mut priors: Vec<Prior> =
        known.weights.array().iter().map(|w| held(w.abs(), (OFF.0 * w.abs()).max(OFF.1), 0.0)).collect();
    priors[PARTS - 1] = held(known.weights.homes_apart.abs(), HOMES_OFF, 0.0);
    let plain: Vec<Case> = origins.iter().map(|origin| origin.case.clone()).collect();
    let fitted = logistic::fit(&plain, start, &priors);
    let cases: Vec<(Case, usize)> = origins.into_iter().map(|origin| (origin.case, origin.stratum)).collect();
    // The many easy pairs of two must not carry a ratio that the hard ones do not.
    let bounds = [2, 1].map(|furthest| {
        let counted = cases.iter().filter(|(case, stratum)| case.same || *stratum <= furthest);
        let ratios = counted.map(|(case, _)| (fitted.log_odds(&case.parts) / std::f64::consts::LN_10, case.same));
        elub(&Validated::collect(ratios), (same_effect, different_effect))
    });
    let upper = if bounds[1] == Bounds::NONE { bounds[0].upper } else { bounds[0].upper.min(bounds[1].upper) };
    let signed: [f64; PARTS] =
        std::array::from_fn(|part| if FOR_ONE[part] { fitted.weights[part] } else { -fitted.weights[part] });
    Ok(Decision {
        slice_s,
        start: fitted.start,
        weights: DecisionWeights::from_array(signed),
        bounds: Bounds { lower: bounds[0].lower, upper },
        cases: (same as u64, different as u64),
    })
}
