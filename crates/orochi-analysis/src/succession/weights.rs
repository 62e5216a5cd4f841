//! Weights of the score, as data: `data/succession-weights.toml`, compiled in.

use std::{collections::BTreeMap, sync::LazyLock};

use orochi_model::problem::Problem;
use serde::{Deserialize, Serialize};

use super::parts::{COUNT, PARTS, Values};
use crate::lines::Made;

/// How much each part of the score counts.
#[derive(Clone, Debug, PartialEq)]
pub struct Weights {
    /// z when every part is 0.
    pub start: f64,
    /// A weight for each of [`PARTS`].
    pub parts: Values,
    /// Where they come from.
    pub made: Made,
}

/// The file as it stands.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    start: f64,
    made: Made,
    weights: BTreeMap<String, f64>,
}

const SHIPPED: &str = include_str!("../../data/succession-weights.toml");
const ASSUMED: &str = include_str!("../../data/succession-assumed.toml");

impl Weights {
    /// The weights in the program.
    ///
    /// # Errors
    /// Never in a released program: a test reads them.
    pub fn shipped() -> Result<&'static Self, Problem> {
        static READ: LazyLock<Result<Weights, Problem>> = LazyLock::new(|| Weights::read(SHIPPED));
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
        let file: File = toml::from_str(text).map_err(|error| {
            Problem::user("the weights cannot be read")
                .because(error.to_string().trim_end())
                .hint("compare with crates/orochi-analysis/data/succession-weights.toml")
        })?;
        if let Some(name) = file.weights.keys().find(|name| PARTS.iter().all(|part| part.name != name.as_str())) {
            let names: Vec<&str> = PARTS.iter().map(|part| part.name).collect();
            return Err(Problem::user(format!("there is no part called {name}"))
                .hint(format!("the parts are: {}", names.join(", "))));
        }
        let mut parts = [0.0; COUNT];
        for (part, slot) in PARTS.iter().zip(&mut parts) {
            let weight = *file.weights.get(part.name).ok_or_else(|| {
                Problem::user(format!("the part {} has no weight", part.name)).hint("give it 0 to leave it out")
            })?;
            if !weight.is_finite() || weight != 0.0 && (weight > 0.0) != part.supports {
                let sign = if part.supports { "0 or more" } else { "0 or less" };
                return Err(Problem::user(format!("the weight of {} is {weight}", part.name))
                    .hint(format!("by its meaning it must be {sign}")));
            }
            *slot = weight;
        }
        if !file.start.is_finite() {
            return Err(Problem::user("`start` must be a number").hint("it is z when every part is 0"));
        }
        Ok(Self { start: file.start, parts, made: file.made })
    }

    /// The file that [`Weights::read`] reads, parts in their order.
    ///
    /// # Errors
    /// When a text of [`Made`] cannot be written as TOML.
    pub fn write(&self) -> Result<String, Problem> {
        let bug = |error: toml::ser::Error| Problem::bug("the weights cannot be written").because(error);
        let comment: String =
            SHIPPED.lines().take_while(|line| line.starts_with('#')).map(|line| line.to_owned() + "\n").collect();
        let made = toml::to_string(&self.made).map_err(bug)?;
        let weights: String =
            PARTS.iter().zip(&self.parts).map(|(part, weight)| format!("{} = {weight:?}\n", part.name)).collect();
        Ok(format!("{comment}\nstart = {:?}\n\n[made]\n{made}\n[weights]\n{weights}", self.start))
    }

    /// The score of a pair with these parts: 1 / (1 + e^-z), to four places.
    pub(super) fn score(&self, values: &Values) -> f64 {
        let z = self.start + self.parts.iter().zip(values).map(|(weight, value)| weight * value).sum::<f64>();
        (1e4 / (1.0 + (-z).exp())).round() / 1e4
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_and_names_are_held() {
        assert_eq!(Weights::shipped().unwrap().write().unwrap(), SHIPPED);
        Weights::assumed().unwrap();
        for (from, to, words) in [
            ("shared = ", "sharde = ", "there is no part called sharde"),
            ("overlap = -", "overlap = ", "the weight of overlap is"),
            ("\nstart", "\nbegin", "the weights cannot be read"),
        ] {
            let problem = Weights::read(&SHIPPED.replacen(from, to, 1)).unwrap_err();
            assert!(problem.message.contains(words), "{problem}");
        }
    }

    /// The table in the method's statement is made from the parts and weights: `OROCHI_WRITE_DOCS=1` writes it.
    #[test]
    fn the_statement_gives_the_parts_and_weights_that_are_used() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/methods/succession.md");
        let statement = std::fs::read_to_string(path).unwrap();
        let (before, rest) = statement.split_once("<!-- weights -->\n").unwrap();
        let (table, after) = rest.split_once("<!-- /weights -->").unwrap();
        let weights = Weights::shipped().unwrap();
        let mut right =
            format!("| part | what: from, to | weight in z |\n| --- | --- | --- |\n| start | | {} |\n", weights.start);
        for (part, weight) in PARTS.iter().zip(&weights.parts) {
            right += &format!("| `{}` | {} | {weight:+} |\n", part.name, part.help);
        }
        if std::env::var_os("OROCHI_WRITE_DOCS").is_some() {
            let text = format!("{before}<!-- weights -->\n{right}<!-- /weights -->{after}");
            return std::fs::write(path, text).unwrap();
        }
        assert_eq!(table, right, "OROCHI_WRITE_DOCS=1 cargo test -p orochi-analysis statement");
    }
}
