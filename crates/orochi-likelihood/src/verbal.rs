//! Words for a likelihood ratio.
//!
//! Source: ENFSI Guideline for Evaluative Reporting in Forensic Science (approved version 3.0, 2015), example of a
//! verbal scale; its steps are those of the Association of Forensic Science Providers (2009), "Standards for the
//! formulation of evaluative forensic science expert opinion", Science & Justice 49, 161-164, save that the latter call
//! the second step limited support. The words go with the number and never replace it.

use serde::{Deserialize, Serialize};

/// The source of the words, to be printed beside them.
pub const SOURCE: &str = "ENFSI Guideline for Evaluative Reporting in Forensic Science, 2015";

/// How strong the support is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Strength {
    /// LR below 2: supports neither over the other.
    None,
    /// 2 to 10.
    Weak,
    /// 10 to 100.
    Moderate,
    /// 100 to 1,000.
    ModeratelyStrong,
    /// 1,000 to 10,000.
    Strong,
    /// 10,000 to 1,000,000.
    VeryStrong,
    /// 1,000,000 and more.
    ExtremelyStrong,
}

/// A likelihood ratio in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verbal {
    /// How strong.
    pub strength: Strength,
    /// Whether H1 is supported over H2, or H2 over H1; of no meaning where the strength is none.
    pub first: bool,
}

/// The words for a log10 likelihood ratio. A ratio on a step belongs to the stronger words.
pub fn verbal(log10_lr: f64) -> Verbal {
    // A hair's breadth, so that a ratio of 10^2 computed as 1.9999999999 is not understated.
    let size = log10_lr.abs() + 1e-9;
    let strength = match size {
        _ if size < 2_f64.log10() => Strength::None,
        _ if size < 1.0 => Strength::Weak,
        _ if size < 2.0 => Strength::Moderate,
        _ if size < 3.0 => Strength::ModeratelyStrong,
        _ if size < 4.0 => Strength::Strong,
        _ if size < 6.0 => Strength::VeryStrong,
        _ => Strength::ExtremelyStrong,
    };
    Verbal { strength, first: log10_lr > 0.0 }
}

impl Strength {
    /// The words.
    pub fn words(self) -> &'static str {
        match self {
            Self::None => "no support",
            Self::Weak => "weak support",
            Self::Moderate => "moderate support",
            Self::ModeratelyStrong => "moderately strong support",
            Self::Strong => "strong support",
            Self::VeryStrong => "very strong support",
            Self::ExtremelyStrong => "extremely strong support",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_of_the_scale() {
        let of = |lr: f64| verbal(lr.log10()).strength;
        assert_eq!(of(1.0), Strength::None);
        assert_eq!(of(1.9), Strength::None);
        assert_eq!(of(2.0), Strength::Weak);
        assert_eq!(of(10.0), Strength::Moderate);
        assert_eq!(of(99.0), Strength::Moderate);
        assert_eq!(of(100.0), Strength::ModeratelyStrong);
        assert_eq!(of(1_000.0), Strength::Strong);
        assert_eq!(of(10_000.0), Strength::VeryStrong);
        assert_eq!(of(1e6), Strength::ExtremelyStrong);
        assert_eq!(of(0.001), Strength::Strong);
        assert!(!verbal(-3.0).first && verbal(3.0).first);
        assert_eq!(Strength::ModeratelyStrong.words(), "moderately strong support");
    }
}
