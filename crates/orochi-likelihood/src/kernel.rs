//! Calibration by kernel density: the ratio of two smoothed densities of scores.
//!
//! Gaussian kernels; the width is given, or Silverman's normal reference (Silverman 1986, *Density Estimation for
//! Statistics and Data Analysis*, equation 3.28: (4/3)^(1/5) times the deviation times n^(-1/5)). Where one density has
//! run out and the other has not, the ratio explodes: bound it (see [`crate::bound`]).

use serde::{Deserialize, Serialize};

use crate::case::Validated;

/// Width of the kernels.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Width {
    /// In units of the scores.
    Fixed(f64),
    /// Silverman's, for each proposition apart; 1 where all scores are equal.
    Silverman,
}

/// Two densities.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Kernels {
    same: Vec<f64>,
    different: Vec<f64>,
    widths: (f64, f64),
}

impl Kernels {
    /// Fits to scores; none unless both propositions have cases.
    pub fn fit(scores: &Validated, width: Width) -> Option<Self> {
        if !scores.is_measurable() {
            return None;
        }
        let of = |scores: &[f64]| match width {
            Width::Fixed(width) => width,
            Width::Silverman => silverman(scores),
        };
        Some(Self {
            same: scores.same.clone(),
            different: scores.different.clone(),
            widths: (of(&scores.same), of(&scores.different)),
        })
    }

    /// log10 likelihood ratio of a score.
    pub fn log10_lr(&self, score: f64) -> f64 {
        (log_density(&self.same, self.widths.0, score) - log_density(&self.different, self.widths.1, score))
            / std::f64::consts::LN_10
    }
}

fn silverman(scores: &[f64]) -> f64 {
    let count = scores.len() as f64;
    let mean = scores.iter().sum::<f64>() / count;
    let deviation = (scores.iter().map(|score| (score - mean).powi(2)).sum::<f64>() / count).sqrt();
    let deviation = if deviation > 0.0 { deviation } else { 1.0 };
    deviation * (4.0 / (3.0 * count)).powf(0.2)
}

/// Natural logarithm of the density, by the greatest term so that nothing underflows; less a constant common to all.
fn log_density(scores: &[f64], width: f64, at: f64) -> f64 {
    let term = |score: &f64| -((at - score) / width).powi(2) / 2.0;
    let most = scores.iter().map(term).fold(f64::NEG_INFINITY, f64::max);
    let sum: f64 = scores.iter().map(|score| (term(score) - most).exp()).sum();
    most + (sum / (scores.len() as f64 * width)).ln()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// One score a side, width 1: ((x+1)² - (x-1)²)/2 = 2x, natural.
    #[test]
    fn two_bells() {
        let kernels = Kernels::fit(&Validated { same: vec![1.0], different: vec![-1.0] }, Width::Fixed(1.0)).unwrap();
        assert!((kernels.log10_lr(0.0)).abs() < 1e-12);
        assert!((kernels.log10_lr(1.5) - 3.0 / std::f64::consts::LN_10).abs() < 1e-12);
        // Far out nothing underflows.
        assert!((kernels.log10_lr(200.0) - 400.0 / std::f64::consts::LN_10).abs() < 1e-9);
        assert!(Kernels::fit(&Validated::default(), Width::Silverman).is_none());
    }

    /// Deviation 1, 4 scores: (4/(3·4))^0.2.
    #[test]
    fn silvermans_width() {
        assert!((silverman(&[-1.0, 1.0, -1.0, 1.0]) - (1.0_f64 / 3.0).powf(0.2)).abs() < 1e-12);
        assert!((silverman(&[2.0, 2.0]) - (2.0_f64 / 3.0).powf(0.2)).abs() < 1e-12);
    }

    proptest! {
        /// Oracle: the densities themselves, where nothing underflows.
        #[test]
        fn it_is_the_ratio_of_the_densities(
            same in prop::collection::vec(-3.0..3.0f64, 1..20), different in prop::collection::vec(-3.0..3.0f64, 1..20),
            at in -3.0..3.0f64,
        ) {
            let density = |scores: &[f64]| {
                scores.iter().map(|s| (-(at - s).powi(2) / 2.0).exp()).sum::<f64>() / scores.len() as f64
            };
            let wanted = (density(&same) / density(&different)).log10();
            let kernels = Kernels::fit(&Validated { same, different }, Width::Fixed(1.0)).unwrap();
            prop_assert!((kernels.log10_lr(at) - wanted).abs() < 1e-9);
        }
    }
}
