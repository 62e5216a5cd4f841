//! A file read by its seal, for readers that go past the query engine.

use std::{
    collections::VecDeque,
    fs::File,
    io::{self, Read, Seek, SeekFrom},
    ops::Range,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use bytes::{Buf, Bytes};
use orochi_model::problem::Problem;
use parquet::{
    errors::ParquetError,
    file::reader::{ChunkReader, Length},
};

use super::{BLOCK, Damage, Seal};

/// Blocks that stay at hand: headers of pages, and columns that begin where others end, lie in blocks read before.
const RECENT: usize = 8;

/// An open file. Its bytes are compared with the seal before they are given; a file without a seal (one that an earlier
/// program committed, or one that is not the case's) is given as it is.
#[derive(Clone, Debug)]
pub(crate) struct SealedFile(Arc<Open>);

#[derive(Debug)]
struct Open {
    path: PathBuf,
    seal: Option<Arc<Seal>>,
    length: u64,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    file: File,
    /// Blocks that were compared, by where they begin.
    recent: VecDeque<(u64, Bytes)>,
}

impl SealedFile {
    /// Opens it.
    pub(crate) fn open(path: &Path, seal: Option<Arc<Seal>>) -> io::Result<Self> {
        let file = File::open(path)?;
        let length = file.metadata()?.len();
        if let Some(seal) = seal.as_deref().filter(|seal| seal.bytes != length) {
            return Err(Damage::length(path, seal.bytes, length).into());
        }
        let state = Mutex::new(State { file, recent: VecDeque::with_capacity(RECENT) });
        Ok(Self(Arc::new(Open { path: path.to_path_buf(), seal, length, state })))
    }

    /// Bytes of the file.
    pub(crate) fn length(&self) -> u64 {
        self.0.length
    }

    /// A part of it.
    pub(crate) fn bytes(&self, range: Range<u64>) -> io::Result<Bytes> {
        if range.start > range.end || range.end > self.0.length {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let mut state = self.0.state.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(seal) = self.0.seal.as_deref() else { return read(&mut state.file, range) };
        let around = seal.around(&range);
        let within = (range.start - around.start) as usize..(range.end - around.start) as usize;
        if let Some((_, block)) = state.recent.iter().find(|(start, _)| *start == around.start)
            && block.len() >= within.end
        {
            return Ok(block.slice(within));
        }
        let all = read(&mut state.file, around.clone())?;
        seal.check(&self.0.path, around.start, &all)?;
        if let Some(last) = around.end.checked_sub(1).map(|last| last / BLOCK * BLOCK).filter(|_| !all.is_empty()) {
            if state.recent.len() == RECENT {
                state.recent.pop_front();
            }
            let block = &all[(last - around.start) as usize..];
            // A copy, or a column of some megabytes would stay for the sake of its last block.
            state.recent.push_back((last, Bytes::copy_from_slice(block)));
        }
        Ok(all.slice(within))
    }

    /// Reads from a place on.
    pub(crate) fn read_from(&self, at: u64) -> SealedRead {
        SealedRead { file: self.clone(), at, rest: Bytes::new() }
    }
}

fn read(file: &mut File, range: Range<u64>) -> io::Result<Bytes> {
    let mut bytes = vec![0; (range.end - range.start) as usize];
    file.seek(SeekFrom::Start(range.start))?;
    file.read_exact(&mut bytes)?;
    Ok(bytes.into())
}

/// Reads a file from a place on, block by block.
#[derive(Debug)]
pub(crate) struct SealedRead {
    file: SealedFile,
    /// Where the next block is taken from.
    at: u64,
    /// What is left of the last one.
    rest: Bytes,
}

impl SealedRead {
    /// Goes on from another place.
    pub(crate) fn seek(&mut self, to: u64) {
        // Within what is at hand nothing has to be read again.
        match to.checked_sub(self.at - self.rest.len() as u64) {
            Some(ahead) if ahead < self.rest.len() as u64 => self.rest.advance(ahead as usize),
            _ => (self.at, self.rest) = (to, Bytes::new()),
        }
    }
}

impl Read for SealedRead {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.rest.is_empty() && self.at < self.file.length() {
            let end = ((self.at / BLOCK + 1) * BLOCK).min(self.file.length());
            self.rest = self.file.bytes(self.at..end)?;
            self.at = end;
        }
        let count = into.len().min(self.rest.len());
        self.rest.split_to(count).copy_to_slice(&mut into[..count]);
        Ok(count)
    }
}

impl Length for SealedFile {
    fn len(&self) -> u64 {
        self.0.length
    }
}

impl ChunkReader for SealedFile {
    type T = SealedRead;

    fn get_read(&self, start: u64) -> Result<Self::T, ParquetError> {
        Ok(self.read_from(start))
    }

    fn get_bytes(&self, start: u64, length: usize) -> Result<Bytes, ParquetError> {
        let end = start.saturating_add(length as u64);
        self.bytes(start..end).map_err(|error| ParquetError::External(Box::new(error)))
    }
}

/// An error on the way to or through a table as a problem: a damage is named, other errors of the operating system stay
/// what they are, and whatever else the reader finds is damage too.
pub(crate) fn unread(path: &Path, error: &(dyn std::error::Error + 'static)) -> Problem {
    if let Some(damage) = Damage::behind(error) {
        return damage.problem();
    }
    if let Some(error) = error.downcast_ref::<io::Error>() {
        return Problem::io("open", path, error);
    }
    Problem::data("a table is damaged").at(path.display()).because(error).hint(super::mend(path))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sealed(bytes: &[u8]) -> (tempfile::TempDir, PathBuf, Arc<Seal>) {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("file");
        std::fs::write(&path, bytes).unwrap();
        let seal = Arc::new(Seal::from_file(&path).unwrap());
        (dir, path, seal)
    }

    fn some(length: usize) -> Vec<u8> {
        (0..length).map(|at| (at * 7 % 253) as u8).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn any_part_is_given_as_it_is_or_not_at_all(
            length in 1..200_000_usize,
            parts in proptest::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 1..12),
            turned in any::<prop::sample::Index>(),
        ) {
            let bytes = some(length);
            let (_dir, path, seal) = sealed(&bytes);
            let turned = turned.index(length);
            let mut other = bytes.clone();
            other[turned] ^= 4;
            for damaged in [false, true] {
                std::fs::write(&path, if damaged { &other } else { &bytes }).unwrap();
                let file = SealedFile::open(&path, Some(seal.clone())).unwrap();
                for (from, to) in &parts {
                    let (from, to) = (from.index(length), to.index(length));
                    let (from, to) = (from.min(to), from.max(to) + 1);
                    let touched = from / BLOCK as usize * BLOCK as usize <= turned
                        && turned < to.div_ceil(BLOCK as usize) * BLOCK as usize;
                    match file.bytes(from as u64..to as u64) {
                        Ok(part) => {
                            prop_assert!(!damaged || !touched);
                            prop_assert_eq!(&part[..], &bytes[from..to]);
                        }
                        Err(error) => {
                            prop_assert!(damaged && touched);
                            prop_assert!(Damage::behind(&error).is_some());
                        }
                    }
                    let mut read = file.read_from(from as u64);
                    let mut given = vec![0; to - from];
                    if let Ok(()) = read.read_exact(&mut given) {
                        prop_assert_eq!(&given[..], &bytes[from..to]);
                    } else {
                        prop_assert!(damaged && touched);
                    }
                }
            }
        }

        #[test]
        fn a_reader_goes_where_it_is_sent(steps in proptest::collection::vec((0..100_000_u64, 1..3000_usize), 1..20)) {
            let bytes = some(103_000);
            let (_dir, path, seal) = sealed(&bytes);
            let mut read = SealedFile::open(&path, Some(seal)).unwrap().read_from(0);
            for (to, count) in steps {
                read.seek(to);
                let mut part = vec![0; count];
                read.read_exact(&mut part).unwrap();
                prop_assert_eq!(&part[..], &bytes[to as usize..to as usize + count]);
            }
        }
    }

    #[test]
    fn another_length_is_no_file_to_open() {
        let (_dir, path, seal) = sealed(&some(70_000));
        std::fs::write(&path, some(70_001)).unwrap();
        let error = SealedFile::open(&path, Some(seal)).unwrap_err();
        assert_eq!(Damage::behind(&error).unwrap().place, "its length");
    }
}
