//! The one way to change the catalogue, for the case and for engines over it.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use orochi_audit::entry::Draft;
use orochi_model::problem::Problem;
use rusqlite::{Connection, Transaction};

use crate::{actor::Actor, audit::log, catalogue::sql, digest, disk::Lock, seal::rest};

/// The catalogue and the log of a case. The last one to be dropped seals the catalogue.
#[derive(Clone, Debug)]
pub(crate) struct Ledger(Arc<Open>);

#[derive(Debug)]
struct Open {
    dir: PathBuf,
    connection: Mutex<Connection>,
    actor: Actor,
    #[cfg(test)]
    probe: crate::probe::Probe,
}

impl Ledger {
    /// Of the case in `dir`, an absolute path, for `actor`.
    pub(crate) fn new(dir: PathBuf, connection: Connection, actor: Actor) -> Self {
        Self(Arc::new(Open {
            dir,
            connection: Mutex::new(connection),
            actor,
            #[cfg(test)]
            probe: crate::probe::Probe::default(),
        }))
    }

    /// The case folder.
    pub(crate) fn dir(&self) -> &Path {
        &self.0.dir
    }

    /// Whom entries of the log name.
    pub(crate) fn actor(&self) -> &Actor {
        &self.0.actor
    }

    pub(crate) fn connection(&self) -> MutexGuard<'_, Connection> {
        self.0.connection()
    }

    /// Under the lock, in one transaction, with the audit entries that tell of the change.
    ///
    /// When `change` returns no entries, nothing is committed.
    pub(crate) fn commit<T>(
        &self,
        change: impl FnOnce(&Transaction<'_>) -> Result<(T, Vec<Draft>), Problem>,
    ) -> Result<T, Problem> {
        let _lock = Lock::wait(&self.dir().join("lock"))?;
        let file = self.dir().join("audit.jsonl");
        let mut connection = self.connection();
        rest::take_off(self.dir())?;
        // What an earlier command still owes the log goes first, or entries would change places.
        log::flush(&connection, &file)?;
        let transaction = connection.transaction().map_err(sql)?;
        let before = version(&transaction)?;
        let (value, mut drafts) = change(&transaction)?;
        if drafts.is_empty() {
            return Ok(value);
        }
        self.step("audit entry")?;
        if version(&transaction)? != before {
            digest::note(&transaction, &mut drafts)?;
        }
        log::stage(&transaction, &file, self.actor(), &drafts)?;
        self.step("commit")?;
        transaction.commit().map_err(sql)?;
        // Committed. If the log cannot be written now, the entry waits in the catalogue for the next command.
        if self.step("audit file").is_ok() {
            let _ = log::flush(&connection, &file);
        }
        Ok(value)
    }

    /// A place where a test can cut the program off.
    #[cfg(not(test))]
    #[allow(clippy::unused_self, clippy::unnecessary_wraps, reason = "does something in tests")]
    pub(crate) fn step(&self, _name: &'static str) -> Result<(), Problem> {
        Ok(())
    }

    /// A place where a test can cut the program off.
    #[cfg(test)]
    pub(crate) fn step(&self, name: &'static str) -> Result<(), Problem> {
        self.0.probe.pass(name)
    }

    #[cfg(test)]
    pub(crate) fn probe(&self) -> &crate::probe::Probe {
        &self.0.probe
    }
}

/// Differs after any change of a row or of the schema.
fn version(connection: &Connection) -> Result<(u64, i64), Problem> {
    let schema = connection.pragma_query_value(None, "schema_version", |row| row.get(0)).map_err(sql)?;
    Ok((connection.total_changes(), schema))
}

impl Open {
    fn connection(&self) -> MutexGuard<'_, Connection> {
        // A thread that panicked with the connection in hand left no transaction behind: rolling back is in its drop.
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes how far the log is written, and seals the catalogue.
    fn close(&self) -> Result<(), Problem> {
        let Some(_lock) = Lock::attempt(&self.dir.join("lock"))? else { return Ok(()) };
        let connection = self.connection();
        let file = self.dir.join("audit.jsonl");
        if log::is_owed(&connection)? {
            rest::take_off(&self.dir)?;
            log::flush(&connection, &file)?;
            log::settle(&connection)?;
        }
        if rest::is_sealed(&self.dir) { Ok(()) } else { rest::put_on(&self.dir) }
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        // What is not done now the next opening looks after for itself.
        let _ = self.close();
    }
}
