//! `area.csv`: every record of everyone, both sides, as one table that `profiles/simulated-area.toml` reads.
//!
//! Columns are few and unambiguous: times in UTC, numbers in E.164, cells as `LTE/234-30-3160321`, the side in the
//! type. Rows are in the order of the run, day by day, not by time.

use crate::communication::{ContactKind, Outcome, Party};
use crate::network::{CellId, Networks, Radio};
use crate::record::{Record, Side};
use crate::run::{Sink, pool};
use crate::world::World;
use orochi_model::problem::Problem;
use rayon::prelude::*;
use std::fmt::Write as _;
use std::io::Write;
use std::path::{Path, PathBuf};

/// The header.
pub const HEADER: &str = "start,type,caller,called,ring,duration,imsi,imei,up_kb,down_kb,start_cell,end_cell\n";
/// Records in one piece of work, and pieces in memory at a time.
const PIECE: usize = 8_192;
const PIECES: usize = 32;

/// Writes `area.csv`.
#[derive(Debug)]
pub struct AreaSink<'a> {
    world: &'a World,
    cells: Vec<Box<[u8]>>,
    pool: rayon::ThreadPool,
    file: std::fs::File,
    path: PathBuf,
    /// Rows written.
    pub rows: u64,
    /// Bytes written.
    pub bytes: u64,
}

impl<'a> AreaSink<'a> {
    /// Creates the file and writes the header.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn create(path: &Path, world: &'a World, networks: &Networks, threads: usize) -> Result<Self, Problem> {
        let mut file = std::fs::File::create(path).map_err(|e| Problem::io("create", path, &e))?;
        file.write_all(HEADER.as_bytes()).map_err(|e| Problem::io("write", path, &e))?;
        let cells =
            (0..networks.cells.len() as CellId).map(|cell| identity(networks, cell).into_bytes().into()).collect();
        let bytes = HEADER.len() as u64;
        Ok(Self { world, cells, pool: pool(threads)?, file, path: path.to_owned(), rows: 0, bytes })
    }

    /// Ends the file.
    ///
    /// # Errors
    /// When it does not reach the disk.
    pub fn finish(self) -> Result<(), Problem> {
        self.file.sync_all().map_err(|e| Problem::io("write", &self.path, &e))
    }
}

impl Sink for AreaSink<'_> {
    fn take(&mut self, _day: u32, records: &[Record]) -> Result<(), Problem> {
        for some in records.chunks(PIECE * PIECES) {
            let (world, cells) = (self.world, &self.cells);
            let texts: Vec<Vec<u8>> =
                self.pool.install(|| some.par_chunks(PIECE).map(|piece| rows(world, cells, piece)).collect());
            for text in texts {
                self.file.write_all(&text).map_err(|e| Problem::io("write", &self.path, &e))?;
                self.bytes += text.len() as u64;
            }
        }
        self.rows += records.len() as u64;
        Ok(())
    }
}

/// Identity of a cell: `GSM/234-10-1014-13399`, `LTE/234-30-3160321`.
pub fn identity(networks: &Networks, cell: CellId) -> String {
    let cell = &networks.cells[cell as usize];
    let mut text = String::new();
    let _ = match cell.radio {
        Radio::Gsm => write!(text, "GSM/234-{}-{}-{}", cell.mnc, cell.area, cell.id),
        Radio::Umts => write!(text, "UMTS/234-{}-{}-{}", cell.mnc, cell.area, cell.id),
        Radio::Lte => write!(text, "LTE/234-{}-{}", cell.mnc, cell.id),
        Radio::Nr => write!(text, "NR/234-{}-{}", cell.mnc, cell.id),
    };
    text
}

/// Rows of a piece, by hand: a formatter would take most of the run's time.
fn rows(world: &World, cells: &[Box<[u8]>], records: &[Record]) -> Vec<u8> {
    let mut out = Vec::with_capacity(records.len() * 140);
    let mut day = Day::default();
    for record in records {
        let what = &record.communication;
        day.write(what.at, &mut out);
        out.push(b',');
        out.extend_from_slice(type_word(record).as_bytes());
        out.push(b',');
        party(world, what.from, &mut out);
        out.push(b',');
        if what.kind != ContactKind::Data {
            party(world, what.to, &mut out);
        }
        out.push(b',');
        if what.kind == ContactKind::Call {
            digits(what.ring.into(), &mut out);
        }
        out.push(b',');
        if what.kind != ContactKind::Text {
            digits(what.seconds.into(), &mut out);
        }
        out.push(b',');
        digits(world.sims[record.sim as usize].imsi, &mut out);
        out.push(b',');
        digits(world.handsets[record.handset as usize].imei, &mut out);
        out.push(b',');
        if what.kind == ContactKind::Data {
            digits(what.volume.0.into(), &mut out);
            out.push(b',');
            digits(what.volume.1.into(), &mut out);
        } else {
            out.push(b',');
        }
        for cell in [record.start_cell, record.end_cell] {
            out.push(b',');
            if let Some(cell) = cell {
                out.extend_from_slice(&cells[cell as usize]);
            }
        }
        out.push(b'\n');
    }
    out
}

/// The word in the type column; the profile gives each its meaning.
fn type_word(record: &Record) -> &'static str {
    match (record.communication.kind, record.side, record.communication.outcome) {
        (ContactKind::Call, Side::A, Outcome::Answered) => "CALL-A",
        (ContactKind::Call, Side::B, Outcome::Answered) => "CALL-B",
        (ContactKind::Call, Side::A, Outcome::Missed) => "CALL-A-MISSED",
        (ContactKind::Call, Side::B, Outcome::Missed) => "CALL-B-MISSED",
        (ContactKind::Call, Side::A, Outcome::Voicemail) => "CALL-A-VOICEMAIL",
        (ContactKind::Call, Side::B, Outcome::Voicemail) => "CALL-B-VOICEMAIL",
        (ContactKind::Text, Side::A, _) => "SMS-MO",
        (ContactKind::Text, Side::B, _) => "SMS-MT",
        (ContactKind::Data, ..) => "DATA",
    }
}

fn party(world: &World, party: Party, out: &mut Vec<u8>) {
    match party {
        Party::Sim(sim) => {
            out.push(b'+');
            digits(world.sims[sim as usize].number, out);
        }
        Party::Outside(outside) => out.extend_from_slice(world.outside[outside as usize].text.as_bytes()),
    }
}

fn digits(mut number: u64, out: &mut Vec<u8>) {
    let mut text = [0_u8; 20];
    let mut first = text.len();
    loop {
        first -= 1;
        text[first] = b'0' + (number % 10) as u8;
        number /= 10;
        if number == 0 {
            break;
        }
    }
    out.extend_from_slice(&text[first..]);
}

/// The date of the last row written, as text: most rows share it.
#[derive(Default)]
struct Day {
    number: i64,
    text: String,
}

impl Day {
    fn write(&mut self, at: i64, out: &mut Vec<u8>) {
        let (number, second) = (at.div_euclid(86_400), at.rem_euclid(86_400) as u32);
        if number != self.number || self.text.is_empty() {
            self.number = number;
            self.text = jiff::Timestamp::from_second(number * 86_400)
                .map(|midnight| midnight.strftime("%Y-%m-%dT").to_string())
                .unwrap_or_default();
        }
        out.extend_from_slice(self.text.as_bytes());
        let two = |part: u32| [b'0' + (part / 10) as u8, b'0' + (part % 10) as u8];
        out.extend_from_slice(&two(second / 3_600));
        out.push(b':');
        out.extend_from_slice(&two(second / 60 % 60));
        out.push(b':');
        out.extend_from_slice(&two(second % 60));
        out.push(b'Z');
    }
}
