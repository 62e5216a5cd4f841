//! Isotonic calibration by pooling adjacent violators.
//!
//! Ayer, Brunk, Ewing, Reid and Silverman (1955), "An empirical distribution function for sampling with incomplete
//! information", Annals of Mathematical Statistics 26, 641-647; for likelihood ratios Brümmer and du Preez (2006).
//! Scores that are equal are one step. A pool that holds cases of one proposition only has an infinite ratio: right for
//! Cllr-min, never for a case.

use crate::case::Validated;

/// A step of the calibrated curve: scores up to and with `score` have this ratio.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// Highest score of the pool.
    pub score: f64,
    /// Its log10 likelihood ratio; infinite where the pool holds one proposition only.
    pub log10_lr: f64,
    /// Cases of H1 in the pool.
    pub same: u64,
    /// Cases of H2 in the pool.
    pub different: u64,
}

/// Pools of rising share of H1, by rising score. Empty unless both propositions have cases.
pub fn pools(cases: &Validated) -> Vec<Step> {
    if !cases.is_measurable() {
        return Vec::new();
    }
    let mut all: Vec<(f64, bool)> = cases.iter().collect();
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut pools: Vec<Step> = Vec::new();
    let mut next = 0;
    while next < all.len() {
        let score = all[next].0;
        let mut pool = Step { score, log10_lr: 0.0, same: 0, different: 0 };
        while next < all.len() && all[next].0 == score {
            if all[next].1 {
                pool.same += 1
            } else {
                pool.different += 1
            }
            next += 1;
        }
        // Shares compared without dividing: the last pool's share of H1 is no smaller than this one's.
        while let Some(last) = pools.last()
            && u128::from(last.same) * u128::from(pool.different) >= u128::from(pool.same) * u128::from(last.different)
        {
            pool.same += last.same;
            pool.different += last.different;
            pools.pop();
        }
        pools.push(pool);
    }
    let prior = (cases.same.len() as f64 / cases.different.len() as f64).log10();
    for pool in &mut pools {
        pool.log10_lr = (pool.same as f64 / pool.different as f64).log10() - prior;
    }
    pools
}

/// The same cases with the ratio of their pool; as they are unless both propositions have cases.
pub fn recalibrated(cases: &Validated) -> Validated {
    let pools = pools(cases);
    if pools.is_empty() {
        return cases.clone();
    }
    let of = |score: &f64| {
        let place = pools.partition_point(|pool| pool.score.total_cmp(score).is_lt());
        pools[place.min(pools.len() - 1)].log10_lr
    };
    Validated { same: cases.same.iter().map(of).collect(), different: cases.different.iter().map(of).collect() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn separated_scores_get_infinite_ratios() {
        let cases = Validated { same: vec![2.0, 3.0], different: vec![0.0, 1.0] };
        let again = recalibrated(&cases);
        assert_eq!(again.same, vec![f64::INFINITY; 2]);
        assert_eq!(again.different, vec![f64::NEG_INFINITY; 2]);
    }

    #[test]
    fn scores_in_the_wrong_order_say_nothing() {
        let cases = Validated { same: vec![0.0, 1.0], different: vec![2.0, 3.0] };
        assert_eq!(recalibrated(&cases), Validated { same: vec![0.0; 2], different: vec![0.0; 2] });
    }

    proptest! {
        /// Oracle: the max-min formula of isotonic regression (greatest, over starts at or below, of the least
        /// mean, over ends at or above).
        #[test]
        fn pools_are_the_isotonic_regression(raw in prop::collection::vec((0..12u8, any::<bool>()), 2..40)) {
            let cases = Validated::collect(raw.iter().map(|(score, same)| (f64::from(*score), *same)));
            prop_assume!(cases.is_measurable());
            let mut steps: Vec<(u8, f64, f64)> = Vec::new();
            for score in 0..12u8 {
                let count = |wanted| raw.iter().filter(|(s, same)| *s == score && *same == wanted).count() as f64;
                if count(true) + count(false) > 0.0 {
                    steps.push((score, count(true), count(false)));
                }
            }
            let mean = |from: usize, to: usize| {
                let (same, all) = steps[from..=to].iter().fold((0.0, 0.0), |sum, s| (sum.0 + s.1, sum.1 + s.1 + s.2));
                same / all
            };
            let pools = pools(&cases);
            for (i, step) in steps.iter().enumerate() {
                let slow = (0..=i)
                    .map(|from| (i..steps.len()).map(|to| mean(from, to)).fold(1.0, f64::min))
                    .fold(0.0, f64::max);
                let pool = pools.iter().find(|pool| pool.score >= f64::from(step.0)).unwrap();
                let fast = pool.same as f64 / (pool.same + pool.different) as f64;
                prop_assert!((fast - slow).abs() < 1e-12);
            }
        }
    }
}
