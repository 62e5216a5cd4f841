//! Numbers, SIMs and handsets of a line over time, and who hears of a new number when.

use super::customers::Customer;
use super::style::LinePlan;
use super::window::Window;
use crate::calendar::{At, Calendar};
use crate::cast::draw::{clock, coin, real, wait, whole};
use crate::chance::Chance;
use crate::ground::{HandsetId, SimId};
use crate::scenario::cast::{Announced, Change, Ranges};
use crate::world::build::Builder;

/// A SIM in a handset, over one period of the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tenure {
    /// SIM, with its number.
    pub sim: SimId,
    /// Handset.
    pub handset: HandsetId,
    /// From, inclusive.
    pub from: At,
    /// To, exclusive.
    pub to: At,
}

/// A number of the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Number {
    /// SIM.
    pub sim: SimId,
    /// From, inclusive.
    pub from: At,
    /// To, exclusive.
    pub to: At,
    /// When it is announced; `At::MAX` when it is not.
    pub told: At,
}

/// The SIMs and handsets of a line from `opened` to `closed`. `leading` lines have drama numbers.
pub fn tenures(
    builder: &mut Builder,
    chance: &mut Chance,
    plan: &LinePlan,
    ranges: &Ranges,
    window: Window,
    leading: bool,
) -> Vec<Tenure> {
    let Window { opened, closed } = window;
    let network = builder.network(chance);
    let new_sim = |builder: &mut Builder, chance: &mut Chance| {
        // Often the network of the shop's cheapest SIM, not always the one before.
        let network = if coin(chance, 0.7) { network } else { builder.network(chance) };
        if leading { builder.leading_sim(network, true) } else { builder.sim(network, true) }
    };
    let mut sim = new_sim(builder, chance);
    let mut handset = builder.handset(plan.smart);
    let mut all = Vec::new();
    let mut from = opened;
    // The first number has been in use before the window; a life stated to the day counts from its start.
    let (shortest, longest) = ranges.number_life;
    let mut age = if shortest < longest { real(chance, (0.3, 1.0)) } else { 1.0 };
    loop {
        let life = real(chance, ranges.number_life) * age;
        age = 1.0;
        let end = change_time(builder.calendar(), from, life, chance);
        if plan.change == Change::None || end >= closed - 2 * 86_400 {
            all.push(Tenure { sim, handset, from, to: closed });
            return all;
        }
        all.push(Tenure { sim, handset, from, to: end });
        let gap = match plan.change {
            Change::Handset => whole(chance, (60, 1800)),
            _ => (real(chance, ranges.gap) * 3600.0) as i64 + 120,
        };
        from = (end + gap).min(closed - 43_200);
        if matches!(plan.change, Change::Sim | Change::Both) {
            sim = new_sim(builder, chance);
        }
        if matches!(plan.change, Change::Handset | Change::Both) {
            handset = builder.handset(plan.smart);
        }
    }
}

/// A slip: for some hours the line's SIM sits in the own handset of whoever has it, whose battery lasts.
pub fn slip(tenures: &mut Vec<Tenure>, own: HandsetId, from: At, to: At) {
    let Some(place) = tenures.iter().position(|tenure| tenure.from < from && to < tenure.to) else { return };
    let whole = tenures[place];
    let parts = [
        Tenure { to: from, ..whole },
        Tenure { handset: own, from: from + 90, to: to - 90, ..whole },
        Tenure { from: to, ..whole },
    ];
    tenures.splice(place..=place, parts);
}

/// An instant by day, some days after another.
fn change_time(calendar: &Calendar, from: At, life_days: f64, chance: &mut Chance) -> At {
    let after = from + (life_days * 86_400.0) as i64;
    let day = calendar.day_of(after).map_or(calendar.days(), |(day, _)| day);
    let second = whole(chance, (clock(9.0), clock(21.0)));
    if day >= calendar.days() { At::MAX } else { calendar.at(day, second).max(from + 3600) }
}

/// Numbers from tenures: the same SIM in another handset is the same number.
pub fn numbers(tenures: &[Tenure], announced: Announced, chance: &mut Chance) -> Vec<Number> {
    let mut all: Vec<Number> = Vec::new();
    for tenure in tenures {
        match all.last_mut() {
            Some(last) if last.sim == tenure.sim => last.to = tenure.to,
            last => {
                let first = last.is_none();
                let told = if first || announced == Announced::None {
                    At::MAX
                } else {
                    (tenure.from + whole(chance, (120, 5400))).min(tenure.to - 60)
                };
                all.push(Number { sim: tenure.sim, from: tenure.from, to: tenure.to, told });
            }
        }
    }
    all
}

/// When each customer hears of each number. The first is known; a later one is told, heard of, or never learnt.
pub fn learn(customers: &mut [Customer], numbers: &[Number], plan: &LinePlan, chance: &mut Chance) {
    // Those who buy most are told when only some are.
    let mut rates: Vec<f64> = customers.iter().map(|c| c.rate).collect();
    rates.sort_by(f64::total_cmp);
    let place = ((1.0 - plan.told) * rates.len() as f64) as usize;
    let enough = rates.get(place).copied().unwrap_or(0.0);
    for customer in customers {
        customer.knows = numbers
            .iter()
            .enumerate()
            .map(|(place, number)| {
                if place == 0 {
                    return At::MIN;
                }
                let told = match plan.announced {
                    Announced::All => !coin(chance, plan.lost * 0.3),
                    Announced::Some => customer.rate >= enough && !coin(chance, plan.lost * 0.3),
                    Announced::None => false,
                };
                if told {
                    // Without bulk texts those who are told are told one by one.
                    let turn = if plan.broadcasts() { 0 } else { whole(chance, (0, 14_400)) };
                    return number.told + turn;
                }
                if coin(chance, plan.lost) || (customer.rate <= 0.0 && coin(chance, 0.7)) {
                    return At::MAX;
                }
                // Who buys more often hears of it sooner.
                let mean_days = 0.4 + 1.2 / (0.5 + customer.rate);
                number.from + 900 + (wait(chance, mean_days) * 86_400.0) as i64
            })
            .collect();
    }
}
