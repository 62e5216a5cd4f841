//! Native files: copied in under their SHA-256, made read-only, and never written again.

use std::{
    fs::File,
    io::{Read, Write},
    path::{Path, PathBuf},
    sync::{PoisonError, mpsc},
};

use orochi_audit::tree::hex;
use orochi_model::problem::Problem;
use sha2::{Digest, Sha256};

use crate::{case::Case, exhibit::Exhibit, seal};

/// Size of a block on its way through; large enough that neither the disk nor the hasher waits for calls.
const BLOCK: usize = 1 << 20;

/// A copy that is not in the vault yet, and not yet written out to the disk.
#[derive(Debug)]
pub(crate) struct Copy {
    pub(crate) sha256: String,
    pub(crate) bytes: u64,
}

/// Copies and hashes in one pass, on two threads: what is hashed is what is written.
pub(crate) fn copy(from: &Path, to: &Path, progress: &dyn Fn(u64, u64)) -> Result<Copy, Problem> {
    let reading = |error: std::io::Error| Problem::io("read the file", from, &error);
    let writing = |error: std::io::Error| Problem::io("copy the file into the case", to, &error);
    let mut source = File::open(from).map_err(reading)?;
    let about = source.metadata().map_err(reading)?;
    if about.is_dir() {
        return Err(Problem::user("this is a folder, not a file").at(from.display()).hint("name the files in it"));
    }
    let mut target = File::create_new(to).map_err(writing)?;
    let (full, blocks) = mpsc::sync_channel::<(Vec<u8>, usize)>(4);
    let (empty, spare) = mpsc::channel::<Vec<u8>>();
    std::thread::scope(|scope| {
        let hasher = scope.spawn(move || {
            let mut hasher = Sha256::new();
            for (block, length) in blocks {
                hasher.update(&block[..length]);
                let _ = empty.send(block);
            }
            hex(&hasher.finalize())
        });
        let mut bytes = 0;
        let mut round = || -> Result<bool, Problem> {
            let mut block = spare.try_recv().unwrap_or_else(|_| vec![0; BLOCK]);
            let length = match source.read(&mut block) {
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => return Ok(true),
                length => length.map_err(reading)?,
            };
            target.write_all(&block[..length]).map_err(writing)?;
            bytes += length as u64;
            progress(bytes, about.len().max(bytes));
            Ok(length > 0 && full.send((block, length)).is_ok())
        };
        let outcome = loop {
            match round() {
                Ok(true) => {}
                Ok(false) => break Ok(()),
                Err(problem) => break Err(problem),
            }
        };
        drop(full);
        let sha256 = hasher.join().map_err(|_| Problem::bug("the hashing thread stopped"))?;
        outcome.map(|()| Copy { sha256, bytes })
    })
}

/// Takes away the right to write.
pub(crate) fn protect(path: &Path) -> Result<(), Problem> {
    let wrong = |error: std::io::Error| Problem::io("make read-only", path, &error);
    let mut rights = std::fs::metadata(path).map_err(wrong)?.permissions();
    rights.set_readonly(true);
    std::fs::set_permissions(path, rights).map_err(wrong)
}

/// The SHA-256 of a file in lower-case hexadecimal, and its size.
///
/// # Errors
/// When it cannot be read.
pub fn hash(path: &Path) -> std::io::Result<(String, u64)> {
    let mut file = File::open(path)?;
    let mut hasher = Sha256::new();
    let mut block = vec![0; BLOCK];
    let mut bytes = 0;
    loop {
        match file.read(&mut block) {
            Ok(0) => return Ok((hex(&hasher.finalize()), bytes)),
            Ok(length) => {
                hasher.update(&block[..length]);
                bytes += length as u64;
            }
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

impl Case {
    /// Where an exhibit's native file lies, after a look whether it is what was received: one look for each file and
    /// opening of the case.
    ///
    /// # Errors
    /// Data kind when it is not.
    pub fn sound_native(&self, exhibit: &Exhibit) -> Result<PathBuf, Problem> {
        let path = self.native(exhibit);
        let mut compared = self.compared.lock().unwrap_or_else(PoisonError::into_inner);
        if !compared.contains(&exhibit.sha256) {
            let (found, bytes) = hash(&path).map_err(|error| Problem::io("read the native file", &path, &error))?;
            if found != exhibit.sha256 {
                return Err(Problem::data("a native file differs from what was received, so none of it is shown")
                    .at(format!("{} {}", exhibit.label, path.display()))
                    .because(altered(exhibit, &found, bytes))
                    .hint(seal::mend(&path)));
            }
            compared.insert(found);
        }
        Ok(path)
    }
}

/// What a native file is and was, in words.
pub(crate) fn altered(exhibit: &Exhibit, found: &str, bytes: u64) -> String {
    format!(
        "its SHA-256 is {found} ({bytes} bytes); the file received had {} bytes and SHA-256 {}",
        exhibit.bytes, exhibit.sha256
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_is_whole_and_its_hash_is_the_known_one() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("abc"), "abc").unwrap();
        let copied = copy(&dir.path().join("abc"), &dir.path().join("copy"), &|_, _| {}).unwrap();
        // FIPS 180-4, first example.
        assert_eq!(copied.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!(copied.bytes, 3);
        let large: Vec<u8> = (0..3 * BLOCK + 7).map(|index| (index % 251) as u8).collect();
        std::fs::write(dir.path().join("large"), &large).unwrap();
        let copied = copy(&dir.path().join("large"), &dir.path().join("copy2"), &|_, _| {}).unwrap();
        assert_eq!(std::fs::read(dir.path().join("copy2")).unwrap(), large);
        assert_eq!(hash(&dir.path().join("large")).unwrap(), (copied.sha256, copied.bytes));
    }

    #[test]
    fn a_folder_or_a_missing_file_says_so() {
        let dir = tempfile::tempdir().unwrap();
        let problem = copy(dir.path(), &dir.path().join("copy"), &|_, _| {}).unwrap_err();
        assert!(problem.message.contains("folder"), "{problem}");
        let problem = copy(&dir.path().join("none"), &dir.path().join("copy"), &|_, _| {}).unwrap_err();
        assert!(problem.hint.is_some());
    }
}
