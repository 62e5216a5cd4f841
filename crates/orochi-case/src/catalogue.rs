//! The catalogue: one SQLite file, and the one commit point of the case.
//!
//! Rollback journal with `synchronous = EXTRA`: a commit that returned survives a power cut (EXTRA also writes out the
//! folder after the journal is gone), and at rest the catalogue is a single file that can be copied or read from a
//! read-only disc. The write-ahead log would save a few milliseconds a commit, but needs shared memory, which shared
//! network folders do not have.

use std::{path::Path, time::Duration};

use orochi_audit::entry::{Action, Draft};
use orochi_model::problem::Problem;
use rusqlite::{Connection, Error as SqlError, OpenFlags, Transaction, ffi::ErrorCode};

use crate::digest;

/// Format of the case folder. A program refuses a newer one than it knows.
///
/// 2: files have seals and rows have digests. 3: lines, decisions and actors ([`upgrade`]).
pub(crate) const FORMAT: u32 = 3;

/// `OROC`: tells a case from any other SQLite file.
const APPLICATION: u32 = 0x4F52_4F43;

const TABLES: &str = r#"
CREATE TABLE "case" (
    id INTEGER PRIMARY KEY CHECK (id = 1), name TEXT NOT NULL, reference TEXT NOT NULL, training INTEGER NOT NULL,
    created TEXT NOT NULL, tool TEXT NOT NULL
) STRICT;
CREATE TABLE exhibits (
    number INTEGER PRIMARY KEY, label TEXT NOT NULL UNIQUE COLLATE NOCASE, file TEXT NOT NULL, sha256 TEXT NOT NULL UNIQUE,
    bytes INTEGER NOT NULL, profile TEXT NOT NULL, "rows" INTEGER NOT NULL, records INTEGER NOT NULL, rejects INTEGER NOT NULL,
    excess INTEGER NOT NULL, notes INTEGER NOT NULL, duplicates INTEGER NOT NULL, targets TEXT NOT NULL, remarks TEXT NOT NULL,
    unmapped TEXT NOT NULL, tables TEXT NOT NULL, authorities TEXT NOT NULL, added TEXT NOT NULL, added_by TEXT NOT NULL
) STRICT;
CREATE TABLE authorities (
    id INTEGER PRIMARY KEY, reference TEXT NOT NULL, identifiers TEXT NOT NULL, from_us INTEGER NOT NULL, to_us INTEGER NOT NULL,
    added TEXT NOT NULL, added_by TEXT NOT NULL, UNIQUE (reference, identifiers, from_us, to_us)
) STRICT;
CREATE TABLE releases (
    id INTEGER PRIMARY KEY, exhibit TEXT NOT NULL REFERENCES exhibits (label), sheet TEXT, first_row INTEGER NOT NULL,
    last_row INTEGER NOT NULL, reason TEXT NOT NULL, released TEXT NOT NULL, released_by TEXT NOT NULL
) STRICT;
CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE audit_head (
    id INTEGER PRIMARY KEY CHECK (id = 1), size INTEGER NOT NULL, frontier BLOB NOT NULL, root BLOB NOT NULL,
    written INTEGER NOT NULL, offset INTEGER NOT NULL
) STRICT;
CREATE TABLE audit_leaves (seq INTEGER PRIMARY KEY, hash BLOB NOT NULL) STRICT;
CREATE TABLE audit_outbox (seq INTEGER PRIMARY KEY, line TEXT NOT NULL) STRICT;
"#;

/// How each file was read. Made with the first exhibit that keeps it in a case from before: a program that does not
/// know the table loses nothing by it, so that the format stays as it is.
const READINGS: &str = "CREATE TABLE IF NOT EXISTS readings (
    exhibit TEXT PRIMARY KEY REFERENCES exhibits (label), reading TEXT NOT NULL
) STRICT;";

/// What each file was when it was committed.
const SEALS: &str = "CREATE TABLE seals (
    path TEXT PRIMARY KEY, bytes INTEGER NOT NULL, sha256 TEXT NOT NULL, blocks BLOB NOT NULL
) STRICT;";

/// What persons decided, who they are, and the lines that they decided on. Rows are only added: what a later decision
/// takes back stays to be read.
const DECISIONS: &str = "
CREATE TABLE actors (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, via TEXT NOT NULL, since TEXT NOT NULL, UNIQUE (name, via)
) STRICT;
CREATE TABLE lines (id INTEGER PRIMARY KEY, label TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE decisions (
    id INTEGER PRIMARY KEY, line INTEGER REFERENCES lines (id), choice TEXT NOT NULL, reason TEXT NOT NULL,
    exhibit TEXT REFERENCES exhibits (label), decided TEXT NOT NULL, actor INTEGER NOT NULL REFERENCES actors (id)
) STRICT;
CREATE TRIGGER decisions_keep BEFORE UPDATE ON decisions BEGIN SELECT RAISE(ABORT, 'decisions are only added'); END;
CREATE TRIGGER decisions_stay BEFORE DELETE ON decisions BEGIN SELECT RAISE(ABORT, 'decisions are only added'); END;
";

/// Makes the table of readings if there is none.
pub(crate) fn make_readings(connection: &Connection) -> Result<(), Problem> {
    connection.execute_batch(READINGS).map_err(sql)
}

/// Whether there is a table of readings.
pub(crate) fn has_readings(connection: &Connection) -> Result<bool, Problem> {
    connection.table_exists(None, "readings").map_err(sql)
}

/// A database error as a problem.
#[allow(clippy::needless_pass_by_value, reason = "used as a function to map errors with")]
pub(crate) fn sql(error: rusqlite::Error) -> Problem {
    let message = "the case's catalogue cannot be read or written";
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => {
            Problem::user(message).because(error).hint("free some disk space, then run the same command again")
        }
        Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
            Problem::user(message).because(error).hint("check the rights on the case folder")
        }
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            Problem::user(message).because(error).hint("another program holds the catalogue; try again")
        }
        Some(ErrorCode::SystemIoFailure) => Problem::user(message).because(error).hint("check the disk"),
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Problem::data(message)
            .because(error)
            .hint("`orochi verify` gives the details; restore the case folder from a copy"),
        _ if is_damage(&error) => Problem::data(message)
            .because(error)
            .hint("`orochi verify` gives the details; restore the case folder from a copy"),
        _ => Problem::bug(message).because(error),
    }
}

/// A value of another type or range than was written.
fn is_damage(error: &SqlError) -> bool {
    matches!(
        error,
        SqlError::FromSqlConversionFailure(..)
            | SqlError::IntegralValueOutOfRange(..)
            | SqlError::InvalidColumnType(..)
            | SqlError::Utf8Error(..)
            | SqlError::QueryReturnedNoRows
    )
}

/// Makes a new catalogue and lets `fill` add the case to it, in one transaction.
pub(crate) fn create(
    path: &Path,
    fill: impl FnOnce(&rusqlite::Transaction<'_>) -> Result<(), Problem>,
) -> Result<Connection, Problem> {
    let mut connection = Connection::open(path).map_err(sql)?;
    prepare(&connection)?;
    let transaction = connection.transaction().map_err(sql)?;
    transaction.execute_batch(TABLES).map_err(sql)?;
    make_readings(&transaction)?;
    transaction
        .execute_batch(SEALS)
        .and_then(|()| transaction.execute_batch(digest::TABLE))
        .and_then(|()| transaction.execute_batch(DECISIONS))
        .map_err(sql)?;
    transaction.pragma_update(None, "application_id", APPLICATION).map_err(sql)?;
    transaction.pragma_update(None, "user_version", FORMAT).map_err(sql)?;
    transaction
        .execute(
            "INSERT INTO audit_head VALUES (1, 0, x'', ?1, 0, 0)",
            [&orochi_audit::tree::Frontier::default().root()[..]],
        )
        .map_err(sql)?;
    fill(&transaction)?;
    transaction.commit().map_err(sql)?;
    Ok(connection)
}

/// The format of a catalogue.
pub(crate) fn format(connection: &Connection) -> Result<u32, Problem> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0)).map_err(sql)
}

/// Brings a catalogue of an earlier format up to this one, and the entry that tells of it. What is in a case of the
/// first format already gets no seal: nothing says that it still is what was committed. Nothing is done when another
/// program has done it.
pub(crate) fn upgrade(transaction: &Transaction<'_>) -> Result<((), Vec<Draft>), Problem> {
    let from = format(transaction)?;
    if from >= FORMAT {
        return Ok(((), Vec::new()));
    }
    if from < 2 {
        make_readings(transaction)?;
        transaction.execute_batch(SEALS).and_then(|()| transaction.execute_batch(digest::TABLE)).map_err(sql)?;
    }
    transaction.execute_batch(DECISIONS).map_err(sql)?;
    transaction.pragma_update(None, "user_version", FORMAT).map_err(sql)?;
    let what = format!("case brought to format {FORMAT}");
    Ok(((), vec![Draft { action: Action::Alter, what, detail: serde_json::json!({ "from": from }) }]))
}

/// Opens a catalogue for reading and writing.
pub(crate) fn open(path: &Path) -> Result<Connection, Problem> {
    let connection =
        Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)
            .map_err(sql)?;
    prepare(&connection)?;
    check(&connection, path)?;
    Ok(connection)
}

/// Opens a catalogue for reading only.
pub(crate) fn open_to_read(path: &Path) -> Result<Connection, Problem> {
    let connection =
        Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)
            .map_err(sql)?;
    connection.busy_timeout(Duration::from_secs(60)).map_err(sql)?;
    check(&connection, path)?;
    Ok(connection)
}

fn prepare(connection: &Connection) -> Result<(), Problem> {
    connection.busy_timeout(Duration::from_secs(60)).map_err(sql)?;
    connection.pragma_update(None, "synchronous", "EXTRA").map_err(sql)?;
    connection.pragma_update(None, "foreign_keys", true).map_err(sql)
}

fn check(connection: &Connection, path: &Path) -> Result<(), Problem> {
    let pragma = |name| connection.pragma_query_value(None, name, |row| row.get::<_, u32>(0)).map_err(sql);
    let folder = path.parent().unwrap_or(path).display();
    match (pragma("application_id")?, pragma("user_version")?) {
        (APPLICATION, 1..=FORMAT) => Ok(()),
        (APPLICATION, newer) if newer > FORMAT => Err(Problem::user(format!(
            "the case was made by a newer orochi: its format is {newer}; this program reads formats up to {FORMAT}"
        ))
        .at(folder)
        .hint("update orochi")),
        _ => Err(not_a_case(path.parent().unwrap_or(path))),
    }
}

/// The folder holds no case.
pub(crate) fn not_a_case(folder: &Path) -> Problem {
    Problem::user("this is not a case folder").at(folder.display()).hint("name a folder made by `orochi case new`")
}
