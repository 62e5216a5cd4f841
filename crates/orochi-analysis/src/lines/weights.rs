//! Weights of the score, as data: `data/lines-weights.toml`, compiled in. `orochi evaluate --fit` writes such a file.

use std::{collections::BTreeMap, sync::LazyLock};

use orochi_model::problem::Problem;
use serde::{Deserialize, Serialize};

use super::parts::{LinePartValues, PARTS};
use crate::weights::{self, WeightsOrigin};

/// How much each part of the score counts.
#[derive(Clone, Debug, PartialEq)]
pub struct LineWeights {
    /// z when every part is 0.
    pub start: f64,
    /// The share of lines that z presumes, between 0 and 1.
    pub prior: f64,
    /// A weight for each of [`PARTS`].
    pub parts: LinePartValues,
    /// Where they come from.
    pub made: WeightsOrigin,
}

/// The file as it stands.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct LineWeightsFile {
    start: f64,
    prior: f64,
    made: WeightsOrigin,
    weights: BTreeMap<String, f64>,
}

const SHIPPED: &str = include_str!("../../data/lines-weights.toml");
const ASSUMED: &str = include_str!("../../data/lines-assumed.toml");

impl LineWeights {
    /// The weights in the program.
    ///
    /// # Errors
    /// Never in a released program: a test reads them.
    pub fn shipped() -> Result<&'static Self, Problem> {
        static READ: LazyLock<Result<LineWeights, Problem>> = LazyLock::new(|| LineWeights::read(SHIPPED));
        READ.as_ref().map_err(Clone::clone)
    }

    /// Weights set by hand from court reports, near which a fit stays.
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
        let file: LineWeightsFile = weights::file(text, "lines-weights.toml")?;
        if !(file.prior > 0.0 && file.prior < 1.0 && file.start.is_finite()) {
            return Err(Problem::user("`prior` must be between 0 and 1, and `start` must be a number")
                .hint("0.5 presumes nothing about how many numbers are lines"));
        }
        let parts = weights::by_part(&file.weights, PARTS.each_ref().map(|part| (part.name, part.supports)))?;
        Ok(Self { start: file.start, prior: file.prior, parts, made: file.made })
    }

    /// The file that [`LineWeights::read`] reads, parts in their order.
    ///
    /// # Errors
    /// When a text of [`WeightsOrigin`] cannot be written as TOML.
    pub fn write(&self) -> Result<String, Problem> {
        let values = format!("start = {:?}\nprior = {:?}\n", self.start, self.prior);
        let parts = PARTS.iter().map(|part| part.name).zip(self.parts);
        weights::text(SHIPPED, &values, &self.made, parts)
    }

    /// z of a number with these parts.
    pub fn z(&self, values: &LinePartValues) -> f64 {
        self.parts.iter().zip(values).fold(self.start, |z, (weight, value)| z + weight * value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::weights::assert_statement;

    #[test]
    fn the_shipped_weights_are_read_and_written_back_to_the_byte() {
        assert_eq!(LineWeights::shipped().unwrap().write().unwrap(), SHIPPED);
    }

    #[test]
    fn faulty_weights_are_refused_by_name() {
        assert!(LineWeights::assumed().is_ok());
        let line = ASSUMED.lines().find(|line| line.starts_with("hours = ")).unwrap();
        for (from, to, words) in [
            (line, "hours = -1.5", "the weight of hours is -1.5"),
            (line, "", "the part hours has no weight"),
            (line, "ours = 0.7", "there is no part called ours"),
            ("prior = 0.5", "prior = 1.5", "`prior` must be between"),
            ("prior = 0.5", "", "the weights cannot be read"),
        ] {
            let problem = LineWeights::read(&ASSUMED.replace(from, to)).unwrap_err();
            assert!(problem.message.contains(words), "{problem}");
            assert!(problem.hint.is_some());
        }
    }

    /// The table in the method's statement is made from the parts and weights: `OROCHI_WRITE_DOCS=1` writes it.
    #[test]
    fn the_statement_gives_the_parts_and_weights_that_are_used() {
        let weights = LineWeights::shipped().unwrap();
        let parts = PARTS.iter().zip(weights.parts).map(|(part, weight)| (part.name, part.help, weight));
        assert_statement("lines", weights.start, parts);
    }
}
