//! Cllr, the cost of likelihood ratios in bits, and Cllr-min, what of it would be left if the
//! scores only kept their order.
//!
//! Brümmer and du Preez (2006), "Application-independent evaluation of speaker detection", Computer Speech & Language
//! 20, 230-275. 0 is perfect, 1 is what a method gets that says nothing (LR = 1 always); more than 1 misleads. Cllr-min
//! calibrates the scores with the truth by the pool adjacent violators algorithm (Ayer and others, 1955): Cllr less
//! Cllr-min is loss by calibration.
//!
//! A score is turned into a likelihood ratio by its odds over the odds of the prior that the method's weights presume.
//! A score is rounded to 1/10,000, so 0 and 1 are taken as half a step from the end: no ratio is infinite.

use super::Tally;

const HALF_STEP: f64 = 0.000_05;

/// The likelihood ratio that a score stands for.
pub fn ratio(score: f64, prior: f64) -> f64 {
    let score = score.clamp(HALF_STEP, 1.0 - HALF_STEP);
    score / (1.0 - score) * (1.0 - prior) / prior
}

/// Cllr in bits; none without both a line and another.
pub fn cllr(tally: &Tally, prior: f64) -> Option<f64> {
    cost(tally, tally.rising().map(|(score, others, lines)| (ratio(score, prior), others, lines)))
}

/// Cllr-min in bits; none without both a line and another.
pub fn cllr_min(tally: &Tally) -> Option<f64> {
    let odds = tally.lines() as f64 / tally.others() as f64;
    cost(tally, pooled(tally).into_iter().map(|(others, lines)| (lines as f64 / others as f64 / odds, others, lines)))
}

fn cost(tally: &Tally, ratios: impl Iterator<Item = (f64, u64, u64)>) -> Option<f64> {
    let (all_lines, all_others) = (tally.lines() as f64, tally.others() as f64);
    if all_lines == 0.0 || all_others == 0.0 {
        return None;
    }
    let (mut of_lines, mut of_others) = (0.0, 0.0);
    for (ratio, others, lines) in ratios {
        // Guards against 0 × ∞ where a pool holds only lines or only others.
        if lines > 0 {
            of_lines += lines as f64 * (1.0 + 1.0 / ratio).log2();
        }
        if others > 0 {
            of_others += others as f64 * (1.0 + ratio).log2();
        }
    }
    Some((of_lines / all_lines + of_others / all_others) / 2.0)
}

/// Pools of neighbouring scores in which the share of lines rises from pool to pool: (others, lines).
fn pooled(tally: &Tally) -> Vec<(u64, u64)> {
    let mut pools: Vec<(u64, u64)> = Vec::new();
    for (_, others, lines) in tally.rising() {
        let mut pool = (others, lines);
        // Shares compared without dividing: the last pool's share of lines is no smaller than this one's.
        while let Some(last) = pools.last()
            && u128::from(last.1) * u128::from(pool.0) >= u128::from(pool.1) * u128::from(last.0)
        {
            pool = (pool.0 + last.0, pool.1 + last.1);
            pools.pop();
        }
        pools.push(pool);
    }
    pools
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn tally(cases: &[(usize, bool)]) -> Tally {
        let mut tally = Tally::default();
        cases.iter().for_each(|(score, line)| tally.add(*score as f64 / 20.0, *line, 1));
        tally
    }

    #[test]
    fn a_method_that_says_nothing_costs_one_bit() {
        let mut tally = Tally::default();
        tally.add(0.5, true, 3);
        tally.add(0.5, false, 50);
        assert!((cllr(&tally, 0.5).unwrap() - 1.0).abs() < 1e-12);
        assert!((cllr_min(&tally).unwrap() - 1.0).abs() < 1e-12);
    }

    #[test]
    fn a_method_that_separates_costs_nothing_at_best() {
        let tally = tally(&[(1, false), (2, false), (3, true)]);
        assert_eq!(cllr_min(&tally), Some(0.0));
        assert_eq!(cllr_min(&Tally::default()), None);
    }

    proptest! {
        /// Oracle: sum over the cases one by one.
        #[test]
        fn cllr_is_the_mean_cost_of_each_side(cases in prop::collection::vec((0..=20usize, any::<bool>()), 2..50)) {
            let side = |line: bool| {
                let ratios = cases.iter().filter(|case| case.1 == line).map(|case| ratio(case.0 as f64 / 20.0, 0.3));
                let costs: Vec<f64> = ratios.map(|lr| if line { (1.0 + 1.0 / lr).log2() } else { (1.0 + lr).log2() })
                    .collect();
                costs.iter().sum::<f64>() / costs.len() as f64
            };
            if let Some(it) = cllr(&tally(&cases), 0.3) {
                prop_assert!((it - (side(true) + side(false)) / 2.0).abs() < 1e-9);
            }
        }

        /// Oracle for pooling: the greatest, over starts at or below, of the least, over ends at or above, of the mean
        /// between (the max-min formula of isotonic regression).
        #[test]
        fn pools_are_the_isotonic_regression(cases in prop::collection::vec((0..=12usize, any::<bool>()), 1..40)) {
            let tally = tally(&cases);
            let steps: Vec<(u64, u64)> = tally.rising().map(|(_, others, lines)| (others, lines)).collect();
            let mean = |from: usize, to: usize| {
                let (o, l) = steps[from..=to].iter().fold((0, 0), |sum, step| (sum.0 + step.0, sum.1 + step.1));
                l as f64 / (o + l) as f64
            };
            let slow: Vec<f64> = (0..steps.len()).map(|i| {
                (0..=i).map(|from| (i..steps.len()).map(|to| mean(from, to)).fold(1.0, f64::min)).fold(0.0, f64::max)
            }).collect();
            let mut fast = Vec::new();
            for (others, lines) in pooled(&tally) {
                let mut left = others + lines;
                while left > 0 {
                    let step = steps[fast.len()];
                    left -= step.0 + step.1;
                    fast.push(lines as f64 / (others + lines) as f64);
                }
            }
            prop_assert_eq!(fast.len(), slow.len());
            for (a, b) in fast.iter().zip(&slow) {
                prop_assert!((a - b).abs() < 1e-12);
            }
        }

        #[test]
        fn order_alone_never_costs_more(cases in prop::collection::vec((0..=20usize, any::<bool>()), 2..50)) {
            let tally = tally(&cases);
            if let (Some(all), Some(least)) = (cllr(&tally, 0.5), cllr_min(&tally)) {
                prop_assert!(least <= all + 1e-9 && least <= 1.0 + 1e-9);
            }
        }
    }
}
