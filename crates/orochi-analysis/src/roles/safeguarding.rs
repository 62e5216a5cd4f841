//! Marks of exploitation in the data of somebody close to a line, and of a home taken over; each suggests
//! a referral, none proves.
//!
//! Sources of the marks: Home Office, *Criminal exploitation of children and vulnerable adults: county lines* (2023),
//! signs to look for: missing from home or school, excessive calls or texts, a home used by others.
//! The thresholds are assumed.

use std::collections::{BTreeMap, BTreeSet};

use orochi_model::{finding::Reason, locator::Locator, problem::Problem, sentence::Sentence};

use super::role_rules::RoleHypothesis;
use super::{AttributedLine, Referral, Role, Settings};
use crate::facts::night::SLEEP;
use crate::registrations::{
    CaseRegistrations, nights::nights, phone_track::PhoneTrack, phone_track::load_tracks, places::distance,
};
use crate::time_span::TimeSpan;
use crate::traffic::graph::ContactGraph;
use crate::uk_clock::UkClock;

struct SafeguardingMarks<'a> {
    settings: &'a Settings,
    clock: UkClock,
}

/// Referrals about a line.
pub(super) fn referrals(
    registrations: &CaseRegistrations<'_>,
    known: &ContactGraph,
    line: &AttributedLine,
    roles: &[RoleHypothesis],
    settings: &Settings,
) -> Result<Vec<Referral>, Problem> {
    let of = |wanted: &[Role]| -> BTreeSet<u32> {
        roles.iter().filter(|hypothesis| wanted.contains(&hypothesis.role)).map(|hypothesis| hypothesis.id).collect()
    };
    let workers = of(&[Role::Holder, Role::Runner]);
    let customers = of(&[Role::Customer, Role::RepeatContact]);
    let ids: Vec<u32> = workers.iter().chain(customers.difference(&workers)).copied().collect();
    let mut wanted: Vec<&str> = line.numbers.iter().map(String::as_str).collect();
    let own = wanted.len();
    wanted.extend(ids.iter().map(|id| known.number(*id).name.as_str()));
    let all = load_tracks(registrations, &wanted)?;
    let phone = PhoneTrack::merged("", &all[..own]);
    // Calls are looked at as well as registrations: the wall must stand over both.
    let mut instants: Vec<i64> =
        all.iter().filter_map(PhoneTrack::span).flat_map(|(first, last)| [first, last]).collect();
    let numbers = ids.iter().map(|id| known.number(*id));
    instants.extend(numbers.flat_map(|number| [number.first, number.last]).map(|at| at.div_euclid(1_000_000)));
    let first = instants.iter().min().copied().unwrap_or_default();
    let last = instants.iter().max().copied().unwrap_or_default();
    let marks = SafeguardingMarks { settings, clock: UkClock::spanning(first, last)? };
    let mut referrals = Vec::new();
    for (id, seen) in ids.iter().zip(&all[own..]) {
        let worker = workers.contains(id);
        let mut reasons = Vec::new();
        if worker {
            reasons.extend(marks.nights_away(seen)?);
            reasons.extend(marks.school_days(seen, &phone)?);
            reasons.extend(marks.line_calls(known, *id, line, &workers)?);
        } else {
            reasons.extend(marks.line_phone_nights(seen, &phone)?);
        }
        let enough = if worker { settings.marks as usize } else { 1 };
        if reasons.len() < enough {
            continue;
        }
        let statement = if worker {
            "The use of this phone shows signs that are also seen where a child or an adult is being exploited. Before \
             anything else, find out who uses it and consider a safeguarding referral. The person may be a victim."
        } else {
            "On some nights the line's phone used a mast near the one that this phone usually uses overnight. Consider \
             whether a home has been taken over, and a safeguarding referral. The person may be a victim."
        };
        referrals.push(Referral {
            number: known.number(*id).name.clone(),
            line: line.numbers.first().cloned().unwrap_or_default(),
            statement: Sentence::opinion(statement)?,
            reasons,
        });
    }
    Ok(referrals)
}

impl SafeguardingMarks<'_> {
    /// Where a phone is on most nights: the night's place that is near most others.
    fn usual_place(&self, seen: &PhoneTrack, nights: &BTreeMap<i64, usize>) -> Option<(f64, f64)> {
        let place = |i: usize| (seen.track.registrations[i].latitude, seen.track.registrations[i].longitude);
        let near =
            |i: usize| nights.values().filter(|j| distance(place(i), place(**j)) <= self.settings.night_near_m).count();
        let best = nights.values().max_by_key(|i| (near(**i), std::cmp::Reverse(**i)))?;
        Some(place(*best))
    }

    fn mark(&self, text: String, mut evidence: Vec<Locator>) -> Result<Option<Reason>, Problem> {
        evidence.truncate(self.settings.evidence_rows as usize);
        Ok(Some(Reason { text: Sentence::fact(text)?, supports: true, evidence }))
    }

    /// Nights in a row far from where the phone is on most nights.
    fn nights_away(&self, seen: &PhoneTrack) -> Result<Option<Reason>, Problem> {
        let own = nights(seen, &self.clock, TimeSpan::ALWAYS);
        let Some(usual) = self.usual_place(seen, &own) else { return Ok(None) };
        let far: Vec<(i64, usize)> = own
            .iter()
            .map(|(night, place)| (*night, *place))
            .filter(|(_, i)| {
                let one = seen.track.registrations[*i];
                distance(usual, (one.latitude, one.longitude)) > self.settings.away_m
            })
            .collect();
        let longest = far.chunk_by(|a, b| b.0 == a.0 + 1).max_by_key(|run| run.len()).map_or(0, <[_]>::len);
        if (longest as f64) < self.settings.away_nights {
            return Ok(None);
        }
        let text = format!(
            "On {} of {} nights, {longest} of them in a row, the phone was registered more than {:.0} km from the \
             masts that it used on most nights.",
            far.len(),
            own.len(),
            self.settings.away_m / 1_000.0,
        );
        self.mark(text, far.iter().map(|(_, i)| seen.rows[*i].clone()).collect())
    }

    /// School days on which the phone was near the line's between nine and three.
    fn school_days(&self, seen: &PhoneTrack, phone: &PhoneTrack) -> Result<Option<Reason>, Problem> {
        let mut days: BTreeMap<i64, usize> = BTreeMap::new();
        for (place, one) in seen.track.registrations.iter().enumerate() {
            let (day, seconds) = self.clock.day_and_second(one.at);
            // Day 0 was a Thursday.
            let weekend = (day + 3).rem_euclid(7) >= 5;
            if weekend || !(9 * 3_600..15 * 3_600).contains(&seconds) || days.contains_key(&day) {
                continue;
            }
            let line = &phone.track.registrations;
            let from = line.partition_point(|other| other.at < one.at - 1_800);
            let until = line.partition_point(|other| other.at <= one.at + 1_800);
            let here = (one.latitude, one.longitude);
            let near =
                |i: &usize| distance(here, (line[*i].latitude, line[*i].longitude)) <= self.settings.night_near_m;
            if (from..until).any(|i| near(&i)) {
                days.insert(day, place);
            }
        }
        if (days.len() as f64) < self.settings.school_days {
            return Ok(None);
        }
        let text = format!(
            "On {} weekdays between 09:00 and 15:00 the phone used cells near those of the line's phone. School \
             holidays are not taken into account.",
            days.len()
        );
        self.mark(text, days.values().map(|i| seen.rows[*i].clone()).collect())
    }

    /// Many calls from the line and its people, or calls from them at night.
    fn line_calls(
        &self,
        known: &ContactGraph,
        id: u32,
        line: &AttributedLine,
        workers: &BTreeSet<u32>,
    ) -> Result<Option<Reason>, Problem> {
        let callers: BTreeSet<u32> = line.ids.iter().chain(workers).copied().filter(|other| *other != id).collect();
        let mut by_day: BTreeMap<i64, u32> = BTreeMap::new();
        let mut night = 0;
        for other in callers {
            let Some(pair) = known.pair(id, other) else { continue };
            for (at, own) in pair.calls(id > other) {
                if own {
                    continue;
                }
                let (day, seconds) = self.clock.day_and_second(at.div_euclid(1_000_000));
                *by_day.entry(day).or_default() += 1;
                night += u32::from(SLEEP.has(seconds));
            }
        }
        let total: u32 = by_day.values().sum();
        let a_day = f64::from(total) / by_day.len().max(1) as f64;
        if a_day < self.settings.calls_a_day && f64::from(night) < self.settings.night_calls {
            return Ok(None);
        }
        let text = format!(
            "The line, and numbers that may work for it, rang this number {total} times on {} days, {a_day:.0} times a \
             day. Of these calls, {night} came between 23:00 and 06:00.",
            by_day.len()
        );
        self.mark(text, Vec::new())
    }

    /// Nights that the line's phone spends near the usual place of somebody of its customer base.
    fn line_phone_nights(&self, seen: &PhoneTrack, phone: &PhoneTrack) -> Result<Option<Reason>, Problem> {
        let own = nights(seen, &self.clock, TimeSpan::ALWAYS);
        let Some(usual) = self.usual_place(seen, &own) else { return Ok(None) };
        let near: Vec<(i64, usize)> = nights(phone, &self.clock, TimeSpan::ALWAYS)
            .into_iter()
            .filter(|(_, i)| {
                let one = phone.track.registrations[*i];
                distance(usual, (one.latitude, one.longitude)) <= self.settings.night_near_m / 5.0
            })
            .collect();
        if (near.len() as f64) < self.settings.guest_nights {
            return Ok(None);
        }
        let text = format!(
            "On {} nights the line's phone used a mast within {:.1} km of the one that this phone used on most nights. \
             In a small town many people live near one mast.",
            near.len(),
            self.settings.night_near_m / 5_000.0
        );
        self.mark(text, near.iter().map(|(_, i)| phone.rows[*i].clone()).collect())
    }
}
