//! A fitted model: everything that was learnt, as data. Made by [`mod@crate::fit`], kept as JSON with
//! the command that made it.

use orochi_likelihood::Bounds;
use serde::{Deserialize, Serialize};

use crate::habit::HabitWeights;
use crate::kernel::Kernels;
use crate::meeting_ratio::{GapShares, KINDS, assumed_shares};
use crate::occasion::{FOR_ONE, OccasionSummary, PARTS};

const DAY_S: i64 = 86_400;

/// Version of the method; a model of another version is refused.
pub const VERSION: u32 = 2;

/// Why a model cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// It is of another version of the method.
    #[error("the model is of version {0} of the method, this is version {VERSION}: fit it again")]
    Version(u32),
    /// It does not read.
    #[error("the model cannot be read: {0}")]
    Unreadable(String),
}

/// A fitted model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Model {
    /// Version of the method.
    pub version: u32,
    /// How it was made: the command, the data, the relevant population.
    pub made: String,
    /// Scales.
    pub kernels: Kernels,
    /// Weights of the densities of habit.
    pub habit: HabitWeights,
    /// Shares by gap between registrations.
    pub together: Vec<GapShares>,
    /// Decisions, by length of slice.
    pub decisions: Vec<Decision>,
}

/// How occasions become a likelihood ratio, for slices of one length.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// Length of the slices that it was fitted on, seconds.
    pub slice_s: i64,
    /// Natural log odds without any occasion for or against.
    pub start: f64,
    /// Weights of the parts of [`OccasionSummary`], natural log odds; none points the wrong way.
    pub weights: DecisionWeights,
    /// What the cases it was fitted on carry.
    pub bounds: Bounds,
    /// Cases that it was fitted on: of one owner, of two.
    pub cases: (u64, u64),
}

/// Weights of the parts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DecisionWeights {
    /// Of the sum of what speaks for one person.
    pub for_one: f64,
    /// Of its logarithm, ln(1 + sum).
    pub log_for_one: f64,
    /// Of the strongest occasion for one person.
    pub most_for_one: f64,
    /// Of the meetings that are no conflicts, ln(1 + number).
    pub agreeing: f64,
    /// Of the sum of what speaks for two; 0 or less, as those below.
    pub for_two: f64,
    /// Of its logarithm.
    pub log_for_two: f64,
    /// Of the strongest occasion for two.
    pub most_for_two: f64,
    /// Of the share of occasions that are conflicts.
    pub share_of_conflicts: f64,
    /// Of homes that are apart.
    pub homes_apart: f64,
}

impl DecisionWeights {
    pub(crate) fn array(&self) -> [f64; PARTS] {
        [
            self.for_one,
            self.log_for_one,
            self.most_for_one,
            self.agreeing,
            self.for_two,
            self.log_for_two,
            self.most_for_two,
            self.share_of_conflicts,
            self.homes_apart,
        ]
    }

    pub(crate) fn from_array(array: [f64; PARTS]) -> Self {
        let [for_one, log_for_one, most_for_one, agreeing, for_two, log_for_two, most_for_two, share, apart] = array;
        Self {
            for_one,
            log_for_one,
            most_for_one,
            agreeing,
            for_two,
            log_for_two,
            most_for_two,
            share_of_conflicts: share,
            homes_apart: apart,
        }
    }
}

impl Decision {
    /// log10 likelihood ratio before it is bounded.
    pub fn unbounded(&self, summary: &OccasionSummary) -> f64 {
        let sum = self.weights.array().iter().zip(summary.parts()).fold(self.start, |sum, (w, p)| sum + w * p);
        sum / std::f64::consts::LN_10
    }
}

impl Model {
    /// Before anything is fitted. Assumed; for fitting from scratch only.
    pub fn assumed() -> Self {
        let weights = std::array::from_fn(|part| if FOR_ONE[part] { 0.2 } else { -0.2 });
        Self {
            version: VERSION,
            made: "assumed".to_owned(),
            kernels: Kernels::default(),
            habit: HabitWeights::default(),
            together: assumed_shares(),
            decisions: vec![Decision {
                slice_s: 86_400,
                start: 0.0,
                weights: DecisionWeights::from_array(weights),
                bounds: Bounds { lower: -1.0, upper: 1.0 },
                cases: (0, 0),
            }],
        }
    }

    /// The model as shipped (`data/model.json`): fitted on simulated people and masts by the command that stands in it.
    ///
    /// # Errors
    /// When the shipped data does not read: a bug.
    pub fn shipped() -> Result<Self, Unfit> {
        Self::read(include_bytes!("../data/model.json"))
    }

    /// Reads a model from JSON.
    ///
    /// # Errors
    /// [`Unfit`].
    pub fn read(json: &[u8]) -> Result<Self, Unfit> {
        let model: Self = serde_json::from_slice(json).map_err(|error| Unfit::Unreadable(error.to_string()))?;
        if model.version != VERSION {
            return Err(Unfit::Version(model.version));
        }
        if model.together.len() != KINDS || model.decisions.is_empty() {
            return Err(Unfit::Unreadable("shares or decisions are missing".to_owned()));
        }
        Ok(model)
    }

    /// log10 likelihood ratio before it is bounded, and its bounds, for occasions in a stretch of time. Between the
    /// lengths that decisions were fitted for, the two beside it count by how near they are (logarithm of length). Days
    /// without an occasion do not count: a month with one meeting is no more than a day with one. None in a
    /// model without decisions.
    pub(crate) fn decide(&self, summary: &OccasionSummary, length_s: i64) -> Option<(f64, Bounds)> {
        let length = length_s.min(DAY_S * i64::from(summary.days.max(1))).max(1) as f64;
        let mut all: Vec<&Decision> = self.decisions.iter().collect();
        all.sort_by_key(|decision| decision.slice_s);
        let above = all.partition_point(|decision| (decision.slice_s as f64) < length);
        let (low, high) =
            (all.get(above.checked_sub(1).unwrap_or(above)).or(all.last())?, all.get(above).or(all.last())?);
        let (from, to) = ((low.slice_s as f64).ln(), (high.slice_s as f64).ln());
        let share = if to > from { ((length.ln() - from) / (to - from)).clamp(0.0, 1.0) } else { 0.0 };
        let mix = |a: f64, b: f64| a + share * (b - a);
        let bounds =
            Bounds { lower: mix(low.bounds.lower, high.bounds.lower), upper: mix(low.bounds.upper, high.bounds.upper) };
        Some((mix(low.unbounded(summary), high.unbounded(summary)), bounds))
    }

    /// The decision for slices of a length: that of the nearest length (by ratio). None in a model without any.
    pub fn decision(&self, slice_s: i64) -> Option<&Decision> {
        let far = |decision: &&Decision| (decision.slice_s as f64 / slice_s.max(1) as f64).ln().abs();
        self.decisions.iter().min_by(|a, b| far(a).total_cmp(&far(b)))
    }
}
