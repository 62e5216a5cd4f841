//! Nights: 22:00 to 07:00, British civil time, each judged by the registration nearest to 03:00.

use std::collections::BTreeMap;

use super::seen::Seen;
use crate::wall::Wall;

const HOUR_S: i64 = 3_600;
const BEGINS_S: i64 = 22 * HOUR_S;
const ENDS_S: i64 = 7 * HOUR_S;
const MIDDLE_S: i64 = 3 * HOUR_S;

/// For each night, named by the day since 1970 that it began on, the place of its registration among those of the
/// number. Only registrations in the span count (seconds since 1970 UTC, the end excluded).
pub(crate) fn nights(seen: &Seen, wall: &Wall, (from, to): (i64, i64)) -> BTreeMap<i64, usize> {
    let mut nearest: BTreeMap<i64, (i64, usize)> = BTreeMap::new();
    let all = seen.track.registrations.iter().enumerate();
    for (place, one) in all.filter(|(_, one)| from <= one.at && one.at < to) {
        let (day, second) = wall.moment(one.at);
        let (evening, away) = match second {
            late if late >= BEGINS_S => (day, 86_400 - late + MIDDLE_S),
            early if early < ENDS_S => (day - 1, (early - MIDDLE_S).abs()),
            _ => continue,
        };
        let best = nearest.entry(evening).or_insert((away, place));
        *best = (*best).min((away, place));
    }
    nearest.into_iter().map(|(night, (_, place))| (night, place)).collect()
}
