//! Content keys of all records, sorted, in bounded memory: sorted runs on disk, merged at the end.

use std::{
    cmp::Reverse,
    collections::BinaryHeap,
    fs::{self, File},
    io::{self, BufReader, BufWriter, Read, Write},
    path::{Path, PathBuf},
};

use orochi_model::problem::Problem;

/// Keys held in memory (64 MiB).
pub const HELD: usize = 8 << 20;

/// Collects keys.
pub struct Keys {
    folder: PathBuf,
    limit: usize,
    held: Vec<u64>,
    runs: Vec<PathBuf>,
}

/// The sorted keys of a file.
#[derive(Debug, PartialEq, Eq)]
pub struct Sorted {
    /// Little-endian `u64`s, ascending, repeated ones kept.
    pub path: PathBuf,
    /// How many keys are equal to one before them.
    pub repeats: u64,
}

impl Keys {
    /// Keeps runs in `folder` once more than `limit` keys are held.
    pub fn new(folder: &Path, limit: usize) -> Self {
        Self { folder: folder.to_owned(), limit: limit.max(1), held: Vec::new(), runs: Vec::new() }
    }

    /// Takes keys in.
    ///
    /// # Errors
    /// Input/output.
    pub fn add(&mut self, keys: &[u64]) -> Result<(), Problem> {
        for part in keys.chunks(self.limit) {
            if self.held.len() + part.len() > self.limit {
                self.spill()?;
            }
            self.held.extend_from_slice(part);
        }
        Ok(())
    }

    fn spill(&mut self) -> Result<(), Problem> {
        let path = self.folder.join(format!("keys.run{}", self.runs.len()));
        self.held.sort_unstable();
        let run = Sink::create(&path).and_then(|mut sink| {
            self.held.iter().try_for_each(|key| sink.put(*key))?;
            sink.out.flush()
        });
        run.map_err(|error| Problem::io("write", &path, &error))?;
        self.runs.push(path);
        self.held.clear();
        Ok(())
    }

    /// Writes the file `keys`, if there is a key at all, and waits until it is on disk.
    ///
    /// # Errors
    /// Input/output.
    pub fn finish(mut self) -> Result<Option<Sorted>, Problem> {
        if self.held.is_empty() && self.runs.is_empty() {
            return Ok(None);
        }
        self.held.sort_unstable();
        let path = self.folder.join("keys");
        let written = Sink::create(&path).and_then(|mut sink| {
            if self.runs.is_empty() {
                self.held.iter().try_for_each(|key| sink.put(*key))?;
            } else {
                self.merge(&mut sink)?;
            }
            sink.out.flush()?;
            sink.out.get_ref().sync_all()?;
            Ok(sink.repeats)
        });
        let repeats = written.map_err(|error| Problem::io("write", &path, &error))?;
        for run in &self.runs {
            fs::remove_file(run).map_err(|error| Problem::io("remove", run, &error))?;
        }
        Ok(Some(Sorted { path, repeats }))
    }

    fn merge(&self, sink: &mut Sink) -> io::Result<()> {
        let mut runs: Vec<Box<dyn Iterator<Item = io::Result<u64>> + '_>> =
            vec![Box::new(self.held.iter().copied().map(Ok))];
        for run in &self.runs {
            runs.push(Box::new(Run(BufReader::with_capacity(1 << 20, File::open(run)?))));
        }
        let mut heads = BinaryHeap::new();
        for (index, run) in runs.iter_mut().enumerate() {
            if let Some(key) = run.next() {
                heads.push(Reverse((key?, index)));
            }
        }
        while let Some(Reverse((key, index))) = heads.pop() {
            sink.put(key)?;
            if let Some(key) = runs[index].next() {
                heads.push(Reverse((key?, index)));
            }
        }
        Ok(())
    }
}

struct Sink {
    out: BufWriter<File>,
    last: Option<u64>,
    repeats: u64,
}

impl Sink {
    fn create(path: &Path) -> io::Result<Self> {
        Ok(Self { out: BufWriter::with_capacity(1 << 20, File::create(path)?), last: None, repeats: 0 })
    }

    fn put(&mut self, key: u64) -> io::Result<()> {
        self.repeats += u64::from(self.last == Some(key));
        self.last = Some(key);
        self.out.write_all(&key.to_le_bytes())
    }
}

struct Run(BufReader<File>);

impl Iterator for Run {
    type Item = io::Result<u64>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut key = [0; 8];
        match self.0.read_exact(&mut key) {
            Ok(()) => Some(Ok(u64::from_le_bytes(key))),
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => None,
            Err(error) => Some(Err(error)),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn any_limit_gives_the_sorted_keys(
            blocks in proptest::collection::vec(proptest::collection::vec(0_u64..50, 0..30), 0..8),
            limit in 1_usize..100,
        ) {
            let folder = tempfile::tempdir().expect("a folder");
            let mut keys = Keys::new(folder.path(), limit);
            for block in &blocks {
                keys.add(block).expect("adds");
            }
            let mut expected = blocks.concat();
            expected.sort_unstable();
            let sorted = keys.finish().expect("finishes");
            prop_assert_eq!(sorted.is_none(), expected.is_empty());
            if let Some(sorted) = sorted {
                let bytes: Vec<u8> = expected.iter().flat_map(|key| key.to_le_bytes()).collect();
                prop_assert_eq!(fs::read(&sorted.path).expect("reads"), bytes);
                expected.dedup();
                prop_assert_eq!(sorted.repeats as usize, blocks.concat().len() - expected.len());
            }
            prop_assert!(fs::read_dir(folder.path()).expect("lists").count() <= 1, "runs are removed");
        }
    }
}
