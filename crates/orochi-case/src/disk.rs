//! Files, folders and locks, with the operating system's failures turned into problems that name the path.
//!
//! A rename survives a power cut only when the folder that holds the name is written out as well: [`sync_folder`]. On
//! systems where a folder cannot be opened for that (Windows), the call does nothing and the file
//! system's own journal has to do.

use std::{
    fs::{File, OpenOptions, TryLockError},
    path::{Path, PathBuf},
};

use orochi_model::problem::Problem;

/// Writes a file's bytes out to the disk.
pub(crate) fn sync_file(path: &Path) -> Result<(), Problem> {
    File::open(path).and_then(|file| file.sync_all()).map_err(|error| Problem::io("write to disk", path, &error))
}

/// Writes a folder's names out to the disk.
pub(crate) fn sync_folder(path: &Path) -> Result<(), Problem> {
    if cfg!(unix) { sync_file(path) } else { Ok(()) }
}

/// Writes out every file and folder below `path`, and `path` itself.
pub(crate) fn sync_tree(path: &Path) -> Result<(), Problem> {
    for entry in read_folder(path)? {
        if entry.is_dir() { sync_tree(&entry)? } else { sync_file(&entry)? }
    }
    sync_folder(path)
}

/// The paths in a folder, sorted by name; none when there is no such folder.
pub(crate) fn read_folder(path: &Path) -> Result<Vec<PathBuf>, Problem> {
    let wrong = |error: std::io::Error| Problem::io("read the folder", path, &error);
    let entries = match std::fs::read_dir(path) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(wrong(error)),
    };
    let mut paths =
        entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<Vec<_>, _>>().map_err(wrong)?;
    paths.sort();
    Ok(paths)
}

/// The last part of a path as text.
pub(crate) fn name_of(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Makes a folder and its parents.
pub(crate) fn make_folder(path: &Path) -> Result<(), Problem> {
    std::fs::create_dir_all(path).map_err(|error| Problem::io("make the folder", path, &error))
}

/// Renames within one file system.
pub(crate) fn rename(from: &Path, to: &Path) -> Result<(), Problem> {
    std::fs::rename(from, to).map_err(|error| Problem::io("move a finished file into the case", to, &error))
}

/// Removes a folder with all it holds; fine when it is not there.
pub(crate) fn remove_tree(path: &Path) -> Result<(), Problem> {
    match std::fs::remove_dir_all(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(Problem::io("remove", path, &error)),
        _ => Ok(()),
    }
}

/// An exclusive lock on a file, given back when dropped or when the process ends, however it ends.
#[derive(Debug)]
pub(crate) struct Lock(#[allow(dead_code, reason = "held for its drop")] File);

fn open_lock(path: &Path) -> Result<File, Problem> {
    OpenOptions::new()
        .create(true)
        .truncate(false)
        .read(true)
        .write(true)
        .open(path)
        .map_err(|error| Problem::io("open the lock", path, &error))
}

impl Lock {
    /// Waits for the lock.
    pub(crate) fn wait(path: &Path) -> Result<Self, Problem> {
        let file = open_lock(path)?;
        file.lock().map_err(|error| Problem::io("take the lock", path, &error))?;
        Ok(Self(file))
    }

    /// Takes the lock if nobody holds it.
    pub(crate) fn attempt(path: &Path) -> Result<Option<Self>, Problem> {
        Self::taken(open_lock(path)?, path, File::try_lock)
    }

    /// Takes a share of the lock if nobody holds it alone.
    pub(crate) fn attempt_shared(path: &Path) -> Result<Option<Self>, Problem> {
        Self::taken(open_lock(path)?, path, File::try_lock_shared)
    }

    fn taken(
        file: File,
        path: &Path,
        take: impl Fn(&File) -> Result<(), TryLockError>,
    ) -> Result<Option<Self>, Problem> {
        match take(&file) {
            Ok(()) => Ok(Some(Self(file))),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(Problem::io("take the lock", path, &error)),
        }
    }
}
