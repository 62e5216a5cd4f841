//! A parameter of a scenario: a value that says its unit and where it comes from.

use serde::Deserialize;

/// A value with its unit and its source. A scenario that leaves out either is refused: nobody can
/// judge a figure without them.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameter<T> {
    /// The value.
    pub value: T,
    /// Its unit in words: `people`, `texts a day`, `share of customers`.
    pub unit: String,
    /// A paper, guidance, a court report, or the word `assumed`.
    pub source: String,
}
