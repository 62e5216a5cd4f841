//! What the method gives: pairs of numbers, links first.

use std::collections::{BTreeMap, BTreeSet};

use orochi_model::{finding::Reason, method::Used, problem::Problem};
use serde::Serialize;

use super::ReasonContext;
use super::assign::LinkKind;
use super::change::counted_blocks;
use super::contacts::BLOCK;
use super::matching::PairMatch;
use super::parts::{PARTS, values};
use crate::tables::rfc3339;

/// Pairs of which the second number may continue the first one's line. Serialises as
/// `{"method":{"name","version","settings"},"findings":[…]}`.
#[derive(Clone, Debug, Serialize)]
pub struct SuccessionReport {
    /// Name, version and settings of the method.
    pub method: Used,
    /// Links first, then the best of the other pairs; best first.
    pub findings: Vec<SuccessionFinding>,
}

impl SuccessionReport {
    /// The numbers of lines that the links make, each line's in order of their text.
    pub fn chains(&self) -> Vec<BTreeSet<&str>> {
        let mut of: BTreeMap<&str, usize> = BTreeMap::new();
        let mut chains: Vec<BTreeSet<&str>> = Vec::new();
        for pair in self.findings.iter().filter(|pair| pair.linked) {
            let (from, to) = (pair.from.as_str(), pair.to.as_str());
            let chain = match (of.get(from).copied(), of.get(to).copied()) {
                (Some(a), Some(b)) if a != b => {
                    let moved = std::mem::take(&mut chains[b]);
                    of.extend(moved.iter().map(|number| (*number, a)));
                    chains[a].extend(moved);
                    a
                }
                (Some(chain), _) | (None, Some(chain)) => chain,
                (None, None) => {
                    chains.push(BTreeSet::new());
                    chains.len() - 1
                }
            };
            for number in [from, to] {
                chains[chain].insert(number);
                of.insert(number, chain);
            }
        }
        chains.retain(|chain| !chain.is_empty());
        chains
    }

    /// The lines that some numbers are of, each with its numbers in order of their text; a line of which
    /// several are given comes once.
    pub fn lines<'n>(&self, numbers: impl IntoIterator<Item = &'n String>) -> Vec<Vec<String>> {
        let chains = self.chains();
        let mut met = BTreeSet::new();
        let mut lines = Vec::new();
        for number in numbers {
            if met.contains(number.as_str()) {
                continue;
            }
            let chain = chains.iter().find(|chain| chain.contains(number.as_str()));
            let line: Vec<String> =
                chain.map_or_else(|| vec![number.clone()], |all| all.iter().map(|one| (*one).to_owned()).collect());
            met.extend(line.iter().cloned());
            lines.push(line);
        }
        lines
    }

    /// The numbers of one number's line, that number first.
    pub fn chain(&self, number: &str) -> Vec<String> {
        let chains = self.chains();
        let others = chains.iter().filter(|chain| chain.contains(number)).flatten().filter(|other| **other != number);
        std::iter::once(number).chain(others.copied()).map(str::to_owned).collect()
    }
}

/// One pair.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SuccessionFinding {
    /// The old number.
    pub from: String,
    /// The new number.
    pub to: String,
    /// From 0 to 1, more speaks more for it. Not a probability: nothing has been calibrated.
    pub score: f64,
    /// The score reaches the threshold, and neither number goes better with another.
    pub linked: bool,
    /// What the link is: `successor`, `split`, `merge`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<LinkKind>,
    /// When the old number's use ended, to a quarter of a day: RFC 3339 in UTC.
    pub ended: String,
    /// When the new number's use began.
    pub began: String,
    /// Contacts of both.
    pub shared: usize,
    /// The same contacts, but other cells overnight: perhaps another person has the phone.
    pub handed_over: bool,
    /// The parts of the score, from 0 to 1: with the weights anyone can work it out again.
    pub parts: BTreeMap<&'static str, f64>,
    /// Why, those for it first.
    pub reasons: Vec<Reason>,
}

pub(super) fn finding(
    view: &ReasonContext<'_>,
    found: &PairMatch,
    mut reasons: Vec<Reason>,
) -> Result<SuccessionFinding, Problem> {
    reasons.sort_by_key(|reason| !reason.supports);
    let uses = |number: u32| counted_blocks(&view.contacts.uses[number as usize]);
    let ended = uses(found.numbers.0).last().map_or(0, |(block, _)| block.saturating_add(1));
    let began = uses(found.numbers.1).next().map_or(0, |(block, _)| block);
    Ok(SuccessionFinding {
        from: view.name(found.numbers.0).to_owned(),
        to: view.name(found.numbers.1).to_owned(),
        score: found.score,
        linked: found.link.is_some(),
        kind: found.link,
        ended: instant(ended.saturating_mul(BLOCK))?,
        began: instant(began.saturating_mul(BLOCK))?,
        shared: found.features.shared,
        handed_over: found.features.device.elsewhere_overnight,
        parts: PARTS
            .iter()
            .zip(values(&found.features))
            .map(|(part, value)| (part.name, (value * 1e4).round() / 1e4))
            .collect(),
        reasons,
    })
}

/// Seconds since 1970, as RFC 3339.
pub(super) fn instant(at: u32) -> Result<String, Problem> {
    rfc3339(i64::from(at) * 1_000_000)
}

impl SuccessionReport {
    /// How many pairs are linked.
    pub fn linked(&self) -> usize {
        self.findings.iter().filter(|finding| finding.linked).count()
    }
}
