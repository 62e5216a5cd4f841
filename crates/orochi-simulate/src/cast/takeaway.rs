//! A takeaway with offers: texts to its regulars on slow evenings, a wave of short calls after
//! them, riders to send out.

use super::diary::{Diary, Manner, talk};
use super::draw::{Hours, coin, one, whole};
use super::figures;
use super::stage::{Client, Desk, Stage, contacts, innocent};
use crate::actor::Actor;
use crate::chance::Chance;
use crate::communication::{Communication, Party};
use crate::scenario::figure::figures;
use crate::world::World;

figures! {
    /// `[lookalike.takeaway]`.
    Figures {
        riders: Whole,
        number: Weights,
        week: Week,
        closed: Number,
        shuts_later: Number,
        delivered: Whole,
        rung_rider: Real,
        rider_after: Whole,
        rider_talk: Skewed,
        at_the_door: Number,
        door_talk: Skewed,
        where_is_it: Number,
        where_before: Whole,
        offers: Real,
        offers_at: Whole,
        reach: Real,
        pace: Real,
        batch: Count,
        taken: Real,
        taken_after: Whole,
    } with {
        owner: figures::Work,
        rider: figures::Work,
        clients: figures::Clientele,
        hours: figures::Hours,
        manner: figures::Manner,
    }
}

#[derive(Debug)]
struct Takeaway {
    of: Figures,
    desk: Desk,
    riders: Vec<Party>,
    clients: Vec<Client>,
    hours: Hours,
    manner: Manner,
    offers: f64,
    reach: f64,
    pace: f64,
    taken: f64,
    rung_rider: f64,
    /// A weekday.
    closed: Option<u32>,
    /// Where offers come from: the desk, or a name when it is a landline.
    sender: Party,
}

/// Makes one.
pub(crate) fn cast(stage: &mut Stage<'_>, of: &Figures) -> Box<dyn Actor> {
    let owner = of.owner.worker(stage);
    let desk = stage.desk(owner, of.number);
    let riders = (0..stage.whole(of.riders))
        .map(|_| {
            let rider = of.rider.worker(stage);
            stage.own(rider)
        })
        .collect();
    let name = ["PizzaHouse", "GoldenWok", "SpiceHut", "KebabStop"][stage.whole((0, 3)) as usize];
    let sender = if matches!(desk.party, Party::Sim(_)) { desk.party } else { stage.outside(name) };
    let clients = of.clients.draw(stage);
    let shuts = stage.real(of.hours.shuts);
    Box::new(Takeaway {
        hours: of.hours.draw_later(stage, shuts, of.shuts_later),
        manner: of.manner.draw(stage),
        offers: stage.real(of.offers),
        reach: stage.real(of.reach),
        pace: stage.real(of.pace),
        taken: stage.real(of.taken),
        rung_rider: stage.real(of.rung_rider),
        closed: if coin(&mut stage.chance, of.closed) { Some(stage.whole((0, 1)) as u32) } else { None },
        of: of.clone(),
        desk,
        riders,
        clients,
        sender,
    })
}

impl Takeaway {
    fn order(&self, diary: &mut Diary<'_>, chance: &mut Chance, second: i64, client: Party) {
        let of = &self.of;
        let Some(ordered) = self.manner.ring(diary, second, client, self.desk.party, chance) else { return };
        let there = ordered + whole(chance, of.delivered);
        if let Some(rider) = one(chance, &self.riders) {
            if coin(chance, self.rung_rider) {
                let second = ordered + whole(chance, of.rider_after);
                diary.call(second, self.desk.party, rider, 5, talk(chance, of.rider_talk));
            }
            if coin(chance, of.at_the_door) {
                diary.call(there, rider, client, 7, talk(chance, of.door_talk));
            }
        }
        if coin(chance, of.where_is_it) {
            self.manner.ring(diary, there - whole(chance, of.where_before), client, self.desk.party, chance);
        }
    }
}

impl Actor for Takeaway {
    fn kind(&self) -> &'static str {
        "takeaway"
    }

    fn day(&self, world: &World, day: u32, chance: &mut Chance, out: &mut Vec<Communication>) {
        let weekday = world.calendar.weekday(day);
        if self.closed == Some(weekday) {
            return;
        }
        let (of, mut diary) = (&self.of, Diary::new(world, day));
        for (second, client) in contacts(chance, &self.clients, of.week[weekday as usize], &self.hours) {
            self.order(&mut diary, chance, second, client);
        }
        if coin(chance, self.offers) {
            let at = self.hours.open + whole(chance, of.offers_at);
            let reached: Vec<Party> =
                self.clients.iter().map(|c| c.party).filter(|_| coin(chance, self.reach)).collect();
            let end = diary.broadcast(at, self.sender, &reached, self.pace, of.batch as usize, chance);
            for client in reached {
                if coin(chance, self.taken) {
                    let second = end.max(self.hours.open) + whole(chance, of.taken_after);
                    self.order(&mut diary, chance, second, client);
                }
            }
        }
        diary.finish(self.desk.party, out);
    }

    fn truth(&self, world: &World) -> serde_json::Value {
        let mut parties = self.desk.parties();
        if self.sender != self.desk.party {
            parties.push(self.sender);
        }
        innocent(world, self, &parties)
    }
}
