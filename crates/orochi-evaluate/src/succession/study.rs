//! The method on every folder of a plan, under every condition; kept by folder, so that a long study goes on where it
//! stopped and weights can be fitted to it.

use std::path::Path;

use orochi_analysis::{
    settings::Settable,
    succession::{self, METHOD, Settings, SuccessionWeights},
};
use orochi_model::{problem::Problem, program};
use serde::{Deserialize, Serialize};

use super::{
    outcome,
    outcome::{PairCase, SuccessionOutcome},
    pairs::Chains,
};
use crate::{
    condition::DataHeld,
    conditions, result_cache,
    study::{Plan, Telling, sha256},
    study_row::{Simulated, StudyHead},
    truth::Truth,
};

/// How to run it.
#[derive(Clone, Debug)]
pub struct SuccessionOptions {
    /// Thresholds of the method.
    pub settings: Settings,
    /// Weights of its score.
    pub weights: SuccessionWeights,
    /// Threads for taking in and querying; results do not depend on it.
    pub threads: usize,
}

/// One folder, scored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SuccessionRow {
    /// What all rows of a study have in common.
    pub made: StudyHead,
    /// The folder.
    #[serde(flatten)]
    pub folder: Simulated,
    /// Each run.
    pub outcomes: Vec<SuccessionOutcome>,
    /// The pairs of all runs that weights are fitted to.
    pub cases: Vec<PairCase>,
}

/// What rows of a plan have in common.
///
/// # Errors
/// A bug's, when the weights cannot be written.
pub fn head(plan: &Plan, options: &SuccessionOptions) -> Result<StudyHead, Problem> {
    Ok(StudyHead {
        tool: program::name().to_owned(),
        method: format!("{} {}", METHOD.name, METHOD.version),
        settings: options.settings.values(),
        weights: sha256(options.weights.write()?.as_bytes()),
        prior: 0.5,
        changed: plan.changed(),
    })
}

/// Scores every folder of a plan; `kept` is a folder in which each row is kept.
///
/// # Errors
/// The first problem; rows before it are kept.
pub fn rows(
    plan: &Plan,
    options: &SuccessionOptions,
    kept: Option<&Path>,
    telling: Telling<'_>,
) -> Result<Vec<SuccessionRow>, Problem> {
    let head = head(plan, options)?;
    let file = |source: &str| kept.map(|folder| folder.join(result_cache::name(METHOD.name, &head, source)));
    let before =
        |source: &str| file(source).filter(|path| path.is_file()).map(|path| result_cache::read(&path)).transpose();
    let make = |source: &str, folder: &Path, truth: &Truth, tell: Telling<'_>| {
        tell("scoring");
        let (outcomes, cases) = score(folder, truth, options)?;
        let row = SuccessionRow { made: head.clone(), folder: Simulated::from_truth(source, truth), outcomes, cases };
        file(source).map(|path| result_cache::keep(&path, &row)).transpose()?;
        Ok(row)
    };
    let mut rows = Vec::new();
    plan.each(options.threads, telling, before, make, |row| rows.push(row))?;
    Ok(rows)
}

fn score(
    folder: &Path,
    truth: &Truth,
    options: &SuccessionOptions,
) -> Result<(Vec<SuccessionOutcome>, Vec<PairCase>), Problem> {
    let chains = Chains::from_truth(truth)?;
    let (mut outcomes, mut cases) = (Vec::new(), Vec::new());
    conditions::every(folder, truth, options.threads, |run, tables| {
        let pairs = succession::scored(tables, &options.settings, &options.weights)?;
        let (outcome, more) = outcome::compare(truth, &chains, run, tables, &pairs)?;
        // Customers of whom nothing was disclosed show nothing, neither found nor missed.
        if run.held != DataHeld::ThreeCustomers || !pairs.is_empty() || !outcome.found.is_empty() {
            outcomes.push(outcome);
        }
        cases.extend(more);
        Ok(())
    })?;
    Ok((outcomes, cases))
}
