//! Changes of hand: which of several numbers' movements go best with the line phone's, from when to when.
//!
//! A chain of steps, each with one state: one of the candidates, or nobody whose data is held. Occasions of a candidate count for or
//! against its state over the steps they last; nobody's state is the mark at 0. A change is as probable as `changes_a_day` says. The
//! most probable path gives the spells (Viterbi); the probability of each state at each step (forward and backward sums) says how
//! surely a change lies where.
//!
//! What may surprise a reader:
//! - Where nothing tells between two occasions when the phone changed hands, the change is put in the middle, and its bounds say so.
//! - These probabilities order candidates and place changes. What is reported of a candidate is the likelihood ratio of its spell.

use super::settings::Settings;

/// What an occasion counts for a candidate (natural logarithm), over a time (seconds since 1970 UTC, the end included).
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Said {
    pub from: i64,
    pub to: i64,
    pub weight: f64,
}

/// From when to when one state is the most probable. Seconds since 1970 UTC.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Stretch {
    /// Place of the candidate; none for nobody whose data is held.
    pub state: Option<usize>,
    /// Its beginning, and between when it surely lies.
    pub from: i64,
    pub from_between: (i64, i64),
    /// Its end, likewise.
    pub to: i64,
    pub to_between: (i64, i64),
}

/// Cuts a span into stretches. `said` holds what counts for and against each candidate, and `before` what does before anything is
/// seen, at each change of hand.
pub(super) fn stretches(
    said: &[Vec<Said>],
    before: &[f64],
    (first, last): (i64, i64),
    settings: &Settings,
) -> Vec<Stretch> {
    let step = (settings.step_minutes * 60.0) as i64;
    let steps = usize::try_from((last - first) / step + 1).unwrap_or(1);
    let states = said.len() + 1;
    let weights = weights(said, (first, step, steps));
    let change = (1.0 - (-settings.changes_a_day * step as f64 / 86_400.0).exp()).max(1e-12);
    let to_other = if states > 1 { change / (states - 1) as f64 } else { 0.0 };
    let stay = if states > 1 { 1.0 - change } else { 1.0 };
    // Nobody, the first state, has nothing for or against it.
    let before: Vec<f64> = std::iter::once(0.0).chain(before.iter().copied()).collect();
    let path = smooth(
        best_path(&weights, &before, (stay, to_other)),
        (settings.least_hours * 3_600.0 / step as f64).ceil() as usize,
    );
    let sure = probabilities(&weights, &before, (stay, to_other));
    let at = |step_number: usize| first + step_number as i64 * step;
    let mut all: Vec<Stretch> = Vec::new();
    let mut begin = 0;
    for end in 1..=steps {
        if end < steps && path[end] == path[begin] {
            continue;
        }
        let state = path[begin].checked_sub(1);
        let mut stretch =
            Stretch { state, from: at(begin), from_between: (first, first), to: last, to_between: (last, last) };
        if let Some(before) = all.last_mut() {
            let (change, between) = boundary(&sure, (path[begin - 1], path[begin]), begin, (end, steps), settings.sure);
            let between = (at(between.0), at(between.1));
            (before.to, before.to_between) = (at(change), between);
            (stretch.from, stretch.from_between) = (at(change), between);
        }
        all.push(stretch);
        begin = end;
    }
    all
}

/// What each step says of each state; nobody is state 0.
fn weights(said: &[Vec<Said>], (first, step, steps): (i64, i64, usize)) -> Vec<Vec<f64>> {
    let mut weights = vec![vec![0.0; said.len() + 1]; steps];
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
fn best_path(weights: &[Vec<f64>], before: &[f64], (stay, to_other): (f64, f64)) -> Vec<usize> {
    let states = weights.first().map_or(1, Vec::len);
    let (stay, to_other) = (stay.ln(), to_other.max(1e-300).ln());
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

/// Gives short stretches to the one before them.
fn smooth(mut path: Vec<usize>, least: usize) -> Vec<usize> {
    let mut begin = 0;
    while begin < path.len() {
        let end = begin + path[begin..].iter().take_while(|state| **state == path[begin]).count();
        if begin > 0 && end - begin < least && end < path.len() {
            let before = path[begin - 1];
            path[begin..end].fill(before);
        }
        begin = end;
    }
    path
}

/// The probability of each state at each step.
fn probabilities(weights: &[Vec<f64>], before: &[f64], (stay, to_other): (f64, f64)) -> Vec<Vec<f64>> {
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

/// The step at which the next state becomes more probable than the one before it, and the steps between which it surely lies.
fn boundary(
    sure: &[Vec<f64>],
    (before, after): (usize, usize),
    at: usize,
    (end, steps): (usize, usize),
    enough: f64,
) -> (usize, (usize, usize)) {
    let mut earliest = at;
    while earliest > 0 && sure[earliest - 1][before] < enough {
        earliest -= 1;
    }
    let mut latest = at;
    while latest < steps && sure[latest][after] < enough {
        latest += 1;
    }
    let (low, high) = (earliest, latest.min(end).max(at));
    let change = (low..high).find(|step| sure[*step][after] >= sure[*step][before]).unwrap_or(at);
    (change, (earliest, latest))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 3_600;

    fn hours(list: &[(i64, i64, f64)]) -> Vec<Said> {
        list.iter().map(|(from, to, weight)| Said { from: from * HOUR, to: to * HOUR, weight: *weight }).collect()
    }

    fn cut(said: &[Vec<Said>], last: i64) -> Vec<(Option<usize>, i64, i64)> {
        let found = stretches(said, &vec![0.0; said.len()], (0, last * HOUR), &Settings::default());
        found
            .iter()
            .map(|one| {
                (
                    one.state,
                    (one.from as f64 / HOUR as f64).round() as i64,
                    (one.to as f64 / HOUR as f64).round() as i64,
                )
            })
            .collect()
    }

    #[test]
    fn a_change_is_put_in_the_middle_of_what_nothing_tells() {
        let (one, two): (Vec<_>, Vec<_>) = (
            (0..10)
                .map(|day| (day * 24 + 10, day * 24 + 10, 4.0))
                .chain((10..20).map(|day| (day * 24 + 10, day * 24 + 10, -3.0)))
                .collect(),
            (0..10)
                .map(|day| (day * 24 + 10, day * 24 + 10, -3.0))
                .chain((10..20).map(|day| (day * 24 + 10, day * 24 + 10, 4.0)))
                .collect(),
        );
        let found = cut(&[hours(&one), hours(&two)], 480);
        assert_eq!(found.len(), 2, "{found:?}");
        assert_eq!((found[0].0, found[1].0), (Some(0), Some(1)));
        assert!((found[1].1 - 238).abs() <= 2, "{found:?}");
        let stretches = stretches(&[hours(&one), hours(&two)], &[0.0, 0.0], (0, 480 * HOUR), &Settings::default());
        let (earliest, latest) = stretches[1].from_between;
        assert!(earliest <= 228 * HOUR && latest >= 248 * HOUR && latest - earliest <= 30 * HOUR, "{stretches:?}");
    }

    #[test]
    fn nobody_fits_where_all_conflict_or_nothing_is_seen() {
        assert_eq!(cut(&[hours(&[(5, 5, -3.0), (30, 30, -3.0)])], 48), vec![(None, 0, 48)]);
        assert_eq!(cut(&[], 48), vec![(None, 0, 48)]);
    }

    #[test]
    fn a_neighbour_who_agrees_by_day_does_not_break_a_spell() {
        let mut holder: Vec<_> = (0..40).map(|n| (n * 6, n * 6, 2.0)).collect();
        holder.push((100, 100, -3.0));
        let neighbour: Vec<_> = (0..10)
            .map(|day| (day * 24 + 2, day * 24 + 6, 1.0))
            .chain((0..10).map(|day| (day * 24 + 14, day * 24 + 15, -4.0)))
            .collect();
        assert_eq!(cut(&[hours(&neighbour), hours(&holder)], 239), vec![(Some(1), 0, 239)]);
    }
}
