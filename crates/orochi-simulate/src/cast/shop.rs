//! A corner shop or off-licence that delivers: drinkers who ring every day, several times, late; short calls, a call to whoever
//! drives, a ring outside the door, offers by text at weekends. Of all the innocent it resembles a line most.

use super::diary::{Diary, Manner, talk};
use super::draw::{Hours, coin, one, whole};
use super::stage::{Client, Desk, Stage, contacts, innocent};
use crate::actor::Actor;
use crate::chance::Chance;
use crate::communication::{Communication, Party};
use crate::world::World;

const WEEK: [f64; 7] = [0.8, 0.8, 0.85, 0.95, 1.35, 1.4, 1.0];

#[derive(Debug)]
struct Shop {
    desk: Desk,
    drivers: Vec<Party>,
    suppliers: Vec<Party>,
    clients: Vec<Client>,
    hours: Hours,
    manner: Manner,
    passed: f64,
    outside: f64,
    by_text: f64,
    /// Share of Thursdays to Saturdays, and of other days, with an offer.
    offers: (f64, f64),
}

/// Makes one.
pub fn cast(stage: &mut Stage<'_>) -> Box<dyn Actor> {
    let owner = stage.worker((9.0, 23.0), 0b0111_1111);
    let desk = stage.desk(owner, [0.35, 0.55, 0.1]);
    let drivers = (0..stage.whole((1, 3)))
        .map(|_| {
            let driver = stage.worker((14.0, 23.5), 0b0111_1100);
            stage.own(driver)
        })
        .collect();
    let shut = stage.real((22.5, 27.0));
    Box::new(Shop {
        suppliers: (0..3).map(|_| stage.landline()).collect(),
        clients: stage.clientele((20, 130), (0.12, 1.2), 3.0),
        hours: stage.hours((8.0, 14.0), (shut, shut + 0.5)).peak(20.5, 2.2, 0.5),
        manner: Manner {
            answered: stage.real((0.65, 0.95)),
            talk: (stage.real((18.0, 48.0)), 0.65),
            rung_back: stage.real((0.15, 0.7)),
            back_after: (40, 900),
            retried: stage.real((0.4, 0.8)),
            voicemail: stage.real((0.1, 0.5)),
        },
        passed: stage.real((0.2, 0.9)),
        outside: stage.real((0.1, 0.5)),
        by_text: stage.real((0.02, 0.3)),
        offers: if coin(&mut stage.chance, 0.5) { (stage.real((0.1, 0.8)), 0.1) } else { (0.0, 0.0) },
        desk,
        drivers,
    })
}

impl Actor for Shop {
    fn kind(&self) -> &'static str {
        "shop"
    }

    fn day(&self, world: &World, day: u32, chance: &mut Chance, out: &mut Vec<Communication>) {
        let mut diary = Diary::new(world, day);
        let (desk, writer, weekday) = (self.desk.party, self.desk.writer(), world.calendar.weekday(day));
        for (second, client) in contacts(chance, &self.clients, WEEK[weekday as usize], &self.hours) {
            let ordered = if coin(chance, self.by_text) {
                diary.text(second, client, writer);
                if coin(chance, 0.4) {
                    diary.call(second + whole(chance, (30, 500)), desk, client, 8, talk(chance, self.manner.talk));
                } else {
                    diary.text(second + whole(chance, (20, 500)), writer, client);
                }
                Some(second + 500)
            } else {
                self.manner.ring(&mut diary, second, client, desk, chance)
            };
            let Some(ordered) = ordered else { continue };
            if let Some(driver) = one(chance, &self.drivers)
                && coin(chance, self.passed)
            {
                diary.call(ordered + whole(chance, (15, 400)), desk, driver, 6, talk(chance, (14.0, 0.5)));
            }
            if coin(chance, self.outside) {
                diary.call(ordered + whole(chance, (600, 2700)), desk, client, 7, talk(chance, (8.0, 0.5)));
            } else if coin(chance, 0.12) {
                self.manner.ring(&mut diary, ordered + whole(chance, (900, 2700)), client, desk, chance);
            }
        }
        for supplier in &self.suppliers {
            if weekday < 6 && coin(chance, 0.3) {
                diary.call(whole(chance, (33_000, 55_000)), desk, *supplier, 9, talk(chance, (80.0, 0.7)));
            }
        }
        if coin(chance, if (3..6).contains(&weekday) { self.offers.0 } else { self.offers.1 * self.offers.0 }) {
            let regulars: Vec<Party> = self.clients.iter().filter(|c| c.rate > 0.04).map(|c| c.party).collect();
            diary.broadcast(whole(chance, (54_000, 70_000)), writer, &regulars, (1.2, 40), chance);
        }
        diary.finish(desk, out);
    }

    fn truth(&self, world: &World) -> serde_json::Value {
        innocent(world, self, &self.desk.with_writer())
    }
}
