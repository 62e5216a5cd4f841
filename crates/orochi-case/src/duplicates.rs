//! How many records of a file were seen before: earlier in the same file, or in an earlier exhibit.
//!
//! Each exhibit keeps its records' content keys as a sorted file of little-endian `u64`s. The new file's keys go
//! through in blocks; for each block the others are read only over the block's span. Every key is read once, and memory
//! does not grow with the number of exhibits: one block, and one bit for each record of the new file.

use std::{
    io::Read,
    path::{Path, PathBuf},
    sync::Arc,
};

use orochi_model::problem::Problem;

use crate::seal::{
    Damage, Seal,
    file::{SealedFile, SealedRead},
};

/// Keys of a block.
const BLOCK: usize = 1 << 20;

/// Where an exhibit's keys lie, and their seal if they have one.
pub(crate) type KeysFile = (PathBuf, Option<Arc<Seal>>);

/// A sorted file of keys.
struct Keys {
    path: PathBuf,
    file: SealedRead,
    count: u64,
    /// Index of the next key to be read.
    at: u64,
}

impl Keys {
    fn open(path: &Path, seal: Option<Arc<Seal>>) -> Result<Self, Problem> {
        let file = SealedFile::open(path, seal).map_err(|error| wrong(path, &error))?;
        let length = file.length();
        if length % 8 != 0 {
            return Err(Problem::data("the keys of an exhibit are damaged")
                .at(path.display())
                .because(format!("their length, {length} bytes, is not a multiple of 8"))
                .hint(crate::seal::mend(path)));
        }
        Ok(Self { path: path.to_path_buf(), file: file.read_from(0), count: length / 8, at: 0 })
    }

    fn wrong(&self, error: &std::io::Error) -> Problem {
        wrong(&self.path, error)
    }

    fn next(&mut self) -> Result<Option<u64>, Problem> {
        if self.at == self.count {
            return Ok(None);
        }
        let mut key = [0; 8];
        self.file.read_exact(&mut key).map_err(|error| self.wrong(&error))?;
        self.at += 1;
        Ok(Some(u64::from_le_bytes(key)))
    }

    fn seek(&mut self, index: u64) {
        self.file.seek(index * 8);
        self.at = index;
    }

    /// Goes to the first key not below `key`.
    fn seek_key(&mut self, key: u64) -> Result<(), Problem> {
        let (mut low, mut high) = (0, self.count);
        while low < high {
            let middle = low.midpoint(high);
            self.seek(middle);
            if self.next()?.is_some_and(|found| found < key) { low = middle + 1 } else { high = middle }
        }
        self.seek(low);
        Ok(())
    }

    /// The next block: at most `BLOCK` keys.
    fn block(&mut self) -> Result<Vec<u64>, Problem> {
        let mut bytes = vec![0; (self.count - self.at).min(BLOCK as u64) as usize * 8];
        self.file.read_exact(&mut bytes).map_err(|error| self.wrong(&error))?;
        self.at += bytes.len() as u64 / 8;
        let keys: Vec<u64> = bytes.as_chunks::<8>().0.iter().map(|key| u64::from_le_bytes(*key)).collect();
        if !keys.is_sorted() {
            return Err(Problem::bug("the keys of an exhibit are not sorted").at(self.path.display()));
        }
        Ok(keys)
    }
}

fn wrong(path: &Path, error: &std::io::Error) -> Problem {
    match Damage::behind(error) {
        Some(damage) => damage.problem(),
        None => Problem::io("read the keys of an exhibit", path, error),
    }
}

/// Which records of a new file are repeats; asked first without the case's lock, then once more
/// for what came in meanwhile.
pub(crate) struct Repeats {
    new: Option<PathBuf>,
    repeated: Vec<u64>,
}

impl Repeats {
    /// Repeats within the file itself: of equal keys all but the first.
    pub(crate) fn within(new: Option<&Path>) -> Result<Self, Problem> {
        let mut repeats = Self { new: new.map(Path::to_path_buf), repeated: Vec::new() };
        if let Some(new) = new {
            let mut keys = Keys::open(new, None)?;
            repeats.repeated = vec![0; keys.count.div_ceil(64) as usize];
            let mut last = None;
            while keys.at < keys.count {
                let start = keys.at;
                for (index, key) in (start..).zip(keys.block()?) {
                    if last == Some(key) {
                        repeats.mark(index);
                    }
                    last = Some(key);
                }
            }
        }
        Ok(repeats)
    }

    /// Repeats of what an earlier exhibit holds.
    pub(crate) fn against(&mut self, earlier: &[KeysFile]) -> Result<(), Problem> {
        let Some(new) = self.new.clone() else { return Ok(()) };
        if earlier.is_empty() {
            return Ok(());
        }
        let mut keys = Keys::open(&new, None)?;
        while keys.at < keys.count {
            let start = keys.at;
            let block = keys.block()?;
            for (path, seal) in earlier {
                let mut other = Keys::open(path, seal.clone())?;
                // Looking keys up one by one costs some twenty reads each; worth it only where the
                // other file is far larger.
                if other.count / 64 > block.len() as u64 {
                    self.look_up(&mut other, &block, start)?;
                } else {
                    self.merge(&mut other, &block, start)?;
                }
            }
        }
        Ok(())
    }

    fn merge(&mut self, other: &mut Keys, block: &[u64], start: u64) -> Result<(), Problem> {
        let (Some(first), Some(last)) = (block.first(), block.last()) else { return Ok(()) };
        other.seek_key(*first)?;
        let mut next = other.next()?;
        for (index, key) in (start..).zip(block) {
            while next.is_some_and(|found| found < *key) {
                next = other.next()?;
            }
            if next == Some(*key) {
                self.mark(index);
            }
            if next.is_none_or(|found| found > *last) {
                break;
            }
        }
        Ok(())
    }

    fn look_up(&mut self, other: &mut Keys, block: &[u64], start: u64) -> Result<(), Problem> {
        for (index, key) in (start..).zip(block) {
            other.seek_key(*key)?;
            if other.next()? == Some(*key) {
                self.mark(index);
            }
        }
        Ok(())
    }

    fn mark(&mut self, index: u64) {
        self.repeated[(index / 64) as usize] |= 1 << (index % 64);
    }

    /// How many records are repeats.
    pub(crate) fn count(&self) -> u64 {
        self.repeated.iter().map(|word| u64::from(word.count_ones())).sum()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use proptest::prelude::*;

    use super::*;

    fn sealed(path: PathBuf) -> KeysFile {
        let seal = Seal::from_file(&path).unwrap();
        (path, Some(Arc::new(seal)))
    }

    fn keys_file(dir: &Path, name: usize, keys: &[u64]) -> PathBuf {
        let mut keys = keys.to_vec();
        keys.sort_unstable();
        let path = dir.join(name.to_string());
        std::fs::write(&path, keys.iter().flat_map(|key| key.to_le_bytes()).collect::<Vec<u8>>()).unwrap();
        path
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn counts_what_a_set_counts(
            new in proptest::collection::vec(0..60_u64, 0..40),
            earlier in proptest::collection::vec(proptest::collection::vec(0..60_u64, 0..300), 0..5),
        ) {
            let dir = tempfile::tempdir().unwrap();
            let mut seen: HashSet<u64> = earlier.iter().flatten().copied().collect();
            let expected = new.iter().filter(|key| !seen.insert(**key)).count() as u64;
            let paths: Vec<KeysFile> = earlier
                .iter()
                .enumerate()
                .map(|(name, keys)| sealed(keys_file(dir.path(), name, keys)))
                .collect();
            let file = keys_file(dir.path(), 99, &new);
            let mut repeats = Repeats::within(Some(&file)).unwrap();
            // In two goes, as when another file came in meanwhile.
            let (before, meanwhile) = paths.split_at(paths.len() / 2);
            repeats.against(before).unwrap();
            repeats.against(meanwhile).unwrap();
            prop_assert_eq!(repeats.count(), expected);
        }

        #[test]
        fn a_few_keys_are_found_in_a_large_file(new in proptest::collection::vec(0..5000_u64, 1..4)) {
            let dir = tempfile::tempdir().unwrap();
            let even: Vec<u64> = (0..2500).map(|key| key * 2).collect();
            let other = keys_file(dir.path(), 0, &even);
            let mut repeats = Repeats::within(Some(&keys_file(dir.path(), 1, &new))).unwrap();
            repeats.against(&[sealed(other)]).unwrap();
            let mut seen: HashSet<u64> = even.into_iter().collect();
            prop_assert_eq!(repeats.count(), new.iter().filter(|key| !seen.insert(**key)).count() as u64);
        }
    }

    #[test]
    fn damaged_keys_count_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let new = keys_file(dir.path(), 1, &[5]);
        let earlier = sealed(keys_file(dir.path(), 0, &[3, 5, 9]));
        std::fs::write(&earlier.0, [3_u64, 7, 9].map(u64::to_le_bytes).concat()).unwrap();
        let problem = Repeats::within(Some(&new)).unwrap().against(&[earlier]).unwrap_err();
        assert_eq!(problem.kind, orochi_model::problem::Kind::Data);
        assert!(problem.place.unwrap().ends_with("bytes 0 to 23"));
    }

    #[test]
    fn no_keys_no_repeats() {
        assert_eq!(Repeats::within(None).unwrap().count(), 0);
    }
}
