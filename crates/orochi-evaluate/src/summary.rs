//! All runs of a study under one condition in figures, each with an interval.
//!
//! An interval of a share is the wider of two at either end: Wilson's, which takes lines to be independent, and the
//! bootstrap over seeds, which does not but says nothing of what never happened. Other figures have the bootstrap's.

mod figures;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::{
    condition::DataHeld,
    outcome::LinesOutcome,
    study_row::{LinesRow, StudyHead},
};

pub(crate) use figures::share;
pub use figures::{Distribution, Figure, Hardly, LinesFigures, Share, Top};

/// A study in figures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// What made it.
    pub made: StudyHead,
    /// Scenarios, by name.
    pub scenarios: Vec<String>,
    /// Seeds, as ranges in words: `1 to 50`.
    pub seeds: String,
    /// Folders scored.
    pub folders: u64,
    /// People and numbers simulated, over all folders.
    pub people: u64,
    /// Numbers simulated.
    pub numbers: u64,
    /// Lines simulated.
    pub lines: u64,
    /// Figures under each condition.
    pub conditions: Vec<LinesCondition>,
}

/// Figures under one condition.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LinesCondition {
    /// Whose data was held.
    pub held: DataHeld,
    /// Length of the window in days.
    pub days: u32,
    /// The figures.
    pub figures: LinesFigures,
}

impl Summary {
    /// Works out all figures.
    pub fn from_rows(made: &StudyHead, rows: &[LinesRow]) -> Self {
        let outcomes = || rows.iter().flat_map(|row| &row.outcomes);
        let conditions: BTreeSet<(DataHeld, u32)> = outcomes().map(|outcome| (outcome.held, outcome.days)).collect();
        let conditions = conditions
            .into_iter()
            .map(|(held, days)| {
                let fits = |outcome: &&LinesOutcome| outcome.held == held && outcome.days == days;
                let seeds: Vec<Vec<&LinesOutcome>> =
                    rows.iter().map(|row| row.outcomes.iter().filter(fits).collect::<Vec<_>>()).collect();
                let seeds: Vec<Vec<&LinesOutcome>> = seeds.into_iter().filter(|seed| !seed.is_empty()).collect();
                LinesCondition { held, days, figures: LinesFigures::from_seeds(&seeds, made.prior) }
            })
            .collect();
        let scenarios: BTreeSet<&str> = rows.iter().map(|row| row.folder.scenario.as_str()).collect();
        let seeds: BTreeSet<u64> = rows.iter().map(|row| row.folder.seed).collect();
        Self {
            made: made.clone(),
            scenarios: scenarios.into_iter().map(str::to_owned).collect(),
            seeds: ranges(&seeds),
            folders: rows.len() as u64,
            people: rows.iter().map(|row| row.folder.people).sum(),
            numbers: rows.iter().map(|row| row.folder.numbers).sum(),
            lines: rows.iter().map(|row| row.folder.lines).sum(),
            conditions,
        }
    }

    /// The figures under one condition.
    pub fn get(&self, held: DataHeld, days: u32) -> Option<&LinesFigures> {
        self.conditions.iter().find(|c| c.held == held && c.days == days).map(|c| &c.figures)
    }

    /// The windows of one kind of holding, shortest first.
    pub fn windows(&self, held: DataHeld) -> impl Iterator<Item = (u32, &LinesFigures)> {
        self.conditions.iter().filter(move |c| c.held == held).map(|c| (c.days, &c.figures))
    }
}

/// `1 to 50, 60`.
pub fn ranges(seeds: &BTreeSet<u64>) -> String {
    let mut ranges: Vec<(u64, u64)> = Vec::new();
    for &seed in seeds {
        match ranges.last_mut() {
            Some(last) if seed == last.1 + 1 => last.1 = seed,
            _ => ranges.push((seed, seed)),
        }
    }
    let words = |(from, to): &(u64, u64)| if from == to { from.to_string() } else { format!("{from} to {to}") };
    ranges.iter().map(words).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seeds_are_said_as_ranges() {
        assert_eq!(ranges(&[1, 2, 3, 7, 9, 10].into()), "1 to 3, 7, 9 to 10");
        assert_eq!(ranges(&[].into()), "");
    }
}
