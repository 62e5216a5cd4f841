//! One line's spells as found, against those of its truth.

use orochi_analysis::attribution::HoldingPeriod;
use orochi_model::problem::Problem;
use serde::{Deserialize, Serialize};

use crate::truth::{Truth, TruthLine, TruthSpell};

/// A spell is scored when it lasts longer than this, seconds.
const SCORED_S: i64 = 2 * 86_400;
/// A change of hand is scored between two spells at least this long, seconds: visits of hours are none.
const LASTING_S: i64 = 12 * 3_600;
/// A change is near when it is put within this of where it was, seconds.
const NEAR_S: i64 = 6 * 3_600;

/// What came of one line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttributionOutcome {
    /// The line's name in the truth, and its style.
    pub line: String,
    /// See `line`.
    pub style: String,
    /// Spells of more than two days.
    pub spells: Vec<ScoredSpell>,
    /// Changes of hand between spells of half a day or more: how many.
    pub changes: u64,
    /// How many of them are put within six hours, and how many lie within the bounds of a change that was found.
    pub near: u64,
    /// See `near`.
    pub within: u64,
    /// Changes found.
    pub found: u64,
}

/// One spell of the truth.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScoredSpell {
    /// Its length, hours, as far as the line's data goes.
    pub hours: u64,
    /// Whether the person's own phone is in the data.
    pub held: bool,
    /// Place of the person's own phone among the candidates of the spell found that overlaps it most, from 1.
    pub place: Option<u64>,
    /// Whether that spell is said to be somebody's, and whether it is this person's.
    pub said: bool,
    /// See `said`.
    pub right: bool,
}

fn second(text: &str) -> Result<i64, Problem> {
    let at = text.parse::<jiff::Timestamp>();
    at.map(jiff::Timestamp::as_second).map_err(|error| Problem::user(format!("no such time: {text}")).because(error))
}

/// A span of the truth or of a finding.
fn span(from: &str, to: &str) -> Result<(i64, i64), Problem> {
    Ok((second(from)?, second(to)?))
}

/// Compares findings with the line they are about; none where the line was not found.
///
/// # Errors
/// User kind when the truth has a time that is none.
pub fn compare(
    truth: &Truth,
    line: &TruthLine,
    numbers: &[&str],
    findings: &[HoldingPeriod],
) -> Result<AttributionOutcome, Problem> {
    let used: Vec<(i64, i64)> = line
        .numbers
        .iter()
        .filter(|one| numbers.contains(&one.number.as_str()))
        .map(|one| span(&one.from, &one.to))
        .collect::<Result<_, _>>()?;
    let first = used.iter().map(|one| one.0).min().unwrap_or(0);
    let last = used.iter().map(|one| one.1).max().unwrap_or(0);
    let found: Vec<((i64, i64), &HoldingPeriod)> =
        findings.iter().map(|one| Ok((span(&one.from, &one.to)?, one))).collect::<Result<_, Problem>>()?;
    let mut spells = Vec::new();
    for spell in &line.spells {
        let (from, to) = span(&spell.from, &spell.to)?;
        let (from, to) = (from.max(first), to.min(last));
        if to - from <= SCORED_S {
            continue;
        }
        let overlap = |one: &&((i64, i64), &HoldingPeriod)| one.0.1.min(to) - one.0.0.max(from);
        let best = found.iter().max_by_key(overlap).filter(|one| overlap(one) > 0);
        let own = |number: &str| number == spell.own_number;
        spells.push(ScoredSpell {
            hours: ((to - from) / 3_600).unsigned_abs(),
            held: truth.targets.contains(&spell.own_number),
            place: best
                .and_then(|one| one.1.candidates.iter().position(|c| own(&c.number)))
                .map(|place| place as u64 + 1),
            said: best.is_some_and(|one| one.1.best.is_some()),
            right: best.is_some_and(|one| one.1.best.as_deref().is_some_and(own)),
        });
    }
    let mut outcome = AttributionOutcome {
        line: line.id.clone(),
        style: line.style.clone(),
        spells,
        changes: 0,
        near: 0,
        within: 0,
        found: found.len().saturating_sub(1) as u64,
    };
    let lasting: Vec<(&TruthSpell, (i64, i64))> = line
        .spells
        .iter()
        .map(|spell| Ok((spell, span(&spell.from, &spell.to)?)))
        .collect::<Result<Vec<_>, Problem>>()?
        .into_iter()
        .filter(|(_, span)| span.1 - span.0 >= LASTING_S)
        .collect();
    for two in lasting.windows(2) {
        let ((before, ended), (after, began)) = (two[0], two[1]);
        if before.own_number == after.own_number || began.0 <= first || began.0 >= last {
            continue;
        }
        outcome.changes += 1;
        let mut near = false;
        let mut within = false;
        for (at, one) in found.iter().skip(1) {
            let bounds = span(&one.from_between[0], &one.from_between[1])?;
            // A visit between the two lies between the end of the one and the beginning of the other.
            near |= at.0 >= ended.1 - NEAR_S && at.0 <= began.0 + NEAR_S;
            within |= bounds.0 <= began.0 && bounds.1 >= ended.1;
        }
        outcome.near += u64::from(near);
        outcome.within += u64::from(within);
    }
    Ok(outcome)
}
