//! Which numbers are of one person, and which only look so: what attribution is measured against.

use crate::cast::Cast;
use crate::cast::line::Line;
use crate::cast::truth_values::{instant, own_number, sim_number};
use crate::ground::{PersonId, SimId};
use crate::world::World;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Pairs of numbers with the period for which the answer holds. For each spell: the line phone and the own phone of
/// whoever had it; the line phone and the own phones of the others of the line; for people with two phones: both;
/// for couples: one of each.
pub(super) fn pairs(world: &World, cast: &Cast) -> Vec<Value> {
    let mut all = Vec::new();
    for line in &cast.lines {
        of_line(line, world, &mut all);
    }
    let (from, to) = world.calendar.span();
    let lines: BTreeSet<SimId> = cast.lines.iter().flat_map(|l| l.numbers.iter().map(|n| n.sim)).collect();
    for hold in &world.holds {
        let person = &world.people[hold.carrier as usize];
        if hold.sim != person.sim && !lines.contains(&hold.sim) {
            all.push(pair(&sim_number(world, person.sim), &sim_number(world, hold.sim), true, hold.from, hold.to));
        }
    }
    for (a, b) in world.society.couples() {
        all.push(pair(&own_number(world, a), &own_number(world, b), false, from, to));
    }
    all
}

fn of_line(line: &Line, world: &World, all: &mut Vec<Value>) {
    let mut people: BTreeSet<PersonId> = line.holders.iter().map(|(person, _)| *person).collect();
    people.extend(line.controller);
    people.extend(line.runners.iter().map(|runner| runner.person));
    for number in &line.numbers {
        let text = sim_number(world, number.sim);
        for spell in &line.spells {
            let (from, to) = (number.from.max(spell.from), number.to.min(spell.to));
            if from >= to {
                continue;
            }
            for person in &people {
                all.push(pair(&text, &own_number(world, *person), *person == spell.person, from, to));
            }
        }
    }
}

fn pair(a: &str, b: &str, same: bool, from: i64, to: i64) -> Value {
    json!({ "a": a, "b": b, "same_person": same, "from": instant(from), "to": instant(to) })
}

/// Own numbers of those who live and travel together.
pub(super) fn couples(world: &World) -> Vec<Value> {
    world.society.couples().map(|(a, b)| json!([own_number(world, a), own_number(world, b)])).collect()
}
