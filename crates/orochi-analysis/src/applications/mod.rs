//! What to ask for next (method `applications`; statement: `docs/methods/applications.md`).
//!
//! From the data held: which identifier's data would most change what is known of a line, in the order in which an
//! investigation asks its questions, each application with its period, its reasons and the intrusion to expect. It
//! proposes; a person applies.

mod application_draft;
mod collateral;
mod evidence;
pub(crate) mod people;
mod settings;
pub(crate) mod succession;
#[cfg(test)]
mod tests;
mod words;

use orochi_model::{
    locator::Locator,
    method::{Method, Used},
    problem::Problem,
    sentence::Sentence,
};
use serde::Serialize;

use crate::facts::burst;
use crate::lines::ScoredNumber;
use crate::settings::Settable;
use crate::tables::{Tables, rfc3339};
use crate::traffic::ContactGraph;
use application_draft::{ApplicationDraft, ApplicationQuestion, Suspect};

pub use collateral::Collateral;
pub use settings::Settings;

/// This method.
pub const METHOD: Method = Method { name: "applications", version: "3" };

/// Applications worth making, best first.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ApplicationsReport {
    /// Name, version and settings of the method.
    pub method: Used,
    /// The numbers taken for possible lines.
    pub lines: Vec<PossibleLine>,
    /// What to apply for, best first.
    pub applications: Vec<Application>,
}

/// A number taken for a possible line.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PossibleLine {
    /// The number.
    pub number: String,
    /// Score of the method `lines`.
    pub score: f64,
    /// Whether that method flags it.
    pub flagged: bool,
    /// Whether its own call data is held.
    pub held: bool,
}

/// One application.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Application {
    /// A number (E.164) or the first 14 digits of an IMEI.
    pub identifier: String,
    /// `call data` of a number, or `handset history` of an IMEI.
    pub data: &'static str,
    /// First instant asked for, RFC 3339 in UTC.
    pub from: String,
    /// Last instant asked for.
    pub to: String,
    /// The possible line it is about.
    pub line: String,
    /// For the necessity section.
    pub necessity: Sentence,
    /// For the proportionality section.
    pub proportionality: Sentence,
    /// Numbers to expect in the result that were not known before.
    pub collateral: Collateral,
    /// Rows of the data held that are its ground.
    pub evidence: Vec<Locator>,
}

/// An identifier whose data was applied for, over a period (microseconds UTC), whether the result is in or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applied {
    /// A number (E.164) or the first 14 digits of an IMEI.
    pub identifier: String,
    /// First instant.
    pub from: i64,
    /// Last instant.
    pub to: i64,
}

/// Proposes applications from the views `events`, `event_records`, `records` and `handsets`; `ranked` are all numbers
/// as the method `lines` ranks them, best first, and `bursts` is that method's rule of a burst. What was `applied` for
/// is not proposed again.
///
/// # Errors
/// When the views cannot be read.
pub fn propose(
    tables: &dyn Tables,
    settings: &Settings,
    bursts: burst::BurstRule,
    ranked: &[ScoredNumber<'_>],
    applied: &[Applied],
) -> Result<ApplicationsReport, Problem> {
    let known = ContactGraph::load(tables, &applied.iter().map(|one| one.identifier.as_str()).collect())?;
    let suspects = suspects(&known, settings, ranked);
    let mut asks = application_draft::draft_applications(&known, &suspects, settings, bursts);
    asks.retain(|ask| {
        let answered = |one: &Applied| one.identifier == ask.identifier && one.from <= ask.from && one.to >= ask.to;
        !applied.iter().any(answered)
    });
    asks.truncate(settings.most as usize);
    let applications =
        asks.iter().map(|ask| application(tables, &known, &suspects, ask, settings)).collect::<Result<_, Problem>>()?;
    Ok(ApplicationsReport {
        method: METHOD.used(settings.list()),
        lines: suspects
            .iter()
            .map(|suspect| {
                let number = known.number(suspect.id);
                PossibleLine {
                    number: number.name.clone(),
                    score: suspect.score,
                    flagged: suspect.flagged,
                    held: number.is_held(),
                }
            })
            .collect(),
        applications,
    })
}

/// Flagged numbers; where there is none, the few highest that the numbers held have in common.
fn suspects(known: &ContactGraph, settings: &Settings, ranked: &[ScoredNumber<'_>]) -> Vec<Suspect> {
    let all_held = known.numbers.iter().filter(|number| number.is_held()).count();
    let least = (settings.suspect_contacts as usize).min(all_held);
    let mut suspects: Vec<Suspect> = Vec::new();
    let mut flagged = false;
    for scored in ranked {
        if scored.score < settings.suspect_score && !scored.flagged {
            break;
        }
        let Some(id) = known.find(scored.number).filter(|id| known.number(*id).is_carried_phone()) else { continue };
        let number = known.number(id);
        flagged |= scored.flagged;
        let shared = number.contacts.iter().filter(|other| known.number(**other).is_held()).count() >= least;
        // A number whose data is held and that is not flagged has been looked at, unless none ranks higher. Once one
        // has, only what comes close to it is worth the same question.
        let close = suspects.first().is_none_or(|first| scored.score >= settings.suspect_share * first.score);
        let open = (!number.is_held() || suspects.is_empty()) && close;
        if scored.flagged || (open && shared && suspects.len() < settings.suspects as usize) {
            suspects.push(Suspect { id, score: scored.score, flagged: scored.flagged });
        }
    }
    if flagged {
        suspects.retain(|suspect| suspect.flagged);
    }
    suspects
}

fn application(
    tables: &dyn Tables,
    known: &ContactGraph,
    suspects: &[Suspect],
    ask: &ApplicationDraft,
    settings: &Settings,
) -> Result<Application, Problem> {
    let collateral = collateral::expected_collateral(known, suspects, ask, settings);
    Ok(Application {
        identifier: ask.identifier.clone(),
        data: if ask.question == ApplicationQuestion::Handset { "handset history" } else { "call data" },
        from: rfc3339(ask.from)?,
        to: rfc3339(ask.to)?,
        line: known.number(ask.line).name.clone(),
        necessity: words::necessity(known, suspects, ask)?,
        proportionality: words::proportionality(ask, &collateral)?,
        collateral,
        evidence: evidence::ground_rows(tables, known, &ask.ground, settings)?,
    })
}
