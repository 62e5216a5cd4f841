//! From a profile to a score and a flag. Additive, so that each part can be read on its own; written out in the statement.
//!
//! The score is **not a probability**: nothing has been calibrated against closed cases.

use orochi_model::party::PartyKind;

use super::profile::Profile;
use super::settings::Settings;

/// What kind of number it is, as far as its digits say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Class {
    /// A mobile or foreign number, or one whose kind the digits do not tell.
    #[default]
    Any,
    /// A geographic, non-geographic or freephone number of the United Kingdom.
    Fixed,
    /// A name or short code: cannot be rung.
    Sender,
}

impl Class {
    pub(super) fn of(name: &str, kind: PartyKind) -> Self {
        match kind {
            PartyKind::Number => match name.strip_prefix("+44").and_then(|rest| rest.bytes().next()) {
                Some(b'1' | b'2' | b'3' | b'8' | b'9') => Self::Fixed,
                _ => Self::Any,
            },
            _ => Self::Sender,
        }
    }
}

/// What the disclosed data says about data sessions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Data {
    /// Nothing can be said.
    #[default]
    Unknown,
    /// Own records are held, others' data sessions are in the case, none is this number's.
    None,
    /// The number has data sessions.
    Some,
}

/// Score, and which of the two patterns holds.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Verdict {
    pub score: f64,
    pub flagged: bool,
}

/// 0 at or below `low`, 1 at or above `high`, straight between.
fn ramp(value: f64, low: f64, high: f64) -> f64 {
    ((value - low) / (high - low)).clamp(0.0, 1.0)
}

/// Weighs a profile.
pub(super) fn weigh(p: &Profile, class: Class, data: Data, settings: &Settings) -> Verdict {
    let seen = p.parties.max(1) as f64;
    // Where only a few of a number's contacts are seen, few regulars are all there can be.
    let enough = if p.held { 12.0 } else { (0.6 * seen).clamp(3.0, 12.0) };
    let weeks = (p.days / 7.0).max(0.5);
    let mut z = -4.5;
    z += 2.5 * ramp(p.regulars as f64, 0.0, enough);
    z += 1.0 * ramp(p.regular_share, 0.2, 0.7);
    z += 1.5 * ramp(p.burst_days as f64 / weeks, 0.5, 3.0) * ramp(p.repeat_share, 0.1, 0.5);
    z += 1.0 * ramp(share(p.answered_bursts, p.bursts), 0.1, 0.6);
    z += 1.0 * ramp(p.brief_share, 0.4, 0.8);
    z += 1.0 * ramp(p.callback_share, 0.05, 0.35);
    z += 0.7 * ramp(p.hours as f64, 7.0, 13.0);
    z += 0.5 * ramp(p.active_days as f64 / p.days.max(1.0), 0.5, 0.9);
    z += 0.5 * ramp(p.contacts as f64 / p.days.max(1.0), 1.0, 20.0);
    z -= 3.0 * ramp(p.own_share, 0.2, 0.5);
    z -= 1.5 * ramp(p.once_share, 0.5, 0.8);
    z -= 1.5 * ramp(p.long_share, 0.1, 0.4);
    z -= 1.0 * ramp(p.replies as f64 / (p.replies + p.contacts).max(1) as f64, 0.3, 0.7);
    z -= 2.0 * (1.0 - ramp(p.contacts as f64, 3.0, 15.0));
    if p.parties > 5 {
        z -= 1.0 * ramp(p.top_share, 0.5, 0.8);
    }
    z += match data {
        Data::Unknown => 0.0,
        Data::None => 0.5,
        Data::Some => -0.5,
    };
    z -= match class {
        Class::Any => 0.0,
        Class::Fixed => 2.0,
        Class::Sender => 4.0,
    };
    // Without either pattern the parts do not make a line, however many there are: half the score, so that it ranks below.
    let pattern = class == Class::Any && (broadcasts(p, settings) || quiet(p, settings));
    let score = 1.0 / (1.0 + (-z).exp()) * if pattern { 1.0 } else { 0.5 };
    let score = (score * 1e4).round() / 1e4;
    let flagged = pattern && score >= settings.flag_score;
    Verdict { score, flagged }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// Customers who return, brief, not started by the number: holds for both patterns.
fn returning(p: &Profile, settings: &Settings) -> bool {
    p.regular_share >= settings.regular_share
        && p.brief_share >= settings.brief_share
        && p.long_share <= settings.long_share
        && p.timed_calls >= 5
        && p.call_share >= 0.3
        && p.own_share <= settings.own_share
}

/// The broadcast pattern: the same base is texted on several days and comes back in brief calls.
pub(super) fn broadcasts(p: &Profile, settings: &Settings) -> bool {
    let least = if p.held || p.parties > 4 { settings.broadcast_customers } else { 2.0 };
    p.burst_days >= 2
        && p.repeat_share >= settings.repeat_share
        && p.burst_regulars as f64 >= least
        && returning(p, settings)
}

/// The quiet pattern: many regulars, brief calls at all hours, called back.
pub(super) fn quiet(p: &Profile, settings: &Settings) -> bool {
    p.regulars as f64 >= settings.customers
        && returning(p, settings)
        && p.callback_share >= settings.callback_share
        && p.hours as f64 >= settings.hours
        && (p.late_share >= settings.late_share || p.weekend_share >= settings.weekend_share)
        && p.once_share <= 0.6
        && p.top_share <= 0.6
        && p.active_days as f64 >= 0.6 * p.days
        && p.contacts as f64 >= 2.0 * p.days
}
