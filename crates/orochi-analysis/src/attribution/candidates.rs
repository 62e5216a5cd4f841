//! Numbers whose movements are compared with the line's phone.

use std::collections::BTreeMap;

use orochi_colocation::{Occasion, Scene};
use rayon::prelude::*;

use super::Settings;
use super::spells::{Said, Stretch};
use super::strands::Strands;

/// What counts for and against each candidate over the whole time: its occasions, and its contacts with the line. The line is place 0
/// of the scene, candidates follow.
pub(super) fn said(
    scene: &Scene<'_>,
    strands: &Strands<'_>,
    candidates: usize,
    span: (i64, i64),
    settings: &Settings,
) -> Vec<Vec<Said>> {
    let contact = |at: i64| Said { from: at, to: at, weight: -settings.contact };
    let of = |place: usize| {
        let occasions = scene.explain(0, place, span).1;
        let mut a_day: BTreeMap<i64, u32> = BTreeMap::new();
        occasions.iter().for_each(|one| *a_day.entry(day(one)).or_default() += 1);
        let said = |one: &Occasion| {
            let share = (settings.day_occasions / f64::from(a_day[&day(one)])).min(1.0);
            let weight = share * settings.occasion_weight * (one.by_second + settings.lift);
            Said { from: one.from, to: one.to, weight }
        };
        occasions.iter().map(said).chain(strands.in_contact(place).map(contact)).collect()
    };
    (1..=candidates).into_par_iter().map(of).collect()
}

fn day(occasion: &Occasion) -> i64 {
    occasion.from.div_euclid(86_400)
}

/// What speaks for each candidate, and against, before movements do: rare contacts in common with the line. Nobody's is 0.
pub(super) fn before(strands: &Strands<'_>, candidates: usize, settings: &Settings) -> Vec<f64> {
    let of = |place: usize| match strands.rare(place) {
        0 => -settings.stranger,
        rare => settings.shared * rare.min(4) as f64,
    };
    (1..=candidates).map(of).collect()
}

/// Places of the candidates in a spell: that whose spell it is, then the greatest ratio first.
///
/// Whose spell it is rests on contacts with the line as well: where movements alone do not tell, the number that rings the line like a
/// customer does not come first.
pub(super) fn ranked(scene: &Scene<'_>, candidates: usize, stretch: &Stretch) -> Vec<usize> {
    let score = |place: usize| {
        let score = scene.score(0, place, (stretch.from, stretch.to));
        (place, score.log10_lr, score.unbounded)
    };
    let mut all: Vec<(usize, Option<f64>, Option<f64>)> = (1..=candidates).into_par_iter().map(score).collect();
    let bounded = |one: &(usize, Option<f64>, Option<f64>)| one.1.unwrap_or(f64::NEG_INFINITY);
    let unbounded = |one: &(usize, Option<f64>, Option<f64>)| one.2.unwrap_or(f64::NEG_INFINITY);
    let own = |one: &(usize, Option<f64>, Option<f64>)| stretch.state == Some(one.0 - 1);
    all.sort_by(|x, y| {
        own(y)
            .cmp(&own(x))
            .then(bounded(y).total_cmp(&bounded(x)))
            .then(unbounded(y).total_cmp(&unbounded(x)))
            .then(x.0.cmp(&y.0))
    });
    all.into_iter().map(|one| one.0).collect()
}

/// A number that goes best and whose movements, taken together, speak against it has no spell: such stretches are nobody's, and those
/// beside each other are one.
pub(super) fn settled(scene: &Scene<'_>, stretches: Vec<Stretch>) -> Vec<Stretch> {
    let mut all: Vec<Stretch> = Vec::new();
    for mut stretch in stretches {
        let speaks_for = |place: usize| {
            let ratio = scene.score(0, place + 1, (stretch.from, stretch.to)).log10_lr;
            ratio.is_some_and(|ratio| ratio > 0.0)
        };
        stretch.state = stretch.state.filter(|place| speaks_for(*place));
        match all.last_mut() {
            Some(before) if before.state == stretch.state => {
                (before.to, before.to_between) = (stretch.to, stretch.to_between);
            }
            _ => all.push(stretch),
        }
    }
    all
}
