//! A line's phone weighed by itself, as if no other line's phone were known: how probably each candidate's phone goes
//! with it at each step, and how much speaks for it around then.

use std::collections::BTreeMap;

use orochi_colocation::Scene;
use orochi_model::problem::Problem;

use super::candidates::CandidateWeights;
use super::context::AttributionContext;
use super::evidence_weights::WindowedSum;
use super::{LineNumbers, strands};
use crate::registrations::{TrackSet, phone_track::PhoneTrack};
use crate::time_span::TimeSpan;

/// A line by itself.
pub(super) struct IsolatedLine {
    /// The line's phone.
    pub phone: PhoneTrack,
    /// Its candidates, by number: their places in the others.
    pub candidates: BTreeMap<String, usize>,
    /// By candidate and step, the first at `first`: how probably its phone goes with this line's.
    pub sure: Vec<Vec<f64>>,
    /// The first step, counted from 1970.
    pub first: i64,
    /// By candidate: what speaks for and against it.
    pub local: Vec<WindowedSum>,
}

impl IsolatedLine {
    /// Weighs a line; none where no cells of its own are held.
    pub(super) fn load(lines: &AttributionContext<'_>, numbers: &[String]) -> Result<Option<Self>, Problem> {
        let AttributionContext { registrations, settings, weighing, model, known, .. } = *lines;
        let numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();
        let (phone, near) = lines.nearby_phones(numbers.first().copied().unwrap_or_default(), &numbers)?;
        let Some((first, last)) = phone.span() else { return Ok(None) };
        let compared: Vec<&str> = near.compared.iter().map(String::as_str).collect();
        let mut held = TrackSet::without_population(registrations, vec![phone], &compared)?;
        let contacts = strands::load_contacts(registrations.tables, &held, &LineNumbers { numbers: &numbers, known })?;
        let weigh = weighing.weighing();
        let scene = Scene::new(&held.registration_tracks(), registrations.ground(), model, &weigh);
        let cancellation = registrations.tables.cancellation();
        let weighed = CandidateWeights::new(&scene, &contacts, &compared, settings, weighing, &cancellation)?;
        let chain = weighed.chain(TimeSpan { from: first, to: last + 1 }, settings);
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
