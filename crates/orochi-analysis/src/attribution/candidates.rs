//! Numbers whose movements are compared with the line's phone.

use orochi_case::Cancellation;
use orochi_colocation::{CoMovementSettings, Scene};
use orochi_model::problem::Problem;
use rayon::prelude::*;

use super::Settings;
use super::chain::{StateChain, days_with_line};
use super::evidence_weights::{WeightedInterval, WindowedSum};
use super::spells::{StateInterval, state_intervals};
use super::strands::CandidateContacts;
use crate::registrations;
use crate::time_span::TimeSpan;

/// What counts for and against candidates. The line is place 0 of the scene, candidates follow.
pub(super) struct CandidateWeights {
    /// Over time: pairs of registrations, contacts with the line and with others, and going along with others.
    pub(super) said: Vec<Vec<WeightedInterval>>,
    /// At each change of hand.
    before: Vec<f64>,
    /// Places of the candidates with whom each was in contact.
    acquainted: Vec<Vec<usize>>,
}

impl CandidateWeights {
    /// Weighs these candidates over the whole time, as if no other line's phone were known.
    ///
    /// # Errors
    /// When the work was cancelled.
    pub(super) fn new(
        scene: &Scene<'_>,
        contacts: &CandidateContacts,
        candidates: &[&str],
        settings: &Settings,
        weighing: &registrations::Settings,
        cancellation: &Cancellation,
    ) -> Result<Self, Problem> {
        let pair_settings = co_movement_settings(settings, weighing);
        let of = |place: usize| -> Result<Vec<WeightedInterval>, Problem> {
            cancellation.check()?;
            let co_movements = scene.co_movements(0, place, &pair_settings).into_iter();
            let co_movements =
                co_movements.map(|one| WeightedInterval::at_instant(one.at, settings.sighting_weight * one.log_ratio));
            let direct = contacts.times(place).map(|time| WeightedInterval::at_instant(time, -settings.contact));
            let elsewhere = other_line_weights(contacts.elsewhere(place).iter().map(|one| one.at), settings);
            Ok(co_movements.chain(direct).chain(elsewhere).collect())
        };
        let count = candidates.len();
        let common: Vec<(f64, usize)> = (1..=count).map(|place| contacts.in_common(place)).collect();
        Ok(Self {
            said: (1..=count).into_par_iter().map(of).collect::<Result<_, _>>()?,
            before: weights_in_common(&common, settings.in_common),
            acquainted: contacts.mutual_contacts(candidates),
        })
    }

    /// What is said of each candidate around each step of so many seconds.
    pub(super) fn local(&self, step: i64) -> Vec<WindowedSum> {
        self.said.iter().map(|said| WindowedSum::new(said, step)).collect()
    }

    /// The chain. A first pass says how long each candidate's phone goes with the line's in all; in the second, who has
    /// had the line's phone is the more probable to have it again, and so is who is in contact with others who have:
    /// few have it, they take turns and know each other, while those who are near once are many.
    pub(super) fn chain(&self, span: TimeSpan, settings: &Settings) -> StateChain {
        let days = days_with_line(&self.said, &self.before, span, settings);
        let again = |days: &f64| settings.again * ((days + settings.again_days) / (1.0 + settings.again_days)).ln();
        let known = acquaintance_weights(&self.acquainted, &days, settings);
        let all = self.before.iter().zip(&days).zip(known);
        let before: Vec<f64> = all.map(|((before, days), known)| before + again(days) + known).collect();
        StateChain::new(&self.said, &before, span, settings)
    }

    /// Stretches of time.
    pub(super) fn state_intervals(&self, span: TimeSpan, settings: &Settings) -> Vec<StateInterval> {
        state_intervals(&self.chain(span, settings), span, settings)
    }

    /// Places of the candidates in a spell: that whose spell it is, then by what counts for and against them in it;
    /// those of whom nothing is known there come last.
    pub(super) fn ranked(&self, stretch: &StateInterval) -> Vec<usize> {
        let score = |(place, said): (usize, &Vec<WeightedInterval>)| {
            let inside = said.iter().filter(|one| one.to >= stretch.from && one.from < stretch.to);
            let (count, sum) = inside.fold((0, 0.0), |(count, sum), one| (count + 1, sum + one.weight));
            (stretch.state == Some(place), count > 0, sum + self.before[place], place)
        };
        let mut all: Vec<(bool, bool, f64, usize)> = self.said.iter().enumerate().map(score).collect();
        all.sort_by(|x, y| (y.0, y.1).cmp(&(x.0, x.1)).then(y.2.total_cmp(&x.2)).then(x.3.cmp(&y.3)));
        all.into_iter().map(|one| one.3 + 1).collect()
    }
}

/// How it is weighed who goes along with a line's phone.
pub(super) fn co_movement_settings(settings: &Settings, weighing: &registrations::Settings) -> CoMovementSettings {
    CoMovementSettings {
        gap_s: weighing.max_gap_s as i64,
        every_s: (settings.sighting_minutes * 60.0) as i64,
        memory_s: settings.memory_hours * 3_600.0,
        stray: settings.stray,
    }
}

/// What contacts with other lines (in order of time) count against a candidate: those of one step count
/// once, as they hang together.
fn other_line_weights(times: impl Iterator<Item = i64>, settings: &Settings) -> impl Iterator<Item = WeightedInterval> {
    let step = settings.step_s();
    let mut last = None;
    let first = times.filter(move |time| last.replace(time.div_euclid(step)) != Some(time.div_euclid(step)));
    first.map(|time| WeightedInterval::at_instant(time, -settings.other_contact))
}

/// What contacts in common with the line count for each candidate: the power of what is found over what a number with
/// as many contacts has in the mean. A line with many customers shares some with everybody.
fn weights_in_common(all: &[(f64, usize)], power: f64) -> Vec<f64> {
    /// Put to both, so that few contacts say little.
    const DOUBT: f64 = 0.5;
    let (found, contacts) = all.iter().fold((0.0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    let mean = found / contacts.max(1) as f64;
    let of = |one: &(f64, usize)| power * ((one.0 + DOUBT) / (mean * one.1 as f64 + DOUBT)).ln();
    all.iter().map(of).collect()
}

/// What contact with others whose phones went with the line's so many days counts for each candidate: the power of the
/// share of the others' time that its acquaintances had, over the mean of all. `acquainted` are
/// the places of each one's.
fn acquaintance_weights(acquainted: &[Vec<usize>], days: &[f64], settings: &Settings) -> Vec<f64> {
    /// Less time than this is no measure of a share, days.
    const LEAST: f64 = 0.5;
    let total: f64 = days.iter().sum();
    let share = |(theirs, own): (&Vec<usize>, &f64)| -> f64 {
        theirs.iter().map(|place| days[*place]).sum::<f64>() / (total - own).max(LEAST)
    };
    let shares: Vec<f64> = acquainted.iter().zip(days).map(share).collect();
    let put = settings.acquainted_share;
    let mean = shares.iter().sum::<f64>() / shares.len().max(1) as f64;
    shares.iter().map(|share| settings.acquainted * ((share + put) / (mean + put)).ln()).collect()
}

/// Whether movements in a spell, taken together, speak for the number that goes best: where they do not,
/// it is said to be nobody's.
pub(super) fn is_supported(scene: &Scene<'_>, stretch: &StateInterval) -> bool {
    let ratio = |place: usize| scene.score(0, place + 1, (stretch.from, stretch.to)).log10_lr;
    stretch.state.and_then(ratio).is_some_and(|ratio| ratio > 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contacts_with_other_lines_count_once_in_a_step() {
        let settings = Settings::default();
        let said: Vec<i64> =
            other_line_weights([0, 60, 1_799, 1_800, 9_000].into_iter(), &settings).map(|one| one.from).collect();
        assert_eq!(said, vec![0, 1_800, 9_000]);
    }

    #[test]
    fn who_knows_those_who_had_the_phone_counts_more_than_who_does_not() {
        let settings = Settings { acquainted: 1.0, acquainted_share: 0.1, ..Settings::default() };
        // The first had it eight days; the second knows the first, the third knows a fourth who never had it.
        let found = acquaintance_weights(&[vec![1], vec![0], vec![3], vec![2]], &[8.0, 2.0, 0.0, 0.0], &settings);
        let mean = (1.0 + 1.0) / 4.0 + 0.1;
        let wanted = [(1.1_f64 / mean).ln(), (1.1_f64 / mean).ln(), (0.1_f64 / mean).ln()];
        assert!(found.iter().zip(wanted).all(|(found, wanted)| (found - wanted).abs() < 1e-9), "{found:?}");
        assert_eq!(
            acquaintance_weights(&[vec![], vec![]], &[3.0, 0.0], &settings),
            vec![0.0; 2],
            "nobody knows anybody"
        );
    }

    #[test]
    fn contacts_in_common_count_against_what_chance_gives() {
        let found = weights_in_common(&[(4.0, 20), (1.0, 40), (0.0, 40)], 1.5);
        assert!(found[0] > 1.0 && found[1] < 0.0 && found[2] < found[1], "{found:?}");
        assert_eq!(weights_in_common(&[(0.0, 0)], 1.5), vec![0.0]);
    }
}
