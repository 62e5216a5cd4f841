//! A line's phone weighed by itself, as if no other line's phone were known: how probably each candidate's phone goes
//! with it at each step, and how much speaks for it around then.

use std::collections::BTreeMap;

use orochi_colocation::Scene;
use orochi_model::problem::Problem;

use super::candidates::Weighed;
use super::lines::Lines;
use super::spells::Said;
use super::{Line, strands};
use crate::registrations::{TrackSet, phone_track::PhoneTrack};

/// A line by itself.
pub(super) struct Alone {
    /// The line's phone.
    pub phone: PhoneTrack,
    /// Its candidates, by number: their places in the others.
    pub candidates: BTreeMap<String, usize>,
    /// By candidate and step, the first at `first`: how probably its phone goes with this line's.
    pub sure: Vec<Vec<f64>>,
    /// The first step, counted from 1970.
    pub first: i64,
    /// By candidate: what speaks for and against it.
    pub local: Vec<Local>,
}

impl Alone {
    /// Weighs a line; none where no cells of its own are held.
    pub(super) fn load(lines: &Lines<'_>, numbers: &[String]) -> Result<Option<Self>, Problem> {
        let Lines { registrations, settings, weighing, model, known, .. } = *lines;
        let numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();
        let (phone, near) = lines.near(numbers.first().copied().unwrap_or_default(), &numbers)?;
        let Some((first, last)) = phone.span() else { return Ok(None) };
        let compared: Vec<&str> = near.compared.iter().map(String::as_str).collect();
        let mut held = TrackSet::without_population(registrations, vec![phone], &compared)?;
        let contacts = strands::contacts(registrations.tables, &held, &Line { numbers: &numbers, known })?;
        let weigh = weighing.weighing();
        let scene = Scene::new(&held.registration_tracks(), registrations.ground(), model, &weigh);
        let weighed = Weighed::new(&scene, &contacts, &compared, settings, weighing);
        let chain = weighed.chain((first, last + 1), settings);
        let mut sure = vec![Vec::with_capacity(chain.steps); held.subjects - 1];
        for step in chain.probabilities() {
            sure.iter_mut().zip(&step[1..]).for_each(|(all, sure)| all.push(*sure));
        }
        let candidates = (0..).zip(compared).map(|(place, number)| (number.to_owned(), place)).collect();
        let local = weighed.local(chain.step);
        Ok(Some(Self {
            phone: held.tracks.swap_remove(0),
            candidates,
            sure,
            first: first.div_euclid(chain.step),
            local,
        }))
    }
}

/// What is said of a candidate around a step.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Local {
    first: i64,
    /// Sums of all before each step from the first on.
    sums: Vec<f64>,
}

impl Local {
    /// Of what is said at instants, by steps of so many seconds counted from 1970.
    pub(super) fn new(said: &[Said], step: i64) -> Self {
        let at = |one: &Said| one.from.div_euclid(step);
        let (Some(first), Some(last)) = (said.iter().map(at).min(), said.iter().map(at).max()) else {
            return Self { first: 0, sums: vec![0.0] };
        };
        let mut sums = vec![0.0; usize::try_from(last - first).unwrap_or_default() + 2];
        said.iter().for_each(|one| sums[usize::try_from(at(one) - first).unwrap_or_default() + 1] += one.weight);
        for place in 1..sums.len() {
            sums[place] += sums[place - 1];
        }
        Self { first, sums }
    }

    /// The sum from so many steps before a step to as many after it, both included.
    pub(super) fn around(&self, step: i64, beside: i64) -> f64 {
        let last = self.sums.len() as i64 - 1;
        let before = |step: i64| self.sums[(step - self.first).clamp(0, last) as usize];
        before(step + beside + 1) - before(step - beside)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Oracle: add up what lies inside.
        #[test]
        fn what_is_said_around_a_step(
            raw in prop::collection::vec((-50..50i64, -9..9i32), 0..30),
            step in -60..60i64,
            beside in 0..9i64,
        ) {
            let of = |(at, weight): &(i64, i32)| {
                Said { from: at * 10 + 3, to: at * 10 + 3, weight: f64::from(*weight) }
            };
            let said: Vec<Said> = raw.iter().map(of).collect();
            let wanted: i32 = raw.iter().filter(|one| (one.0 - step).abs() <= beside).map(|one| one.1).sum();
            prop_assert!((Local::new(&said, 10).around(step, beside) - f64::from(wanted)).abs() < 1e-9);
        }
    }
}
