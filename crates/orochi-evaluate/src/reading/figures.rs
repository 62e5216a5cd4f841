//! How often files are read in which way.

use std::collections::BTreeMap;

use orochi_model::program;
use serde::Serialize;

use super::{damage::damages, layouts::LAYOUTS, study::Read, verdict::ReadingOutcome};
use crate::measure::proportion::Proportion;

/// How some files were read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Rates {
    /// A value that is not what the row says, or a row that is none.
    pub wrong: Proportion,
    /// Rows, parties or times lost unsaid.
    pub lost: Proportion,
    /// A column unread.
    pub unread: Proportion,
    /// Refused, or a row of it rejected, although readable; of files that may not be refused.
    pub refused: Proportion,
}

impl Rates {
    fn count(&mut self, outcome: ReadingOutcome, refusable: bool) {
        self.wrong.count(outcome == ReadingOutcome::Wrong);
        self.lost.count(outcome == ReadingOutcome::Lost);
        self.unread.count(outcome == ReadingOutcome::Unread);
        if !refusable {
            self.refused.count(outcome == ReadingOutcome::Refused);
        }
    }
}

/// The figures of a study.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReadingFigures {
    /// The program's version and build.
    pub tool: &'static str,
    /// What files were drawn from.
    pub seed: u64,
    /// The first file's index.
    pub first: u64,
    /// How many hurt files.
    pub files: u64,
    /// Kinds of damage there are.
    pub kinds: usize,
    /// Layouts there are.
    pub layouts: usize,
    /// Hurt files by outcome.
    pub outcomes: BTreeMap<&'static str, u64>,
    /// Clean files that were not read right.
    pub clean: Proportion,
    /// All hurt files.
    pub all: Rates,
    /// Hurt files by kind of damage; a file counts under each of its damages.
    pub by_damage: BTreeMap<&'static str, Rates>,
    /// Hurt files by layout.
    pub by_layout: BTreeMap<&'static str, Rates>,
}

impl ReadingFigures {
    /// Counts.
    pub fn from_reads(seed: u64, first: u64, reads: &[Read]) -> Self {
        let mut figures = Self {
            tool: program::version(),
            seed,
            first,
            files: reads.len() as u64,
            kinds: damages().len(),
            layouts: LAYOUTS.len(),
            outcomes: BTreeMap::new(),
            clean: Proportion::default(),
            all: Rates::default(),
            by_damage: BTreeMap::new(),
            by_layout: BTreeMap::new(),
        };
        for read in reads {
            let (outcome, refusable) = (read.hurt.outcome, read.refusable.is_some());
            *figures.outcomes.entry(outcome.words()).or_default() += 1;
            figures.clean.count(read.clean.outcome != ReadingOutcome::Right);
            figures.all.count(outcome, refusable);
            figures.by_layout.entry(read.layout).or_default().count(outcome, refusable);
            for damage in &read.damages {
                figures.by_damage.entry(damage).or_default().count(outcome, refusable);
            }
        }
        figures
    }
}
