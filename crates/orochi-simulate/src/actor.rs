//! Those whose doings the scenario tells: lines and their innocent look-alikes. One file for each kind.

use crate::chance::Chance;
use crate::communication::Communication;
use crate::ground::PersonId;
use crate::itinerary::Itinerary;
use crate::world::World;

/// One line, one taxi office, one club secretary.
pub trait Actor: Send + Sync {
    /// What it is, as written in `truth.json`: `line`, `taxi`, `clinic`.
    fn kind(&self) -> &'static str;

    /// Everything that this actor starts and that others start because of it, on one day. Draw only from `chance`. An
    /// event may start up to some hours after the day's end.
    fn day(&self, world: &World, day: u32, chance: &mut Chance, out: &mut Vec<Communication>);

    /// Where a person with [`crate::ground::Routine::Cast`] of this actor is on a day; at home unless the actor says.
    fn itinerary(&self, world: &World, person: PersonId, _day: u32) -> Itinerary {
        Itinerary::at(world.people[person as usize].home)
    }

    /// What is true of it, for `truth.json`.
    fn truth(&self, world: &World) -> serde_json::Value;
}
