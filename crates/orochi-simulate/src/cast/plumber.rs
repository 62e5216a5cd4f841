//! A plumber: calls missed at work and rung back in the breaks, a word from the van that they are on their
//! way, emergencies at night.

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
    /// `[lookalike.plumber]`.
    Figures {
        number: Weights,
        mates: Count,
        merchants: Count,
        weekend: Number,
        by_text: Number,
        text_answered: Whole,
        jobs: Count,
        jobs_most: Whole,
        job_at: Whole,
        job_texted: Number,
        trade_calls: Number,
        trade_at: Whole,
        trade_out: Number,
        trade_talk: Skewed,
        weekend_off: Number,
    } with {
        clients: figures::Clientele,
        manner: figures::Manner,
        hours: figures::Hours,
        rounds: figures::Rounds,
    }
}

#[derive(Debug)]
struct Plumber {
    of: Figures,
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
pub(crate) fn cast(stage: &mut Stage<'_>, of: &Figures) -> Box<dyn Actor> {
    let owner = stage.cast_member();
    let desk = stage.desk(owner, of.number);
    let mut trade = stage.public(of.mates as usize);
    trade.extend((0..of.merchants).map(|_| stage.landline()));
    let most = stage.whole(of.jobs_most);
    Box::new(Plumber {
        of: of.clone(),
        clients: of.clients.draw(stage),
        trade,
        manner: of.manner.draw(stage),
        hours: of.hours.draw(stage),
        jobs: (of.jobs, most),
        spots: of.rounds.spots(stage),
        desk,
    })
}

impl Actor for Plumber {
    fn kind(&self) -> &'static str {
        "plumber"
    }

    fn day(&self, world: &World, day: u32, chance: &mut Chance, out: &mut Vec<Communication>) {
        let (desk, weekend) = (self.desk.party, world.calendar.weekday(day) >= 5);
        let (of, mut diary) = (&self.of, Diary::new(world, day));
        let factor = if weekend { of.weekend } else { 1.0 };
        for (second, client) in contacts(chance, &self.clients, factor, &self.hours) {
            if coin(chance, of.by_text) {
                diary.text(second, client, desk);
                diary.text(second + whole(chance, of.text_answered), desk, client);
            } else {
                self.manner.ring(&mut diary, second, client, desk, chance);
            }
        }
        if !weekend {
            let parties: Vec<Party> = self.clients.iter().map(|c| c.party).collect();
            for client in several(&parties, whole(chance, self.jobs) as usize, chance) {
                let second = whole(chance, of.job_at);
                if coin(chance, of.job_texted) {
                    diary.text(second, desk, client);
                } else {
                    self.manner.ring(&mut diary, second, desk, client, chance);
                }
            }
        }
        for _ in 0..count(chance, of.trade_calls * factor) {
            if let Some(mate) = one(chance, &self.trade) {
                let second = whole(chance, of.trade_at);
                let (from, to) = if coin(chance, of.trade_out) { (desk, mate) } else { (mate, desk) };
                diary.call(second, from, to, 8, talk(chance, of.trade_talk));
            }
        }
        diary.finish(desk, out);
    }

    fn itinerary(&self, world: &World, person: PersonId, day: u32) -> Itinerary {
        let home = world.people[person as usize].home;
        let mut chance = world.seed.stream("plumber rounds", &[u64::from(person), u64::from(day)]);
        if world.calendar.weekday(day) >= 5 && coin(&mut chance, self.of.weekend_off) {
            return Itinerary::at(home);
        }
        self.of.rounds.some(&mut chance, home, &self.spots)
    }

    fn truth(&self, world: &World) -> serde_json::Value {
        innocent(world, self, &self.desk.parties())
    }
}
