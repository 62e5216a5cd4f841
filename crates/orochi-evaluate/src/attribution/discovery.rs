//! A line as a user comes to it: found by `lines`, its numbers joined by `succession`, then attributed.

use orochi_casework::Investigation;
use orochi_model::problem::Problem;
use serde::{Deserialize, Serialize};

use super::outcome::{AttributionOutcome, compare};
use crate::truth::{Truth, TruthLine};

/// What came of one line of the truth, of which nothing was given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Discovery {
    /// Numbers of the line of which data is held.
    pub held: u64,
    /// Those of them in the line that was found; 0 when none was.
    pub joined: u64,
    /// Numbers in the line that was found and not in the line of the truth.
    pub foreign: u64,
    /// Its spells and changes, as for a line whose numbers are given.
    #[serde(flatten)]
    pub outcome: AttributionOutcome,
}

impl Discovery {
    /// Whether any of its numbers was found.
    pub fn is_found(&self) -> bool {
        self.joined > 0
    }
}

/// Looks a line up among those that the investigation finds; `held` are its numbers of which data is held.
///
/// # Errors
/// When the views cannot be read.
pub fn discover(
    investigation: &Investigation<'_>,
    truth: &Truth,
    line: &TruthLine,
    held: &[&str],
) -> Result<Discovery, Problem> {
    let joined = |numbers: &[String]| numbers.iter().filter(|number| held.contains(&number.as_str())).count();
    let lines = investigation.flagged_lines()?;
    // The one with most of its numbers; of several, the first: lines stand in the order of their best number.
    let best = lines.iter().rev().max_by_key(|numbers| joined(numbers)).filter(|numbers| joined(numbers) > 0);
    let Some(numbers) = best else {
        let outcome = compare(truth, line, held, &[])?;
        return Ok(Discovery { held: held.len() as u64, joined: 0, foreign: 0, outcome });
    };
    let foreign = numbers.iter().filter(|number| line.numbers.iter().all(|one| one.number != **number)).count();
    let report = investigation.attribution(numbers)?;
    Ok(Discovery {
        held: held.len() as u64,
        joined: joined(numbers) as u64,
        foreign: foreign as u64,
        outcome: compare(truth, line, held, &report.findings)?,
    })
}
