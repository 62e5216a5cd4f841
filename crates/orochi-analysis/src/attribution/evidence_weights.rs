//! What counts for and against a candidate over time, and its sum around a step.

/// What counts for a candidate, or against it (natural logarithm), over a time (seconds since
/// 1970 UTC, the end included).
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct WeightedInterval {
    pub from: i64,
    pub to: i64,
    pub weight: f64,
}

impl WeightedInterval {
    /// What is said at an instant.
    pub(super) fn at_instant(time: i64, weight: f64) -> Self {
        Self { from: time, to: time, weight }
    }
}

/// What is said of a candidate around a step.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct WindowedSum {
    first: i64,
    /// Sums of all before each step from the first on.
    sums: Vec<f64>,
}

impl WindowedSum {
    /// Of what is said at instants, by steps of so many seconds counted from 1970.
    pub(super) fn new(said: &[WeightedInterval], step: i64) -> Self {
        let at = |one: &WeightedInterval| one.from.div_euclid(step);
        let (Some(first), Some(last)) = (said.iter().map(at).min(), said.iter().map(at).max()) else {
            return Self { first: 0, sums: vec![0.0] };
        };
        let mut sums = vec![0.0; usize::try_from(last - first).unwrap_or_default() + 2];
        said.iter().for_each(|one| sums[usize::try_from(at(one) - first).unwrap_or_default() + 1] += one.weight);
        for place in 1..sums.len() {
            sums[place] += sums[place - 1];
        }
        Self { first, sums }
    }

    /// The sum from so many steps before a step to as many after it, both included.
    pub(super) fn within(&self, step: i64, beside: i64) -> f64 {
        let last = self.sums.len() as i64 - 1;
        let before = |step: i64| self.sums[(step - self.first).clamp(0, last) as usize];
        before(step + beside + 1) - before(step - beside)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Oracle: add up what lies inside.
        #[test]
        fn what_is_said_around_a_step(
            raw in prop::collection::vec((-50..50i64, -9..9i32), 0..30),
            step in -60..60i64,
            beside in 0..9i64,
        ) {
            let of = |(at, weight): &(i64, i32)| {
                WeightedInterval { from: at * 10 + 3, to: at * 10 + 3, weight: f64::from(*weight) }
            };
            let said: Vec<WeightedInterval> = raw.iter().map(of).collect();
            let wanted: i32 = raw.iter().filter(|one| (one.0 - step).abs() <= beside).map(|one| one.1).sum();
            prop_assert!((WindowedSum::new(&said, 10).within(step, beside) - f64::from(wanted)).abs() < 1e-9);
        }
    }
}
