//! A taxi: an office with drivers, or one driver with one phone. Short incoming calls at all hours, regulars every day,
//! a call to a driver after each order, a ring when the car stands outside: in many figures like a deal line.

use super::diary::{Diary, Manner, talk};
use super::draw::{Hours, coin, count, one, whole};
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
    /// `[lookalike.taxi]`.
    Figures {
        alone: Number,
        drivers: Whole,
        number_alone: Weights,
        number_office: Weights,
        clients_alone: Whole,
        clients_office: Whole,
        contacts: Skewed,
        contacts_most: Number,
        week: Week,
        shuts_later: Number,
        by_text: Real,
        text_answered: Whole,
        arrives: Whole,
        passed: Real,
        passed_after: Whole,
        passed_by_call: Number,
        passed_talk: Skewed,
        where_is_it: Real,
        where_before: Whole,
        outside: Real,
        outside_by_driver: Number,
        one_ring: Number,
        one_ring_lasts: Whole,
        outside_talk: Skewed,
        driver_calls: Number,
        driver_talk: Skewed,
        offers: Real,
        offers_at: Whole,
        offers_pace: Number,
        offers_batch: Count,
        regular: Number,
    } with {
        owner: figures::Work,
        hours: figures::Hours,
        manner: figures::Manner,
        rounds: figures::Rounds,
    }
}

#[derive(Debug)]
struct Taxi {
    of: Figures,
    desk: Desk,
    /// None for a single driver.
    drivers: Vec<(PersonId, Party)>,
    clients: Vec<Client>,
    hours: Hours,
    manner: Manner,
    passed: f64,
    outside: f64,
    where_is_it: f64,
    by_text: f64,
    offers: f64,
    spots: Vec<Spot>,
}

/// Makes one.
pub(crate) fn cast(stage: &mut Stage<'_>, of: &Figures) -> Box<dyn Actor> {
    let alone = coin(&mut stage.chance, of.alone);
    let owner = if alone { stage.cast_member() } else { of.owner.worker(stage) };
    let desk = stage.desk(owner, if alone { of.number_alone } else { of.number_office });
    let drivers = if alone {
        Vec::new()
    } else {
        (0..stage.whole(of.drivers))
            .map(|_| {
                let driver = stage.cast_member();
                (driver, stage.own(driver))
            })
            .collect()
    };
    let number = if alone { of.clients_alone } else { of.clients_office };
    let clients = stage.clientele(number, of.contacts, of.contacts_most);
    let shuts = stage.real(of.hours.shuts);
    Box::new(Taxi {
        hours: of.hours.draw_later(stage, shuts, of.shuts_later),
        manner: of.manner.draw(stage),
        passed: stage.real(of.passed),
        outside: stage.real(of.outside),
        where_is_it: stage.real(of.where_is_it),
        by_text: stage.real(of.by_text),
        offers: stage.real(of.offers),
        spots: of.rounds.spots(stage),
        of: of.clone(),
        desk,
        drivers,
        clients,
    })
}

impl Actor for Taxi {
    fn kind(&self) -> &'static str {
        "taxi"
    }

    fn day(&self, world: &World, day: u32, chance: &mut Chance, out: &mut Vec<Communication>) {
        let (of, mut diary) = (&self.of, Diary::new(world, day));
        let (desk, writer) = (self.desk.party, self.desk.writer());
        let factor = of.week[world.calendar.weekday(day) as usize];
        let drivers: Vec<Party> = self.drivers.iter().map(|(_, party)| *party).collect();
        for (second, client) in contacts(chance, &self.clients, factor, &self.hours) {
            let ordered = if coin(chance, self.by_text) {
                diary.text(second, client, writer);
                diary.text(second + whole(chance, of.text_answered), writer, client);
                Some(second + 60)
            } else {
                self.manner.ring(&mut diary, second, client, desk, chance)
            };
            let Some(ordered) = ordered else { continue };
            let car = ordered + whole(chance, of.arrives);
            let driver = one(chance, &drivers);
            if let Some(driver) = driver
                && coin(chance, self.passed)
            {
                let second = ordered + whole(chance, of.passed_after);
                if coin(chance, of.passed_by_call) {
                    diary.call(second, desk, driver, 5, talk(chance, of.passed_talk));
                } else {
                    diary.text(second, writer, driver);
                }
            }
            if coin(chance, self.where_is_it) {
                self.manner.ring(&mut diary, car - whole(chance, of.where_before), client, desk, chance);
            }
            if coin(chance, self.outside) {
                let from = driver.filter(|_| coin(chance, of.outside_by_driver)).unwrap_or(desk);
                if coin(chance, of.one_ring) {
                    // One ring says it.
                    diary.missed(car, from, client, whole(chance, of.one_ring_lasts) as u16);
                } else {
                    diary.call(car, from, client, 6, talk(chance, of.outside_talk));
                }
            }
        }
        for (_, driver) in &self.drivers {
            for _ in 0..count(chance, of.driver_calls) {
                diary.call(self.hours.second(chance), *driver, desk, 5, talk(chance, of.driver_talk));
            }
        }
        if coin(chance, self.offers) {
            let regulars: Vec<Party> = self.clients.iter().filter(|c| c.rate > of.regular).map(|c| c.party).collect();
            let (pace, batch) = (of.offers_pace, of.offers_batch as usize);
            diary.broadcast(whole(chance, of.offers_at), writer, &regulars, pace, batch, chance);
        }
        diary.finish(desk, out);
    }

    fn itinerary(&self, world: &World, person: PersonId, day: u32) -> Itinerary {
        let mut chance = world.seed.stream("taxi rounds", &[u64::from(person), u64::from(day)]);
        let home = world.people[person as usize].home;
        let stops: Vec<Spot> = (0..self.of.rounds.stops).filter_map(|_| one(&mut chance, &self.spots)).collect();
        let (earliest, latest) = self.of.rounds.begins;
        let begins = whole(&mut chance, (self.hours.open + earliest, self.hours.open + latest));
        self.of.rounds.day(&mut chance, home, &stops, begins)
    }

    fn truth(&self, world: &World) -> serde_json::Value {
        innocent(world, self, &self.desk.with_writer())
    }
}
