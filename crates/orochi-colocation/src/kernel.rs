//! How far apart two registrations of one person lie: densities over the plane, in one over square metres.
//!
//! Bells of several widths, as a phone is often served from beyond its nearest masts; their scale grows with the
//! spacing of the masts around (coverage), and with the time between the registrations (movement).

use serde::{Deserialize, Serialize};

use crate::ground::Point;

/// Scales of the densities, fitted on devices of the same owner.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kernels {
    /// Shares of the bells of one, two, four and eight times the scale; they add up to 1.
    pub bells: [f64; 4],
    /// Scale where places lie close together, metres.
    pub base_m: f64,
    /// Scale for each metre of spacing.
    pub per_spacing: f64,
    /// How far towards the antenna's azimuth a registration is taken to be, as a share of the spacing; 0
    /// where azimuths say nothing.
    pub forward: f64,
    /// Speed of somebody on the move, metres a second, as a scale.
    pub speed: f64,
}

impl Default for Kernels {
    fn default() -> Self {
        Self { bells: [0.5, 0.35, 0.12, 0.03], base_m: 300.0, per_spacing: 0.5, forward: 0.0, speed: 8.0 }
    }
}

impl Kernels {
    /// Square of the scale at a place whose masts are `spacing` metres apart, square metres.
    pub(crate) fn variance(&self, spacing: f64) -> f64 {
        self.base_m * self.base_m + (self.per_spacing * spacing).powi(2)
    }

    /// Where the device is taken to be, given the registration's place.
    pub(crate) fn taken(&self, site: Point, spacing: f64, azimuth: Option<f64>) -> Point {
        match azimuth {
            Some(azimuth) if self.forward > 0.0 => site.moved(self.forward * spacing, azimuth),
            _ => site,
        }
    }

    /// Square of the scale of somebody on the move for so many seconds.
    pub(crate) fn moving(&self, variance: f64, gap_s: i64) -> f64 {
        variance + (self.speed * gap_s as f64).powi(2)
    }
}

/// Squares of the widths of the bells, as multiples of the scale.
pub(crate) const BELLS: usize = 4;
pub(crate) const WIDER: [f64; BELLS] = [1.0, 4.0, 16.0, 64.0];

impl Kernels {
    /// Heights of the bells at a distance, the narrowest first; none where all are as good as 0.
    fn bells_at(square: f64, variance: f64) -> Option<[f64; BELLS]> {
        let u = square / (2.0 * variance);
        if u > 2_000.0 {
            return None;
        }
        // The narrower bells are fourth powers of the next wider one: one exponential for all, as
        // most of the time goes here.
        let fourth = |x: f64| (x * x) * (x * x);
        let widest = (-u / WIDER[3]).exp();
        let third = fourth(widest);
        let second = fourth(third);
        Some([fourth(second), second, third, widest])
    }

    /// Density of a distance, by its square and that of the scale.
    pub(crate) fn near(&self, square: f64, variance: f64) -> f64 {
        self.near_and_beyond(square, variance).0
    }

    /// Probability of a greater distance.
    pub(crate) fn beyond(&self, square: f64, variance: f64) -> f64 {
        self.near_and_beyond(square, variance).1
    }

    /// Both.
    pub(crate) fn near_and_beyond(&self, square: f64, variance: f64) -> (f64, f64) {
        let Some(bells) = Self::bells_at(square, variance) else { return (0.0, 0.0) };
        let parts: [f64; BELLS] = std::array::from_fn(|i| self.bells[i] * bells[i]);
        let near: f64 = (0..BELLS).map(|i| parts[i] / WIDER[i]).sum();
        (near / (std::f64::consts::TAU * variance), parts.iter().sum())
    }
}

/// Density with 1 degree of freedom: (1 + r²/σ²)^(-3/2) / 2πσ²; the long jumps of people (González, Hidalgo and
/// Barabási 2008, "Understanding individual human mobility patterns", Nature 453, 779-782, find a power law).
pub(crate) fn far(square: f64, variance: f64) -> f64 {
    let u = 1.0 + square / variance;
    1.0 / (std::f64::consts::TAU * variance * u * u.sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Both are densities: rings add up to one.
    #[test]
    fn densities_add_up_to_one() {
        for density in [|square, variance| Kernels::default().near(square, variance), far] {
            let (mut sum, step) = (0.0, 0.01);
            let mut r = step / 2.0;
            while r < 4_000.0 {
                sum += density(r * r, 4.0) * std::f64::consts::TAU * r * step;
                r += step;
            }
            assert!((sum - 1.0).abs() < 2e-3, "{sum}");
        }
        let kernels = Kernels::default();
        let ring = (kernels.beyond(9.0, 4.0) - kernels.beyond(9.001, 4.0)) / 0.001;
        assert!((ring - kernels.near(9.0, 4.0) * std::f64::consts::PI).abs() < 1e-4);
    }
}
