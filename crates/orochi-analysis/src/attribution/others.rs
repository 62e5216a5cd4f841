//! The innocent explanation beside each candidate: the own phone goes with *another* line's phone then. One person seldom has two lines'
//! phones at once, and runners of lines that sell in one town are near each other's phones all day.
//!
//! What may surprise a reader:
//! - Two lines that one person runs together are not told from one phone: where another line's phone goes with this one's, it says nothing.
//! - How probably a candidate's phone goes with another line's is worked out among the candidates of this line, so it can be too high
//!   where whoever has the other line's phone is none of them. It counts so much a day, and much for this line's phone outweighs it.

use std::collections::{BTreeMap, BTreeSet};

use orochi_colocation::{Following, Model, Scene, SharedGround, Track};
use orochi_model::{evidence::Evidence, problem::Problem, sentence::Sentence};
use rayon::prelude::*;

use super::candidates::{contact, following, goes_along};
use super::chain::Chain;
use super::spells::Said;
use super::strands::Strands;
use super::{Line, Settings, Strand};
use crate::colocation::{self, Held, registered::Registered, seen::Seen, seen::seen};

/// How probably candidates' phones go with other lines' phones.
pub(super) struct Others {
    /// Other lines' phones of which cells are held.
    lines: Vec<Seen>,
    /// By candidate, from the first: by step since 1970, how probable it is at most, and with which of `lines`.
    along: Vec<BTreeMap<i64, (f64, usize)>>,
    /// Length of a step, seconds.
    step: i64,
}

/// What is less probable than this is not kept.
const LEAST: f64 = 0.05;
/// From this on it is said beside a candidate.
const SAID: f64 = 0.5;
/// Two lines are taken for one phone from so many pairs on.
const PAIRS: usize = 10;

impl Others {
    /// Works it out for the other lines of which numbers were near this line's phone (`met`).
    pub(super) fn load(
        registered: &Registered<'_>,
        line: &Line<'_>,
        met: &BTreeSet<String>,
        (held, strands): (&Held, &Strands<'_>),
        (model, ground): (&Model, &SharedGround),
        settings: &Settings,
        weighing: &colocation::Settings,
    ) -> Result<Self, Problem> {
        let (mut lines, mut names) = (Vec::new(), Vec::new());
        for all in line.others() {
            let numbers: Vec<&str> = all.iter().filter(|one| met.contains(*one)).map(String::as_str).collect();
            if let Some(first) = numbers.first() {
                lines.push(Seen::merged(first, &seen(registered, &numbers)?));
                names.push(all);
            }
        }
        let candidates = held.wanted - 1;
        let step = (settings.step_minutes * 60.0) as i64;
        let mut found = Self { lines, along: vec![BTreeMap::new(); candidates], step };
        if found.lines.is_empty() || settings.elsewhere == 0.0 {
            return Ok(found);
        }
        let mut tracks: Vec<&Track> = held.tracks();
        tracks.truncate(held.wanted);
        tracks.extend(found.lines.iter().map(|line| &line.track));
        let weigh = weighing.weighing();
        let scene = Scene::new(&tracks, ground, model, &weigh);
        let following = following(settings, weighing);
        for (index, numbers) in names.into_iter().enumerate() {
            if !is_one_phone(&scene, held.wanted + index, &following, settings) {
                found.add(&scene, (index, numbers.as_slice()), strands, &following, settings);
            }
        }
        Ok(found)
    }

    /// Adds how probably each candidate's phone goes with one other line's: a single pass, in which nothing is known of candidates but
    /// their movements and whether that line was in contact with them.
    fn add(
        &mut self,
        scene: &Scene<'_>,
        (index, numbers): (usize, &[String]),
        strands: &Strands<'_>,
        following: &Following,
        settings: &Settings,
    ) {
        let candidates = self.along.len();
        let Some((first, last)) = self.lines[index].span() else { return };
        let of = |place: usize| -> Vec<Said> {
            let sightings = goes_along(scene, (candidates + 1 + index, place), following, settings);
            let direct = strands.elsewhere(place).iter().filter(|one| numbers.contains(&one.number));
            sightings.chain(direct.map(|one| contact(one.at, settings.contact))).collect()
        };
        let said: Vec<Vec<Said>> = (1..=candidates).into_par_iter().map(of).collect();
        let chain = Chain::new(&said, &vec![0.0; candidates], (first, last + 1), settings);
        for (number, sure) in (0..).zip(chain.probabilities()) {
            let at = (first + number * self.step).div_euclid(self.step);
            for (along, sure) in self.along.iter_mut().zip(&sure[1..]).filter(|(_, sure)| **sure >= LEAST) {
                let most = along.entry(at).or_insert((0.0, index));
                if *sure > most.0 {
                    *most = (*sure, index);
                }
            }
        }
    }

    /// How many candidates there are.
    pub(super) fn candidates(&self) -> usize {
        self.along.len()
    }

    /// What counts against a candidate (place 1 and on).
    pub(super) fn against(&self, place: usize, settings: &Settings) -> impl Iterator<Item = Said> {
        let each = settings.elsewhere * self.step as f64 / 86_400.0;
        let middle = move |at: i64| at * self.step + self.step / 2;
        self.along[place - 1].iter().map(move |(at, (sure, _))| contact(middle(*at), each * sure))
    }

    /// The strand of a candidate in a spell.
    pub(super) fn said(
        &self,
        own: &Seen,
        place: usize,
        (from, to): (i64, i64),
        settings: &Settings,
    ) -> Result<Vec<(bool, Strand)>, Problem> {
        let mut steps: BTreeMap<usize, Vec<i64>> = BTreeMap::new();
        for (at, (sure, line)) in self.along[place - 1].range(from.div_euclid(self.step)..to.div_euclid(self.step)) {
            if *sure >= SAID {
                steps.entry(*line).or_default().push(*at);
            }
        }
        let mut all = Vec::new();
        for (line, steps) in steps {
            let line = &self.lines[line];
            let hours = steps.len() as f64 * self.step as f64 / 3_600.0;
            let text = format!(
                "In {hours:.0} hours of this period this number's phone goes best, of those compared, with the phone of another number that is \
                 taken for a line ({}). One person seldom has two lines' phones at once.",
                line.track.device
            );
            let most = settings.evidence_rows as usize;
            let evidence = self.rows(line, &steps).zip(self.rows(own, &steps)).flat_map(|(a, b)| [a, b]).take(most);
            let evidence = evidence.cloned().collect();
            all.push((false, Strand { strand: "another line's phone", text: Sentence::new(text)?, evidence }));
        }
        Ok(all)
    }

    /// Rows of a phone in some steps (in order), each once: a row may have two cells.
    fn rows<'s>(&'s self, seen: &'s Seen, steps: &'s [i64]) -> impl Iterator<Item = &'s Evidence> {
        let at = move |place: usize| seen.track.registrations[place].at.div_euclid(self.step);
        let is_new = move |place: usize| place == 0 || seen.rows[place] != seen.rows[place - 1];
        let inside = move |place: &usize| is_new(*place) && steps.binary_search(&at(*place)).is_ok();
        (0..seen.rows.len()).filter(inside).map(move |place| &seen.rows[place])
    }
}

/// Whether another line's phone goes with this one's: one phone, or one person's.
fn is_one_phone(scene: &Scene<'_>, other: usize, following: &Following, settings: &Settings) -> bool {
    let all = scene.sightings(0, other, following);
    all.len() >= PAIRS && all.iter().map(|one| one.log_ratio).sum::<f64>() > settings.one_phone
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_with_another_lines_phone_counts_as_the_setting_says() {
        let step = 1_800;
        let along = vec![(0..48).map(|at| (at, (0.5, 0))).collect(), BTreeMap::new()];
        let others = Others { lines: Vec::new(), along, step };
        let settings = Settings { elsewhere: 2.0, ..Settings::default() };
        let sum = |place: usize| others.against(place, &settings).map(|one| one.weight).sum::<f64>();
        assert!((sum(1) + 1.0).abs() < 1e-9 && sum(2) == 0.0, "{} {}", sum(1), sum(2));
        let first = others.against(1, &settings).next().map(|one| (one.from, one.to));
        assert_eq!(first, Some((900, 900)), "in the middle of its step");
        assert_eq!(others.candidates(), 2);
    }

    #[test]
    fn a_line_of_which_a_number_is_this_ones_is_no_other_line() {
        let known = [vec!["1".to_owned(), "2".to_owned()], vec!["3".to_owned()]];
        let line = Line { numbers: &["2", "4"], known: &known };
        assert_eq!(line.others().collect::<Vec<_>>(), vec![&known[1]]);
    }
}
