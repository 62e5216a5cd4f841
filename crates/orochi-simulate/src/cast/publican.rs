//! A pub landlord: the week's rota and the darts team by text, regulars and staff who ring, late
//! hours, taxis for guests.

use super::diary::{Diary, Manner, talk};
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
    /// `[lookalike.pub-landlord]`.
    Figures {
        staff: Whole,
        number: Weights,
        week: Week,
        rota: Number,
        rota_at: Whole,
        rota_texted: Number,
        events: Real,
        event_at: Whole,
        called: Count,
        rung: Number,
        taxis: Whole,
        taxi_at: Whole,
        taxi_talk: Skewed,
    } with {
        owner: figures::Work,
        barman: figures::Work,
        clients: figures::Clientele,
        manner: figures::Manner,
        hours: figures::Hours,
        round: figures::Round,
    }
}

#[derive(Debug)]
struct Publican {
    of: Figures,
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
pub(crate) fn cast(stage: &mut Stage<'_>, of: &Figures) -> Box<dyn Actor> {
    let owner = of.owner.worker(stage);
    let desk = stage.desk(owner, of.number);
    let staff = (0..stage.whole(of.staff))
        .map(|_| {
            let barman = of.barman.worker(stage);
            stage.own(barman)
        })
        .collect();
    Box::new(Publican {
        of: of.clone(),
        staff,
        regulars: of.clients.draw(stage),
        taxi: stage.landline(),
        manner: of.manner.draw(stage),
        hours: of.hours.draw(stage),
        round: of.round.draw(stage),
        events: stage.real(of.events),
        desk,
    })
}

impl Actor for Publican {
    fn kind(&self) -> &'static str {
        "pub landlord"
    }

    fn day(&self, world: &World, day: u32, chance: &mut Chance, out: &mut Vec<Communication>) {
        let (of, mut diary) = (&self.of, Diary::new(world, day));
        let (desk, writer, weekday) = (self.desk.party, self.desk.writer(), world.calendar.weekday(day));
        for (second, regular) in contacts(chance, &self.regulars, of.week[weekday as usize], &self.hours) {
            self.manner.ring(&mut diary, second, regular, desk, chance);
        }
        if weekday == 6 || coin(chance, of.rota) {
            let at = whole(chance, of.rota_at);
            Round { texted: of.rota_texted, ..self.round.clone() }.send(
                &mut diary,
                at,
                writer,
                &self.staff,
                &self.manner,
                chance,
            );
        }
        if coin(chance, self.events) {
            let regulars: Vec<Party> = self.regulars.iter().map(|c| c.party).collect();
            let at = whole(chance, of.event_at);
            self.round.send(&mut diary, at, writer, &regulars, &self.manner, chance);
        }
        for barman in several(&self.staff, of.called as usize, chance) {
            if coin(chance, of.rung) {
                self.manner.ring(&mut diary, self.hours.second(chance), desk, barman, chance);
            }
        }
        for _ in 0..whole(chance, of.taxis) {
            diary.call(whole(chance, of.taxi_at), desk, self.taxi, 6, talk(chance, of.taxi_talk));
        }
        diary.finish(desk, out);
    }

    fn truth(&self, world: &World) -> serde_json::Value {
        innocent(world, self, &self.desk.with_writer())
    }
}
