//! A hairdresser: reminders to tomorrow's clients in one go, gaps offered to several, replies, longer calls.

use super::diary::{Diary, Manner, talk};
use super::draw::{Hours, coin, count, several, whole};
use super::figures;
use super::stage::{Client, Desk, Stage, contacts, innocent};
use crate::actor::Actor;
use crate::chance::Chance;
use crate::communication::{Communication, Party};
use crate::scenario::figure::figures;
use crate::world::World;

figures! {
    /// `[lookalike.hairdresser]`.
    Figures {
        number: Weights,
        chairs: Whole,
        chairs_more: Whole,
        by_text: Number,
        turns: Number,
        turn_after: Whole,
        gaps: Real,
        gap_asked: Whole,
        gap_at: Whole,
        gap_pace: Number,
        gap_batch: Count,
        gap_ring: Count,
        gap_after: Whole,
        gap_talk: Skewed,
        reminds: Whole,
        reminds_around: Whole,
        reminder_pace: Number,
        reminder_batch: Count,
        replied: Real,
        replied_after: Whole,
    } with {
        owner: figures::Work,
        clients: figures::Clientele,
        hours: figures::Hours,
        manner: figures::Manner,
    }
}

#[derive(Debug)]
struct Hairdresser {
    of: Figures,
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
pub(crate) fn cast(stage: &mut Stage<'_>, of: &Figures) -> Box<dyn Actor> {
    let owner = of.owner.worker(stage);
    let desk = stage.desk(owner, of.number);
    let clients = of.clients.draw(stage);
    let few = stage.whole(of.chairs);
    Box::new(Hairdresser {
        of: of.clone(),
        hours: of.hours.draw(stage),
        manner: of.manner.draw(stage),
        chairs: (few, few + stage.whole(of.chairs_more)),
        replied: stage.real(of.replied),
        gaps: stage.real(of.gaps),
        reminds: stage.whole(of.reminds),
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
        let (of, mut diary) = (&self.of, Diary::new(world, day));
        let everyone: Vec<Party> = self.clients.iter().map(|c| c.party).collect();
        if weekday != 6 && weekday != 0 {
            for (second, client) in contacts(chance, &self.clients, 1.0, &self.hours) {
                if coin(chance, of.by_text) {
                    diary.text(second, client, desk);
                    for turn in 1..=count(chance, of.turns) {
                        let (from, to) = if turn % 2 == 1 { (desk, client) } else { (client, desk) };
                        diary.text(second + i64::from(turn) * whole(chance, of.turn_after), from, to);
                    }
                } else {
                    self.manner.ring(&mut diary, second, client, desk, chance);
                }
            }
            if coin(chance, self.gaps) {
                let asked = several(&everyone, whole(chance, of.gap_asked) as usize, chance);
                let at = whole(chance, of.gap_at);
                let end = diary.broadcast(at, desk, &asked, of.gap_pace, of.gap_batch as usize, chance);
                for client in several(&asked, of.gap_ring as usize, chance) {
                    diary.call(end + whole(chance, of.gap_after), client, desk, 8, talk(chance, of.gap_talk));
                }
            }
        }
        // Closed on Sunday and Monday: no reminders on Saturday and Sunday.
        if weekday != 5 && weekday != 6 {
            let tomorrow = several(&everyone, whole(chance, self.chairs) as usize, chance);
            let at = self.reminds + whole(chance, of.reminds_around);
            let end = diary.broadcast(at, desk, &tomorrow, of.reminder_pace, of.reminder_batch as usize, chance);
            for client in tomorrow {
                if coin(chance, self.replied) {
                    diary.text(end + whole(chance, of.replied_after), client, desk);
                }
            }
        }
        diary.finish(desk, out);
    }

    fn truth(&self, world: &World) -> serde_json::Value {
        innocent(world, self, &self.desk.parties())
    }
}
