//! A school: a parent who texts the class's other parents, or an office that texts hundreds under a name or a mobile number.

use super::diary::{Diary, Manner};
use super::draw::{Hours, coin, count, several, whole};
use super::group::Round;
use super::stage::{Client, Desk, Stage, contacts, innocent};
use crate::actor::Actor;
use crate::chance::Chance;
use crate::communication::{Communication, Party};
use crate::world::{Routine, World};

#[derive(Debug)]
struct School {
    desk: Desk,
    sender: Party,
    parents: Vec<Client>,
    manner: Manner,
    round: Round,
    /// Texts to all on a school day.
    rounds: f64,
    /// Texts to the families of absent children on a school day.
    absent: f64,
}

/// Makes one.
pub fn cast(stage: &mut Stage<'_>) -> Box<dyn Actor> {
    let parent = coin(&mut stage.chance, 0.65);
    let owner = if parent { stage.somebody(Routine::Home) } else { stage.worker((8.0, 16.5), 0b0001_1111) };
    let desk = stage.desk(owner, if parent { [1.0, 0.0, 0.0] } else { [0.0, 0.2, 0.8] });
    let sender = match desk.party {
        Party::Outside(_) if coin(&mut stage.chance, 0.5) => stage.outside("SchoolComms"),
        Party::Outside(_) => stage.work_phone(owner),
        Party::Sim(_) => desk.party,
    };
    Box::new(School {
        parents: stage.clientele(
            if parent { (18, 34) } else { (120, 420) },
            if parent { (0.08, 0.8) } else { (0.02, 0.8) },
            0.5,
        ),
        manner: Manner {
            answered: if parent { 0.65 } else { 0.85 },
            talk: (stage.real((40.0, 120.0)), 0.8),
            rung_back: 0.4,
            back_after: (120, 6000),
            retried: 0.4,
            voicemail: 0.5,
        },
        round: Round {
            pace: if parent { stage.real((0.3, 3.0)) } else { stage.real((3.0, 20.0)) },
            batch: if parent { 20 } else { 1000 },
            texted: if parent { stage.real((0.15, 0.6)) } else { stage.real((0.0, 0.08)) },
            rang: if parent { stage.real((0.01, 0.1)) } else { 0.01 },
            within: 7200,
            again: if parent { 0.4 } else { 0.05 },
        },
        rounds: stage.real((0.15, 1.2)),
        absent: if parent { 0.0 } else { stage.real((2.0, 12.0)) },
        desk,
        sender,
    })
}

impl Actor for School {
    fn kind(&self) -> &'static str {
        "school parents"
    }

    fn day(&self, world: &World, day: u32, chance: &mut Chance, out: &mut Vec<Communication>) {
        let weekend = world.calendar.weekday(day) >= 5;
        let mut diary = Diary::new(world, day);
        let parents: Vec<Party> = self.parents.iter().map(|c| c.party).collect();
        for _ in 0..count(chance, if weekend { self.rounds * 0.2 } else { self.rounds }) {
            let at = whole(chance, (27_000, 73_000));
            self.round.send(&mut diary, at, (self.sender, &parents), &self.manner, chance);
        }
        if !weekend {
            let hours = Hours::even(7.5, 20.0).peak(8.6, 0.4, 0.35).peak(15.3, 0.5, 0.3);
            for (second, parent) in contacts(chance, &self.parents, 1.0, &hours) {
                self.manner.ring(&mut diary, second, parent, self.desk.party, chance);
            }
            let absent = several(&parents, count(chance, self.absent) as usize, chance);
            diary.broadcast(whole(chance, (34_000, 37_000)), self.sender, &absent, (0.5, 10), chance);
        }
        diary.finish(self.desk.party, out);
    }

    fn truth(&self, world: &World) -> serde_json::Value {
        let mut parties = self.desk.parties();
        if self.sender != self.desk.party {
            parties.push(self.sender);
        }
        innocent(world, self, &parties)
    }
}
