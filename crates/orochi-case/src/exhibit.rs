//! Exhibits as the catalogue holds them, and where their files lie.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use orochi_ingest::rows::Tally;
use orochi_model::problem::Problem;
use rusqlite::{Connection, OptionalExtension, Row};
use serde::Serialize;

use crate::{case::Case, catalogue::sql, disk};

/// One native file in a case.
#[derive(Clone, Debug, Serialize)]
pub struct Exhibit {
    /// Label, for example `EX0001`.
    #[serde(rename = "exhibit")]
    pub label: String,
    /// The file's name as received.
    pub file: String,
    /// Of the native bytes, lower-case hexadecimal; the file's name in the vault.
    pub sha256: String,
    /// Size of the native file.
    pub bytes: u64,
    /// Profile name and version it was read with.
    pub profile: String,
    /// How its rows were disposed of.
    #[serde(flatten)]
    pub tally: Tally,
    /// Records whose content stands earlier in this file or in an earlier exhibit. They stay records.
    pub duplicates: u64,
    /// Targets the disclosure states.
    pub targets: Vec<String>,
    /// What a reader of the result should know.
    pub remarks: Vec<String>,
    /// Columns no field took.
    pub unmapped: Vec<String>,
    /// Tables it filled.
    pub tables: Vec<String>,
    /// References of the authorities it was judged by.
    pub authorities: Vec<String>,
    /// When it was added, RFC 3339, UTC.
    pub added: String,
    /// By whom.
    pub added_by: String,
}

const COLUMNS: &str = r#"label, file, sha256, bytes, profile, "rows", records, rejects, excess, notes, duplicates, targets, remarks,
    unmapped, tables, authorities, added, added_by"#;

fn read(row: &Row<'_>) -> rusqlite::Result<Exhibit> {
    let list = |index| -> rusqlite::Result<Vec<String>> {
        serde_json::from_str(&row.get::<_, String>(index)?).map_err(|error| {
            rusqlite::Error::FromSqlConversionFailure(index, rusqlite::types::Type::Text, Box::new(error))
        })
    };
    Ok(Exhibit {
        label: row.get(0)?,
        file: row.get(1)?,
        sha256: row.get(2)?,
        bytes: row.get(3)?,
        profile: row.get(4)?,
        tally: Tally {
            rows: row.get(5)?,
            records: row.get(6)?,
            rejects: row.get(7)?,
            excess: row.get(8)?,
            notes: row.get(9)?,
        },
        duplicates: row.get(10)?,
        targets: list(11)?,
        remarks: list(12)?,
        unmapped: list(13)?,
        tables: list(14)?,
        authorities: list(15)?,
        added: row.get(16)?,
        added_by: row.get(17)?,
    })
}

/// All exhibits in the order they were added.
pub(crate) fn list(connection: &Connection) -> Result<Vec<Exhibit>, Problem> {
    let mut query = connection.prepare(&format!("SELECT {COLUMNS} FROM exhibits ORDER BY number")).map_err(sql)?;
    query.query_map([], read).map_err(sql)?.collect::<Result<_, _>>().map_err(sql)
}

/// The exhibit that holds these bytes.
pub(crate) fn holding(connection: &Connection, sha256: &str) -> Result<Option<Exhibit>, Problem> {
    connection
        .query_row(&format!("SELECT {COLUMNS} FROM exhibits WHERE sha256 = ?1"), [sha256], read)
        .optional()
        .map_err(sql)
}

/// The exhibit of this label, in any case of letters.
pub(crate) fn labelled(connection: &Connection, label: &str) -> Result<Option<Exhibit>, Problem> {
    connection
        .query_row(&format!("SELECT {COLUMNS} FROM exhibits WHERE label = ?1"), [label], read)
        .optional()
        .map_err(sql)
}

/// The exhibit of this label.
///
/// # Errors
/// User kind when there is none.
pub(crate) fn existing(connection: &Connection, label: &str) -> Result<Exhibit, Problem> {
    labelled(connection, label)?.ok_or_else(|| {
        Problem::user(format!("there is no exhibit {label}")).hint("`orochi case show` lists the exhibits of a case")
    })
}

/// The next free label of the form `EX0001`.
pub(crate) fn next_label(connection: &Connection) -> Result<String, Problem> {
    let mut number: u64 =
        connection.query_row("SELECT coalesce(max(number), 0) + 1 FROM exhibits", [], |row| row.get(0)).map_err(sql)?;
    loop {
        let label = format!("EX{number:04}");
        if labelled(connection, &label)?.is_none() {
            return Ok(label);
        }
        number += 1;
    }
}

/// Adds a row.
pub(crate) fn insert(connection: &Connection, exhibit: &Exhibit) -> Result<(), Problem> {
    let list = |list: &[String]| serde_json::Value::from(list.to_vec()).to_string();
    connection
        .execute(
            &format!(
                "INSERT INTO exhibits ({COLUMNS}) VALUES \
                 (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)"
            ),
            rusqlite::params![
                exhibit.label,
                exhibit.file,
                exhibit.sha256,
                exhibit.bytes,
                exhibit.profile,
                exhibit.tally.rows,
                exhibit.tally.records,
                exhibit.tally.rejects,
                exhibit.tally.excess,
                exhibit.tally.notes,
                exhibit.duplicates,
                list(&exhibit.targets),
                list(&exhibit.remarks),
                list(&exhibit.unmapped),
                list(&exhibit.tables),
                list(&exhibit.authorities),
                exhibit.added,
                exhibit.added_by,
            ],
        )
        .map(drop)
        .map_err(sql)
}

/// The folder of an exhibit's part of a table.
pub(crate) fn table_folder(dir: &Path, table: &str, label: &str) -> PathBuf {
    dir.join("tables").join(table).join(format!("exhibit={label}"))
}

/// The file of an exhibit's part of a table.
pub(crate) fn table_file(dir: &Path, table: &str, label: &str) -> PathBuf {
    table_folder(dir, table, label).join("part.parquet")
}

/// Where that file lies below the case folder, as its seal names it.
pub(crate) fn table_place(table: &str, label: &str) -> String {
    format!("tables/{table}/exhibit={label}/part.parquet")
}

/// Where the keys lie below the case folder, as their seal names them.
pub(crate) fn keys_place(label: &str) -> String {
    format!("keys/{label}")
}

/// The sorted content keys of an exhibit's records.
pub(crate) fn keys_file(dir: &Path, label: &str) -> PathBuf {
    dir.join("keys").join(label)
}

/// The native file.
pub(crate) fn vault_file(dir: &Path, sha256: &str) -> PathBuf {
    dir.join("vault").join(sha256)
}

/// Removes what no exhibit names: files that were moved into place by an `add` that never committed.
/// The caller holds the lock.
pub(crate) fn sweep(connection: &Connection, dir: &Path) -> Result<(), Problem> {
    let exhibits = list(connection)?;
    let labels: BTreeSet<&str> = exhibits.iter().map(|exhibit| exhibit.label.as_str()).collect();
    let hashes: BTreeSet<&str> = exhibits.iter().map(|exhibit| exhibit.sha256.as_str()).collect();
    for file in disk::read_folder(&dir.join("vault"))? {
        if !hashes.contains(disk::name_of(&file).as_str()) {
            discard(&file)?;
        }
    }
    for file in disk::read_folder(&dir.join("keys"))? {
        if !labels.contains(disk::name_of(&file).as_str()) {
            discard(&file)?;
        }
    }
    for table in disk::read_folder(&dir.join("tables"))? {
        for folder in disk::read_folder(&table)? {
            if !disk::name_of(&folder).strip_prefix("exhibit=").is_some_and(|label| labels.contains(label)) {
                discard(&folder)?;
            }
        }
    }
    Ok(())
}

/// Removes a file or folder; fine when it is not there.
pub(crate) fn discard(path: &Path) -> Result<(), Problem> {
    if path.is_dir() {
        return disk::remove_tree(path);
    }
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(Problem::io("remove", path, &error)),
        _ => Ok(()),
    }
}

impl Case {
    /// The exhibit of this label.
    ///
    /// # Errors
    /// User kind when there is none.
    pub fn exhibit(&self, label: &str) -> Result<Exhibit, Problem> {
        existing(&self.connection(), label)
    }

    /// All exhibits in the order they were added.
    ///
    /// # Errors
    /// When the catalogue cannot be read.
    pub fn exhibits(&self) -> Result<Vec<Exhibit>, Problem> {
        list(&self.connection())
    }

    /// Where an exhibit's native file lies. It is only ever read.
    pub fn native(&self, exhibit: &Exhibit) -> PathBuf {
        vault_file(self.dir(), &exhibit.sha256)
    }
}
