//! The seals of a case: rows of the catalogue, written in the transaction that commits the files.

use std::{
    collections::{HashMap, HashSet},
    io,
    path::{Path, PathBuf},
    sync::{Arc, PoisonError, RwLock},
};

use orochi_model::problem::Problem;
use rusqlite::{Connection, OptionalExtension, Row};

use super::{Damage, Seal};
use crate::{catalogue::sql, disk};

/// A sealed file: its place below the case folder, with `/` between the parts on every system.
pub(crate) type Sealed = (String, Seal);

const COLUMNS: &str = "path, bytes, sha256, blocks";

fn read(row: &Row<'_>) -> rusqlite::Result<Sealed> {
    Ok((row.get(0)?, Seal { bytes: row.get(1)?, sha256: row.get(2)?, blocks: row.get(3)? }))
}

/// All seals whose path begins so, sorted by path.
pub(crate) fn list(connection: &Connection, begin: &str) -> Result<Vec<Sealed>, Problem> {
    let mut query = connection
        .prepare_cached(&format!("SELECT {COLUMNS} FROM seals WHERE substr(path, 1, length(?1)) = ?1 ORDER BY path"))
        .map_err(sql)?;
    query.query_map([begin], read).map_err(sql)?.collect::<Result<_, _>>().map_err(sql)
}

/// The seal of a file; none when an earlier program committed it.
pub(crate) fn seal_of(connection: &Connection, path: &str) -> Result<Option<Arc<Seal>>, Problem> {
    let mut query = connection.prepare_cached(&format!("SELECT {COLUMNS} FROM seals WHERE path = ?1")).map_err(sql)?;
    Ok(query.query_row([path], read).optional().map_err(sql)?.map(|(_, seal)| Arc::new(seal)))
}

/// Adds seals; one of the same path takes the place of the older.
pub(crate) fn insert(connection: &Connection, seals: &[Sealed]) -> Result<(), Problem> {
    for (path, seal) in seals {
        connection
            .prepare_cached(&format!("INSERT OR REPLACE INTO seals ({COLUMNS}) VALUES (?1, ?2, ?3, ?4)"))
            .and_then(|mut insert| insert.execute((path, seal.bytes, &seal.sha256, &seal.blocks)))
            .map_err(sql)?;
    }
    Ok(())
}

/// Removes all seals whose path begins so.
pub(crate) fn remove(connection: &Connection, begin: &str) -> Result<(), Problem> {
    connection.execute("DELETE FROM seals WHERE substr(path, 1, length(?1)) = ?1", [begin]).map(drop).map_err(sql)
}

/// Seals a file that is about to be committed as `path`.
pub(crate) fn seal(file: &Path, path: String) -> Result<Sealed, Problem> {
    Ok((path, Seal::from_file(file).map_err(|error| Problem::io("read", file, &error))?))
}

/// What is known of a file.
#[derive(Debug)]
pub(crate) enum Known {
    /// It is sealed.
    Sealed(Arc<Seal>),
    /// It lies beside sealed files and was never committed.
    Foreign(Damage),
    /// Nothing: an earlier program committed it, or it is no file of the case.
    Nothing,
}

/// Seals at hand, by absolute path.
#[derive(Debug, Default)]
pub(crate) struct Seals {
    held: RwLock<Held>,
}

#[derive(Debug, Default)]
struct Held {
    files: HashMap<PathBuf, Arc<Seal>>,
    folders: HashSet<PathBuf>,
}

impl Seals {
    /// Adds seals of the case in `dir`.
    pub(crate) fn hold(&self, dir: &Path, seals: impl IntoIterator<Item = Sealed>) {
        let mut held = self.held.write().unwrap_or_else(PoisonError::into_inner);
        for (path, seal) in seals {
            let path = dir.join(path);
            held.folders.extend(path.parent().map(Path::to_path_buf));
            held.files.insert(path, Arc::new(seal));
        }
    }

    /// What is known of a file.
    pub(crate) fn known(&self, path: &Path) -> Known {
        let held = self.held.read().unwrap_or_else(PoisonError::into_inner);
        match held.files.get(path) {
            Some(seal) => Known::Sealed(seal.clone()),
            None if path.parent().is_some_and(|folder| held.folders.contains(folder)) => {
                Known::Foreign(Damage::foreign(path))
            }
            None => Known::Nothing,
        }
    }

    /// The seal of a file, if it has one.
    ///
    /// # Errors
    /// When it lies beside sealed files and was never committed.
    pub(crate) fn find(&self, path: &Path) -> io::Result<Option<Arc<Seal>>> {
        match self.known(path) {
            Known::Sealed(seal) => Ok(Some(seal)),
            Known::Foreign(damage) => Err(damage.into()),
            Known::Nothing => Ok(None),
        }
    }
}

/// The seals of all files in a folder that is to be committed as `path`. Locks are no data.
pub(crate) fn folder(folder: &Path, path: &str) -> Result<Vec<Sealed>, Problem> {
    let files = disk::read_folder(folder)?.into_iter().filter(|file| disk::name_of(file) != "lock");
    files.map(|file| seal(&file, format!("{path}/{}", disk::name_of(&file)))).collect()
}
