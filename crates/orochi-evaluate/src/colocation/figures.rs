//! A study of `colocation` in figures.

use std::collections::{BTreeMap, BTreeSet};

use orochi_likelihood::{Misleading, Validated, cllr, cllr_min, misleading};
use serde::{Deserialize, Serialize};

use super::{
    condition::PairCondition,
    study::{Cases, ColocationRow, Ratios},
};
use crate::{measure::proportion::Proportion, study_row::StudyHead, summary::Share};

/// A study in figures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ColocationFigures {
    /// What made it.
    pub made: StudyHead,
    /// Scenarios by name.
    pub scenarios: Vec<String>,
    /// Seeds, as ranges in words.
    pub seeds: String,
    /// Seeds, owners and registrations in all.
    pub folders: u64,
    /// See `folders`.
    pub owners: u64,
    /// See `folders`.
    pub registrations: u64,
    /// By length and condition.
    pub groups: Vec<ColocationGroup>,
}

/// Figures under one length and condition.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ColocationGroup {
    /// Length of a slice, days.
    pub days: u32,
    /// Of the pairs.
    pub condition: PairCondition,
    /// Slices of one owner and of two with a ratio, and those of insufficient data.
    pub same: u64,
    /// See `same`.
    pub different: u64,
    /// See `same`.
    pub insufficient: u64,
    /// Cllr and Cllr-min, bits; none unless both kinds have ratios.
    pub cllr: Option<f64>,
    /// See `cllr`.
    pub cllr_min: Option<f64>,
    /// Rates of misleading evidence, of slices.
    pub misleading: Misleading,
    /// Pairs of two owners with a ratio of 1,000 or more in any slice.
    pub pairs_over_1000: Share,
    /// On the slices that the reference approach rated: how many, Cllr of the method and of the reference approach.
    pub beside: u64,
    /// See `beside`.
    pub beside_cllr: Option<f64>,
    /// See `beside`.
    pub reference_cllr: Option<f64>,
}

/// Every seed's ratios together, by length and condition.
pub fn together(rows: &[ColocationRow]) -> BTreeMap<(u32, PairCondition), Cases> {
    let mut all: BTreeMap<(u32, PairCondition), Cases> = BTreeMap::new();
    for cases in rows.iter().flat_map(|row| &row.cases) {
        match all.get_mut(&(cases.days, cases.condition)) {
            None => {
                all.insert((cases.days, cases.condition), cases.clone());
            }
            Some(sum) => {
                sum.insufficient += cases.insufficient;
                sum.pairs += cases.pairs;
                sum.pairs_over_1000 += cases.pairs_over_1000;
                sum.ours.extend(&cases.ours);
                sum.beside.extend(&cases.beside);
                sum.reference.extend(&cases.reference);
            }
        }
    }
    all
}

/// As cases of which the truth is known.
pub fn validated(ratios: &Ratios) -> Validated {
    Validated { same: ratios.same.clone(), different: ratios.different.clone() }
}

impl ColocationFigures {
    /// Adds everything up.
    pub fn from_rows(made: StudyHead, rows: &[ColocationRow]) -> Self {
        let scenarios: BTreeSet<&str> = rows.iter().map(|row| row.scenario.as_str()).collect();
        Self {
            made,
            scenarios: scenarios.into_iter().map(str::to_owned).collect(),
            seeds: crate::summary::ranges(&rows.iter().map(|row| row.seed).collect()),
            folders: rows.len() as u64,
            owners: rows.iter().map(|row| row.owners).sum(),
            registrations: rows.iter().map(|row| row.registrations).sum(),
            groups: together(rows).values().map(ColocationGroup::from_cases).collect(),
        }
    }
}

impl ColocationGroup {
    fn from_cases(cases: &Cases) -> Self {
        let ours = validated(&cases.ours);
        let (beside, reference) = (validated(&cases.beside), validated(&cases.reference));
        let finite = |cost: Option<f64>| cost.filter(|cost| cost.is_finite());
        Self {
            days: cases.days,
            condition: cases.condition,
            same: ours.same.len() as u64,
            different: ours.different.len() as u64,
            insufficient: cases.insufficient,
            cllr: finite(cllr(&ours)),
            cllr_min: finite(cllr_min(&ours)),
            misleading: misleading(&ours),
            pairs_over_1000: Share::from_proportion(Proportion { with: cases.pairs_over_1000, of: cases.pairs }),
            beside: (beside.same.len() + beside.different.len()) as u64,
            beside_cllr: finite(cllr(&beside)),
            reference_cllr: finite(cllr(&reference)),
        }
    }
}
