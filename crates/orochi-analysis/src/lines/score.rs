//! From a profile to a score and a flag. Additive, so that each part ([`super::parts`]) can be read on its own; how
//! much each counts is data ([`LineWeights`]); written out in the statement.
//!
//! The score is **not a probability**: nothing has been calibrated against closed cases.

use super::number_class::{DataSessions, NumberClass};
use super::parts;
use super::profile::Profile;
use super::settings::Settings;
use super::weights::LineWeights;

/// Score, and which of the two patterns holds.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct LineVerdict {
    pub score: f64,
    pub flagged: bool,
}

/// Weighs a profile.
pub(super) fn weigh(
    p: &Profile,
    class: NumberClass,
    data: DataSessions,
    settings: &Settings,
    weights: &LineWeights,
) -> LineVerdict {
    let z = weights.z(&parts::values(p, class, data));
    // Without either pattern the parts do not make a line, however many there are: half the
    // score, so that it ranks below.
    let pattern = pattern(p, class, settings);
    let score = 1.0 / (1.0 + (-z).exp()) * if pattern { 1.0 } else { 0.5 };
    let score = (score * 1e4).round() / 1e4;
    let flagged = pattern && score >= settings.flag_score;
    LineVerdict { score, flagged }
}

/// Whether one of the two patterns holds.
pub(super) fn pattern(p: &Profile, class: NumberClass, settings: &Settings) -> bool {
    class == NumberClass::Any && (broadcasts(p, settings) || quiet(p, settings))
}

/// Customers who return, brief, not started by the number: holds for both patterns.
fn returning(p: &Profile, settings: &Settings) -> bool {
    p.regular_share >= settings.regular_share
        && p.brief_share >= settings.brief_share
        && p.long_share <= settings.long_share
        && p.timed_calls >= 5
        && p.call_share >= 0.2
        && p.own_share <= settings.own_share
}

/// The broadcast pattern: the same base is texted more than once and comes back in brief calls.
pub(super) fn broadcasts(p: &Profile, settings: &Settings) -> bool {
    let least = if p.held || p.parties > 4 { settings.broadcast_regulars } else { 2.0 };
    p.bursts >= 2
        && p.repeat_share >= settings.repeat_share
        && p.burst_regulars as f64 >= least
        && returning(p, settings)
}

/// The quiet pattern: many regulars and brief calls through the day, who are rung back or call again when nobody
/// answers. Without either a number that is rung by the same people, a taxi's say, would show it.
pub(super) fn quiet(p: &Profile, settings: &Settings) -> bool {
    p.regulars as f64 >= settings.least_regulars
        && returning(p, settings)
        && p.callback_share + p.retry_share >= settings.callback_share
        && p.hours as f64 >= settings.hours
        && p.once_share <= 0.8
        && p.top_share <= 0.6
        && p.active_days as f64 >= 0.6 * p.days
        && p.contacts as f64 >= 2.0 * p.days
}
