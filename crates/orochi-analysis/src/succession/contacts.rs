//! Who is in contact with whom, and when each number is in use: one pass over the events, in memory that grows with
//! pairs of numbers and quarters of days, not with events.
//!
//! Numbers are numbered in the order of their names: sums run in that order whatever order the
//! engine returns batches in.

use std::collections::HashMap;

use orochi_model::{party::PartyKind, problem::Problem};

use crate::tables::Tables;
use crate::traffic::event_store::{CALL, CompactEvent, EventStore, MISSED};

/// Seconds of a block: a quarter of a day. What happens within one is taken to be one occasion.
pub(super) const BLOCK: u32 = 21_600;

/// Contact of two numbers. `a` is the lower id.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct ContactLink {
    pub a: u32,
    pub b: u32,
    pub events: u32,
    pub first: u32,
    pub last: u32,
    /// A bit for each block with contact, blocks scattered over 64 bits: the same whatever comes first.
    seen: u64,
}

impl ContactLink {
    /// About how many blocks have contact: linear counting.
    pub(super) fn blocks(&self) -> f64 {
        let free = self.seen.count_zeros();
        if free == 0 { 266.0 } else { 64.0 * (64.0 / f64::from(free)).ln() }
    }

    pub(super) fn other(&self, number: u32) -> u32 {
        if self.a == number { self.b } else { self.a }
    }
}

/// Use of a number in one block: what shows that it was used (what it made, calls it answered), and everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct BlockUse {
    pub block: u32,
    pub active: u32,
    pub all: u32,
}

/// All numbers of the data.
#[derive(Debug, Default)]
pub(super) struct ContactIndex {
    pub names: Vec<Box<str>>,
    /// Whether it is a telephone number, no sender's name or short code.
    pub number: Vec<bool>,
    /// Whether something of it is in its own records, and whether its own data is held.
    pub own: Vec<bool>,
    pub held: Vec<bool>,
    pub links: Vec<ContactLink>,
    /// Places in `links` of each number's contacts, by name; and where each number's begin.
    places: Vec<u32>,
    starts: Vec<u32>,
    pub uses: Vec<Vec<BlockUse>>,
    /// First and last instant of all data.
    pub first: u32,
    pub last: u32,
}

fn block_at(at: u32) -> u32 {
    at / BLOCK
}

/// Collects blocks as they come; sorts them together when they have doubled.
#[derive(Debug, Default)]
struct BlockUses {
    list: Vec<BlockUse>,
    merged: usize,
}

impl BlockUses {
    fn add(&mut self, block: u32, active: bool) {
        let one = BlockUse { block, active: u32::from(active), all: 1 };
        if let Some(last) = self.list.last_mut()
            && last.block == block
        {
            last.active = last.active.saturating_add(one.active);
            last.all = last.all.saturating_add(1);
            return;
        }
        self.list.push(one);
        if self.list.len() > 64 && self.list.len() > 2 * self.merged {
            self.merge();
        }
    }

    fn merge(&mut self) {
        self.list.sort_unstable_by_key(|it| it.block);
        self.list.dedup_by(|next, kept| {
            let same = next.block == kept.block;
            if same {
                kept.active = kept.active.saturating_add(next.active);
                kept.all = kept.all.saturating_add(next.all);
            }
            same
        });
        self.merged = self.list.len();
    }
}

/// Contacts as they come, with the pair met last at hand: events come sorted by pair.
#[derive(Default)]
struct ContactCollector {
    links: HashMap<(u32, u32), ContactLink>,
    last: Option<ContactLink>,
    uses: Vec<BlockUses>,
    span: Option<(u32, u32)>,
}

impl ContactCollector {
    fn add_event(&mut self, event: &CompactEvent) {
        let key = (event.a.min(event.b), event.a.max(event.b));
        if self.last.is_none_or(|link| (link.a, link.b) != key) {
            self.flush_link();
            self.last = Some(ContactLink { a: key.0, b: key.1, first: u32::MAX, ..ContactLink::default() });
        }
        if let Some(link) = &mut self.last {
            link.events = link.events.saturating_add(1);
            link.first = link.first.min(event.at);
            link.last = link.last.max(event.at);
            link.seen |= block_bit(block_at(event.at));
        }
        let (first, last) = self.span.unwrap_or((event.at, event.at));
        self.span = Some((first.min(event.at), last.max(event.at)));
        let most = key.1 as usize;
        if self.uses.len() <= most {
            self.uses.resize_with(most + 1, BlockUses::default);
        }
        let what = event.what & 0x0f;
        // Texts received and calls that reached nobody do not show that the number was in use.
        let answered = what == CALL && event.duration > 0;
        debug_assert!(what != MISSED || !answered);
        self.uses[event.a as usize].add(block_at(event.at), true);
        self.uses[event.b as usize].add(block_at(event.at), answered);
    }

    fn flush_link(&mut self) {
        let Some(run) = self.last.take() else { return };
        let link = self.links.entry((run.a, run.b)).or_insert(ContactLink { events: 0, seen: 0, ..run });
        link.events = link.events.saturating_add(run.events);
        link.first = link.first.min(run.first);
        link.last = link.last.max(run.last);
        link.seen |= run.seen;
    }
}

fn block_bit(block: u32) -> u64 {
    1 << (u64::from(block).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 58)
}

impl ContactIndex {
    /// Reads the view `events` once. The store has the names in the order met; the second result
    /// gives each one's place here.
    pub(super) fn load(tables: &dyn Tables) -> Result<(Self, EventStore, Vec<u32>), Problem> {
        let mut collector = ContactCollector::default();
        let store = EventStore::scan(tables, &mut |event| collector.add_event(&event))?;
        collector.flush_link();
        let n = store.names.len();
        let mut order: Vec<u32> = (0..n as u32).collect();
        order.sort_unstable_by(|x, y| store.names[*x as usize].cmp(&store.names[*y as usize]));
        let mut place = vec![0u32; n];
        for (to, from) in (0u32..).zip(&order) {
            place[*from as usize] = to;
        }
        collector.uses.resize_with(n, BlockUses::default);
        let (first, last) = collector.span.unwrap_or_default();
        let party = |id: &u32| &store.parties[*id as usize];
        let mut contacts = Self {
            names: order.iter().map(|id| store.names[*id as usize].clone()).collect(),
            number: order.iter().map(|id| party(id).kind == PartyKind::Number).collect(),
            own: order.iter().map(|id| party(id).own > 0).collect(),
            held: order.iter().map(|id| party(id).seen.is_held()).collect(),
            uses: order
                .iter()
                .map(|id| {
                    let mut uses = std::mem::take(&mut collector.uses[*id as usize]);
                    uses.merge();
                    uses.list
                })
                .collect(),
            first,
            last,
            ..Self::default()
        };
        contacts.index(collector.links.into_values(), &place);
        Ok((contacts, store, place))
    }

    fn index(&mut self, links: impl Iterator<Item = ContactLink>, place: &[u32]) {
        self.links = links
            .map(|link| {
                let (a, b) = (place[link.a as usize], place[link.b as usize]);
                ContactLink { a: a.min(b), b: a.max(b), ..link }
            })
            .collect();
        self.links.sort_unstable_by_key(|link| (link.a, link.b));
        let n = self.names.len();
        let mut starts = vec![0u32; n + 1];
        for link in &self.links {
            starts[link.a as usize + 1] += 1;
            starts[link.b as usize + 1] += 1;
        }
        for i in 0..n {
            starts[i + 1] += starts[i];
        }
        let mut next = starts.clone();
        self.places = vec![0; self.links.len() * 2];
        // Sorted by the lower and then the higher id: each number's contacts come out by name.
        for side in [true, false] {
            for (i, link) in (0u32..).zip(&self.links) {
                let number = if side { link.b } else { link.a } as usize;
                self.places[next[number] as usize] = i;
                next[number] += 1;
            }
        }
        self.starts = starts;
    }

    /// Contacts of a number, by name.
    pub(super) fn links_of(&self, number: u32) -> impl ExactSizeIterator<Item = &ContactLink> {
        let (from, to) = (self.starts[number as usize] as usize, self.starts[number as usize + 1] as usize);
        self.places[from..to].iter().map(|place| &self.links[*place as usize])
    }

    /// How many numbers a number is in contact with.
    pub(super) fn degree(&self, number: u32) -> usize {
        self.links_of(number).len()
    }

    /// The contact of two numbers.
    pub(super) fn link(&self, a: u32, b: u32) -> Option<&ContactLink> {
        let key = (a.min(b), a.max(b));
        self.links.binary_search_by_key(&key, |link| (link.a, link.b)).ok().map(|place| &self.links[place])
    }
}

#[cfg(test)]
#[path = "contacts_tests.rs"]
mod tests;
