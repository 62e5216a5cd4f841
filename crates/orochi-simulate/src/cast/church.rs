//! A church group's leader: a verse or a notice to all most days, long calls, the lonely who ring every day.

use super::diary::{Diary, Manner};
use super::draw::{Hours, coin, several, whole};
use super::group::Round;
use super::stage::{Client, Desk, Stage, contacts, innocent};
use crate::actor::Actor;
use crate::chance::Chance;
use crate::communication::{Communication, Party};
use crate::world::{Routine, World};

#[derive(Debug)]
struct Church {
    desk: Desk,
    members: Vec<Client>,
    manner: Manner,
    round: Round,
    /// Share of days with a text to all.
    daily: f64,
    at: i64,
}

/// Makes one.
pub fn cast(stage: &mut Stage<'_>) -> Box<dyn Actor> {
    let owner = stage.somebody(Routine::Home);
    let desk = stage.desk(owner, [0.8, 0.2, 0.0]);
    Box::new(Church {
        members: stage.clientele((15, 120), (0.04, 1.1), 2.0),
        manner: Manner {
            answered: 0.75,
            talk: (stage.real((90.0, 400.0)), 1.0),
            rung_back: 0.7,
            back_after: (120, 7200),
            retried: 0.4,
            voicemail: 0.4,
        },
        round: Round {
            pace: stage.real((0.4, 5.0)),
            batch: stage.whole((10, 60)) as usize,
            texted: stage.real((0.05, 0.3)),
            rang: stage.real((0.005, 0.05)),
            within: 7200,
            again: 0.3,
        },
        daily: stage.real((0.15, 1.0)),
        at: stage.whole((22_000, 75_000)),
        desk,
    })
}

impl Actor for Church {
    fn kind(&self) -> &'static str {
        "church group"
    }

    fn day(&self, world: &World, day: u32, chance: &mut Chance, out: &mut Vec<Communication>) {
        let mut diary = Diary::new(world, day);
        let desk = self.desk.party;
        let members: Vec<Party> = self.members.iter().map(|c| c.party).collect();
        if coin(chance, self.daily) || world.calendar.weekday(day) == 5 {
            let at = self.at + whole(chance, (-1200, 1200));
            self.round.send(&mut diary, at, (desk, &members), &self.manner, chance);
        }
        let hours = Hours::even(8.0, 22.5).peak(19.5, 1.5, 0.3);
        for (second, member) in contacts(chance, &self.members, 1.0, &hours) {
            self.manner.ring(&mut diary, second, member, desk, chance);
        }
        for member in several(&members, whole(chance, (0, 4)) as usize, chance) {
            self.manner.ring(&mut diary, hours.second(chance), desk, member, chance);
        }
        diary.finish(desk, out);
    }

    fn truth(&self, world: &World) -> serde_json::Value {
        innocent(world, self, &self.desk.parties())
    }
}
