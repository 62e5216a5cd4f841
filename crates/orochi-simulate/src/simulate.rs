//! From a scenario to a folder: the whole run.

use crate::scenario::Scenario;
use orochi_model::problem::Problem;
use std::path::Path;

/// What the command line says beside the scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// What all chance is drawn from.
    pub seed: u64,
    /// People instead of the scenario's.
    pub people: Option<u32>,
    /// Days instead of the scenario's.
    pub days: Option<u32>,
    /// Everything of everyone as one table instead of disclosures.
    pub area: bool,
    /// Threads; 0 means all cores.
    pub threads: usize,
}

/// What was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// People, those of the cast among them.
    pub people: u32,
    /// SIMs.
    pub sims: u32,
    /// Records of all sides (with `area` each is a row).
    pub records: u64,
}

/// Simulates a scenario into a new folder: the whole of it or nothing.
///
/// # Errors
/// A user's when the folder exists or cannot be written, or when the options do not fit.
pub fn simulate(
    _scenario: &Scenario,
    _options: &Options,
    _out: &Path,
    _progress: &dyn Fn(u32),
) -> Result<Summary, Problem> {
    Ok(Summary::default())
}
