//! The method on every line of every folder of a plan.

use std::path::Path;

use orochi_analysis::{
    attribution::{self, METHOD, Settings},
    colocation,
    settings::Settable,
};
use orochi_casework::{Inputs, SettingsBook};
use orochi_colocation::Model;
use orochi_model::{problem::Problem, program};
use serde::{Deserialize, Serialize};

use super::{
    discovery::{Discovery, discover},
    outcome::{AttributionOutcome, compare},
};
use crate::{
    result_cache,
    sandbox::Sandbox,
    study::{Plan, Telling, sha256},
    study_row::{Simulated, StudyHead},
    truth::{Truth, TruthLine},
};

/// How to run it.
#[derive(Clone, Debug)]
pub struct AttributionOptions {
    /// Thresholds of the method.
    pub settings: Settings,
    /// The fitted model of co-location.
    pub model: Model,
    /// Threads for taking in and querying; results do not depend on it.
    pub threads: usize,
}

/// One folder, scored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AttributionRow {
    /// The folder.
    #[serde(flatten)]
    pub folder: Simulated,
    /// Each line of which cells are held, its numbers and those of other lines given from the truth.
    pub outcomes: Vec<AttributionOutcome>,
    /// The same lines when lines and links are found as they are for a user.
    pub discoveries: Vec<Discovery>,
}

/// What rows of a plan have in common.
///
/// # Errors
/// A bug's, when the model cannot be written.
pub fn head(plan: &Plan, options: &AttributionOptions) -> Result<StudyHead, Problem> {
    let model = serde_json::to_string(&options.model)
        .map_err(|error| Problem::bug("the model cannot be written").because(error))?;
    Ok(StudyHead {
        tool: program::name().to_owned(),
        method: format!(
            "{} {}, {} {}",
            METHOD.name,
            METHOD.version,
            colocation::METHOD.name,
            colocation::METHOD.version
        ),
        settings: options.settings.values(),
        weights: sha256(model.as_bytes()),
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
    options: &AttributionOptions,
    kept: Option<&Path>,
    telling: Telling<'_>,
) -> Result<Vec<AttributionRow>, Problem> {
    let head = head(plan, options)?;
    let file = |source: &str| kept.map(|folder| folder.join(result_cache::name(METHOD.name, &head, source)));
    let before =
        |source: &str| file(source).filter(|path| path.is_file()).map(|path| result_cache::read(&path)).transpose();
    let make = |source: &str, folder: &Path, truth: &Truth, tell: Telling<'_>| {
        tell("scoring");
        let row = score(Simulated::from_truth(source, truth), folder, truth, options)?;
        file(source).map(|path| result_cache::keep(&path, &row)).transpose()?;
        Ok(row)
    };
    let mut rows = Vec::new();
    plan.each(options.threads, telling, before, make, |row| rows.push(row))?;
    Ok(rows)
}

fn score(
    simulated: Simulated,
    folder: &Path,
    truth: &Truth,
    options: &AttributionOptions,
) -> Result<AttributionRow, Problem> {
    let bench = Sandbox::open_with_cells(folder, options.threads)?;
    let known: Vec<Vec<String>> =
        truth.lines.iter().map(|line| line.numbers.iter().map(|one| one.number.clone()).collect()).collect();
    let weighing = colocation::Settings::default();
    let all = truth.lines.iter().map(|line| (line, numbers_held(truth, line)));
    let (lines, numbers): (Vec<&TruthLine>, Vec<Vec<&str>>) = all.filter(|(_, numbers)| !numbers.is_empty()).unzip();
    let outcomes = bench.whole(|tables| {
        let reports =
            attribution::attribute_each(tables, &options.settings, &weighing, &options.model, &numbers, &known)?;
        let scored = lines.iter().zip(&numbers).zip(&reports);
        scored.map(|((line, numbers), report)| compare(truth, line, numbers, &report.findings)).collect()
    })?;
    let book = SettingsBook { attribution: options.settings.clone(), ..SettingsBook::default() };
    let inputs = Inputs { book, model: options.model.clone(), anchors: Vec::new() };
    let discoveries = bench.investigate(inputs, |investigation| {
        lines.iter().zip(&numbers).map(|(line, numbers)| discover(investigation, truth, line, numbers)).collect()
    })?;
    Ok(AttributionRow { folder: simulated, outcomes, discoveries })
}

/// Numbers of a line of which data is held.
fn numbers_held<'a>(truth: &Truth, line: &'a TruthLine) -> Vec<&'a str> {
    let mut numbers: Vec<&str> = Vec::new();
    for one in &line.numbers {
        if truth.targets.contains(&one.number) && !numbers.contains(&one.number.as_str()) {
            numbers.push(&one.number);
        }
    }
    numbers
}
