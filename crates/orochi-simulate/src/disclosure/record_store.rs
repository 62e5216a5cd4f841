//! Keeps the records of those whose data is disclosed, and lets those of all others go by.
//!
//! Memory is bounded: past [`HELD`] records, those held are written to a file for each SIM and read
//! again when it is disclosed.

use std::fs::{File, OpenOptions};
use std::io::{BufReader, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use orochi_model::problem::Problem;

use crate::communication::{Communication, ContactKind, Outcome, Party};
use crate::ground::SimId;
use crate::record::{Record, Side};
use crate::run::Sink;

/// Records held in memory, about 40 MB of them.
const HELD: usize = 1 << 19;
/// Bytes of a record on disk.
const BYTES: usize = 53;
/// Stands for no cell.
const NONE: u32 = u32::MAX;

/// The sink.
pub struct Keep {
    /// Place in `records` of each SIM of the world, `NONE` for those whose records go by.
    slots: Vec<u32>,
    records: Vec<Vec<Record>>,
    held: usize,
    most: usize,
    folder: PathBuf,
}

impl Keep {
    /// Keeps the records of `sims`, out of `of` SIMs. `folder` must not exist before the first spill; it
    /// is removed with the sink.
    pub fn new(of: usize, sims: impl IntoIterator<Item = SimId>, folder: &Path) -> Self {
        let mut slots = vec![NONE; of];
        let mut records = Vec::new();
        for sim in sims {
            let slot = &mut slots[sim as usize];
            if *slot == NONE {
                *slot = records.len() as u32;
                records.push(Vec::new());
            }
        }
        Self { slots, records, held: 0, most: HELD, folder: folder.to_owned() }
    }

    /// The records of a SIM by start; none of a SIM that is not kept.
    ///
    /// # Errors
    /// When what was spilled cannot be read again.
    pub fn records(&self, sim: SimId) -> Result<Vec<Record>, Problem> {
        let slot = self.slots[sim as usize];
        if slot == NONE {
            return Ok(Vec::new());
        }
        let mut records = self.read_spilled(slot)?;
        records.extend_from_slice(&self.records[slot as usize]);
        records.sort_unstable_by_key(|record| (record.communication, record.side, record.start_cell, record.end_cell));
        Ok(records)
    }

    fn path(&self, slot: u32) -> PathBuf {
        self.folder.join(format!("{slot}"))
    }

    fn spill(&mut self) -> Result<(), Problem> {
        std::fs::create_dir_all(&self.folder).map_err(|error| Problem::io("make a folder", &self.folder, &error))?;
        for slot in 0..self.records.len() {
            if self.records[slot].is_empty() {
                continue;
            }
            let path = self.path(slot as u32);
            let mut bytes = Vec::with_capacity(self.records[slot].len() * BYTES);
            for record in self.records[slot].drain(..) {
                bytes.extend_from_slice(&pack(&record));
            }
            let file = OpenOptions::new().create(true).append(true).open(&path);
            file.and_then(|mut file| file.write_all(&bytes)).map_err(|error| Problem::io("write", &path, &error))?;
        }
        self.held = 0;
        Ok(())
    }

    fn read_spilled(&self, slot: u32) -> Result<Vec<Record>, Problem> {
        let path = self.path(slot);
        let failed = |error: std::io::Error| Problem::io("read", &path, &error);
        let file = match File::open(&path) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            file => file.map_err(failed)?,
        };
        let mut bytes = Vec::new();
        BufReader::new(file).read_to_end(&mut bytes).map_err(failed)?;
        Ok(bytes.as_chunks::<BYTES>().0.iter().map(unpack).collect())
    }
}

impl Sink for Keep {
    fn take(&mut self, _day: u32, records: &[Record]) -> Result<(), Problem> {
        for record in records {
            let slot = self.slots[record.sim as usize];
            if slot != NONE {
                self.records[slot as usize].push(*record);
                self.held += 1;
            }
        }
        if self.held > self.most { self.spill() } else { Ok(()) }
    }
}

impl Drop for Keep {
    fn drop(&mut self) {
        // Nothing is lost if it stays: it lies in a folder that is removed or never renamed into place.
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn pack(record: &Record) -> [u8; BYTES] {
    let c = &record.communication;
    let mut out = [0; BYTES];
    let mut at = 0;
    let mut put = |bytes: &[u8]| {
        out[at..at + bytes.len()].copy_from_slice(bytes);
        at += bytes.len();
    };
    put(&c.at.to_le_bytes());
    for party in [c.from, c.to] {
        let (kind, id) = match party {
            Party::Sim(id) => (0, id),
            Party::Outside(id) => (1, id),
        };
        put(&[kind]);
        put(&id.to_le_bytes());
    }
    put(&[c.kind as u8, c.outcome as u8, u8::from(record.side == Side::B)]);
    put(&c.seconds.to_le_bytes());
    put(&c.ring.to_le_bytes());
    for number in [c.volume.0, c.volume.1, record.sim, record.handset] {
        put(&number.to_le_bytes());
    }
    for cell in [record.start_cell, record.end_cell] {
        put(&cell.unwrap_or(NONE).to_le_bytes());
    }
    out
}

fn unpack(bytes: &[u8; BYTES]) -> Record {
    let mut rest = &bytes[..];
    let mut take = |count: usize| {
        let (head, tail) = rest.split_at(count);
        rest = tail;
        let mut number = [0; 8];
        number[..count].copy_from_slice(head);
        u64::from_le_bytes(number)
    };
    let at = take(8) as i64;
    let mut party = || match (take(1), take(4) as u32) {
        (0, id) => Party::Sim(id),
        (_, id) => Party::Outside(id),
    };
    let (from, to) = (party(), party());
    let kind = match take(1) {
        0 => ContactKind::Call,
        1 => ContactKind::Text,
        _ => ContactKind::Data,
    };
    let outcome = match take(1) {
        0 => Outcome::Answered,
        1 => Outcome::Missed,
        _ => Outcome::Voicemail,
    };
    let side = if take(1) == 0 { Side::A } else { Side::B };
    let seconds = take(4) as u32;
    let ring = take(2) as u16;
    let volume = (take(4) as u32, take(4) as u32);
    let (sim, handset) = (take(4) as u32, take(4) as u32);
    let mut cell = || Some(take(4) as u32).filter(|cell| *cell != NONE);
    let (start_cell, end_cell) = (cell(), cell());
    let communication = Communication { at, from, to, kind, outcome, seconds, ring, volume };
    Record { communication, side, sim, handset, start_cell, end_cell }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(sim: SimId, at: i64) -> Record {
        Record {
            communication: Communication {
                at,
                from: Party::Sim(sim),
                to: Party::Outside(7),
                kind: ContactKind::Text,
                outcome: Outcome::Voicemail,
                seconds: 70_000,
                ring: 300,
                volume: (1, u32::MAX),
            },
            side: Side::B,
            sim,
            handset: 9,
            start_cell: Some(0),
            end_cell: None,
        }
    }

    #[test]
    fn what_is_spilled_comes_back_in_order() {
        let folder = tempfile::tempdir().unwrap();
        let mut keep = Keep::new(5, [1, 3], &folder.path().join("kept"));
        keep.most = 2;
        for day in 0..4 {
            keep.take(day, &[record(3, 50 - i64::from(day)), record(2, 0), record(1, -5)]).unwrap();
        }
        let at: Vec<i64> = keep.records(3).unwrap().iter().map(|record| record.communication.at).collect();
        assert_eq!(at, [47, 48, 49, 50]);
        assert_eq!(keep.records(3).unwrap()[0], record(3, 47));
        assert!(keep.records(2).unwrap().is_empty());
        drop(keep);
        assert!(!folder.path().join("kept").exists());
    }
}
