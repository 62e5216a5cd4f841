//! Nights of a phone, each judged by the registration nearest to 03:00, British civil time.

use std::collections::BTreeMap;

use super::phone_track::PhoneTrack;
use crate::facts::night::NIGHT;
use crate::time_span::TimeSpan;
use crate::uk_clock::UkClock;

const MIDDLE_S: i64 = 3 * 3_600;

/// For each night, named by the day since 1970 that it began on, the place of its registration among those of the
/// number. Only registrations in the span count (seconds since 1970 UTC, the end excluded).
pub(crate) fn nights(seen: &PhoneTrack, clock: &UkClock, span: TimeSpan) -> BTreeMap<i64, usize> {
    let mut nearest: BTreeMap<i64, (i64, usize)> = BTreeMap::new();
    let all = seen.track.registrations.iter().enumerate();
    for (place, one) in all.filter(|(_, one)| span.has(one.at)) {
        let (day, second) = clock.day_and_second(one.at);
        let Some(evening) = NIGHT.evening(day, second) else { continue };
        let away = if evening == day { 86_400 - second + MIDDLE_S } else { (second - MIDDLE_S).abs() };
        let best = nearest.entry(evening).or_insert((away, place));
        *best = (*best).min((away, place));
    }
    nearest.into_iter().map(|(night, (_, place))| (night, place)).collect()
}
