//! Weights of the score, as data: `data/lines-weights.toml`, compiled in. `orochi evaluate --fit` writes such a file.

use std::{collections::BTreeMap, sync::LazyLock};

use orochi_model::problem::Problem;
use serde::{Deserialize, Serialize};

use super::parts::{COUNT, PARTS, Values};

/// Where weights come from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Made {
    /// In words: assumed, or how they were fitted.
    pub how: String,
    /// The command that wrote them; empty when written by hand.
    pub command: String,
    /// The scenarios they were fitted to.
    pub scenario: String,
    /// The seeds simulated.
    pub seeds: String,
    /// Program and version that fitted them.
    pub tool: String,
}

/// How much each part of the score counts.
#[derive(Clone, Debug, PartialEq)]
pub struct Weights {
    /// z when every part is 0.
    pub start: f64,
    /// The share of lines that z presumes, between 0 and 1.
    pub prior: f64,
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
    prior: f64,
    made: Made,
    weights: BTreeMap<String, f64>,
}

const SHIPPED: &str = include_str!("../../data/lines-weights.toml");
const ASSUMED: &str = include_str!("../../data/lines-assumed.toml");

impl Weights {
    /// The weights in the program.
    ///
    /// # Errors
    /// Never in a released program: a test reads them.
    pub fn shipped() -> Result<&'static Self, Problem> {
        static READ: LazyLock<Result<Weights, Problem>> = LazyLock::new(|| Weights::read(SHIPPED));
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
        let file: File = toml::from_str(text).map_err(|error| {
            Problem::user("the weights cannot be read")
                .because(error.to_string().trim_end())
                .hint("compare with crates/orochi-analysis/data/lines-weights.toml")
        })?;
        if !(file.prior > 0.0 && file.prior < 1.0 && file.start.is_finite()) {
            return Err(Problem::user("`prior` must lie between 0 and 1, and `start` be a number")
                .hint("0.5 presumes nothing about how many numbers are lines"));
        }
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
        Ok(Self { start: file.start, prior: file.prior, parts, made: file.made })
    }

    /// The file that [`Weights::read`] reads, parts in their order.
    ///
    /// # Errors
    /// When a text of [`Made`] cannot be written as TOML.
    pub fn write(&self) -> Result<String, Problem> {
        let bug = |error: toml::ser::Error| Problem::bug("the weights cannot be written").because(error);
        let comment: String =
            SHIPPED.lines().take_while(|line| line.starts_with('#')).map(|l| l.to_owned() + "\n").collect();
        let made = toml::to_string(&self.made).map_err(bug)?;
        let weights: String =
            PARTS.iter().zip(&self.parts).map(|(part, weight)| format!("{} = {weight:?}\n", part.name)).collect();
        let (start, prior) = (self.start, self.prior);
        Ok(format!("{comment}\nstart = {start:?}\nprior = {prior:?}\n\n[made]\n{made}\n[weights]\n{weights}"))
    }

    /// z of a number with these parts.
    pub fn z(&self, values: &Values) -> f64 {
        self.parts.iter().zip(values).fold(self.start, |z, (weight, value)| z + weight * value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_weights_are_read_and_written_back_to_the_byte() {
        assert_eq!(Weights::shipped().unwrap().write().unwrap(), SHIPPED);
    }

    #[test]
    fn faulty_weights_are_refused_by_name() {
        assert!(Weights::assumed().is_ok());
        let line = ASSUMED.lines().find(|line| line.starts_with("hours = ")).unwrap();
        for (from, to, words) in [
            (line, "hours = -1.5", "the weight of hours is -1.5"),
            (line, "", "the part hours has no weight"),
            (line, "ours = 0.7", "there is no part called ours"),
            ("prior = 0.5", "prior = 1.5", "`prior` must lie"),
            ("prior = 0.5", "", "the weights cannot be read"),
        ] {
            let problem = Weights::read(&ASSUMED.replace(from, to)).unwrap_err();
            assert!(problem.message.contains(words), "{problem}");
            assert!(problem.hint.is_some());
        }
    }

    /// The table in the method's statement is made from the parts and weights: `OROCHI_WRITE_DOCS=1` writes it.
    #[test]
    fn the_statement_gives_the_parts_and_weights_that_are_used() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/methods/lines.md");
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
