//! What a number's events say about how it is used: counts and shares, each recomputable from rows.

use std::collections::{HashMap, HashSet};

use orochi_model::party::PartyKind;

use super::exchanges::{self, Exchange};
use super::settings::Settings;
use crate::facts::burst::{self, Burst, BurstText};
use crate::facts::customers;
use crate::facts::night::NIGHT;
use crate::traffic::event_store::{EventStore, PartyCounts};
use crate::traffic::number_events::NumberEvent;
use crate::uk_clock::UkClock;

/// A figure as a column of numbers holds it.
trait FigureColumn {
    fn into_column(self) -> f64;
    fn from_column(value: f64) -> Self;
}

impl FigureColumn for f64 {
    fn into_column(self) -> f64 {
        self
    }
    fn from_column(value: f64) -> Self {
        value
    }
}

impl FigureColumn for usize {
    fn into_column(self) -> f64 {
        self as f64
    }
    fn from_column(value: f64) -> Self {
        value as usize
    }
}

impl FigureColumn for bool {
    fn into_column(self) -> f64 {
        f64::from(u8::from(self))
    }
    fn from_column(value: f64) -> Self {
        value != 0.0
    }
}

macro_rules! profile {
    ($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $field:ident: $kind:ty,)* }) => {
        $(#[$about])*
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct $name { $($(#[$doc])* pub $field: $kind,)* }

        impl $name {
            /// Version of what is counted: counts of another version are not comparable.
            pub const VERSION: &'static str = "2";
            /// Names of all figures, in the order of [`Self::row`].
            pub const FIGURES: &'static [&'static str] = &[$(stringify!($field)),*];

            /// All figures as numbers; a yes is 1.
            pub fn row(&self) -> Vec<f64> {
                vec![$(FigureColumn::into_column(self.$field)),*]
            }

            /// The profile with these figures. `None` when there are not as many as [`Self::FIGURES`].
            pub fn from_row(row: &[f64]) -> Option<Self> {
                let mut row = row.iter();
                let profile = Self { $($field: FigureColumn::from_column(*row.next()?)),* };
                row.next().is_none().then_some(profile)
            }
        }
    };
}

profile! {
    /// Counts and shares of one number. Shares are 0 to 1; one of nothing is 0.
    Profile {
        /// Days from the first to the last event.
        days: f64,
        /// Own data is held.
        held: bool,
        /// Other parties seen, senders of service messages apart.
        parties: usize,
        /// Contacts: exchanges that another party started, text replies to bursts apart.
        contacts: usize,
        /// Text replies to bursts.
        replies: usize,
        /// Contacts, replies and exchanges that the number started itself, bursts and runner apart.
        exchanges: usize,
        /// Contacting parties that come back on several days a week.
        regulars: usize,
        /// Regulars who received a burst.
        burst_regulars: usize,
        /// Contacts by regulars, of all contacts.
        regular_share: f64,
        /// Contacts that are calls, of all contacts.
        call_share: f64,
        /// Parties with contacts on one day only, of all parties with contacts.
        once_share: f64,
        /// The three most frequent parties' share of contacts.
        top_share: f64,
        /// Answered calls with a duration.
        timed_calls: usize,
        /// Answered calls no longer than `brief_seconds`.
        brief_share: f64,
        /// Answered calls no longer than `short_seconds`.
        short_share: f64,
        /// Answered calls longer than `long_seconds`.
        long_share: f64,
        /// Contacts after which the number, within `callback_minutes`, rang the contact or the runner.
        called_back: usize,
        /// Those, of all contacts.
        callback_share: f64,
        /// Contacts after which the number rang the runner.
        runner_calls: usize,
        /// Exchanges the number started itself, bursts and runner apart.
        own_share: f64,
        /// Contacting parties with whom the number starts exchanges as well, of all contacting parties.
        mutual_share: f64,
        /// Contacts in which the other party called more than once.
        retry_share: f64,
        /// Days of a party with two contacts or more, of all days of all parties with contacts.
        same_day_share: f64,
        /// Hours of the day with at least 1.5% of contacts.
        hours: usize,
        /// Contacts from 20:00 to 08:00.
        late_share: f64,
        /// Contacts from 22:00 to 07:00.
        night_share: f64,
        /// Contacts made from fixed, service or freephone numbers.
        fixed_share: f64,
        /// Days with contacts.
        active_days: usize,
        /// Bursts of texts sent.
        bursts: usize,
        /// Days with bursts.
        burst_days: usize,
        /// Different recipients of bursts.
        recipients: usize,
        /// Those of them that are phones people carry: the customer base.
        base: usize,
        /// Burst texts to numbers texted in an earlier burst.
        repeat_share: f64,
        /// Bursts that two or more recipients answered within `answer_minutes`, bare replies apart.
        answered_bursts: usize,
        /// Numbers whose first contact fell in the second half of the days with contacts.
        newcomers: usize,
    }
}

/// What the profile was counted from, for reasons to point at.
#[derive(Clone, Debug, Default)]
pub(super) struct ProfileWorkings {
    pub items: Vec<NumberEvent>,
    pub bursts: Vec<Burst>,
    pub exchanges: Vec<Exchange>,
    pub regular: HashSet<u32>,
    /// Whom the number rings after many contacts, if there is one.
    pub runner: Option<u32>,
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// A contacting party.
#[derive(Default)]
struct ContactingParty {
    contacts: u32,
    days: Vec<i32>,
    /// Contacts on the last of `days`, and how many of `days` have more than one.
    today: u32,
    busy_days: usize,
}

impl ContactingParty {
    fn regular(&self, span: f64, settings: &Settings) -> bool {
        // Longer windows give more room for two contacts by chance, so they ask for more days.
        let least = (1.0 + (span / 7.0).ceil()).clamp(2.0, 4.0);
        let (Some(first), Some(last)) = (self.days.first(), self.days.last()) else { return false };
        let weeks = f64::from(last - first + 1).max(7.0).min(span.max(3.0)) / 7.0;
        let days = self.days.len() as f64;
        days >= least && days / weeks >= settings.regular_days_a_week
    }
}

/// Studies one number of the store. `items` are its events sorted by time.
pub(super) fn study_number(
    store: &EventStore,
    number: u32,
    items: Vec<NumberEvent>,
    clock: &UkClock,
    settings: &Settings,
) -> (Profile, ProfileWorkings) {
    let parties = &store.parties;
    let reachable = |other: u32| parties.get(other as usize).is_some_and(|p| p.kind == PartyKind::Number);
    let items: Vec<NumberEvent> = items.into_iter().filter(|item| reachable(item.other)).collect();
    let held = parties.get(number as usize).is_some_and(|party| party.seen.is_held());
    let mut profile = Profile { held, ..Profile::default() };
    let mut others: Vec<u32> = items.iter().map(|item| item.other).collect();
    others.sort_unstable();
    others.dedup();
    profile.parties = others.len();
    if let (Some(first), Some(last)) = (items.first(), items.last()) {
        profile.days = f64::from(clock.day(last.at) - clock.day(first.at) + 1);
    }

    let rule = settings.burst_rule();
    let sent = (0..).zip(&items).filter(|(_, item)| item.out && item.text());
    let texts: Vec<BurstText> = sent.map(|(key, item)| BurstText { to: item.other, at: item.at, key }).collect();
    let found = burst::find_bursts(&texts, rule.least(profile.held, others.len()), rule.window_s);
    let mut in_burst = vec![false; items.len()];
    found.iter().flat_map(|burst| &burst.texts).for_each(|text| in_burst[text.key as usize] = true);
    profile.base = customers::customer_base(&found, |id| &*store.names[id as usize], |id| id == number).len();
    let mut exchanges = exchanges::find_exchanges(&items, &in_burst, settings);
    let runner = exchanges::mark_runner(&items, &mut exchanges, settings);
    count_bursts(&mut profile, &found, &exchanges, clock, settings);
    let inputs =
        ContactInputs { items: &items, in_burst: &in_burst, exchanges: &exchanges, runner, parties, clock, settings };
    let regular = count_contacts(&mut profile, inputs);

    let talked: Vec<u16> = items.iter().filter_map(NumberEvent::talked).collect();
    profile.timed_calls = talked.len();
    profile.brief_share =
        share(talked.iter().filter(|&&s| f64::from(s) <= settings.brief_seconds).count(), talked.len());
    profile.short_share =
        share(talked.iter().filter(|&&s| f64::from(s) <= settings.short_seconds).count(), talked.len());
    profile.long_share = share(talked.iter().filter(|&&s| f64::from(s) > settings.long_seconds).count(), talked.len());
    (profile, ProfileWorkings { items, bursts: found, exchanges, regular, runner })
}

fn count_bursts(profile: &mut Profile, bursts: &[Burst], exchanges: &[Exchange], clock: &UkClock, settings: &Settings) {
    profile.bursts = bursts.len();
    let mut days: Vec<i32> = bursts.iter().map(|burst| clock.day(burst.at)).collect();
    days.dedup();
    profile.burst_days = days.len();
    let mut met: HashMap<u32, u32> = HashMap::new();
    let (mut texts, mut repeated) = (0, 0);
    for burst in bursts {
        for text in &burst.texts {
            let first = *met.entry(text.to).or_insert(burst.at);
            texts += 1;
            repeated += usize::from(first < burst.at);
        }
    }
    profile.recipients = met.len();
    profile.repeat_share = share(repeated, texts);
    let within = Settings::seconds(settings.answer_minutes);
    profile.answered_bursts = bursts
        .iter()
        .filter(|burst| {
            let from = exchanges.partition_point(|e| e.at < burst.at);
            let mut who: Vec<u32> = exchanges[from..]
                .iter()
                .take_while(|e| e.at - burst.at <= within)
                .filter(|e| e.incoming && !e.reply && met.contains_key(&e.other))
                .map(|e| e.other)
                .collect();
            who.sort_unstable();
            who.dedup();
            who.len() >= 2
        })
        .count();
}

/// What contacts are counted from.
#[derive(Clone, Copy)]
struct ContactInputs<'a> {
    items: &'a [NumberEvent],
    /// Which of the items are texts of bursts.
    in_burst: &'a [bool],
    exchanges: &'a [Exchange],
    runner: Option<u32>,
    parties: &'a [PartyCounts],
    clock: &'a UkClock,
    settings: &'a Settings,
}

/// Counts contacts and returns the regulars.
fn count_contacts(profile: &mut Profile, inputs: ContactInputs<'_>) -> HashSet<u32> {
    let ContactInputs { items, in_burst, exchanges, runner, parties, clock, settings } = inputs;
    let mut by_party: HashMap<u32, ContactingParty> = HashMap::new();
    let (mut hours, mut late, mut night, mut fixed, mut calls) = ([0usize; 24], 0, 0, 0, 0);
    let (mut own, mut backs, mut retries) = (0, 0, 0);
    let mut days: Vec<i32> = Vec::new();
    let mut approached: HashSet<u32> = HashSet::new();
    for exchange in exchanges {
        if !exchange.incoming {
            own += usize::from(Some(exchange.other) != runner);
            approached.insert(exchange.other);
            continue;
        }
        if exchange.reply {
            profile.replies += 1;
            continue;
        }
        profile.contacts += 1;
        let (day, hour) = (clock.day(exchange.at), clock.hour(exchange.at));
        hours[hour] += 1;
        late += usize::from(!(8..20).contains(&hour));
        night += usize::from(NIGHT.has_hour(hour));
        fixed += usize::from(parties.get(exchange.other as usize).is_some_and(|party| party.fixed));
        retries += usize::from(exchange.tries > 1);
        calls += usize::from(exchange.call);
        backs += usize::from(exchange.back.is_some() || exchange.to_runner.is_some());
        profile.runner_calls += usize::from(exchange.to_runner.is_some());
        if days.last() != Some(&day) {
            days.push(day);
        }
        let contact = by_party.entry(exchange.other).or_default();
        contact.contacts += 1;
        if contact.days.last() != Some(&day) {
            contact.days.push(day);
            contact.today = 0;
        }
        contact.today += 1;
        contact.busy_days += usize::from(contact.today == 2);
    }
    profile.exchanges = profile.contacts + profile.replies + own;
    profile.own_share = share(own, profile.exchanges);
    profile.call_share = share(calls, profile.contacts);
    profile.called_back = backs;
    profile.callback_share = share(backs, profile.contacts);
    profile.late_share = share(late, profile.contacts);
    profile.night_share = share(night, profile.contacts);
    profile.fixed_share = share(fixed, profile.contacts);
    profile.retry_share = share(retries, profile.contacts);
    profile.mutual_share = share(by_party.keys().filter(|other| approached.contains(other)).count(), by_party.len());
    let party_days = by_party.values().map(|c| c.days.len()).sum();
    profile.same_day_share = share(by_party.values().map(|c| c.busy_days).sum(), party_days);
    profile.active_days = days.len();
    // One stray contact at four in the morning does not make an opening hour.
    let floor = (profile.contacts as f64 * 0.015).max(1.0);
    profile.hours = hours.iter().filter(|&&count| count as f64 >= floor).count();
    profile.once_share = share(by_party.values().filter(|c| c.days.len() == 1).count(), by_party.len());
    let mut most: Vec<u32> = by_party.values().map(|c| c.contacts).collect();
    most.sort_unstable_by(|a, b| b.cmp(a));
    profile.top_share = share(most.iter().take(3).sum::<u32>() as usize, profile.contacts);
    let middle = days.first().zip(days.last()).map_or(0, |(first, last)| first + (last - first) / 2);
    profile.newcomers = by_party.values().filter(|c| c.days.first().is_some_and(|day| *day > middle)).count();
    let regular: HashSet<u32> =
        by_party.iter().filter(|(_, c)| c.regular(profile.days, settings)).map(|(other, _)| *other).collect();
    profile.regulars = regular.len();
    let from_regulars: u32 = regular.iter().filter_map(|other| by_party.get(other)).map(|c| c.contacts).sum();
    profile.regular_share = share(from_regulars as usize, profile.contacts);
    let texted: HashSet<u32> =
        items.iter().zip(in_burst).filter(|(_, burst)| **burst).map(|(item, _)| item.other).collect();
    profile.burst_regulars = regular.intersection(&texted).count();
    regular
}
