//! A school: a parent who texts the class's other parents, or an office that texts hundreds under a
//! name or a mobile number.

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
    /// `[lookalike.school-parents]`.
    Figures {
        parent: Number,
        number: Weights,
        by_name: Number,
        rounds: Real,
        weekend: Number,
        at: Whole,
        absent: Real,
        absent_at: Whole,
        absent_pace: Number,
        absent_batch: Count,
    } with {
        owner: figures::Work,
        class: figures::Clientele,
        school: figures::Clientele,
        parent_manner: figures::Manner,
        office_manner: figures::Manner,
        parent_round: figures::Round,
        office_round: figures::Round,
        hours: figures::Hours,
    }
}

#[derive(Debug)]
struct School {
    of: Figures,
    desk: Desk,
    sender: Party,
    parents: Vec<Client>,
    manner: Manner,
    hours: Hours,
    round: Round,
    /// Texts to all on a school day.
    rounds: f64,
    /// Texts to the families of absent children on a school day.
    absent: f64,
}

/// Makes one.
pub(crate) fn cast(stage: &mut Stage<'_>, of: &Figures) -> Box<dyn Actor> {
    let parent = coin(&mut stage.chance, of.parent);
    let owner = if parent { stage.somebody(Routine::Home) } else { of.owner.worker(stage) };
    let desk = stage.desk(owner, if parent { [1.0, 0.0, 0.0] } else { of.number });
    let sender = match desk.party {
        Party::Outside(_) if coin(&mut stage.chance, of.by_name) => stage.outside("SchoolComms"),
        Party::Outside(_) => stage.work_phone(owner),
        Party::Sim(_) => desk.party,
    };
    Box::new(School {
        of: of.clone(),
        parents: if parent { &of.class } else { &of.school }.draw(stage),
        manner: if parent { &of.parent_manner } else { &of.office_manner }.draw(stage),
        round: if parent { &of.parent_round } else { &of.office_round }.draw(stage),
        hours: of.hours.draw(stage),
        rounds: stage.real(of.rounds),
        absent: if parent { 0.0 } else { stage.real(of.absent) },
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
        let (of, mut diary) = (&self.of, Diary::new(world, day));
        let parents: Vec<Party> = self.parents.iter().map(|c| c.party).collect();
        for _ in 0..count(chance, if weekend { self.rounds * of.weekend } else { self.rounds }) {
            let at = whole(chance, of.at);
            self.round.send(&mut diary, at, self.sender, &parents, &self.manner, chance);
        }
        if !weekend {
            for (second, parent) in contacts(chance, &self.parents, 1.0, &self.hours) {
                self.manner.ring(&mut diary, second, parent, self.desk.party, chance);
            }
            let absent = several(&parents, count(chance, self.absent) as usize, chance);
            let (pace, batch) = (of.absent_pace, of.absent_batch as usize);
            diary.broadcast(whole(chance, of.absent_at), self.sender, &absent, pace, batch, chance);
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
