//! A method's thresholds from a TOML file: `name = value`, one a line; the others keep their defaults.

use std::{collections::BTreeMap, path::Path};

use orochi_analysis::settings::Settable;
use orochi_model::problem::Problem;
use serde_json::{Map, Value};

/// The settings of a run: from the file where one is given, else the defaults.
///
/// # Errors
/// User kind for what is no TOML, an unknown name, or a value out of its range.
pub fn read<S: Settable>(path: Option<&Path>) -> Result<S, Problem> {
    let Some(path) = path else { return Ok(S::default()) };
    S::with(&values(path)?).map_err(|problem| problem.at(path.display()))
}

/// The settings of a run with the sources of those that were entered: `daily_grams = 0.3` and
/// `daily_grams_source = "…"`. `typed` comes from the command line and goes before the file.
///
/// # Errors
/// As [`read`], and for a source that is no text.
pub fn read_with_sources<S: Settable>(
    path: Option<&Path>,
    typed: Map<String, Value>,
) -> Result<(S, BTreeMap<String, String>), Problem> {
    let mut given = path.map(values).transpose()?.unwrap_or_default();
    given.extend(typed);
    let place = |problem: Problem| match path {
        Some(path) => problem.at(path.display()),
        None => problem,
    };
    let (mut settings, mut sources) = (Map::new(), BTreeMap::new());
    for (name, value) in given {
        match (name.strip_suffix(SOURCE), value) {
            (None, value) => drop(settings.insert(name, value)),
            (Some(figure), Value::String(source)) => drop(sources.insert(figure.to_owned(), source)),
            (Some(_), value) => {
                return Err(place(
                    Problem::user(format!("{name} is no text"))
                        .because(value)
                        .hint("write where the figure comes from"),
                ));
            }
        }
    }
    Ok((S::with(&settings).map_err(place)?, sources))
}

/// What the name of a figure's source ends in.
const SOURCE: &str = "_source";

fn values(path: &Path) -> Result<Map<String, Value>, Problem> {
    let text = std::fs::read_to_string(path).map_err(|error| Problem::io("read the settings", path, &error))?;
    toml::from_str(&text).map_err(|error| {
        Problem::user("the settings are no TOML")
            .at(path.display())
            .because(error.message())
            .hint("write name = value, one a line")
    })
}
