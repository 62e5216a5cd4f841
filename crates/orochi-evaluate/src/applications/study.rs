//! Every line of many folders, each investigated in both orders; kept by folder, so that a long study
//! goes on where it stopped.

use std::path::Path;

use orochi_analysis::{applications::METHOD, settings::Settable};
use orochi_model::problem::Problem;
use serde::{Deserialize, Serialize};

use super::{
    investigation::{Methods, Order, Played, play},
    operators::Operators,
    participants::NumberRoles,
};
use crate::{
    conditions::LinesOptions,
    result_cache,
    sandbox::Sandbox,
    study::{Plan, Telling},
    study_row::{Simulated, StudyHead},
    truth::Truth,
};

/// One folder, investigated.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ApplicationsRow {
    /// What all rows of a study have in common.
    pub made: StudyHead,
    /// The folder.
    #[serde(flatten)]
    pub folder: Simulated,
    /// Each investigation.
    pub played: Vec<Played>,
}

/// What rows of a plan have in common.
///
/// # Errors
/// A bug's, when the weights cannot be written.
pub fn head(plan: &Plan, methods: &Methods, options: &LinesOptions) -> Result<StudyHead, Problem> {
    let head = plan.head(options)?;
    Ok(StudyHead {
        method: format!("{} {} (on {})", METHOD.name, METHOD.version, head.method),
        settings: methods.applications.values(),
        ..head
    })
}

/// The rows of a plan, in its order; `kept` is a folder in which each row is kept.
///
/// # Errors
/// The first problem; rows before it are kept.
pub fn rows(
    plan: &Plan,
    methods: &Methods,
    options: &LinesOptions,
    kept: Option<&Path>,
    telling: Telling<'_>,
) -> Result<Vec<ApplicationsRow>, Problem> {
    let head = head(plan, methods, options)?;
    let file = |source: &str| kept.map(|folder| folder.join(result_cache::name(METHOD.name, &head, source)));
    let before =
        |source: &str| file(source).filter(|path| path.is_file()).map(|path| result_cache::read(&path)).transpose();
    let make = |source: &str, folder: &Path, truth: &Truth, tell: Telling<'_>| {
        tell("reading");
        let played = investigate(folder, truth, methods, options.threads, tell)?;
        let row = ApplicationsRow { made: head.clone(), folder: Simulated::from_truth(source, truth), played };
        file(source).map(|path| result_cache::keep(&path, &row)).transpose()?;
        Ok(row)
    };
    let mut rows = Vec::new();
    plan.each(options.threads, telling, before, make, |row| rows.push(row))?;
    Ok(rows)
}

/// Investigates every line of a folder of which three customers are known, beginning with those
/// of its first such number.
///
/// # Errors
/// When the folder cannot be taken in or does not have everything of everybody; when the method fails.
pub fn investigate(
    folder: &Path,
    truth: &Truth,
    methods: &Methods,
    threads: usize,
    tell: Telling<'_>,
) -> Result<Vec<Played>, Problem> {
    let bench = Sandbox::open(folder, threads)?;
    let operators = Operators::open(&bench).map_err(|problem| problem.at(folder.display()))?;
    let parts = NumberRoles::from_truth(truth);
    let mut all = Vec::new();
    for line in &truth.lines {
        let Some(three) = truth.three_customers.iter().find(|three| three.line == line.id) else { continue };
        tell(&format!("line {} of {}", line.id, truth.lines.len()));
        for order in Order::ALL {
            all.extend(play(&operators, truth, &parts, three, order, methods)?);
        }
    }
    Ok(all)
}
