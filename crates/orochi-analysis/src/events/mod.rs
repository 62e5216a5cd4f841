//! Records to events (method `events`; statement: `docs/methods/events.md`).
//!
//! The engine sorts the records, spilling to disk when it must; this walks through them once, holding only the records
//! that may still belong together, and writes two Parquet files. Data sessions are not communications between parties:
//! they make presences, not events.

mod event;
mod legs;
mod owners;
mod pairing;
mod record;
mod returns;
mod write;

use std::collections::HashMap;
use std::path::Path;

use arrow::datatypes::{Int32Type, UInt64Type};
use orochi_model::{method::Method, problem::Problem};
use serde::Serialize;

use crate::settings::settings;
use crate::tables::{Tables, TextColumn, numbers, texts, times, value};
use owners::Owners;
use pairing::{RecordCluster, pair};
use record::{CallOutcome, PairingRecord};
use returns::Returns;
use write::EventWriter;

/// This method.
pub const METHOD: Method = Method { name: "events", version: "3" };

settings! {
    /// Thresholds of the method `events`.
    Settings {
        start_tolerance_s = 10.0, "seconds", 0.0..=120.0, "assumed",
            "Largest difference between the two sides' clocks for one communication.";
        duration_tolerance_s = 3.0, "seconds", 0.0..=60.0, "assumed",
            "Largest difference between the two sides' durations for one communication.";
        leg_tolerance_s = 45.0, "seconds", 0.0..=300.0,
            "assumed: a phone rings for at most about this long before it diverts",
                "Longest time from an unanswered leg to its divert or voicemail leg.";
    }
}

impl Settings {
    fn start_tolerance_us(&self) -> i64 {
        (self.start_tolerance_s * 1e6) as i64
    }

    fn leg_tolerance_us(&self) -> i64 {
        (self.leg_tolerance_s * 1e6) as i64
    }

    /// Records further apart than this never meet: a leg may begin that much later, on a clock that runs ahead.
    fn reach_us(&self) -> i64 {
        self.start_tolerance_us().saturating_add(self.leg_tolerance_us())
    }
}

/// What was made of the records.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct EventCounts {
    /// Records read: all but data sessions.
    pub records: u64,
    /// Events written.
    pub events: u64,
}

/// The file of events in the folder given to [`build`].
pub const EVENTS_FILE: &str = "events.parquet";
/// The file of links from events to records.
pub const LINKS_FILE: &str = "event_records.parquet";

/// Said of an event that may be a leg of another one.
const DOUBT: &str =
    "this may be the forwarded leg of another call in the case: more than one call, or more than one row, fits";

/// Reads `records` from `tables` and writes `events.parquet` and `event_records.parquet` into `folder`.
///
/// # Errors
/// When the records cannot be read or a file cannot be written.
pub fn build(tables: &dyn Tables, settings: &Settings, folder: &Path) -> Result<EventCounts, Problem> {
    let returns = Returns::read(tables, settings)?;
    let mut builder = EventBuilder::new(settings.clone(), EventWriter::create(folder)?, Owners::read(tables)?, returns);
    tables.stream(
        "SELECT kind, side, a, b, c, start, start_alt, \"end\", duration_s, outcome, coalesce(imsi, imei) AS sim, \
         exhibit, sheet, \"row\" FROM records WHERE kind <> 'data' ORDER BY a, b, kind, start, exhibit, sheet, \"row\"",
        &mut |batch| builder.add_batch(&batch),
    )?;
    builder.finish()
}

/// Caller, called party and kind: only records that share all three can describe one communication.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
struct PairingKey {
    a: Option<String>,
    b: Option<String>,
    kind: String,
}

impl PairingKey {
    fn is(&self, a: Option<&str>, b: Option<&str>, kind: &str) -> bool {
        self.a.as_deref() == a && self.b.as_deref() == b && self.kind == kind
    }
}

struct EventBuilder {
    settings: Settings,
    writer: EventWriter,
    owners: Owners,
    returns: Returns,
    exhibits: NameTable,
    sheets: NameTable,
    key: PairingKey,
    window: Vec<PairingRecord>,
    reach: i64,
    built: EventCounts,
}

impl EventBuilder {
    fn new(settings: Settings, writer: EventWriter, owners: Owners, returns: Returns) -> Self {
        Self {
            settings,
            writer,
            owners,
            returns,
            exhibits: NameTable::default(),
            sheets: NameTable::default(),
            key: PairingKey::default(),
            window: Vec::new(),
            reach: i64::MIN,
            built: EventCounts::default(),
        }
    }

    fn add_batch(&mut self, batch: &arrow::array::RecordBatch) -> Result<(), Problem> {
        let columns = |name: &str| texts(batch, name);
        let (kind, side, a, b, c) = (columns("kind")?, columns("side")?, columns("a")?, columns("b")?, columns("c")?);
        let (outcome, exhibit, sheet) = (columns("outcome")?, columns("exhibit")?, columns("sheet")?);
        let sim = columns("sim")?;
        let (start, start_alt, end) = (times(batch, "start")?, times(batch, "start_alt")?, times(batch, "end")?);
        let duration = numbers::<Int32Type>(batch, "duration_s")?;
        let row = numbers::<UInt64Type>(batch, "row")?;
        for i in 0..batch.num_rows() {
            let at = start.value(i);
            let (caller, called, what) = (a.get(i), b.get(i), kind.get(i).unwrap_or("other"));
            let same = self.key.is(caller, called, what);
            if !same || at > self.reach {
                self.flush()?;
                if !same {
                    self.key = PairingKey {
                        a: caller.map(str::to_owned),
                        b: called.map(str::to_owned),
                        kind: what.to_owned(),
                    };
                }
            }
            let rec = PairingRecord {
                side: side.get(i).and_then(side_letter).or_else(|| self.owners.side(sim.get(i), caller, called)),
                exhibit: self.exhibits.id(exhibit.get(i).unwrap_or_default()),
                sheet: optional(&sheet, i).map(|name| self.sheets.id(name)),
                row: row.value(i),
                c: c.get(i).map(Box::from),
                start: at,
                start_alt: value(&start_alt, i),
                end: value(&end, i),
                duration_s: value(&duration, i),
                outcome: outcome.get(i).and_then(CallOutcome::read),
            };
            self.reach = self.reach.max(rec.latest().saturating_add(self.settings.reach_us()));
            self.window.push(rec);
        }
        Ok(())
    }

    fn flush(&mut self) -> Result<(), Problem> {
        self.reach = i64::MIN;
        if self.window.is_empty() {
            return Ok(());
        }
        self.built.records += self.window.len() as u64;
        let window = std::mem::take(&mut self.window);
        for cluster in pair(&window, &self.settings) {
            if !self.returns.hold(&self.key, &window, &cluster) {
                let records: Vec<&PairingRecord> = cluster.members.iter().map(|&i| &window[i]).collect();
                let key = std::mem::take(&mut self.key);
                let written = self.write(&key, &cluster, &records);
                self.key = key;
                written?;
            }
        }
        self.window = window;
        self.window.clear();
        Ok(())
    }

    /// Writes one event; `records` begin with the cluster's own, the first of which stands for the event.
    fn write(&mut self, key: &PairingKey, cluster: &RecordCluster, records: &[&PairingRecord]) -> Result<(), Problem> {
        let event = self.built.events;
        self.built.events += 1;
        let Some(first) = records.first() else { return Ok(()) };
        let talk = event::talk_record(records);
        let place = |rec: &PairingRecord| write::RecordPlace {
            exhibit: self.exhibits.name(rec.exhibit),
            sheet: rec.sheet.map(|s| self.sheets.name(s)),
            row: rec.row,
        };
        self.writer.event(&write::EventRow {
            event,
            kind: &key.kind,
            a: key.a.as_deref(),
            b: key.b.as_deref(),
            c: event::forwarded_to_number(records),
            start: cluster.readings.first().map_or(first.start, |reading| reading.0),
            start_alt: cluster.readings.get(1).map(|reading| reading.0),
            end: talk.and_then(|rec| rec.end).or_else(|| records.iter().find_map(|rec| rec.end)),
            duration_s: talk.and_then(|rec| rec.duration_s),
            outcome: event::outcome(records).map(CallOutcome::as_str),
            sides: &event::sides(records),
            records: u32::try_from(records.len()).unwrap_or(u32::MAX),
            doubt: cluster.doubt.then_some(DOUBT),
            place: place(first),
        })?;
        for rec in records {
            self.writer.link(event, place(rec))?;
        }
        Ok(())
    }

    fn finish(mut self) -> Result<EventCounts, Problem> {
        self.flush()?;
        for held in self.returns.join_legs(&self.settings) {
            let records: Vec<&PairingRecord> = held.records.iter().collect();
            self.write(&held.key, &held.cluster, &records)?;
        }
        self.writer.finish()?;
        Ok(self.built)
    }
}

fn optional(column: &TextColumn, row: usize) -> Option<&str> {
    column.get(row).filter(|text| !text.is_empty())
}

fn side_letter(text: &str) -> Option<u8> {
    match text.as_bytes() {
        [letter @ (b'A' | b'B' | b'C')] => Some(*letter),
        _ => None,
    }
}

/// Names held once and passed on as numbers.
#[derive(Default)]
struct NameTable {
    ids: HashMap<String, u32>,
    names: Vec<String>,
}

impl NameTable {
    fn id(&mut self, name: &str) -> u32 {
        if let Some(id) = self.ids.get(name) {
            return *id;
        }
        let id = self.names.len() as u32;
        self.names.push(name.to_owned());
        self.ids.insert(name.to_owned(), id);
        id
    }

    fn name(&self, id: u32) -> &str {
        self.names.get(id as usize).map_or("", String::as_str)
    }
}
