//! Which numbers truly follow which, from a folder's truth.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use orochi_model::problem::Problem;
use serde::{Deserialize, Serialize};

use crate::{condition, truth::Truth};

/// What it is that goes on under a new number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// A line.
    Line,
    /// A line that was closed and came back.
    Return,
    /// A person without a part in a line, on their own phone.
    Person,
}

/// Numbers of one line or person, in order, each with what it is that the step to it is.
#[derive(Clone, Debug, Default)]
pub(super) struct Chains {
    chains: Vec<Vec<(String, What)>>,
    /// Chain and place of each number.
    places: BTreeMap<String, (usize, usize)>,
}

impl Chains {
    pub(super) fn from_truth(truth: &Truth) -> Result<Self, Problem> {
        let mut chains: Vec<Vec<(String, What)>> = Vec::new();
        let mut of_line: BTreeMap<&str, usize> = BTreeMap::new();
        let mut lines = BTreeSet::new();
        for line in &truth.lines {
            let before = line.continues.as_deref().and_then(|id| of_line.get(id)).copied();
            let chain = before.unwrap_or_else(|| {
                chains.push(Vec::new());
                chains.len() - 1
            });
            of_line.insert(&line.id, chain);
            for (place, number) in line.numbers.iter().enumerate() {
                lines.insert(number.number.as_str());
                // The same SIM in another handset is the same number.
                if chains[chain].last().is_none_or(|last| last.0 != number.number) {
                    let what = if place == 0 { What::Return } else { What::Line };
                    chains[chain].push((number.number.clone(), what));
                }
            }
        }
        let (begin, _) = condition::span(truth.first_day()?, truth.days)?;
        // A second number from the first instant on is a second phone, and one with several people is a phone for work:
        // neither is a new number.
        let mut owners: BTreeMap<&str, (BTreeSet<&str>, bool)> = BTreeMap::new();
        for pair in truth.pairs.iter().filter(|pair| pair.same_person) {
            let later = pair.from.parse::<Timestamp>().is_ok_and(|from| from > begin);
            let owner = owners.entry(&pair.b).or_insert_with(|| (BTreeSet::new(), true));
            owner.0.insert(&pair.a);
            owner.1 &= later && !lines.contains(pair.a.as_str()) && !lines.contains(pair.b.as_str());
        }
        for innocent in &truth.innocents {
            owners.remove(innocent.number.as_str());
        }
        for (new, (old, plain)) in owners {
            if let (true, Some(old), 1) = (plain, old.first(), old.len()) {
                chains.push(vec![((*old).to_owned(), What::Person), (new.to_owned(), What::Person)]);
            }
        }
        let mut places = BTreeMap::new();
        for (chain, numbers) in chains.iter().enumerate() {
            for (place, (number, _)) in numbers.iter().enumerate() {
                places.insert(number.clone(), (chain, place));
            }
        }
        Ok(Self { chains, places })
    }

    /// Every number of a chain.
    pub(super) fn numbers(&self) -> impl Iterator<Item = &str> {
        self.places.keys().map(String::as_str)
    }

    /// The steps from one number to the next, leaving out numbers that are not `there`.
    pub(super) fn steps(&self, there: impl Fn(&str) -> bool) -> Vec<(&str, &str, What)> {
        let mut steps = Vec::new();
        for chain in &self.chains {
            let seen: Vec<&(String, What)> = chain.iter().filter(|it| there(&it.0)).collect();
            steps.extend(seen.windows(2).map(|two| (two[0].0.as_str(), two[1].0.as_str(), two[1].1)));
        }
        steps
    }

    /// Whether the second number comes after the first in one chain.
    pub(super) fn follows(&self, from: &str, to: &str) -> bool {
        match (self.places.get(from), self.places.get(to)) {
            (Some(a), Some(b)) => a.0 == b.0 && a.1 < b.1,
            _ => false,
        }
    }

    /// Whether a number is a line's.
    pub(super) fn line(&self, number: &str) -> bool {
        self.places.get(number).is_some_and(|(chain, place)| self.chains[*chain][*place].1 != What::Person)
    }
}
