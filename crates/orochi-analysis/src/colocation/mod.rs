//! Whether one person carried two phones (method `colocate`; statement: `docs/methods/colocate.md`).
//!
//! The weighing is the crate `orochi-colocation`, which knows no case. Here the case's presences become registrations,
//! each with its row, and a result becomes findings. A result for one pair takes a few hundred other numbers of the
//! case as those among whom the second person is thought of; a screening takes the numbers it
//! weighs and as many others.

pub(crate) mod near;
pub(crate) mod nights;
mod own;
pub(crate) mod pair;
pub(crate) mod places;
pub(crate) mod registered;
pub(crate) mod screen;
pub(crate) mod seen;
mod settings;
mod words;

use std::collections::BTreeSet;

use orochi_colocation::{Model, Scene, Track};
use orochi_model::{method::Method, method::Used, problem::Problem};
use serde::Serialize;

use crate::settings::Settable;
use seen::{Seen, seen, some};

pub use pair::{OccasionFound, Pair};
pub use registered::Registered;
pub use screen::{ScreenReport, screen};
pub use settings::Settings;
pub use words::{H1, H2};

/// This method.
pub const METHOD: Method = Method { name: "colocate", version: "2" };

/// A stretch of time, microseconds UTC, the end excluded.
pub type Period = (i64, i64);

/// What is said of two numbers.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PairReport {
    /// Name, version and settings of the method.
    pub method: Used,
    /// Which fitted model was used, and how it was made.
    pub model: String,
    /// The proposition of the prosecution: one person.
    pub h1: &'static str,
    /// The proposition of the defence: two people.
    pub h2: &'static str,
    /// Other numbers of the case from which it was learnt where people are.
    pub population: usize,
    /// The result.
    #[serde(flatten)]
    pub pair: Pair,
    /// Occasions, the strongest first: those for one person, and those against.
    pub listed: Vec<OccasionFound>,
}

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
        registered: &Registered<'_>,
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
    pub(crate) fn alone(registered: &Registered<'_>, read: Vec<Seen>, wanted: &[&str]) -> Result<Self, Problem> {
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

/// Weighs whether one person carried two phones, from the registrations of a case. Without a period it is the time in
/// which both were registered.
///
/// # Errors
/// When the views cannot be read.
pub fn colocate(
    registered: &Registered<'_>,
    settings: &Settings,
    model: &Model,
    (a, b): (&str, &str),
    period: Option<Period>,
) -> Result<PairReport, Problem> {
    let held = Held::load(registered, Vec::new(), &[], &[a, b], settings)?;
    let weighing = settings.weighing();
    let scene = Scene::new(&held.tracks(), registered.ground(), model, &weighing);
    let (pair, listed) = pair::weigh(&scene, &held, (0, 1), period, settings)?;
    Ok(PairReport {
        method: METHOD.used(settings.list()),
        model: model.made.clone(),
        h1: H1,
        h2: H2,
        population: held.population(),
        pair,
        listed,
    })
}
