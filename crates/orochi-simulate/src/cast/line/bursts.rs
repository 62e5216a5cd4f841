//! Bulk texts of a line: when, to whom, how quickly.

use super::Line;
use crate::cast::draw::{clock, coin, count, normal, real, whole};
use crate::chance::Chance;

/// A burst to be sent.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Burst {
    /// Second of the day.
    pub second: i64,
    /// Places in [`Line::customers`].
    pub to: Vec<usize>,
}

impl Line {
    /// Bursts of a day with business. `announcement` is the second at which a new number is
    /// told, to whoever is told it.
    pub(super) fn bursts(&self, day: u32, days: u32, chance: &mut Chance) -> Vec<Burst> {
        if !self.plan.broadcasts() {
            return Vec::new();
        }
        let gone = f64::from(day) / f64::from(days.max(1));
        let left = if self.plan.fading { (1.0 - 1.35 * gone).max(0.0) } else { 1.0 };
        let mean = self.plan.bursts * left;
        // A line with one burst a day sends it nearly every day; more vary more.
        let n = if mean < 1.6 {
            u32::from(coin(chance, mean)) + u32::from(coin(chance, mean - 1.0))
        } else {
            count(chance, mean)
        };
        let mut all = Vec::new();
        let (opens, shuts) = (self.plan.opens, self.plan.shuts);
        for place in 0..n.min(9) {
            let second = match place {
                // Opening, then any time, with more in the late afternoon.
                0 if coin(chance, 0.75) => opens + whole(chance, (-900, 3600)),
                _ if coin(chance, 0.35) => clock(17.0) + (normal(chance) * 4800.0) as i64,
                _ => whole(chance, (opens, shuts - 1800)),
            };
            let second = second.clamp(opens - 1800, shuts - 600);
            let mut to: Vec<usize> = (0..self.customers.len()).filter(|c| self.customers[*c].from <= day).collect();
            if coin(chance, 0.45) {
                // Only those who buy, and not all of them.
                let share = (self.plan.burst_share * real(chance, (0.6, 1.4))).min(1.0);
                to.retain(|c| self.customers[*c].active(day) && coin(chance, share));
            }
            if !to.is_empty() {
                all.push(Burst { second, to });
            }
        }
        all.sort_by_key(|burst| burst.second);
        all
    }
}
