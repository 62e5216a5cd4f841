//! Registrations of a case's phones at masts, each with its row, and the weighing of two phones by them: what the
//! methods `colocate` and `attribute` share, and what `roles` asks of nights.
//!
//! - [`case_registrations`]: whose each record with a cell is, for all of them, once for a case.
//! - [`mod@seen`]: the registrations of some numbers; [`places`] says where their masts stood at the time.
//! - [`near`]: which numbers came near a path at all.
//! - [`nights`]: where a phone was overnight.
//! - [`pair`]: what is said of two phones, in the words of [`words`].

pub(crate) mod case_registrations;
pub(crate) mod near;
pub(crate) mod nights;
mod own;
pub(crate) mod pair;
pub(crate) mod places;
pub(crate) mod seen;
mod settings;
mod words;

use std::collections::BTreeSet;

use orochi_colocation::Track;
use orochi_model::problem::Problem;

use seen::{Seen, seen, some};

pub use case_registrations::CaseRegistrations;
pub use pair::{OccasionFound, Pair};
pub use settings::Settings;
pub use words::{H1, H2};

/// A stretch of time, microseconds UTC, the end excluded.
pub type Period = (i64, i64);

/// Registrations of the numbers that are looked at, and of others beside them.
pub(crate) struct Held {
    /// What was read before, then those wanted, then the population.
    pub seen: Vec<Seen>,
    /// How many of them were asked for.
    pub wanted: usize,
}

impl Held {
    /// Reads the `wanted` numbers and a population beside what is `read` already; `names` are
    /// the numbers of the latter.
    pub(crate) fn load(
        registered: &CaseRegistrations<'_>,
        read: Vec<Seen>,
        names: &[&str],
        wanted: &[&str],
        settings: &Settings,
    ) -> Result<Self, Problem> {
        let asked: BTreeSet<&str> = names.iter().chain(wanted).copied().collect();
        let mut all = wanted.to_vec();
        let counts = registered.counts();
        let beside = some(&counts, settings.population_rows as u64, settings.population as usize + asked.len());
        let beside = beside.into_iter().filter(|number| !asked.contains(number));
        all.extend(beside.take(settings.population as usize));
        let wanted = read.len() + wanted.len();
        Ok(Self { wanted, ..Self::alone(registered, read, &all)? })
    }

    /// Reads the `wanted` numbers beside what is `read` already, without a population: who goes along asks for none.
    pub(crate) fn alone(registered: &CaseRegistrations<'_>, read: Vec<Seen>, wanted: &[&str]) -> Result<Self, Problem> {
        let mut all = read;
        all.extend(seen(registered, wanted)?);
        Ok(Self { wanted: all.len(), seen: all })
    }

    /// How many numbers stand beside those asked for.
    pub(crate) fn population(&self) -> usize {
        self.seen.len() - self.wanted
    }

    /// Tracks in the order of `seen`.
    pub(crate) fn tracks(&self) -> Vec<&Track> {
        self.seen.iter().map(|seen| &seen.track).collect()
    }
}
