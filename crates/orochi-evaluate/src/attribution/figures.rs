//! A study of `attribution` in figures.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{discovery::Discovery, outcome::AttributionOutcome, study::AttributionRow};
use crate::{measure::proportion::Proportion, study_row::StudyHead, summary::Share};

/// A study in figures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AttributionFigures {
    /// What made it.
    pub made: StudyHead,
    /// Scenarios by name.
    pub scenarios: Vec<String>,
    /// Seeds, as ranges in words.
    pub seeds: String,
    /// Folders scored.
    pub folders: u64,
    /// Lines of which cells are held.
    pub lines: u64,
    /// All lines, then by style; their numbers, and those of other lines, given from the truth.
    pub groups: Vec<AttributionGroup>,
    /// The same lines when lines and links are found.
    pub discovered: Discovered,
}

/// AttributionFigures of lines that are found as they are for a user.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Discovered {
    /// Lines of which a number was found.
    pub lines: Share,
    /// Their numbers of which data is held: those in the line that was found.
    pub numbers: Share,
    /// Numbers in the lines found that are not of that line.
    pub foreign: u64,
    /// All lines, then by style; a spell of a line that was not found counts as one whose holder is not found.
    pub groups: Vec<AttributionGroup>,
}

/// Figures of some lines.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AttributionGroup {
    /// `all`, or a style.
    pub name: String,
    /// Lines.
    pub lines: u64,
    /// Spells over two days whose person's own phone is in the data: those where it comes first.
    pub first: Share,
    /// Those where it is among the first three.
    pub three: Share,
    /// Spells said to be somebody's that are: of all over two days, also where the own phone is not in the data.
    pub right: Share,
    /// Changes of hand put within six hours.
    pub near: Share,
    /// Changes of hand inside the bounds of one that was found.
    pub within: Share,
}

impl AttributionFigures {
    /// Adds everything up.
    pub fn from_rows(made: StudyHead, rows: &[AttributionRow]) -> Self {
        let outcomes: Vec<&AttributionOutcome> = rows.iter().flat_map(|row| &row.outcomes).collect();
        let scenarios: BTreeSet<&str> = rows.iter().map(|row| row.folder.scenario.as_str()).collect();
        Self {
            made,
            scenarios: scenarios.into_iter().map(str::to_owned).collect(),
            seeds: crate::summary::ranges(&rows.iter().map(|row| row.folder.seed).collect()),
            folders: rows.len() as u64,
            lines: outcomes.len() as u64,
            groups: groups(&outcomes),
            discovered: Discovered::from_rows(rows),
        }
    }
}

/// All outcomes, then those of each style.
fn groups(outcomes: &[&AttributionOutcome]) -> Vec<AttributionGroup> {
    let styles: BTreeSet<&str> = outcomes.iter().map(|one| one.style.as_str()).collect();
    let mut groups = vec![AttributionGroup::from_outcomes("all", outcomes)];
    groups.extend(styles.iter().map(|style| {
        let of: Vec<&AttributionOutcome> = outcomes.iter().filter(|one| one.style == *style).copied().collect();
        AttributionGroup::from_outcomes(style, &of)
    }));
    groups
}

impl Discovered {
    fn from_rows(rows: &[AttributionRow]) -> Self {
        let all: Vec<&Discovery> = rows.iter().flat_map(|row| &row.discoveries).collect();
        let mut lines = Proportion::default();
        let mut numbers = Proportion::default();
        for one in &all {
            lines.count(one.is_found());
            numbers.merge(Proportion { with: one.joined, of: one.held });
        }
        Self {
            lines: Share::from_proportion(lines),
            numbers: Share::from_proportion(numbers),
            foreign: all.iter().map(|one| one.foreign).sum(),
            groups: groups(&all.iter().map(|one| &one.outcome).collect::<Vec<_>>()),
        }
    }
}

impl AttributionGroup {
    fn from_outcomes(name: &str, outcomes: &[&AttributionOutcome]) -> Self {
        let [mut first, mut three, mut right, mut near, mut within] = [Proportion::default(); 5];
        for outcome in outcomes {
            for spell in &outcome.spells {
                if spell.held {
                    first.count(spell.place == Some(1));
                    three.count(spell.place.is_some_and(|place| place <= 3));
                }
                if spell.said {
                    right.count(spell.right);
                }
            }
            near.merge(Proportion { with: outcome.near, of: outcome.changes });
            within.merge(Proportion { with: outcome.within, of: outcome.changes });
        }
        Self {
            name: name.to_owned(),
            lines: outcomes.len() as u64,
            first: Share::from_proportion(first),
            three: Share::from_proportion(three),
            right: Share::from_proportion(right),
            near: Share::from_proportion(near),
            within: Share::from_proportion(within),
        }
    }
}
