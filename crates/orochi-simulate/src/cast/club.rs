//! A club secretary: the same text to all members before a meeting, replies, some calls, years of it from an own phone.

use super::diary::{Diary, Manner};
use super::draw::{Hours, coin, count, several, whole};
use super::figures;
use super::group::Round;
use super::stage::{Client, Desk, Stage, contacts, innocent};
use crate::actor::Actor;
use crate::chance::Chance;
use crate::communication::{Communication, Party};
use crate::ground::Routine;
use crate::scenario::figure::figures;
use crate::world::World;

figures! {
    /// `[lookalike.club]`.
    Figures {
        number: Weights,
        busy: Real,
        quiet: Real,
        at: Whole,
        near: Number,
        far: Number,
        called: Count,
        rung: Number,
    } with {
        clients: figures::Clientele,
        manner: figures::Manner,
        round: figures::Round,
        hours: figures::Hours,
    }
}

#[derive(Debug)]
struct Club {
    of: Figures,
    desk: Desk,
    members: Vec<Client>,
    manner: Manner,
    round: Round,
    /// Texts to all a day, on the day before and the day of a meeting, and on others.
    busy: f64,
    quiet: f64,
    hours: Hours,
    /// Weekday of the meeting.
    meeting: u32,
}

/// Makes one.
pub(crate) fn cast(stage: &mut Stage<'_>, of: &Figures) -> Box<dyn Actor> {
    let owner = stage.somebody(Routine::Home);
    let desk = stage.desk(owner, of.number);
    Box::new(Club {
        of: of.clone(),
        members: of.clients.draw(stage),
        manner: of.manner.draw(stage),
        round: of.round.draw(stage),
        busy: stage.real(of.busy),
        quiet: stage.real(of.quiet),
        hours: of.hours.draw(stage),
        meeting: stage.whole((0, 6)) as u32,
        desk,
    })
}

impl Actor for Club {
    fn kind(&self) -> &'static str {
        "club"
    }

    fn day(&self, world: &World, day: u32, chance: &mut Chance, out: &mut Vec<Communication>) {
        let (of, mut diary) = (&self.of, Diary::new(world, day));
        let (desk, weekday) = (self.desk.party, world.calendar.weekday(day));
        let members: Vec<Party> = self.members.iter().map(|c| c.party).collect();
        let near = weekday == self.meeting || (weekday + 1) % 7 == self.meeting;
        for _ in 0..count(chance, if near { self.busy } else { self.quiet }) {
            let at = whole(chance, of.at);
            self.round.send(&mut diary, at, desk, &members, &self.manner, chance);
        }
        for (second, member) in contacts(chance, &self.members, if near { of.near } else { of.far }, &self.hours) {
            self.manner.ring(&mut diary, second, member, desk, chance);
        }
        for member in several(&members, of.called as usize, chance) {
            if coin(chance, of.rung) {
                self.manner.ring(&mut diary, self.hours.second(chance), desk, member, chance);
            }
        }
        diary.finish(desk, out);
    }

    fn truth(&self, world: &World) -> serde_json::Value {
        innocent(world, self, &self.desk.parties())
    }
}
