//! A club secretary: the same text to all members before a meeting, replies, some calls, years of it from an own phone.

use super::diary::{Diary, Manner};
use super::draw::{Hours, coin, count, several, whole};
use super::group::Round;
use super::stage::{Client, Desk, Stage, contacts, innocent};
use crate::actor::Actor;
use crate::chance::Chance;
use crate::communication::{Communication, Party};
use crate::world::{Routine, World};

#[derive(Debug)]
struct Club {
    desk: Desk,
    members: Vec<Client>,
    manner: Manner,
    round: Round,
    /// Texts to all a day, on the day before and the day of a meeting, and on others.
    busy: f64,
    quiet: f64,
    /// Weekday of the meeting.
    meeting: u32,
}

/// Makes one.
pub fn cast(stage: &mut Stage<'_>) -> Box<dyn Actor> {
    let owner = stage.somebody(Routine::Home);
    let desk = stage.desk(owner, [0.85, 0.15, 0.0]);
    Box::new(Club {
        members: stage.clientele((18, 110), (0.03, 0.9), 0.6),
        manner: Manner {
            answered: 0.7,
            talk: (stage.real((60.0, 180.0)), 0.9),
            rung_back: 0.5,
            back_after: (120, 9000),
            retried: 0.3,
            voicemail: 0.5,
        },
        round: Round {
            pace: stage.real((0.3, 4.0)),
            batch: stage.whole((10, 60)) as usize,
            texted: stage.real((0.1, 0.4)),
            rang: stage.real((0.01, 0.08)),
            within: 5400,
            again: stage.real((0.05, 0.4)),
        },
        busy: stage.real((0.5, 1.2)),
        quiet: stage.real((0.0, 0.2)),
        meeting: stage.whole((0, 6)) as u32,
        desk,
    })
}

impl Actor for Club {
    fn kind(&self) -> &'static str {
        "club"
    }

    fn day(&self, world: &World, day: u32, chance: &mut Chance, out: &mut Vec<Communication>) {
        let mut diary = Diary::new(world, day);
        let (desk, weekday) = (self.desk.party, world.calendar.weekday(day));
        let members: Vec<Party> = self.members.iter().map(|c| c.party).collect();
        let near = weekday == self.meeting || (weekday + 1) % 7 == self.meeting;
        for _ in 0..count(chance, if near { self.busy } else { self.quiet }) {
            let at = whole(chance, (32_000, 76_000));
            self.round.send(&mut diary, at, (desk, &members), &self.manner, chance);
        }
        let hours = Hours::even(9.0, 22.0).peak(19.0, 1.5, 0.4);
        for (second, member) in contacts(chance, &self.members, if near { 2.0 } else { 0.7 }, &hours) {
            self.manner.ring(&mut diary, second, member, desk, chance);
        }
        for member in several(&members, 2, chance) {
            if coin(chance, 0.5) {
                self.manner.ring(&mut diary, hours.second(chance), desk, member, chance);
            }
        }
        diary.finish(desk, out);
    }

    fn truth(&self, world: &World) -> serde_json::Value {
        innocent(world, self, &self.desk.parties())
    }
}
