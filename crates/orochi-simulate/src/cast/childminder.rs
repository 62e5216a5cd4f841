//! A childminder: the same few families every weekday, short calls at drop-off and pick-up, a text to all when something changes.

use super::diary::{Diary, Manner};
use super::draw::{coin, whole};
use super::group::Round;
use super::stage::{Desk, Stage, innocent};
use crate::actor::Actor;
use crate::chance::Chance;
use crate::communication::{Communication, Party};
use crate::world::{Routine, World};

#[derive(Debug)]
struct Childminder {
    desk: Desk,
    families: Vec<Party>,
    manner: Manner,
    round: Round,
    /// Share of days on which a family calls or texts.
    daily: f64,
    to_all: f64,
}

/// Makes one.
pub fn cast(stage: &mut Stage<'_>) -> Box<dyn Actor> {
    let owner = stage.somebody(Routine::Home);
    let desk = stage.desk(owner, [0.9, 0.1, 0.0]);
    let families = stage.whole((5, 14)) as usize;
    Box::new(Childminder {
        families: stage.public(families),
        manner: Manner {
            answered: 0.75,
            talk: (stage.real((18.0, 50.0)), 0.7),
            rung_back: 0.7,
            back_after: (60, 1800),
            retried: 0.6,
            voicemail: 0.3,
        },
        round: Round { pace: 0.6, batch: 10, texted: 0.5, rang: 0.05, within: 3600, again: 0.3 },
        daily: stage.real((0.3, 0.9)),
        to_all: stage.real((0.05, 0.5)),
        desk,
    })
}

impl Actor for Childminder {
    fn kind(&self) -> &'static str {
        "childminder"
    }

    fn day(&self, world: &World, day: u32, chance: &mut Chance, out: &mut Vec<Communication>) {
        if world.calendar.weekday(day) >= 5 {
            return;
        }
        let mut diary = Diary::new(world, day);
        let desk = self.desk.party;
        for family in &self.families {
            if coin(chance, self.daily) {
                let second =
                    if coin(chance, 0.4) { whole(chance, (25_000, 33_000)) } else { whole(chance, (52_000, 65_500)) };
                if coin(chance, 0.5) {
                    diary.text(second, *family, desk);
                    diary.text(second + whole(chance, (30, 900)), desk, *family);
                } else {
                    self.manner.ring(&mut diary, second, *family, desk, chance);
                }
            }
            if coin(chance, 0.25) {
                diary.text(whole(chance, (36_000, 54_000)), desk, *family);
            }
        }
        if coin(chance, self.to_all) {
            let at = whole(chance, (25_000, 70_000));
            self.round.send(&mut diary, at, (desk, &self.families), &self.manner, chance);
        }
        diary.finish(desk, out);
    }

    fn truth(&self, world: &World) -> serde_json::Value {
        innocent(world, self, &self.desk.parties())
    }
}
