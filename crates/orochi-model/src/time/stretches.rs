//! Stretches between clock changes, in which one offset holds.

use super::{Instant, SECOND_US};
use crate::party::Unreadable;

/// A year of disclosure touches three stretches of a zone with summer time.
pub(super) const STRETCHES: usize = 4;

/// Civil times for which one offset holds and that no clock change makes ambiguous: from ≤ civil < to, in microseconds.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Stretch {
    pub from: i64,
    pub to: i64,
    pub offset: i64,
}

/// Asks the zone, and when the answer is certain also how far it holds.
pub(super) fn look_up(zone: &jiff::tz::TimeZone, civil_us: i64) -> Result<(Instant, Option<Stretch>), Unreadable> {
    use jiff::tz::AmbiguousOffset;
    let out_of_range = |_| Unreadable("outside the years that can be read".to_owned());
    let us = |offset: jiff::tz::Offset| i64::from(offset.seconds()) * SECOND_US;
    let civil = jiff::Timestamp::from_microsecond(civil_us).map_err(out_of_range)?;
    let civil = jiff::tz::Offset::UTC.to_datetime(civil);
    match zone.to_ambiguous_timestamp(civil).offset() {
        AmbiguousOffset::Unambiguous { offset } => {
            let utc_us = civil_us - us(offset);
            let stretch = jiff::Timestamp::from_microsecond(utc_us).ok().map(|at| stretch_around(zone, at, us(offset)));
            Ok((Instant::certain(utc_us), stretch))
        }
        AmbiguousOffset::Fold { before, after } => {
            Ok((Instant { utc_us: civil_us - us(before), alternative_us: Some(civil_us - us(after)) }, None))
        }
        AmbiguousOffset::Gap { .. } => Unreadable::because(format!(
            "{} was skipped in {} when the clocks went forward: there was no such time",
            civil.strftime("%d/%m/%Y %H:%M:%S"),
            zone.iana_name().unwrap_or("this zone")
        )),
    }
}

fn stretch_around(zone: &jiff::tz::TimeZone, at: jiff::Timestamp, offset: i64) -> Stretch {
    let us = |offset: jiff::tz::Offset| i64::from(offset.seconds()) * SECOND_US;
    // `preceding` is strict: an instant that is itself a change belongs to the stretch it begins.
    let just_after = at.checked_add(jiff::SignedDuration::from_nanos(1)).unwrap_or(at);
    let from = zone.preceding(just_after).next().map_or(i64::MIN / 2, |change| {
        let before = change
            .timestamp()
            .checked_sub(jiff::SignedDuration::from_nanos(1))
            .map_or(offset, |earlier| us(zone.to_offset(earlier)));
        change.timestamp().as_microsecond() + offset.max(before)
    });
    let to = zone
        .following(at)
        .next()
        .map_or(i64::MAX / 2, |change| change.timestamp().as_microsecond() + offset.min(us(change.offset())));
    Stretch { from, to, offset }
}
