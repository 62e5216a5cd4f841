//! Ordinary traffic of a day: who calls and texts whom, and the sessions of smart handsets.
//!
//! Rates are the scenario's means, spread over people by their activity; hours follow the day of the week; contacts are
//! chosen by nearness of the tie, dearest most. Messages of the young and smart go through apps, which
//! networks see as sessions only.

pub(crate) mod calls;
pub(crate) mod figures;
pub(crate) mod hours;
pub(crate) mod person_day;
pub(crate) mod rates;
pub(crate) mod sessions;
pub(crate) mod texts;

pub(crate) use person_day::Talk;

/// Calls and texts that a person starts on a day, and what comes back at once; calls and texts from outside to them.
pub(crate) fn person(talk: &mut Talk<'_>) {
    calls::day(talk);
    texts::day(talk);
}
