//! Intervals by drawing whole seeds again with replacement.
//!
//! Efron (1979), "Bootstrap methods: another look at the jackknife", Annals of Statistics 7, 1-26; the percentile
//! interval. Seeds are drawn and not lines, because lines of one seed share a town, networks and customers:
//! that is the sampling unit.

use rand_xoshiro::{
    Xoshiro256PlusPlus,
    rand_core::{Rng, SeedableRng},
};

/// How often the seeds are drawn.
pub const DRAWS: usize = 1_000;

/// 95% intervals of `N` figures over `seeds` seeds; `figures` gets, for each draw, how often each seed was drawn. A
/// figure has none when there are fewer than two seeds or fewer than half of the draws give it. The same input always
/// gives the same intervals.
pub fn intervals<const N: usize>(
    seeds: usize,
    mut figures: impl FnMut(&[u32]) -> [Option<f64>; N],
) -> [Option<(f64, f64)>; N] {
    if seeds < 2 {
        return [None; N];
    }
    let mut chance = Xoshiro256PlusPlus::seed_from_u64(0x6f72_6f63_6869);
    let mut drawn = vec![0; seeds];
    let mut given: [Vec<f64>; N] = std::array::from_fn(|_| Vec::with_capacity(DRAWS));
    for _ in 0..DRAWS {
        drawn.fill(0);
        for _ in 0..seeds {
            // The bias of taking the remainder is below 1 in 10^15.
            drawn[(chance.next_u64() % seeds as u64) as usize] += 1;
        }
        for (list, figure) in given.iter_mut().zip(figures(&drawn)) {
            list.extend(figure);
        }
    }
    given.map(|mut list| {
        list.sort_unstable_by(f64::total_cmp);
        let at = |share: f64| list[((list.len() - 1) as f64 * share).round() as usize];
        (list.len() >= DRAWS / 2).then(|| (at(0.025), at(0.975)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_of_a_mean_is_about_what_theory_says() {
        let values: Vec<f64> = (0..100).map(|i| f64::from(i % 2)).collect();
        let mean = |drawn: &[u32]| {
            let sum: f64 = drawn.iter().zip(&values).map(|(times, value)| f64::from(*times) * value).sum();
            [Some(sum / 100.0), None]
        };
        let [Some((low, high)), None] = intervals(100, mean) else { panic!("one figure of two") };
        assert!((low - 0.402).abs() < 0.02 && (high - 0.598).abs() < 0.02, "{low} {high}");
        assert_eq!(intervals(100, mean)[0], Some((low, high)));
        assert_eq!(intervals(1, |_| [Some(1.0)]), [None]);
    }
}
