//! One line of a study: a folder under every condition, compared with its truth.

use serde::{Deserialize, Serialize};

use crate::{
    counted::Counted,
    outcome::Outcome,
    run::{self, Options},
};

/// What the rows of one study have in common.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Head {
    /// Program and version.
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

/// One folder scored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// Where it came from; no two rows have the same.
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
    /// Each run.
    pub outcomes: Vec<Outcome>,
}

impl Row {
    /// Scores what was counted of a folder.
    pub fn of(counted: &Counted, options: &Options) -> Self {
        let truth = &counted.truth;
        Self {
            source: counted.source.clone(),
            scenario: truth.scenario.clone(),
            seed: truth.seed,
            days: truth.days,
            people: truth.people,
            numbers: truth.numbers,
            lines: truth.lines.len() as u64,
            outcomes: run::score(counted, options),
        }
    }
}
