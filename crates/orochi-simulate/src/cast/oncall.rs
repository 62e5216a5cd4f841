//! A doctor's or vet's on-call mobile: one number and handset, passed among colleagues week by week (as a line phone passes among
//! holders), short calls in the small hours, rung back at once, a colleague rung after many of them.

use super::diary::{Diary, Manner, talk};
use super::draw::{Hours, coin, one, whole};
use super::stage::{Client, Stage, contacts, innocent};
use crate::actor::Actor;
use crate::chance::Chance;
use crate::communication::{Communication, Party};
use crate::itinerary::Itinerary;
use crate::world::{PersonId, Spot, World};

#[derive(Debug)]
struct OnCall {
    desk: Party,
    colleagues: Vec<Party>,
    callers: Vec<Client>,
    manner: Manner,
    spots: Vec<Spot>,
    hours: Hours,
}

/// Makes one.
pub fn cast(stage: &mut Stage<'_>) -> Box<dyn Actor> {
    let people: Vec<PersonId> = (0..stage.whole((2, 5))).map(|_| stage.cast_member()).collect();
    let network = stage.builder.network(&mut stage.chance);
    let (sim, handset) = (stage.builder.sim(network, false), stage.builder.handset(false));
    let turn = [2, 3, 7][stage.whole((0, 2)) as usize];
    let days = stage.builder.calendar().days();
    let mut day = 0;
    let mut whose = 0;
    while day < days {
        let next = (day + turn).min(days);
        let calendar = stage.builder.calendar();
        let change = |day: u32| if day == 0 || day == days { calendar.at(day, 0) } else { calendar.at(day, 30_600) };
        let (from, to) = (change(day), change(next));
        stage.builder.hold(sim, handset, people[whose % people.len()], from, to);
        (day, whose) = (next, whose + 1);
    }
    Box::new(OnCall {
        desk: Party::Sim(sim),
        colleagues: people.iter().map(|person| stage.own(*person)).collect(),
        callers: stage.clientele((60, 260), (0.03, 1.1), 1.0),
        manner: Manner {
            answered: stage.real((0.6, 0.9)),
            talk: (stage.real((45.0, 140.0)), 0.8),
            rung_back: stage.real((0.6, 0.95)),
            back_after: (60, 1200),
            retried: 0.6,
            voicemail: 0.6,
        },
        spots: (0..20).map(|_| stage.spot()).collect(),
        hours: Hours::even(0.0, 24.0).peak(19.5, 2.0, 0.4).peak(7.0, 1.0, 0.15),
    })
}

impl Actor for OnCall {
    fn kind(&self) -> &'static str {
        "on call"
    }

    fn day(&self, world: &World, day: u32, chance: &mut Chance, out: &mut Vec<Communication>) {
        let mut diary = Diary::new(world, day);
        let factor = if world.calendar.weekday(day) >= 5 { 1.8 } else { 1.0 };
        for (second, caller) in contacts(chance, &self.callers, factor, &self.hours) {
            let Some(spoken) = self.manner.ring(&mut diary, second, caller, self.desk, chance) else { continue };
            if coin(chance, 0.25)
                && let Some(colleague) = one(chance, &self.colleagues)
            {
                diary.call(spoken + whole(chance, (30, 900)), self.desk, colleague, 9, talk(chance, (60.0, 0.7)));
            }
            if coin(chance, 0.25) {
                diary.call(spoken + whole(chance, (600, 3600)), self.desk, caller, 8, talk(chance, (30.0, 0.6)));
            }
        }
        diary.finish(self.desk, out);
    }

    fn itinerary(&self, world: &World, person: PersonId, day: u32) -> Itinerary {
        let mut chance = world.seed.stream("on-call rounds", &[u64::from(person), u64::from(day)]);
        let home = world.people[person as usize].home;
        let stops: Vec<Spot> = (0..5).filter_map(|_| one(&mut chance, &self.spots)).collect();
        super::rounds::rounds(&mut chance, home, &stops, (30_000, 66_000), (1800, 9000), (400, 1800))
    }

    fn truth(&self, world: &World) -> serde_json::Value {
        innocent(world, self, &[self.desk])
    }
}
