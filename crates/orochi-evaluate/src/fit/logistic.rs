//! Penalised logistic regression in which each weight has a sign it may not leave.
//!
//! Minimises the sum of weight × log loss, plus half the penalty times the sum of the squared distances of the weights
//! (not of the start) from what was assumed of them, by Newton steps (iteratively reweighted least squares: McCullagh
//! and Nelder, *Generalized Linear Models*, 1989, section 2.5). Each step's quadratic model is minimised within the
//! signs by coordinate descent, and halved until it descends. The function is convex, so there is one minimum. Sums are
//! taken in the order of the cases, by one thread: the same cases give the same weights.

/// A case.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Case<const N: usize> {
    /// Its parts.
    pub parts: [f64; N],
    /// Whether it is a line.
    pub line: bool,
    /// How much it counts.
    pub weight: f64,
}

/// What was fitted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fitted<const N: usize> {
    /// z when every part is 0.
    pub start: f64,
    /// A weight for each part.
    pub weights: [f64; N],
}

impl<const N: usize> Fitted<N> {
    /// To three places, as weights stand in a file; no minus zero there.
    pub fn rounded(self) -> Self {
        let round = |value: f64| {
            let round = (value * 1e3).round() / 1e3;
            if round == 0.0 { 0.0 } else { round }
        };
        Self { start: round(self.start), weights: self.weights.map(round) }
    }
}

/// Keeps the start from running off where cases are separated without any part.
const START_PENALTY: f64 = 1e-6;
const STEPS: usize = 200;
const SWEEPS: usize = 2_000;

/// Fits. `positive` says of each part whether its weight may be above 0 (or else below); `penalty` is above 0 and holds
/// the weights near those `assumed`, which have the right signs.
pub fn fit<const N: usize>(cases: &[Case<N>], positive: &[bool; N], assumed: &[f64; N], penalty: f64) -> Fitted<N> {
    let problem = Problem { cases, positive, assumed, penalty };
    let mut at = Point { start: 0.0, weights: *assumed };
    let mut cost = problem.cost(&at);
    for _ in 0..STEPS {
        let slope = problem.slope(&at);
        let step = problem.step(&at, &slope);
        let falls: f64 =
            slope.gradient(0) * step.start + (0..N).map(|i| slope.gradient(i + 1) * step.weights[i]).sum::<f64>();
        let mut share = 1.0;
        let next = loop {
            let next = at.moved(&step, share);
            let reached = problem.cost(&next);
            if reached <= cost + 1e-4 * share * falls {
                cost = reached;
                break next;
            }
            share /= 2.0;
            if share < 1e-12 {
                // As low as the arithmetic sees.
                return Fitted { start: at.start, weights: at.weights };
            }
        };
        let moved = at.distance(&next);
        at = next;
        if moved < 1e-10 {
            break;
        }
    }
    Fitted { start: at.start, weights: at.weights }
}

#[derive(Clone, Copy)]
struct Point<const N: usize> {
    start: f64,
    weights: [f64; N],
}

impl<const N: usize> Point<N> {
    fn moved(&self, step: &Self, share: f64) -> Self {
        Self {
            start: self.start + share * step.start,
            weights: std::array::from_fn(|i| self.weights[i] + share * step.weights[i]),
        }
    }

    fn distance(&self, other: &Self) -> f64 {
        let far = self.weights.iter().zip(&other.weights).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
        far.max((self.start - other.start).abs())
    }

    fn z(&self, parts: &[f64; N]) -> f64 {
        self.weights.iter().zip(parts).fold(self.start, |z, (weight, part)| z + weight * part)
    }

    fn get(&self, place: usize) -> f64 {
        if place == 0 { self.start } else { self.weights[place - 1] }
    }

    fn add(&mut self, place: usize, value: f64) {
        if place == 0 { self.start += value } else { self.weights[place - 1] += value }
    }
}

struct Problem<'a, const N: usize> {
    cases: &'a [Case<N>],
    positive: &'a [bool; N],
    assumed: &'a [f64; N],
    penalty: f64,
}

/// Gradient and second derivatives; place 0 is the start.
struct Slope {
    gradient: Vec<f64>,
    curve: Vec<Vec<f64>>,
}

impl Slope {
    fn gradient(&self, place: usize) -> f64 {
        self.gradient[place]
    }
}

impl<const N: usize> Problem<'_, N> {
    fn penalty(&self, place: usize) -> f64 {
        if place == 0 { START_PENALTY } else { self.penalty }
    }

    /// How far a place is from what was assumed.
    fn off(&self, at: &Point<N>, place: usize) -> f64 {
        at.get(place) - if place == 0 { 0.0 } else { self.assumed[place - 1] }
    }

    fn cost(&self, at: &Point<N>) -> f64 {
        let loss: f64 = self
            .cases
            .iter()
            .map(|case| {
                let z = if case.line { -at.z(&case.parts) } else { at.z(&case.parts) };
                // ln(1 + e^z) without overflow.
                case.weight * (z.max(0.0) + (-z.abs()).exp().ln_1p())
            })
            .sum();
        loss + (0..=N).map(|i| self.penalty(i) * self.off(at, i).powi(2) / 2.0).sum::<f64>()
    }

    fn slope(&self, at: &Point<N>) -> Slope {
        let mut slope = Slope { gradient: vec![0.0; N + 1], curve: vec![vec![0.0; N + 1]; N + 1] };
        for case in self.cases {
            let p = 1.0 / (1.0 + (-at.z(&case.parts)).exp());
            let pull = case.weight * (p - f64::from(u8::from(case.line)));
            let bend = case.weight * p * (1.0 - p);
            let x = |place: usize| if place == 0 { 1.0 } else { case.parts[place - 1] };
            for i in 0..=N {
                slope.gradient[i] += pull * x(i);
                for j in 0..=i {
                    slope.curve[i][j] += bend * x(i) * x(j);
                }
            }
        }
        for i in 0..=N {
            slope.gradient[i] += self.penalty(i) * self.off(at, i);
            slope.curve[i][i] += self.penalty(i);
            for j in 0..i {
                slope.curve[j][i] = slope.curve[i][j];
            }
        }
        slope
    }

    /// The step to the minimum of the quadratic model within the signs.
    fn step(&self, at: &Point<N>, slope: &Slope) -> Point<N> {
        let mut step = Point { start: 0.0, weights: [0.0; N] };
        for _ in 0..SWEEPS {
            let mut most = 0.0_f64;
            for i in 0..=N {
                let pull = slope.gradient[i] + (0..=N).map(|j| slope.curve[i][j] * step.get(j)).sum::<f64>();
                let now = at.get(i) + step.get(i);
                let mut next = now - pull / slope.curve[i][i];
                if i > 0 {
                    next = if self.positive[i - 1] { next.max(0.0) } else { next.min(0.0) };
                }
                step.add(i, next - now);
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

    fn case(parts: [f64; 2], line: bool) -> Case<2> {
        Case { parts, line, weight: 1.0 }
    }

    /// Oracle: walk down the gradient in small steps, back to the sign after each.
    fn slowly(cases: &[Case<2>], positive: &[bool; 2], assumed: &[f64; 2], penalty: f64) -> Fitted<2> {
        let problem = Problem { cases, positive, assumed, penalty };
        let mut at = Point { start: 0.0, weights: [0.0; 2] };
        for _ in 0..60_000 {
            let slope = problem.slope(&at);
            at.start -= 0.05 * slope.gradient[0];
            for (i, up) in positive.iter().enumerate() {
                let next = at.weights[i] - 0.05 * slope.gradient[i + 1];
                at.weights[i] = if *up { next.max(0.0) } else { next.min(0.0) };
            }
        }
        Fitted { start: at.start, weights: at.weights }
    }

    #[test]
    fn a_part_that_works_against_its_meaning_gets_nothing() {
        let cases = [case([1.0, 0.0], false), case([0.0, 0.0], true), case([0.1, 0.0], true), case([0.9, 0.0], false)];
        let fitted = fit(&cases, &[true, true], &[0.0; 2], 0.1);
        assert_eq!(fitted.weights, [0.0, 0.0]);
        assert!(fitted.start.abs() < 1e-6);
        assert!(fit(&cases, &[false, true], &[0.0; 2], 0.1).weights[0] < -1.0);
    }

    #[test]
    fn no_case_is_no_trouble() {
        assert_eq!(fit::<2>(&[], &[true, true], &[0.0; 2], 1.0), Fitted { start: 0.0, weights: [0.0; 2] });
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn it_ends_where_walking_down_the_gradient_ends(
            raw in prop::collection::vec((0.0..1.0f64, 0.0..1.0f64, any::<bool>()), 4..20),
            positive in any::<[bool; 2]>(),
            far in [0.0..2.0f64, 0.0..2.0f64],
        ) {
            let assumed = std::array::from_fn(|i| if positive[i] { far[i] } else { -far[i] });
            let mut cases: Vec<Case<2>> = raw.iter().map(|(a, b, line)| case([*a, *b], *line)).collect();
            // Both kinds, so that the start stays near.
            cases.extend([case([0.5, 0.5], true), case([0.5, 0.5], false)]);
            let (fast, slow) = (fit(&cases, &positive, &assumed, 0.5), slowly(&cases, &positive, &assumed, 0.5));
            prop_assert!((fast.start - slow.start).abs() < 1e-4, "{fast:?} {slow:?}");
            for (a, b) in fast.weights.iter().zip(&slow.weights) {
                prop_assert!((a - b).abs() < 1e-4, "{fast:?} {slow:?}");
            }
        }
    }
}
