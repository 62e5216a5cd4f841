//! A football captain: a text to the team twice a week, who can play, where are you on Sunday morning.

use super::diary::{Diary, Manner};
use super::draw::{coin, several, whole};
use super::group::Round;
use super::stage::{Desk, Stage, innocent};
use crate::actor::Actor;
use crate::chance::Chance;
use crate::communication::{Communication, Party};
use crate::world::World;

#[derive(Debug)]
struct Football {
    desk: Desk,
    team: Vec<Party>,
    manner: Manner,
    round: Round,
    training: u32,
    game: u32,
}

/// Makes one.
pub fn cast(stage: &mut Stage<'_>) -> Box<dyn Actor> {
    let owner = stage.worker((8.5, 17.0), 0b0001_1111);
    let desk = stage.desk(owner, [1.0, 0.0, 0.0]);
    let squad = stage.whole((14, 26)) as usize;
    Box::new(Football {
        team: stage.public(squad),
        manner: Manner {
            answered: 0.65,
            talk: (stage.real((20.0, 60.0)), 0.8),
            rung_back: 0.6,
            back_after: (30, 2400),
            retried: 0.5,
            voicemail: 0.4,
        },
        round: Round {
            pace: stage.real((0.5, 3.0)),
            batch: 20,
            texted: stage.real((0.5, 0.85)),
            rang: stage.real((0.02, 0.15)),
            within: 7200,
            again: 0.35,
        },
        training: stage.whole((1, 3)) as u32,
        game: stage.whole((5, 6)) as u32,
        desk,
    })
}

impl Actor for Football {
    fn kind(&self) -> &'static str {
        "football captain"
    }

    fn day(&self, world: &World, day: u32, chance: &mut Chance, out: &mut Vec<Communication>) {
        let mut diary = Diary::new(world, day);
        let (desk, weekday) = (self.desk.party, world.calendar.weekday(day));
        if weekday == self.training || weekday + 1 == self.game || coin(chance, 0.06) {
            let at = whole(chance, (36_000, 70_000));
            self.round.send(&mut diary, at, (desk, &self.team), &self.manner, chance);
        }
        if weekday == self.game {
            for player in several(&self.team, whole(chance, (4, 14)) as usize, chance) {
                let second = whole(chance, (30_500, 37_500));
                let (from, to) = if coin(chance, 0.5) { (player, desk) } else { (desk, player) };
                self.manner.ring(&mut diary, second, from, to, chance);
            }
        }
        for player in several(&self.team, 2, chance) {
            if coin(chance, 0.4) {
                self.manner.ring(&mut diary, whole(chance, (61_000, 79_000)), player, desk, chance);
            }
        }
        diary.finish(desk, out);
    }

    fn truth(&self, world: &World) -> serde_json::Value {
        innocent(world, self, &self.desk.parties())
    }
}
