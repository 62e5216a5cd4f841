//! A helpline: long calls and short ones at all hours, some callers every day, engaged tones, rung back as agreed.

use super::diary::{Diary, Manner};
use super::draw::{Hours, several, whole};
use super::figures;
use super::stage::{Client, Desk, Stage, contacts, innocent};
use crate::actor::Actor;
use crate::chance::Chance;
use crate::communication::{Communication, Party};
use crate::scenario::figure::figures;
use crate::world::World;

figures! {
    /// `[lookalike.helpline]`.
    Figures {
        number: Weights,
        free_number: Count,
        always: Count,
        agreed: Whole,
        out_answered: Number,
        out_rung_back: Number,
    } with {
        owner: figures::Work,
        hours: figures::Hours,
        clients: figures::Clientele,
        manner: figures::Manner,
    }
}

#[derive(Debug)]
struct Helpline {
    of: Figures,
    desk: Desk,
    callers: Vec<Client>,
    manner: Manner,
    hours: Hours,
    /// Outgoing calls as agreed, a day.
    agreed: i64,
}

/// Makes one.
pub(crate) fn cast(stage: &mut Stage<'_>, of: &Figures) -> Box<dyn Actor> {
    let owner = of.owner.worker(stage);
    let mut desk = stage.desk(owner, of.number);
    if matches!(desk.party, Party::Outside(_)) && stage.whole((0, of.free_number - 1)) == 0 {
        let number = format!("+448081570{:03}", stage.id % 1000);
        desk.party = stage.outside(&number);
    }
    let always = stage.whole((0, of.always - 1)) == 0;
    let hours = if always { of.hours.between(0.0, 24.0) } else { of.hours.draw(stage) };
    Box::new(Helpline {
        of: of.clone(),
        callers: of.clients.draw(stage),
        manner: of.manner.draw(stage),
        hours,
        agreed: stage.whole(of.agreed),
        desk,
    })
}

impl Actor for Helpline {
    fn kind(&self) -> &'static str {
        "helpline"
    }

    fn day(&self, world: &World, day: u32, chance: &mut Chance, out: &mut Vec<Communication>) {
        let (of, mut diary) = (&self.of, Diary::new(world, day));
        let desk = self.desk.party;
        for (second, caller) in contacts(chance, &self.callers, 1.0, &self.hours) {
            self.manner.ring(&mut diary, second, caller, desk, chance);
        }
        let callers: Vec<Party> = self.callers.iter().map(|c| c.party).collect();
        for caller in several(&callers, whole(chance, (0, self.agreed)) as usize, chance) {
            let second = self.hours.second(chance);
            let (answered, rung_back) = (of.out_answered, of.out_rung_back);
            let out = Manner { answered, rung_back, ..self.manner.clone() };
            out.ring(&mut diary, second, desk, caller, chance);
        }
        diary.finish(desk, out);
    }

    fn truth(&self, world: &World) -> serde_json::Value {
        innocent(world, self, &self.desk.parties())
    }
}
