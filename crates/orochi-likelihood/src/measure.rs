//! Cllr, Cllr-min and the rates of misleading evidence.
//!
//! Brümmer and du Preez (2006), "Application-independent evaluation of speaker detection", Computer Speech & Language
//! 20, 230-275. 0 is perfect, 1 is what a method gets that says nothing (LR = 1 always); more than 1 misleads. Cllr-min
//! is what is left when the ratios are calibrated with the truth by pooling adjacent violators: Cllr less
//! Cllr-min is loss by calibration.
//!
//! Misleading evidence: a likelihood ratio that points to the wrong proposition (Royall 2000, "On the probability of
//! observing misleading statistical evidence", J. American Statistical Association 95, 760-768).

use serde::{Deserialize, Serialize};

use crate::case::Validated;
use crate::isotonic;

/// Cllr in bits; none unless both propositions have cases.
pub fn cllr(cases: &Validated) -> Option<f64> {
    if !cases.is_measurable() {
        return None;
    }
    let mean = |costs: &mut dyn Iterator<Item = f64>, count: usize| costs.sum::<f64>() / count as f64;
    let same = mean(&mut cases.same.iter().map(|lr| bits(-lr)), cases.same.len());
    let different = mean(&mut cases.different.iter().map(|lr| bits(*lr)), cases.different.len());
    Some((same + different) / 2.0)
}

/// Cllr-min in bits; none unless both propositions have cases.
pub fn cllr_min(cases: &Validated) -> Option<f64> {
    cllr(&isotonic::recalibrated(cases))
}

/// log2(1 + 10^x), without overflow; 0 for minus infinity.
pub(crate) fn bits(log10: f64) -> f64 {
    let natural = log10 * std::f64::consts::LN_10;
    (natural.max(0.0) + (-natural.abs()).exp().ln_1p()) / std::f64::consts::LN_2
}

/// Shares of cases whose likelihood ratio points the wrong way, and how strongly. None where a proposition has no case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Misleading {
    /// Share of H2's cases with LR above 1.
    pub different_above_1: Option<f64>,
    /// Share of H2's cases with LR of 10 or more.
    pub different_above_10: Option<f64>,
    /// Share of H2's cases with LR of 100 or more.
    pub different_above_100: Option<f64>,
    /// Share of H2's cases with LR of 1,000 or more.
    pub different_above_1000: Option<f64>,
    /// Share of H1's cases with LR below 1.
    pub same_below_1: Option<f64>,
    /// Share of H1's cases with LR of 1/10 or less.
    pub same_below_10th: Option<f64>,
    /// Share of H1's cases with LR of 1/100 or less.
    pub same_below_100th: Option<f64>,
    /// Share of H1's cases with LR of 1/1,000 or less.
    pub same_below_1000th: Option<f64>,
}

/// Rates of misleading evidence in both directions.
pub fn misleading(cases: &Validated) -> Misleading {
    let share = |cases: &[f64], misleads: &dyn Fn(f64) -> bool| {
        let count = cases.iter().filter(|lr| misleads(**lr)).count();
        (!cases.is_empty()).then(|| count as f64 / cases.len() as f64)
    };
    let different = |log10: f64| share(&cases.different, &|lr| lr >= log10);
    let same = |log10: f64| share(&cases.same, &|lr| lr <= -log10);
    Misleading {
        different_above_1: share(&cases.different, &|lr| lr > 0.0),
        different_above_10: different(1.0),
        different_above_100: different(2.0),
        different_above_1000: different(3.0),
        same_below_1: share(&cases.same, &|lr| lr < 0.0),
        same_below_10th: same(1.0),
        same_below_100th: same(2.0),
        same_below_1000th: same(3.0),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_method_that_says_nothing_costs_one_bit() {
        let nothing = Validated { same: vec![0.0; 3], different: vec![0.0; 50] };
        assert!((cllr(&nothing).unwrap() - 1.0).abs() < 1e-12);
        assert!((cllr_min(&nothing).unwrap() - 1.0).abs() < 1e-12);
        assert_eq!(cllr(&Validated::default()), None);
    }

    /// By hand: log2(1 + 1/10) = 0.137504, log2(1 + 1/2) = 0.584963; of the others log2(1 + 1/10) and log2(1 + 4) =
    /// 2.321928.
    #[test]
    fn a_sum_done_by_hand() {
        let cases = Validated { same: vec![1.0, 2_f64.log10()], different: vec![-1.0, 4_f64.log10()] };
        let wanted = ((0.137_503_523_7 + 0.584_962_500_7) / 2.0 + (0.137_503_523_7 + 2.321_928_094_9) / 2.0) / 2.0;
        assert!((cllr(&cases).unwrap() - wanted).abs() < 1e-9);
    }

    #[test]
    fn infinite_ratios_that_are_right_cost_nothing() {
        let cases = Validated { same: vec![f64::INFINITY], different: vec![f64::NEG_INFINITY] };
        assert_eq!(cllr(&cases), Some(0.0));
        let wrong = Validated { same: vec![f64::NEG_INFINITY], different: vec![0.0] };
        assert_eq!(cllr(&wrong), Some(f64::INFINITY));
    }

    #[test]
    fn misleading_counts_both_ways() {
        let cases = Validated { same: vec![-1.0, 0.5, 2.0, 3.0], different: vec![-2.0, -0.1, 0.2, 3.5] };
        let found = misleading(&cases);
        assert_eq!(found.different_above_1, Some(0.5));
        assert_eq!(found.different_above_10, Some(0.25));
        assert_eq!(found.different_above_1000, Some(0.25));
        assert_eq!(found.same_below_1, Some(0.25));
        assert_eq!(found.same_below_10th, Some(0.25));
        assert_eq!(found.same_below_100th, Some(0.0));
        assert_eq!(misleading(&Validated::default()).same_below_1, None);
    }

    proptest! {
        #[test]
        fn order_alone_never_costs_more(raw in prop::collection::vec((-3.0..3.0f64, any::<bool>()), 2..60)) {
            let cases = Validated::collect(raw);
            if let (Some(all), Some(least)) = (cllr(&cases), cllr_min(&cases)) {
                prop_assert!(least <= all + 1e-9 && least <= 1.0 + 1e-9);
            }
        }

        /// Oracle: the definition, in ratios.
        #[test]
        fn cllr_is_its_definition(raw in prop::collection::vec((-3.0..3.0f64, any::<bool>()), 2..60)) {
            let cases = Validated::collect(raw);
            prop_assume!(cases.is_measurable());
            let same: f64 = cases.same.iter().map(|lr| (1.0 + 10_f64.powf(-lr)).log2()).sum();
            let different: f64 = cases.different.iter().map(|lr| (1.0 + 10_f64.powf(*lr)).log2()).sum();
            let wanted = (same / cases.same.len() as f64 + different / cases.different.len() as f64) / 2.0;
            prop_assert!((cllr(&cases).unwrap() - wanted).abs() < 1e-9);
        }
    }
}
