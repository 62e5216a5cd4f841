//! A proportion with Wilson's interval.
//!
//! Wilson, E. B. (1927), "Probable inference, the law of succession, and statistical inference", Journal of the
//! American Statistical Association 22, 209-212. Unlike the textbook interval it says something sensible at 0 and at
//! 100%. It takes the cases to be independent; lines of one seed share a town, so a study shows the bootstrap over
//! seeds beside it ([`super::bootstrap`]).

use serde::{Deserialize, Serialize};

/// 97.5% point of the normal distribution.
const Z: f64 = 1.959_963_984_540_054;

/// So many of so many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proportion {
    /// How many have it.
    pub with: u64,
    /// Of how many.
    pub of: u64,
}

impl Proportion {
    /// Counts one case.
    pub fn count(&mut self, has: bool) {
        self.of += 1;
        self.with += u64::from(has);
    }

    /// Adds other cases.
    pub fn merge(&mut self, other: Self) {
        self.with += other.with;
        self.of += other.of;
    }

    /// The proportion; none of nothing.
    pub fn value(&self) -> Option<f64> {
        (self.of > 0).then(|| self.with as f64 / self.of as f64)
    }

    /// Wilson's 95% interval; all of 0 to 1 for nothing.
    pub fn wilson(&self) -> (f64, f64) {
        if self.of == 0 {
            return (0.0, 1.0);
        }
        let (n, p) = (self.of as f64, self.with as f64 / self.of as f64);
        let middle = p + Z * Z / (2.0 * n);
        let half = Z * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
        let whole = 1.0 + Z * Z / n;
        // Rounding must not put the ends inside the proportion.
        (((middle - half) / whole).clamp(0.0, p), ((middle + half) / whole).clamp(p, 1.0))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn published_figures_come_out() {
        // Newcombe (1998), Statistics in Medicine 17, 857-872, table I, method 3.
        for (with, of, low, high) in
            [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)]
        {
            let (l, h) = Proportion { with, of }.wilson();
            assert!((l - low).abs() < 6e-5 && (h - high).abs() < 6e-5, "{with} of {of}: {l} {h}");
        }
    }

    proptest! {
        /// Oracle: the ends are where a test of the proportion just stops rejecting it.
        #[test]
        fn the_interval_is_the_inverted_score_test(of in 1..2000u64, with in 0..2000u64) {
            let with = with.min(of);
            let (low, high) = Proportion { with, of }.wilson();
            let p = with as f64 / of as f64;
            prop_assert!(low <= p && p <= high);
            for end in [low, high] {
                let spread = (end * (1.0 - end) / of as f64).sqrt();
                prop_assert!((p - end).abs() <= Z * spread + 1e-9);
                if end > 0.0 && end < 1.0 {
                    prop_assert!(((p - end).abs() - Z * spread).abs() < 1e-9);
                }
            }
        }
    }
}
