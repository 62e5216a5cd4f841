//! ELUB: the empirical lower and upper bound of likelihood ratios, beyond which the validation
//! cases do not carry a system.
//!
//! Vergeer, van Es, de Jongh, Alberink and Stoel (2016), "Numerical likelihood ratios outputted by LR systems are often
//! based on extrapolation: when to stop extrapolating?", Science & Justice 56, 482-491. A decision by the system at a
//! threshold must cost no more than one without it, after one consequential misleading case has been added to either
//! side. The bound is the nearest threshold on either side of LR = 1 at which it would cost more, as in the Netherlands
//! Forensic Institute's own code.
//!
//! Cases that stem from few sources are not independent. Then more than one misleading case is added: as many as stand
//! for one independent case (the design effect, Kish 1965, *Survey Sampling*, section 5.4).

use serde::{Deserialize, Serialize};

use crate::case::Validated;

/// Bounds of log10 likelihood ratios: at or below 0, and at or above 0.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bounds {
    /// No likelihood ratio below this (log10).
    pub lower: f64,
    /// No likelihood ratio above this (log10).
    pub upper: f64,
}

impl Bounds {
    /// Bounds that let nothing but LR = 1 through.
    pub const NONE: Self = Self { lower: 0.0, upper: 0.0 };

    /// The ratio, within the bounds.
    pub fn apply(&self, log10_lr: f64) -> f64 {
        log10_lr.max(self.lower).min(self.upper)
    }
}

/// Step between thresholds, log10.
const STEP: f64 = 0.005;
/// Thresholds end here, log10.
const FURTHEST: f64 = 9.0;
/// Costs this near each other, as a share, are equal.
const ROUNDING: f64 = 1e-12;

/// The bounds. `added` is how many misleading cases are added to H1's and to H2's cases; 1 where all are independent.
pub fn elub(cases: &Validated, added: (f64, f64)) -> Bounds {
    if !cases.is_measurable() {
        return Bounds::NONE;
    }
    let sorted = |values: &[f64]| {
        let mut values = values.to_vec();
        values.sort_by(f64::total_cmp);
        values
    };
    let (same, different) = (sorted(&cases.same), sorted(&cases.different));
    // Share at or below a threshold; of the added cases H1's are below and H2's above it.
    let missed =
        |threshold: f64| (same.partition_point(|lr| *lr <= threshold) as f64 + added.0) / (same.len() as f64 + added.0);
    let alarms = |threshold: f64| {
        let above = different.len() - different.partition_point(|lr| *lr <= threshold);
        (above as f64 + added.1) / (different.len() as f64 + added.1)
    };
    let carried = |log10: f64| {
        let ratio = 10_f64.powf(log10);
        let with = missed(log10) + ratio * alarms(log10);
        // Without the system one accepts always below 1 and never above it. Equal costs are
        // carried, however they round.
        ratio.min(1.0) * (1.0 + ROUNDING) >= with
    };
    let furthest = |direction: f64| {
        let mut reached = 0.0;
        for step in 1..=(FURTHEST / STEP) as u32 {
            let threshold = direction * f64::from(step) * STEP;
            if !carried(threshold) {
                break;
            }
            reached = threshold;
        }
        reached
    };
    Bounds { lower: furthest(-1.0), upper: furthest(1.0) }
}

/// How many cases stand for one independent case (the design effect): `per_source` cases a source on average, which
/// agree by `correlation` (0: they are independent; 1: one says it all).
pub fn design_effect(per_source: f64, correlation: f64) -> f64 {
    1.0 + (per_source - 1.0).max(0.0) * correlation
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn separated(count: usize) -> Validated {
        Validated { same: vec![8.0; count], different: vec![-8.0; count] }
    }

    /// n cases a side, all separated: missed = 1/(n+1), so θ/(n+1) + 1/(n+1) = 1 at θ = n.
    #[test]
    fn perfect_cases_carry_no_more_than_their_number() {
        for count in [10_usize, 100, 1_000] {
            let bounds = elub(&separated(count), (1.0, 1.0));
            assert!((bounds.upper - (count as f64).log10()).abs() <= STEP, "{bounds:?}");
            assert!((bounds.lower + (count as f64).log10()).abs() <= STEP, "{bounds:?}");
        }
    }

    #[test]
    fn dependent_cases_carry_less() {
        let bounds = elub(&separated(1_000), (10.0, 10.0));
        assert!((bounds.upper - 2.0).abs() <= STEP, "{bounds:?}");
        assert_eq!(design_effect(28.0, 0.0), 1.0);
        assert_eq!(design_effect(11.0, 0.1), 2.0);
        assert_eq!(design_effect(0.5, 0.1), 1.0);
    }

    #[test]
    fn a_system_that_says_nothing_is_bound_to_one() {
        let nothing = Validated { same: vec![0.0; 50], different: vec![0.0; 50] };
        assert_eq!(elub(&nothing, (1.0, 1.0)), Bounds::NONE);
        assert_eq!(elub(&Validated::default(), (1.0, 1.0)), Bounds::NONE);
    }

    proptest! {
        /// Oracle: the published code's steps, each threshold counted over all cases with the misleading ones put in.
        #[test]
        fn bounds_are_those_of_the_published_steps(raw in prop::collection::vec((-3.0..3.0f64, 0.0..1.0f64), 4..80)) {
            // The truth goes with the ratio, mostly.
            let cases = Validated::collect(raw.iter().map(|(lr, draw)| (*lr, *draw < 1.0 / (1.0 + (-1.5 * lr).exp()))));
            prop_assume!(cases.is_measurable());
            let utility = |log10: f64| {
                let (mut same, mut different) = (cases.same.clone(), cases.different.clone());
                same.push(f64::NEG_INFINITY);
                different.push(f64::INFINITY);
                let accepted = |lrs: &[f64]| lrs.iter().filter(|lr| **lr > log10).count() as f64 / lrs.len() as f64;
                1.0 - accepted(&same) + 10_f64.powf(log10) * accepted(&different)
            };
            let neutral = |log10: f64| if log10 < 0.0 { 10_f64.powf(log10) } else { 1.0 };
            let bounds = elub(&cases, (1.0, 1.0));
            let mut upper = 0.0;
            let mut lower = 0.0;
            for step in 1..1_800 {
                let at = f64::from(step) * STEP;
                if neutral(at) / utility(at) < 1.0 - ROUNDING { break; }
                upper = at;
            }
            for step in 1..1_800 {
                let at = -f64::from(step) * STEP;
                if neutral(at) / utility(at) < 1.0 - ROUNDING { break; }
                lower = at;
            }
            prop_assert!((bounds.upper - upper).abs() < 1e-9 && (bounds.lower - lower).abs() < 1e-9, "{:?}", bounds);
        }
    }
}
