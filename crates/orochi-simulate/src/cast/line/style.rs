//! What a line is like: each figure drawn once from the scenario's range.

use crate::cast::draw::{coin, real, weighted};
use crate::chance::Chance;
use crate::scenario::cast::{Announced, Change, LineSection as Section, Movement, Ranges, Style};

/// Drawn figures of a line; units are those of [`Ranges`].
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub struct LinePlan {
    pub movement: Movement,
    pub change: Change,
    pub announced: Announced,
    pub hand_over: bool,
    /// Bulk texts fade to none during the window.
    pub fading: bool,
    /// Runners bring the line phone back between shifts instead of passing it on in town.
    pub brought_back: bool,
    /// The line phone has data sessions.
    pub smart: bool,
    pub customers: usize,
    pub buyers: f64,
    pub orders: f64,
    /// Seconds after midnight.
    pub opens: i64,
    /// Seconds after midnight, beyond 86,400 in the small hours.
    pub shuts: i64,
    pub days_off: f64,
    pub bursts: f64,
    pub burst_share: f64,
    pub burst_pace: f64,
    pub burst_batch: usize,
    pub drawn: f64,
    pub answered: f64,
    pub talk: f64,
    pub rung_back: f64,
    pub by_text: f64,
    pub second_call: f64,
    pub passed: f64,
    pub singled_out: f64,
    pub others: f64,
    pub friends: f64,
    pub told: f64,
    pub lost: f64,
    pub returning: f64,
    pub visits: f64,
    pub grams: f64,
}

impl LinePlan {
    /// Draws a plan.
    pub fn draw(section: &Section, ranges: &Ranges, chance: &mut Chance) -> Self {
        let movement = section.movement.unwrap_or_else(|| match section.style {
            Style::Static => Movement::Static,
            Style::Travelling => Movement::Travelling,
            Style::Hybrid => Movement::Hybrid,
            Style::InForce => Movement::InForce,
            _ => [Movement::Static, Movement::Travelling, Movement::Hybrid, Movement::InForce]
                [weighted(chance, &[0.35, 0.25, 0.2, 0.2])],
        });
        let change = section.change.unwrap_or_else(|| {
            let weights =
                if section.style == Style::ShortLived { [0.0, 0.6, 0.0, 0.4] } else { [0.4, 0.25, 0.15, 0.2] };
            [Change::None, Change::Sim, Change::Handset, Change::Both][weighted(chance, &weights)]
        });
        let announced = section.announced.unwrap_or_else(|| {
            let weights = if section.style == Style::Quiet { [0.0, 0.5, 0.5] } else { [0.5, 0.3, 0.2] };
            [Announced::All, Announced::Some, Announced::None][weighted(chance, &weights)]
        });
        let mut from = |range: (f64, f64)| real(chance, range);
        Self {
            customers: from(ranges.customers).round() as usize,
            buyers: from(ranges.buyers),
            orders: from(ranges.orders),
            opens: (from(ranges.opens) * 3600.0) as i64,
            shuts: (from(ranges.shuts) * 3600.0) as i64,
            days_off: from(ranges.days_off),
            bursts: from(ranges.bursts),
            burst_share: from(ranges.burst_share),
            burst_pace: from(ranges.burst_pace),
            burst_batch: from(ranges.burst_batch) as usize,
            drawn: from(ranges.drawn),
            answered: from(ranges.answered),
            talk: from(ranges.talk),
            rung_back: from(ranges.rung_back),
            by_text: from(ranges.by_text),
            second_call: from(ranges.second_call),
            passed: from(ranges.passed),
            singled_out: from(ranges.singled_out),
            others: from(ranges.others),
            friends: from(ranges.friends),
            told: from(ranges.told),
            lost: from(ranges.lost),
            returning: from(ranges.returning),
            visits: from(ranges.visits),
            grams: from(ranges.grams),
            smart: {
                let share = from(ranges.smart);
                coin(chance, share)
            },
            hand_over: section.hand_over.unwrap_or_else(|| coin(chance, 0.25)),
            brought_back: coin(chance, 0.4),
            fading: section.style == Style::Drifting,
            movement,
            change,
            announced,
        }
    }

    /// Whether it sends bulk texts at all.
    pub fn broadcasts(&self) -> bool {
        self.bursts > 0.0
    }

    /// `small`, `medium` or `big`, by the base.
    pub fn size(&self) -> &'static str {
        match self.customers {
            0..=24 => "small",
            25..=299 => "medium",
            _ => "big",
        }
    }
}
