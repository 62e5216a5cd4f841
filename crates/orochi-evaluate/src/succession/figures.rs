//! All runs of a study under one condition in figures, each with Wilson's interval.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{outcome::SuccessionOutcome, pairs::What, study::SuccessionRow};
use crate::{condition::DataHeld, measure::proportion::Proportion, study_row::StudyHead, summary::Share};

/// A study in figures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SuccessionFigures {
    /// What made it.
    pub made: StudyHead,
    /// Scenarios by name.
    pub scenarios: Vec<String>,
    /// Seeds, as ranges in words.
    pub seeds: String,
    /// Folders scored.
    pub folders: u64,
    /// People, over all folders.
    pub people: u64,
    /// Lines, over all folders.
    pub lines: u64,
    /// Under each condition.
    pub conditions: Vec<SuccessionCondition>,
}

/// Figures under one condition.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SuccessionCondition {
    /// Whose data was held.
    pub held: DataHeld,
    /// Length of the window in days.
    pub days: u32,
    /// Steps found, by what goes on.
    pub recall: BTreeMap<What, Share>,
    /// Steps of lines found, those of lines that come back among them.
    pub recall_of_lines: Share,
    /// All steps found.
    pub recall_of_all: Share,
    /// Linked pairs with a line's number that are right.
    pub precision_of_lines: Share,
    /// Linked pairs that are right.
    pub precision_of_all: Share,
    /// Steps of which too little is seen, and how many of them were linked.
    pub hardly: Proportion,
}

impl SuccessionFigures {
    /// Adds everything up.
    pub fn from_rows(made: StudyHead, rows: &[SuccessionRow]) -> Self {
        let outcomes = || rows.iter().flat_map(|row| &row.outcomes);
        let kinds: BTreeSet<(DataHeld, u32)> = outcomes().map(|it| (it.held, it.days)).collect();
        let scenarios: BTreeSet<&str> = rows.iter().map(|row| row.folder.scenario.as_str()).collect();
        Self {
            made,
            scenarios: scenarios.into_iter().map(str::to_owned).collect(),
            seeds: crate::summary::ranges(&rows.iter().map(|row| row.folder.seed).collect()),
            folders: rows.len() as u64,
            people: rows.iter().map(|row| row.folder.people).sum(),
            lines: rows.iter().map(|row| row.folder.lines).sum(),
            conditions: kinds
                .into_iter()
                .map(|(held, days)| {
                    let those: Vec<&SuccessionOutcome> =
                        outcomes().filter(|it| it.held == held && it.days == days).collect();
                    SuccessionCondition::from_outcomes(held, days, &those)
                })
                .collect(),
        }
    }
}

impl SuccessionCondition {
    fn from_outcomes(held: DataHeld, days: u32, outcomes: &[&SuccessionOutcome]) -> Self {
        let mut found: BTreeMap<What, Proportion> = BTreeMap::new();
        let (mut of_lines, mut of_all, mut hardly) = <(Proportion, Proportion, Proportion)>::default();
        for outcome in outcomes {
            for (what, count) in &outcome.found {
                found.entry(*what).or_default().merge(*count);
            }
            of_lines.merge(outcome.of_lines);
            of_all.merge(outcome.of_all);
            hardly.merge(outcome.hardly);
        }
        let sum = |which: &dyn Fn(What) -> bool| {
            let mut sum = Proportion::default();
            found.iter().filter(|(what, _)| which(**what)).for_each(|(_, count)| sum.merge(*count));
            Share::from_proportion(sum)
        };
        Self {
            held,
            days,
            recall_of_lines: sum(&|what| what != What::Person),
            recall_of_all: sum(&|_| true),
            recall: found.iter().map(|(what, count)| (*what, Share::from_proportion(*count))).collect(),
            precision_of_lines: Share::from_proportion(of_lines),
            precision_of_all: Share::from_proportion(of_all),
            hardly,
        }
    }
}
