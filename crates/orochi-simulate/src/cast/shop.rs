//! A corner shop or off-licence that delivers: drinkers who ring every day, several times, late; short calls, a call to
//! whoever drives, a ring outside the door, offers by text at weekends. Of all the innocent it resembles a line most.

use super::diary::{Diary, Manner, talk};
use super::draw::{Hours, coin, one, whole};
use super::figures;
use super::stage::{Client, Desk, Stage, contacts, innocent};
use crate::actor::Actor;
use crate::chance::Chance;
use crate::communication::{Communication, Party};
use crate::scenario::figure::figures;
use crate::world::World;

figures! {
    /// `[lookalike.shop]`.
    Figures {
        drivers: Whole,
        number: Weights,
        week: Week,
        shuts_later: Number,
        by_text: Real,
        text_rung_back: Number,
        text_rung_after: Whole,
        text_answered: Whole,
        passed: Real,
        passed_after: Whole,
        passed_talk: Skewed,
        outside: Real,
        outside_after: Whole,
        outside_talk: Skewed,
        where_is_it: Number,
        where_after: Whole,
        suppliers: Count,
        supplier_rung: Number,
        supplier_at: Whole,
        supplier_talk: Skewed,
        offering: Number,
        offers: Real,
        offers_else: Number,
        offers_at: Whole,
        offers_pace: Number,
        offers_batch: Count,
        regular: Number,
    } with {
        owner: figures::Work,
        driver: figures::Work,
        clients: figures::Clientele,
        hours: figures::Hours,
        manner: figures::Manner,
    }
}

#[derive(Debug)]
struct Shop {
    of: Figures,
    desk: Desk,
    drivers: Vec<Party>,
    suppliers: Vec<Party>,
    clients: Vec<Client>,
    hours: Hours,
    manner: Manner,
    passed: f64,
    outside: f64,
    by_text: f64,
    /// None for one that sends no offers.
    offers: Option<f64>,
}

/// Makes one.
pub(crate) fn cast(stage: &mut Stage<'_>, of: &Figures) -> Box<dyn Actor> {
    let owner = of.owner.worker(stage);
    let desk = stage.desk(owner, of.number);
    let drivers = (0..stage.whole(of.drivers))
        .map(|_| {
            let driver = of.driver.worker(stage);
            stage.own(driver)
        })
        .collect();
    let shuts = stage.real(of.hours.shuts);
    Box::new(Shop {
        suppliers: (0..of.suppliers).map(|_| stage.landline()).collect(),
        clients: of.clients.draw(stage),
        hours: of.hours.draw_later(stage, shuts, of.shuts_later),
        manner: of.manner.draw(stage),
        passed: stage.real(of.passed),
        outside: stage.real(of.outside),
        by_text: stage.real(of.by_text),
        offers: if coin(&mut stage.chance, of.offering) { Some(stage.real(of.offers)) } else { None },
        of: of.clone(),
        desk,
        drivers,
    })
}

impl Actor for Shop {
    fn kind(&self) -> &'static str {
        "shop"
    }

    fn day(&self, world: &World, day: u32, chance: &mut Chance, out: &mut Vec<Communication>) {
        let (of, mut diary) = (&self.of, Diary::new(world, day));
        let (desk, writer, weekday) = (self.desk.party, self.desk.writer(), world.calendar.weekday(day));
        for (second, client) in contacts(chance, &self.clients, of.week[weekday as usize], &self.hours) {
            let ordered = if coin(chance, self.by_text) {
                diary.text(second, client, writer);
                if coin(chance, of.text_rung_back) {
                    let second = second + whole(chance, of.text_rung_after);
                    diary.call(second, desk, client, 8, talk(chance, self.manner.talk));
                } else {
                    diary.text(second + whole(chance, of.text_answered), writer, client);
                }
                Some(second + 500)
            } else {
                self.manner.ring(&mut diary, second, client, desk, chance)
            };
            let Some(ordered) = ordered else { continue };
            if let Some(driver) = one(chance, &self.drivers)
                && coin(chance, self.passed)
            {
                diary.call(ordered + whole(chance, of.passed_after), desk, driver, 6, talk(chance, of.passed_talk));
            }
            if coin(chance, self.outside) {
                diary.call(ordered + whole(chance, of.outside_after), desk, client, 7, talk(chance, of.outside_talk));
            } else if coin(chance, of.where_is_it) {
                self.manner.ring(&mut diary, ordered + whole(chance, of.where_after), client, desk, chance);
            }
        }
        for supplier in &self.suppliers {
            if weekday < 6 && coin(chance, of.supplier_rung) {
                diary.call(whole(chance, of.supplier_at), desk, *supplier, 9, talk(chance, of.supplier_talk));
            }
        }
        let offers = self.offers.unwrap_or(0.0);
        if coin(chance, if (3..6).contains(&weekday) { offers } else { of.offers_else * offers }) {
            let regulars: Vec<Party> = self.clients.iter().filter(|c| c.rate > of.regular).map(|c| c.party).collect();
            let (pace, batch) = (of.offers_pace, of.offers_batch as usize);
            diary.broadcast(whole(chance, of.offers_at), writer, &regulars, pace, batch, chance);
        }
        diary.finish(desk, out);
    }

    fn truth(&self, world: &World) -> serde_json::Value {
        innocent(world, self, &self.desk.with_writer())
    }
}
