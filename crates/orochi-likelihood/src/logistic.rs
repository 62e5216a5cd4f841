//! Penalised logistic regression towards given weights, each weight within its sign.
//!
//! Minimises the sum of weight × log loss plus half the sum of penalty × (weight − centre)², by Newton steps
//! (iteratively reweighted least squares: McCullagh and Nelder, *Generalized Linear Models*, 1989, section 2.5). A
//! centre other than 0 says what is known before the cases: few cases leave the weights near it, many move them. Each
//! step's quadratic model is minimised within the signs by coordinate descent, and halved until it descends. The
//! function is convex, so there is one minimum.

use serde::{Deserialize, Serialize};

/// A case.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// Its parts.
    pub parts: Vec<f64>,
    /// Whether H1 is true of it.
    pub same: bool,
    /// How much it counts.
    pub weight: f64,
}

/// What is known of a weight before the cases.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Prior {
    /// The weight in the absence of cases.
    pub centre: f64,
    /// How strongly it is held there: the inverse of the square of how far off it may be. Above 0.
    pub penalty: f64,
    /// Smallest weight allowed.
    pub least: f64,
}

/// What was fitted: log odds (natural) are the start plus weights × parts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fitted {
    /// Log odds where every part is 0.
    pub start: f64,
    /// A weight for each part.
    pub weights: Vec<f64>,
}

impl Fitted {
    /// Log odds (natural) of a case with these parts.
    pub fn log_odds(&self, parts: &[f64]) -> f64 {
        self.weights.iter().zip(parts).fold(self.start, |sum, (weight, part)| sum + weight * part)
    }
}

const STEPS: usize = 200;
const SWEEPS: usize = 2_000;

/// Fits. `start` and `weights` say what is known before; each case has as many parts as there are weights.
pub fn fit(cases: &[Case], start: Prior, weights: &[Prior]) -> Fitted {
    let mut priors = vec![start];
    priors.extend_from_slice(weights);
    let problem = Problem { cases, priors };
    let mut at: Vec<f64> = problem.priors.iter().map(|prior| prior.centre.max(prior.least)).collect();
    let mut cost = problem.cost(&at);
    'steps: for _ in 0..STEPS {
        let slope = problem.slope(&at);
        let step = problem.step(&at, &slope);
        let falls: f64 = slope.gradient.iter().zip(&step).map(|(gradient, step)| gradient * step).sum();
        let mut share = 1.0;
        loop {
            let next: Vec<f64> = at.iter().zip(&step).map(|(at, step)| at + share * step).collect();
            let reached = problem.cost(&next);
            if reached <= cost + 1e-4 * share * falls {
                let moved = at.iter().zip(&next).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
                (at, cost) = (next, reached);
                if moved < 1e-10 {
                    break 'steps;
                }
                break;
            }
            share /= 2.0;
            if share < 1e-12 {
                // As low as the arithmetic sees.
                break 'steps;
            }
        }
    }
    Fitted { start: at[0], weights: at[1..].to_vec() }
}

struct Problem<'a> {
    cases: &'a [Case],
    priors: Vec<Prior>,
}

/// Gradient and second derivatives; place 0 is the start.
struct Slope {
    gradient: Vec<f64>,
    curve: Vec<Vec<f64>>,
}

/// A case's part at a place; 1 for the start.
fn part(case: &Case, place: usize) -> f64 {
    if place == 0 { 1.0 } else { case.parts[place - 1] }
}

impl Problem<'_> {
    fn z(&self, at: &[f64], case: &Case) -> f64 {
        at.iter().enumerate().map(|(place, weight)| weight * part(case, place)).sum()
    }

    fn cost(&self, at: &[f64]) -> f64 {
        let loss = |case: &Case| {
            let z = if case.same { -self.z(at, case) } else { self.z(at, case) };
            // ln(1 + e^z) without overflow.
            case.weight * (z.max(0.0) + (-z.abs()).exp().ln_1p())
        };
        let held = |(at, prior): (&f64, &Prior)| prior.penalty * (at - prior.centre).powi(2) / 2.0;
        self.cases.iter().map(loss).sum::<f64>() + at.iter().zip(&self.priors).map(held).sum::<f64>()
    }

    fn slope(&self, at: &[f64]) -> Slope {
        let count = at.len();
        let mut slope = Slope { gradient: vec![0.0; count], curve: vec![vec![0.0; count]; count] };
        for case in self.cases {
            let p = 1.0 / (1.0 + (-self.z(at, case)).exp());
            let pull = case.weight * (p - f64::from(u8::from(case.same)));
            let bend = case.weight * p * (1.0 - p);
            for i in 0..count {
                slope.gradient[i] += pull * part(case, i);
                for j in 0..=i {
                    slope.curve[i][j] += bend * part(case, i) * part(case, j);
                }
            }
        }
        for (i, prior) in self.priors.iter().enumerate() {
            slope.gradient[i] += prior.penalty * (at[i] - prior.centre);
            slope.curve[i][i] += prior.penalty;
            for j in 0..i {
                slope.curve[j][i] = slope.curve[i][j];
            }
        }
        slope
    }

    /// The step to the minimum of the quadratic model within the signs.
    fn step(&self, at: &[f64], slope: &Slope) -> Vec<f64> {
        let mut step = vec![0.0; at.len()];
        for _ in 0..SWEEPS {
            let mut most = 0.0_f64;
            for i in 0..at.len() {
                let pull =
                    slope.gradient[i] + slope.curve[i].iter().zip(&step).map(|(curve, step)| curve * step).sum::<f64>();
                let now = at[i] + step[i];
                let next = (now - pull / slope.curve[i][i]).max(self.priors[i].least);
                step[i] += next - now;
                most = most.max((next - now).abs());
            }
            if most < 1e-13 {
                break;
            }
        }
        step
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn case(parts: [f64; 2], same: bool) -> Case {
        Case { parts: parts.to_vec(), same, weight: 1.0 }
    }

    fn prior(centre: f64, penalty: f64, least: f64) -> Prior {
        Prior { centre, penalty, least }
    }

    const LOOSE: Prior = Prior { centre: 0.0, penalty: 1e-6, least: f64::NEG_INFINITY };

    /// Oracle: walk down the gradient in small steps, back to the sign after each.
    fn slowly(cases: &[Case], start: Prior, weights: &[Prior]) -> Fitted {
        let problem = Problem { cases, priors: [&[start], weights].concat() };
        let mut at = vec![0.0; weights.len() + 1];
        for _ in 0..60_000 {
            let slope = problem.slope(&at);
            for (i, prior) in problem.priors.iter().enumerate() {
                at[i] = (at[i] - 0.05 * slope.gradient[i]).max(prior.least);
            }
        }
        Fitted { start: at[0], weights: at[1..].to_vec() }
    }

    #[test]
    fn without_cases_what_was_known_stays() {
        let fitted = fit(&[], prior(0.5, 1.0, f64::NEG_INFINITY), &[prior(2.0, 1.0, 0.0), prior(-1.0, 1.0, 0.0)]);
        assert!((fitted.start - 0.5).abs() < 1e-9 && (fitted.weights[0] - 2.0).abs() < 1e-9);
        assert_eq!(fitted.weights[1], 0.0);
    }

    /// Two of three: log odds ln 2.
    #[test]
    fn shares_become_log_odds() {
        let cases: Vec<Case> =
            [true, true, false].into_iter().map(|same| Case { parts: vec![], same, weight: 1.0 }).collect();
        assert!((fit(&cases, LOOSE, &[]).start - 2_f64.ln()).abs() < 1e-5);
        assert!((fit(&cases, LOOSE, &[]).log_odds(&[]) - 2_f64.ln()).abs() < 1e-5);
    }

    #[test]
    fn separated_cases_stay_finite() {
        let cases = [case([1.0, 0.0], true), case([-1.0, 0.0], false)];
        let fitted = fit(&cases, LOOSE, &[prior(0.0, 0.1, 0.0); 2]);
        assert!(fitted.weights[0] > 0.5 && fitted.weights[0] < 10.0);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn it_ends_where_walking_down_the_gradient_ends(
            raw in prop::collection::vec((0.0..1.0f64, 0.0..1.0f64, any::<bool>()), 4..20),
            centre in -1.0..1.0f64, least in prop::sample::select(vec![0.0, f64::NEG_INFINITY]),
        ) {
            let mut cases: Vec<Case> = raw.iter().map(|(a, b, same)| case([*a, *b], *same)).collect();
            // Both kinds, so that the start stays near.
            cases.extend([case([0.5, 0.5], true), case([0.5, 0.5], false)]);
            let weights = [prior(centre, 0.5, least), prior(0.0, 0.5, f64::NEG_INFINITY)];
            let (fast, slow) = (fit(&cases, LOOSE, &weights), slowly(&cases, LOOSE, &weights));
            prop_assert!((fast.start - slow.start).abs() < 1e-4, "{:?} {:?}", fast, slow);
            for (a, b) in fast.weights.iter().zip(&slow.weights) {
                prop_assert!((a - b).abs() < 1e-4, "{:?} {:?}", fast, slow);
            }
        }
    }
}
