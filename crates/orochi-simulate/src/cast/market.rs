//! A market trader: up before dawn, "fresh in today" to all regulars on market days, short orders by call and text.

use super::diary::{Diary, Manner, talk};
use super::draw::{Hours, coin, count, one, whole};
use super::figures;
use super::stage::{Client, Desk, Stage, contacts, innocent};
use crate::actor::Actor;
use crate::chance::Chance;
use crate::communication::{Communication, Party};
use crate::scenario::figure::figures;
use crate::world::World;

figures! {
    /// `[lookalike.market-trader]`.
    Figures {
        weeks: Weeks,
        owner_hours: Span,
        number: Weights,
        mates: Count,
        merchants: Count,
        trading: Number,
        idle: Number,
        texted: Real,
        texted_at: Whole,
        pace: Real,
        batch: Count,
        taken: Real,
        taken_after: Whole,
        taken_by_text: Number,
        supplier_calls: Number,
        supplier_at: Whole,
        supplier_out: Number,
        supplier_talk: Skewed,
    } with {
        clients: figures::Clientele,
        manner: figures::Manner,
        hours: figures::Hours,
    }
}

#[derive(Debug)]
struct Market {
    of: Figures,
    desk: Desk,
    regulars: Vec<Client>,
    suppliers: Vec<Party>,
    manner: Manner,
    hours: Hours,
    days: u8,
    /// Share of market days with a text to all, share who order because of it.
    texted: f64,
    taken: f64,
    pace: f64,
}

/// Makes one.
pub(crate) fn cast(stage: &mut Stage<'_>, of: &Figures) -> Box<dyn Actor> {
    let days = of.weeks[stage.whole((0, of.weeks.len() as i64 - 1)) as usize];
    let owner = stage.worker(of.owner_hours, days);
    let desk = stage.desk(owner, of.number);
    let mut suppliers = stage.public(of.mates as usize);
    suppliers.extend((0..of.merchants).map(|_| stage.landline()));
    Box::new(Market {
        of: of.clone(),
        regulars: of.clients.draw(stage),
        suppliers,
        manner: of.manner.draw(stage),
        hours: of.hours.draw(stage),
        days,
        texted: stage.real(of.texted),
        taken: stage.real(of.taken),
        pace: stage.real(of.pace),
        desk,
    })
}

impl Actor for Market {
    fn kind(&self) -> &'static str {
        "market trader"
    }

    fn day(&self, world: &World, day: u32, chance: &mut Chance, out: &mut Vec<Communication>) {
        let (of, mut diary) = (&self.of, Diary::new(world, day));
        let desk = self.desk.party;
        let trading = self.days >> world.calendar.weekday(day) & 1 == 1;
        let factor = if trading { of.trading } else { of.idle };
        for (second, regular) in contacts(chance, &self.regulars, factor, &self.hours) {
            self.manner.ring(&mut diary, second, regular, desk, chance);
        }
        if trading && coin(chance, self.texted) {
            let regulars: Vec<Party> = self.regulars.iter().map(|c| c.party).collect();
            let (pace, batch) = (self.pace, of.batch as usize);
            let end = diary.broadcast(whole(chance, of.texted_at), desk, &regulars, pace, batch, chance);
            for regular in regulars {
                if coin(chance, self.taken) {
                    let second = end + whole(chance, of.taken_after);
                    if coin(chance, of.taken_by_text) {
                        diary.text(second, regular, desk);
                    } else {
                        self.manner.ring(&mut diary, second, regular, desk, chance);
                    }
                }
            }
        }
        for _ in 0..count(chance, of.supplier_calls) {
            if let Some(supplier) = one(chance, &self.suppliers) {
                let second = whole(chance, of.supplier_at);
                let (from, to) = if coin(chance, of.supplier_out) { (desk, supplier) } else { (supplier, desk) };
                diary.call(second, from, to, 8, talk(chance, of.supplier_talk));
            }
        }
        diary.finish(desk, out);
    }

    fn truth(&self, world: &World) -> serde_json::Value {
        innocent(world, self, &self.desk.parties())
    }
}
