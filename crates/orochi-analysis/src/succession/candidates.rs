//! Which pairs are worth scoring: an old number whose use ended and a new one whose use began, with contacts in common.
//! Found through the contacts, never by trying every pair.

use std::collections::HashMap;

use super::chains::{NumberChains, NumberPair};
use super::change::NumberLife;
use super::contacts::ContactIndex;
use super::settings::Settings;

/// A contact with more pairs of ended and begun numbers says too little to be worth its pairs.
const CROWD: usize = 200_000;

const DAY: f64 = 86_400.0;

/// Everything a round of matching knows of single numbers.
pub(super) struct MatchingRound<'a> {
    pub contacts: &'a ContactIndex,
    pub chains: &'a NumberChains,
    pub settings: &'a Settings,
    pub lives: Vec<NumberLife>,
}

impl<'a> MatchingRound<'a> {
    pub(super) fn new(contacts: &'a ContactIndex, chains: &'a NumberChains, settings: &'a Settings) -> Self {
        let lives = (0u32..)
            .zip(&contacts.uses)
            .map(|(number, uses)| {
                // Contacts are only looked through for numbers that can be taken for one of a line.
                if !contacts.number[number as usize] || (uses.len() as f64) < settings.least_blocks {
                    return NumberLife::default();
                }
                let reach = |rising: bool| chains.reach(contacts, number, rising);
                NumberLife::from_uses(uses, &reach(true), &reach(false))
            })
            .collect();
        Self { contacts, chains, settings, lives }
    }

    fn over(&self, number: u32) -> bool {
        let life = &self.lives[number as usize];
        life.blocks as f64 >= self.settings.least_blocks && life.ended >= self.settings.least_change
    }

    fn fresh(&self, number: u32) -> bool {
        let life = &self.lives[number as usize];
        life.blocks as f64 >= self.settings.least_blocks && life.begun >= self.settings.least_change
    }

    /// Days from the end of the old number's use to the beginning of the new one's; less than 0 where they overlap.
    pub(super) fn gap(&self, old: u32, new: u32) -> f64 {
        let (old, new) = (&self.lives[old as usize], &self.lives[new as usize]);
        (f64::from(new.from) - f64::from(old.to)) / DAY
    }

    fn fits(&self, pair: NumberPair) -> bool {
        let gap = self.gap(pair.0, pair.1);
        pair.0 != pair.1 && gap >= -self.settings.overlap_days && gap <= self.settings.gap_days
    }

    /// Pairs in time and with enough contacts in common, sorted.
    pub(super) fn pairs(&self) -> Vec<NumberPair> {
        let n = self.contacts.names.len() as u32;
        // For each contact, those whose use ended and those whose use began among the numbers it is in contact with.
        let mut by_root: HashMap<u32, (Vec<u32>, Vec<u32>)> = HashMap::new();
        for number in 0..n {
            let (old, new) = (self.over(number), self.fresh(number));
            if !old && !new {
                continue;
            }
            for (root, _) in self.chains.weighted_contacts(self.contacts, number) {
                let lists = by_root.entry(root).or_default();
                if old {
                    lists.0.push(number);
                }
                if new {
                    lists.1.push(number);
                }
            }
        }
        let mut shared: HashMap<NumberPair, u32> = HashMap::new();
        for (old, mut new) in by_root.into_values() {
            new.sort_unstable_by_key(|number| (self.lives[*number as usize].from, *number));
            let mut pairs = Vec::new();
            for number in old {
                let to = f64::from(self.lives[number as usize].to);
                let earliest = to - self.settings.overlap_days * DAY;
                let start = new.partition_point(|it| f64::from(self.lives[*it as usize].from) < earliest);
                let fitting = new[start..]
                    .iter()
                    .map(|it| (number, *it))
                    .take_while(|pair| self.gap(pair.0, pair.1) <= self.settings.gap_days);
                pairs.extend(fitting.filter(|pair| self.fits(*pair)));
                if pairs.len() > CROWD {
                    break;
                }
            }
            if pairs.len() <= CROWD {
                for pair in pairs {
                    *shared.entry(pair).or_default() += 1;
                }
            }
        }
        let mut pairs: Vec<NumberPair> = shared
            .into_iter()
            .filter(|(_, n)| f64::from(*n) >= self.settings.least_shared)
            .map(|(pair, _)| pair)
            .collect();
        pairs.sort_unstable();
        pairs
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// The obvious way: every pair, its contacts compared.
    fn slowly(round: &MatchingRound<'_>) -> Vec<NumberPair> {
        let n = round.contacts.names.len() as u32;
        let set = |number: u32| -> BTreeSet<u32> {
            round.chains.weighted_contacts(round.contacts, number).into_iter().map(|(root, _)| root).collect()
        };
        let mut pairs = Vec::new();
        for old in 0..n {
            for new in 0..n {
                let shared = set(old).intersection(&set(new)).count();
                if round.over(old)
                    && round.fresh(new)
                    && round.fits((old, new))
                    && shared as f64 >= round.settings.least_shared
                {
                    pairs.push((old, new));
                }
            }
        }
        pairs
    }

    #[test]
    fn the_quick_search_finds_what_the_slow_one_finds() {
        let mut state = 7u64;
        let mut draw = move |below: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % below
        };
        let mut found = 0;
        for _ in 0..20 {
            let mut events = Vec::new();
            // Sixty numbers live for a part of forty days each, among twelve that they all may know.
            for number in 12..72u64 {
                let (from, to) = match draw(3) {
                    0 => (0, 10 + draw(20)),
                    1 => (10 + draw(20), 40),
                    _ => (0, 40),
                };
                for _ in 0..40 {
                    let at = (from + draw(to - from)) * 86_400 + draw(86_400);
                    events.push((number as u32, draw(12) as u32, 86_400 + at as u32));
                }
            }
            let contacts = ContactIndex::made_up(72, &events);
            let links = [(12, 13), (20, 30)];
            for links in [&links[..0], &links[..]] {
                let chains = NumberChains::from_links(&contacts, links);
                let settings = Settings::default();
                let round = MatchingRound::new(&contacts, &chains, &settings);
                let pairs = round.pairs();
                assert_eq!(pairs, slowly(&round));
                found += pairs.len();
            }
        }
        assert!(found > 1_000, "{found}");
    }
}
