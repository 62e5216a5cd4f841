//! Events in the little memory that counting needs: parties as numbers, times in seconds.

use std::collections::{HashMap, HashSet};

use arrow::array::RecordBatch;
use arrow::datatypes::{Int32Type, UInt64Type};
use orochi_model::{
    party::{PartyKind, kind_of},
    problem::Problem,
};

use crate::facts::{own_data, owner};
use crate::tables::{Tables, numbers, texts, times, value};
use crate::uk_clock::CLOCK_SET_S;

/// A party that was withheld.
pub(crate) const WITHHELD: u32 = u32::MAX;

/// How many events are held at once; more are read in several passes. 20 bytes each.
pub(crate) const EVENTS_IN_MEMORY: usize = 24_000_000;

/// What an event was.
pub(crate) const TEXT: u8 = 1;
/// A call that was answered, or may have been.
pub(crate) const CALL: u8 = 2;
/// A call that reached nobody: missed, diverted, voicemail.
pub(crate) const MISSED: u8 = 3;
/// The event is in a record of its caller's side, of its called party's side.
pub(crate) const FROM_A: u8 = 0x10;
pub(crate) const FROM_B: u8 = 0x20;

/// A data session: no communication with anybody.
pub(crate) const DATA: u8 = 0x40;

/// No duration stated.
pub(crate) const NO_DURATION: u16 = u16::MAX;

/// One event. `at` is seconds since 1970 UTC.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CompactEvent {
    pub a: u32,
    pub b: u32,
    pub at: u32,
    pub id: u32,
    pub duration: u16,
    pub what: u8,
}

/// What one pass over the events says about each party.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PartyCounts {
    /// Microseconds UTC, over events after 1990 if there are any.
    pub first: i64,
    pub last: i64,
    pub first_event: u32,
    /// Usable events received, and made.
    pub received: u32,
    pub made: u32,
    /// Events seen in this party's own records.
    pub own: u32,
    /// Communications with other named parties, for whether its own data is held.
    pub seen: own_data::OwnDataCount,
    /// Events before 1990.
    pub unset_clock: u32,
    pub kind: PartyKind,
    /// A geographic, non-geographic or freephone number of the United Kingdom.
    pub fixed: bool,
}

/// All events of a case, or as many as are held at once.
pub(crate) struct EventStore {
    pub names: Vec<Box<str>>,
    pub parties: Vec<PartyCounts>,
    ids: HashMap<Box<str>, u32>,
    /// Every usable event, unless there were too many.
    pub events: Option<Vec<CompactEvent>>,
    pub total: u64,
    /// Parties with data sessions in their own records; empty when the case holds no data sessions at all.
    pub data_users: HashSet<u32>,
    /// Events before 1990 (id, caller, called).
    pub unset: Vec<(u32, u32, u32)>,
}

pub(crate) const COLUMNS: &str = "SELECT event, a, b, kind, start, duration_s, outcome, sides FROM events";

impl EventStore {
    /// Reads all events once and holds them, unless there are more than `held`.
    pub(crate) fn load(tables: &dyn Tables, held: usize) -> Result<Self, Problem> {
        let mut events = Some(Vec::new());
        let mut store = Self::scan(tables, &mut |event| {
            if let Some(list) = &mut events {
                list.push(event);
                if list.len() > held {
                    events = None;
                }
            }
        })?;
        store.events = events;
        let sql = format!("SELECT {} AS number FROM records WHERE kind = 'data' GROUP BY 1", owner::OWNER_SQL);
        tables.stream(&sql, &mut |batch| {
            let number = texts(&batch, "number")?;
            for row in 0..batch.num_rows() {
                if let Some(id) = number.get(row).and_then(|name| store.ids.get(name)) {
                    store.data_users.insert(*id);
                }
            }
            Ok(())
        })?;
        Ok(store)
    }

    /// Reads all events once and holds none: each usable one between two parties is handed over.
    pub(crate) fn scan(tables: &dyn Tables, each: &mut dyn FnMut(CompactEvent)) -> Result<Self, Problem> {
        let mut store = Self {
            names: Vec::new(),
            parties: Vec::new(),
            ids: HashMap::new(),
            events: None,
            total: 0,
            data_users: HashSet::new(),
            unset: Vec::new(),
        };
        let mut memo = LastParties::default();
        tables.stream(COLUMNS, &mut |batch| store.add_batch(&batch, &mut memo, each))?;
        Ok(store)
    }

    fn intern(&mut self, name: &str) -> Result<u32, Problem> {
        if let Some(id) = self.ids.get(name) {
            return Ok(*id);
        }
        let id =
            u32::try_from(self.names.len()).map_err(|_| Problem::user("more parties than this method can hold"))?;
        let name: Box<str> = name.into();
        self.parties.push(PartyCounts {
            first: i64::MAX,
            last: i64::MIN,
            first_event: u32::MAX,
            received: 0,
            made: 0,
            own: 0,
            seen: own_data::OwnDataCount::default(),
            unset_clock: 0,
            kind: kind_of(&name),
            fixed: is_fixed_line(&name),
        });
        self.names.push(name.clone());
        self.ids.insert(name, id);
        Ok(id)
    }

    fn add_batch(
        &mut self,
        batch: &RecordBatch,
        memo: &mut LastParties,
        each: &mut dyn FnMut(CompactEvent),
    ) -> Result<(), Problem> {
        read_events(batch, &mut |a, b, event, start| {
            let a = memo.a.id(a, |name| self.intern(name))?;
            let b = memo.b.id(b, |name| self.intern(name))?;
            self.total += 1;
            let usable = start >= CLOCK_SET_S * 1_000_000;
            let whole = usable && a != WITHHELD && b != WITHHELD && a != b;
            for (party, own, received) in [(a, event.what & FROM_A != 0, false), (b, event.what & FROM_B != 0, true)] {
                let Some(party) = self.parties.get_mut(party as usize) else { continue };
                party.own += u32::from(own);
                if whole && event.what & DATA == 0 {
                    party.seen.add(own);
                }
                party.first_event = party.first_event.min(event.id);
                if !usable {
                    party.unset_clock += 1;
                    continue;
                }
                party.first = party.first.min(start);
                party.last = party.last.max(start);
                if received {
                    party.received += 1;
                } else {
                    party.made += 1;
                }
            }
            if !usable {
                self.unset.push((event.id, a, b));
            }
            if whole {
                each(CompactEvent { a, b, ..event });
            }
            Ok(())
        })
    }

    /// Reads again, keeping only the events that touch a wanted party.
    pub(crate) fn reload_for(&self, tables: &dyn Tables, wanted: &[bool]) -> Result<Vec<CompactEvent>, Problem> {
        let mut events = Vec::new();
        let mut memo = LastParties::default();
        let known = |name: &str| Ok(self.ids.get(name).copied().unwrap_or(WITHHELD));
        tables.stream(COLUMNS, &mut |batch| {
            read_events(&batch, &mut |a, b, event, start| {
                let (a, b) = (memo.a.id(a, known)?, memo.b.id(b, known)?);
                let want = |id: u32| wanted.get(id as usize).copied().unwrap_or(false);
                let whole = a != WITHHELD && b != WITHHELD && a != b && start >= CLOCK_SET_S * 1_000_000;
                if whole && (want(a) || want(b)) {
                    events.push(CompactEvent { a, b, ..event });
                }
                Ok(())
            })
        })?;
        Ok(events)
    }
}

/// A geographic, non-geographic or freephone number of the United Kingdom.
fn is_fixed_line(name: &str) -> bool {
    let digit = name.strip_prefix("+44").and_then(|rest| rest.bytes().next());
    matches!(digit, Some(b'1' | b'2' | b'3' | b'8' | b'9'))
}

/// The last name met and its id: events come sorted by party, so most look-ups end here.
#[derive(Default)]
struct LastName {
    name: String,
    id: Option<u32>,
}

impl LastName {
    fn id(&mut self, name: Option<&str>, mut find: impl FnMut(&str) -> Result<u32, Problem>) -> Result<u32, Problem> {
        let Some(name) = name else { return Ok(WITHHELD) };
        if let Some(id) = self.id
            && self.name == name
        {
            return Ok(id);
        }
        let id = find(name)?;
        self.name.clear();
        self.name.push_str(name);
        self.id = Some(id);
        Ok(id)
    }
}

#[derive(Default)]
struct LastParties {
    a: LastName,
    b: LastName,
}

pub(crate) type EachEvent<'a> = &'a mut dyn FnMut(Option<&str>, Option<&str>, CompactEvent, i64) -> Result<(), Problem>;

/// Hands over each event of a batch with its parties' texts and its start in microseconds.
pub(crate) fn read_events(batch: &RecordBatch, each: EachEvent<'_>) -> Result<(), Problem> {
    let (a, b, kind) = (texts(batch, "a")?, texts(batch, "b")?, texts(batch, "kind")?);
    let (outcome, sides) = (texts(batch, "outcome")?, texts(batch, "sides")?);
    let (event, start) = (numbers::<UInt64Type>(batch, "event")?, times(batch, "start")?);
    let duration = numbers::<Int32Type>(batch, "duration_s")?;
    for row in 0..batch.num_rows() {
        let seconds = value(&duration, row);
        let mut what = match (kind.get(row), outcome.get(row)) {
            (Some("text" | "mms"), _) => TEXT,
            (Some("call"), Some("missed" | "diverted" | "voicemail")) => MISSED,
            (Some("call"), None) if seconds == Some(0) => MISSED,
            (Some("call"), _) => CALL,
            (Some("data"), _) => DATA,
            _ => 0,
        };
        for side in sides.get(row).unwrap_or_default().bytes() {
            what |= match side {
                b'A' => FROM_A,
                b'B' => FROM_B,
                _ => 0,
            };
        }
        let at = start.value(row);
        let event = CompactEvent {
            a: WITHHELD,
            b: WITHHELD,
            at: u32::try_from(at.div_euclid(1_000_000).max(0)).unwrap_or(u32::MAX),
            id: u32::try_from(event.value(row)).map_err(|_| Problem::user("more events than this method can hold"))?,
            duration: seconds.map_or(NO_DURATION, |s| u16::try_from(s.max(0)).unwrap_or(NO_DURATION - 1)),
            what,
        };
        each(a.get(row), b.get(row), event, at)?;
    }
    Ok(())
}
