//! Making and opening a case, its lock, and what an opening repairs.
//!
//! The lock (`lock`) is held only around a commit, a repair and the making of a staging folder: never while a file is
//! parsed or queried. An opening that finds it held goes on without repairing: the holder is alive and at work.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard},
};

use orochi_model::{authority::Scope, problem::Problem, program};
use rusqlite::{Connection, Transaction};
use serde::Serialize;

use crate::{
    actor::Actor,
    audit::{Action, Draft, log},
    authority,
    catalogue::{self, sql},
    digest,
    disk::{self, Lock},
    exhibit,
    ledger::Ledger,
    seal::rest,
    staging::{self, Staging},
};

/// What a case is called and whether it is real.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct About {
    /// Its name.
    pub name: String,
    /// The force's reference (URN).
    pub reference: String,
    /// A training case needs no authority and holds no disclosure; everything it prints or exports says TRAINING.
    pub training: bool,
    /// When it was made, RFC 3339, UTC.
    pub created: String,
    /// Program, version and build that made it.
    pub tool: String,
}

/// An open case. Share it between threads by reference.
#[derive(Debug)]
pub struct Case {
    about: About,
    ledger: Ledger,
    /// Hashes of native files that were compared by this program.
    pub(crate) compared: Mutex<BTreeSet<String>>,
}

/// What a case folder holds before its catalogue has its name.
const OURS: [&str; 6] = ["lock", "vault", "tables", "keys", "derived", "staging"];

impl Case {
    /// Makes a case in `dir`, which must be empty or not exist.
    ///
    /// # Errors
    /// User kind when the folder holds anything, the name is empty, or the disk refuses.
    pub fn create(dir: &Path, name: &str, reference: &str, training: bool) -> Result<Self, Problem> {
        if name.trim().is_empty() {
            return Err(Problem::user("a case needs a name").hint("give one with --name"));
        }
        if dir.join("case.sqlite").exists() {
            return Err(Problem::user("there is already a case in this folder")
                .at(dir.display())
                .hint("name another folder"));
        }
        // What a making that was cut off leaves is no obstacle: a folder without a catalogue has never held anything.
        let ours = |path: &PathBuf| OURS.contains(&disk::name_of(path).as_str());
        let left = disk::read_folder(dir)?;
        if left.iter().any(|path| !ours(path)) || !disk::read_folder(&dir.join("vault"))?.is_empty() {
            return Err(Problem::user("the folder is not empty").at(dir.display()).hint("name a new or empty folder"));
        }
        let made = !dir.exists();
        disk::make_folder(dir)?;
        match Self::fill(dir, name.trim(), reference.trim(), training) {
            Ok(case) => Ok(case),
            Err(problem) => {
                // A case half made is none: take it away again, but never a folder that was there before.
                let _ = if made { std::fs::remove_dir_all(dir) } else { clear(dir) };
                Err(problem)
            }
        }
    }

    fn fill(dir: &Path, name: &str, reference: &str, training: bool) -> Result<Self, Problem> {
        let _lock = Lock::wait(&dir.join("lock"))?;
        for folder in &OURS[1..] {
            disk::make_folder(&dir.join(folder))?;
        }
        let about = About {
            name: name.to_owned(),
            reference: reference.to_owned(),
            training,
            created: jiff::Timestamp::now().to_string(),
            tool: program::name().to_owned(),
        };
        let actor = Actor::from_system();
        let file = dir.join("audit.jsonl");
        // The catalogue gets its name last: a folder without one is no case, whatever else is in it.
        let unnamed = dir.join("staging").join("case.sqlite");
        staging::sweep(&dir.join("staging"))?;
        exhibit::discard(&file)?;
        let connection = catalogue::create(&unnamed, |transaction| {
            transaction
                .execute(
                    "INSERT INTO \"case\" VALUES (1, ?1, ?2, ?3, ?4, ?5)",
                    (&about.name, &about.reference, about.training, &about.created, &about.tool),
                )
                .map_err(sql)?;
            let detail = serde_json::json!({"name": about.name, "reference": about.reference, "training": training});
            let mut drafts = [Draft { action: Action::Alter, what: "case created".to_owned(), detail }];
            digest::note(transaction, &mut drafts)?;
            log::stage(transaction, &file, &actor, &drafts)
        })?;
        drop(connection);
        disk::sync_tree(dir)?;
        disk::rename(&unnamed, &dir.join("case.sqlite"))?;
        disk::sync_folder(dir)?;
        if let Some(parent) = dir.parent().filter(|parent| !parent.as_os_str().is_empty()) {
            disk::sync_folder(parent)?;
        }
        let connection = catalogue::open(&dir.join("case.sqlite"))?;
        log::flush(&connection, &file)?;
        Self::with(dir, about, connection, actor)
    }

    /// Opens a case for the user of this process, and finishes or takes back what a cut-off command left behind.
    ///
    /// # Errors
    /// User kind when the folder is no case or of a newer format.
    pub fn open(dir: &Path) -> Result<Self, Problem> {
        Self::open_for(dir, Actor::from_system())
    }

    /// [`Case::open`] for somebody else, whom the log and decisions name.
    ///
    /// # Errors
    /// As [`Case::open`].
    pub fn open_for(dir: &Path, actor: Actor) -> Result<Self, Problem> {
        let path = dir.join("case.sqlite");
        if !path.is_file() {
            return Err(catalogue::not_a_case(dir));
        }
        // Before SQLite reads a byte of it. A holder of the lock is alive and at work, and has looked itself.
        if rest::is_sealed(dir)
            && let Some(_lock) = Lock::attempt(&dir.join("lock"))?
        {
            rest::check(dir)?;
        }
        let connection = catalogue::open(&path)?;
        digest::check(&connection, &path)?;
        let case = Self::with(dir, about(&connection)?, connection, actor)?;
        if let Some(_lock) = Lock::attempt(&dir.join("lock"))? {
            case.repair()?;
        }
        if catalogue::format(&case.connection())? < catalogue::FORMAT {
            case.commit(catalogue::upgrade)?;
        }
        Ok(case)
    }

    fn with(dir: &Path, about: About, connection: Connection, actor: Actor) -> Result<Self, Problem> {
        // Absolute, so that a later change of the working folder does not move the case; without `..` and links,
        // because the engine takes no path that holds them.
        let dir = dir.canonicalize().map_err(|error| Problem::io("find the folder", dir, &error))?;
        Ok(Self { about, ledger: Ledger::new(dir, connection, actor), compared: Mutex::default() })
    }

    /// The case folder, absolute.
    pub fn dir(&self) -> &Path {
        self.ledger.dir()
    }

    /// Name, reference, training or live.
    pub fn about(&self) -> &About {
        &self.about
    }

    /// Who acts.
    pub fn actor(&self) -> &Actor {
        self.ledger.actor()
    }

    /// When and who, for rows of the catalogue.
    pub(crate) fn stamp(&self) -> (String, String) {
        (jiff::Timestamp::now().to_string(), self.actor().name.clone())
    }

    /// What the case's authorities allow, now.
    ///
    /// # Errors
    /// When the catalogue cannot be read.
    pub fn scope(&self) -> Result<Scope, Problem> {
        Ok(Scope { training: self.about.training, authorities: authority::list(&self.connection())? })
    }

    /// Adds one entry to the audit log.
    ///
    /// # Errors
    /// When the catalogue or the log cannot be written.
    pub fn log(&self, action: Action, what: &str, detail: serde_json::Value) -> Result<(), Problem> {
        self.commit(|_| Ok(((), vec![Draft { action, what: what.to_owned(), detail }])))
    }

    /// The one way to change the catalogue: [`Ledger::commit`].
    pub(crate) fn commit<T>(
        &self,
        change: impl FnOnce(&Transaction<'_>) -> Result<(T, Vec<Draft>), Problem>,
    ) -> Result<T, Problem> {
        self.ledger.commit(change)
    }

    /// A staging folder, and the lock it is made under given back.
    pub(crate) fn stage(&self) -> Result<Staging, Problem> {
        let _lock = Lock::wait(&self.dir().join("lock"))?;
        Staging::make(&self.dir().join("staging"))
    }

    pub(crate) fn connection(&self) -> MutexGuard<'_, Connection> {
        self.ledger.connection()
    }

    pub(crate) fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// Under the lock: the log is written forward, files that no exhibit names and staging folders
    /// of the dead are removed.
    fn repair(&self) -> Result<(), Problem> {
        let connection = self.connection();
        log::flush(&connection, &self.dir().join("audit.jsonl"))?;
        staging::sweep(&self.dir().join("staging"))?;
        exhibit::sweep(&connection, self.dir())
    }

    /// A place where a test can cut the program off.
    pub(crate) fn step(&self, name: &'static str) -> Result<(), Problem> {
        self.ledger.step(name)
    }

    #[cfg(test)]
    pub(crate) fn probe(&self) -> &crate::probe::Probe {
        self.ledger.probe()
    }
}

/// What the catalogue says of the case.
pub(crate) fn about(connection: &Connection) -> Result<About, Problem> {
    connection
        .query_row("SELECT name, reference, training, created, tool FROM \"case\"", [], |row| {
            Ok(About {
                name: row.get(0)?,
                reference: row.get(1)?,
                training: row.get(2)?,
                created: row.get(3)?,
                tool: row.get(4)?,
            })
        })
        .map_err(sql)
}

fn clear(dir: &Path) -> std::io::Result<()> {
    for entry in std::fs::read_dir(dir)? {
        let path = entry?.path();
        if path.is_dir() { std::fs::remove_dir_all(&path)? } else { std::fs::remove_file(&path)? }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
