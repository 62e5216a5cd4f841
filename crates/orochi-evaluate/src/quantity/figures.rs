//! A study of `quantity` in figures.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::study::{QuantityOutcome, QuantityRow, RangeFound};
use crate::{measure::proportion::Proportion, study_row::StudyHead, summary::Share};

/// A range no wider than this, high over low, is narrow enough.
pub const NARROW: f64 = 4.0;

/// A study in figures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct QuantityFigures {
    /// What made it.
    pub made: StudyHead,
    /// Scenarios by name.
    pub scenarios: Vec<String>,
    /// Seeds, as ranges in words.
    pub seeds: String,
    /// Folders scored.
    pub folders: u64,
    /// Lines of which data is held.
    pub lines: u64,
    /// By method, all lines and then by style.
    pub groups: Vec<QuantityGroup>,
}

/// Figures of one method on some lines.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct QuantityGroup {
    /// `customer_days` or `transactions`.
    pub method: String,
    /// `all`, or a style.
    pub name: String,
    /// Lines.
    pub lines: u64,
    /// Lines for which the method says that data is insufficient.
    pub insufficient: u64,
    /// Ranges that hold what was sold.
    pub inside: Share,
    /// Ranges that lie above it, and below it.
    pub above: u64,
    /// See `above`.
    pub below: u64,
    /// Ranges no wider than a factor of four.
    pub narrow: Share,
    /// Median of high over low, and of central over what was sold.
    pub width: Option<f64>,
    /// See `width`.
    pub ratio: Option<f64>,
}

impl QuantityFigures {
    /// Adds everything up.
    pub fn from_rows(made: StudyHead, rows: &[QuantityRow]) -> Self {
        let outcomes = || rows.iter().flat_map(|row| &row.outcomes);
        let styles: BTreeSet<&str> = outcomes().map(|one| one.style.as_str()).collect();
        let scenarios: BTreeSet<&str> = rows.iter().map(|row| row.folder.scenario.as_str()).collect();
        let mut groups = Vec::new();
        for method in ["customer_days", "transactions"] {
            groups.push(QuantityGroup::from_outcomes(method, "all", &outcomes().collect::<Vec<_>>()));
            groups.extend(styles.iter().map(|style| {
                QuantityGroup::from_outcomes(
                    method,
                    style,
                    &outcomes().filter(|one| one.style == *style).collect::<Vec<_>>(),
                )
            }));
        }
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

impl QuantityGroup {
    fn from_outcomes(method: &str, name: &str, outcomes: &[&QuantityOutcome]) -> Self {
        let [mut inside, mut narrow] = [Proportion::default(); 2];
        let (mut above, mut below) = (0, 0);
        let (mut widths, mut ratios) = (Vec::new(), Vec::new());
        for outcome in outcomes {
            let found = if method == "customer_days" { outcome.by_days } else { outcome.by_transactions };
            let Some(RangeFound { low, central, high }) = found else { continue };
            inside.count((low..=high).contains(&outcome.sold));
            above += u64::from(low > outcome.sold);
            below += u64::from(high < outcome.sold);
            narrow.count(high <= NARROW * low);
            widths.push(high / low);
            ratios.push(central / outcome.sold);
        }
        Self {
            method: method.to_owned(),
            name: name.to_owned(),
            lines: outcomes.len() as u64,
            insufficient: (outcomes.len() - widths.len()) as u64,
            inside: Share::from_proportion(inside),
            above,
            below,
            narrow: Share::from_proportion(narrow),
            width: median(widths),
            ratio: median(ratios),
        }
    }
}

fn median(mut all: Vec<f64>) -> Option<f64> {
    all.sort_by(f64::total_cmp);
    let middle = all.get(all.len() / 2)?;
    Some((middle * 100.0).round() / 100.0)
}
