//! Whether one person carried two phones (method `colocation`; statement: `docs/methods/colocation.md`).
//!
//! The weighing is the crate `orochi-colocation`, which knows no case. Here the case's presences become registrations,
//! each with its row, and a result becomes findings. A result for one pair takes a few hundred other numbers of the
//! case as those among whom the second person is thought of; a screening takes the numbers it
//! weighs and as many others.

pub(crate) mod screen;

use orochi_colocation::{Model, Scene};
use orochi_model::{method::Method, method::Used, problem::Problem};
use serde::Serialize;

use crate::registrations::{TrackPair, TrackSet, pair};
use crate::settings::Settable;

pub use crate::registrations::{CaseRegistrations, H1, H2, OccasionFound, PairResult, Period, Settings};
pub use screen::{ScreenReport, screen};

/// This method.
pub const METHOD: Method = Method { name: "colocation", version: "2" };

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
    pub pair: PairResult,
    /// Occasions, the strongest first: those for one person, and those against.
    pub listed: Vec<OccasionFound>,
}

/// Weighs whether one person carried two phones, from the registrations of a case. Without a period it is the time in
/// which both were registered.
///
/// # Errors
/// When the views cannot be read.
pub fn colocate(
    registrations: &CaseRegistrations<'_>,
    settings: &Settings,
    model: &Model,
    a: &str,
    b: &str,
    period: Option<Period>,
) -> Result<PairReport, Problem> {
    let held = TrackSet::load(registrations, Vec::new(), &[], &[a, b], settings)?;
    let weighing = settings.weighing();
    let scene = Scene::new(&held.registration_tracks(), registrations.ground(), model, &weighing);
    let (pair, listed) = pair::weigh(&scene, TrackPair { tracks: &held, a: 0, b: 1 }, period, settings)?;
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
