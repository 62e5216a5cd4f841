//! How many lines' numbers and how many others got each score.

/// Scores are multiples of one over this.
pub const STEPS: usize = 10_000;

/// Counts by score.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// (step, others, lines), rising, for the scores that occur.
    counts: Vec<(u16, u64, u64)>,
}

impl Tally {
    /// Where a score is counted.
    pub fn step(score: f64) -> usize {
        ((score * STEPS as f64).round().max(0.0) as usize).min(STEPS)
    }

    /// Counts so many numbers of one score.
    pub fn add(&mut self, score: f64, line: bool, many: u64) {
        let step = Self::step(score) as u16;
        let place = self.counts.binary_search_by_key(&step, |count| count.0).unwrap_or_else(|place| {
            self.counts.insert(place, (step, 0, 0));
            place
        });
        let count = &mut self.counts[place];
        if line { count.2 += many } else { count.1 += many }
    }

    /// All counts together, each tally's so many times.
    pub fn sum<'a>(tallies: impl Iterator<Item = (&'a Self, u64)>) -> Self {
        let mut all = vec![(0, 0); STEPS + 1];
        for (tally, times) in tallies.filter(|(_, times)| *times > 0) {
            for (step, others, lines) in &tally.counts {
                let count: &mut (u64, u64) = &mut all[usize::from(*step)];
                count.0 += others * times;
                count.1 += lines * times;
            }
        }
        let counted = (0..).zip(all).filter(|(_, (others, lines))| others + lines > 0);
        Self { counts: counted.map(|(step, (others, lines))| (step, others, lines)).collect() }
    }

    /// How many are lines' numbers.
    pub fn lines(&self) -> u64 {
        self.counts.iter().map(|count| count.2).sum()
    }

    /// How many are others.
    pub fn others(&self) -> u64 {
        self.counts.iter().map(|count| count.1).sum()
    }

    /// Each score that occurs, from the lowest: (score, others, lines).
    pub fn rising(&self) -> impl DoubleEndedIterator<Item = (f64, u64, u64)> {
        self.counts.iter().map(|(step, others, lines)| (f64::from(*step) / STEPS as f64, *others, *lines))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adding_and_summing_count_alike() {
        let (mut one, mut two, mut both) = (Tally::default(), Tally::default(), Tally::default());
        for (place, score) in [0.5, 0.1, 1.0, 0.5, 0.0, 0.1234].into_iter().enumerate() {
            let part = if place % 2 == 0 { &mut one } else { &mut two };
            part.add(score, place % 3 == 0, 2);
            both.add(score, place % 3 == 0, 2 * (1 + 2 * (place as u64 % 2)));
        }
        assert_eq!(Tally::sum([(&one, 1), (&two, 3)].into_iter()), both);
        assert_eq!((both.lines(), both.others()), (8, 16));
    }
}
