//! Which number continues another one's line (method `succession`; statement: `docs/methods/succession.md`).
//!
//! One pass over the events makes contacts and times of use ([`contacts`]). Numbers whose use ended and numbers whose
//! use began inside the data are paired through their contacts ([`candidates`]), scored ([`parts`]) and matched
//! together, round by round ([`matching`]). The best pairs are then looked at closely, in their events
//! ([`pair_traffic`]) and own records ([`device_continuity`]), and matched once more. Neither number's own data is
//! needed.

mod assign;
mod candidates;
mod chains;
mod change;
mod contacts;
mod device_continuity;
mod matching;
mod pair_traffic;
pub mod parts;
mod reasons;
mod report;
mod settings;
mod weights;

use std::collections::{BTreeSet, HashSet};

use orochi_model::{method::Method, problem::Problem};

use crate::reason_draft::ReasonDraft;
use crate::settings::Settable;
use crate::tables::Tables;
use chains::{NumberChains, NumberPair};
use change::NumberLife;
use contacts::ContactIndex;
use device_continuity::DeviceRecords;
use matching::{EvidenceByPair, MatchOutcome, PairEvidence, PairMatch, match_numbers};
use pair_traffic::{PairTraffic, TrafficEvidence};

pub use assign::LinkKind;
pub use report::{SuccessionFinding, SuccessionReport};
pub use settings::Settings;
pub use weights::SuccessionWeights;

/// This method.
pub const METHOD: Method = Method { name: "succession", version: "2" };

/// Pairs whose events and own records are read, best first: bounds memory.
const PAIRS_READ: usize = 3_000;
/// Pairs below this score without their events would not be linked with them.
const HOPELESS: f64 = 0.01;

/// Pairs of numbers of which one may continue the other's line, from the views `events`,
/// `event_records`, `records` and `cells`.
///
/// # Errors
/// When the views cannot be read.
pub fn succession(tables: &dyn Tables, settings: &Settings) -> Result<SuccessionReport, Problem> {
    let SuccessionRun { contacts, traffic, records, matched } =
        SuccessionRun::load(tables, settings, SuccessionWeights::shipped()?)?;
    let MatchOutcome { pairs, chains } = matched;
    let view = ReasonContext { contacts: &contacts, chains: &chains, traffic: &traffic, records: &records, settings };
    report(tables, &view, &reported_pairs(pairs, settings))
}

/// Every pair that is worth scoring, with the parts of its score and no words: for scoring the method,
/// and fitting its weights.
///
/// # Errors
/// As [`succession`].
pub fn scored(
    tables: &dyn Tables,
    settings: &Settings,
    weights: &SuccessionWeights,
) -> Result<Vec<ScoredPair>, Problem> {
    let SuccessionRun { contacts, matched, .. } = SuccessionRun::load(tables, settings, weights)?;
    let name = |number: u32| contacts.names[number as usize].to_string();
    let of = |found: &PairMatch| ScoredPair {
        from: name(found.numbers.0),
        to: name(found.numbers.1),
        parts: parts::values(&found.features),
        score: found.score,
        linked: found.link.is_some(),
    };
    Ok(matched.pairs.iter().map(of).collect())
}

/// A pair with the parts of its score.
#[derive(Clone, Debug, PartialEq)]
pub struct ScoredPair {
    /// The old number.
    pub from: String,
    /// The new number.
    pub to: String,
    /// The parts, in the order of [`parts::PARTS`].
    pub parts: parts::SuccessionPartValues,
    /// As in [`SuccessionFinding`].
    pub score: f64,
    /// As in [`SuccessionFinding`].
    pub linked: bool,
}

/// All pairs matched, and what was read for it.
struct SuccessionRun {
    contacts: ContactIndex,
    traffic: PairTraffic,
    records: DeviceRecords,
    matched: MatchOutcome,
}

impl SuccessionRun {
    fn load(tables: &dyn Tables, settings: &Settings, weights: &SuccessionWeights) -> Result<Self, Problem> {
        let (contacts, store, place) = ContactIndex::load(tables)?;
        let first = match_numbers(&contacts, &EvidenceByPair::new(), settings, weights);
        let close = worth_reading(&first);
        let numbers: HashSet<u32> = close.iter().flat_map(|found| [found.numbers.0, found.numbers.1]).collect();
        let traffic = PairTraffic::load(tables, &contacts, &store, &place, &numbers)?;
        drop((store, place));
        let records = DeviceRecords::load(tables, &contacts, &numbers, traffic.clock())?;
        let evidence: EvidenceByPair = close
            .iter()
            .map(|found| {
                let (old, new) = found.numbers;
                let life = NumberLife::from_uses(&contacts.uses[new as usize], &[], &[]);
                let announced = traffic.announcement(old, new, &contacts, &first.chains, &life, settings);
                let hours = traffic.likeness_of_hours(old, new);
                let evidence = PairEvidence {
                    traffic: TrafficEvidence { announced: announced.len(), hours },
                    device: records.continuity(old, new),
                };
                (found.numbers, evidence)
            })
            .collect();
        let matched = match_numbers(&contacts, &evidence, settings, weights);
        Ok(Self { contacts, traffic, records, matched })
    }
}

/// What the words about a pair are made from.
struct ReasonContext<'a> {
    contacts: &'a ContactIndex,
    chains: &'a NumberChains,
    traffic: &'a PairTraffic,
    records: &'a DeviceRecords,
    settings: &'a Settings,
}

impl ReasonContext<'_> {
    fn name(&self, number: u32) -> &str {
        &self.contacts.names[number as usize]
    }
}

/// Those worth reading the events of.
fn worth_reading(matched: &MatchOutcome) -> Vec<&PairMatch> {
    let mut close: Vec<&PairMatch> = matched.pairs.iter().filter(|found| found.score >= HOPELESS).collect();
    close.sort_by(|x, y| y.score.total_cmp(&x.score).then_with(|| x.numbers.cmp(&y.numbers)));
    close.truncate(PAIRS_READ);
    close
}

/// Links, and the best of the others.
fn reported_pairs(pairs: Vec<PairMatch>, settings: &Settings) -> Vec<PairMatch> {
    let (mut links, mut others): (Vec<PairMatch>, Vec<PairMatch>) =
        pairs.into_iter().partition(|found| found.link.is_some());
    others.retain(|found| found.score >= settings.listed_score);
    others.sort_by(|x, y| y.score.total_cmp(&x.score).then_with(|| x.numbers.cmp(&y.numbers)));
    others.truncate(settings.detailed as usize);
    links.append(&mut others);
    links.sort_by(|x, y| {
        let linked = |found: &PairMatch| u8::from(found.link.is_none());
        linked(x).cmp(&linked(y)).then_with(|| y.score.total_cmp(&x.score)).then_with(|| x.numbers.cmp(&y.numbers))
    });
    links
}

fn report(tables: &dyn Tables, view: &ReasonContext<'_>, pairs: &[PairMatch]) -> Result<SuccessionReport, Problem> {
    let links: Vec<NumberPair> = pairs.iter().filter(|found| found.link.is_some()).map(|found| found.numbers).collect();
    let drafts: Vec<Vec<ReasonDraft>> =
        pairs.iter().map(|found| reasons::draft_reasons(view, found, &links)).collect::<Result<_, _>>()?;
    let wanted: BTreeSet<u32> = drafts.iter().flatten().flat_map(|draft| draft.events.iter().copied()).collect();
    let rows = crate::traffic::rows::rows_of_events(tables, &wanted)?;
    let most = view.settings.evidence_rows as usize;
    let findings = pairs
        .iter()
        .zip(drafts)
        .map(|(found, drafts)| {
            let reasons = drafts.into_iter().map(|draft| reasons::reason_of(draft, &rows, most)).collect();
            report::finding(view, found, reasons)
        })
        .collect::<Result<_, Problem>>()?;
    Ok(SuccessionReport { method: METHOD.used(view.settings.list()), findings })
}
