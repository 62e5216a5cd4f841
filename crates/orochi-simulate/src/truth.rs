//! `truth.json`: what only a simulator knows. Nothing else that a run writes may tell it.

use crate::calendar::At;
use crate::cast::Cast;
use crate::cast::line::{Line, Role};
use crate::cast::stage::number;
use crate::communication::Party;
use crate::scenario::Scenario;
use crate::world::{PersonId, SimId, World};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

mod data_holdings;
mod persons;

/// Format of the file; raised when a reader must know of a change.
const FORMAT: u32 = 1;

/// All that is true of a run.
pub fn truth(scenario: &Scenario, world: &World, cast: &Cast) -> Value {
    let held = data_holdings::DataHoldings::from_cast(world, cast);
    json!({
        "format": FORMAT,
        "scenario": scenario.name,
        "seed": world.seed.0,
        "first_day": world.calendar.first().to_string(),
        "days": world.calendar.days(),
        "people": world.people.len(),
        "numbers": world.sims.len(),
        "lines": cast.lines.iter().map(|line| self::line(line, world)).collect::<Vec<_>>(),
        "innocents": innocents(world, cast),
        "targets": held.targets,
        "three_customers": held.three_customers,
        "pairs": persons::pairs(world, cast),
        "couples": persons::couples(world),
    })
}

fn innocents(world: &World, cast: &Cast) -> Vec<Value> {
    let mut all = Vec::new();
    for actor in cast.actors.iter().filter(|actor| actor.kind() != "line") {
        if let Value::Array(numbers) = actor.truth(world) {
            all.extend(numbers);
        }
    }
    all
}

/// An instant, RFC 3339 in UTC.
fn instant(at: At) -> Value {
    json!(jiff::Timestamp::from_second(at).map_or_else(|_| String::new(), |t| t.to_string()))
}

/// Name of a person in the file; nothing else carries it.
fn person(id: PersonId) -> String {
    format!("P{id:05}")
}

fn own_number(world: &World, id: PersonId) -> String {
    sim_number(world, world.people[id as usize].sim)
}

fn sim_number(world: &World, sim: SimId) -> String {
    number(world, Party::Sim(sim))
}

fn somebody(world: &World, id: PersonId) -> Value {
    json!({ "person": person(id), "own_number": own_number(world, id) })
}

/// What is true of a line. Days are lived again: counts are of what happened.
pub(crate) fn line(line: &Line, world: &World) -> Value {
    let (mut days, mut transactions, mut grams) = (0, 0, 0.0);
    let mut bought = BTreeSet::new();
    for day in 0..world.calendar.days() {
        let lived = line.live(world, day);
        days += lived.contacts.iter().map(|(customer, _)| customer).collect::<BTreeSet<_>>().len();
        transactions += lived.deals.len();
        grams += lived.deals.iter().map(|(_, grams)| grams).sum::<f64>();
        bought.extend(lived.deals.iter().map(|(customer, _)| (day, *customer)));
    }
    let town = |place: u16| world.country.towns[usize::from(place)].name;
    json!({
        "id": line.name,
        "style": line.style.name(),
        "broadcasts": line.plan.broadcasts(),
        "size": line.plan.size(),
        "town": town(line.town),
        "origin": town(line.origin),
        "opened": instant(line.opened),
        "closed": instant(line.closed),
        "numbers": line.tenures.iter().map(|tenure| json!({
            "number": sim_number(world, tenure.sim),
            "imsi": world.sims[tenure.sim as usize].imsi.to_string(),
            "imei": world.handsets[tenure.handset as usize].imei.to_string(),
            "from": instant(tenure.from),
            "to": instant(tenure.to),
        })).collect::<Vec<_>>(),
        "spells": line.spells.iter().map(|spell| json!({
            "person": person(spell.person),
            "own_number": own_number(world, spell.person),
            "role": match spell.role { Role::Holder => "holder", Role::Runner => "runner" },
            "from": instant(spell.from),
            "to": instant(spell.to),
        })).collect::<Vec<_>>(),
        "controller": line.controller.map(|id| somebody(world, id)),
        "holder": somebody(world, line.holder_at(line.closed - 1)),
        "runners": line.runners.iter().map(|runner| number(world, runner.own)).collect::<Vec<_>>(),
        "children": line.runners.iter().filter(|r| r.child).map(|r| number(world, r.own)).collect::<Vec<_>>(),
        "work_phones": line.runners.iter().filter(|r| r.contact != r.own).map(|r| number(world, r.contact))
            .collect::<Vec<_>>(),
        "customers": line.customers.iter().map(|c| sim_number(world, c.sim)).collect::<Vec<_>>(),
        "announced": line.announced.name(),
        "continues": line.continues,
        "shares_customers_with": line.shares_customers_with,
        "customer_days": days,
        "buying_days": bought.len(),
        "transactions": transactions,
        "grams": libm::round(grams * 100.0) / 100.0,
    })
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
