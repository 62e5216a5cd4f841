//! `[talk]`: how ordinary people call, text and use data. Defaults are in `scenario/talk.toml`.

use crate::scenario::figure::figures;
use orochi_model::problem::Problem;

/// What the section says when a scenario does not.
const DEFAULTS: &str = include_str!("../scenario/talk.toml");

/// The defaults as one table with the key `talk`.
///
/// # Errors
/// A bug, when they do not read.
pub(crate) fn defaults() -> Result<toml::Table, Problem> {
    toml::from_str(DEFAULTS).map_err(|e| Problem::bug("the defaults of talk do not read").because(e))
}

figures! {
    /// `[talk]`.
    Figures {} with {
        calls: Calls,
        texts: Texts,
        sessions: Sessions,
    }
}

figures! {
    /// `[talk.calls]`.
    Calls {
        tie: Number,
        home: Number,
        firm: Number,
        with_returned: Number,
        incoming: Number,
        incoming_home: Number,
        reached: Number,
        answered: Number,
        answered_landline: Number,
        missed: Number,
        length: Skewed,
        longest: Number,
        rings: Skewed,
        message_off: Number,
        message: Number,
        listened: Number,
        listened_after: Skewed,
        listened_lasts: Whole,
        returned: Number,
        returned_after: Skewed,
        hours: Hourly,
    }
}

figures! {
    /// `[talk.texts]`.
    Texts {
        by_age: Ages,
        answered: Number,
        answered_after: Skewed,
        groups: Number,
        group_size: Whole,
        group_every: Whole,
        group_answered: Number,
        group_answered_after: Skewed,
        names: Number,
        by_name: Number,
        hours: Hourly,
    }
}

figures! {
    /// `[talk.sessions]`.
    Sessions {
        length: Skewed,
        longest: Number,
        down: Skewed,
        up: Skewed,
        hours: Hourly,
    }
}
