//! A doctor's or vet's on-call mobile: one number and handset, passed among colleagues week by week (as a line phone
//! passes among holders), short calls in the small hours, rung back at once, a colleague rung after many of them.

use super::diary::{Diary, Manner, talk};
use super::draw::{Hours, coin, one, whole};
use super::figures;
use super::stage::{Client, Stage, contacts, innocent};
use crate::actor::Actor;
use crate::chance::Chance;
use crate::communication::{Communication, Party};
use crate::ground::{PersonId, Spot};
use crate::itinerary::Itinerary;
use crate::scenario::figure::figures;
use crate::world::World;

figures! {
    /// `[lookalike.on-call]`.
    Figures {
        colleagues: Whole,
        turns: Choice,
        handed_over: Count,
        weekend: Number,
        asked: Number,
        asked_after: Whole,
        asked_talk: Skewed,
        again: Number,
        again_after: Whole,
        again_talk: Skewed,
    } with {
        clients: figures::Clientele,
        manner: figures::Manner,
        hours: figures::Hours,
        rounds: figures::Rounds,
    }
}

#[derive(Debug)]
struct OnCall {
    of: Figures,
    desk: Party,
    colleagues: Vec<Party>,
    callers: Vec<Client>,
    manner: Manner,
    spots: Vec<Spot>,
    hours: Hours,
}

/// Makes one.
pub(crate) fn cast(stage: &mut Stage<'_>, of: &Figures) -> Box<dyn Actor> {
    let people: Vec<PersonId> = (0..stage.whole(of.colleagues).max(1)).map(|_| stage.cast_member()).collect();
    let network = stage.builder.network(&mut stage.chance);
    let (sim, handset) = (stage.builder.sim(network, false), stage.builder.handset(false));
    let turn = of.turns[stage.whole((0, of.turns.len() as i64 - 1)) as usize];
    let days = stage.builder.calendar().days();
    let mut day = 0;
    let mut whose = 0;
    while day < days {
        let next = (day + turn).min(days);
        let calendar = stage.builder.calendar();
        let change =
            |day: u32| if day == 0 || day == days { calendar.at(day, 0) } else { calendar.at(day, of.handed_over) };
        let (from, to) = (change(day), change(next));
        stage.builder.hold(sim, handset, people[whose % people.len()], from, to);
        (day, whose) = (next, whose + 1);
    }
    Box::new(OnCall {
        of: of.clone(),
        desk: Party::Sim(sim),
        colleagues: people.iter().map(|person| stage.own(*person)).collect(),
        callers: of.clients.draw(stage),
        manner: of.manner.draw(stage),
        spots: of.rounds.spots(stage),
        hours: of.hours.draw(stage),
    })
}

impl Actor for OnCall {
    fn kind(&self) -> &'static str {
        "on call"
    }

    fn day(&self, world: &World, day: u32, chance: &mut Chance, out: &mut Vec<Communication>) {
        let (of, mut diary) = (&self.of, Diary::new(world, day));
        let factor = if world.calendar.weekday(day) >= 5 { of.weekend } else { 1.0 };
        for (second, caller) in contacts(chance, &self.callers, factor, &self.hours) {
            let Some(spoken) = self.manner.ring(&mut diary, second, caller, self.desk, chance) else { continue };
            if coin(chance, of.asked)
                && let Some(colleague) = one(chance, &self.colleagues)
            {
                let second = spoken + whole(chance, of.asked_after);
                diary.call(second, self.desk, colleague, 9, talk(chance, of.asked_talk));
            }
            if coin(chance, of.again) {
                let second = spoken + whole(chance, of.again_after);
                diary.call(second, self.desk, caller, 8, talk(chance, of.again_talk));
            }
        }
        diary.finish(self.desk, out);
    }

    fn itinerary(&self, world: &World, person: PersonId, day: u32) -> Itinerary {
        let mut chance = world.seed.stream("on-call rounds", &[u64::from(person), u64::from(day)]);
        let home = world.people[person as usize].home;
        let stops: Vec<Spot> = (0..self.of.rounds.stops).filter_map(|_| one(&mut chance, &self.spots)).collect();
        let begins = whole(&mut chance, self.of.rounds.begins);
        self.of.rounds.day(&mut chance, home, &stops, begins)
    }

    fn truth(&self, world: &World) -> serde_json::Value {
        innocent(world, self, &[self.desk])
    }
}
