//! The catalogue at rest: `case.seal` holds the seal of `case.sqlite` while nobody writes to it.
//!
//! SQLite has no checksums, and rows are not all there is in its file: headers, indexes, free pages. The seal covers
//! every byte. It is taken off before the first change (after a look whether it still fits), and put on again when the
//! last program closes the case; all of it under the case's lock. So a seal that is there fits, or the file was
//! touched. After a kill or a power cut there is none until the next command ends: taking it off is on the disk before
//! SQLite changes the catalogue, because SQLite writes out the same folder with its journal's name first.

use std::{
    io::ErrorKind,
    path::{Path, PathBuf},
};

use orochi_audit::tree::hex;
use orochi_model::problem::Problem;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Damage, Seal};
use crate::{disk, exhibit};

#[derive(Serialize, Deserialize)]
struct Text {
    bytes: u64,
    sha256: String,
    blocks: String,
}

/// Where the seal lies.
pub(crate) fn file(dir: &Path) -> PathBuf {
    dir.join("case.seal")
}

fn catalogue(dir: &Path) -> PathBuf {
    dir.join("case.sqlite")
}

/// Whether there is one.
pub(crate) fn is_sealed(dir: &Path) -> bool {
    file(dir).exists()
}

/// Puts the seal on. The caller holds the lock and has nothing left to write.
pub(crate) fn put_on(dir: &Path) -> Result<(), Problem> {
    let path = catalogue(dir);
    let seal = Seal::from_file(&path).map_err(|error| Problem::io("read", &path, &error))?;
    let text = Text { bytes: seal.bytes, sha256: seal.sha256, blocks: hex(&seal.blocks) };
    let text = serde_json::to_string(&text).map_err(|error| Problem::bug("a seal cannot be written").because(error))?;
    let text = format!("{text}\n{}\n", hex(&Sha256::digest(&text)));
    let unnamed = dir.join("case.seal.new");
    std::fs::write(&unnamed, text).map_err(|error| Problem::io("write", &unnamed, &error))?;
    // A name that survives a power cut without the bytes would be a seal that fits nothing.
    disk::sync_file(&unnamed)?;
    disk::rename(&unnamed, &file(dir))
}

/// What does not fit, in order of place; none when there is no seal. A seal that was touched itself is named.
pub(crate) fn faults(dir: &Path) -> Result<Option<Vec<(PathBuf, Damage)>>, Problem> {
    let (seal, path) = (file(dir), catalogue(dir));
    let text = match std::fs::read_to_string(&seal) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) if error.kind() == ErrorKind::InvalidData => String::new(),
        Err(error) => return Err(Problem::io("read", &seal, &error)),
    };
    let Some(sealed) = parse(&text) else {
        return Ok(Some(vec![(seal.clone(), Damage::touched(&seal))]));
    };
    let faults = sealed.faults(&path, &|_| {}).map_err(|error| Problem::io("read", &path, &error))?;
    Ok(Some(faults.into_iter().map(|damage| (path.clone(), damage)).collect()))
}

fn parse(text: &str) -> Option<Seal> {
    let (text, sum) = text.strip_suffix('\n')?.split_once('\n')?;
    if hex(&Sha256::digest(text)) != sum {
        return None;
    }
    let text: Text = serde_json::from_str(text).ok()?;
    let byte = |at: usize| u8::from_str_radix(text.blocks.get(at..at + 2)?, 16).ok();
    let blocks = (0..text.blocks.len()).step_by(2).map(byte).collect::<Option<_>>()?;
    Some(Seal { bytes: text.bytes, sha256: text.sha256, blocks })
}

/// Looks whether the seal, if there is one, still fits. The caller holds the lock.
///
/// # Errors
/// Data kind when it does not.
pub(crate) fn check(dir: &Path) -> Result<(), Problem> {
    let Some(faults) = faults(dir)? else { return Ok(()) };
    let Some((_, damage)) = faults.first() else { return Ok(()) };
    Err(damage.problem().hint("`orochi verify` says what is damaged and how to put it right"))
}

/// Takes the seal off before the first change, after a look whether it fits. The caller holds the lock.
///
/// # Errors
/// As [`check`].
pub(crate) fn take_off(dir: &Path) -> Result<(), Problem> {
    if is_sealed(dir) {
        check(dir)?;
        exhibit::discard(&file(dir))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_of_the_catalogue_and_of_the_seal_itself_counts() {
        let dir = tempfile::tempdir().unwrap();
        let path = catalogue(dir.path());
        std::fs::write(&path, vec![7; 100_000]).unwrap();
        assert!(faults(dir.path()).unwrap().is_none());
        put_on(dir.path()).unwrap();
        assert!(faults(dir.path()).unwrap().unwrap().is_empty() && check(dir.path()).is_ok());
        for file in [path, file(dir.path())] {
            let whole = std::fs::read(&file).unwrap();
            for at in (0..whole.len()).step_by(97).chain([whole.len() - 1]) {
                let mut turned = whole.clone();
                turned[at] ^= 1 << (at % 8);
                std::fs::write(&file, turned).unwrap();
                let found = faults(dir.path()).unwrap().unwrap();
                assert_eq!((found.len(), &found[0].0), (1, &file), "{at}");
                assert!(take_off(dir.path()).is_err() && is_sealed(dir.path()));
            }
            std::fs::write(&file, whole).unwrap();
        }
        take_off(dir.path()).unwrap();
        assert!(!is_sealed(dir.path()));
    }
}
