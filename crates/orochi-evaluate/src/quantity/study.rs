//! The method on every line of every folder of a plan.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use orochi_analysis::{
    lines,
    quantity::{self, Associate, FigureRange, METHOD, QuantityRequest, Settings},
    settings::Settable,
};
use orochi_model::{problem::Problem, program};
use serde::{Deserialize, Serialize};

use crate::{
    result_cache,
    sandbox::Sandbox,
    study::{Plan, Telling, sha256},
    study_row::{Simulated, StudyHead},
    truth::{Truth, TruthLine},
};

/// How to run it.
#[derive(Clone, Debug)]
pub struct QuantityOptions {
    /// Figures and thresholds of the method.
    pub settings: Settings,
    /// Where the figures come from.
    pub sources: BTreeMap<String, String>,
    /// Threads for taking in and querying; results do not depend on it.
    pub threads: usize,
}

/// One folder, scored.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct QuantityRow {
    /// The folder.
    #[serde(flatten)]
    pub folder: Simulated,
    /// Each line of which data is held.
    pub outcomes: Vec<QuantityOutcome>,
}

/// What came of one line. Weights are grams.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct QuantityOutcome {
    /// The line's name in the truth, and its style.
    pub line: String,
    /// See `line`.
    pub style: String,
    /// What it sold, in how many sales, on how many days of a buyer.
    pub sold: f64,
    /// See `sold`.
    pub sales: u64,
    /// See `sold`.
    pub buying_days: u64,
    /// Customer-days counted, those left out as a week's only one, those with short calls only.
    pub days: [u64; 3],
    /// Contacts confirmed, answered, neither; further exchanges.
    pub contacts: [u64; 4],
    /// Days without data.
    pub without_data: u64,
    /// By customer-days.
    pub by_days: Option<RangeFound>,
    /// By transactions.
    pub by_transactions: Option<RangeFound>,
}

/// A range found.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct RangeFound {
    /// Grams.
    pub low: f64,
    /// Grams.
    pub central: f64,
    /// Grams.
    pub high: f64,
}

impl From<FigureRange> for RangeFound {
    fn from(FigureRange { low, central, high }: FigureRange) -> Self {
        Self { low, central, high }
    }
}

/// What rows of a plan have in common.
pub fn head(plan: &Plan, options: &QuantityOptions) -> StudyHead {
    StudyHead {
        tool: program::name().to_owned(),
        method: format!("{} {}", METHOD.name, METHOD.version),
        settings: options.settings.values(),
        weights: sha256(format!("{:?}", options.sources).as_bytes()),
        prior: 0.5,
        changed: plan.changed(),
    }
}

/// Scores every folder of a plan; `kept` is a folder in which each row is kept.
///
/// # Errors
/// The first problem; rows before it are kept.
pub fn rows(
    plan: &Plan,
    options: &QuantityOptions,
    kept: Option<&Path>,
    telling: Telling<'_>,
) -> Result<Vec<QuantityRow>, Problem> {
    let head = head(plan, options);
    let file = |source: &str| kept.map(|folder| folder.join(result_cache::name(METHOD.name, &head, source)));
    let before =
        |source: &str| file(source).filter(|path| path.is_file()).map(|path| result_cache::read(&path)).transpose();
    let make = |source: &str, folder: &Path, truth: &Truth, tell: Telling<'_>| {
        tell("scoring");
        let row =
            QuantityRow { folder: Simulated::from_truth(source, truth), outcomes: score(folder, truth, options)? };
        file(source).map(|path| result_cache::keep(&path, &row)).transpose()?;
        Ok(row)
    };
    let mut rows = Vec::new();
    plan.each(options.threads, telling, before, make, |row| rows.push(row))?;
    Ok(rows)
}

fn score(folder: &Path, truth: &Truth, options: &QuantityOptions) -> Result<Vec<QuantityOutcome>, Problem> {
    let bench = Sandbox::open(folder, options.threads)?;
    bench.whole(|tables| {
        let mut outcomes = Vec::new();
        for line in &truth.lines {
            let numbers: BTreeSet<&str> = line.numbers.iter().map(|one| one.number.as_str()).collect();
            if !numbers.iter().any(|number| truth.targets.iter().any(|target| target == number)) {
                continue;
            }
            let asked = QuantityRequest {
                numbers: numbers.iter().map(|number| (*number).to_owned()).collect(),
                associates: associates(line, &numbers),
                periods: Vec::new(),
                sources: options.sources.clone(),
                no_sensitivity: true,
            };
            let report =
                quantity::quantity(tables, &options.settings, lines::Settings::default().burst_rule(), &asked)?;
            let (days, transactions) = (&report.methods.customer_days, &report.methods.transactions);
            outcomes.push(QuantityOutcome {
                line: line.id.clone(),
                style: line.style.clone(),
                sold: line.grams,
                sales: line.transactions,
                buying_days: line.buying_days,
                days: [days.days, days.single_days, days.short_days],
                contacts: [
                    transactions.confirmed,
                    transactions.answered,
                    transactions.potential - transactions.confirmed - transactions.answered,
                    transactions.repeats,
                ],
                without_data: report.period.without_data,
                by_days: days.estimate.as_ref().map(|one| one.grams.into()),
                by_transactions: transactions.estimate.as_ref().map(|one| one.grams.into()),
            });
        }
        Ok(outcomes)
    })
}

/// Those who work the line, as `roles` would name them at its best.
fn associates(line: &TruthLine, numbers: &BTreeSet<&str>) -> Vec<Associate> {
    let all: BTreeSet<&str> = line.crew().chain(line.work_phones.iter().map(String::as_str)).collect();
    let of = |number: &str| Associate { number: number.to_owned(), because: "the truth".to_owned() };
    all.difference(numbers).map(|number| of(number)).collect()
}
