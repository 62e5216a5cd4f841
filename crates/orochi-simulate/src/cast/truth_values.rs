//! How `truth.json` writes instants, persons and numbers.

use super::stage::number;
use crate::calendar::At;
use crate::communication::Party;
use crate::ground::{PersonId, SimId};
use crate::world::World;
use serde_json::{Value, json};

/// An instant, RFC 3339 in UTC.
pub(crate) fn instant(at: At) -> Value {
    json!(jiff::Timestamp::from_second(at).map_or_else(|_| String::new(), |t| t.to_string()))
}

/// Name of a person in the file; nothing else carries it.
pub(crate) fn person(id: PersonId) -> String {
    format!("P{id:05}")
}

pub(crate) fn own_number(world: &World, id: PersonId) -> String {
    sim_number(world, world.people[id as usize].sim)
}

pub(crate) fn sim_number(world: &World, sim: SimId) -> String {
    number(world, Party::Sim(sim))
}

pub(crate) fn somebody(world: &World, id: PersonId) -> Value {
    json!({ "person": person(id), "own_number": own_number(world, id) })
}
