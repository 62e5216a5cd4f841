//! A taxi: an office with drivers, or one driver with one phone. Short incoming calls at all hours, regulars every day, a call to
//! a driver after each order, a ring when the car stands outside: in many figures like a deal line.

use super::diary::{Diary, Manner, talk};
use super::draw::{Hours, coin, count, one, whole};
use super::rounds::rounds;
use super::stage::{Client, Desk, Stage, contacts, innocent};
use crate::actor::Actor;
use crate::chance::Chance;
use crate::communication::{Communication, Party};
use crate::itinerary::Itinerary;
use crate::world::{PersonId, Spot, World};

/// Share of an ordinary day's orders, Monday first.
const WEEK: [f64; 7] = [0.8, 0.8, 0.85, 0.95, 1.5, 1.6, 0.9];

#[derive(Debug)]
struct Taxi {
    desk: Desk,
    /// None for a single driver.
    drivers: Vec<(PersonId, Party)>,
    clients: Vec<Client>,
    hours: Hours,
    manner: Manner,
    /// Share of orders passed to a driver by a call or text of its own; a radio or an app leaves no record.
    passed: f64,
    /// Share of orders after which the client hears from the car.
    outside: f64,
    /// Share of orders after which the client asks where the car is.
    where_is_it: f64,
    /// Share of orders by text.
    by_text: f64,
    /// Share of days with an offer texted to regulars.
    offers: f64,
    spots: Vec<Spot>,
}

/// Makes one.
pub fn cast(stage: &mut Stage<'_>) -> Box<dyn Actor> {
    let alone = coin(&mut stage.chance, 0.45);
    let owner = if alone { stage.cast_member() } else { stage.worker((8.0, 20.0), 0b0111_1111) };
    let desk = stage.desk(owner, if alone { [0.7, 0.3, 0.0] } else { [0.0, 0.4, 0.6] });
    let drivers = if alone {
        Vec::new()
    } else {
        (0..stage.whole((3, 9)))
            .map(|_| {
                let driver = stage.cast_member();
                (driver, stage.own(driver))
            })
            .collect()
    };
    let clients = stage.clientele(if alone { (30, 140) } else { (90, 420) }, (0.10, 1.1), 2.5);
    let late = stage.real((22.0, 28.0));
    Box::new(Taxi {
        hours: stage
            .hours((5.5, 9.0), (late, late + 0.5))
            .peak(8.5, 1.0, 0.2)
            .peak(17.5, 1.5, 0.2)
            .peak(22.5, 1.5, 0.25),
        manner: Manner {
            answered: stage.real((0.72, 0.97)),
            talk: (stage.real((18.0, 42.0)), stage.real((0.45, 0.75))),
            rung_back: stage.real((0.1, 0.7)),
            back_after: (40, 600),
            retried: stage.real((0.4, 0.8)),
            voicemail: stage.real((0.1, 0.5)),
        },
        passed: stage.real((0.2, 0.95)),
        outside: stage.real((0.15, 0.7)),
        where_is_it: stage.real((0.05, 0.3)),
        by_text: stage.real((0.0, 0.15)),
        offers: stage.real((0.0, 0.06)),
        spots: (0..24).map(|_| stage.spot()).collect(),
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
        let mut diary = Diary::new(world, day);
        let (desk, writer) = (self.desk.party, self.desk.writer());
        let factor = WEEK[world.calendar.weekday(day) as usize];
        let drivers: Vec<Party> = self.drivers.iter().map(|(_, party)| *party).collect();
        for (second, client) in contacts(chance, &self.clients, factor, &self.hours) {
            let ordered = if coin(chance, self.by_text) {
                diary.text(second, client, writer);
                diary.text(second + whole(chance, (30, 400)), writer, client);
                Some(second + 60)
            } else {
                self.manner.ring(&mut diary, second, client, desk, chance)
            };
            let Some(ordered) = ordered else { continue };
            let car = ordered + whole(chance, (180, 1500));
            let driver = one(chance, &drivers);
            if let Some(driver) = driver
                && coin(chance, self.passed)
            {
                let second = ordered + whole(chance, (10, 240));
                if coin(chance, 0.7) {
                    diary.call(second, desk, driver, 5, talk(chance, (14.0, 0.5)));
                } else {
                    diary.text(second, writer, driver);
                }
            }
            if coin(chance, self.where_is_it) {
                self.manner.ring(&mut diary, car - whole(chance, (10, 170)), client, desk, chance);
            }
            if coin(chance, self.outside) {
                let from = driver.filter(|_| coin(chance, 0.5)).unwrap_or(desk);
                if coin(chance, 0.5) {
                    // One ring says it.
                    diary.missed(car, from, client, whole(chance, (2, 9)) as u16);
                } else {
                    diary.call(car, from, client, 6, talk(chance, (9.0, 0.5)));
                }
            }
        }
        for (_, driver) in &self.drivers {
            for _ in 0..count(chance, 1.5) {
                diary.call(self.hours.second(chance), *driver, desk, 5, talk(chance, (25.0, 0.7)));
            }
        }
        if coin(chance, self.offers) {
            let regulars: Vec<Party> = self.clients.iter().filter(|c| c.rate > 0.05).map(|c| c.party).collect();
            diary.broadcast(whole(chance, (36_000, 64_000)), writer, &regulars, (1.5, 60), chance);
        }
        diary.finish(desk, out);
    }

    fn itinerary(&self, world: &World, person: PersonId, day: u32) -> Itinerary {
        let mut chance = world.seed.stream("taxi rounds", &[u64::from(person), u64::from(day)]);
        let home = world.people[person as usize].home;
        let stops: Vec<Spot> = (0..60).filter_map(|_| one(&mut chance, &self.spots)).collect();
        let from = whole(&mut chance, (self.hours.open, self.hours.open + 14_400));
        rounds(&mut chance, home, &stops, (from, from + 36_000), (120, 1500), (240, 1200))
    }

    fn truth(&self, world: &World) -> serde_json::Value {
        innocent(world, self, &self.desk.with_writer())
    }
}
