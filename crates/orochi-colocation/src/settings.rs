//! Settings: what is chosen, not fitted. Each with unit, range and source; written with every result.

use serde::{Deserialize, Serialize};

/// What is chosen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Length of a slice of time, seconds; each pair of devices gets one likelihood ratio a slice. 0: the whole period.
    /// Default a day, as in the reference approach.
    pub slice_s: i64,
    /// Registrations of the two devices further apart in time say nothing about being together, seconds
    /// (60 to 21,600). Assumed.
    pub max_gap_s: i64,
    /// At most one registration of a device in so many seconds is used (0 to 600): a receiver that reports every second
    /// says no more than one that reports every minute. Assumed.
    pub thin_s: i64,
    /// A stay is at least so long, seconds (300 to 7,200). Assumed.
    pub stay_s: i64,
    /// A pause between registrations longer than this ends a journey, seconds (600 to 14,400). Assumed.
    pub pause_s: i64,
    /// Two registrations of a stay no further apart than this tell where the device was between, seconds (600 to
    /// 43,200). Assumed: a night without traffic is a stay, a day is not.
    pub stay_gap_s: i64,
    /// Whether homes are those of the stretch of time that is weighed, and not of all that is known: for phones that
    /// change hands, which then have no home of their own. Default false: the phones of a validation do not.
    pub homes_of_span: bool,
    /// Most that one occasion may speak for one person, natural logarithm (1 to 20): a thousand to one. Assumed: no
    /// single meeting of two phones is worth more, as two people may have travelled together.
    pub most_per_occasion: f64,
    /// Agreement between slices of the same people, 0 to 1, by which validation cases count for less than their number
    /// (`orochi_likelihood::bound::design_effect`). Assumed.
    pub correlation: f64,
    /// Pairs of different owners: at most so many for each pair of one owner.
    pub different_per_same: usize,
    /// Of these, the owners whose homes are nearest: so many for each owner.
    pub nearest: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            slice_s: 86_400,
            max_gap_s: 1_800,
            thin_s: 60,
            stay_s: 900,
            pause_s: 2_700,
            stay_gap_s: 28_800,
            homes_of_span: false,
            most_per_occasion: 1_000_f64.ln(),
            correlation: 0.1,
            different_per_same: 20,
            nearest: 3,
        }
    }
}
