//! Folders for work in progress.
//!
//! Each holds a lock file that its maker keeps locked for as long as it works there. Whoever sweeps removes only
//! folders whose lock nobody holds: their makers are dead. Making a folder and sweeping both happen under the case's
//! lock, so that a folder is never seen between its making and its locking.

use std::{
    path::{Path, PathBuf},
    sync::atomic::{AtomicU64, Ordering},
};

use orochi_model::problem::Problem;

use crate::disk::{self, Lock};

/// A folder for work in progress, removed when dropped.
#[derive(Debug)]
pub(crate) struct Staging {
    folder: PathBuf,
    lock: Option<Lock>,
}

impl Staging {
    /// Makes a folder under `root`. The caller holds the case's lock.
    pub(crate) fn make(root: &Path) -> Result<Self, Problem> {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        disk::make_folder(root)?;
        loop {
            let folder = root.join(format!("{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed)));
            match std::fs::create_dir(&folder) {
                // A process of the same number, in another container or long dead, may have left one: take the next.
                Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(Problem::io("make the folder", &folder, &error)),
                Ok(()) => {
                    let lock = Lock::wait(&folder.join("lock"))?;
                    return Ok(Self { folder, lock: Some(lock) });
                }
            }
        }
    }

    /// The folder.
    pub(crate) fn path(&self) -> &Path {
        &self.folder
    }

    /// Makes an empty folder inside.
    pub(crate) fn room(&self, name: &str) -> Result<PathBuf, Problem> {
        let room = self.folder.join(name);
        disk::make_folder(&room)?;
        Ok(room)
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // What cannot be removed now is swept by a later opening.
        let _ = std::fs::remove_dir_all(&self.folder);
        self.lock = None;
    }
}

/// Removes the folders of makers that are no more. The caller holds the case's lock.
pub(crate) fn sweep(root: &Path) -> Result<(), Problem> {
    for folder in disk::read_folder(root)? {
        if !folder.is_dir() {
            std::fs::remove_file(&folder).map_err(|error| Problem::io("remove", &folder, &error))?;
        } else if Lock::attempt(&folder.join("lock"))?.is_some() {
            disk::remove_tree(&folder)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sweep_takes_the_dead_and_leaves_the_living() {
        let root = tempfile::tempdir().unwrap();
        let living = Staging::make(root.path()).unwrap();
        std::fs::create_dir(root.path().join("dead")).unwrap();
        std::fs::write(root.path().join("dead/half.parquet"), "half").unwrap();
        sweep(root.path()).unwrap();
        assert!(living.path().exists());
        assert!(!root.path().join("dead").exists());
        let path = living.path().to_path_buf();
        drop(living);
        assert!(!path.exists());
    }
}
