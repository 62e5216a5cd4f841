//! Strands of evidence beside co-location, one file each. Each says what speaks for a candidate and what against, and
//! nothing where the data says neither.

mod calls;
mod contacts;
mod event_anchors;
mod handset;
mod nights;
mod topups;

use std::collections::BTreeSet;

use orochi_model::{locator::Locator, problem::Problem, sentence::Sentence};

use super::spells::StateInterval;
use super::{Anchor, LineNumbers, Settings, SidedStrand, Strand};
use crate::registrations::TrackSet;
use crate::tables::Tables;
use crate::uk_clock::UkClock;
use calls::AnsweredCalls;
use handset::SharedHandsets;
use topups::TopUps;

pub(super) use contacts::CandidateContacts;

/// What is known beside movements. Place 0 of `held` is the line, candidates follow.
pub(super) struct Strands<'a> {
    held: &'a TrackSet,
    settings: &'a Settings,
    anchors: &'a [Anchor],
    handsets: SharedHandsets,
    contacts: CandidateContacts,
    calls: AnsweredCalls,
    topups: TopUps,
    clock: UkClock,
}

/// One reason for a candidate, or against it, with its rows.
struct StrandReason {
    supports: bool,
    text: String,
    evidence: Vec<Locator>,
}

impl StrandReason {
    fn supporting(text: String, evidence: Vec<Locator>) -> Self {
        Self { supports: true, text, evidence }
    }

    fn opposing(text: String, evidence: Vec<Locator>) -> Self {
        Self { supports: false, text, evidence }
    }
}

impl<'a> Strands<'a> {
    /// Reads what the strands need of the line's numbers and the candidates.
    pub(super) fn load(
        tables: &dyn Tables,
        held: &'a TrackSet,
        line: &LineNumbers<'_>,
        anchors: &'a [Anchor],
        settings: &'a Settings,
    ) -> Result<Self, Problem> {
        let (first, last) = held.tracks[0].span().unwrap_or_default();
        let candidates = candidate_numbers(held);
        let others = other_line_numbers(line);
        let parties = StrandParties { line: line.numbers, candidates: &candidates, others: &others };
        Ok(Self {
            held,
            settings,
            anchors,
            handsets: SharedHandsets::load(tables, &parties)?,
            contacts: CandidateContacts::load(tables, &parties)?,
            calls: AnsweredCalls::load(tables, &parties)?,
            topups: TopUps::load(tables, line.numbers)?,
            clock: UkClock::spanning(first, last)?,
        })
    }

    /// Who was in contact with whom.
    pub(super) fn contacts(&self) -> &CandidateContacts {
        &self.contacts
    }

    /// What they say of a candidate in a spell; `line_holders` are the places of all whose phones go with
    /// the line's at some time.
    pub(super) fn of_candidate(
        &self,
        place: usize,
        stretch: &StateInterval,
        line_holders: &BTreeSet<usize>,
    ) -> Result<Vec<SidedStrand>, Problem> {
        let (line, own) = (&self.held.tracks[0], &self.held.tracks[place]);
        let span = stretch.span();
        let mut all = Vec::new();
        let mut say = |strand: &'static str, reasons: Vec<StrandReason>| -> Result<(), Problem> {
            for StrandReason { supports, text, mut evidence } in reasons {
                evidence.truncate(self.settings.evidence_rows as usize);
                all.push(SidedStrand { supports, strand: Strand { strand, text: Sentence::fact(text)?, evidence } });
            }
            Ok(())
        };
        say("handset", self.handsets.reasons(place)?)?;
        say("overnight cells", nights::reasons(line, own, &self.clock, span, self.settings))?;
        say("contacts", self.contacts.shared_reasons(place, self.settings))?;
        let others = line_holders.iter().filter(|other| **other != place);
        let others: Vec<&str> = others.map(|other| self.held.tracks[*other].track.device.as_str()).collect();
        say("contact with others who had it", self.contacts.acquaintance_reasons(place, &others))?;
        say("contact with the line", self.contacts.direct_reasons(place, span)?)?;
        say("contact with other lines", self.contacts.other_line_reasons(place, span)?)?;
        say("calls at the same time", self.calls.reasons(place, span, self.settings)?)?;
        say("top-ups", self.topups.reasons(own, span, self.settings))?;
        let number = own.track.device.as_str();
        let anchors = self.anchors.iter().filter(|anchor| anchor.number == number);
        for anchor in anchors {
            say("anchors", event_anchors::reasons(anchor, line, &self.contacts, span, self.settings)?)?;
        }
        Ok(all)
    }
}

/// Who was in contact with whom, where no other strand is asked for.
pub(super) fn load_contacts(
    tables: &dyn Tables,
    held: &TrackSet,
    line: &LineNumbers<'_>,
) -> Result<CandidateContacts, Problem> {
    let (candidates, others) = (candidate_numbers(held), other_line_numbers(line));
    CandidateContacts::load(tables, &StrandParties { line: line.numbers, candidates: &candidates, others: &others })
}

fn candidate_numbers(held: &TrackSet) -> Vec<&str> {
    held.tracks[1..held.subjects].iter().map(|seen| seen.track.device.as_str()).collect()
}

/// Numbers of other lines.
fn other_line_numbers<'a>(line: &LineNumbers<'a>) -> BTreeSet<&'a str> {
    line.others().flatten().map(String::as_str).collect()
}

/// Whose data a strand looks at.
struct StrandParties<'a> {
    line: &'a [&'a str],
    candidates: &'a [&'a str],
    /// Numbers of other lines.
    others: &'a BTreeSet<&'a str>,
}

impl<'a> StrandParties<'a> {
    /// The place of a number: 0 for the line's, then the candidates.
    fn places(&self) -> std::collections::HashMap<&'a str, usize> {
        let candidates = (1..).zip(self.candidates).map(|(place, number)| (*number, place));
        candidates.chain(self.line.iter().map(|number| (*number, 0))).collect()
    }

    fn is_other_line(&self, number: &str) -> bool {
        self.others.contains(number)
    }

    fn all(&self) -> impl Iterator<Item = &'a str> {
        self.line.iter().chain(self.candidates).copied()
    }
}
