//! How customers order: a short call, a text first, tries again, a call-back, a second call; how the line passes it on.

use super::talk::Telling;
use crate::cast::diary::{Manner, answer_ring, talk};
use crate::cast::draw::{coin, normal, one, skewed, wait, weighted, whole};
use crate::chance::Chance;
use crate::communication::Party;
use crate::ground::SimId;

impl Telling<'_> {
    /// All orders of a day. On days without business customers try and mostly fail. `ends` are the
    /// seconds at which bursts ended.
    pub(super) fn orders(&mut self, off: bool, ends: &[i64], chance: &mut Chance) {
        let (line, day) = (self.line, self.diary.day);
        let weekday = self.diary.world.calendar.weekday(day);
        for place in 0..line.customers.len() {
            let customer = &line.customers[place];
            let mut n = customer.orders(day, weekday, chance);
            if off {
                n = n.min(2);
            }
            for _ in 0..n {
                let second = self.when(place, ends, chance);
                self.order(place, second, off, chance);
            }
        }
    }

    /// When a customer asks: after a burst, around the favourite hour, any time; a few outside the hours of business.
    fn when(&self, place: usize, ends: &[i64], chance: &mut Chance) -> i64 {
        let (plan, customer) = (&self.line.plan, &self.line.customers[place]);
        if let Some(end) = one(chance, ends)
            && coin(chance, plan.drawn)
        {
            return (end + 20 + wait(chance, 1300.0) as i64).min(plan.shuts + 1800);
        }
        match weighted(chance, &[0.45, 0.51, 0.04]) {
            0 => {
                let second = customer.favourite + (normal(chance) * 5400.0) as i64;
                second.clamp(plan.opens - 600, plan.shuts + 600)
            }
            1 => whole(chance, (plan.opens, plan.shuts)),
            _ => whole(chance, (plan.opens - 7200, plan.opens)),
        }
    }

    /// One order from the customer's wish to the deal.
    fn order(&mut self, place: usize, second: i64, off: bool, chance: &mut Chance) {
        let (line, at, buyer) = (self.line, self.at(second), self.customer(place));
        let customer = &line.customers[place];
        // The newest number that the customer has heard of.
        let Some(known) = (0..line.numbers.len()).rev().find(|n| customer.knows[*n] <= at) else { return };
        let sim = line.numbers[known].sim;
        let desk = Party::Sim(sim);
        let shut = !(line.plan.opens - 900..line.plan.shuts).contains(&second);
        if line.number_at(at) != Some(known) || off && coin(chance, 0.9) || shut && coin(chance, 0.8) {
            // Dead, closed or asleep: one try, or a few.
            for attempt in 0..=i64::from(coin(chance, customer.patience)) {
                self.manner.unanswered(
                    &mut self.diary,
                    second + attempt * whole(chance, (30, 900)),
                    buyer,
                    desk,
                    chance,
                );
            }
            if line.number_at(at) == Some(known) {
                self.told.contacts.push((place, sim));
            }
            return;
        }
        self.told.contacts.push((place, sim));
        let by_text = if line.plan.fading { customer.by_text * self.left() } else { customer.by_text };
        let agreed = if coin(chance, by_text) {
            self.by_text(second, buyer, desk, chance)
        } else {
            let manner = Manner { retried: customer.patience, ..self.manner.clone() };
            manner.ring(&mut self.diary, second, buyer, desk, chance)
        };
        if let Some(agreed) = agreed {
            self.deal(place, agreed, sim, chance);
        }
    }

    /// Share of texts left on a line that drifts to apps.
    fn left(&self) -> f64 {
        1.0 - f64::from(self.diary.day) / f64::from(self.diary.world.calendar.days())
    }

    /// An order that begins with a text: rung back, texted back, or the customer rings after all.
    fn by_text(&mut self, second: i64, buyer: Party, desk: Party, chance: &mut Chance) -> Option<i64> {
        self.diary.text(second, buyer, desk);
        let later = second + skewed(chance, 140.0, 0.9).clamp(15.0, 3000.0) as i64;
        match weighted(chance, &[0.35, 0.3, 0.25, 0.1]) {
            0 => {
                let seconds = talk(chance, self.manner.talk);
                self.diary.call(later, desk, buyer, answer_ring(chance), seconds);
                Some(later + i64::from(seconds))
            }
            1 => {
                self.diary.text(later, desk, buyer);
                if coin(chance, 0.5) {
                    self.diary.text(later + whole(chance, (15, 300)), buyer, desk);
                }
                Some(later)
            }
            2 => self.manner.clone().ring(&mut self.diary, later, buyer, desk, chance),
            _ => None,
        }
    }

    /// From the order to the deal: passed to the runner, asked after, handed over.
    fn deal(&mut self, place: usize, agreed: i64, sim: SimId, chance: &mut Chance) {
        let (line, at) = (self.line, self.at(agreed));
        let (desk, buyer) = (Party::Sim(sim), self.customer(place));
        let runner = line.runner_at(at).copied();
        let away = line.spell_at(at).is_none_or(|spell| runner.is_none_or(|runner| runner.person != spell.person));
        let met = agreed + skewed(chance, 1300.0, 0.5).clamp(240.0, 7200.0) as i64;
        if let Some(runner) = runner.filter(|_| away)
            && coin(chance, line.plan.passed)
        {
            let second = agreed + skewed(chance, 70.0, 0.8).clamp(5.0, 900.0) as i64;
            if coin(chance, 0.65) {
                self.diary.call(second, desk, runner.contact, answer_ring(chance), talk(chance, (13.0, 0.55)));
            } else {
                self.diary.text(second, desk, runner.contact);
            }
        }
        if coin(chance, line.plan.second_call) {
            let second = agreed + (met - agreed) * whole(chance, (40, 110)) / 100;
            match weighted(chance, &[0.6, 0.25, 0.15]) {
                0 => {
                    let manner = Manner { talk: (line.plan.talk * 0.6, 0.6), ..self.manner.clone() };
                    if let Some(spoken) = manner.ring(&mut self.diary, second, buyer, desk, chance)
                        && let Some(runner) = runner.filter(|_| away)
                        && coin(chance, line.plan.passed * 0.4)
                    {
                        self.diary.call(
                            spoken + whole(chance, (5, 120)),
                            desk,
                            runner.contact,
                            5,
                            talk(chance, (11.0, 0.5)),
                        );
                    }
                }
                1 => self.diary.call(second, desk, buyer, answer_ring(chance), talk(chance, (8.0, 0.5))),
                // Careless: the runner's own phone rings the customer.
                _ => {
                    if let Some(runner) = runner {
                        self.diary.call(second, runner.own, buyer, answer_ring(chance), talk(chance, (10.0, 0.5)));
                    }
                }
            }
        }
        // A few are let down, or give up waiting.
        if coin(chance, 0.93) {
            let deals = [1.0, 2.0, 3.0, 4.0, 6.0][weighted(chance, &[0.45, 0.32, 0.12, 0.07, 0.04])];
            let grams = deals * line.plan.grams * skewed(chance, 1.0, 0.12);
            self.told.deals.push((place, grams));
        }
    }
}
