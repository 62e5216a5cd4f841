//! Draws that every actor needs. Bits are the same everywhere: only `libm`, never the platform's functions.

use crate::chance::Chance;
use rand::RngExt;

/// A number from 0 (inclusive) to 1 (exclusive).
pub fn unit(chance: &mut Chance) -> f64 {
    chance.random::<f64>()
}

/// A number between two.
pub fn real(chance: &mut Chance, range: (f64, f64)) -> f64 {
    let (low, high) = range;
    low + (high - low) * unit(chance)
}

/// A whole number between two, both inclusive; the lower one when they are the wrong way round.
pub fn whole(chance: &mut Chance, range: (i64, i64)) -> i64 {
    let (low, high) = range;
    if high <= low { low } else { chance.random_range(low..=high) }
}

/// Whether something of this probability happens.
pub fn coin(chance: &mut Chance, probability: f64) -> bool {
    unit(chance) < probability
}

/// Standard normal.
pub fn normal(chance: &mut Chance) -> f64 {
    let (radius, angle) = (1.0 - unit(chance), unit(chance));
    libm::sqrt(-2.0 * libm::log(radius)) * libm::cos(2.0 * std::f64::consts::PI * angle)
}

/// Log-normal: half are below `median`; `sigma` is the standard deviation of the logarithm.
pub fn skewed(chance: &mut Chance, median: f64, sigma: f64) -> f64 {
    median * libm::exp(sigma * normal(chance))
}

/// Time until something that happens every `mean` on average.
pub fn wait(chance: &mut Chance, mean: f64) -> f64 {
    -mean * libm::log(1.0 - unit(chance))
}

/// How often something happens that happens `mean` times on average.
pub fn count(chance: &mut Chance, mean: f64) -> u32 {
    if mean <= 0.0 {
        return 0;
    }
    if mean > 60.0 {
        return (mean + libm::sqrt(mean) * normal(chance)).max(0.0) as u32;
    }
    let (mut left, mut n) = (mean, 0);
    loop {
        left -= wait(chance, 1.0);
        if left < 0.0 {
            return n;
        }
        n += 1;
    }
}

/// Place of one of these, by weight.
pub fn weighted(chance: &mut Chance, weights: &[f64]) -> usize {
    let mut left = unit(chance) * weights.iter().sum::<f64>();
    for (i, weight) in weights.iter().enumerate() {
        left -= weight;
        if left < 0.0 {
            return i;
        }
    }
    weights.len().saturating_sub(1)
}

/// One of these.
pub fn one<T: Copy>(chance: &mut Chance, of: &[T]) -> Option<T> {
    if of.is_empty() { None } else { Some(of[chance.random_range(0..of.len())]) }
}

/// `n` of these without repetition (fewer when there are not so many), in the order drawn.
pub fn several<T: Copy>(of: &[T], n: usize, chance: &mut Chance) -> Vec<T> {
    let mut pool = of.to_vec();
    let n = n.min(pool.len());
    for i in 0..n {
        let j = chance.random_range(i..pool.len());
        pool.swap(i, j);
    }
    pool.truncate(n);
    pool
}

/// When in the day things happen: anywhere between opening and closing, more often around the peaks.
#[derive(Clone, Debug, PartialEq)]
pub struct Hours {
    /// Seconds after midnight.
    pub open: i64,
    /// Seconds after midnight; beyond 86,400 when it closes in the small hours.
    pub shut: i64,
    /// Centre and spread in seconds, and the share of all that happens there. What is left is spread evenly.
    pub peaks: Vec<(i64, i64, f64)>,
}

/// Seconds of an hour of the day given as a fraction (`9.5` is half past nine).
pub fn clock(hour: f64) -> i64 {
    (hour * 3600.0) as i64
}

impl Hours {
    /// From one hour to another without peaks.
    pub fn even(open: f64, shut: f64) -> Self {
        Self { open: clock(open), shut: clock(shut), peaks: Vec::new() }
    }

    /// With one more peak.
    #[must_use]
    pub fn peak(mut self, hour: f64, spread_hours: f64, share: f64) -> Self {
        self.peaks.push((clock(hour), clock(spread_hours), share));
        self
    }

    /// A second of the day.
    pub fn second(&self, chance: &mut Chance) -> i64 {
        let mut left = unit(chance);
        for (centre, spread, share) in &self.peaks {
            left -= share;
            if left < 0.0 {
                let second = *centre + (*spread as f64 * normal(chance)) as i64;
                if (self.open..self.shut).contains(&second) {
                    return second;
                }
                break;
            }
        }
        whole(chance, (self.open, self.shut - 1))
    }

    /// Whether it is open.
    pub fn holds(&self, second: i64) -> bool {
        (self.open..self.shut).contains(&second)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chance::Seed;

    #[test]
    fn counts_and_waits_have_their_means() {
        let mut chance = Seed(1).stream("test", &[]);
        for mean in [0.3, 4.0, 90.0] {
            let sum: u32 = (0..4000).map(|_| count(&mut chance, mean)).sum();
            assert!((f64::from(sum) / 4000.0 / mean - 1.0).abs() < 0.08, "{mean}");
        }
        let sum: f64 = (0..4000).map(|_| wait(&mut chance, 5.0)).sum();
        assert!((sum / 4000.0 / 5.0 - 1.0).abs() < 0.08);
    }

    #[test]
    fn hours_are_kept_even_when_a_peak_lies_outside() {
        let mut chance = Seed(2).stream("test", &[]);
        let hours = Hours::even(10.0, 26.0).peak(9.0, 2.0, 0.9);
        assert!((0..2000).all(|_| hours.holds(hours.second(&mut chance))));
    }

    #[test]
    fn several_never_repeats() {
        let mut chance = Seed(3).stream("test", &[]);
        let mut drawn = several(&(0..50).collect::<Vec<_>>(), 60, &mut chance);
        drawn.sort_unstable();
        assert_eq!(drawn, (0..50).collect::<Vec<_>>());
    }
}
