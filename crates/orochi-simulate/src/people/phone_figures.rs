//! `[phones]`: how often ordinary people have a second phone, or change handset or number.

use crate::scenario::figure::figures;
use orochi_model::problem::Problem;

/// What the section says when a scenario does not.
const DEFAULTS: &str = include_str!("../scenario/phones.toml");

/// The defaults as one table with the key `phones`.
///
/// # Errors
/// A bug, when they do not read.
pub(crate) fn defaults() -> Result<toml::Table, Problem> {
    toml::from_str(DEFAULTS).map_err(|e| Problem::bug("the defaults of phones do not read").because(e))
}

figures! {
    /// `[phones]`.
    Figures {
        new_handset: Number,
        handed_down: Number,
        new_number: Number,
        handset_kept: Number,
        shared: Number,
        same_handset: Number,
        second_basic: Number,
        network_of_household: Number,
    }
}
