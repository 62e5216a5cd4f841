//! What the score of each number is made from, apart from the events: for scoring again with other weights, and for
//! fitting weights to numbers of which the truth is known.

use orochi_model::{party::kind_of, problem::Problem};

use super::number_class::{DataSessions, NumberClass};
use super::parts::{self, LinePartValues};
use super::profile::{Profile, ProfileWorkings};
use super::report::ScoredNumber;
use super::score::{self, LineVerdict, weigh};
use super::{LineStudy, LineWeights, Settings, rank_order, uk_clock};
use crate::tables::Tables;
use crate::traffic::event_store::{EVENTS_IN_MEMORY, EventStore};

/// One number of the data, with what was counted of it.
#[derive(Clone, Debug, PartialEq)]
pub struct StudiedNumber {
    /// Canonical text of the number.
    pub number: String,
    /// Communications it received, unset clocks apart.
    pub received: u32,
    /// What was counted, and what is known of its data sessions; nothing of a number contacted less
    /// often than `least_incoming`.
    pub counted: Option<(Profile, DataSessions)>,
}

impl StudiedNumber {
    fn class(&self) -> NumberClass {
        NumberClass::from_number(&self.number, kind_of(&self.number))
    }

    fn verdict(&self, settings: &Settings, weights: &LineWeights) -> LineVerdict {
        verdict(self.counted.as_ref().map(|(profile, data)| (profile, *data)), self.class(), settings, weights)
    }

    /// The parts of its score; none when nothing was counted.
    pub fn parts(&self) -> Option<LinePartValues> {
        self.counted.as_ref().map(|(profile, data)| parts::values(profile, self.class(), *data))
    }

    /// Whether one of the two patterns holds: without, the score is halved and the number never flagged.
    pub fn pattern(&self, settings: &Settings) -> bool {
        self.counted.as_ref().is_some_and(|(profile, _)| score::pattern(profile, self.class(), settings))
    }
}

/// The verdict on a number; one of which nothing was counted is never flagged.
pub(super) fn verdict(
    counted: Option<(&Profile, DataSessions)>,
    class: NumberClass,
    settings: &Settings,
    weights: &LineWeights,
) -> LineVerdict {
    match counted {
        Some((profile, data)) => weigh(profile, class, data, settings, weights),
        None => LineVerdict {
            flagged: false,
            ..weigh(&Profile::default(), class, DataSessions::Unknown, settings, weights)
        },
    }
}

/// Every number of the views `events`, `event_records` and `records` with what was counted of it, sorted by number.
///
/// # Errors
/// When the views cannot be read.
pub fn studied(tables: &dyn Tables, settings: &Settings) -> Result<Vec<StudiedNumber>, Problem> {
    let mut store = EventStore::load(tables, EVENTS_IN_MEMORY)?;
    let events = store.events.take();
    let study = LineStudy { clock: uk_clock(&store)?, store: &store, settings, weights: LineWeights::shipped()? };
    let candidates = study.candidates();
    let mut counted = vec![None; store.parties.len()];
    let keep = |id: u32, profile: &Profile, _: &ProfileWorkings| (id, (profile.clone(), study.data(id, profile)));
    for (id, found) in study.map_numbers(tables, events.as_deref(), &candidates, EVENTS_IN_MEMORY, keep)? {
        counted[id as usize] = Some(found);
    }
    let numbers = store.names.iter().zip(&store.parties).zip(counted);
    let mut studied: Vec<StudiedNumber> = numbers
        .map(|((name, party), counted)| StudiedNumber { number: name.to_string(), received: party.received, counted })
        .collect();
    studied.sort_unstable_by(|a, b| a.number.cmp(&b.number));
    Ok(studied)
}

/// The numbers with their scores, best first, as [`super::lines_weighed`] ranks them.
pub fn rank<'a>(studied: &'a [StudiedNumber], settings: &Settings, weights: &LineWeights) -> Vec<ScoredNumber<'a>> {
    let mut ranked: Vec<ScoredNumber<'a>> = studied
        .iter()
        .map(|one| {
            let LineVerdict { score, flagged } = one.verdict(settings, weights);
            ScoredNumber { number: &one.number, score, flagged, received: one.received }
        })
        .collect();
    ranked.sort_unstable_by(|a, b| rank_order((a.score, a.received, a.number), (b.score, b.received, b.number)));
    ranked
}

/// The numbers that are flagged, best first.
///
/// # Errors
/// When the views cannot be read.
pub fn flagged(tables: &dyn Tables, settings: &Settings) -> Result<Vec<String>, Problem> {
    let studied = studied(tables, settings)?;
    let ranked = rank(&studied, settings, LineWeights::shipped()?);
    Ok(ranked.iter().filter(|one| one.flagged).map(|one| one.number.to_owned()).collect())
}
