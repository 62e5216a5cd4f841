//! A carers' agency and its carers: rota texts to all, an on-call number at night, short calls from the same people
//! every day, visits from door to door.

use super::diary::{Diary, Manner, talk};
use super::draw::{Hours, coin, count, one, several, whole};
use super::figures;
use super::stage::{Client, Desk, Stage, contacts, innocent};
use crate::actor::Actor;
use crate::chance::Chance;
use crate::communication::{Communication, Party};
use crate::ground::{PersonId, Spot};
use crate::itinerary::Itinerary;
use crate::scenario::figure::figures;
use crate::world::World;

figures! {
    /// `[lookalike.carer]`.
    Figures {
        number: Weights,
        carers: Whole,
        passed: Number,
        passed_after: Whole,
        passed_talk: Skewed,
        told: Number,
        told_after: Whole,
        told_talk: Skewed,
        office: Real,
        office_rung: Number,
        visited: Count,
        visited_rung: Number,
        visited_talk: Skewed,
        rota: Real,
        rota_at: Whole,
        rota_pace: Number,
        rota_batch: Count,
        rota_texted: Number,
        texted_after: Whole,
        rota_rang: Number,
        rang_after: Whole,
        day_off: Number,
    } with {
        owner: figures::Work,
        clients: figures::Clientele,
        manner: figures::Manner,
        hours: figures::Hours,
        rounds: figures::Rounds,
    }
}

#[derive(Debug)]
struct Carer {
    of: Figures,
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
pub(crate) fn cast(stage: &mut Stage<'_>, of: &Figures) -> Box<dyn Actor> {
    let owner = of.owner.worker(stage);
    let desk = stage.desk(owner, of.number);
    let carers = (0..stage.whole(of.carers))
        .map(|_| {
            let carer = stage.cast_member();
            (carer, stage.own(carer))
        })
        .collect();
    Box::new(Carer {
        of: of.clone(),
        clients: of.clients.draw(stage),
        manner: of.manner.draw(stage),
        hours: of.hours.draw(stage),
        rota: stage.real(of.rota),
        office: stage.real(of.office),
        spots: of.rounds.spots(stage),
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
        let (of, mut diary) = (&self.of, Diary::new(world, day));
        let carers: Vec<Party> = self.carers.iter().map(|(_, party)| *party).collect();
        for (second, client) in contacts(chance, &self.clients, 1.0, &self.hours) {
            let Some(spoken) = self.manner.ring(&mut diary, second, client, desk, chance) else { continue };
            if coin(chance, of.passed)
                && let Some(carer) = one(chance, &carers)
            {
                let second = spoken + whole(chance, of.passed_after);
                diary.call(second, desk, carer, 7, talk(chance, of.passed_talk));
                if coin(chance, of.told) {
                    let second = second + whole(chance, of.told_after);
                    diary.call(second, desk, client, 8, talk(chance, of.told_talk));
                }
            }
        }
        for carer in &carers {
            for _ in 0..count(chance, self.office) {
                let second = self.hours.second(chance);
                if coin(chance, of.office_rung) {
                    self.manner.ring(&mut diary, second, *carer, desk, chance);
                } else {
                    diary.text(second, *carer, desk);
                }
            }
            for client in several(&self.clients, of.visited as usize, chance) {
                if coin(chance, of.visited_rung) {
                    let second = self.hours.second(chance);
                    diary.call(second, *carer, client.party, 9, talk(chance, of.visited_talk));
                }
            }
        }
        for _ in 0..count(chance, self.rota) {
            let at = whole(chance, of.rota_at);
            let end = diary.broadcast(at, desk, &carers, of.rota_pace, of.rota_batch as usize, chance);
            for carer in &carers {
                if coin(chance, of.rota_texted) {
                    diary.text(end + whole(chance, of.texted_after), *carer, desk);
                } else if coin(chance, of.rota_rang) {
                    self.manner.ring(&mut diary, end + whole(chance, of.rang_after), *carer, desk, chance);
                }
            }
        }
        diary.finish(desk, out);
    }

    fn itinerary(&self, world: &World, person: PersonId, day: u32) -> Itinerary {
        let mut chance = world.seed.stream("carer rounds", &[u64::from(person), u64::from(day)]);
        let home = world.people[person as usize].home;
        if coin(&mut chance, self.of.day_off) {
            return Itinerary::at(home);
        }
        self.of.rounds.some(&mut chance, home, &self.spots)
    }

    fn truth(&self, world: &World) -> serde_json::Value {
        innocent(world, self, &self.desk.parties())
    }
}
