//! From kept records to the rows of one return: the network's clock, the period, and what is wrong with some of them.

use std::collections::BTreeMap;

use orochi_model::problem::Problem;
use rand::RngExt;

use super::number::Number;
use super::places::Places;
use super::plan::Sent;
use super::record_store::Keep;
use super::row::{CellText, Fault, ReturnRow};
use crate::calendar::At;
use crate::chance::Chance;
use crate::communication::{ContactKind, Outcome, Party};
use crate::network::CellId;
use crate::record::{Record, Side};
use crate::scenario::faults::Faults;
use crate::world::World;

/// Seconds by which a network's clock is off.
pub fn clock_error(world: &World, faults: &Faults, network: u8) -> i64 {
    let most = i64::from(faults.clock.value);
    world.seed.stream("clock", &[u64::from(network)]).random_range(-most..=most)
}

/// Descriptions of cells, each made once.
#[derive(Default)]
pub struct Cells(BTreeMap<CellId, CellText>);

impl Cells {
    /// Describes the cells of records.
    pub fn describe(&mut self, places: &Places<'_>, records: &[Record]) {
        for id in records.iter().flat_map(|record| [record.start_cell, record.end_cell]).flatten() {
            self.0.entry(id).or_insert_with(|| places.cell(id));
        }
    }

    /// All described so far.
    pub fn ids(&self) -> impl Iterator<Item = CellId> + '_ {
        self.0.keys().copied()
    }
}

/// The records of a return as its network's clock has them: shifted, and cut to the period.
///
/// # Errors
/// When kept records cannot be read.
pub fn records(world: &World, faults: &Faults, keep: &Keep, sent: &Sent) -> Result<Vec<Record>, Problem> {
    let off = clock_error(world, faults, world.sims[sent.sim as usize].network);
    let (from, to) = (world.calendar.at(sent.from, 0), world.calendar.at(sent.to, 0));
    let mut records = keep.records(sent.sim)?;
    records.retain_mut(|record| {
        record.communication.at += off;
        (from..to).contains(&record.communication.at)
    });
    Ok(records)
}

/// The rows of a return, by start, with its faults.
pub fn rows<'s>(
    world: &'s World,
    faults: &Faults,
    sent: &Sent,
    records: &[Record],
    cells: &'s Cells,
) -> Vec<ReturnRow<'s>> {
    let mut chance = world.seed.stream("faults", &[sent.asked as u64, u64::from(sent.number)]);
    let mut rows = Vec::with_capacity(records.len());
    for record in records {
        let mut row = row(world, record, cells);
        if chance.random::<f64>() < faults.missing_cells.value {
            (row.first, row.last) = (None, None);
        }
        rows.push(row);
        if chance.random::<f64>() < faults.repeated_rows.value {
            rows.push(row);
        }
    }
    // A call that went to the mailbox can be two lines, which would make one fault two.
    let whole = |row: &ReturnRow<'_>| row.outcome != Outcome::Voicemail && row.fault == Fault::None;
    let spoil = |rows: &mut Vec<ReturnRow<'_>>,
                 chance: &mut Chance,
                 share: f64,
                 fault,
                 fits: &dyn Fn(&ReturnRow<'_>) -> bool| {
        let (any, which) = (chance.random::<f64>() < share, chance.random::<u64>());
        let fitting: Vec<usize> = (0..rows.len()).filter(|place| fits(&rows[*place])).collect();
        if any && !fitting.is_empty() {
            rows[fitting[(which % fitting.len() as u64) as usize]].fault = fault;
        }
    };
    let damageable = |row: &ReturnRow<'_>| whole(row) && row.kind != ContactKind::Data && row.other.is_full();
    spoil(&mut rows, &mut chance, faults.mangled_numbers.value, Fault::Mangled, &damageable);
    spoil(&mut rows, &mut chance, faults.unreadable_dates.value, Fault::Undated, &whole);
    rows
}

fn row<'s>(world: &'s World, record: &Record, cells: &'s Cells) -> ReturnRow<'s> {
    let c = &record.communication;
    let number = |party| match party {
        Party::Sim(sim) => Number::Sim(world.sims[sim as usize].number),
        Party::Outside(id) => Number::Outside(&world.outside[id as usize].text),
    };
    let cell = |id: Option<CellId>| id.and_then(|id| cells.0.get(&id));
    let talked: At = if c.outcome == Outcome::Missed { i64::from(c.ring) } else { i64::from(c.seconds) };
    ReturnRow {
        start: c.at,
        end: c.at + talked,
        kind: c.kind,
        side: record.side,
        outcome: c.outcome,
        own: Number::Sim(world.sims[record.sim as usize].number),
        other: number(if record.side == Side::A { c.to } else { c.from }),
        seconds: c.seconds,
        ring: c.ring,
        volume: c.volume,
        imsi: world.sims[record.sim as usize].imsi,
        imei: world.handsets[record.handset as usize].imei,
        first: cell(record.start_cell),
        last: cell(record.end_cell),
        fault: Fault::None,
    }
}
