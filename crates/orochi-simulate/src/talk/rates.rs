//! Mean rates of ordinary traffic.

use crate::scenario::sections::People;

/// Mean rates per person and day.
#[derive(Clone, Copy, Debug)]
pub struct Rates {
    /// Calls started.
    pub calls: f64,
    /// Texts started.
    pub texts: f64,
    /// Sessions of a smart handset.
    pub sessions: f64,
}

impl Rates {
    /// Those of a scenario.
    pub fn from_figures(people: &People) -> Self {
        Self { calls: people.calls.value, texts: people.texts.value, sessions: people.sessions.value }
    }
}
