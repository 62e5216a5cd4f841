//! Fitting: from tracks whose owners are known to a [`Model`].
//!
//! Four steps, each on what the one before gave: scales of distance on devices of one owner ([`scales`]); weights of
//! habit on each device's own days and shares by gap on devices of one owner ([`mixtures`]); weights of the decision,
//! and its bounds, on pairs of one owner against pairs of two ([`decision`]).
//!
//! What may surprise a reader:
//! - All steps start from a model that is known before, and few owners leave them near it. From scratch that is
//!   [`Model::assumed`], with `hold` small.
//! - Beside pairs of different owners there are *shifted* pairs: the two devices of one owner with one clock put
//!   forward by a week. That is a second person with the same home, work and habits who happens to live another
//!   week: the hardest stranger.

use orochi_likelihood::logistic::Case;

use crate::model::{Model, VERSION};
use crate::pairs::{OwnerRelation, choose_pairs};
use crate::registration::Track;
use crate::scene::{Scene, SharedGround};
use crate::settings::Settings;

mod decision;
mod mixtures;
mod scales;

/// What to fit.
#[derive(Clone, Debug)]
pub struct Fit<'a> {
    /// Lengths of slices, seconds; a decision is fitted for each. 0: the whole period.
    pub slices_s: &'a [i64],
    /// What is known before.
    pub prior: &'a Model,
    /// How strongly the decision is held to what is known before; 1 for a model that was fitted on other
    /// people, near 0 from scratch.
    pub hold: f64,
    /// Who the second person may be.
    pub strangers: Strangers,
    /// Said in the model: the command, the data, the relevant population.
    pub made: &'a str,
}

/// How strongly a refit on another population is held to a model fitted before.
pub const HOLD: f64 = 0.3;

/// Who the second person may be, if there are two: which pairs of two count most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strangers {
    /// Mostly somebody of the same home and habits: for a model that is used where nobody knows who the others are. A
    /// day on which both phones were at home is then worth next to nothing.
    Alike,
    /// Owners of the population as they come, those with near homes as much as all others.
    Population,
}

/// Too few people to fit on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("nothing can be fitted without an owner of two devices and a second owner with registrations close in time")]
pub struct TooFew;

/// Fits a model.
///
/// # Errors
/// [`TooFew`].
pub fn fit(tracks: &[&Track], ground: &SharedGround, settings: &Settings, what: &Fit<'_>) -> Result<Model, TooFew> {
    let mut model = what.prior.clone();
    what.made.clone_into(&mut model.made);
    model.version = VERSION;
    model.kernels = scales::fit(tracks, ground, settings, &what.prior.kernels);
    model.habit = mixtures::habit(tracks, ground, settings, &model);
    let scene = Scene::new(tracks, ground, &model, settings);
    let pairs = choose_pairs(tracks, &scene, settings);
    let same: Vec<(usize, usize)> =
        pairs.iter().filter(|p| p.kind == OwnerRelation::Same).map(|p| (p.a, p.b)).collect();
    if same.is_empty() {
        return Err(TooFew);
    }
    let (together, speed) = mixtures::together(&scene, &same, what.prior);
    drop(scene);
    model.together = together;
    model.kernels.speed = speed;
    let scene = Scene::new(tracks, ground, &model, settings);
    let mut decisions = Vec::new();
    for slice_s in what.slices_s {
        decisions.push(decision::fit(&scene, &pairs, *slice_s, what)?);
    }
    drop(scene);
    model.decisions = decisions;
    Ok(model)
}

/// A case of the decision, and where it comes from.
#[derive(Debug)]
pub(crate) struct Origin {
    pub case: Case,
    pub stratum: usize,
    pub source: usize,
}
