//! Weights of the score, as data: `data/succession-weights.toml`, compiled in.

use std::{collections::BTreeMap, sync::LazyLock};

use orochi_model::problem::Problem;
use serde::{Deserialize, Serialize};

use super::parts::{PARTS, SuccessionPartValues};
use crate::weights::{self, WeightsOrigin};

/// How much each part of the score counts.
#[derive(Clone, Debug, PartialEq)]
pub struct SuccessionWeights {
    /// z when every part is 0.
    pub start: f64,
    /// A weight for each of [`PARTS`].
    pub parts: SuccessionPartValues,
    /// Where they come from.
    pub made: WeightsOrigin,
}

/// The file as it stands.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SuccessionWeightsFile {
    start: f64,
    made: WeightsOrigin,
    weights: BTreeMap<String, f64>,
}

const SHIPPED: &str = include_str!("../../data/succession-weights.toml");
const ASSUMED: &str = include_str!("../../data/succession-assumed.toml");

impl SuccessionWeights {
    /// The weights in the program.
    ///
    /// # Errors
    /// Never in a released program: a test reads them.
    pub fn shipped() -> Result<&'static Self, Problem> {
        static READ: LazyLock<Result<SuccessionWeights, Problem>> = LazyLock::new(|| SuccessionWeights::read(SHIPPED));
        READ.as_ref().map_err(Clone::clone)
    }

    /// Weights set by hand from what a change of number must show, near which a fit stays.
    ///
    /// # Errors
    /// Never in a released program: a test reads them.
    pub fn assumed() -> Result<Self, Problem> {
        Self::read(ASSUMED)
    }

    /// Reads weights from TOML.
    ///
    /// # Errors
    /// User kind when the text is no such TOML, a part has no weight or is unknown, or a weight has the wrong sign.
    pub fn read(text: &str) -> Result<Self, Problem> {
        let file: SuccessionWeightsFile = weights::file(text, "succession-weights.toml")?;
        let parts = weights::by_part(&file.weights, PARTS.each_ref().map(|part| (part.name, part.supports)))?;
        if !file.start.is_finite() {
            return Err(Problem::user("`start` must be a number").hint("it is z when every part is 0"));
        }
        Ok(Self { start: file.start, parts, made: file.made })
    }

    /// The file that [`SuccessionWeights::read`] reads, parts in their order.
    ///
    /// # Errors
    /// When a text of [`WeightsOrigin`] cannot be written as TOML.
    pub fn write(&self) -> Result<String, Problem> {
        let parts = PARTS.iter().map(|part| part.name).zip(self.parts);
        weights::text(SHIPPED, &format!("start = {:?}\n", self.start), &self.made, parts)
    }

    /// The score of a pair with these parts: 1 / (1 + e^-z), to four places.
    pub(super) fn score(&self, values: &SuccessionPartValues) -> f64 {
        let z = self.start + self.parts.iter().zip(values).map(|(weight, value)| weight * value).sum::<f64>();
        (1e4 / (1.0 + (-z).exp())).round() / 1e4
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::weights::assert_statement;

    #[test]
    fn signs_and_names_are_held() {
        assert_eq!(SuccessionWeights::shipped().unwrap().write().unwrap(), SHIPPED);
        SuccessionWeights::assumed().unwrap();
        for (from, to, words) in [
            ("shared = ", "sharde = ", "there is no part called sharde"),
            ("overlap = -", "overlap = ", "the weight of overlap is"),
            ("\nstart", "\nbegin", "the weights cannot be read"),
        ] {
            let problem = SuccessionWeights::read(&SHIPPED.replacen(from, to, 1)).unwrap_err();
            assert!(problem.message.contains(words), "{problem}");
        }
    }

    /// The table in the method's statement is made from the parts and weights: `OROCHI_WRITE_DOCS=1` writes it.
    #[test]
    fn the_statement_gives_the_parts_and_weights_that_are_used() {
        let weights = SuccessionWeights::shipped().unwrap();
        let parts = PARTS.iter().zip(weights.parts).map(|(part, weight)| (part.name, part.help, weight));
        assert_statement("succession", weights.start, parts);
    }
}
