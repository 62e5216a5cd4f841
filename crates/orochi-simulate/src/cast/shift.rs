//! A shift coordinator: texts a team every morning, often again later; the team answers and rings, some of them several times.

use super::diary::{Diary, Manner};
use super::draw::{Hours, coin, several, whole};
use super::group::Round;
use super::stage::{Client, Desk, Stage, contacts, innocent};
use crate::actor::Actor;
use crate::chance::Chance;
use crate::communication::{Communication, Party};
use crate::world::World;

#[derive(Debug)]
struct Shift {
    desk: Desk,
    team: Vec<Client>,
    manner: Manner,
    round: Round,
    morning: i64,
    /// Share of days with a second and a third round.
    evening: f64,
    /// Share of the team asked on a day: not all are wanted every day.
    asked: f64,
    days: u8,
}

/// Makes one.
pub fn cast(stage: &mut Stage<'_>) -> Box<dyn Actor> {
    let days = if coin(&mut stage.chance, 0.5) { 0b0001_1111 } else { 0b0111_1111 };
    let owner = stage.worker((5.5, 15.0), days);
    let desk = stage.desk(owner, [0.3, 0.7, 0.0]);
    Box::new(Shift {
        team: stage.clientele((14, 90), (0.12, 0.7), 1.2),
        manner: Manner {
            answered: stage.real((0.6, 0.9)),
            talk: (stage.real((22.0, 55.0)), 0.7),
            rung_back: stage.real((0.3, 0.8)),
            back_after: (60, 1500),
            retried: 0.55,
            voicemail: 0.4,
        },
        round: Round {
            pace: stage.real((0.4, 6.0)),
            batch: stage.whole((10, 80)) as usize,
            texted: stage.real((0.1, 0.6)),
            rang: stage.real((0.02, 0.12)),
            within: 3600,
            again: stage.real((0.1, 0.4)),
        },
        morning: stage.whole((18_000, 28_000)),
        evening: stage.real((0.1, 0.9)),
        asked: stage.real((0.6, 1.0)),
        days,
        desk,
    })
}

impl Actor for Shift {
    fn kind(&self) -> &'static str {
        "shift coordinator"
    }

    fn day(&self, world: &World, day: u32, chance: &mut Chance, out: &mut Vec<Communication>) {
        if self.days >> world.calendar.weekday(day) & 1 == 0 {
            return;
        }
        let mut diary = Diary::new(world, day);
        let desk = self.desk.party;
        let team: Vec<Party> = self.team.iter().map(|c| c.party).collect();
        let asked: Vec<Party> = team.iter().copied().filter(|_| coin(chance, self.asked)).collect();
        let morning = self.morning + whole(chance, (-600, 600));
        self.round.send(&mut diary, morning, (desk, &asked), &self.manner, chance);
        if coin(chance, self.evening) {
            let at = whole(chance, (57_000, 72_000));
            self.round.send(&mut diary, at, (desk, &team), &self.manner, chance);
            if coin(chance, 0.3) {
                let part = several(&team, team.len() / 2, chance);
                self.round.send(&mut diary, whole(chance, (40_000, 55_000)), (desk, &part), &self.manner, chance);
            }
        }
        let hours = Hours::even(4.8, 21.5).peak(6.5, 0.8, 0.4);
        for (second, member) in contacts(chance, &self.team, 1.0, &hours) {
            self.manner.ring(&mut diary, second, member, desk, chance);
        }
        for member in several(&team, 4, chance) {
            self.manner.ring(&mut diary, hours.second(chance), desk, member, chance);
        }
        diary.finish(desk, out);
    }

    fn truth(&self, world: &World) -> serde_json::Value {
        innocent(world, self, &self.desk.parties())
    }
}
