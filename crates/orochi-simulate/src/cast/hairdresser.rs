//! A hairdresser: reminders to tomorrow's clients in one go, gaps offered to several, replies, longer calls.

use super::diary::{Diary, Manner, talk};
use super::draw::{Hours, coin, count, several, whole};
use super::stage::{Client, Desk, Stage, contacts, innocent};
use crate::actor::Actor;
use crate::chance::Chance;
use crate::communication::{Communication, Party};
use crate::world::World;

#[derive(Debug)]
struct Hairdresser {
    desk: Desk,
    clients: Vec<Client>,
    hours: Hours,
    manner: Manner,
    /// Appointments a day.
    chairs: (i64, i64),
    replied: f64,
    /// Share of days on which a gap is offered.
    gaps: f64,
    /// Second of the day for reminders.
    reminds: i64,
}

/// Makes one.
pub fn cast(stage: &mut Stage<'_>) -> Box<dyn Actor> {
    let owner = stage.worker((8.5, 17.8), 0b0011_1110);
    let desk = stage.desk(owner, [0.6, 0.4, 0.0]);
    let clients = stage.clientele((80, 260), (0.025, 0.4), 0.15);
    let few = stage.whole((5, 14));
    Box::new(Hairdresser {
        hours: stage.hours((8.5, 9.5), (17.0, 19.5)).peak(10.0, 1.5, 0.3),
        manner: Manner {
            answered: stage.real((0.5, 0.85)),
            talk: (stage.real((40.0, 110.0)), 0.7),
            rung_back: stage.real((0.3, 0.8)),
            back_after: (120, 5400),
            retried: stage.real((0.2, 0.5)),
            voicemail: stage.real((0.3, 0.8)),
        },
        chairs: (few, few + stage.whole((4, 12))),
        replied: stage.real((0.1, 0.5)),
        gaps: stage.real((0.05, 0.3)),
        reminds: stage.whole((32_400, 70_000)),
        desk,
        clients,
    })
}

impl Actor for Hairdresser {
    fn kind(&self) -> &'static str {
        "hairdresser"
    }

    fn day(&self, world: &World, day: u32, chance: &mut Chance, out: &mut Vec<Communication>) {
        let weekday = world.calendar.weekday(day);
        let desk = self.desk.party;
        let mut diary = Diary::new(world, day);
        let everyone: Vec<Party> = self.clients.iter().map(|c| c.party).collect();
        if weekday != 6 && weekday != 0 {
            for (second, client) in contacts(chance, &self.clients, 1.0, &self.hours) {
                if coin(chance, 0.3) {
                    diary.text(second, client, desk);
                    for turn in 1..=count(chance, 1.6) {
                        let (from, to) = if turn % 2 == 1 { (desk, client) } else { (client, desk) };
                        diary.text(second + i64::from(turn) * whole(chance, (60, 1500)), from, to);
                    }
                } else {
                    self.manner.ring(&mut diary, second, client, desk, chance);
                }
            }
            if coin(chance, self.gaps) {
                let asked = several(&everyone, whole(chance, (5, 15)) as usize, chance);
                let at = whole(chance, (32_400, 54_000));
                let end = diary.broadcast(at, desk, &asked, (0.05, 20), chance);
                for client in several(&asked, 2, chance) {
                    diary.call(end + whole(chance, (60, 3000)), client, desk, 8, talk(chance, (35.0, 0.5)));
                }
            }
        }
        // Closed on Sunday and Monday: no reminders on Saturday and Sunday.
        if weekday != 5 && weekday != 6 {
            let tomorrow = several(&everyone, whole(chance, self.chairs) as usize, chance);
            let at = self.reminds + whole(chance, (-900, 900));
            let end = diary.broadcast(at, desk, &tomorrow, (0.15, 8), chance);
            for client in tomorrow {
                if coin(chance, self.replied) {
                    diary.text(end + whole(chance, (20, 7000)), client, desk);
                }
            }
        }
        diary.finish(desk, out);
    }

    fn truth(&self, world: &World) -> serde_json::Value {
        innocent(world, self, &self.desk.parties())
    }
}
