//! What the data held shows of every number: whose own data is held, who is in contact with whom, since
//! when and on how many days.
//!
//! Memory grows with the communications, sixteen bytes each: this is meant for the disclosures of a case, a few hundred
//! numbers' data, not for everything of a whole area.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use orochi_model::problem::Problem;

use super::pair::{CommunicationKind, ContactSummary, DAY, PairLog};
use crate::facts::burst::{self, Burst, BurstCommunication, TextingHistory};
use crate::facts::{carried_phone::is_carried, customers, own_data, owner, repeat_contacts};
use crate::tables::{Tables, texts, times};

/// One number.
#[derive(Clone, Debug)]
pub(crate) struct GraphNumber {
    pub name: String,
    pub first: i64,
    pub last: i64,
    /// Last event that it made, or call that it answered.
    active_last: i64,
    /// Its communications, for whether its own data is held.
    seen: own_data::OwnDataCount,
    /// First and last event in records of its own side.
    pub own_first: i64,
    pub own_last: i64,
    /// Ids of the numbers it is in contact with, by name.
    pub contacts: Vec<u32>,
    /// Handsets seen in its own records (first 14 digits), with first and last use.
    pub handsets: BTreeMap<String, (i64, i64)>,
    /// Its data was applied for.
    applied: bool,
}

impl GraphNumber {
    /// Own data is held, or some of it is and it was applied for.
    pub(crate) fn is_held(&self) -> bool {
        self.seen.is_answered(self.applied)
    }

    /// Last instant at which somebody used it; whoever rings a dead number does not.
    pub(crate) fn in_use_until(&self) -> i64 {
        self.active_last.max(self.first)
    }

    /// A phone that people carry: its data can be applied for and says where it moves.
    pub(crate) fn is_carried_phone(&self) -> bool {
        is_carried(&self.name)
    }
}

/// What a line texted in bulk.
#[derive(Clone, Debug, Default)]
pub(crate) struct BulkTexting {
    /// Of each of its numbers, in order of time.
    pub bursts: Vec<Burst>,
    /// Which of its numbers sent any.
    pub senders: BTreeSet<u32>,
    /// Its customer base.
    pub base: BTreeSet<u32>,
}

/// One communication: whose, when, from whose side it is held, what it was and whether it was answered.
struct GraphCommunication<'a> {
    from: &'a str,
    to: &'a str,
    at: i64,
    sides: &'a str,
    kind: CommunicationKind,
    answered: bool,
}

/// Everything known.
#[derive(Default)]
pub struct ContactGraph {
    pub(crate) numbers: Vec<GraphNumber>,
    ids: HashMap<String, u32>,
    pairs: HashMap<(u32, u32), PairLog>,
    /// Numbers that a handset history shows in each handset.
    pub(crate) histories: BTreeMap<String, Vec<String>>,
}

impl ContactGraph {
    /// Reads the views `events`, `records` and `handsets`. What was `applied` for counts as held where some of it is.
    ///
    /// # Errors
    /// When the views cannot be read.
    pub fn load(tables: &dyn Tables, applied: &BTreeSet<&str>) -> Result<Self, Problem> {
        let mut known = Self::default();
        known.load_events(tables)?;
        known.load_handsets(tables)?;
        known.load_handset_histories(tables)?;
        known.connect(applied);
        Ok(known)
    }

    /// Puts together what was seen one by one.
    fn connect(&mut self, applied: &BTreeSet<&str>) {
        for one in applied {
            if let Some(id) = self.ids.get(*one) {
                self.numbers[*id as usize].applied = true;
            }
        }
        let mut links: Vec<(u32, u32)> = self.pairs.keys().copied().collect();
        links.sort_unstable();
        for (a, b) in links {
            self.numbers[a as usize].contacts.push(b);
            self.numbers[b as usize].contacts.push(a);
        }
        let names: Vec<String> = self.numbers.iter().map(|number| number.name.clone()).collect();
        for number in &mut self.numbers {
            number.contacts.sort_unstable_by(|a, b| names[*a as usize].cmp(&names[*b as usize]));
        }
        self.pairs.values_mut().for_each(PairLog::sort_by_time);
    }

    fn load_events(&mut self, tables: &dyn Tables) -> Result<(), Problem> {
        let sql = "SELECT a, b, start, sides, kind, outcome FROM events WHERE a IS NOT NULL AND b IS NOT NULL AND kind \
                   <> 'data' AND a <> b AND start >= TIMESTAMP '1990-01-01T00:00:00Z'";
        tables.stream(sql, &mut |batch| {
            let (a, b, sides) = (texts(&batch, "a")?, texts(&batch, "b")?, texts(&batch, "sides")?);
            let (start, kind) = (times(&batch, "start")?, texts(&batch, "kind")?);
            let outcome = texts(&batch, "outcome")?;
            for row in 0..batch.num_rows() {
                let (Some(from), Some(to)) = (a.get(row), b.get(row)) else { continue };
                let kind = match kind.get(row) {
                    Some("call") => CommunicationKind::Call,
                    Some("text" | "mms") => CommunicationKind::Text,
                    _ => CommunicationKind::Other,
                };
                let answered = outcome.get(row) == Some("answered");
                let sides = sides.get(row).unwrap_or_default();
                self.add_communication(&GraphCommunication { from, to, at: start.value(row), sides, kind, answered });
            }
            Ok(())
        })
    }

    fn add_communication(&mut self, one: &GraphCommunication<'_>) {
        let GraphCommunication { from, to, at, sides, kind, answered } = *one;
        let (from, to) = (self.id(from), self.id(to));
        self.numbers[from as usize].count_event(at, sides.contains('A'), true);
        self.numbers[to as usize].count_event(at, sides.contains('B'), answered);
        let pair = self.pairs.entry((from.min(to), from.max(to))).or_default();
        pair.add(at, from > to, kind);
    }

    /// Handsets by the number's own records. A phone that was only online has no event: it becomes known here.
    fn load_handsets(&mut self, tables: &dyn Tables) -> Result<(), Problem> {
        let sql = format!(
            "SELECT {} AS number, imei, min(start) AS first, max(start) AS last FROM records WHERE start >= TIMESTAMP \
             '1990-01-01T00:00:00Z' GROUP BY 1, 2 ORDER BY 1, 2",
            owner::OWNER_SQL
        );
        let in_events = self.numbers.len();
        tables.stream(&sql, &mut |batch| {
            let (number, imei) = (texts(&batch, "number")?, texts(&batch, "imei")?);
            let (first, last) = (times(&batch, "first")?, times(&batch, "last")?);
            for row in 0..batch.num_rows() {
                let Some(name) = number.get(row) else { continue };
                let id = self.id(name) as usize;
                let number = &mut self.numbers[id];
                let (first, last) = (first.value(row), last.value(row));
                if id >= in_events {
                    (number.first, number.last) = (number.first.min(first), number.last.max(last));
                }
                if let Some(imei) = imei.get(row) {
                    number.handsets.insert(imei.to_owned(), (first, last));
                }
            }
            Ok(())
        })
    }

    /// Which numbers a handset history shows in each handset.
    fn load_handset_histories(&mut self, tables: &dyn Tables) -> Result<(), Problem> {
        let sql = "SELECT DISTINCT imei, number FROM handsets WHERE imei IS NOT NULL AND number IS NOT NULL ORDER BY \
                   imei, number";
        tables.stream(sql, &mut |batch| {
            let (imei, number) = (texts(&batch, "imei")?, texts(&batch, "number")?);
            for row in 0..batch.num_rows() {
                let (Some(imei), Some(number)) = (imei.get(row), number.get(row)) else { continue };
                self.histories.entry(imei.to_owned()).or_default().push(number.to_owned());
            }
            Ok(())
        })
    }

    fn id(&mut self, name: &str) -> u32 {
        if let Some(id) = self.ids.get(name) {
            return *id;
        }
        let id = self.numbers.len() as u32;
        self.numbers.push(GraphNumber {
            name: name.to_owned(),
            first: i64::MAX,
            last: i64::MIN,
            active_last: i64::MIN,
            seen: own_data::OwnDataCount::default(),
            own_first: i64::MAX,
            own_last: i64::MIN,
            contacts: Vec::new(),
            handsets: BTreeMap::new(),
            applied: false,
        });
        self.ids.insert(name.to_owned(), id);
        id
    }

    /// Numbers in the order of their first communication, those without one last; those of one instant by name.
    pub fn in_order(&self, mut numbers: Vec<String>) -> Vec<String> {
        let first = |number: &String| self.find(number).map_or(i64::MAX, |id| self.number(id).first);
        numbers.sort_by_key(|number| (first(number), number.clone()));
        numbers
    }

    /// The number of that name.
    pub(crate) fn find(&self, name: &str) -> Option<u32> {
        self.ids.get(name).copied()
    }

    /// The number with that id.
    pub(crate) fn number(&self, id: u32) -> &GraphNumber {
        &self.numbers[id as usize]
    }

    /// The contact of two numbers.
    pub(crate) fn pair(&self, a: u32, b: u32) -> Option<&PairLog> {
        self.pairs.get(&(a.min(b), a.max(b)))
    }

    /// What passed between a number and another, from the first one's side.
    pub(crate) fn contact(&self, own: u32, other: u32) -> ContactSummary {
        self.pair(own, other).map_or_else(ContactSummary::default, |pair| pair.contact(own > other))
    }

    /// Bursts and customer base of a line of these numbers. A text's key is 0: of two of one second either may be
    /// first.
    pub(crate) fn bulk(&self, line: &[u32], rule: burst::BurstRule) -> BulkTexting {
        let mut bulk = BulkTexting::default();
        for id in line {
            let bursts = self.history(*id).bursts(rule);
            bulk.senders.extend((!bursts.is_empty()).then_some(*id));
            bulk.bursts.extend(bursts);
        }
        let base = customers::customer_base(&bulk.bursts, |id| &self.number(id).name, |id| line.contains(&id));
        BulkTexting { base: base.into_keys().collect(), ..bulk }
    }

    /// Repeat contacts of a number, most days first.
    pub(crate) fn repeat_contacts(&self, line: u32, rule: repeat_contacts::RepeatContactRule) -> Vec<u32> {
        let contacts = self.number(line).contacts.iter().map(|other| (self.contact(line, *other), *other));
        let mut found: Vec<(usize, u32)> = contacts
            .filter(|(contact, other)| rule.holds(&self.number(*other).name, contact))
            .map(|(contact, other)| (contact.days, other))
            .collect();
        found.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| self.number(a.1).name.cmp(&self.number(b.1).name)));
        found.into_iter().map(|(_, other)| other).collect()
    }

    /// What its bursts depend on.
    fn history(&self, id: u32) -> TextingHistory {
        let mut history = TextingHistory::default();
        for other in &self.number(id).contacts {
            let Some(pair) = self.pair(id, *other) else { continue };
            let mut add = |at: i64, sent_text| {
                let name = &self.number(*other).name;
                let at = at.div_euclid(1_000_000);
                history.add(BurstCommunication { other: *other, name, at, key: 0, sent_text, own_side: false });
            };
            pair.made(id > *other, CommunicationKind::Text).for_each(|at| add(at, true));
            // That they met counts; what else passed between them does not.
            pair.times().take(1).for_each(|at| add(at, false));
        }
        history.with_seen(self.number(id).seen)
    }

    /// Last event of the numbers whose own data is held and that are in contact with `id`; how far
    /// the data about it reaches.
    pub(crate) fn reach(&self, id: u32) -> i64 {
        let others = self.number(id).contacts.iter().map(|other| self.number(*other)).filter(|other| other.is_held());
        others.map(|other| other.own_last).chain([self.number(id).last]).max().unwrap_or(i64::MIN)
    }

    /// Different numbers that each of some numbers met in its first `days` days: what to expect of another one; rising.
    pub(crate) fn contact_counts(&self, days: i64, of: impl Fn(u32) -> bool) -> Vec<usize> {
        let mut sizes: Vec<usize> = (0..)
            .zip(&self.numbers)
            .filter(|(id, number): &(u32, &GraphNumber)| number.is_held() && of(*id))
            .map(|(id, number)| {
                let until = number.own_first + days * DAY;
                number.contacts.iter().filter(|other| self.pair(id, **other).is_some_and(|p| p.first() < until)).count()
            })
            .collect();
        sizes.sort_unstable();
        sizes
    }
}

impl GraphNumber {
    fn count_event(&mut self, at: i64, own: bool, active: bool) {
        if active {
            self.active_last = self.active_last.max(at);
        }
        self.seen.add(own);
        self.first = self.first.min(at);
        self.last = self.last.max(at);
        if own {
            self.own_first = self.own_first.min(at);
            self.own_last = self.own_last.max(at);
        }
    }
}

/// A line's customer base by name, for whoever checks that answers agree.
impl ContactGraph {
    /// The members of the customer base of a line of these numbers, canonical, sorted.
    pub fn customer_base(&self, line: &[String], rule: burst::BurstRule) -> Vec<String> {
        let ids: Vec<u32> = line.iter().filter_map(|number| self.find(number)).collect();
        let mut names: Vec<String> =
            self.bulk(&ids, rule).base.into_iter().map(|id| self.number(id).name.clone()).collect();
        names.sort_unstable();
        names
    }
}

#[cfg(test)]
impl ContactGraph {
    /// Of communications: caller, called, instant, a call and not a text. Those of `held` are held from their
    /// side; calls are answered.
    pub(crate) fn from_communications(events: &[(&str, &str, i64, bool)], held: &[&str]) -> Self {
        let mut known = Self::default();
        for (a, b, at, call) in events {
            let side = |number: &str, side: &'static str| if held.contains(&number) { side } else { "" };
            let sides = format!("{}{}", side(a, "A"), side(b, "B"));
            let kind = if *call { CommunicationKind::Call } else { CommunicationKind::Text };
            known.add_communication(&GraphCommunication {
                from: a,
                to: b,
                at: *at,
                sides: &sides,
                kind,
                answered: *call,
            });
        }
        known.connect(&BTreeSet::new());
        known
    }

    /// A handset that a number used, and which numbers a history shows in it.
    pub(crate) fn add_handset(&mut self, number: &str, imei: &str, when: (i64, i64), history: Option<&[&str]>) {
        if let Some(id) = self.ids.get(number) {
            self.numbers[*id as usize].handsets.insert(imei.into(), when);
        }
        if let Some(names) = history {
            self.histories.insert(imei.into(), names.iter().map(|name| (*name).to_owned()).collect());
        }
    }
}
