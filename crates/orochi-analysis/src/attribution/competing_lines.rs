//! The innocent explanation beside each candidate: the own phone goes with *another* line's phone then. One person
//! seldom has two lines' phones at once, and runners of lines that sell in one town are near
//! each other's phones all day.
//!
//! What may surprise a reader:
//! - Each other line is weighed by itself, among those who were near *its* phone: whoever has it may never have been
//!   near this line's, and would be taken for one of those who were.
//! - A number that goes with both lines' phones as far as each line knows is asked which it goes better with just then.
//!   Otherwise either line would give it to the other.
//! - Two lines that one person runs together are not told from one phone: where another line's phone goes with this
//!   one's, or SIMs of both sat in one handset at one time, it says nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use orochi_colocation::Scene;
use orochi_model::{locator::Locator, problem::Problem, sentence::Sentence};

use super::candidates::{CandidateWeights, co_movement_settings};
use super::context::AttributionContext;
use super::evidence_weights::{WeightedInterval, WindowedSum};
use super::isolated_line::IsolatedLine;
use super::line_isolation::isolated_line;
use super::{LineNumbers, Settings, SidedStrand, Strand};
use crate::handsets::shared_handset::numbers_sharing_handset;
use crate::registrations::{TrackSet, phone_track::PhoneTrack};
use crate::time_span::TimeSpan;

/// How probably candidates' phones go with other lines' phones.
pub(super) struct CompetingLines {
    /// Other lines.
    lines: Vec<Arc<IsolatedLine>>,
    /// By candidate, from the first: by step since 1970, how probable it is at most, and with which of `lines`.
    co_moving: Vec<BTreeMap<i64, (f64, usize)>>,
    /// Length of a step, seconds.
    step: i64,
}

/// What is less probable than this is not kept.
const LEAST: f64 = 0.01;
/// From this on it is said beside a candidate.
const SAID: f64 = 0.5;
/// Two lines are taken for one phone from so many pairs on.
const PAIRS: usize = 10;

impl CompetingLines {
    /// Works it out for the other lines of which numbers were near this line's phone (`met`).
    pub(super) fn load(
        lines: &AttributionContext<'_>,
        line: &LineNumbers<'_>,
        met: &BTreeSet<String>,
        held: &TrackSet,
        weighed: &CandidateWeights,
    ) -> Result<Self, Problem> {
        let settings = lines.settings;
        let step = settings.step_s();
        let mut found = Self { lines: Vec::new(), co_moving: vec![BTreeMap::new(); held.subjects - 1], step };
        if settings.elsewhere == 0.0 && settings.left_elsewhere == 1.0 {
            return Ok(found);
        }
        let this_line = weighed.local(step);
        let is_near = |numbers: &Vec<String>| line.is_other(numbers) && numbers.iter().any(|one| met.contains(one));
        let near = lines.known.iter().enumerate().filter(|(_, numbers)| is_near(numbers));
        let theirs = near.clone().flat_map(|(_, numbers)| numbers).map(String::as_str).collect();
        let tables = lines.registrations.tables;
        let one_handset = numbers_sharing_handset(tables, line.numbers, &theirs, lines.sharing)?;
        for (place, numbers) in near {
            if numbers.iter().any(|number| one_handset.contains(number)) {
                continue;
            }
            let Some(other) = isolated_line(lines, place)? else { continue };
            if !is_one_phone(&held.tracks[0], &other.phone, lines) {
                found.add(other, &held.tracks[1..held.subjects], &this_line, settings);
            }
        }
        Ok(found)
    }

    /// Adds how probably each candidate's phone goes with one other line's; `this_line` is what is said
    /// of each for this line's.
    fn add(
        &mut self,
        other: Arc<IsolatedLine>,
        candidates: &[PhoneTrack],
        this_line: &[WindowedSum],
        settings: &Settings,
    ) {
        let index = self.lines.len();
        let beside = (settings.around_days * 43_200.0 / self.step as f64) as i64;
        for ((co_moving, candidate), this_line) in self.co_moving.iter_mut().zip(candidates).zip(this_line) {
            let Some(place) = other.candidates.get(&candidate.track.device) else { continue };
            let other_line = &other.local[*place];
            for (at, sure) in (other.first..).zip(&other.sure[*place]).filter(|(_, sure)| **sure >= LEAST) {
                let more = other_line.within(at, beside) - this_line.within(at, beside);
                let sure = sure / (1.0 + (-more / settings.better).exp());
                let most = co_moving.entry(at).or_insert((0.0, index));
                if sure > most.0 {
                    *most = (sure, index);
                }
            }
        }
        self.lines.push(other);
    }

    /// How probably a candidate's phone (place 1 and on) goes with another line's at an instant.
    pub(super) fn probability_with_other_line(&self, place: usize, at: i64) -> f64 {
        self.co_moving[place - 1].get(&at.div_euclid(self.step)).map_or(0.0, |most| most.0)
    }

    /// Puts the innocent explanation beside each candidate: while its phone goes with another line's, nearness to this
    /// line's says the less, and to have both is less probable.
    pub(super) fn discount(&self, weights: &mut CandidateWeights, settings: &Settings) {
        for (place, said) in (1..).zip(&mut weights.said) {
            for one in said.iter_mut().filter(|one| one.weight > 0.0) {
                one.weight *= 1.0 - (1.0 - settings.left_elsewhere) * self.probability_with_other_line(place, one.from);
            }
            said.extend(self.weights_against(place, settings));
        }
    }

    /// What counts against a candidate (place 1 and on).
    pub(super) fn weights_against(&self, place: usize, settings: &Settings) -> impl Iterator<Item = WeightedInterval> {
        let each = settings.elsewhere * self.step as f64 / 86_400.0;
        let middle = move |step: i64| step * self.step + self.step / 2;
        self.co_moving[place - 1]
            .iter()
            .map(move |(step, (sure, _))| WeightedInterval::at_instant(middle(*step), -each * sure))
    }

    /// The strand of a candidate in a spell.
    pub(super) fn strands(
        &self,
        own: &PhoneTrack,
        place: usize,
        span: TimeSpan,
        settings: &Settings,
    ) -> Result<Vec<SidedStrand>, Problem> {
        let mut steps: BTreeMap<usize, Vec<i64>> = BTreeMap::new();
        for (at, (sure, line)) in
            self.co_moving[place - 1].range(span.from.div_euclid(self.step)..span.to.div_euclid(self.step))
        {
            if *sure >= SAID {
                steps.entry(*line).or_default().push(*at);
            }
        }
        let mut all = Vec::new();
        for (line, steps) in steps {
            let line = &self.lines[line].phone;
            let hours = steps.len() as f64 * self.step as f64 / 3_600.0;
            let text = format!(
                "In {hours:.0} hours of this period this number's phone is more likely to have moved with the phone of \
                 another suspected line ({}) than not, and moved with it better than with this line's phone. One \
                 person seldom carries the phones of two lines.",
                line.track.device
            );
            let most = settings.evidence_rows as usize;
            let evidence = self.rows(line, &steps).zip(self.rows(own, &steps)).flat_map(|(a, b)| [a, b]).take(most);
            let evidence = evidence.cloned().collect();
            let strand = Strand { strand: "another line's phone", text: Sentence::opinion(text)?, evidence };
            all.push(SidedStrand { supports: false, strand });
        }
        Ok(all)
    }

    /// Rows of a phone in some steps (in order), each once: a row may have two cells.
    fn rows<'s>(&'s self, seen: &'s PhoneTrack, steps: &'s [i64]) -> impl Iterator<Item = &'s Locator> {
        let at = move |place: usize| seen.track.registrations[place].at.div_euclid(self.step);
        let is_new = move |place: usize| place == 0 || seen.rows[place] != seen.rows[place - 1];
        let inside = move |place: &usize| is_new(*place) && steps.binary_search(&at(*place)).is_ok();
        (0..seen.rows.len()).filter(inside).map(move |place| &seen.rows[place])
    }
}

/// Whether another line's phone goes with this one's: one phone, or one person's.
fn is_one_phone(this: &PhoneTrack, other: &PhoneTrack, lines: &AttributionContext<'_>) -> bool {
    let weigh = lines.weighing.weighing();
    let scene = Scene::new(&[&this.track, &other.track], lines.registrations.ground(), lines.model, &weigh);
    let all = scene.co_movements(0, 1, &co_movement_settings(lines.settings, lines.weighing));
    all.len() >= PAIRS && all.iter().map(|one| one.log_ratio).sum::<f64>() > lines.settings.one_phone
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_with_another_lines_phone_counts_as_the_setting_says() {
        let step = 1_800;
        let co_moving = vec![(0..48).map(|at| (at, (0.5, 0))).collect(), BTreeMap::new()];
        let others = CompetingLines { lines: Vec::new(), co_moving, step };
        let settings = Settings { elsewhere: 2.0, ..Settings::default() };
        let sum = |place: usize| others.weights_against(place, &settings).map(|one| one.weight).sum::<f64>();
        assert!((sum(1) + 1.0).abs() < 1e-9 && sum(2) == 0.0, "{} {}", sum(1), sum(2));
        let first = others.weights_against(1, &settings).next().map(|one| (one.from, one.to));
        assert_eq!(first, Some((900, 900)), "in the middle of its step");
        assert_eq!(
            (
                others.probability_with_other_line(1, 3_599),
                others.probability_with_other_line(1, 90_000),
                others.probability_with_other_line(2, 0)
            ),
            (0.5, 0.0, 0.0)
        );
    }

    /// A line whose candidate goes with its phone in each of four steps, so surely, with so much said in each.
    fn alone(number: &str, sure: f64, weight: f64) -> Arc<IsolatedLine> {
        let said: Vec<WeightedInterval> =
            (0..4).map(|step| WeightedInterval::at_instant(step * 1_800, weight)).collect();
        Arc::new(IsolatedLine {
            phone: PhoneTrack::merged("7", &[]),
            candidates: BTreeMap::from([(number.to_owned(), 0)]),
            sure: vec![vec![sure; 4]],
            first: 0,
            local: vec![WindowedSum::new(&said, 1_800)],
        })
    }

    #[test]
    fn who_goes_with_both_lines_goes_with_the_one_for_which_more_is_said() {
        let settings = Settings { around_days: 4.0 / 48.0, better: 1.0, ..Settings::default() };
        let candidates = ["1", "2"].map(|number| PhoneTrack::merged(number, &[]));
        let this_line =
            [3.0, 3.0].map(|weight| WindowedSum::new(&[WeightedInterval::at_instant(1_800, weight)], 1_800));
        let elsewhere = |number: &str, weight: f64| {
            let mut others = CompetingLines { lines: Vec::new(), co_moving: vec![BTreeMap::new(); 2], step: 1_800 };
            others.add(alone(number, 0.8, weight), &candidates, &this_line, &settings);
            [others.probability_with_other_line(1, 1_900), others.probability_with_other_line(2, 1_900)]
        };
        assert_eq!(elsewhere("1", 0.75), [0.4, 0.0], "3 here and 3 there");
        assert!(elsewhere("1", 3.0)[0] > 0.79 && elsewhere("2", -3.0)[1] < 0.01);
        assert_eq!(elsewhere("3", 3.0), [0.0, 0.0], "nobody who is compared here");
    }

    #[test]
    fn a_line_of_which_a_number_is_this_ones_is_no_other_line() {
        let known = [vec!["1".to_owned(), "2".to_owned()], vec!["3".to_owned()]];
        let line = LineNumbers { numbers: &["2", "4"], known: &known };
        assert_eq!(line.others().collect::<Vec<_>>(), vec![&known[1]]);
    }
}
