//! `truth.json`: what only a simulator knows. Nothing else that a run writes may tell it.

use crate::cast::Cast;
use crate::scenario::Scenario;
use crate::world::World;
use serde_json::{Value, json};

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
        "lines": cast.lines.iter().map(|line| line.truth(world)).collect::<Vec<_>>(),
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
