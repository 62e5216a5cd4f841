//! Which application would answer which open question, and in which order questions are asked.

use std::collections::BTreeSet;

use super::settings::Settings;
use super::{people, succession};
use crate::facts::burst;
use crate::traffic::graph::ContactGraph;

/// The open question an application would answer; in the order in which they are asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum ApplicationQuestion {
    /// A number that may be a line, whose own data is not held.
    Line,
    /// Another number used in the line's handset.
    SameHandset,
    /// Which other SIMs sat in the line's handset.
    Handset,
    /// A number that the repeat contacts of a silent line have turned to.
    Successor,
    /// A number that the repeat contacts of a line turned from when it was first seen.
    Predecessor,
    /// A number in contact with several of those close to the line.
    Shared,
    /// A number that rings others soon after they were in contact with the line.
    Rings,
    /// Which number a repeat contact of a silent line has turned to.
    AfterSilence,
    /// A number that the line itself keeps calling.
    Crew,
    /// A number in contact with a line that leaves it out of its bulk texts.
    LeftOut,
    /// A number close to one of those close to the line.
    Circle,
}

/// Whose rows are the ground of an application.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum ApplicationGround {
    /// Communications between these numbers.
    Between(Vec<(u32, u32)>),
    /// Records of a number in a handset, and the handset's history where it names another one.
    Handset { number: u32, imei: String, other: Option<String> },
}

/// What to ask for: an identifier over a period (microseconds UTC).
#[derive(Clone, Debug, PartialEq)]
pub(super) struct ApplicationDraft {
    pub question: ApplicationQuestion,
    pub identifier: String,
    pub from: i64,
    pub to: i64,
    /// The number that may be the line.
    pub line: u32,
    /// How much speaks for it within its question: more is better.
    pub strength: u64,
    /// Numbers whose contact is the ground: those in contact with the line, those it calls, the line itself.
    pub by: Vec<u32>,
    /// How often, where a question counts something.
    pub times: usize,
    pub ground: ApplicationGround,
    /// Score of the line method, where the identifier is a possible line.
    pub score: Option<f64>,
}

/// A number that may be a line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Suspect {
    pub id: u32,
    pub score: f64,
    pub flagged: bool,
}

/// Every application worth making, best first; an identifier stands once.
pub(super) fn draft_applications(
    known: &ContactGraph,
    suspects: &[Suspect],
    settings: &Settings,
    bursts: burst::BurstRule,
) -> Vec<ApplicationDraft> {
    let mut asks = Vec::new();
    for suspect in suspects {
        succession::add_line(known, *suspect, settings, &mut asks);
        succession::add_predecessors(known, *suspect, settings, &mut asks);
        if known.number(suspect.id).is_held() {
            succession::add_handset(known, *suspect, &mut asks);
            succession::add_successors(known, *suspect, settings, &mut asks);
        }
    }
    people::add_people(known, suspects, settings, bursts, &mut asks);
    asks.sort_by(|a, b| {
        a.question
            .cmp(&b.question)
            .then_with(|| b.strength.cmp(&a.strength))
            .then_with(|| a.identifier.cmp(&b.identifier))
    });
    let mut met = BTreeSet::new();
    asks.retain(|ask| met.insert(ask.identifier.clone()));
    asks
}
