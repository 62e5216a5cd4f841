//! Curves that show a set of likelihood ratios whole: Tippett, and empirical cross-entropy.
//!
//! Tippett: Evett and Buckleton (1996), "Statistical analysis of STR data", Advances in Forensic Haemogenetics 6,
//! 79-86. Empirical cross-entropy: Ramos and Gonzalez-Rodriguez (2013), "Reliable support: measuring calibration of
//! likelihood ratios", Forensic Science International 230, 156-169.

use serde::{Deserialize, Serialize};

use crate::case::Validated;
use crate::isotonic;
use crate::measure::bits;

/// A point of a Tippett plot.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tippett {
    /// log10 of the likelihood ratio.
    pub log10_lr: f64,
    /// Share of H1's cases with this ratio or a higher one.
    pub same: f64,
    /// Share of H2's cases with this ratio or a higher one.
    pub different: f64,
}

/// The Tippett curve, one point for each ratio that occurs, rising. Empty unless both propositions have cases.
pub fn tippett(cases: &Validated) -> Vec<Tippett> {
    if !cases.is_measurable() {
        return Vec::new();
    }
    let mut all: Vec<(f64, bool)> = cases.iter().collect();
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut same, mut different) = (cases.same.len(), cases.different.len());
    let share = |left: usize, of: &[f64]| left as f64 / of.len() as f64;
    let mut points: Vec<Tippett> = Vec::new();
    for (log10_lr, is_same) in all {
        if points.last().is_none_or(|last| last.log10_lr != log10_lr) {
            points.push(Tippett {
                log10_lr,
                same: share(same, &cases.same),
                different: share(different, &cases.different),
            });
        }
        if is_same { same -= 1 } else { different -= 1 }
    }
    points
}

/// A point of the empirical cross-entropy plot; costs in bits.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entropy {
    /// log10 of the prior odds of H1.
    pub log10_prior_odds: f64,
    /// Of the ratios as they are.
    pub observed: f64,
    /// Of the ratios after calibration with the truth.
    pub calibrated: f64,
    /// Of LR = 1 always.
    pub neutral: f64,
}

/// Empirical cross-entropy at prior odds (log10). Empty unless both propositions have cases. At odds of 1
/// the observed cost is Cllr.
pub fn cross_entropy(cases: &Validated, log10_prior_odds: &[f64]) -> Vec<Entropy> {
    if !cases.is_measurable() {
        return Vec::new();
    }
    let best = isotonic::recalibrated(cases);
    let point = |odds: &f64| Entropy {
        log10_prior_odds: *odds,
        observed: cost(cases, *odds),
        calibrated: cost(&best, *odds),
        neutral: cost(&Validated { same: vec![0.0], different: vec![0.0] }, *odds),
    };
    log10_prior_odds.iter().map(point).collect()
}

fn cost(cases: &Validated, log10_odds: f64) -> f64 {
    let prior = 1.0 / (1.0 + 10_f64.powf(-log10_odds));
    let same: f64 = cases.same.iter().map(|lr| bits(-lr - log10_odds)).sum();
    let different: f64 = cases.different.iter().map(|lr| bits(lr + log10_odds)).sum();
    prior * same / cases.same.len() as f64 + (1.0 - prior) * different / cases.different.len() as f64
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::measure::cllr;

    #[test]
    fn tippett_counts_what_is_left() {
        let cases = Validated { same: vec![1.0, 2.0], different: vec![-1.0, 1.0] };
        let points: Vec<(f64, f64, f64)> = tippett(&cases).iter().map(|p| (p.log10_lr, p.same, p.different)).collect();
        assert_eq!(points, vec![(-1.0, 1.0, 1.0), (1.0, 1.0, 0.5), (2.0, 0.5, 0.0)]);
        assert!(tippett(&Validated::default()).is_empty());
    }

    /// The binary entropy of the prior: 1 bit at even odds, 0.4395 bits at 1 to 10.
    #[test]
    fn saying_nothing_costs_the_entropy_of_the_prior() {
        let cases = Validated { same: vec![0.0], different: vec![0.0] };
        let points = cross_entropy(&cases, &[0.0, -1.0]);
        assert!((points[0].observed - 1.0).abs() < 1e-12);
        assert!((points[1].neutral - 0.439_497).abs() < 1e-6);
    }

    proptest! {
        #[test]
        fn at_even_odds_it_is_cllr(raw in prop::collection::vec((-3.0..3.0f64, any::<bool>()), 2..40)) {
            let cases = Validated::collect(raw);
            prop_assume!(cases.is_measurable());
            let point = cross_entropy(&cases, &[0.0])[0];
            prop_assert!((point.observed - cllr(&cases).unwrap()).abs() < 1e-9);
            prop_assert!(point.calibrated <= point.observed + 1e-9);
        }

        /// Oracle: count the cases at or above each ratio.
        #[test]
        fn tippett_is_a_count(raw in prop::collection::vec((-5..5i8, any::<bool>()), 2..40)) {
            let cases = Validated::collect(raw.iter().map(|(lr, same)| (f64::from(*lr), *same)));
            for point in tippett(&cases) {
                let share = |of: &[f64]| of.iter().filter(|lr| **lr >= point.log10_lr).count() as f64 / of.len() as f64;
                prop_assert_eq!(point.same, share(&cases.same));
                prop_assert_eq!(point.different, share(&cases.different));
            }
        }
    }
}
