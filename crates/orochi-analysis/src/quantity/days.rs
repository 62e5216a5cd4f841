//! What is counted: customer-days, contacts of a day, and what is left out of them.
//!
//! A pure function of what was seen and the thresholds, so that it can be counted again with one of them changed.

use std::collections::{BTreeMap, BTreeSet};

use super::line_traffic::{LineTraffic, NumberTraffic};
use super::{ExclusionReason, Settings};
use crate::facts::burst;
use crate::traffic::event_store::{CALL, NO_DURATION};
use crate::traffic::number_events::NumberEvent;

/// A number on a day.
pub(super) type NumberDay = (u32, i32);

/// How a contact of a day was dealt with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum ContactResponse {
    /// Neither spoken to nor called or texted back.
    Unanswered,
    /// Spoken to longer than the threshold, not called or texted back.
    Answered,
    /// Called or texted back by the line or an associate.
    Confirmed,
}

/// One contact on one day.
#[derive(Clone, Debug)]
pub(super) struct DayContact {
    pub dealt: ContactResponse,
    /// Exchanges of that day that the contact started, confirmed or spoken in.
    pub exchanges: u32,
    /// The events it rests on.
    pub events: Vec<u32>,
}

/// Everything counted.
#[derive(Clone, Debug, Default)]
pub(super) struct QuantityCounts {
    /// The customer base, with the first text of a burst to each.
    pub base: BTreeMap<u32, u32>,
    pub bursts: usize,
    /// Customer-days counted, with the events each rests on.
    pub days: BTreeMap<NumberDay, Vec<u32>>,
    /// Contacts by day.
    pub contacts: BTreeMap<NumberDay, DayContact>,
    /// What was left out, by reason, number and day, with its events.
    pub left_out: BTreeMap<(ExclusionReason, u32, Option<i32>), Vec<u32>>,
}

impl QuantityCounts {
    /// Counts.
    pub(super) fn from_traffic(seen: &LineTraffic, settings: &Settings, rule: burst::BurstRule) -> Self {
        let bursts = seen.bursts(rule);
        let many = bursts.iter().map(Vec::len).sum();
        let mut counts = Self { base: seen.customer_base(&bursts), bursts: many, ..Self::default() };
        let mut met: BTreeSet<u32> = BTreeSet::new();
        for (number, bursts) in seen.numbers.iter().zip(&bursts) {
            let texts = || bursts.iter().flat_map(|burst| &burst.texts);
            let burst: BTreeSet<u32> = texts().map(|text| text.key).collect();
            let mut told: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
            texts().for_each(|text| told.entry(text.to).or_default().push(text.at));
            let mut of: BTreeMap<u32, Vec<NumberEvent>> = BTreeMap::new();
            for item in number.items.iter().filter(|item| !seen.own.contains(&item.other)) {
                of.entry(item.other).or_default().push(*item);
            }
            for (other, items) in of {
                met.insert(other);
                if seen.associates.contains(&other) || !seen.is_carried_phone(other) {
                    let why = if seen.associates.contains(&other) {
                        ExclusionReason::Associate
                    } else {
                        ExclusionReason::NotAPhone
                    };
                    let ids = items.iter().filter(|item| !item.out).map(|item| item.id);
                    counts.leave(why, other, None, ids);
                    continue;
                }
                let automatic = automatic(&items, told.get(&other).map_or(&[], Vec::as_slice), settings);
                for item in items.iter().filter(|item| automatic.contains(&item.id)) {
                    counts.leave(ExclusionReason::AutomaticReply, other, Some(seen.clock.day(item.at)), [item.id]);
                }
                let items: Vec<NumberEvent> = items
                    .into_iter()
                    .filter(|item| !automatic.contains(&item.id) && !burst.contains(&item.id))
                    .collect();
                counts.exchanges(seen, other, &items, settings);
            }
        }
        counts.drop_single_days(settings);
        counts
    }

    fn leave(&mut self, why: ExclusionReason, number: u32, day: Option<i32>, events: impl IntoIterator<Item = u32>) {
        let mut events = events.into_iter().peekable();
        if events.peek().is_some() {
            self.left_out.entry((why, number, day)).or_default().extend(events);
        }
    }

    /// One contact's communications with one number, cut into exchanges.
    fn exchanges(&mut self, seen: &LineTraffic, other: u32, items: &[NumberEvent], settings: &Settings) {
        let gap = (settings.exchange_minutes * 60.0) as u32;
        let member = self.base.contains_key(&other);
        let mut not_base = Vec::new();
        for exchange in items.chunk_by(|a, b| b.at - a.at <= gap) {
            let started = !exchange[0].out;
            // Days of incoming communications; one exchange may run over midnight.
            for of_day in exchange.chunk_by(|a, b| seen.clock.day(a.at) == seen.clock.day(b.at)) {
                let incoming: Vec<&NumberEvent> = of_day.iter().filter(|item| !item.out).collect();
                let Some(first) = incoming.first() else { continue };
                let day = seen.clock.day(first.at);
                let ids = || incoming.iter().map(|item| item.id);
                if !started {
                    self.leave(ExclusionReason::LineStarted, other, Some(day), ids());
                    continue;
                }
                self.contact(seen, (other, day), of_day, settings);
                if !member {
                    not_base.extend(ids());
                    continue;
                }
                let counted: Vec<u32> =
                    incoming.iter().filter(|item| counts(item, settings)).map(|item| item.id).collect();
                if counted.is_empty() {
                    let dropped = incoming.iter().all(|item| seconds(item) <= settings.dropped_seconds);
                    let why = if dropped { ExclusionReason::DroppedCall } else { ExclusionReason::ShortCall };
                    self.leave(why, other, Some(day), ids());
                } else {
                    self.days.entry((other, day)).or_default().extend(counted);
                }
            }
        }
        self.leave(ExclusionReason::NotInBase, other, None, not_base);
    }

    fn contact(&mut self, seen: &LineTraffic, key: NumberDay, of_day: &[NumberEvent], settings: &Settings) {
        let within = (settings.back_minutes * 60.0) as u32;
        let back = |item: &NumberEvent| {
            let soon = |at: u32| at >= item.at && at - item.at <= within && seen.clock.day(at) == key.1;
            let by_line = of_day.iter().find(|one| one.out && soon(one.at)).map(|one| one.id);
            let others = seen.by_associates.get(&key.0).map_or(&[] as &[_], Vec::as_slice);
            let from = others.partition_point(|one| one.0 < item.at);
            by_line.or_else(|| others.get(from).filter(|one| soon(one.0)).map(|one| one.1))
        };
        let incoming = || of_day.iter().filter(|item| !item.out);
        let answer = incoming().find_map(|item| back(item).map(|answer| vec![item.id, answer]));
        let spoken = || {
            incoming().find(|item| item.what == CALL && seconds(item) > settings.call_seconds).map(|item| vec![item.id])
        };
        let (dealt, events) = match answer {
            Some(events) => (ContactResponse::Confirmed, events),
            None => match spoken() {
                Some(events) => (ContactResponse::Answered, events),
                None => (ContactResponse::Unanswered, incoming().map(|item| item.id).collect()),
            },
        };
        let contact = self.contacts.entry(key).or_insert(DayContact {
            dealt: ContactResponse::Unanswered,
            exchanges: 0,
            events: Vec::new(),
        });
        contact.exchanges += u32::from(dealt > ContactResponse::Unanswered);
        if dealt > contact.dealt || contact.events.is_empty() {
            contact.dealt = dealt;
            contact.events = events;
        }
    }

    /// Weeks with too few days, and days that count in spite of what was left out of them.
    fn drop_single_days(&mut self, settings: &Settings) {
        let mut weeks: BTreeMap<(u32, i32), Vec<i32>> = BTreeMap::new();
        for (other, day) in self.days.keys() {
            weeks.entry((*other, week(*day))).or_default().push(*day);
        }
        for ((other, _), days) in weeks.into_iter().filter(|(_, days)| (days.len() as f64) < settings.week_days) {
            for day in days {
                if let Some(events) = self.days.remove(&(other, day)) {
                    self.leave(ExclusionReason::SingleDay, other, Some(day), events);
                }
            }
        }
        // A call of four seconds on a day that is counted for another contact leaves no day out.
        let kept: BTreeSet<NumberDay> = self
            .days
            .keys()
            .copied()
            .chain(self.without(ExclusionReason::SingleDay).filter_map(|(other, day)| Some((other, day?))))
            .collect();
        let short: BTreeSet<NumberDay> =
            self.without(ExclusionReason::ShortCall).filter_map(|(other, day)| Some((other, day?))).collect();
        self.left_out.retain(|(why, other, day), _| match (why, day) {
            (ExclusionReason::ShortCall, Some(day)) => !kept.contains(&(*other, *day)),
            (ExclusionReason::DroppedCall, Some(day)) => {
                !kept.contains(&(*other, *day)) && !short.contains(&(*other, *day))
            }
            _ => true,
        });
        let contacts = &self.contacts;
        self.left_out.retain(|(why, other, day), _| match (why, day) {
            (ExclusionReason::LineStarted, Some(day)) => !contacts.contains_key(&(*other, *day)),
            _ => true,
        });
    }

    fn without(&self, why: ExclusionReason) -> impl Iterator<Item = (u32, Option<i32>)> {
        self.left_out.keys().filter(move |(of, _, _)| *of == why).map(|(_, other, day)| (*other, *day))
    }

    /// How many things were left out for a reason.
    pub(super) fn left(&self, why: ExclusionReason) -> usize {
        self.without(why).count()
    }

    /// Contacts dealt with in a way.
    pub(super) fn dealt(&self, dealt: ContactResponse) -> usize {
        self.contacts.values().filter(|contact| contact.dealt == dealt).count()
    }

    /// Exchanges beyond the first of a contact and day.
    pub(super) fn repeats(&self) -> u64 {
        self.contacts.values().map(|contact| u64::from(contact.exchanges.saturating_sub(1))).sum()
    }
}

/// Monday to Sunday: day 0 was a Thursday.
pub(super) fn week(day: i32) -> i32 {
    (day + 3).div_euclid(7)
}

/// Seconds talked; a call whose length is not stated counts as none, a text as more than any.
fn seconds(item: &NumberEvent) -> f64 {
    match (item.text(), item.what == CALL && item.duration != NO_DURATION) {
        (true, _) => f64::INFINITY,
        (false, true) => f64::from(item.duration),
        (false, false) => 0.0,
    }
}

/// Whether an incoming communication makes a customer-day.
fn counts(item: &NumberEvent, settings: &Settings) -> bool {
    NumberTraffic::text_in(item) || item.what == CALL && seconds(item) > settings.call_seconds
}

/// Texts of one contact that a machine sent in reply to bursts' texts: soon after, or again and again at one delay.
fn automatic(items: &[NumberEvent], told: &[u32], settings: &Settings) -> BTreeSet<u32> {
    let mut delays: Vec<(u32, u32)> = Vec::new();
    for item in items.iter().filter(|item| NumberTraffic::text_in(item)) {
        let before = told.partition_point(|at| *at <= item.at);
        if let Some(at) = before.checked_sub(1).map(|place| told[place])
            && f64::from(item.at - at) <= settings.auto_within_seconds.max(settings.auto_reply_seconds)
        {
            delays.push((item.at - at, item.id));
        }
    }
    let mut found = BTreeSet::new();
    for (delay, id) in &delays {
        let like = |one: &&(u32, u32)| f64::from(one.0.abs_diff(*delay)) <= settings.auto_spread_seconds;
        let again = delays.iter().filter(like).count();
        if f64::from(*delay) <= settings.auto_reply_seconds || again as f64 >= settings.auto_repeats {
            found.insert(*id);
        }
    }
    found
}

#[cfg(test)]
#[path = "days_tests.rs"]
mod tests;
