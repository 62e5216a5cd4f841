//! Who stands how to a line: the rules, over counts of contacts and the spells of its phone.

use std::collections::{BTreeMap, BTreeSet};

use super::{AttributedLine, Role, Settings};
use crate::attribution::HoldingPeriod;
use crate::facts::burst;
use crate::traffic::graph::{BulkTexting, ContactGraph};
use crate::traffic::pair::DAY;
use crate::traffic::pair::{ContactSummary, PairLog};

/// A number's role with what it rests on.
#[derive(Clone, Debug)]
pub(super) struct RoleHypothesis {
    pub id: u32,
    pub role: Role,
    pub basis: RoleBasis,
    /// Pairs of numbers whose communications are the ground.
    pub between: Vec<(u32, u32)>,
}

/// What a role rests on.
#[derive(Clone, Debug)]
pub(super) enum RoleBasis {
    /// Spells of the line's phone: places among the findings.
    Spells(Vec<usize>),
    /// Contact with the line.
    WithLine(LineContact),
    /// Contact with so many of the line's people on so many days; with so many who may buy from it.
    WithPeople { people: usize, days: usize, buying: usize },
    /// Days of contact with those who direct the line, and how many of these a burst follows.
    BeforeBursts { days: usize, followed: usize },
}

/// Contact with the line.
#[derive(Clone, Copy, Debug)]
pub(super) struct LineContact {
    pub contact: ContactSummary,
    /// It received bulk texts.
    pub texted: bool,
    /// The line seeks it out.
    pub sought: bool,
}

/// What the roles of a line rest on.
pub(super) struct RoleRules<'a> {
    pub known: &'a ContactGraph,
    pub line: &'a AttributedLine,
    pub settings: &'a Settings,
    pub applications: &'a crate::applications::Settings,
    /// What the line texted in bulk.
    pub bulk: BulkTexting,
}

/// The numbers around a line, as far as roles are known.
struct LinePeople {
    /// The line's own.
    own: BTreeSet<u32>,
    /// Holders and runners.
    people: BTreeSet<u32>,
    /// Its customer base and its repeat contacts, without its people.
    buying: BTreeSet<u32>,
}

impl<'a> RoleRules<'a> {
    pub(super) fn new(
        known: &'a ContactGraph,
        line: &'a AttributedLine,
        settings: &'a Settings,
        applications: &'a crate::applications::Settings,
        bursts: burst::BurstRule,
    ) -> Self {
        Self { known, line, settings, applications, bulk: known.bulk(&line.ids, bursts) }
    }

    /// The roles of all numbers close to the line.
    pub(super) fn roles(&self) -> Vec<RoleHypothesis> {
        let own: BTreeSet<u32> = self.line.ids.iter().copied().collect();
        let mut all = self.holders();
        self.in_contact(&own, &mut all);
        let of = |all: &[RoleHypothesis], roles: &[Role]| -> BTreeSet<u32> {
            all.iter().filter(|hypothesis| roles.contains(&hypothesis.role)).map(|hypothesis| hypothesis.id).collect()
        };
        let people = of(&all, &[Role::Holder, Role::Runner]);
        let buying = of(&all, &[Role::Customer, Role::RepeatContact]);
        let around = LinePeople { own, buying: buying.difference(&people).copied().collect(), people };
        self.controllers(&around, &mut all);
        let heads = of(&all, &[Role::Holder, Role::Controller]);
        self.suppliers(&around, &heads, &mut all);
        all
    }

    /// Numbers in contact with the line: its customer base, who comes back to it, and who may work for it.
    fn in_contact(&self, own: &BTreeSet<u32>, all: &mut Vec<RoleHypothesis>) {
        let mut with: BTreeMap<u32, (u32, ContactSummary)> = BTreeMap::new();
        for id in &self.line.ids {
            for other in self.known.number(*id).contacts.iter().filter(|other| !own.contains(other)) {
                let contact = self.known.contact(*id, *other);
                let strongest = with.entry(*other).or_insert((*id, contact));
                if contact.days > strongest.1.days {
                    *strongest = (*id, contact);
                }
            }
        }
        let repeats: BTreeSet<u32> = self
            .line
            .ids
            .iter()
            .flat_map(|id| self.known.repeat_contacts(*id, self.applications.repeat_rule()))
            .collect();
        for (other, (number, contact)) in &with {
            if !self.known.number(*other).is_carried_phone() {
                continue;
            }
            let (texted, sought) = (self.bulk.base.contains(other), self.applications.sought_rule().holds(contact));
            let left_out =
                !texted && contact.days as f64 >= self.applications.left_out_days && self.would_show(*number);
            let kind = LineContact { contact: *contact, texted, sought };
            let mut give = |role| {
                all.push(RoleHypothesis {
                    id: *other,
                    role,
                    basis: RoleBasis::WithLine(kind),
                    between: vec![(*number, *other)],
                });
            };
            if sought || left_out {
                give(Role::Runner);
            }
            if texted {
                give(Role::Customer);
            } else if repeats.contains(other) && !left_out {
                give(Role::RepeatContact);
            }
        }
    }

    /// Whether all bulk texts of a number of the line would be seen: it sends them, and its own data is held. Of others
    /// half of those seen make a burst, and the other half is not left out by that.
    fn would_show(&self, number: u32) -> bool {
        self.bulk.senders.contains(&number) && self.known.number(number).is_held()
    }

    /// Numbers whose phones had spells with the line's.
    fn holders(&self) -> Vec<RoleHypothesis> {
        let Self { known, line, settings, .. } = self;
        let mut spells: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (place, spell) in line.attributed.findings.iter().enumerate() {
            if let Some(best) = spell.best.as_ref().filter(|best| log10_ratio(spell, best) >= settings.holder_ratio) {
                spells.entry(best).or_default().push(place);
            }
        }
        let hours =
            |places: &[usize]| -> f64 { places.iter().map(|place| hours(&line.attributed.findings[*place])).sum() };
        spells
            .into_iter()
            .filter(|(_, places)| hours(places) >= settings.holder_hours)
            .filter_map(|(number, places)| {
                let id = known.find(number)?;
                Some(RoleHypothesis { id, role: Role::Holder, basis: RoleBasis::Spells(places), between: Vec::new() })
            })
            .collect()
    }

    /// Numbers in contact both ways with several of the line's people, and hardly with those who may buy from it.
    fn controllers(&self, around: &LinePeople, all: &mut Vec<RoleHypothesis>) {
        let (known, settings) = (self.known, self.settings);
        let others: BTreeSet<u32> =
            around.people.iter().flat_map(|id| known.number(*id).contacts.iter().copied()).collect();
        for other in others {
            let number = known.number(other);
            if around.own.contains(&other) || around.buying.contains(&other) || !number.is_carried_phone() {
                continue;
            }
            let by: Vec<u32> =
                around.people.iter().copied().filter(|id| *id != other && known.pair(*id, other).is_some()).collect();
            let contacts: Vec<ContactSummary> = by.iter().map(|id| known.contact(*id, other)).collect();
            let days = contact_days(by.iter().filter_map(|id| known.pair(*id, other))).len();
            let both_ways = contacts.iter().any(|c| c.made > 0) && contacts.iter().any(|c| c.received > 0);
            let met = number.contacts.iter().filter(|contact| around.buying.contains(contact)).count();
            if (by.len() as f64) < settings.controller_people
                || (days as f64) < settings.controller_days
                || !both_ways
                || met > 1
            {
                continue;
            }
            let basis = RoleBasis::WithPeople { people: by.len(), days, buying: met };
            let between = by.iter().map(|id| (*id, other)).collect();
            all.push(RoleHypothesis { id: other, role: Role::Controller, basis, between });
        }
    }

    /// Numbers whose contact with holders or controllers is followed by a burst of the line's texts more
    /// often than chance has it.
    fn suppliers(&self, around: &LinePeople, heads: &BTreeSet<u32>, all: &mut Vec<RoleHypothesis>) {
        let (known, settings) = (self.known, self.settings);
        let bursts: BTreeSet<i64> =
            self.bulk.bursts.iter().flat_map(|burst| &burst.texts).map(|text| i64::from(text.at) * 1_000_000).collect();
        let span = self
            .line
            .ids
            .iter()
            .map(|id| known.number(*id))
            .fold((i64::MAX, i64::MIN), |(first, last), number| (first.min(number.first), last.max(number.last)));
        let length = ((span.1 - span.0) / DAY).max(1);
        let covered: BTreeSet<i64> =
            bursts.iter().flat_map(|at| [at.div_euclid(DAY), at.div_euclid(DAY) - 1]).collect();
        // Where bursts come daily, every day is followed by one, and it says nothing.
        if bursts.is_empty() || covered.len() as f64 > 0.5 * length as f64 {
            return;
        }
        let others: BTreeSet<u32> = heads.iter().flat_map(|id| known.number(*id).contacts.iter().copied()).collect();
        for other in others {
            let aside = [&around.own, &around.people, &around.buying, heads].iter().any(|set| set.contains(&other));
            if aside || !known.number(other).is_carried_phone() {
                continue;
            }
            let by: Vec<u32> = heads.iter().copied().filter(|id| known.pair(*id, other).is_some()).collect();
            let met = contact_days(by.iter().filter_map(|id| known.pair(*id, other)));
            let followed = met.iter().filter(|day| covered.contains(day)).count();
            let enough = met.len() as f64 >= settings.supplier_days
                && followed as f64 >= settings.supplier_share * met.len() as f64;
            if enough {
                let basis = RoleBasis::BeforeBursts { days: met.len(), followed };
                let between = by.iter().map(|id| (*id, other)).collect();
                all.push(RoleHypothesis { id: other, role: Role::Supplier, basis, between });
            }
        }
    }
}

/// Days on which any of these pairs was in contact.
fn contact_days<'a>(pairs: impl Iterator<Item = &'a PairLog>) -> BTreeSet<i64> {
    pairs.flat_map(|pair| pair.times().map(|at| at.div_euclid(DAY))).collect()
}

/// log10 likelihood ratio of a number in a spell; below everything where there is none.
pub(super) fn log10_ratio(spell: &HoldingPeriod, number: &str) -> f64 {
    let own = spell.candidates.iter().find(|candidate| candidate.number == number);
    own.and_then(|candidate| candidate.log10_lr).unwrap_or(f64::NEG_INFINITY)
}

/// Length of a spell.
pub(super) fn hours(spell: &HoldingPeriod) -> f64 {
    let at = |text: &str| text.parse::<jiff::Timestamp>().map_or(0, jiff::Timestamp::as_second);
    (at(&spell.to) - at(&spell.from)) as f64 / 3_600.0
}

#[cfg(test)]
#[path = "role_rules_tests.rs"]
mod tests;
