//! The parts of the score: what a pair of numbers shows, each 0 to 1, each saying one thing. Bounds stand here because
//! they give a part its meaning; how much it counts stands in `data/succession-weights.toml`.

use super::device_continuity::DeviceContinuity;
use super::pair_traffic::TrafficEvidence;

/// What is seen of a pair.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct PairFeatures {
    /// Contacts of both, and what they say together, in nats.
    pub shared: usize,
    pub amount: f64,
    /// Share of the new number's contacts that are the old one's, by rarity and how often; and of the old one's.
    pub of_new: f64,
    pub of_old: f64,
    /// See [`super::change::NumberLife`].
    pub ended: f64,
    pub begun: f64,
    /// Days from end to beginning.
    pub gap: f64,
    /// See [`super::change::leak`].
    pub leak: f64,
    /// Communications between the two.
    pub between: u32,
    /// Share of what is shared that rests on other numbers having been matched.
    pub joint: f64,
    pub traffic: TrafficEvidence,
    pub device: DeviceContinuity,
}

/// One part of the score.
#[derive(Debug)]
pub struct SuccessionPart {
    /// Name in the file of weights.
    pub name: &'static str,
    /// Whether it can only speak for a link (weight 0 or more) or only against one (0 or less).
    pub supports: bool,
    /// What it is, as in the method's statement.
    pub help: &'static str,
    of: fn(&PairFeatures) -> f64,
}

/// How many parts there are.
pub const COUNT: usize = PARTS.len();

/// The parts of one pair, in the order of [`PARTS`].
pub type SuccessionPartValues = [f64; COUNT];

/// 0 at or below `low`, 1 at or above `high`, straight between.
fn ramp(value: f64, low: f64, high: f64) -> f64 {
    ((value - low) / (high - low)).clamp(0.0, 1.0)
}

const fn part(name: &'static str, supports: bool, help: &'static str, of: fn(&PairFeatures) -> f64) -> SuccessionPart {
    SuccessionPart { name, supports, help, of }
}

/// Every part, in the order of the statement.
pub static PARTS: [SuccessionPart; 14] = [
    part("shared", true, "rarity of the shared contacts, added up, as its logarithm: 2, 25 nats", |s| {
        ramp(s.amount.max(0.01).ln(), 2f64.ln(), 25f64.ln())
    }),
    part("share_of_new", true, "share of the new number's contacts that are the old one's: 0.1, 0.6", |s| {
        ramp(s.of_new, 0.1, 0.6)
    }),
    part("share_of_old", true, "share of the old number's contacts that are the new one's: 0.1, 0.6", |s| {
        ramp(s.of_old, 0.1, 0.6)
    }),
    part("ended", true, "the old number's use ended within the data: 1, 8 nats", |s| ramp(s.ended, 1.0, 8.0)),
    part("begun", true, "the new number's use began within the data: 1, 8 nats", |s| ramp(s.begun, 1.0, 8.0)),
    part("both", true, "the lesser of the two: 1, 6 nats", |s| ramp(s.ended.min(s.begun), 1.0, 6.0)),
    part("prompt", true, "days between the end and the beginning, either way: 7, 1", |s| {
        1.0 - ramp(s.gap.abs(), 1.0, 7.0)
    }),
    part("announced", true, "contacts of the old number told of the new one together: 1, 8", |s| {
        ramp(s.traffic.announced as f64, 1.0, 8.0)
    }),
    part("handset", true, "one handset for both, the old one first", |s| f64::from(u8::from(s.device.handset))),
    part("places", true, "similarity of the cells in both numbers' own records: 0.2, 0.7", |s| {
        ramp(s.device.places.unwrap_or(0.0), 0.2, 0.7)
    }),
    part("hours", true, "similarity of the hours of use: 0.6, 0.9", |s| ramp(s.traffic.hours.unwrap_or(0.0), 0.6, 0.9)),
    part(
        "overlap",
        false,
        "shares of each number's use on the wrong side of the change, added together: 0.1, 0.4",
        |s| ramp(s.leak, 0.1, 0.4),
    ),
    part("in_contact", false, "communications between the two numbers: 1, 6", |s| ramp(f64::from(s.between), 1.0, 6.0)),
    part("few_shared", false, "shared contacts fewer than: 4, 2", |s| 1.0 - ramp(s.shared as f64, 2.0, 4.0)),
];

/// All parts of a pair.
pub(super) fn values(seen: &PairFeatures) -> SuccessionPartValues {
    std::array::from_fn(|i| (PARTS[i].of)(seen))
}
