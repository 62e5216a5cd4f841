//! Changes of hand: which of several numbers' movements go best with the line phone's, from when to when.
//!
//! A chain of steps, each with one state: one of the candidates, or nobody whose data is held. What counts for or
//! against a candidate does so over the steps it lasts; nobody's state is the mark at 0. A change is as probable as
//! `changes_a_day` says. The most probable path gives the spells (Viterbi); the probability of each state at each step
//! (forward and backward sums) says how surely a change lies where.
//!
//! What may surprise a reader:
//! - Where nothing tells between two occasions when the phone changed hands, the change is put in the
//!   middle, and its bounds say so.
//! - These probabilities order candidates and place changes. What is reported of a candidate is the
//!   likelihood ratio of its spell.

use super::chain::StateChain;
use super::settings::Settings;
use crate::time_span::TimeSpan;

/// From when to when one state is the most probable. Seconds since 1970 UTC.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct StateInterval {
    /// Place of the candidate; none for nobody whose data is held.
    pub state: Option<usize>,
    /// Its beginning, and between when it surely lies.
    pub from: i64,
    pub from_between: (i64, i64),
    /// Its end, likewise.
    pub to: i64,
    pub to_between: (i64, i64),
}

impl StateInterval {
    /// From its beginning to its end.
    pub(super) fn span(&self) -> TimeSpan {
        TimeSpan { from: self.from, to: self.to }
    }
}

/// Cuts a chain's span into stretches.
pub(super) fn state_intervals(chain: &StateChain, span: TimeSpan, settings: &Settings) -> Vec<StateInterval> {
    let TimeSpan { from: first, to: last } = span;
    let (step, steps) = (chain.step, chain.steps);
    let path = smooth(chain.best_path(), (settings.least_hours * 3_600.0 / step as f64).ceil() as usize);
    let sure = chain.probabilities();
    let at = |step_number: usize| first + step_number as i64 * step;
    let mut all: Vec<StateInterval> = Vec::new();
    let mut begin = 0;
    for end in 1..=steps {
        if end < steps && path[end] == path[begin] {
            continue;
        }
        let state = path[begin].checked_sub(1);
        let mut stretch =
            StateInterval { state, from: at(begin), from_between: (first, first), to: last, to_between: (last, last) };
        if let Some(before) = all.last_mut() {
            // A change lies after the one before it: where a stretch was never sure, the search
            // would run past its beginning.
            let after = usize::try_from((before.from - first) / step).unwrap_or(0) + 1;
            let change = PathChange { before: path[begin - 1], next: path[begin], after, at: begin, end };
            let boundary = change.boundary(&sure, settings.sure);
            let between = (at(boundary.earliest), at(boundary.latest));
            (before.to, before.to_between) = (at(boundary.change), between);
            (stretch.from, stretch.from_between) = (at(boundary.change), between);
        }
        all.push(stretch);
        begin = end;
    }
    all
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

/// A change of state on the most probable path. Places are steps.
struct PathChange {
    /// The state before it, and the one after it.
    before: usize,
    next: usize,
    /// It lies from this step on, as the change before it comes first.
    after: usize,
    /// Where the path has it.
    at: usize,
    /// The end of the next state.
    end: usize,
}

/// Where a change lies: the step, and the steps between which it surely lies.
struct Boundary {
    change: usize,
    earliest: usize,
    latest: usize,
}

impl PathChange {
    /// The step at which the next state becomes more probable than the one before it, inside the two stretches, and
    /// the steps between which it surely lies.
    fn boundary(&self, sure: &[Vec<f64>], enough: f64) -> Boundary {
        let Self { before, next, after, at, end } = *self;
        let mut earliest = at;
        while earliest > 0 && sure[earliest - 1][before] < enough {
            earliest -= 1;
        }
        let mut latest = at;
        while latest < sure.len() && sure[latest][next] < enough {
            latest += 1;
        }
        let (low, high) = (earliest.max(after).min(at), latest.min(end - 1).max(at));
        let change = (low..high).find(|step| sure[*step][next] >= sure[*step][before]).unwrap_or(at);
        Boundary { change, earliest, latest }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attribution::evidence_weights::WeightedInterval;

    const HOUR: i64 = 3_600;

    fn hours(list: &[(i64, i64, f64)]) -> Vec<WeightedInterval> {
        list.iter()
            .map(|(from, to, weight)| WeightedInterval { from: from * HOUR, to: to * HOUR, weight: *weight })
            .collect()
    }

    fn by_chain(said: &[Vec<WeightedInterval>], last: i64) -> Vec<StateInterval> {
        let (span, settings) = (TimeSpan { from: 0, to: last * HOUR }, Settings::default());
        state_intervals(&StateChain::new(said, &vec![0.0; said.len()], span, &settings), span, &settings)
    }

    fn cut(said: &[Vec<WeightedInterval>], last: i64) -> Vec<(Option<usize>, i64, i64)> {
        by_chain(said, last)
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
        let stretches = by_chain(&[hours(&one), hours(&two)], 480);
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
