//! The method `lines` on one simulated folder, under every condition.

use std::path::Path;

use orochi_analysis::lines::{self, LineWeights, Settings, StudiedNumber};
use orochi_model::problem::Problem;
use serde::{Deserialize, Serialize};

use crate::{
    condition::{self, DataHeld},
    counts_cache::FolderCounts,
    label::Labels,
    outcome::LinesOutcome,
    sandbox::Sandbox,
    truth::Truth,
};

/// How to run it.
#[derive(Clone, Debug)]
pub struct LinesOptions {
    /// Thresholds of the method.
    pub settings: Settings,
    /// Weights of its score.
    pub weights: LineWeights,
    /// Threads for taking in and querying; results do not depend on it.
    pub threads: usize,
}

/// A condition, and which three customers' data is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunCondition {
    /// Whose data.
    pub held: DataHeld,
    /// How many days.
    pub days: u32,
    /// Place in [`Truth::three_customers`].
    pub asked: Option<usize>,
}

/// Calls `each` for every condition of a folder with the tables as they would be then.
///
/// # Errors
/// Those of `each`, and when the folder cannot be taken in.
pub fn every(
    folder: &Path,
    truth: &Truth,
    threads: usize,
    mut each: impl FnMut(RunCondition, &dyn orochi_analysis::tables::Tables) -> Result<(), Problem>,
) -> Result<(), Problem> {
    let first = truth.first_day()?;
    let bench = Sandbox::open(folder, threads)?;
    let windows: Vec<(u32, String)> = condition::windows(truth.days)
        .into_iter()
        .map(|days| Ok((days, condition::within(first, days)?)))
        .collect::<Result<_, Problem>>()?;
    for held in [DataHeld::Everything, DataHeld::Targets] {
        if held == DataHeld::Everything && !bench.area() {
            continue;
        }
        bench.hold(held, &condition::own_side(&truth.targets))?;
        for (days, within) in &windows {
            let run = RunCondition { held, days: *days, asked: None };
            bench.with(within, |tables| each(run, tables))?;
        }
    }
    let held = DataHeld::ThreeCustomers;
    bench.hold(held, &condition::own_side(&condition::all_customers(truth)))?;
    for (place, three) in truth.three_customers.iter().enumerate() {
        let theirs = condition::own_side(&three.customers);
        for (days, within) in &windows {
            let run = RunCondition { held, days: *days, asked: Some(place) };
            bench.with(&format!("{within} AND {theirs}"), |tables| each(run, tables))?;
        }
    }
    Ok(())
}

/// Counts what the method counts of every number of a folder, under every condition.
///
/// # Errors
/// As [`every`]; when the method fails.
pub fn count(
    folder: &Path,
    truth: &Truth,
    settings: &Settings,
    threads: usize,
) -> Result<Vec<(RunCondition, Vec<StudiedNumber>)>, Problem> {
    let mut runs = Vec::new();
    every(folder, truth, threads, |run, tables| {
        let numbers = lines::studied(tables, settings)?;
        // Customers of whom nothing was disclosed in the window show nothing, neither found nor missed.
        if run.held != DataHeld::ThreeCustomers || !numbers.is_empty() {
            runs.push((run, numbers));
        }
        Ok(())
    })?;
    Ok(runs)
}

/// Scores what was counted of a folder.
pub fn score(counted: &FolderCounts, options: &LinesOptions) -> Vec<LinesOutcome> {
    let labels = Labels::from_truth(&counted.truth);
    let of = |(run, numbers): &(RunCondition, Vec<StudiedNumber>)| {
        let ranked = lines::rank(numbers, &options.settings, &options.weights);
        LinesOutcome::from_ranking(&counted.truth, &labels, *run, &ranked)
    };
    counted.runs.iter().map(of).collect()
}
