//! All runs of a study under one condition in figures, each with Wilson's interval.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{outcome::Outcome, pairs::What, study::Row};
use crate::{condition::Held, measure::proportion::Proportion, study_row::Head, summary::Share};

/// A study in figures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figures {
    /// What made it.
    pub made: Head,
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
    pub conditions: Vec<Condition>,
}

/// Figures under one condition.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Condition {
    /// Whose data was held.
    pub held: Held,
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

impl Figures {
    /// Adds everything up.
    pub fn from_rows(made: Head, rows: &[Row]) -> Self {
        let outcomes = || rows.iter().flat_map(|row| &row.outcomes);
        let kinds: BTreeSet<(Held, u32)> = outcomes().map(|it| (it.held, it.days)).collect();
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
                    let those: Vec<&Outcome> = outcomes().filter(|it| it.held == held && it.days == days).collect();
                    Condition::from_outcomes(held, days, &those)
                })
                .collect(),
        }
    }
}

impl Condition {
    fn from_outcomes(held: Held, days: u32, outcomes: &[&Outcome]) -> Self {
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
