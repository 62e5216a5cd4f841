//! Which number continues another one's line (method `succession`; statement: `docs/methods/succession.md`).
//!
//! One pass over the events makes contacts and times of use ([`contacts`]). Numbers whose use ended and numbers whose
//! use began inside the data are paired through their contacts ([`candidates`]), scored ([`parts`]) and matched
//! together, round by round ([`joint`]). The best pairs are then looked at closely, in their events ([`told`]) and own
//! records ([`carried`]), and matched once more. Neither number's own data is needed.

mod assign;
mod candidates;
mod carried;
mod chains;
mod change;
mod contacts;
mod joint;
pub mod parts;
mod reasons;
mod report;
mod settings;
mod told;
mod weights;

use std::collections::{BTreeSet, HashSet};

use orochi_model::{method::Method, problem::Problem};

use crate::settings::Settable;
use crate::tables::Tables;
use carried::Records;
use chains::{Chains, Pair};
use change::Life;
use contacts::Contacts;
use joint::{Extras, Match, Matched, matched};
use told::{Told, Traffic};

pub use assign::Kind;
pub use report::{Finding, SuccessionReport};
pub use settings::Settings;
pub use weights::Weights;

/// This method.
pub const METHOD: Method = Method { name: "succession", version: "2" };

/// Pairs whose events and own records are read, best first: bounds memory.
const CLOSELY: usize = 3_000;
/// Pairs below this score without their events would not be linked with them.
const HOPELESS: f64 = 0.01;

/// Pairs of numbers of which one may continue the other's line, from the views `events`,
/// `event_records`, `records` and `cells`.
///
/// # Errors
/// When the views cannot be read.
pub fn succession(tables: &dyn Tables, settings: &Settings) -> Result<SuccessionReport, Problem> {
    let Worked { contacts, traffic, records, matched } = Worked::of(tables, settings, Weights::shipped()?)?;
    let Matched { pairs, chains } = matched;
    let view = View { contacts: &contacts, chains: &chains, traffic: &traffic, records: &records, settings };
    report(tables, &view, &listed(pairs, settings))
}

/// Every pair that is worth scoring, with the parts of its score and no words: for scoring the method,
/// and fitting its weights.
///
/// # Errors
/// As [`succession`].
pub fn scored(tables: &dyn Tables, settings: &Settings, weights: &Weights) -> Result<Vec<Scored>, Problem> {
    let Worked { contacts, matched, .. } = Worked::of(tables, settings, weights)?;
    let name = |number: u32| contacts.names[number as usize].to_string();
    let of = |it: &Match| Scored {
        from: name(it.pair.0),
        to: name(it.pair.1),
        parts: parts::values(&it.seen),
        score: it.score,
        linked: it.link.is_some(),
    };
    Ok(matched.pairs.iter().map(of).collect())
}

/// A pair with the parts of its score.
#[derive(Clone, Debug, PartialEq)]
pub struct Scored {
    /// The old number.
    pub from: String,
    /// The new number.
    pub to: String,
    /// The parts, in the order of [`parts::PARTS`].
    pub parts: parts::Values,
    /// As in [`Finding`].
    pub score: f64,
    /// As in [`Finding`].
    pub linked: bool,
}

/// All pairs matched, and what was read for it.
struct Worked {
    contacts: Contacts,
    traffic: Traffic,
    records: Records,
    matched: Matched,
}

impl Worked {
    fn of(tables: &dyn Tables, settings: &Settings, weights: &Weights) -> Result<Self, Problem> {
        let (contacts, store, place) = Contacts::load(tables)?;
        let first = matched(&contacts, &Extras::new(), settings, weights);
        let close = closely(&first);
        let numbers: HashSet<u32> = close.iter().flat_map(|it| [it.pair.0, it.pair.1]).collect();
        let traffic = Traffic::load(tables, (&contacts, &store, &place), &numbers)?;
        drop((store, place));
        let records = Records::load(tables, &contacts, &numbers, traffic.clock())?;
        let extras: Extras = close
            .iter()
            .map(|it| {
                let life = Life::of(&contacts.uses[it.pair.1 as usize], &[], &[]);
                let told = traffic.announcement(it.pair, (&contacts, &first.chains), &life, settings);
                let told = Told { together: told.len(), hours: traffic.hours(it.pair) };
                (it.pair, (told, records.pair(it.pair)))
            })
            .collect();
        let matched = matched(&contacts, &extras, settings, weights);
        Ok(Self { contacts, traffic, records, matched })
    }
}

/// What the words about a pair are made from.
struct View<'a> {
    contacts: &'a Contacts,
    chains: &'a Chains,
    traffic: &'a Traffic,
    records: &'a Records,
    settings: &'a Settings,
}

impl View<'_> {
    fn name(&self, number: u32) -> &str {
        &self.contacts.names[number as usize]
    }
}

/// Those worth reading the events of.
fn closely(matched: &Matched) -> Vec<&Match> {
    let mut close: Vec<&Match> = matched.pairs.iter().filter(|it| it.score >= HOPELESS).collect();
    close.sort_by(|x, y| y.score.total_cmp(&x.score).then_with(|| x.pair.cmp(&y.pair)));
    close.truncate(CLOSELY);
    close
}

/// Links, and the best of the others.
fn listed(pairs: Vec<Match>, settings: &Settings) -> Vec<Match> {
    let (mut links, mut others): (Vec<Match>, Vec<Match>) = pairs.into_iter().partition(|it| it.link.is_some());
    others.retain(|it| it.score >= settings.listed_score);
    others.sort_by(|x, y| y.score.total_cmp(&x.score).then_with(|| x.pair.cmp(&y.pair)));
    others.truncate(settings.detailed as usize);
    links.append(&mut others);
    links.sort_by(|x, y| {
        let linked = |it: &Match| u8::from(it.link.is_none());
        linked(x).cmp(&linked(y)).then_with(|| y.score.total_cmp(&x.score)).then_with(|| x.pair.cmp(&y.pair))
    });
    links
}

fn report(tables: &dyn Tables, view: &View<'_>, pairs: &[Match]) -> Result<SuccessionReport, Problem> {
    let links: Vec<Pair> = pairs.iter().filter(|it| it.link.is_some()).map(|it| it.pair).collect();
    let drafts: Vec<Vec<reasons::Draft>> =
        pairs.iter().map(|it| reasons::give(view, it, &links)).collect::<Result<_, _>>()?;
    let wanted: BTreeSet<u32> = drafts.iter().flatten().flat_map(|draft| draft.events.iter().copied()).collect();
    let rows = crate::traffic::rows::rows_of_events(tables, &wanted)?;
    let most = view.settings.evidence_rows as usize;
    let findings = pairs
        .iter()
        .zip(drafts)
        .map(|(it, drafts)| {
            let reasons = drafts.into_iter().map(|draft| draft.with(&rows, most)).collect();
            report::finding(view, it, reasons)
        })
        .collect::<Result<_, Problem>>()?;
    Ok(SuccessionReport { method: METHOD.used(view.settings.list()), findings })
}
