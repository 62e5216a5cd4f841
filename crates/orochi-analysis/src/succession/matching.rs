//! Matching of all numbers together: once some are matched, their new numbers stand for the old ones, and numbers whose
//! contacts changed their numbers in the same night can be matched as well. Round by round until nothing changes.

use std::collections::HashMap;

use super::assign::{LinkCandidate, LinkKind, assign};
use super::candidates::MatchingRound;
use super::chains::{NumberChains, NumberPair};
use super::change::leak;
use super::contacts::ContactIndex;
use super::device_continuity::DeviceContinuity;
use super::pair_traffic::TrafficEvidence;
use super::parts::{PairFeatures, values};
use super::settings::Settings;
use super::weights::SuccessionWeights;

/// Added to what a share is of: where few contacts are seen, a number that shares all of them shares little. About the
/// weight of three contacts in the data of a few people.
const FEW: f64 = 5.0;

/// A number's contacts, by [`NumberChains::root`], with how much there is of each.
type WeightedContacts = [(u32, f64)];

/// What is known of a pair beyond contacts.
#[derive(Clone, Copy, Debug)]
pub(super) struct PairEvidence {
    pub traffic: TrafficEvidence,
    pub device: DeviceContinuity,
}

/// The same for each pair for which it was looked for.
pub(super) type EvidenceByPair = HashMap<NumberPair, PairEvidence>;

/// A pair with all that is seen of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct PairMatch {
    pub numbers: NumberPair,
    pub features: PairFeatures,
    pub score: f64,
    pub link: Option<LinkKind>,
}

/// What came of it: pairs sorted, and the chains that the links make.
pub(super) struct MatchOutcome {
    pub pairs: Vec<PairMatch>,
    pub chains: NumberChains,
}

/// Matches until nothing changes.
pub(super) fn match_numbers(
    contacts: &ContactIndex,
    evidence: &EvidenceByPair,
    settings: &Settings,
    weights: &SuccessionWeights,
) -> MatchOutcome {
    let mut links: Vec<NumberPair> = Vec::new();
    let mut met: Vec<Vec<NumberPair>> = Vec::new();
    loop {
        let chains = NumberChains::from_links(contacts, &links);
        let pairs = match_once(contacts, &chains, evidence, settings, weights);
        let bar = if met.is_empty() { settings.seed_score } else { settings.link_score };
        let found: Vec<NumberPair> = pairs
            .iter()
            .filter(|found| found.link.is_some() && found.score >= bar)
            .map(|found| found.numbers)
            .collect();
        met.push(links);
        // Links that come and go by turns would never settle: the state met before is as good as the next.
        if met.contains(&found) && met.len() > 1 || met.len() as f64 >= settings.rounds {
            return MatchOutcome { pairs, chains };
        }
        if found.is_empty() && met.len() == 1 && !pairs.iter().any(|found| found.link.is_some()) {
            return MatchOutcome { pairs, chains };
        }
        links = found;
    }
}

fn match_once(
    contacts: &ContactIndex,
    chains: &NumberChains,
    evidence: &EvidenceByPair,
    settings: &Settings,
    weights: &SuccessionWeights,
) -> Vec<PairMatch> {
    let round = MatchingRound::new(contacts, chains, settings);
    let mut sets: HashMap<u32, Vec<(u32, f64)>> = HashMap::new();
    let candidates = round.pairs();
    for number in candidates.iter().flat_map(|pair| [pair.0, pair.1]) {
        sets.entry(number).or_insert_with(|| chains.weighted_contacts(contacts, number));
    }
    let mut pairs: Vec<PairMatch> = candidates
        .into_iter()
        .map(|pair| {
            let features = pair_features(&round, pair, &sets[&pair.0], &sets[&pair.1], evidence.get(&pair));
            PairMatch { numbers: pair, features, score: weights.score(&values(&features)), link: None }
        })
        .collect();
    let scored: Vec<LinkCandidate> = pairs
        .iter()
        .map(|found| LinkCandidate { numbers: found.numbers, score: found.score, gap: found.features.gap })
        .collect();
    // Two numbers that both follow, or both precede, a third: in use together, with other contacts of it.
    let apart = |third: u32, first: u32, second: u32| {
        let (of, a, b) = (&sets[&third], &sets[&first], &sets[&second]);
        let weight = |root: &u32| chains.rarity(*root);
        let within = |set: &[(u32, f64)], root: &u32| set.binary_search_by_key(root, |it| it.0).is_ok();
        let taken: Vec<u32> = of.iter().map(|it| it.0).filter(|root| within(b, root)).collect();
        let all: f64 = taken.iter().map(weight).sum();
        let other: f64 = taken.iter().filter(|root| !within(a, root)).map(weight).sum();
        let uses = |number: u32| contacts.uses[number as usize].as_slice();
        let together = leak(uses(first), uses(second)).0 > 0.3 && leak(uses(second), uses(first)).0 > 0.3;
        taken.len() >= 3 && other >= 0.6 * all && together
    };
    for (place, kind) in assign(&scored, settings, &apart) {
        pairs[place].link = Some(kind);
    }
    pairs
}

fn pair_features(
    round: &MatchingRound<'_>,
    pair: NumberPair,
    old: &WeightedContacts,
    new: &WeightedContacts,
    evidence: Option<&PairEvidence>,
) -> PairFeatures {
    let (contacts, chains) = (round.contacts, round.chains);
    let mut seen = PairFeatures::default();
    let (mut both_old, mut both_new, mut joint) = (0.0, 0.0, 0.0);
    let mut j = 0;
    for (root, much) in old {
        let rarity = chains.rarity(*root);
        while new.get(j).is_some_and(|it| it.0 < *root) {
            j += 1;
        }
        if let Some((_, as_much)) = new.get(j).filter(|it| it.0 == *root) {
            seen.shared += 1;
            seen.amount += rarity;
            both_old += rarity * much;
            both_new += rarity * as_much;
            // The contact is one only because its numbers are taken for one.
            let direct = |number: u32| contacts.links_of(number).map(move |link| link.other(number));
            let raw: Vec<u32> = direct(pair.0).filter(|other| chains.root(*other) == *root).collect();
            if !direct(pair.1).any(|other| raw.contains(&other)) {
                joint += rarity;
            }
        }
    }
    // Contacts of the one that could not be seen with the other, whose own data is not held, say
    // nothing of what they share.
    let whole = |set: &[(u32, f64)], other: u32| -> f64 {
        let seen = set.iter().filter(|(root, _)| chains.visible(contacts, other, *root));
        seen.map(|(root, much)| chains.rarity(*root) * much).sum()
    };
    let (all_old, all_new) = (whole(old, pair.1), whole(new, pair.0));
    let share = |part: f64, whole: f64| (part / (whole + FEW)).min(1.0);
    (seen.of_old, seen.of_new) = (share(both_old, all_old), share(both_new, all_new));
    seen.joint = share(joint, seen.amount);
    let (life_old, life_new) = (&round.lives[pair.0 as usize], &round.lives[pair.1 as usize]);
    (seen.ended, seen.begun, seen.gap) = (life_old.ended, life_new.begun, round.gap(pair.0, pair.1));
    seen.leak = leak(&contacts.uses[pair.0 as usize], &contacts.uses[pair.1 as usize]).0;
    seen.between = contacts.link(pair.0, pair.1).map_or(0, |link| link.events);
    if let Some(evidence) = evidence {
        (seen.traffic, seen.device) = (evidence.traffic, evidence.device);
    }
    seen
}

#[cfg(test)]
#[path = "matching_tests.rs"]
mod tests;
