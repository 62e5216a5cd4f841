//! Overnight cells: of each night (22:00 to 07:00, British civil time) the registrations nearest
//! to 03:00 of both phones.

use super::StrandReason;
use crate::attribution::Settings;
use crate::registrations::{nights::nights, phone_track::PhoneTrack, places::distance};
use crate::time_span::TimeSpan;
use crate::uk_clock::UkClock;

pub(super) fn reasons(
    line: &PhoneTrack,
    own: &PhoneTrack,
    clock: &UkClock,
    span: TimeSpan,
    settings: &Settings,
) -> Vec<StrandReason> {
    let (of_line, of_own) = (nights(line, clock, span), nights(own, clock, span));
    let (mut both, mut near, mut apart) = (0, Vec::new(), Vec::new());
    for (night, i) in &of_line {
        let Some(j) = of_own.get(night) else { continue };
        let (a, b) = (line.track.registrations[*i], own.track.registrations[*j]);
        let metres = distance((a.latitude, a.longitude), (b.latitude, b.longitude));
        both += 1;
        if metres <= settings.night_near_m {
            near.push((*i, *j));
        } else if metres > settings.night_apart_m {
            apart.push((*i, *j));
        }
    }
    let rows =
        |of: &[(usize, usize)]| of.iter().flat_map(|(i, j)| [line.rows[*i].clone(), own.rows[*j].clone()]).collect();
    let km = |metres: f64| metres / 1_000.0;
    let mut reasons = Vec::new();
    if !near.is_empty() {
        let text = format!(
            "On {} of {both} nights on which both phones were registered between 22:00 and 07:00, the masts used \
             nearest to 03:00 stand no more than {} km apart.",
            near.len(),
            km(settings.night_near_m)
        );
        reasons.push(StrandReason::supporting(text, rows(&near)));
    }
    if !apart.is_empty() {
        let text = format!(
            "On {} of {both} nights on which both phones were registered between 22:00 and 07:00, the masts used \
             nearest to 03:00 stand more than {} km apart.",
            apart.len(),
            km(settings.night_apart_m)
        );
        reasons.push(StrandReason::opposing(text, rows(&apart)));
    }
    reasons
}
