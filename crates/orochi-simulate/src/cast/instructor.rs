//! A driving instructor: a lesson an hour, a call or a ring from outside the door, learners who
//! ring to change the time.

use super::diary::{Diary, Manner, talk};
use super::draw::{Hours, coin, several, whole};
use super::figures;
use super::stage::{Client, Desk, Stage, contacts, innocent};
use crate::actor::Actor;
use crate::chance::Chance;
use crate::communication::{Communication, Party};
use crate::ground::{PersonId, Spot};
use crate::itinerary::Itinerary;
use crate::scenario::figure::figures;
use crate::world::World;

figures! {
    /// `[lookalike.driving-instructor]`.
    Figures {
        number: Weights,
        lessons: Whole,
        lessons_more: Count,
        first_lesson: Count,
        lesson_every: Count,
        lesson_around: Whole,
        lesson_talk: Skewed,
        reminding: Number,
        reminder_at: Whole,
        reminder_pace: Number,
        reminder_batch: Count,
        replied: Number,
        replied_after: Whole,
    } with {
        clients: figures::Clientele,
        hours: figures::Hours,
        manner: figures::Manner,
        rounds: figures::Rounds,
    }
}

#[derive(Debug)]
struct Instructor {
    of: Figures,
    desk: Desk,
    learners: Vec<Client>,
    manner: Manner,
    lessons: (i64, i64),
    reminded: bool,
    hours: Hours,
    spots: Vec<Spot>,
}

/// Makes one.
pub(crate) fn cast(stage: &mut Stage<'_>, of: &Figures) -> Box<dyn Actor> {
    let owner = stage.cast_member();
    let desk = stage.desk(owner, of.number);
    let few = stage.whole(of.lessons);
    Box::new(Instructor {
        of: of.clone(),
        learners: of.clients.draw(stage),
        manner: of.manner.draw(stage),
        lessons: (few, few + of.lessons_more),
        hours: of.hours.draw(stage),
        reminded: coin(&mut stage.chance, of.reminding),
        spots: of.rounds.spots(stage),
        desk,
    })
}

impl Actor for Instructor {
    fn kind(&self) -> &'static str {
        "driving instructor"
    }

    fn day(&self, world: &World, day: u32, chance: &mut Chance, out: &mut Vec<Communication>) {
        let (of, mut diary) = (&self.of, Diary::new(world, day));
        let (desk, weekday) = (self.desk.party, world.calendar.weekday(day));
        let learners: Vec<Party> = self.learners.iter().map(|c| c.party).collect();
        if weekday != 6 {
            let today = several(&learners, whole(chance, self.lessons) as usize, chance);
            for (i, learner) in today.iter().enumerate() {
                let second = of.first_lesson + i as i64 * of.lesson_every + whole(chance, of.lesson_around);
                match whole(chance, (0, 3)) {
                    0 => diary.missed(second, desk, *learner, 6),
                    1 => diary.call(second, desk, *learner, 8, talk(chance, of.lesson_talk)),
                    2 => diary.text(second, desk, *learner),
                    _ => {}
                }
            }
        }
        if self.reminded && weekday != 5 {
            let tomorrow = several(&learners, whole(chance, self.lessons) as usize, chance);
            let (pace, batch) = (of.reminder_pace, of.reminder_batch as usize);
            let end = diary.broadcast(whole(chance, of.reminder_at), desk, &tomorrow, pace, batch, chance);
            for learner in tomorrow {
                if coin(chance, of.replied) {
                    diary.text(end + whole(chance, of.replied_after), learner, desk);
                }
            }
        }
        for (second, learner) in contacts(chance, &self.learners, 1.0, &self.hours) {
            self.manner.ring(&mut diary, second, learner, desk, chance);
        }
        diary.finish(desk, out);
    }

    fn itinerary(&self, world: &World, person: PersonId, day: u32) -> Itinerary {
        let home = world.people[person as usize].home;
        if world.calendar.weekday(day) == 6 {
            return Itinerary::at(home);
        }
        let mut chance = world.seed.stream("instructor rounds", &[u64::from(person), u64::from(day)]);
        self.of.rounds.some(&mut chance, home, &self.spots)
    }

    fn truth(&self, world: &World) -> serde_json::Value {
        innocent(world, self, &self.desk.parties())
    }
}
