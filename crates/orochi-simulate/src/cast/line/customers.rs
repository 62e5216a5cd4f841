//! Customers of a line: how often they buy, when, how they ask, and what they know of its numbers.

use super::style::LinePlan;
use crate::calendar::At;
use crate::cast::draw::{coin, count, real, several, skewed, weighted, whole};
use crate::chance::Chance;
use crate::ground::PersonId;

/// How somebody buys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Habit {
    /// Several times a day, nearly every day.
    Heavy,
    /// About once a day.
    Daily,
    /// A few times a week, more at its end.
    Weekly,
    /// Much on the days after a benefit is paid, little else. The day within its cycle, and the cycle's length.
    Binge(u32, u32),
    /// Now and then, with gaps.
    Occasional,
    /// Has the number, is sent every burst, never buys.
    Never,
}

/// A member of the base.
#[derive(Clone, Debug, PartialEq)]
pub struct Customer {
    /// Who.
    pub person: PersonId,
    /// Own number.
    pub sim: crate::ground::SimId,
    /// How they buy.
    pub habit: Habit,
    /// Orders a day on average while they buy.
    pub rate: f64,
    /// First day on which they are in the base.
    pub from: u32,
    /// Day after the last on which they buy.
    pub to: u32,
    /// Share of orders that begin with a text.
    pub by_text: f64,
    /// Share of unanswered calls that they try again.
    pub patience: f64,
    /// Favourite second of the day.
    pub favourite: i64,
    /// Friends in the base, as places.
    pub friends: Vec<usize>,
    /// Instant from which each of the line's numbers is known; `At::MAX` when it never is.
    pub knows: Vec<At>,
}

/// Share of an ordinary day's orders of those who buy more at the end of the week, Monday first.
const WEEK: [f64; 7] = [0.6, 0.6, 0.7, 0.9, 1.7, 1.7, 0.8];

impl Customer {
    /// One with a habit drawn, not yet scaled to the line.
    pub fn draw(person: PersonId, sim: crate::ground::SimId, plan: &LinePlan, days: u32, chance: &mut Chance) -> Self {
        let habit = if coin(chance, plan.buyers) {
            match weighted(chance, &[0.10, 0.20, 0.30, 0.12, 0.28]) {
                0 => Habit::Heavy,
                1 => Habit::Daily,
                2 => Habit::Weekly,
                3 => {
                    let cycle = if coin(chance, 0.5) { 14 } else { 28 };
                    Habit::Binge(whole(chance, (0, i64::from(cycle) - 1)) as u32, cycle)
                }
                _ => Habit::Occasional,
            }
        } else {
            Habit::Never
        };
        let rate = match habit {
            Habit::Heavy => skewed(chance, 2.8, 0.35),
            Habit::Daily => skewed(chance, 1.1, 0.3),
            Habit::Weekly => skewed(chance, 0.3, 0.4),
            Habit::Binge(..) => skewed(chance, 0.3, 0.4),
            Habit::Occasional => skewed(chance, 0.07, 0.5),
            Habit::Never => 0.0,
        };
        // A quarter comes new or stops during the window.
        let (from, to) = match weighted(chance, &[0.76, 0.12, 0.12]) {
            1 => (whole(chance, (0, i64::from(days))) as u32, days),
            2 => (0, whole(chance, (0, i64::from(days))) as u32),
            _ => (0, days),
        };
        let hour = real(chance, (plan.opens as f64, plan.shuts as f64));
        Self {
            person,
            sim,
            habit,
            rate,
            from,
            to,
            by_text: if coin(chance, 0.25) { (plan.by_text * 3.0).min(0.9) } else { plan.by_text * 0.4 },
            patience: real(chance, (0.35, 0.85)),
            favourite: hour as i64,
            friends: Vec::new(),
            knows: Vec::new(),
        }
    }

    /// How many orders on a day. Opening days only; `weekday` 0 is Monday.
    pub fn orders(&self, day: u32, weekday: u32, chance: &mut Chance) -> u32 {
        if day < self.from || day >= self.to {
            return 0;
        }
        let mean = match self.habit {
            Habit::Never => 0.0,
            Habit::Heavy if coin(chance, 0.08) => 0.0,
            Habit::Heavy | Habit::Daily | Habit::Occasional => self.rate,
            Habit::Weekly => self.rate * WEEK[weekday as usize % 7],
            // Two days take what the cycle has.
            Habit::Binge(offset, cycle) => match (day + cycle - offset) % cycle {
                0 => self.rate * f64::from(cycle) * 0.4,
                1 => self.rate * f64::from(cycle) * 0.25,
                _ => self.rate * 0.35,
            },
        };
        count(chance, mean).min(14)
    }

    /// Whether bursts of a day reach them when they are for those who buy.
    pub fn active(&self, day: u32) -> bool {
        self.rate > 0.0 && self.from <= day && day < self.to + 7
    }
}

/// Scales rates so that the line has its orders a day, and makes friends among customers.
pub fn scale_rates(customers: &mut [Customer], plan: &LinePlan, days: u32, chance: &mut Chance) {
    let sum: f64 =
        customers.iter().map(|c| c.rate * f64::from(c.to.saturating_sub(c.from)) / f64::from(days.max(1))).sum();
    let scale = if sum > 0.0 { (plan.orders / sum).clamp(0.3, 2.0) } else { 1.0 };
    for customer in customers.iter_mut() {
        customer.rate = (customer.rate * scale).min(6.0);
    }
    let places: Vec<usize> = (0..customers.len()).collect();
    for (place, customer) in customers.iter_mut().enumerate() {
        if customer.habit != Habit::Never {
            let n = whole(chance, (1, 3)) as usize;
            customer.friends = several(&places, n, chance).into_iter().filter(|other| *other != place).collect();
        }
    }
}
