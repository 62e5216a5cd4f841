//! A takeaway with offers: texts to its regulars on slow evenings, a wave of short calls after them, riders to send out.

use super::diary::{Diary, Manner, talk};
use super::draw::{Hours, coin, one, whole};
use super::stage::{Client, Desk, Stage, contacts, innocent};
use crate::actor::Actor;
use crate::chance::Chance;
use crate::communication::{Communication, Party};
use crate::world::World;

const WEEK: [f64; 7] = [0.6, 0.7, 0.8, 0.95, 1.6, 1.5, 0.95];

#[derive(Debug)]
struct Takeaway {
    desk: Desk,
    riders: Vec<Party>,
    clients: Vec<Client>,
    hours: Hours,
    manner: Manner,
    /// Share of days with an offer.
    offers: f64,
    /// Share of regulars that an offer goes to.
    reach: f64,
    /// Texts a second.
    pace: f64,
    /// Share of those reached who order because of it.
    taken: f64,
    rung_rider: f64,
    closed: Option<u32>,
    /// Where offers come from: the desk, or a name when it is a landline.
    sender: Party,
}

/// Makes one.
pub fn cast(stage: &mut Stage<'_>) -> Box<dyn Actor> {
    let owner = stage.worker((15.5, 23.9), 0b0111_1110);
    let desk = stage.desk(owner, [0.2, 0.5, 0.3]);
    let riders = (0..stage.whole((1, 4)))
        .map(|_| {
            let rider = stage.worker((16.5, 23.5), 0b0111_1110);
            stage.own(rider)
        })
        .collect();
    let name = ["PizzaHouse", "GoldenWok", "SpiceHut", "KebabStop"][stage.whole((0, 3)) as usize];
    let sender = if matches!(desk.party, Party::Sim(_)) { desk.party } else { stage.outside(name) };
    let clients = stage.clientele((50, 340), (0.09, 0.95), 1.2);
    let shut = stage.real((22.5, 26.0));
    Box::new(Takeaway {
        hours: stage.hours((11.5, 17.0), (shut, shut + 0.3)).peak(18.8, 1.1, 0.5).peak(22.0, 1.0, 0.15),
        manner: Manner {
            answered: stage.real((0.8, 0.97)),
            talk: (stage.real((32.0, 90.0)), stage.real((0.4, 0.65))),
            rung_back: stage.real((0.05, 0.5)),
            back_after: (60, 900),
            retried: stage.real((0.4, 0.8)),
            voicemail: stage.real((0.0, 0.4)),
        },
        offers: stage.real((0.05, 0.6)),
        reach: stage.real((0.4, 1.0)),
        pace: stage.real((0.5, 5.0)),
        taken: stage.real((0.02, 0.1)),
        rung_rider: stage.real((0.1, 0.8)),
        closed: if coin(&mut stage.chance, 0.5) { Some(stage.whole((0, 1)) as u32) } else { None },
        desk,
        riders,
        clients,
        sender,
    })
}

impl Takeaway {
    fn order(&self, diary: &mut Diary<'_>, chance: &mut Chance, second: i64, client: Party) {
        let Some(ordered) = self.manner.ring(diary, second, client, self.desk.party, chance) else { return };
        let there = ordered + whole(chance, (1200, 3600));
        if let Some(rider) = one(chance, &self.riders) {
            if coin(chance, self.rung_rider) {
                diary.call(ordered + whole(chance, (300, 1200)), self.desk.party, rider, 5, talk(chance, (12.0, 0.5)));
            }
            if coin(chance, 0.2) {
                diary.call(there, rider, client, 7, talk(chance, (10.0, 0.5)));
            }
        }
        if coin(chance, 0.1) {
            self.manner.ring(diary, there - whole(chance, (60, 600)), client, self.desk.party, chance);
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
        let mut diary = Diary::new(world, day);
        for (second, client) in contacts(chance, &self.clients, WEEK[weekday as usize], &self.hours) {
            self.order(&mut diary, chance, second, client);
        }
        if coin(chance, self.offers) {
            let at = self.hours.open + whole(chance, (-3600, 7200));
            let reached: Vec<Party> =
                self.clients.iter().map(|c| c.party).filter(|_| coin(chance, self.reach)).collect();
            let end = diary.broadcast(at, self.sender, &reached, (self.pace, 80), chance);
            for client in reached {
                if coin(chance, self.taken) {
                    let second = end.max(self.hours.open) + whole(chance, (60, 9000));
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
