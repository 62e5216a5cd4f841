//! Brier score: the mean squared difference between the score, read as a probability, and what is true (1 for a line).
//!
//! Brier, G. W. (1950), "Verification of forecasts expressed in terms of probability", Monthly Weather Review 78, 1-3.
//! It depends on how rare lines are: [`base`] is what saying the base rate of every number would get.

use super::Tally;

/// The Brier score; none of nothing.
pub fn brier(tally: &Tally) -> Option<f64> {
    let all = (tally.lines() + tally.others()) as f64;
    let sum: f64 =
        tally.rising().map(|(s, others, lines)| others as f64 * s * s + lines as f64 * (1.0 - s) * (1.0 - s)).sum();
    (all > 0.0).then(|| sum / all)
}

/// The Brier score of saying of every number that it is a line with the share of lines as its probability.
pub fn base(tally: &Tally) -> Option<f64> {
    let all = (tally.lines() + tally.others()) as f64;
    let rate = tally.lines() as f64 / all;
    (all > 0.0).then_some(rate * (1.0 - rate))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_worked_example() {
        let mut tally = Tally::default();
        tally.add(0.9, true, 1);
        tally.add(0.4, false, 3);
        assert!((brier(&tally).unwrap() - (0.01 + 3.0 * 0.16) / 4.0).abs() < 1e-12);
        assert!((base(&tally).unwrap() - 0.25 * 0.75).abs() < 1e-12);
        assert_eq!(brier(&Tally::default()), None);
    }
}
