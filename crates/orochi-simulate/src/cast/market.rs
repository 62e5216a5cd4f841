//! A market trader: up before dawn, "fresh in today" to all regulars on market days, short orders by call and text.

use super::diary::{Diary, Manner, talk};
use super::draw::{Hours, coin, count, one, whole};
use super::stage::{Client, Desk, Stage, contacts, innocent};
use crate::actor::Actor;
use crate::chance::Chance;
use crate::communication::{Communication, Party};
use crate::world::World;

#[derive(Debug)]
struct Market {
    desk: Desk,
    regulars: Vec<Client>,
    suppliers: Vec<Party>,
    manner: Manner,
    days: u8,
    /// Share of market days with a text to all, share who order because of it.
    texted: f64,
    taken: f64,
    pace: f64,
}

/// Makes one.
pub fn cast(stage: &mut Stage<'_>) -> Box<dyn Actor> {
    let days = [0b0010_1010, 0b0011_1110, 0b0110_0100, 0b0010_0101][stage.whole((0, 3)) as usize];
    let owner = stage.worker((5.0, 16.0), days);
    let desk = stage.desk(owner, [0.7, 0.3, 0.0]);
    let mut suppliers = stage.public(4);
    suppliers.push(stage.landline());
    Box::new(Market {
        regulars: stage.clientele((40, 190), (0.05, 0.9), 0.8),
        suppliers,
        manner: Manner {
            answered: stage.real((0.5, 0.85)),
            talk: (stage.real((20.0, 45.0)), 0.6),
            rung_back: stage.real((0.3, 0.8)),
            back_after: (60, 2400),
            retried: 0.45,
            voicemail: 0.4,
        },
        days,
        texted: stage.real((0.2, 1.0)),
        taken: stage.real((0.02, 0.12)),
        pace: stage.real((0.4, 5.0)),
        desk,
    })
}

impl Actor for Market {
    fn kind(&self) -> &'static str {
        "market trader"
    }

    fn day(&self, world: &World, day: u32, chance: &mut Chance, out: &mut Vec<Communication>) {
        let mut diary = Diary::new(world, day);
        let desk = self.desk.party;
        let trading = self.days >> world.calendar.weekday(day) & 1 == 1;
        let hours = Hours::even(5.5, 19.0).peak(8.0, 1.5, 0.3);
        for (second, regular) in contacts(chance, &self.regulars, if trading { 1.6 } else { 0.4 }, &hours) {
            self.manner.ring(&mut diary, second, regular, desk, chance);
        }
        if trading && coin(chance, self.texted) {
            let regulars: Vec<Party> = self.regulars.iter().map(|c| c.party).collect();
            let end = diary.broadcast(whole(chance, (21_500, 30_000)), desk, &regulars, (self.pace, 50), chance);
            for regular in regulars {
                if coin(chance, self.taken) {
                    let second = end + whole(chance, (30, 9000));
                    if coin(chance, 0.4) {
                        diary.text(second, regular, desk);
                    } else {
                        self.manner.ring(&mut diary, second, regular, desk, chance);
                    }
                }
            }
        }
        for _ in 0..count(chance, 4.0) {
            if let Some(supplier) = one(chance, &self.suppliers) {
                let second = whole(chance, (14_500, 50_000));
                let (from, to) = if coin(chance, 0.6) { (desk, supplier) } else { (supplier, desk) };
                diary.call(second, from, to, 8, talk(chance, (45.0, 0.7)));
            }
        }
        diary.finish(desk, out);
    }

    fn truth(&self, world: &World) -> serde_json::Value {
        innocent(world, self, &self.desk.parties())
    }
}
