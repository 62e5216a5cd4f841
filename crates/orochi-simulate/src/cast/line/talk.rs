//! A line's day told: bursts, orders, supply, private carelessness, what customers say to one another, new numbers.

use super::bursts::Burst;
use super::{Day, Line};
use crate::calendar::At;
use crate::cast::diary::{Diary, Manner, one_at_a_time, talk};
use crate::cast::draw::{coin, count, one, several, whole};
use crate::chance::Chance;
use crate::communication::{ContactKind, Outcome, Party};
use crate::scenario::cast::Announced;
use crate::world::World;

/// One day of a line being told.
pub(super) struct Telling<'a> {
    pub line: &'a Line,
    pub diary: Diary<'a>,
    pub told: Day,
    pub manner: Manner,
    days: u32,
}

impl<'a> Telling<'a> {
    pub(super) fn new(line: &'a Line, world: &'a World, day: u32) -> Self {
        let manner = Manner {
            answered: line.plan.answered,
            talk: (line.plan.talk, 0.65),
            rung_back: line.plan.rung_back,
            back_after: (40, 700),
            retried: 0.6,
            voicemail: 0.45,
        };
        Self { line, diary: Diary::new(world, day), told: Day::default(), manner, days: world.calendar.days() }
    }

    /// Instant of a second of the day.
    pub(super) fn at(&self, second: i64) -> At {
        self.diary.world.calendar.at(self.diary.day, second)
    }

    /// The line's number in use at a second.
    pub(super) fn desk(&self, second: i64) -> Option<Party> {
        self.line.number_at(self.at(second)).map(|place| Party::Sim(self.line.numbers[place].sim))
    }

    /// Number of a customer.
    pub(super) fn customer(&self, place: usize) -> Party {
        Party::Sim(self.line.customers[place].sim)
    }

    pub(super) fn announce(&mut self, chance: &mut Chance) {
        let (line, day) = (self.line, self.diary.day);
        let off = line.days_off.get(day as usize).copied().unwrap_or(false);
        let bursts = if off { Vec::new() } else { line.bursts(day, self.days, chance) };
        let mut ends = Vec::new();
        for burst in &bursts {
            self.burst(burst, chance, &mut ends);
        }
        self.orders(off, &ends, chance);
        self.new_numbers(chance);
        if !off {
            self.singled_out(chance);
            self.supply(chance);
        }
        self.private(chance);
        self.friends(chance);
    }

    fn burst(&mut self, burst: &Burst, chance: &mut Chance, ends: &mut Vec<i64>) {
        let Some(desk) = self.desk(burst.second) else { return };
        let at = self.at(burst.second);
        let Some(number) = self.line.number_at(at) else { return };
        // A new number has its own list, copied or typed: who was not told is not on it for a while.
        let to: Vec<Party> = burst
            .to
            .iter()
            .filter(|c| self.line.customers[**c].knows[number] <= at)
            .map(|c| self.customer(*c))
            .collect();
        let plan = &self.line.plan;
        let mut end = burst.second;
        // Wordings in turn: half of the list gets one text, the rest another a little later.
        let wordings = if to.len() > 40 && coin(chance, 0.3) { 2 } else { 1 };
        for part in to.chunks(to.len().div_ceil(wordings).max(1)) {
            end = self.diary.broadcast(end, desk, part, plan.burst_pace, plan.burst_batch, chance);
            end += whole(chance, (5, 60));
        }
        ends.push(end);
    }

    /// New numbers: announced in a burst, or passed on one by one.
    fn new_numbers(&mut self, chance: &mut Chance) {
        let (from, to) = (self.at(0), self.at(86_400));
        let (line, midnight) = (self.line, self.at(0));
        for (place, number) in line.numbers.iter().enumerate().skip(1) {
            let desk = Party::Sim(number.sim);
            if from <= number.told && number.told < to {
                let told: Vec<Party> = line
                    .customers
                    .iter()
                    .filter(|c| c.knows[place] == number.told && c.from <= self.diary.day)
                    .map(|c| Party::Sim(c.sim))
                    .collect();
                let pace =
                    if line.announced == Announced::All { line.plan.burst_pace } else { line.plan.burst_pace.min(1.0) };
                self.diary.broadcast(number.told - midnight, desk, &told, pace, line.plan.burst_batch, chance);
            }
            for customer in &line.customers {
                let knows = customer.knows[place];
                if knows == number.told || knows < from || knows >= to || knows >= number.to {
                    continue;
                }
                let (second, party) = (knows - midnight, Party::Sim(customer.sim));
                let friend = one(chance, &customer.friends).map(|friend| Party::Sim(line.customers[friend].sim));
                match friend {
                    Some(friend) if coin(chance, 0.5) => {
                        if coin(chance, 0.6) {
                            self.diary.text(second, friend, party);
                        } else {
                            self.diary.call(second, party, friend, 8, talk(chance, (45.0, 0.7)));
                        }
                    }
                    _ if coin(chance, 0.5) => self.diary.text(second, desk, party),
                    _ => {
                        Manner { answered: 0.6, retried: 0.3, ..self.manner.clone() }.ring(
                            &mut self.diary,
                            second,
                            desk,
                            party,
                            chance,
                        );
                    }
                }
            }
        }
    }

    /// Texts to single customers: answers, prices, where have you been.
    fn singled_out(&mut self, chance: &mut Chance) {
        let line = self.line;
        let active: Vec<usize> =
            (0..line.customers.len()).filter(|c| line.customers[*c].active(self.diary.day)).collect();
        let n = count(chance, line.plan.singled_out * (active.len() as f64 / 60.0).min(1.5)) as usize;
        for place in several(&active, n, chance) {
            let second = whole(chance, (line.plan.opens, line.plan.shuts));
            let (at, customer) = (self.at(second), self.customer(place));
            let Some(number) = line.number_at(at) else { continue };
            if line.customers[place].knows[number] <= at {
                let desk = Party::Sim(line.numbers[number].sim);
                self.diary.text(second, desk, customer);
                if coin(chance, 0.3) {
                    self.diary.text(second + whole(chance, (30, 1500)), customer, desk);
                }
            }
        }
    }

    /// The line with its runners and those who direct it.
    fn supply(&mut self, chance: &mut Chance) {
        let line = self.line;
        let (opens, shuts) = (line.plan.opens, line.plan.shuts);
        for _ in 0..(2 + count(chance, 4.0)) {
            let second = whole(chance, (opens - 1800, shuts + 1200));
            let at = self.at(second);
            let (Some(desk), Some(runner)) = (self.desk(second), line.runner_at(at)) else { continue };
            if line.spell_at(at).is_some_and(|spell| spell.person == runner.person) {
                continue;
            }
            let (from, to) = if coin(chance, 0.5) { (desk, runner.contact) } else { (runner.contact, desk) };
            if coin(chance, 0.25) {
                self.diary.text(second, from, to);
            } else {
                Manner { answered: 0.8, talk: (line.plan.talk * 1.2, 0.8), ..self.manner.clone() }.ring(
                    &mut self.diary,
                    second,
                    from,
                    to,
                    chance,
                );
            }
        }
        // The holder's own phone and the runners', the careless way; more on days when a shift changes.
        let holder = self.own(line.holder_at(self.at(43_200)));
        let changes = line.shifts.iter().any(|s| (self.at(0)..self.at(86_400)).contains(&s.arrives));
        for _ in 0..count(chance, if changes { 2.5 } else { 0.5 }) {
            let second = whole(chance, (opens - 3600, shuts));
            if let Some(runner) = one(chance, &line.runners) {
                let (from, to) = if coin(chance, 0.6) { (holder, runner.own) } else { (runner.own, holder) };
                self.diary.call(second, from, to, 9, talk(chance, (35.0, 0.8)));
            }
        }
        let Some(controller) = line.controller.map(|person| self.own(person)) else { return };
        for _ in 0..count(chance, 1.1) {
            let second = whole(chance, (opens, shuts));
            let other = match self.desk(second) {
                Some(desk) if coin(chance, 0.6) => desk,
                _ => holder,
            };
            let (from, to) = if coin(chance, 0.7) { (controller, other) } else { (other, controller) };
            self.diary.call(second, from, to, 7, talk(chance, (22.0, 0.6)));
        }
    }

    /// Own number of a person.
    pub(super) fn own(&self, person: crate::ground::PersonId) -> Party {
        Party::Sim(self.diary.world.people[person as usize].sim)
    }

    /// What the line phone and its people do besides: family, taxis, top-ups.
    fn private(&mut self, chance: &mut Chance) {
        let line = self.line;
        for _ in 0..count(chance, line.plan.others) {
            let second = whole(chance, (line.plan.opens, line.plan.shuts));
            let Some(desk) = self.desk(second) else { continue };
            let kin = coin(chance, 0.3);
            if let Some(other) = one(chance, if kin { &line.kin } else { &line.services }) {
                let (from, to) = if coin(chance, 0.8) { (desk, other) } else { (other, desk) };
                self.diary.call(second, from, to, 8, talk(chance, (30.0, 0.8)));
            }
        }
        for _ in 0..count(chance, 1.4) {
            let holder = self.own(line.holder_at(self.at(43_200)));
            if let Some(kin) = one(chance, &line.kin) {
                let second = whole(chance, (32_000, 84_000));
                let (from, to) = if coin(chance, 0.5) { (holder, kin) } else { (kin, holder) };
                self.diary.call(second, from, to, 10, talk(chance, (60.0, 1.0)));
            }
        }
    }

    /// Buyers among one another.
    fn friends(&mut self, chance: &mut Chance) {
        let (line, day) = (self.line, self.diary.day);
        for customer in line.customers.iter().filter(|c| c.active(day)) {
            for _ in 0..count(chance, line.plan.friends * 0.5) {
                let second = whole(chance, (34_000, 85_000));
                if let Some(friend) = one(chance, &customer.friends) {
                    let (from, to) = (Party::Sim(customer.sim), Party::Sim(line.customers[friend].sim));
                    if coin(chance, 0.45) {
                        self.diary.text(second, from, to);
                    } else {
                        Manner { answered: 0.6, talk: (40.0, 0.9), ..self.manner.clone() }.ring(
                            &mut self.diary,
                            second,
                            from,
                            to,
                            chance,
                        );
                    }
                }
            }
        }
    }

    /// The day, with what cannot be taken out: a number rings only while it is in use.
    pub(super) fn end(mut self) -> Day {
        for number in &self.line.numbers {
            one_at_a_time(&mut self.diary.out, number.sim);
        }
        for number in &self.line.numbers {
            let (party, used) = (Party::Sim(number.sim), number.from..number.to);
            let gap = |at: At| !self.line.tenures.iter().any(|t| t.sim == number.sim && t.from <= at && at < t.to);
            self.diary.out.retain(|c| c.from != party || (used.contains(&c.at) && !gap(c.at)));
            for call in self.diary.out.iter_mut().filter(|c| c.to == party && c.kind == ContactKind::Call && gap(c.at))
            {
                call.outcome = if call.at % 3 == 0 { Outcome::Voicemail } else { Outcome::Missed };
                (call.seconds, call.ring) = (if call.outcome == Outcome::Voicemail { 3 } else { 0 }, 0);
            }
        }
        self.told.communications = self.diary.out;
        self.told
    }
}
