//! Files of weights: what those of all methods have in common. A file is TOML with a comment at its head, values of its
//! own, `[made]` and `[weights]`, one for each part of the method's score.

use std::collections::BTreeMap;

use orochi_model::problem::Problem;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// Where weights come from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WeightsOrigin {
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

/// Reads a file; `name` is the shipped one's under `crates/orochi-analysis/data/`.
pub(crate) fn file<T: DeserializeOwned>(text: &str, name: &str) -> Result<T, Problem> {
    toml::from_str(text).map_err(|error| {
        Problem::user("the weights cannot be read")
            .because(error.to_string().trim_end())
            .hint(format!("compare with crates/orochi-analysis/data/{name}"))
    })
}

/// The weight of each part, given by name; a part is its name and whether it can only speak for (0
/// or more) or only against.
pub(crate) fn by_part<const COUNT: usize>(
    given: &BTreeMap<String, f64>,
    parts: [(&'static str, bool); COUNT],
) -> Result<[f64; COUNT], Problem> {
    if let Some(name) = given.keys().find(|name| parts.iter().all(|part| part.0 != name.as_str())) {
        let names = parts.map(|part| part.0).join(", ");
        return Err(Problem::user(format!("there is no part called {name}")).hint(format!("the parts are: {names}")));
    }
    let mut weights = [0.0; COUNT];
    for ((name, supports), slot) in parts.iter().zip(&mut weights) {
        let weight = *given
            .get(*name)
            .ok_or_else(|| Problem::user(format!("the part {name} has no weight")).hint("give it 0 to leave it out"))?;
        if !weight.is_finite() || weight != 0.0 && (weight > 0.0) != *supports {
            let sign = if *supports { "0 or more" } else { "0 or less" };
            return Err(Problem::user(format!("the weight of {name} is {weight}"))
                .hint(format!("because of what it means, it must be {sign}")));
        }
        *slot = weight;
    }
    Ok(weights)
}

/// A file as it is written: the comment at the head of the shipped one, the values, then `[made]` and `[weights]`.
pub(crate) fn text<'a>(
    shipped: &str,
    values: &str,
    made: &WeightsOrigin,
    parts: impl Iterator<Item = (&'a str, f64)>,
) -> Result<String, Problem> {
    let bug = |error: toml::ser::Error| Problem::bug("the weights cannot be written").because(error);
    let comment: String =
        shipped.lines().take_while(|line| line.starts_with('#')).map(|line| line.to_owned() + "\n").collect();
    let made = toml::to_string(made).map_err(bug)?;
    let weights: String = parts.map(|(name, weight)| format!("{name} = {weight:?}\n")).collect();
    Ok(format!("{comment}\n{values}\n[made]\n{made}\n[weights]\n{weights}"))
}

/// Holds that the table in a method's statement gives the parts (name, help, weight) that are used;
/// `OROCHI_WRITE_DOCS=1` writes it.
#[cfg(test)]
pub(crate) fn assert_statement<'a>(method: &str, start: f64, parts: impl Iterator<Item = (&'a str, &'a str, f64)>) {
    let path = format!("{}/../../docs/methods/{method}.md", env!("CARGO_MANIFEST_DIR"));
    let statement = std::fs::read_to_string(&path).unwrap();
    let (before, rest) = statement.split_once("<!-- weights -->\n").unwrap();
    let (table, after) = rest.split_once("<!-- /weights -->").unwrap();
    let mut right = format!("| part | what: from, to | weight in z |\n| --- | --- | --- |\n| start | | {start} |\n");
    for (name, help, weight) in parts {
        right += &format!("| `{name}` | {help} | {weight:+} |\n");
    }
    if std::env::var_os("OROCHI_WRITE_DOCS").is_some() {
        let text = format!("{before}<!-- weights -->\n{right}<!-- /weights -->{after}");
        return std::fs::write(path, text).unwrap();
    }
    assert_eq!(table, right, "OROCHI_WRITE_DOCS=1 cargo test -p orochi-analysis statement");
}
