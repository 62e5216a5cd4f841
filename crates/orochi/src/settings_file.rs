//! A method's thresholds from a TOML file: `name = value`, one a line; the others keep their defaults.

use std::path::Path;

use orochi_analysis::settings::Settable;
use orochi_model::problem::Problem;
use serde_json::{Map, Value};

/// The settings of a run: from the file where one is given, else the defaults.
///
/// # Errors
/// User kind for what is no TOML, an unknown name, or a value out of its range.
pub fn read<S: Settable>(path: Option<&Path>) -> Result<S, Problem> {
    let Some(path) = path else { return Ok(S::default()) };
    let text = std::fs::read_to_string(path).map_err(|error| Problem::io("read the settings", path, &error))?;
    let given: Map<String, Value> = toml::from_str(&text).map_err(|error| {
        Problem::user("the settings are no TOML")
            .at(path.display())
            .because(error.message())
            .hint("write name = value, one a line")
    })?;
    S::with(&given).map_err(|problem| problem.at(path.display()))
}
