//! What the data shows of a line: each number's communications, who ever got a burst, on which days data is held.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use orochi_model::problem::Problem;

use super::QuantityRequest;
use crate::facts::burst::{self, Burst, BurstCommunication, TextingHistory};
use crate::facts::{carried_phone::is_carried, customers};
use crate::tables::{Tables, list};
use crate::traffic::event_store::{CALL, COLUMNS, CompactEvent, DATA, FROM_A, FROM_B, TEXT, WITHHELD, read_events};
use crate::traffic::number_events::NumberEvent;
use crate::uk_clock::{CLOCK_SET_S, UkClock};

/// One number of the line.
#[derive(Clone, Debug)]
pub(super) struct NumberTraffic {
    pub name: String,
    /// Communications, by time.
    pub items: Vec<NumberEvent>,
    /// What its bursts depend on.
    pub history: TextingHistory,
    /// How many of them are in records of its own side.
    pub own: u64,
    /// First and last day of use: what it made, calls it answered.
    pub used: Option<(i32, i32)>,
    /// Days on which its own data is held.
    pub days: BTreeSet<i32>,
    /// Under which authorities; none where days rest on the rows alone.
    pub references: BTreeSet<String>,
}

/// Days of use, both ends included; counted from 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct DaySpan {
    pub first: i32,
    pub last: i32,
}

/// Everything of a line.
pub(super) struct LineTraffic {
    /// Names of all parties met.
    pub names: Vec<String>,
    pub clock: UkClock,
    pub numbers: Vec<NumberTraffic>,
    /// Calls and texts of associates to others: by whom reached, (instant, event), by time.
    pub by_associates: BTreeMap<u32, Vec<(u32, u32)>>,
    /// Associates, by id.
    pub associates: BTreeSet<u32>,
    /// Numbers of the line, by id.
    pub own: BTreeSet<u32>,
    /// Events with a withheld party: nobody can be counted by them. (instant, event)
    pub withheld: Vec<(u32, u32)>,
}

#[derive(Default)]
struct PartyIds {
    names: Vec<String>,
    ids: HashMap<String, u32>,
}

impl PartyIds {
    fn id(&mut self, name: Option<&str>) -> Result<u32, Problem> {
        let Some(name) = name else { return Ok(WITHHELD) };
        if let Some(id) = self.ids.get(name) {
            return Ok(*id);
        }
        let id =
            u32::try_from(self.names.len()).map_err(|_| Problem::user("more parties than this method can hold"))?;
        self.names.push(name.to_owned());
        self.ids.insert(name.to_owned(), id);
        Ok(id)
    }
}

impl LineTraffic {
    /// Reads the line's events and its associates'.
    ///
    /// # Errors
    /// When the view `events` cannot be read.
    pub(super) fn load(tables: &dyn Tables, asked: &QuantityRequest) -> Result<Self, Problem> {
        let mut parties = PartyIds::default();
        let own: Vec<u32> = asked.numbers.iter().map(|name| parties.id(Some(name))).collect::<Result<_, _>>()?;
        let associates: BTreeSet<u32> =
            asked.associates.iter().map(|one| parties.id(Some(&one.number))).collect::<Result<_, _>>()?;
        let places: HashMap<u32, usize> = own.iter().enumerate().map(|(place, id)| (*id, place)).collect();
        let mut items: Vec<Vec<(NumberEvent, bool)>> = vec![Vec::new(); own.len()];
        let mut histories: Vec<TextingHistory> = vec![TextingHistory::default(); own.len()];
        let mut by_associates: BTreeMap<u32, Vec<(u32, u32)>> = BTreeMap::new();
        let mut withheld = Vec::new();
        let wanted =
            list(asked.numbers.iter().chain(asked.associates.iter().map(|one| &one.number)).map(String::as_str));
        // Whatever the order of the batches, all is sorted below.
        tables.stream(&format!("{COLUMNS} WHERE a IN ({wanted}) OR b IN ({wanted})"), &mut |batch| {
            read_events(&batch, &mut |a, b, event: CompactEvent, start| {
                if start < CLOCK_SET_S * 1_000_000 || a == b || event.what & DATA != 0 {
                    return Ok(());
                }
                let (a, b) = (parties.id(a)?, parties.id(b)?);
                let event = CompactEvent { a, b, ..event };
                for (number, side) in [(a, FROM_A), (b, FROM_B)] {
                    let Some(place) = places.get(&number) else { continue };
                    let what = event.what & 0x0f;
                    if a == WITHHELD || b == WITHHELD {
                        withheld.extend((what != 0).then_some((event.at, event.id)));
                        continue;
                    }
                    let other = if number == a { b } else { a };
                    histories[*place].add(BurstCommunication {
                        other,
                        name: &parties.names[other as usize],
                        at: start.div_euclid(1_000_000),
                        key: event.id,
                        sent_text: number == a && what == TEXT,
                        own_side: event.what & side != 0,
                    });
                    if what != 0 {
                        items[*place].push((NumberEvent::from_event(&event, number), event.what & side != 0));
                    }
                }
                if event.what & 0x0f == 0 {
                    return Ok(());
                }
                if associates.contains(&a) && b != WITHHELD && !places.contains_key(&b) && !associates.contains(&b) {
                    by_associates.entry(b).or_default().push((event.at, event.id));
                }
                Ok(())
            })
        })?;
        by_associates.values_mut().for_each(|list| list.sort_unstable());
        withheld.sort_unstable();
        let times = || items.iter().flatten().map(|(item, _)| i64::from(item.at));
        let clock = UkClock::spanning(times().min().unwrap_or(CLOCK_SET_S), times().max().unwrap_or(CLOCK_SET_S))?;
        let numbers = asked
            .numbers
            .iter()
            .zip(items.into_iter().zip(histories))
            .map(|(name, (items, history))| NumberTraffic::from_events(name, items, history, &clock, asked))
            .collect::<Vec<_>>();
        Ok(Self {
            names: parties.names,
            clock,
            numbers,
            by_associates,
            associates,
            own: own.into_iter().collect(),
            withheld,
        })
    }

    /// First and last day of the line's use.
    pub(super) fn span(&self) -> Option<DaySpan> {
        let used = || self.numbers.iter().filter_map(|number| number.used);
        Some(DaySpan { first: used().map(|days| days.0).min()?, last: used().map(|days| days.1).max()? })
    }

    /// Days of the line's use with data: some number's own data is held, and no number without
    /// data of its own is in use.
    pub(super) fn covered(&self) -> BTreeSet<i32> {
        let Some(DaySpan { first, last }) = self.span() else { return BTreeSet::new() };
        let unseen = |day: &i32| {
            let blind = |number: &NumberTraffic| {
                number.used.is_some_and(|(from, to)| (from..=to).contains(day)) && !number.days.contains(day)
            };
            self.numbers.iter().any(blind)
        };
        (first..=last)
            .filter(|day| self.numbers.iter().any(|number| number.days.contains(day)) && !unseen(day))
            .collect()
    }

    /// How many of these days have no call or text of the line.
    pub(super) fn silent_days(&self, days: &BTreeSet<i32>) -> usize {
        let items = self.numbers.iter().flat_map(|number| &number.items);
        let busy: BTreeSet<i32> = items.map(|item| self.clock.day(item.at)).collect();
        days.difference(&busy).count()
    }

    /// Bursts of the line, by number.
    pub(super) fn bursts(&self, rule: burst::BurstRule) -> Vec<Vec<Burst>> {
        self.numbers.iter().map(|number| number.history.bursts(rule)).collect()
    }

    /// The line's customer base, with the event of the first text of a burst to each.
    pub(super) fn customer_base(&self, bursts: &[Vec<Burst>]) -> BTreeMap<u32, u32> {
        let base = customers::customer_base(
            bursts.iter().flatten(),
            |id| &self.names[id as usize],
            |id| self.own.contains(&id),
        );
        base.into_iter().map(|(id, member)| (id, member.first.key)).collect()
    }

    /// A phone that somebody carries, as far as the number says; neither a landline nor a sender's name or short code.
    pub(super) fn is_carried_phone(&self, id: u32) -> bool {
        is_carried(&self.names[id as usize])
    }
}

impl NumberTraffic {
    fn from_events(
        name: &str,
        mut items: Vec<(NumberEvent, bool)>,
        history: TextingHistory,
        clock: &UkClock,
        asked: &QuantityRequest,
    ) -> Self {
        items.sort_unstable_by_key(|(item, _)| (item.at, item.id));
        let own: Vec<u32> = items.iter().filter(|(_, own)| *own).map(|(item, _)| item.at).collect();
        let held = history.is_held();
        let used = |item: &NumberEvent| item.out || item.what == CALL;
        let mut at = items.iter().filter(|(item, _)| used(item)).map(|(item, _)| clock.day(item.at));
        let first = at.next();
        let used = first.map(|first| (first, at.next_back().unwrap_or(first)));
        let periods = || asked.periods.iter().filter(|period| period.number == name);
        let mut days = BTreeSet::new();
        let mut references = BTreeSet::new();
        if let (true, Some(first), Some(last)) = (held, own.first(), own.last()) {
            for period in periods() {
                let day = |us: i64| clock.day_and_second(us.div_euclid(1_000_000)).0 as i32;
                days.extend(day(period.from_us)..=day(period.to_us - 1));
                references.insert(period.reference.clone());
            }
            if days.is_empty() {
                days.extend(clock.day(*first)..=clock.day(*last));
            }
        }
        let own = own.len() as u64;
        Self {
            name: name.to_owned(),
            items: items.into_iter().map(|(item, _)| item).collect(),
            history,
            own,
            used,
            days,
            references,
        }
    }

    /// Whether an item is a text received.
    pub(super) fn text_in(item: &NumberEvent) -> bool {
        !item.out && item.what == TEXT
    }
}
