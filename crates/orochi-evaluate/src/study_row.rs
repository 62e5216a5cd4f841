//! One line of a study: a folder under every condition, compared with its truth.

use serde::{Deserialize, Serialize};

use crate::{
    conditions::{self, LinesOptions},
    counts_cache::FolderCounts,
    outcome::LinesOutcome,
    truth::Truth,
};

/// What the rows of one study have in common.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StudyHead {
    /// Program, version and build.
    pub tool: String,
    /// Method and version.
    pub method: String,
    /// Settings of the method, by name.
    pub settings: serde_json::Map<String, serde_json::Value>,
    /// SHA-256 of the weights as a file.
    pub weights: String,
    /// The share of lines that the weights presume.
    pub prior: f64,
    /// Other people or days than the scenario says.
    pub changed: String,
}

impl StudyHead {
    /// ` (not as the scenario says: people 16000)`; nothing when all is as it says.
    pub(crate) fn not_as_said(&self) -> String {
        if self.changed.is_empty() {
            return String::new();
        }
        format!(" (not as the scenario says: {})", self.changed)
    }
}

/// A folder of a study.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Simulated {
    /// Where it came from; no two have the same.
    pub source: String,
    /// The scenario's name.
    pub scenario: String,
    /// Its seed.
    pub seed: u64,
    /// Days simulated.
    pub days: u32,
    /// People simulated.
    pub people: u64,
    /// Numbers simulated.
    pub numbers: u64,
    /// Lines simulated.
    pub lines: u64,
}

impl Simulated {
    /// What the truth of a folder says of it.
    pub fn from_truth(source: &str, truth: &Truth) -> Self {
        Self {
            source: source.to_owned(),
            scenario: truth.scenario.clone(),
            seed: truth.seed,
            days: truth.days,
            people: truth.people,
            numbers: truth.numbers,
            lines: truth.lines.len() as u64,
        }
    }
}

/// One folder scored.
#[derive(Clone, Debug, PartialEq)]
pub struct LinesRow {
    /// The folder.
    pub folder: Simulated,
    /// Each run.
    pub outcomes: Vec<LinesOutcome>,
}

impl LinesRow {
    /// Scores what was counted of a folder.
    pub fn from_counts(counted: &FolderCounts, options: &LinesOptions) -> Self {
        Self {
            folder: Simulated::from_truth(&counted.source, &counted.truth),
            outcomes: conditions::score(counted, options),
        }
    }
}
