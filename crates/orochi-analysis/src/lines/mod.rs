//! Which numbers behave like deal lines (method `lines`; statement: `docs/methods/lines.md`).
//!
//! Two phases. One pass over the events holds them in 20 bytes each and counts for every party what is needed to set
//! aside those contacted too seldom. Then each remaining number's events are studied by themselves, on all processors;
//! results are sorted by score and name, so nothing depends on which came first.

mod exchanges;
mod number_class;
pub mod parts;
mod profile;
mod reasons;
mod report;
mod score;
mod settings;
mod studied;
mod weights;

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use orochi_model::{method::Method, problem::Problem};

use crate::reason_draft::ReasonDraft;
use crate::settings::Settable;
use crate::tables::Tables;
use crate::traffic::event_store::{CompactEvent, EVENTS_IN_MEMORY, EventStore, PartyCounts};
use crate::traffic::number_events::NumberEvent;
use crate::traffic::rows::RowTable;
use crate::uk_clock::UkClock;
use number_class::NumberClass;
use profile::{ProfileWorkings, study_number};
use report::{BriefReason, DetailedReason, RankedNumber};
use score::{LineVerdict, weigh};

pub use number_class::DataSessions;
pub use profile::Profile;
pub use report::{LineFinding, LinesReport, ScoredNumber};
pub use settings::Settings;
pub use studied::{StudiedNumber, flagged, rank, studied};
pub use weights::LineWeights;

/// This method.
pub const METHOD: Method = Method { name: "lines", version: "4" };

/// Ranks every number of the views `events`, `event_records` and `records`.
///
/// # Errors
/// When the views cannot be read.
pub fn lines(tables: &dyn Tables, settings: &Settings) -> Result<LinesReport, Problem> {
    lines_weighed(tables, settings, LineWeights::shipped()?)
}

/// As [`lines`], with other weights.
///
/// # Errors
/// As [`lines`].
pub fn lines_weighed(tables: &dyn Tables, settings: &Settings, weights: &LineWeights) -> Result<LinesReport, Problem> {
    lines_holding(tables, settings, weights, EVENTS_IN_MEMORY)
}

/// As [`lines_weighed`], holding at most so many events at once; the result does not depend on it.
fn lines_holding(
    tables: &dyn Tables,
    settings: &Settings,
    weights: &LineWeights,
    held: usize,
) -> Result<LinesReport, Problem> {
    let mut store = EventStore::load(tables, held)?;
    let events = store.events.take();
    let study = LineStudy { clock: uk_clock(&store)?, store: &store, settings, weights };
    let candidates = study.candidates();

    let of = |id: u32, profile: &Profile, _: &ProfileWorkings| NumberSummary::from_profile(&study, id, profile);
    let summaries = study.map_numbers(tables, events.as_deref(), &candidates, held, of)?;
    let mut ranked = study.rank(&summaries);

    let detailed: Vec<u32> = ranked
        .iter()
        .enumerate()
        .filter(|(place, (_, entry))| {
            entry.flagged || (*place < settings.detailed as usize && matches!(entry.brief, BriefReason::Studied { .. }))
        })
        .map(|(_, (id, _))| *id)
        .collect();
    let reasons = |id: u32, profile: &Profile, workings: &ProfileWorkings| (id, study.reasons(id, profile, workings));
    let drafts = study.map_numbers(tables, events.as_deref(), &detailed, held, reasons)?;
    drop(events);
    build_report(tables, &study, &mut ranked, drafts)
}

/// Turns events into rows and puts the report together.
fn build_report(
    tables: &dyn Tables,
    study: &LineStudy<'_>,
    ranked: &mut [(u32, RankedNumber)],
    drafts: Vec<(u32, Result<Vec<ReasonDraft>, Problem>)>,
) -> Result<LinesReport, Problem> {
    let drafts: Vec<(u32, Vec<ReasonDraft>)> =
        drafts.into_iter().map(|(id, drafts)| drafts.map(|drafts| (id, drafts))).collect::<Result<_, _>>()?;
    let mut wanted: Vec<u32> = drafts.iter().flat_map(|(_, d)| d).flat_map(|d| d.events.iter().copied()).collect();
    let detailed: HashMap<u32, u32> = drafts.iter().zip(0..).map(|((id, _), place)| (*id, place)).collect();
    wanted.extend(
        ranked
            .iter()
            .filter(|(id, _)| !detailed.contains_key(id))
            .map(|(id, _)| study.store.parties[*id as usize].first_event),
    );
    let rows = RowTable::load(tables, wanted)?;
    for (id, entry) in ranked.iter_mut() {
        entry.details = detailed.get(id).copied();
        if entry.details.is_none() {
            entry.row = rows.rows_of(study.store.parties[*id as usize].first_event).next();
        }
    }
    let most = study.settings.evidence_rows as usize;
    let details: Vec<Vec<DetailedReason>> = drafts
        .into_iter()
        .map(|(_, drafts)| {
            drafts
                .into_iter()
                .map(|draft| DetailedReason {
                    text: draft.text,
                    supports: draft.supports,
                    rows: draft.events.iter().flat_map(|&e| rows.rows_of(e)).take(most).collect(),
                })
                .collect()
        })
        .collect();
    let ranked = ranked.iter().map(|(_, entry)| entry.clone()).collect();
    Ok(LinesReport { settings: study.settings.list(), ranked, details, rows: rows.without_events() })
}

fn uk_clock(store: &EventStore) -> Result<UkClock, Problem> {
    let used = store.parties.iter().filter(|party| party.first <= party.last);
    let first = used.clone().map(|party| party.first).min().unwrap_or(0);
    let last = used.map(|party| party.last).max().unwrap_or(0);
    // A damaged year must not make a table of centuries; later times keep the last offset.
    UkClock::spanning(first / 1_000_000, (last / 1_000_000).min(4_102_444_800))
}

/// Best first: by score, then by how much was received, then by name, so that no two numbers share a place.
fn rank_order(a: (f64, u32, &str), b: (f64, u32, &str)) -> std::cmp::Ordering {
    b.0.total_cmp(&a.0).then_with(|| b.1.cmp(&a.1)).then_with(|| a.2.cmp(b.2))
}

/// Cuts the candidates into shares whose events fit in memory together.
fn memory_shares(store: &EventStore, candidates: &[u32], held: usize) -> Vec<Vec<u32>> {
    let mut shares = vec![Vec::new()];
    let mut sum = 0usize;
    for &id in candidates {
        let party = &store.parties[id as usize];
        let size = party.received as usize + party.made as usize;
        if sum > 0 && sum.saturating_add(size) > held {
            shares.push(Vec::new());
            sum = 0;
        }
        sum += size;
        if let Some(share) = shares.last_mut() {
            share.push(id);
        }
    }
    shares.retain(|share| !share.is_empty());
    shares
}

/// What is kept of every number studied.
struct NumberSummary {
    id: u32,
    verdict: LineVerdict,
    bursts: u32,
    recipients: u32,
    regulars: u32,
    brief: BriefReason,
}

impl NumberSummary {
    fn from_profile(study: &LineStudy<'_>, id: u32, p: &Profile) -> Self {
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self {
            id,
            verdict: weigh(p, study.class(id), study.data(id, p), study.settings, study.weights),
            bursts: number(p.bursts),
            recipients: number(p.base),
            regulars: number(p.regulars),
            brief: BriefReason::Studied {
                contacts: number(p.contacts),
                parties: number(p.parties),
                regulars: number(p.regulars),
                exchanges: number(p.exchanges),
                own_percent: (p.own_share * 100.0).round() as u8,
            },
        }
    }
}

struct LineStudy<'a> {
    store: &'a EventStore,
    clock: UkClock,
    settings: &'a Settings,
    weights: &'a LineWeights,
}

impl LineStudy<'_> {
    /// Numbers contacted often enough to be studied.
    fn candidates(&self) -> Vec<u32> {
        let often = |party: &PartyCounts| f64::from(party.received) >= self.settings.least_incoming;
        (0..).zip(&self.store.parties).filter(|(_, party)| often(party)).map(|(id, _)| id).collect()
    }

    fn class(&self, id: u32) -> NumberClass {
        NumberClass::from_number(&self.store.names[id as usize], self.store.parties[id as usize].kind)
    }

    fn data(&self, id: u32, profile: &Profile) -> DataSessions {
        let own = self.store.parties[id as usize].own;
        if self.store.data_users.contains(&id) {
            DataSessions::Some
        } else if !self.store.data_users.is_empty() && profile.held && own >= 30 && profile.days >= 3.0 {
            DataSessions::None
        } else {
            DataSessions::Unknown
        }
    }

    fn reasons(&self, id: u32, profile: &Profile, workings: &ProfileWorkings) -> Result<Vec<ReasonDraft>, Problem> {
        let party = &self.store.parties[id as usize];
        let most = self.settings.evidence_rows as usize;
        let unset = self.store.unset.iter().filter(|(_, a, b)| *a == id || *b == id);
        let mut unset_events: Vec<u32> = unset.map(|(event, _, _)| *event).collect();
        unset_events.sort_unstable();
        unset_events.truncate(most);
        reasons::draft_reasons(&reasons::ReasonInputs {
            profile,
            workings,
            class: self.class(id),
            data: self.data(id, profile),
            unset_clock: party.unset_clock,
            unset_events,
            first_event: party.first_event,
            runner: workings.runner.map(|runner| &*self.store.names[runner as usize]),
            parties: &self.store.parties,
            settings: self.settings,
        })
    }

    /// Every party, best first.
    fn rank(&self, summaries: &[NumberSummary]) -> Vec<(u32, RankedNumber)> {
        let mut studied: Vec<Option<&NumberSummary>> = vec![None; self.store.parties.len()];
        for summary in summaries {
            studied[summary.id as usize] = Some(summary);
        }
        let unknown = |class| studied::verdict(None, class, self.settings, self.weights);
        let (any, fixed, sender) =
            (unknown(NumberClass::Any), unknown(NumberClass::Fixed), unknown(NumberClass::Sender));
        let mut ranked: Vec<(u32, RankedNumber)> = (0..)
            .zip(&self.store.parties)
            .map(|(id, party)| {
                let summary = studied[id as usize];
                let verdict = summary.map_or_else(
                    || match self.class(id) {
                        NumberClass::Any => any,
                        NumberClass::Fixed => fixed,
                        NumberClass::Sender => sender,
                    },
                    |summary| summary.verdict,
                );
                let entry = RankedNumber {
                    name: self.store.names[id as usize].clone(),
                    score: verdict.score,
                    flagged: verdict.flagged,
                    first: party.first,
                    last: party.last,
                    bursts: summary.map(|s| s.bursts),
                    recipients: summary.map(|s| s.recipients),
                    regulars: summary.map(|s| s.regulars),
                    received: party.received,
                    brief: summary.map_or(BriefReason::TooLittle, |s| s.brief),
                    row: None,
                    details: None,
                };
                (id, entry)
            })
            .collect();
        ranked.sort_unstable_by(|(_, a), (_, b)| {
            rank_order((a.score, a.received, &a.name), (b.score, b.received, &b.name))
        });
        ranked
    }

    /// What `keep` makes of each of these numbers, in their order; where `events` are not held, read again for as many
    /// numbers at once as have `held` of them.
    fn map_numbers<T: Send>(
        &self,
        tables: &dyn Tables,
        events: Option<&[CompactEvent]>,
        numbers: &[u32],
        held: usize,
        keep: impl Fn(u32, &Profile, &ProfileWorkings) -> T + Sync,
    ) -> Result<Vec<T>, Problem> {
        let mut kept = Vec::with_capacity(numbers.len());
        for share in memory_shares(self.store, numbers, if events.is_some() { usize::MAX } else { held }) {
            self.map_share(tables, events, &share, &keep, &mut kept)?;
        }
        Ok(kept)
    }

    /// Studies the numbers of one share on all processors and adds what `keep` makes of each to
    /// `kept`, in the share's order.
    fn map_share<T: Send>(
        &self,
        tables: &dyn Tables,
        events: Option<&[CompactEvent]>,
        share: &[u32],
        keep: impl Fn(u32, &Profile, &ProfileWorkings) -> T + Sync,
        kept: &mut Vec<T>,
    ) -> Result<(), Problem> {
        let mut slots = vec![u32::MAX; self.store.parties.len()];
        for (slot, &id) in (0..).zip(share) {
            slots[id as usize] = slot;
        }
        let again;
        let events = match events {
            Some(events) => events,
            None => {
                let wanted: Vec<bool> = slots.iter().map(|&slot| slot != u32::MAX).collect();
                again = self.store.reload_for(tables, &wanted)?;
                &again
            }
        };
        let (starts, places) = by_number(events, &slots, share.len());
        let next = AtomicUsize::new(0);
        let cancellation = tables.cancellation();
        let work = || {
            let mut made = Vec::new();
            loop {
                let from = next.fetch_add(STRIDE, Ordering::Relaxed);
                if from >= share.len() || cancellation.is_raised() {
                    return made;
                }
                for slot in from..(from + STRIDE).min(share.len()) {
                    let id = share[slot];
                    let mut items: Vec<NumberEvent> = places[starts[slot] as usize..starts[slot + 1] as usize]
                        .iter()
                        .map(|&i| NumberEvent::from_event(&events[i as usize], id))
                        .collect();
                    items.sort_unstable_by_key(|item| (item.at, item.id));
                    let (profile, workings) = study_number(self.store, id, items, &self.clock, self.settings);
                    made.push((slot, keep(id, &profile, &workings)));
                }
            }
        };
        let threads = std::thread::available_parallelism().map_or(1, usize::from).min(16);
        let mut made: Vec<(usize, T)> = Vec::with_capacity(share.len());
        std::thread::scope(|scope| {
            let handles: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
            for handle in handles {
                match handle.join() {
                    Ok(part) => made.extend(part),
                    Err(panic) => std::panic::resume_unwind(panic),
                }
            }
        });
        cancellation.check()?;
        made.sort_unstable_by_key(|(slot, _)| *slot);
        kept.extend(made.into_iter().map(|(_, kept)| kept));
        Ok(())
    }
}

/// Numbers a thread takes at a time.
const STRIDE: usize = 64;

/// Places of each wanted number's events: those of slot `s` lie in `places[starts[s]..starts[s + 1]]`.
fn by_number(events: &[CompactEvent], slots: &[u32], count: usize) -> (Vec<u32>, Vec<u32>) {
    let mut starts = vec![0u32; count + 1];
    let parties = |event: &CompactEvent| [slots[event.a as usize], slots[event.b as usize]];
    for slot in events.iter().flat_map(parties).filter(|&slot| slot != u32::MAX) {
        starts[slot as usize + 1] += 1;
    }
    for slot in 0..count {
        starts[slot + 1] += starts[slot];
    }
    let mut next = starts.clone();
    let mut places = vec![0u32; starts[count] as usize];
    for (place, event) in (0..).zip(events) {
        for slot in parties(event).into_iter().filter(|&slot| slot != u32::MAX) {
            places[next[slot as usize] as usize] = place;
            next[slot as usize] += 1;
        }
    }
    (starts, places)
}

#[cfg(test)]
mod tests;
