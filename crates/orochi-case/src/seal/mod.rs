//! Seals: what a file of the case was when it was committed, block by block, so that no byte of it is believed that is
//! not what was written.
//!
//! A seal holds the file's length, the SHA-256 of the whole (which `sha256sum` gives) and that of each block. Whoever
//! reads a part of a sealed file reads whole blocks and compares each before a byte of it is used: footers, pages and
//! what lies between them alike. Parquet has checksums of its own, but only for the data of pages: neither for their
//! headers nor for the footer, which says where everything is.
//!
//! - [`mod@file`] reads a file by its seal: for readers that go past the query engine.
//! - [`store`] does so for the query engine.
//! - [`book`] keeps the seals of a case: in the catalogue, whose rows the audit log vouches for.
//! - [`rest`] seals the catalogue itself while nobody writes to it.

pub(crate) mod book;
pub(crate) mod file;
pub(crate) mod rest;
pub(crate) mod store;

use std::{
    error::Error,
    fmt,
    fs::File,
    io::{self, Read},
    ops::Range,
    path::{Path, PathBuf},
};

use orochi_audit::tree::hex;
use orochi_model::problem::Problem;
use sha2::{Digest, Sha256};

use crate::disk;

/// Bytes of a block. Columns of a block of rows are some tens of kilobytes: larger blocks would read more beside them,
/// smaller ones make the seals larger (32 bytes for each block).
pub(crate) const BLOCK: u64 = 1 << 15;

/// Bytes of a hash.
const HASH: usize = 32;

/// What a file was when it was committed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Seal {
    /// Its length.
    pub(crate) bytes: u64,
    /// SHA-256 of the whole, lower-case hexadecimal.
    pub(crate) sha256: String,
    /// SHA-256 of each block, one after the other.
    pub(crate) blocks: Vec<u8>,
}

impl Seal {
    /// The seal of a file as it is now.
    pub(crate) fn from_file(path: &Path) -> io::Result<Self> {
        let mut file = File::open(path)?;
        let (mut whole, mut blocks, mut bytes) = (Sha256::new(), Vec::new(), 0);
        let mut block = Vec::with_capacity(BLOCK as usize);
        loop {
            block.clear();
            Read::by_ref(&mut file).take(BLOCK).read_to_end(&mut block)?;
            if block.is_empty() {
                return Ok(Self { bytes, sha256: hex(&whole.finalize()), blocks });
            }
            whole.update(&block);
            blocks.extend_from_slice(&Sha256::digest(&block));
            bytes += block.len() as u64;
        }
    }

    /// The whole blocks around a range of the file.
    fn around(&self, range: &Range<u64>) -> Range<u64> {
        let end = range.end.div_ceil(BLOCK).saturating_mul(BLOCK).min(self.bytes);
        range.start / BLOCK * BLOCK..end
    }

    /// Compares whole blocks, the first of which begins at `from`.
    fn check(&self, path: &Path, from: u64, read: &[u8]) -> Result<(), Damage> {
        let hashes = self.blocks.chunks_exact(HASH).skip((from / BLOCK) as usize);
        let mut hashes = hashes.map(Some).chain(std::iter::repeat(None));
        for (at, block) in (from..).step_by(BLOCK as usize).zip(read.chunks(BLOCK as usize)) {
            if hashes.next().flatten() != Some(&Sha256::digest(block)[..]) {
                return Err(Damage::at(path, at..at + block.len() as u64));
            }
        }
        Ok(())
    }

    /// Reads the whole file and gives each place that is not what was sealed; `progress` gets the bytes of each block.
    pub(crate) fn faults(&self, path: &Path, progress: &dyn Fn(u64)) -> io::Result<Vec<Damage>> {
        let mut file = File::open(path)?;
        let length = file.metadata()?.len();
        let mut faults = Vec::new();
        if length != self.bytes {
            faults.push(Damage::length(path, self.bytes, length));
        }
        let mut block = Vec::with_capacity(BLOCK as usize);
        let mut whole = Sha256::new();
        let mut at = 0;
        while at < self.bytes.min(length) {
            block.clear();
            let due = BLOCK.min(self.bytes - at);
            Read::by_ref(&mut file).take(due).read_to_end(&mut block)?;
            if block.is_empty() {
                break;
            }
            whole.update(&block);
            // The last block of a file that was cut short is none: its length says so already.
            if block.len() as u64 == due
                && let Err(damage) = self.check(path, at, &block)
            {
                faults.push(damage);
            }
            at += block.len() as u64;
            progress(block.len() as u64);
        }
        // Every block fits and the whole does not: then it is the seal that was touched.
        if faults.is_empty() && hex(&whole.finalize()) != self.sha256 {
            faults.push(Damage::at(path, 0..self.bytes));
        }
        Ok(faults)
    }
}

/// A file that is not what was sealed. Travels through the errors of the Parquet reader and the query engine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Damage {
    path: PathBuf,
    /// Where, and what is wrong there, in words.
    pub(crate) place: String,
    pub(crate) reason: String,
}

impl Damage {
    fn at(path: &Path, range: Range<u64>) -> Self {
        let place = format!("bytes {} to {}", range.start, range.end.saturating_sub(1));
        Self { path: path.to_path_buf(), place, reason: "they differ from what was committed".to_owned() }
    }

    fn foreign(path: &Path) -> Self {
        let reason = "no command committed it".to_owned();
        Self { path: path.to_path_buf(), place: "as a whole".to_owned(), reason }
    }

    fn touched(path: &Path) -> Self {
        let reason = "it differs from what was written".to_owned();
        Self { path: path.to_path_buf(), place: "as a whole".to_owned(), reason }
    }

    fn length(path: &Path, sealed: u64, found: u64) -> Self {
        let reason = format!("it has {found} bytes; {sealed} were committed");
        Self { path: path.to_path_buf(), place: "its length".to_owned(), reason }
    }

    /// The damage behind an error, however deep.
    pub(crate) fn behind<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a Self> {
        let mut next = Some(error);
        while let Some(one) = next {
            if let Some(found) = one.downcast_ref::<Self>() {
                return Some(found);
            }
            // An input or output error does not name what it holds as its source.
            let held = one.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
            if let Some(held) = held.and_then(|held| held.downcast_ref::<Self>()) {
                return Some(held);
            }
            next = one.source();
        }
        None
    }

    /// As a problem that names the file and how to mend it.
    pub(crate) fn problem(&self) -> Problem {
        Problem::data("a file of the case is damaged, so no result is made from it")
            .at(format!("{} {}", self.path.display(), self.place))
            .because(&self.reason)
            .hint(mend(&self.path))
    }
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}: {}", self.path.display(), self.place, self.reason)
    }
}

impl Error for Damage {}

impl From<Damage> for io::Error {
    fn from(damage: Damage) -> Self {
        Self::new(io::ErrorKind::InvalidData, damage)
    }
}

/// How a damaged file of a case is mended.
pub(crate) fn mend(path: &Path) -> String {
    let within = |up: usize, name: &str| path.ancestors().nth(up).is_some_and(|folder| disk::name_of(folder) == name);
    if within(2, "derived") {
        let folder = path.parent().unwrap_or(path).display();
        return format!("remove the folder {folder}: the next command that needs it derives it again");
    }
    if within(1, "vault") {
        return "restore this file from a copy of the case, or ask the operator for it again".to_owned();
    }
    "restore this file from a copy of the case; without one, make a new case and `orochi add` the exhibit's native \
     file from the vault"
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seal_is_what_is_known_of_the_bytes() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("abc");
        std::fs::write(&path, "abc").unwrap();
        let seal = Seal::from_file(&path).unwrap();
        // FIPS 180-4, first example; one block, so that both hashes are of the same bytes.
        assert_eq!(seal.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!((seal.bytes, hex(&seal.blocks)), (3, seal.sha256.clone()));
        std::fs::write(&path, "").unwrap();
        assert!(Seal::from_file(&path).unwrap().blocks.is_empty());
    }

    #[test]
    fn every_changed_length_and_byte_is_placed() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("file");
        let bytes: Vec<u8> = (0..BLOCK * 2 + 100).map(|at| (at % 251) as u8).collect();
        std::fs::write(&path, &bytes).unwrap();
        let seal = Seal::from_file(&path).unwrap();
        assert_eq!(seal.faults(&path, &|_| {}).unwrap(), []);
        for at in [0, BLOCK - 1, BLOCK, BLOCK * 2, BLOCK * 2 + 99] {
            let mut turned = bytes.clone();
            turned[at as usize] ^= 1;
            std::fs::write(&path, turned).unwrap();
            let start = at / BLOCK * BLOCK;
            let range = start..(start + BLOCK).min(seal.bytes);
            assert_eq!(seal.faults(&path, &|_| {}).unwrap(), [Damage::at(&path, range)]);
        }
        for length in [0, 1, BLOCK, BLOCK * 2 + 99, BLOCK * 2 + 101, BLOCK * 4] {
            let mut other = bytes.clone();
            other.resize(length as usize, 0);
            std::fs::write(&path, other).unwrap();
            assert_eq!(seal.faults(&path, &|_| {}).unwrap()[0], Damage::length(&path, seal.bytes, length));
        }
        let altered = Seal { sha256: "00".repeat(32), ..seal };
        std::fs::write(&path, &bytes).unwrap();
        assert_eq!(altered.faults(&path, &|_| {}).unwrap().len(), 1);
    }
}
