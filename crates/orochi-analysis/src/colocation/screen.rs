//! One number against all others of the case.
//!
//! What may surprise a reader: every number is looked at, and few are weighed. A first pass over the rows counts in how
//! many hours each number used a cell near the first one's at about the same time; those seen so in most hours are
//! weighed in full. A number that never came near is no candidate, and how many those are is said.

use orochi_colocation::{Model, Scene};
use orochi_model::{method::Used, problem::Problem};
use rayon::prelude::*;
use serde::Serialize;

use super::METHOD;
use crate::registrations::phone_track::load_tracks;
use crate::registrations::proximity::nearby_numbers;
use crate::registrations::{CaseRegistrations, H1, H2, PairResult, Period, Settings, TrackPair, TrackSet, pair};
use crate::settings::Settable;

/// One number against all others.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ScreenReport {
    /// Name, version and settings of the method.
    pub method: Used,
    /// Which fitted model was used, and how it was made.
    pub model: String,
    /// The proposition of the prosecution: one person.
    pub h1: &'static str,
    /// The proposition of the defence: two people.
    pub h2: &'static str,
    /// The number.
    pub a: String,
    /// Other numbers of which the data held has cells.
    pub numbers: usize,
    /// Of these, those that used a cell near the first one's at about the same time at least once.
    pub near: usize,
    /// Those weighed, the greatest ratio first.
    pub findings: Vec<PairResult>,
}

/// Weighs one number against all others, from the registrations of a case.
///
/// # Errors
/// When the views cannot be read.
pub fn screen(
    registrations: &CaseRegistrations<'_>,
    settings: &Settings,
    model: &Model,
    a: &str,
    period: Option<Period>,
) -> Result<ScreenReport, Problem> {
    let own = load_tracks(registrations, &[a])?;
    let met = nearby_numbers(registrations, &own[0], &[a], period, settings)?;
    let wanted: Vec<&str> = met.near.iter().take(settings.screened as usize).map(String::as_str).collect();
    let held = TrackSet::load(registrations, own, &[a], &wanted, settings)?;
    let weighing = settings.weighing();
    let scene = Scene::new(&held.registration_tracks(), registrations.ground(), model, &weighing);
    let cancellation = registrations.tables.cancellation();
    let weigh = |b: usize| {
        cancellation.check()?;
        pair::weigh(&scene, TrackPair { tracks: &held, a: 0, b }, period, settings)
    };
    let weighed = (1..=wanted.len()).into_par_iter().map(weigh);
    let mut findings: Vec<PairResult> =
        weighed.map(|weighed| weighed.map(|(pair, _)| pair)).collect::<Result<_, _>>()?;
    let ratio = |pair: &PairResult| pair.log10_lr.unwrap_or(f64::NEG_INFINITY);
    findings.sort_by(|x, y| {
        let agreeing = |pair: &PairResult| pair.occasions - pair.conflicts;
        ratio(y)
            .total_cmp(&ratio(x))
            .then(x.conflicts.cmp(&y.conflicts))
            .then(agreeing(y).cmp(&agreeing(x)))
            .then(x.b.cmp(&y.b))
    });
    Ok(ScreenReport {
        method: METHOD.used(settings.list()),
        model: model.made.clone(),
        h1: H1,
        h2: H2,
        a: a.to_owned(),
        numbers: met.numbers,
        near: met.near.len(),
        findings,
    })
}
