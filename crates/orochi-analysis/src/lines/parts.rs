//! The parts of the score: what a profile is turned into before it is weighed. Each is 0 to 1, and says only one thing.
//!
//! Bounds stand here, in code, because they give a part its meaning; how much a part counts stands in the weights
//! (`data/lines-weights.toml`), because that is fitted.

use super::number_class::{DataSessions, NumberClass};
use super::profile::Profile;

/// One part of the score.
#[derive(Debug)]
pub struct LinePart {
    /// Name in the file of weights.
    pub name: &'static str,
    /// Whether it can only speak for a line (weight 0 or more) or only against one (0 or less).
    pub supports: bool,
    /// What it is, as in the method's statement.
    pub help: &'static str,
    of: fn(&PartInputs<'_>) -> f64,
}

/// What the parts are made from.
struct PartInputs<'a> {
    p: &'a Profile,
    class: NumberClass,
    data: DataSessions,
}

/// How many parts there are.
pub const COUNT: usize = PARTS.len();

/// The parts of one number, in the order of [`PARTS`].
pub type LinePartValues = [f64; COUNT];

/// 0 at or below `low`, 1 at or above `high`, straight between.
fn ramp(value: f64, low: f64, high: f64) -> f64 {
    ((value - low) / (high - low)).clamp(0.0, 1.0)
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

fn indicator(it: bool) -> f64 {
    if it { 1.0 } else { 0.0 }
}

/// Where only a few of a number's contacts are seen, few regulars are all there can be.
fn enough_regulars(p: &Profile) -> f64 {
    if p.held { 12.0 } else { (0.6 * p.parties.max(1) as f64).clamp(3.0, 12.0) }
}

fn weeks(p: &Profile) -> f64 {
    (p.days / 7.0).max(0.5)
}

fn repeated_bursts(p: &Profile) -> f64 {
    ramp(p.burst_days as f64 / weeks(p), 0.5, 3.0) * ramp(p.repeat_share, 0.1, 0.5)
}

/// Rung by many whom it never seeks out, and texting no base: a business that the public rings.
pub(super) fn public_business(p: &Profile) -> f64 {
    ramp(p.parties as f64, 60.0, 200.0) * (1.0 - ramp(p.mutual_share, 0.05, 0.3)) * (1.0 - repeated_bursts(p))
}

const fn part(name: &'static str, supports: bool, help: &'static str, of: fn(&PartInputs<'_>) -> f64) -> LinePart {
    LinePart { name, supports, help, of }
}

/// Every part, in the order of the statement.
pub static PARTS: [LinePart; 28] = [
    part("regulars", true, "regulars: 0, 12 (own data not held: 0.6 of the numbers seen, 3 to 12)", |s| {
        ramp(s.p.regulars as f64, 0.0, enough_regulars(s.p))
    }),
    part("regular_share", true, "share of contacts by regulars: 0.2, 0.9", |s| ramp(s.p.regular_share, 0.2, 0.9)),
    part(
        "repeated_bursts",
        true,
        "days with bursts a week 0.5, 3, times share of burst texts to numbers of an earlier burst 0.1, 0.5",
        |s| repeated_bursts(s.p),
    ),
    part(
        "answered_bursts",
        true,
        "share of bursts that two or more recipients answer within `answer_minutes`, not counting bare replies: 0.1, \
         0.6",
        |s| ramp(share(s.p.answered_bursts, s.p.bursts), 0.1, 0.6),
    ),
    part("joint_texts", true, "own data not held: bursts to those seen, 1, 4", |s| {
        if s.p.held { 0.0 } else { ramp(s.p.bursts as f64, 1.0, 4.0) }
    }),
    part("brief_calls", true, "share of brief calls: 0.5, 0.95", |s| ramp(s.p.brief_share, 0.5, 0.95)),
    part("short_calls", true, "share of very short calls: 0.3, 0.75", |s| ramp(s.p.short_share, 0.3, 0.75)),
    part("called_back", true, "share of contacts called back: 0.03, 0.3", |s| ramp(s.p.callback_share, 0.03, 0.3)),
    part(
        "tried_again",
        true,
        "share of contacts with more than one call by the other party: 0.05, 0.3; or, if that is more, share of \
         contacts called back: 0.2, 0.7, because a caller who is rung back need not try again",
        |s| ramp(s.p.retry_share, 0.05, 0.3).max(ramp(s.p.callback_share, 0.2, 0.7)),
    ),
    part("same_day", true, "share of a contact's days with a further contact: 0.03, 0.35", |s| {
        ramp(s.p.same_day_share, 0.03, 0.35)
    }),
    part("hours", true, "hours of the day with contacts (at least 1.5% of them): 8, 14", |s| {
        ramp(s.p.hours as f64, 8.0, 14.0)
    }),
    part("active_days", true, "share of days with contacts: 0.6, 0.95", |s| {
        ramp(s.p.active_days as f64 / s.p.days.max(1.0), 0.6, 0.95)
    }),
    part("contacts_a_day", true, "contacts a day, as their logarithm: 2, 25", |s| {
        ramp((s.p.contacts as f64 / s.p.days.max(1.0)).max(0.01).ln(), 2f64.ln(), 25f64.ln())
    }),
    part("own_share", false, "own share: 0.15, 0.5", |s| ramp(s.p.own_share, 0.15, 0.5)),
    part("mutual", false, "share of contacting numbers with whom it starts exchanges as well: 0.2, 0.8", |s| {
        ramp(s.p.mutual_share, 0.2, 0.8)
    }),
    part("seen_once", false, "share of contacting numbers seen on one day only: 0.5, 0.85", |s| {
        ramp(s.p.once_share, 0.5, 0.85)
    }),
    part("long_calls", false, "share of long calls: 0.03, 0.2", |s| ramp(s.p.long_share, 0.03, 0.2)),
    part(
        "public",
        false,
        "other numbers seen 60, 200, times 1 minus the share with whom it starts exchanges as well 0.05, 0.3, times 1 \
         minus `repeated_bursts`",
        |s| public_business(s.p),
    ),
    part("bare_replies", false, "share of replies among replies and contacts: 0.2, 0.6", |s| {
        ramp(share(s.p.replies, (s.p.replies + s.p.contacts).max(1)), 0.2, 0.6)
    }),
    part("few_contacts", false, "fewer contacts than: 20, 5", |s| 1.0 - ramp(s.p.contacts as f64, 5.0, 20.0)),
    part("late", false, "share of contacts from 20:00 to 08:00: 0.25, 0.5", |s| ramp(s.p.late_share, 0.25, 0.5)),
    part("night", false, "share of contacts from 22:00 to 07:00: 0.1, 0.3", |s| ramp(s.p.night_share, 0.1, 0.3)),
    part(
        "top_three",
        false,
        "share of contacts by the three most frequent (with more than 5 numbers seen): 0.4, 0.8",
        |s| {
            if s.p.parties > 5 { ramp(s.p.top_share, 0.4, 0.8) } else { 0.0 }
        },
    ),
    part("fixed_callers", false, "share of contacts from fixed, service or freephone numbers: 0, 0.05", |s| {
        ramp(s.p.fixed_share, 0.0, 0.05)
    }),
    part("no_data_sessions", true, "own records held without a data session, while the case holds others'", |s| {
        indicator(s.data == DataSessions::None)
    }),
    part("data_sessions", false, "data sessions in its own records", |s| indicator(s.data == DataSessions::Some)),
    part("fixed_number", false, "fixed, service or freephone number", |s| indicator(s.class == NumberClass::Fixed)),
    part("name_or_code", false, "name or short code", |s| indicator(s.class == NumberClass::Sender)),
];

/// All parts of a profile.
pub(super) fn values(p: &Profile, class: NumberClass, data: DataSessions) -> LinePartValues {
    let seen = PartInputs { p, class, data };
    std::array::from_fn(|i| (PARTS[i].of)(&seen))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_lie_between_0_and_1_also_for_nothing_and_for_everything() {
        let most = Profile {
            days: 28.0,
            held: true,
            parties: 900,
            contacts: 9000,
            regulars: 800,
            regular_share: 1.0,
            burst_days: 28,
            repeat_share: 1.0,
            answered_bursts: 80,
            bursts: 80,
            own_share: 1.0,
            top_share: 1.0,
            ..Profile::default()
        };
        for profile in [Profile::default(), most] {
            for (part, value) in PARTS.iter().zip(values(&profile, NumberClass::Sender, DataSessions::Some)) {
                assert!((0.0..=1.0).contains(&value), "{} is {value}", part.name);
            }
        }
    }
}
