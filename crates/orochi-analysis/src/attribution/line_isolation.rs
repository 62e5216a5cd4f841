//! The weighing of one line's phone by itself, for the attributions of other lines.

use std::sync::Arc;

use orochi_colocation::Scene;
use orochi_model::problem::Problem;

use super::candidates::CandidateWeights;
use super::context::AttributionContext;
use super::isolated_line::IsolatedLine;
use super::{LineNumbers, strands};
use crate::registrations::TrackSet;
use crate::time_span::TimeSpan;

/// A known line, by its place, weighed by itself.
pub(super) fn isolated_line(
    lines: &AttributionContext<'_>,
    place: usize,
) -> Result<Option<Arc<IsolatedLine>>, Problem> {
    lines.isolated.line(place, || weigh(lines, &lines.known[place]))
}

/// Weighs a line; none where no cells of its own are held.
fn weigh(lines: &AttributionContext<'_>, numbers: &[String]) -> Result<Option<IsolatedLine>, Problem> {
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
    Ok(Some(IsolatedLine {
        phone: held.tracks.swap_remove(0),
        candidates,
        sure,
        first: first.div_euclid(chain.step),
        local,
    }))
}
