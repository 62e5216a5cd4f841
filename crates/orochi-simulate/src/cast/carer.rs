//! A carers' agency and its carers: rota texts to all, an on-call number at night, short calls from the same people every day,
//! visits from door to door.

use super::diary::{Diary, Manner, talk};
use super::draw::{Hours, coin, count, one, several, whole};
use super::rounds::rounds;
use super::stage::{Client, Desk, Stage, contacts, innocent};
use crate::actor::Actor;
use crate::chance::Chance;
use crate::communication::{Communication, Party};
use crate::itinerary::Itinerary;
use crate::world::{PersonId, Spot, World};

#[derive(Debug)]
struct Carer {
    /// The agency's on-call mobile.
    desk: Desk,
    carers: Vec<(PersonId, Party)>,
    clients: Vec<Client>,
    manner: Manner,
    hours: Hours,
    /// Rota texts to all a day.
    rota: f64,
    /// Calls of each carer with the office a day.
    office: f64,
    spots: Vec<Spot>,
}

/// Makes one.
pub fn cast(stage: &mut Stage<'_>) -> Box<dyn Actor> {
    let owner = stage.worker((7.5, 17.5), 0b0011_1111);
    let desk = stage.desk(owner, [0.25, 0.75, 0.0]);
    let carers = (0..stage.whole((6, 22)))
        .map(|_| {
            let carer = stage.cast_member();
            (carer, stage.own(carer))
        })
        .collect();
    Box::new(Carer {
        clients: stage.clientele((20, 70), (0.15, 1.2), 3.0),
        manner: Manner {
            answered: stage.real((0.7, 0.93)),
            talk: (stage.real((30.0, 95.0)), 0.8),
            rung_back: stage.real((0.3, 0.8)),
            back_after: (60, 1500),
            retried: 0.5,
            voicemail: 0.4,
        },
        hours: stage.hours((6.0, 7.0), (22.0, 25.0)).peak(7.5, 1.0, 0.25).peak(18.0, 1.5, 0.2),
        rota: stage.real((0.4, 2.0)),
        office: stage.real((0.5, 2.0)),
        spots: (0..30).map(|_| stage.spot()).collect(),
        desk,
        carers,
    })
}

impl Actor for Carer {
    fn kind(&self) -> &'static str {
        "carer"
    }

    fn day(&self, world: &World, day: u32, chance: &mut Chance, out: &mut Vec<Communication>) {
        let desk = self.desk.party;
        let mut diary = Diary::new(world, day);
        let carers: Vec<Party> = self.carers.iter().map(|(_, party)| *party).collect();
        for (second, client) in contacts(chance, &self.clients, 1.0, &self.hours) {
            let Some(spoken) = self.manner.ring(&mut diary, second, client, desk, chance) else { continue };
            if coin(chance, 0.6)
                && let Some(carer) = one(chance, &carers)
            {
                let second = spoken + whole(chance, (20, 500));
                diary.call(second, desk, carer, 7, talk(chance, (30.0, 0.6)));
                if coin(chance, 0.4) {
                    diary.call(second + whole(chance, (60, 400)), desk, client, 8, talk(chance, (25.0, 0.5)));
                }
            }
        }
        for carer in &carers {
            for _ in 0..count(chance, self.office) {
                let second = self.hours.second(chance);
                if coin(chance, 0.5) {
                    self.manner.ring(&mut diary, second, *carer, desk, chance);
                } else {
                    diary.text(second, *carer, desk);
                }
            }
            for client in several(&self.clients, 2, chance) {
                if coin(chance, 0.3) {
                    diary.call(self.hours.second(chance), *carer, client.party, 9, talk(chance, (20.0, 0.6)));
                }
            }
        }
        for _ in 0..count(chance, self.rota) {
            let at = whole(chance, (21_600, 75_600));
            let end = diary.broadcast(at, desk, &carers, (0.8, 30), chance);
            for carer in &carers {
                if coin(chance, 0.35) {
                    diary.text(end + whole(chance, (20, 3600)), *carer, desk);
                } else if coin(chance, 0.1) {
                    self.manner.ring(&mut diary, end + whole(chance, (30, 3600)), *carer, desk, chance);
                }
            }
        }
        diary.finish(desk, out);
    }

    fn itinerary(&self, world: &World, person: PersonId, day: u32) -> Itinerary {
        let mut chance = world.seed.stream("carer rounds", &[u64::from(person), u64::from(day)]);
        let home = world.people[person as usize].home;
        if coin(&mut chance, 0.3) {
            return Itinerary::at(home);
        }
        let stops = several(&self.spots, 12, &mut chance);
        let from = whole(&mut chance, (23_000, 58_000));
        rounds(&mut chance, home, &stops, (from, from + 25_000), (900, 2700), (240, 900))
    }

    fn truth(&self, world: &World) -> serde_json::Value {
        innocent(world, self, &self.desk.parties())
    }
}
