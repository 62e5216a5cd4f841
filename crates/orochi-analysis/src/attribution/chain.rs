//! The chain of steps behind spells: what each step says of each candidate, the most probable path (Viterbi), and how
//! probable each state is at each step (forward and backward sums).

use super::evidence_weights::WeightedInterval;
use super::settings::Settings;
use crate::time_span::TimeSpan;

/// How long each candidate's phone goes with the line's, days: the sum of its probability over all steps.
pub(super) fn days_with_line(
    said: &[Vec<WeightedInterval>],
    before: &[f64],
    span: TimeSpan,
    settings: &Settings,
) -> Vec<f64> {
    let chain = StateChain::new(said, before, span, settings);
    let mut days = vec![0.0; said.len()];
    for step in chain.probabilities() {
        days.iter_mut().zip(&step[1..]).for_each(|(days, sure)| *days += sure * chain.step as f64 / 86_400.0);
    }
    days
}

/// The chain: what its steps say, and how probable changes are.
pub(super) struct StateChain {
    /// Length of a step, seconds, and how many there are.
    pub step: i64,
    pub steps: usize,
    weights: Vec<Vec<f64>>,
    before: Vec<f64>,
    going: ChangeProbabilities,
}

/// How probable it is to stay in a state, and to go to one other.
#[derive(Clone, Copy)]
struct ChangeProbabilities {
    stay: f64,
    to_other: f64,
}

/// The steps of a chain: the instant of the first one, the length of each in seconds, and how many there are.
#[derive(Clone, Copy)]
struct StepGrid {
    first: i64,
    step: i64,
    steps: usize,
}

impl StateChain {
    pub fn new(said: &[Vec<WeightedInterval>], before: &[f64], span: TimeSpan, settings: &Settings) -> Self {
        let step = settings.step_s();
        let steps = usize::try_from((span.to - span.from) / step + 1).unwrap_or(1);
        let others = said.len();
        let change = (1.0 - (-settings.changes_a_day * step as f64 / 86_400.0).exp()).max(1e-12);
        let going = if others > 0 {
            ChangeProbabilities { stay: 1.0 - change, to_other: change / others as f64 }
        } else {
            ChangeProbabilities { stay: 1.0, to_other: 0.0 }
        };
        // Nobody, the first state, is nobody's acquaintance. The mean over all is 1: who it may be does not
        // make a change more probable.
        let mut before: Vec<f64> = std::iter::once(0.0).chain(before.iter().copied()).collect();
        let most = before.iter().copied().fold(0.0, f64::max);
        let mean = before.iter().map(|one| (one - most).exp()).sum::<f64>() / before.len() as f64;
        before.iter_mut().for_each(|one| *one -= most + mean.ln());
        Self {
            step,
            steps,
            weights: weights(
                said,
                -settings.nobody * step as f64 / 86_400.0,
                StepGrid { first: span.from, step, steps },
            ),
            before,
            going,
        }
    }

    pub fn best_path(&self) -> Vec<usize> {
        best_path(&self.weights, &self.before, self.going)
    }

    pub fn probabilities(&self) -> Vec<Vec<f64>> {
        probabilities(&self.weights, &self.before, self.going)
    }
}

/// What each step says of each state; nobody is state 0, of which each says the same.
fn weights(said: &[Vec<WeightedInterval>], nobody: f64, grid: StepGrid) -> Vec<Vec<f64>> {
    let StepGrid { first, step, steps } = grid;
    let mut row = vec![0.0; said.len() + 1];
    row[0] = nobody;
    let mut weights = vec![row; steps];
    let place = |at: i64| usize::try_from((at - first) / step).unwrap_or(0).min(steps - 1);
    for (state, occasions) in (1..).zip(said) {
        for one in occasions {
            // What lies outside says nothing of when the line was seen.
            if one.to < first || one.from > first + step * steps as i64 {
                continue;
            }
            let (from, to) = (place(one.from), place(one.to));
            let each = one.weight / (to - from + 1) as f64;
            weights[from..=to].iter_mut().for_each(|step| step[state] += each);
        }
    }
    weights
}

/// The most probable path; of equal ones that which stays.
fn best_path(weights: &[Vec<f64>], before: &[f64], going: ChangeProbabilities) -> Vec<usize> {
    let states = weights.first().map_or(1, Vec::len);
    let (stay, to_other) = (going.stay.ln(), going.to_other.max(1e-300).ln());
    let mut score = weights.first().cloned().unwrap_or_else(|| vec![0.0; states]);
    score.iter_mut().zip(before).for_each(|(score, before)| *score += before);
    let mut came: Vec<Vec<usize>> = Vec::with_capacity(weights.len());
    for step in weights.iter().skip(1) {
        let best = (0..states).fold(0, |best, state| if score[state] > score[best] { state } else { best });
        let mut from = vec![0; states];
        let mut next = vec![0.0; states];
        for state in 0..states {
            let (staying, coming) = (score[state] + stay, score[best] + to_other + before[state]);
            (from[state], next[state]) = if staying >= coming { (state, staying) } else { (best, coming) };
            next[state] += step[state];
        }
        came.push(from);
        score = next;
    }
    let mut state = (0..states).fold(0, |best, state| if score[state] > score[best] { state } else { best });
    let mut path = vec![state; weights.len().max(1)];
    for (step, from) in came.iter().enumerate().rev() {
        state = from[state];
        path[step] = state;
    }
    path
}

/// The probability of each state at each step.
fn probabilities(weights: &[Vec<f64>], before: &[f64], going: ChangeProbabilities) -> Vec<Vec<f64>> {
    let ChangeProbabilities { stay, to_other } = going;
    let states = before.len();
    let likely: Vec<Vec<f64>> = weights
        .iter()
        .map(|step| {
            let most = step.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            step.iter().map(|weight| (weight - most).exp()).collect()
        })
        .collect();
    let scale = |mut row: Vec<f64>| {
        let sum: f64 = row.iter().sum();
        row.iter_mut().for_each(|value| *value /= sum.max(f64::MIN_POSITIVE));
        row
    };
    let entry: Vec<f64> = before.iter().map(|before| to_other * before.exp()).collect();
    // One step on: to each state from all others; and one step back.
    let on = |row: &[f64]| -> Vec<f64> {
        let sum: f64 = row.iter().sum();
        row.iter().zip(&entry).map(|(value, entry)| value * stay + (sum - value) * entry).collect()
    };
    let back = |row: &[f64]| -> Vec<f64> {
        let sum: f64 = row.iter().zip(&entry).map(|(value, entry)| value * entry).sum();
        row.iter().zip(&entry).map(|(value, entry)| value * stay + sum - value * entry).collect()
    };
    let mut forward: Vec<Vec<f64>> = Vec::with_capacity(likely.len());
    let mut row = scale(before.iter().map(|before| before.exp()).collect());
    for (place, step) in likely.iter().enumerate() {
        let before = if place == 0 { row } else { on(&row) };
        row = scale(before.iter().zip(step).map(|(a, b)| a * b).collect());
        forward.push(row.clone());
    }
    let mut backward = vec![1.0; states];
    for place in (0..likely.len()).rev() {
        forward[place] = scale(forward[place].iter().zip(&backward).map(|(a, b)| a * b).collect());
        let here: Vec<f64> = likely[place].iter().zip(&backward).map(|(a, b)| a * b).collect();
        backward = scale(back(&here));
    }
    forward
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_may_have_it_does_not_make_a_change_more_probable() {
        let said = [vec![WeightedInterval { from: 3_600, to: 3_600, weight: 3.0 }], vec![]];
        let days =
            |before: [f64; 2]| days_with_line(&said, &before, TimeSpan { from: 0, to: 172_800 }, &Settings::default());
        let (alike, more) = (days([0.0; 2]), days([5.0, 0.0]));
        assert!(alike[0] > alike[1] && more[0] > alike[0] && more[1] < alike[1], "{alike:?} {more:?}");
        assert!(more.iter().sum::<f64>() < 2.1, "{more:?}");
    }
}
