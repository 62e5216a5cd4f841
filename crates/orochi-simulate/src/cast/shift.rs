//! A shift coordinator: texts a team every morning, often again later; the team answers and rings,
//! some of them several times.

use super::diary::{Diary, Manner};
use super::draw::{Hours, coin, several, whole};
use super::figures;
use super::group::Round;
use super::stage::{Client, Desk, Stage, contacts, innocent};
use crate::actor::Actor;
use crate::chance::Chance;
use crate::communication::{Communication, Party};
use crate::scenario::figure::figures;
use crate::world::World;

figures! {
    /// `[lookalike.shift-coordinator]`.
    Figures {
        weekdays: Number,
        owner_hours: Span,
        number: Weights,
        morning: Whole,
        morning_around: Whole,
        asked: Real,
        evening: Real,
        evening_at: Whole,
        third: Number,
        third_at: Whole,
        called: Count,
    } with {
        clients: figures::Clientele,
        manner: figures::Manner,
        round: figures::Round,
        hours: figures::Hours,
    }
}

#[derive(Debug)]
struct Shift {
    of: Figures,
    desk: Desk,
    team: Vec<Client>,
    manner: Manner,
    round: Round,
    morning: i64,
    /// Share of days with a second and a third round.
    evening: f64,
    /// Share of the team asked on a day: not all are wanted every day.
    asked: f64,
    hours: Hours,
    days: u8,
}

/// Makes one.
pub(crate) fn cast(stage: &mut Stage<'_>, of: &Figures) -> Box<dyn Actor> {
    let days = if coin(&mut stage.chance, of.weekdays) { 0b0001_1111 } else { 0b0111_1111 };
    let owner = stage.worker(of.owner_hours, days);
    let desk = stage.desk(owner, of.number);
    Box::new(Shift {
        of: of.clone(),
        team: of.clients.draw(stage),
        manner: of.manner.draw(stage),
        round: of.round.draw(stage),
        morning: stage.whole(of.morning),
        evening: stage.real(of.evening),
        asked: stage.real(of.asked),
        hours: of.hours.draw(stage),
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
        let (of, mut diary) = (&self.of, Diary::new(world, day));
        let desk = self.desk.party;
        let team: Vec<Party> = self.team.iter().map(|c| c.party).collect();
        let asked: Vec<Party> = team.iter().copied().filter(|_| coin(chance, self.asked)).collect();
        let morning = self.morning + whole(chance, of.morning_around);
        self.round.send(&mut diary, morning, desk, &asked, &self.manner, chance);
        if coin(chance, self.evening) {
            let at = whole(chance, of.evening_at);
            self.round.send(&mut diary, at, desk, &team, &self.manner, chance);
            if coin(chance, of.third) {
                let part = several(&team, team.len() / 2, chance);
                self.round.send(&mut diary, whole(chance, of.third_at), desk, &part, &self.manner, chance);
            }
        }
        for (second, member) in contacts(chance, &self.team, 1.0, &self.hours) {
            self.manner.ring(&mut diary, second, member, desk, chance);
        }
        for member in several(&team, of.called as usize, chance) {
            self.manner.ring(&mut diary, self.hours.second(chance), desk, member, chance);
        }
        diary.finish(desk, out);
    }

    fn truth(&self, world: &World) -> serde_json::Value {
        innocent(world, self, &self.desk.parties())
    }
}
