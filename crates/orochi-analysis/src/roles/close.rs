//! Who stands how to a line: the rules, over counts of contacts and the spells of its phone.

use std::collections::{BTreeMap, BTreeSet};

use super::{Line, Role, Settings};
use crate::attribution::Spell;
use crate::next::Settings as Asking;
use crate::next::people::seeks_out;
use crate::next::succession::customers;
use crate::traffic::graph::{ContactGraph, DAY};
use crate::traffic::pair::Contact;

/// A number's role with what it rests on.
#[derive(Clone, Debug)]
pub(super) struct Close {
    pub id: u32,
    pub role: Role,
    pub ground: Ground,
    /// Pairs of numbers whose communications are the ground.
    pub between: Vec<(u32, u32)>,
}

/// What a role rests on.
#[derive(Clone, Debug)]
pub(super) enum Ground {
    /// Spells of the line's phone: places among the findings.
    Spells(Vec<usize>),
    /// Contact with the line, whether it got bulk texts, and whether it is the kind of contact that others
    /// of its role do not have.
    WithLine { contact: Contact, texted: bool, sought: bool },
    /// Contact with so many of the line's people on so many days; with so many customers.
    WithPeople { people: usize, days: usize, customers: usize },
    /// Days of contact with those who direct the line, and how many of these a burst follows.
    BeforeBursts { days: usize, followed: usize },
}

/// The roles of all numbers close to a line.
pub(super) fn roles(known: &ContactGraph, line: &Line, settings: &Settings, asking: &Asking) -> Vec<Close> {
    let own: BTreeSet<u32> = line.ids.iter().copied().collect();
    let mut all = holders(known, line, settings);
    let mut texted: BTreeSet<u32> = BTreeSet::new();
    let mut buyers: BTreeSet<u32> = BTreeSet::new();
    for id in &line.ids {
        texted.extend(known.bulk_texted(*id, asking.bulk_numbers, asking.bulk_minutes));
        buyers.extend(customers(known, *id, asking));
    }
    let mut with: BTreeMap<u32, (u32, Contact)> = BTreeMap::new();
    for id in &line.ids {
        for other in known.number(*id).contacts.iter().filter(|other| !own.contains(other)) {
            let contact = known.contact(*id, *other);
            let strongest = with.entry(*other).or_insert((*id, contact));
            if contact.days > strongest.1.days {
                *strongest = (*id, contact);
            }
        }
    }
    for (other, (number, contact)) in &with {
        if !known.number(*other).carried() {
            continue;
        }
        let (told, sought) = (texted.contains(other), seeks_out(contact, asking));
        let left_out = !texted.is_empty() && !told && contact.days as f64 >= asking.left_out_days;
        let ground = Ground::WithLine { contact: *contact, texted: told, sought };
        let between = vec![(*number, *other)];
        if sought || left_out {
            all.push(Close { id: *other, role: Role::Runner, ground, between });
        } else if told || buyers.contains(other) {
            all.push(Close { id: *other, role: Role::Customer, ground, between });
        }
    }
    let of = |all: &[Close], roles: &[Role]| -> BTreeSet<u32> {
        all.iter().filter(|close| roles.contains(&close.role)).map(|close| close.id).collect()
    };
    let (people, buying) = (of(&all, &[Role::Holder, Role::Runner]), of(&all, &[Role::Customer]));
    controllers(known, &own, (&people, &buying), settings, &mut all);
    let heads = of(&all, &[Role::Holder, Role::Controller]);
    suppliers(known, line, (&own, &heads, &people, &buying), (settings, asking), &mut all);
    all
}

/// Numbers whose phones had spells with the line's.
fn holders(known: &ContactGraph, line: &Line, settings: &Settings) -> Vec<Close> {
    let mut spells: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (place, spell) in line.attributed.findings.iter().enumerate() {
        if let Some(best) = spell.best.as_ref().filter(|best| ratio(spell, best) >= settings.holder_ratio) {
            spells.entry(best).or_default().push(place);
        }
    }
    let hours = |places: &[usize]| -> f64 { places.iter().map(|place| hours(&line.attributed.findings[*place])).sum() };
    spells
        .into_iter()
        .filter(|(_, places)| hours(places) >= settings.holder_hours)
        .filter_map(|(number, places)| {
            let id = known.find(number)?;
            Some(Close { id, role: Role::Holder, ground: Ground::Spells(places), between: Vec::new() })
        })
        .collect()
}

/// log10 likelihood ratio of a number in a spell; below everything where there is none.
pub(super) fn ratio(spell: &Spell, number: &str) -> f64 {
    let own = spell.candidates.iter().find(|candidate| candidate.number == number);
    own.and_then(|candidate| candidate.log10_lr).unwrap_or(f64::NEG_INFINITY)
}

/// Length of a spell.
pub(super) fn hours(spell: &Spell) -> f64 {
    let at = |text: &str| text.parse::<jiff::Timestamp>().map_or(0, jiff::Timestamp::as_second);
    (at(&spell.to) - at(&spell.from)) as f64 / 3_600.0
}

/// Numbers in contact both ways with several of the line's people, and hardly with its customers.
fn controllers(
    known: &ContactGraph,
    own: &BTreeSet<u32>,
    (people, buying): (&BTreeSet<u32>, &BTreeSet<u32>),
    settings: &Settings,
    all: &mut Vec<Close>,
) {
    let others: BTreeSet<u32> = people.iter().flat_map(|id| known.number(*id).contacts.iter().copied()).collect();
    for other in others {
        let number = known.number(other);
        if own.contains(&other) || buying.contains(&other) || !number.carried() {
            continue;
        }
        let by: Vec<u32> =
            people.iter().copied().filter(|id| *id != other && known.pair(*id, other).is_some()).collect();
        let contacts: Vec<Contact> = by.iter().map(|id| known.contact(*id, other)).collect();
        let days: usize = contacts.iter().map(|contact| contact.days).sum();
        let both_ways = contacts.iter().any(|c| c.made > 0) && contacts.iter().any(|c| c.received > 0);
        let met = number.contacts.iter().filter(|contact| buying.contains(contact)).count();
        if (by.len() as f64) < settings.controller_people
            || (days as f64) < settings.controller_days
            || !both_ways
            || met > 1
        {
            continue;
        }
        let ground = Ground::WithPeople { people: by.len(), days, customers: met };
        all.push(Close {
            id: other,
            role: Role::Controller,
            ground,
            between: by.iter().map(|id| (*id, other)).collect(),
        });
    }
}

/// Numbers whose contact with holders or controllers is followed by a burst of the line's texts more
/// often than chance has it.
fn suppliers(
    known: &ContactGraph,
    line: &Line,
    (own, heads, people, buying): (&BTreeSet<u32>, &BTreeSet<u32>, &BTreeSet<u32>, &BTreeSet<u32>),
    (settings, asking): (&Settings, &Asking),
    all: &mut Vec<Close>,
) {
    let bursts: BTreeSet<i64> =
        line.ids.iter().flat_map(|id| known.bursts(*id, asking.bulk_numbers, asking.bulk_minutes)).collect();
    let span = line
        .ids
        .iter()
        .map(|id| known.number(*id))
        .fold((i64::MAX, i64::MIN), |(first, last), number| (first.min(number.first), last.max(number.last)));
    let days = ((span.1 - span.0) / DAY).max(1);
    let covered: BTreeSet<i64> = bursts.iter().flat_map(|at| [at.div_euclid(DAY), at.div_euclid(DAY) - 1]).collect();
    // Where bursts come daily, every day is followed by one, and it says nothing.
    if bursts.is_empty() || covered.len() as f64 > 0.5 * days as f64 {
        return;
    }
    let others: BTreeSet<u32> = heads.iter().flat_map(|id| known.number(*id).contacts.iter().copied()).collect();
    for other in others {
        let aside =
            own.contains(&other) || people.contains(&other) || buying.contains(&other) || heads.contains(&other);
        if aside || !known.number(other).carried() {
            continue;
        }
        let by: Vec<u32> = heads.iter().copied().filter(|id| known.pair(*id, other).is_some()).collect();
        let met: BTreeSet<i64> = by
            .iter()
            .filter_map(|id| known.pair(*id, other))
            .flat_map(|pair| pair.times().map(|at| at.div_euclid(DAY)))
            .collect();
        let followed = met.iter().filter(|day| covered.contains(day)).count();
        let enough =
            met.len() as f64 >= settings.supplier_days && followed as f64 >= settings.supplier_share * met.len() as f64;
        if enough {
            let ground = Ground::BeforeBursts { days: met.len(), followed };
            all.push(Close {
                id: other,
                role: Role::Supplier,
                ground,
                between: by.iter().map(|id| (*id, other)).collect(),
            });
        }
    }
}
