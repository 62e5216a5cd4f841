//! A driving instructor: a lesson an hour, a call or a ring from outside the door, learners who ring to change the time.

use super::diary::{Diary, Manner, talk};
use super::draw::{Hours, coin, several, whole};
use super::rounds::rounds;
use super::stage::{Client, Desk, Stage, contacts, innocent};
use crate::actor::Actor;
use crate::chance::Chance;
use crate::communication::{Communication, Party};
use crate::itinerary::Itinerary;
use crate::world::{PersonId, Spot, World};

#[derive(Debug)]
struct Instructor {
    desk: Desk,
    learners: Vec<Client>,
    manner: Manner,
    lessons: (i64, i64),
    reminded: bool,
    spots: Vec<Spot>,
}

/// Makes one.
pub fn cast(stage: &mut Stage<'_>) -> Box<dyn Actor> {
    let owner = stage.cast_member();
    let desk = stage.desk(owner, [0.85, 0.15, 0.0]);
    let few = stage.whole((3, 6));
    Box::new(Instructor {
        learners: stage.clientele((18, 48), (0.12, 0.5), 0.6),
        manner: Manner {
            answered: stage.real((0.35, 0.65)),
            talk: (stage.real((25.0, 60.0)), 0.7),
            rung_back: stage.real((0.6, 0.95)),
            back_after: (300, 3600),
            retried: 0.3,
            voicemail: 0.5,
        },
        lessons: (few, few + 3),
        reminded: coin(&mut stage.chance, 0.6),
        spots: (0..30).map(|_| stage.spot()).collect(),
        desk,
    })
}

impl Actor for Instructor {
    fn kind(&self) -> &'static str {
        "driving instructor"
    }

    fn day(&self, world: &World, day: u32, chance: &mut Chance, out: &mut Vec<Communication>) {
        let mut diary = Diary::new(world, day);
        let (desk, weekday) = (self.desk.party, world.calendar.weekday(day));
        let learners: Vec<Party> = self.learners.iter().map(|c| c.party).collect();
        if weekday != 6 {
            let today = several(&learners, whole(chance, self.lessons) as usize, chance);
            for (i, learner) in today.iter().enumerate() {
                let second = 31_000 + i as i64 * 5400 + whole(chance, (-400, 900));
                match whole(chance, (0, 3)) {
                    0 => diary.missed(second, desk, *learner, 6),
                    1 => diary.call(second, desk, *learner, 8, talk(chance, (8.0, 0.5))),
                    2 => diary.text(second, desk, *learner),
                    _ => {}
                }
            }
        }
        if self.reminded && weekday != 5 {
            let tomorrow = several(&learners, whole(chance, self.lessons) as usize, chance);
            let end = diary.broadcast(whole(chance, (64_000, 76_000)), desk, &tomorrow, (0.05, 3), chance);
            for learner in tomorrow {
                if coin(chance, 0.6) {
                    diary.text(end + whole(chance, (20, 5400)), learner, desk);
                }
            }
        }
        for (second, learner) in contacts(chance, &self.learners, 1.0, &Hours::even(8.0, 21.0)) {
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
        let stops = several(&self.spots, 24, &mut chance);
        rounds(&mut chance, home, &stops, (29_500, 66_000), (240, 900), (900, 1500))
    }

    fn truth(&self, world: &World) -> serde_json::Value {
        innocent(world, self, &self.desk.parties())
    }
}
