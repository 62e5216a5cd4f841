//! A helpline: long calls and short ones at all hours, some callers every day, engaged tones, rung back as agreed.

use super::diary::{Diary, Manner};
use super::draw::{Hours, several, whole};
use super::stage::{Client, Desk, Stage, contacts, innocent};
use crate::actor::Actor;
use crate::chance::Chance;
use crate::communication::{Communication, Party};
use crate::world::World;

#[derive(Debug)]
struct Helpline {
    desk: Desk,
    callers: Vec<Client>,
    manner: Manner,
    hours: Hours,
    /// Outgoing calls as agreed, a day.
    agreed: i64,
}

/// Makes one.
pub fn cast(stage: &mut Stage<'_>) -> Box<dyn Actor> {
    let owner = stage.worker((9.0, 21.0), 0b0111_1111);
    let mut desk = stage.desk(owner, [0.0, 0.5, 0.5]);
    if matches!(desk.party, Party::Outside(_)) && stage.whole((0, 1)) == 0 {
        let number = format!("+448081570{:03}", stage.id % 1000);
        desk.party = stage.outside(&number);
    }
    let (open, shut) = if stage.whole((0, 2)) == 0 { (0.0, 24.0) } else { (9.0, 22.0) };
    Box::new(Helpline {
        callers: stage.clientele((40, 160), (0.06, 1.3), 4.0),
        manner: Manner {
            answered: stage.real((0.4, 0.8)),
            talk: (stage.real((120.0, 700.0)), 1.2),
            rung_back: stage.real((0.02, 0.35)),
            back_after: (600, 10_000),
            retried: stage.real((0.5, 0.8)),
            voicemail: stage.real((0.1, 0.6)),
        },
        hours: Hours::even(open, shut).peak(20.5, 2.0, 0.4),
        agreed: stage.whole((1, 9)),
        desk,
    })
}

impl Actor for Helpline {
    fn kind(&self) -> &'static str {
        "helpline"
    }

    fn day(&self, world: &World, day: u32, chance: &mut Chance, out: &mut Vec<Communication>) {
        let mut diary = Diary::new(world, day);
        let desk = self.desk.party;
        for (second, caller) in contacts(chance, &self.callers, 1.0, &self.hours) {
            self.manner.ring(&mut diary, second, caller, desk, chance);
        }
        let callers: Vec<Party> = self.callers.iter().map(|c| c.party).collect();
        for caller in several(&callers, whole(chance, (0, self.agreed)) as usize, chance) {
            let second = self.hours.second(chance);
            Manner { answered: 0.7, rung_back: 0.2, ..self.manner.clone() }
                .ring(&mut diary, second, desk, caller, chance);
        }
        diary.finish(desk, out);
    }

    fn truth(&self, world: &World) -> serde_json::Value {
        innocent(world, self, &self.desk.parties())
    }
}
