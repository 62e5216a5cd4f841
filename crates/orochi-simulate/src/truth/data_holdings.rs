//! Whose data an investigator would hold, and the three customers with whom an investigation may begin.

use crate::cast::Cast;
use crate::cast::draw::{coin, several, whole};
use crate::cast::line::Line;
use crate::cast::stage::number;
use crate::cast::truth_values::{own_number, sim_number};
use crate::chance::Chance;
use crate::ground::{PersonId, SimId};
use crate::world::World;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// What is held.
#[derive(Debug, Default)]
pub(super) struct DataHoldings {
    pub targets: Vec<String>,
    pub three_customers: Vec<Value>,
}

impl DataHoldings {
    pub(super) fn from_cast(world: &World, cast: &Cast) -> Self {
        let mut held = Self::default();
        let mut targets = BTreeSet::new();
        for line in &cast.lines {
            let mut chance = world.seed.stream("held", &[u64::from(line.id)]);
            targets.extend(people_of(line, world));
            let days = contact_days(line, world);
            for number in &line.numbers {
                let Some(customers) = days.get(&number.sim) else { continue };
                let kept = |place: &usize| kept_number(world, line.customers[*place].person);
                // Whoever is known as a customer is known because they ring often.
                let often = |least: u32| -> Vec<usize> {
                    customers.iter().filter(|(_, days)| **days >= least).map(|(c, _)| *c).filter(kept).collect()
                };
                // A number of a few days is known to fewer.
                let known = [3, 2].map(often).into_iter().find(|known| known.len() >= 3).unwrap_or_default();
                let three: Vec<String> = several(&known, 3, &mut chance)
                    .into_iter()
                    .map(|place| sim_number(world, line.customers[place].sim))
                    .collect();
                if three.len() == 3 {
                    held.three_customers.push(json!({
                        "line": line.name, "number": sim_number(world, number.sim), "customers": three,
                    }));
                }
                let more = whole(&mut chance, (3, 8)) as usize;
                let seen: Vec<usize> = customers.keys().copied().collect();
                targets.extend(
                    several(&seen, more, &mut chance).into_iter().map(|c| sim_number(world, line.customers[c].sim)),
                );
            }
        }
        let mut chance = world.seed.stream("held innocents", &[]);
        targets.extend(uninvolved(world, cast, &mut chance));
        held.targets = targets.into_iter().filter(|number| number.starts_with("+447")).collect();
        held
    }
}

/// Whether a person's own number is the same throughout.
fn kept_number(world: &World, person: PersonId) -> bool {
    let (_, end) = world.calendar.span();
    world.reach(person, end) == world.people[person as usize].sim
}

/// Numbers of a line and own phones of its people.
fn people_of(line: &Line, world: &World) -> BTreeSet<String> {
    let mut all: BTreeSet<String> = line.numbers.iter().map(|n| sim_number(world, n.sim)).collect();
    all.extend(line.holders.iter().map(|(person, _)| own_number(world, *person)));
    all.extend(line.controller.map(|person| own_number(world, person)));
    for runner in &line.runners {
        all.insert(number(world, runner.own));
        all.insert(number(world, runner.contact));
    }
    all
}

/// Numbers asked for that had nothing to do with it: every other look-alike, some people.
fn uninvolved(world: &World, cast: &Cast, chance: &mut Chance) -> Vec<String> {
    let mut all = Vec::new();
    for actor in cast.actors.iter().filter(|actor| actor.kind() != "line") {
        if let Value::Array(numbers) = actor.truth(world)
            && coin(chance, 0.5)
        {
            all.extend(numbers.iter().filter_map(|n| n["number"].as_str().map(str::to_owned)));
        }
    }
    for _ in 0..whole(chance, (4, 10)) {
        let place = whole(chance, (0, world.people.len() as i64 - 1));
        all.push(own_number(world, place as u32));
    }
    all
}

/// Counts of contact days by number and customer of a line.
fn contact_days(line: &Line, world: &World) -> BTreeMap<SimId, BTreeMap<usize, u32>> {
    let mut all: BTreeMap<SimId, BTreeMap<usize, u32>> = BTreeMap::new();
    for day in 0..world.calendar.days() {
        let contacts: BTreeSet<(usize, SimId)> = line.live(world, day).contacts.into_iter().collect();
        for (customer, sim) in contacts {
            *all.entry(sim).or_default().entry(customer).or_default() += 1;
        }
    }
    all
}
