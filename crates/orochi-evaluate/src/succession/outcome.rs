//! One run of the method compared with the truth.

use std::collections::{BTreeMap, BTreeSet};

use orochi_analysis::{
    succession::{ScoredPair, parts::SuccessionPartValues},
    tables::Tables,
};
use orochi_model::problem::Problem;
use serde::{Deserialize, Serialize};

use super::pairs::{Chains, What};
use super::visibility::{LEAST_SHARED, Visibility};
use crate::{condition::DataHeld, conditions::RunCondition, measure::proportion::Proportion, truth::Truth};

/// How a run went.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SuccessionOutcome {
    /// Whose data was held.
    pub held: DataHeld,
    /// Length of the window in days.
    pub days: u32,
    /// The line whose three customers' data it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked: Option<String>,
    /// Steps that are seen, by what goes on, and how many were linked.
    pub found: BTreeMap<What, Proportion>,
    /// Steps of which too little is seen, and how many were linked all the same.
    pub hardly: Proportion,
    /// Linked pairs with a line's number in them, and how many of them are right.
    pub of_lines: Proportion,
    /// All linked pairs, likewise.
    pub of_all: Proportion,
    /// What was missed or linked wrongly.
    pub faults: Vec<Fault>,
}

/// A step that was not linked, or a link that is no step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fault {
    /// `missed` or `wrong`.
    pub what: String,
    /// What goes on; none of a wrong link.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub which: Option<What>,
    /// The old number.
    pub from: String,
    /// The new number.
    pub to: String,
    /// The pair's score; 0 where it was not listed.
    pub score: f64,
}

/// A pair, for the fitting of weights.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PairCase {
    /// Whether it is a step.
    pub right: bool,
    /// The parts of its score.
    pub parts: SuccessionPartValues,
}

/// Pairs below this score are no cases: no weights near those assumed would link them.
const WORTH: f64 = 0.001;

/// Compares scored pairs with the truth.
pub(super) fn compare(
    truth: &Truth,
    chains: &Chains,
    run: RunCondition,
    tables: &dyn Tables,
    pairs: &[ScoredPair],
) -> Result<(SuccessionOutcome, Vec<PairCase>), Problem> {
    let seen = Visibility::load(tables, chains.numbers())?;
    let scores: BTreeMap<(&str, &str), f64> =
        pairs.iter().map(|it| ((it.from.as_str(), it.to.as_str()), it.score)).collect();
    let linked: BTreeSet<(&str, &str)> =
        pairs.iter().filter(|it| it.linked).map(|it| (it.from.as_str(), it.to.as_str())).collect();
    let mut outcome = SuccessionOutcome {
        held: run.held,
        days: run.days,
        asked: run.asked.and_then(|place| truth.three_customers.get(place)).map(|three| three.line.clone()),
        found: BTreeMap::new(),
        hardly: Proportion::default(),
        of_lines: Proportion::default(),
        of_all: Proportion::default(),
        faults: Vec::new(),
    };
    let steps = chains.steps(|number| seen.often(number));
    let plain: BTreeSet<(&str, &str)> = steps.iter().map(|(from, to, _)| (*from, *to)).collect();
    for (from, to, which) in steps {
        let has = linked.contains(&(from, to));
        if seen.shared(from, to) < LEAST_SHARED {
            outcome.hardly.count(has);
            continue;
        }
        outcome.found.entry(which).or_default().count(has);
        if !has {
            let score = scores.get(&(from, to)).copied().unwrap_or(0.0);
            outcome.faults.push(Fault {
                what: "missed".into(),
                which: Some(which),
                from: from.into(),
                to: to.into(),
                score,
            });
        }
    }
    for (from, to) in linked {
        // A step over a number of which something is seen leaves that number out: wrong. One to or from a
        // number hardly seen is right.
        let both = seen.often(from) && seen.often(to);
        let right = chains.follows(from, to) && (plain.contains(&(from, to)) || !both);
        outcome.of_all.count(right);
        if chains.line(from) || chains.line(to) {
            outcome.of_lines.count(right);
        }
        if !right {
            let score = scores.get(&(from, to)).copied().unwrap_or(0.0);
            outcome.faults.push(Fault { what: "wrong".into(), which: None, from: from.into(), to: to.into(), score });
        }
    }
    let case = |it: &ScoredPair| {
        let (from, to) = (it.from.as_str(), it.to.as_str());
        let right = plain.contains(&(from, to));
        // Two numbers of one chain with others between them are neither a step nor strangers.
        let take = right || it.score >= WORTH && !chains.follows(from, to);
        take.then(|| PairCase { right, parts: it.parts.map(|value| (value * 1e4).round() / 1e4) })
    };
    let cases = pairs.iter().filter_map(case).collect();
    Ok((outcome, cases))
}
