//! A church group's leader: a verse or a notice to all most days, long calls, the lonely who ring every day.

use super::diary::{Diary, Manner};
use super::draw::{Hours, coin, several, whole};
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
    /// `[lookalike.church-group]`.
    Figures {
        number: Weights,
        daily: Real,
        at: Whole,
        around: Whole,
        called: Whole,
    } with {
        clients: figures::Clientele,
        manner: figures::Manner,
        round: figures::Round,
        hours: figures::Hours,
    }
}

#[derive(Debug)]
struct Church {
    of: Figures,
    desk: Desk,
    members: Vec<Client>,
    manner: Manner,
    round: Round,
    /// Share of days with a text to all.
    daily: f64,
    at: i64,
    hours: Hours,
}

/// Makes one.
pub(crate) fn cast(stage: &mut Stage<'_>, of: &Figures) -> Box<dyn Actor> {
    let owner = stage.somebody(Routine::Home);
    let desk = stage.desk(owner, of.number);
    Box::new(Church {
        of: of.clone(),
        members: of.clients.draw(stage),
        manner: of.manner.draw(stage),
        round: of.round.draw(stage),
        daily: stage.real(of.daily),
        hours: of.hours.draw(stage),
        at: stage.whole(of.at),
        desk,
    })
}

impl Actor for Church {
    fn kind(&self) -> &'static str {
        "church group"
    }

    fn day(&self, world: &World, day: u32, chance: &mut Chance, out: &mut Vec<Communication>) {
        let (of, mut diary) = (&self.of, Diary::new(world, day));
        let desk = self.desk.party;
        let members: Vec<Party> = self.members.iter().map(|c| c.party).collect();
        if coin(chance, self.daily) || world.calendar.weekday(day) == 5 {
            let at = self.at + whole(chance, of.around);
            self.round.send(&mut diary, at, desk, &members, &self.manner, chance);
        }
        for (second, member) in contacts(chance, &self.members, 1.0, &self.hours) {
            self.manner.ring(&mut diary, second, member, desk, chance);
        }
        for member in several(&members, whole(chance, of.called) as usize, chance) {
            self.manner.ring(&mut diary, self.hours.second(chance), desk, member, chance);
        }
        diary.finish(desk, out);
    }

    fn truth(&self, world: &World) -> serde_json::Value {
        innocent(world, self, &self.desk.parties())
    }
}
