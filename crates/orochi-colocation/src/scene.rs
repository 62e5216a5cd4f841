//! Tracks prepared under a model, and the likelihood ratio of two of them.

use orochi_likelihood::Bounds;
use orochi_likelihood::verbal::{Verbal, verbal};
use rayon::prelude::*;

use crate::device::Device;
use crate::ground::{Ground, Point};
use crate::kernel::Kernels;
use crate::meeting_ratio::DeviceComparison;
use crate::model::Model;
use crate::occasion::{Occasion, OccasionSummary, occasions};
use crate::population::Population;
use crate::registration::Track;
use crate::settings::Settings;

/// Tracks prepared under a model. What is known of each device's habits, of the population and of the spacing of places
/// comes from all of them; who owns them is not looked at.
#[derive(Debug)]
pub struct Scene<'a> {
    pub(crate) devices: Vec<Device>,
    population: Population,
    pub(crate) model: &'a Model,
    pub(crate) settings: &'a Settings,
}

/// A likelihood ratio and what it rests on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Score {
    /// log10 likelihood ratio, bounded; none where the data are insufficient: the devices were never
    /// registered close in time.
    pub log10_lr: Option<f64>,
    /// Before it was bounded.
    pub unbounded: Option<f64>,
    /// The bounds.
    pub bounds: Bounds,
    /// What it rests on.
    pub summary: OccasionSummary,
}

impl Score {
    /// The ratio in words; none where the data are insufficient.
    pub fn verbal(&self) -> Option<Verbal> {
        self.log10_lr.map(verbal)
    }
}

impl<'a> Scene<'a> {
    /// Prepares tracks. Each device's habits are counted; nothing is done for pairs.
    pub fn new(tracks: &[&Track], ground: &SharedGround, model: &'a Model, settings: &'a Settings) -> Self {
        let devices: Vec<Device> =
            tracks.par_iter().map(|track| Device::new(track, &ground.0, &model.kernels, settings)).collect();
        let population = Population::new(&devices);
        Self { devices, population, model, settings }
    }

    /// The likelihood ratio of two devices, by their place among the tracks, from an instant to another
    /// (seconds since 1970, UTC).
    pub fn score(&self, a: usize, b: usize, span: (i64, i64)) -> Score {
        self.decide(self.summary(&mut self.compare(a, b), 0, span), span.1 - span.0)
    }

    /// The same with its occasions, in order of time.
    pub fn explain(&self, a: usize, b: usize, span: (i64, i64)) -> (Score, Vec<Occasion>) {
        let mut comparison = self.compare(a, b);
        let mut summary =
            OccasionSummary { homes_apart: self.homes_apart(&comparison, span), ..OccasionSummary::default() };
        let mut all = Vec::new();
        occasions(&mut comparison, 0, span, self.model, self.settings, |occasion| {
            summary.add(&occasion);
            all.push(occasion);
        });
        (self.decide(summary, span.1 - span.0), all)
    }

    /// Ratios of two devices in several stretches of time, which costs little more than in one.
    pub fn score_slices(&self, a: usize, b: usize, spans: &[(i64, i64)]) -> Vec<Score> {
        let mut comparison = self.compare(a, b);
        let mut one = |span: &(i64, i64)| self.decide(self.summary(&mut comparison, 0, *span), span.1 - span.0);
        spans.iter().map(&mut one).collect()
    }

    /// Many pairs over one stretch of time, on all threads, in the order given.
    pub fn score_all(&self, pairs: &[(usize, usize)], span: (i64, i64)) -> Vec<Score> {
        pairs.par_iter().map(|(a, b)| self.score(*a, *b, span)).collect()
    }

    /// First and last registration of a device; none without any.
    pub fn span(&self, device: usize) -> Option<(i64, i64)> {
        let at = &self.devices[device].at;
        Some((*at.first()?, *at.last()?))
    }

    /// Where a device is most at night.
    pub(crate) fn home(&self, device: usize) -> Option<Point> {
        self.devices[device].home.middle()
    }

    /// How far apart homes are: by all that is known of the devices, or in a stretch of time.
    fn homes_apart(&self, comparison: &DeviceComparison<'_>, span: (i64, i64)) -> f64 {
        if !self.settings.homes_of_span {
            return comparison.homes_apart;
        }
        let [a, b] = [comparison.a, comparison.b].map(|device| device.home_in(span.0, span.1));
        a.apart(&b, &self.model.kernels)
    }

    pub(crate) fn compare(&self, a: usize, b: usize) -> DeviceComparison<'_> {
        self.compare_by(a, b, &self.model.kernels)
    }

    pub(crate) fn compare_by<'s>(&'s self, a: usize, b: usize, kernels: &'s Kernels) -> DeviceComparison<'s> {
        DeviceComparison::new(a, b, &self.devices, &self.population, kernels, &self.model.habit)
    }

    pub(crate) fn summary(
        &self,
        comparison: &mut DeviceComparison<'_>,
        shift_s: i64,
        span: (i64, i64),
    ) -> OccasionSummary {
        let mut summary =
            OccasionSummary { homes_apart: self.homes_apart(comparison, span), ..OccasionSummary::default() };
        occasions(comparison, shift_s, span, self.model, self.settings, |occasion| summary.add(&occasion));
        summary
    }

    pub(crate) fn decide(&self, summary: OccasionSummary, length_s: i64) -> Score {
        let decided = self.model.decide(&summary, length_s).filter(|_| summary.occasions > 0);
        let (unbounded, bounds) = (decided.map(|one| one.0), decided.map_or(Bounds::NONE, |one| one.1));
        Score { log10_lr: unbounded.map(|lr| bounds.apply(lr)), unbounded, bounds, summary }
    }
}

/// Spacing of the places in a set of tracks; made once for all scenes over them.
#[derive(Clone, Debug)]
pub struct SharedGround(pub(crate) Ground);

impl SharedGround {
    /// Takes the spacing of all places in the tracks.
    pub fn new(tracks: &[&Track]) -> Self {
        Self(Ground::new(tracks))
    }
}
