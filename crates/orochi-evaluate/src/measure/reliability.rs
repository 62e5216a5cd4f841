//! Reliability diagram: of the numbers that got about this score, how many are lines?
//!
//! Murphy and Winkler (1977), "Reliability of subjective probability forecasts of precipitation and temperature",
//! Applied Statistics 26, 41-47. Were the score a probability, points would lie on the diagonal.

use serde::{Deserialize, Serialize};

use super::{Tally, proportion::Proportion};

/// One bin of the diagram.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bin {
    /// Lowest score in it.
    pub from: f64,
    /// Highest; belongs to the next bin except in the last.
    pub to: f64,
    /// Mean score of its numbers.
    pub mean: f64,
    /// How many of them are lines' numbers.
    pub lines: Proportion,
}

/// Ten bins of the same width; those without a number are left out.
pub fn reliability(tally: &Tally) -> Vec<Bin> {
    let mut bins = [(0.0, Proportion::default()); 10];
    for (score, others, lines) in tally.rising() {
        let bin = &mut bins[(Tally::step(score) / 1_000).min(9)];
        bin.0 += score * (others + lines) as f64;
        bin.1.merge(Proportion { with: lines, of: others + lines });
    }
    (0..10u32)
        .zip(bins)
        .filter(|(_, (_, lines))| lines.of > 0)
        .map(|(place, (sum, lines))| Bin {
            from: f64::from(place) / 10.0,
            to: f64::from(place + 1) / 10.0,
            mean: sum / lines.of as f64,
            lines,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_is_in_one_bin() {
        let mut tally = Tally::default();
        for step in 0..=100 {
            tally.add(f64::from(step) / 100.0, step > 50, 2);
        }
        let bins = reliability(&tally);
        assert_eq!(bins.len(), 10);
        assert_eq!(bins.iter().map(|bin| bin.lines.of).sum::<u64>(), 202);
        assert!(bins.iter().all(|bin| bin.from <= bin.mean && bin.mean <= bin.to));
        assert_eq!(bins[5].lines, Proportion { with: 18, of: 20 }, "0.50 to 0.59, of which 0.50 is no line");
        assert!(reliability(&Tally::default()).is_empty());
    }
}
