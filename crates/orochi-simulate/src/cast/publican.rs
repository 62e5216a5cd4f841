//! A pub landlord: the week's rota and the darts team by text, regulars and staff who ring, late hours, taxis for guests.

use super::diary::{Diary, Manner, talk};
use super::draw::{Hours, coin, several, whole};
use super::group::Round;
use super::stage::{Client, Desk, Stage, contacts, innocent};
use crate::actor::Actor;
use crate::chance::Chance;
use crate::communication::{Communication, Party};
use crate::world::World;

const WEEK: [f64; 7] = [0.6, 0.7, 0.8, 1.0, 1.6, 1.6, 1.0];

#[derive(Debug)]
struct Publican {
    desk: Desk,
    staff: Vec<Party>,
    regulars: Vec<Client>,
    taxi: Party,
    manner: Manner,
    hours: Hours,
    round: Round,
    /// Texts to all regulars: share of days (a quiz, a match).
    events: f64,
}

/// Makes one.
pub fn cast(stage: &mut Stage<'_>) -> Box<dyn Actor> {
    let owner = stage.worker((10.5, 23.8), 0b0111_1111);
    let desk = stage.desk(owner, [0.6, 0.3, 0.1]);
    let staff = (0..stage.whole((4, 10)))
        .map(|_| {
            let barman = stage.worker((17.0, 23.5), 0b0111_0000);
            stage.own(barman)
        })
        .collect();
    Box::new(Publican {
        staff,
        regulars: stage.clientele((25, 120), (0.05, 1.0), 1.0),
        taxi: stage.landline(),
        manner: Manner {
            answered: stage.real((0.55, 0.85)),
            talk: (stage.real((25.0, 70.0)), 0.8),
            rung_back: stage.real((0.2, 0.6)),
            back_after: (60, 3600),
            retried: 0.5,
            voicemail: 0.3,
        },
        hours: Hours::even(10.0, 25.0).peak(18.5, 2.0, 0.4),
        round: Round { pace: 0.8, batch: 25, texted: 0.15, rang: 0.03, within: 5400, again: 0.2 },
        events: stage.real((0.02, 0.35)),
        desk,
    })
}

impl Actor for Publican {
    fn kind(&self) -> &'static str {
        "pub landlord"
    }

    fn day(&self, world: &World, day: u32, chance: &mut Chance, out: &mut Vec<Communication>) {
        let mut diary = Diary::new(world, day);
        let (desk, writer, weekday) = (self.desk.party, self.desk.writer(), world.calendar.weekday(day));
        for (second, regular) in contacts(chance, &self.regulars, WEEK[weekday as usize], &self.hours) {
            self.manner.ring(&mut diary, second, regular, desk, chance);
        }
        if weekday == 6 || coin(chance, 0.15) {
            let at = whole(chance, (36_000, 60_000));
            Round { texted: 0.6, ..self.round.clone() }.send(
                &mut diary,
                at,
                (writer, &self.staff),
                &self.manner,
                chance,
            );
        }
        if coin(chance, self.events) {
            let regulars: Vec<Party> = self.regulars.iter().map(|c| c.party).collect();
            let at = whole(chance, (43_000, 66_000));
            self.round.send(&mut diary, at, (writer, &regulars), &self.manner, chance);
        }
        for barman in several(&self.staff, 3, chance) {
            if coin(chance, 0.5) {
                self.manner.ring(&mut diary, self.hours.second(chance), desk, barman, chance);
            }
        }
        for _ in 0..whole(chance, (0, 4)) {
            diary.call(whole(chance, (75_000, 87_000)), desk, self.taxi, 6, talk(chance, (20.0, 0.4)));
        }
        diary.finish(desk, out);
    }

    fn truth(&self, world: &World) -> serde_json::Value {
        innocent(world, self, &self.desk.with_writer())
    }
}
