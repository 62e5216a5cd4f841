//! A study of `attribution` in figures.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{outcome::AttributionOutcome, study::AttributionRow};
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
    /// All lines, then by style.
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
        let outcomes = || rows.iter().flat_map(|row| &row.outcomes);
        let styles: BTreeSet<&str> = outcomes().map(|one| one.style.as_str()).collect();
        let scenarios: BTreeSet<&str> = rows.iter().map(|row| row.folder.scenario.as_str()).collect();
        let group = |name: &str, of: &[&AttributionOutcome]| AttributionGroup::from_outcomes(name, of);
        let mut groups = vec![group("all", &outcomes().collect::<Vec<_>>())];
        groups.extend(
            styles.iter().map(|style| group(style, &outcomes().filter(|one| one.style == *style).collect::<Vec<_>>())),
        );
        Self {
            made,
            scenarios: scenarios.into_iter().map(str::to_owned).collect(),
            seeds: crate::summary::ranges(&rows.iter().map(|row| row.folder.seed).collect()),
            folders: rows.len() as u64,
            lines: outcomes().count() as u64,
            groups,
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
