//! A plumber: calls missed at work and rung back in the breaks, a word from the van that they are on their way, emergencies at night.

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
struct Plumber {
    desk: Desk,
    clients: Vec<Client>,
    /// Merchants and mates.
    trade: Vec<Party>,
    manner: Manner,
    hours: Hours,
    jobs: (i64, i64),
    spots: Vec<Spot>,
}

/// Makes one.
pub fn cast(stage: &mut Stage<'_>) -> Box<dyn Actor> {
    let owner = stage.cast_member();
    let desk = stage.desk(owner, [0.8, 0.2, 0.0]);
    let mut trade = stage.public(5);
    trade.push(stage.landline());
    trade.push(stage.landline());
    let most = stage.whole((3, 7));
    Box::new(Plumber {
        clients: stage.clientele((60, 240), (0.035, 1.0), 0.8),
        trade,
        manner: Manner {
            answered: stage.real((0.35, 0.7)),
            talk: (stage.real((45.0, 130.0)), 0.9),
            rung_back: stage.real((0.5, 0.9)),
            back_after: (120, 12_000),
            retried: 0.4,
            voicemail: 0.55,
        },
        hours: stage.hours((7.0, 8.0), (19.0, 24.0)).peak(8.5, 1.0, 0.3).peak(17.5, 1.0, 0.2),
        jobs: (2, most),
        spots: (0..40).map(|_| stage.spot()).collect(),
        desk,
    })
}

impl Actor for Plumber {
    fn kind(&self) -> &'static str {
        "plumber"
    }

    fn day(&self, world: &World, day: u32, chance: &mut Chance, out: &mut Vec<Communication>) {
        let factor = if world.calendar.weekday(day) >= 5 { 0.35 } else { 1.0 };
        let desk = self.desk.party;
        let mut diary = Diary::new(world, day);
        for (second, client) in contacts(chance, &self.clients, factor, &self.hours) {
            if coin(chance, 0.2) {
                diary.text(second, client, desk);
                diary.text(second + whole(chance, (120, 9000)), desk, client);
            } else {
                self.manner.ring(&mut diary, second, client, desk, chance);
            }
        }
        if factor > 0.5 {
            let parties: Vec<Party> = self.clients.iter().map(|c| c.party).collect();
            for client in several(&parties, whole(chance, self.jobs) as usize, chance) {
                let second = whole(chance, (28_000, 59_000));
                if coin(chance, 0.5) {
                    diary.text(second, desk, client);
                } else {
                    self.manner.ring(&mut diary, second, desk, client, chance);
                }
            }
        }
        for _ in 0..count(chance, 5.0 * factor) {
            if let Some(mate) = one(chance, &self.trade) {
                let second = whole(chance, (26_000, 62_000));
                let (from, to) = if coin(chance, 0.6) { (desk, mate) } else { (mate, desk) };
                diary.call(second, from, to, 8, talk(chance, (70.0, 0.8)));
            }
        }
        diary.finish(desk, out);
    }

    fn itinerary(&self, world: &World, person: PersonId, day: u32) -> Itinerary {
        let home = world.people[person as usize].home;
        let mut chance = world.seed.stream("plumber rounds", &[u64::from(person), u64::from(day)]);
        if world.calendar.weekday(day) >= 5 && coin(&mut chance, 0.7) {
            return Itinerary::at(home);
        }
        let stops = several(&self.spots, 5, &mut chance);
        rounds(&mut chance, home, &stops, (26_500, 63_000), (2400, 10_000), (400, 1500))
    }

    fn truth(&self, world: &World) -> serde_json::Value {
        innocent(world, self, &self.desk.parties())
    }
}
