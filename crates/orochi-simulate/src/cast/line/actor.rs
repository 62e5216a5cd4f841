//! A line as an actor: its days, and where its people are.

use super::talk::Telling;
use super::{Day, Line};
use crate::actor::Actor;
use crate::chance::Chance;
use crate::communication::Communication;
use crate::ground::PersonId;
use crate::itinerary::Itinerary;
use crate::world::World;

impl Line {
    /// All that happens on a day because of the line.
    pub fn live(&self, world: &World, day: u32) -> Day {
        let mut chance = world.seed.stream("line day", &[u64::from(self.id), u64::from(day)]);
        let mut telling = Telling::new(self, world, day);
        telling.announce(&mut chance);
        telling.end()
    }
}

impl Actor for std::sync::Arc<Line> {
    fn kind(&self) -> &'static str {
        "line"
    }

    fn day(&self, world: &World, day: u32, _chance: &mut Chance, out: &mut Vec<Communication>) {
        out.append(&mut self.live(world, day).communications);
    }

    fn itinerary(&self, world: &World, person: PersonId, day: u32) -> Itinerary {
        self.whereabouts(world, person, day)
    }

    fn truth(&self, world: &World) -> serde_json::Value {
        Line::truth(self, world)
    }
}
