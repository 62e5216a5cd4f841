//! Checking a whole case: each byte of each file against what vouches for it. Only reads.
//!
//! What vouches for what: a head noted elsewhere for the log, the log for the rows of the catalogue and for the hashes
//! of native files, tables and keys, the catalogue for each block of a table. The seal of the catalogue at rest covers
//! the bytes of its file that no row uses.

mod catalogue;
mod files;

use std::path::{Path, PathBuf};

use orochi_audit::fault::{Fault as LogFault, Head, Verified};
use orochi_model::problem::Problem;
use serde::Serialize;

use crate::{audit, catalogue as database};

/// A part of a case. The log is one more; its faults are of their own kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    /// The catalogue: its file and its rows.
    Catalogue,
    /// How each file was read, as kept in the catalogue.
    Mappings,
    /// Native files.
    Vault,
    /// Tables of exhibits.
    Tables,
    /// Keys of exhibits.
    Keys,
    /// Derived tables.
    Derived,
}

/// What is not what was committed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// Where it belongs.
    pub part: Part,
    /// The exhibit it belongs to, if to one.
    pub exhibit: Option<String>,
    /// The file, below the case folder.
    pub file: PathBuf,
    /// Where in the file: bytes, rows of the catalogue. None: as a whole.
    pub place: Option<String>,
    /// What is wrong, in words.
    pub reason: String,
    /// How to mend it.
    pub mend: String,
}

/// What nothing vouches for: it may be whole, and nobody can say so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Unvouched {
    /// Where it belongs.
    pub part: Part,
    /// The file, below the case folder.
    pub file: PathBuf,
    /// Why nothing does.
    pub reason: String,
}

/// How much of a part was checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Count {
    /// The part.
    pub part: Part,
    /// Files (of mappings: exhibits) that were compared with what vouches for them.
    pub checked: u64,
}

/// What a check found.
#[derive(Clone, Debug)]
pub struct Report {
    /// Whether the case is a training case; none when the catalogue cannot be read.
    pub training: Option<bool>,
    /// The log holds, or what was done to it.
    pub log: Result<Verified, Vec<LogFault>>,
    /// Each part, in a fixed order.
    pub counts: Vec<Count>,
    /// Faults of all parts but the log, part by part.
    pub faults: Vec<Fault>,
    /// What could not be compared with anything.
    pub unvouched: Vec<Unvouched>,
}

impl Report {
    /// Whether everything that something vouches for holds.
    pub fn holds(&self) -> bool {
        self.log.is_ok() && self.faults.is_empty()
    }
}

/// Checks the case in `dir`. `progress` gets bytes read and bytes in all. What a command changes meanwhile waits for
/// the end of the look at the catalogue, not for that at the files.
///
/// # Errors
/// User kind when `dir` is no case or may not be read; that a file is damaged is no error but a fault.
pub fn verify(dir: &Path, noted: Option<&Head>, progress: &dyn Fn(u64, u64)) -> Result<Report, Problem> {
    if !dir.join("case.sqlite").is_file() {
        return Err(database::not_a_case(dir));
    }
    let log = audit::verify(dir, noted);
    let mut report = Report { training: None, log, counts: Vec::new(), faults: Vec::new(), unvouched: Vec::new() };
    let known = catalogue::check(dir, &mut report)?;
    files::check(dir, known.as_ref(), &mut report, progress);
    Ok(report)
}

impl Report {
    fn count(&mut self, part: Part, checked: u64) {
        self.counts.push(Count { part, checked });
    }
}

#[cfg(test)]
mod tests;
