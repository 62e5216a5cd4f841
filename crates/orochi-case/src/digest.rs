//! The digest of the catalogue's rows: what exhibits, authorities, releases, settings, mappings, seals, lines and
//! decisions say.
//!
//! Each change of the catalogue writes the digest of each table beside it, and one hash over all of them into the log's
//! entry that tells of the change (`catalogue` in its detail). An opening compares rows and digests; `verify` compares
//! both with the log. The record of the log itself (`audit_…`) is compared with the log entry by entry instead.

use std::path::Path;

use orochi_audit::{entry::Draft, tree::hex};
use orochi_model::problem::Problem;
use rusqlite::{Connection, types::ValueRef};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::catalogue::{self, sql};

/// Name of the hash in an entry's detail.
pub(crate) const NOTED: &str = "catalogue";

/// Each table and its key.
const TABLES: [(&str, &str); 10] = [
    ("case", "id"),
    ("exhibits", "number"),
    ("authorities", "id"),
    ("releases", "id"),
    ("settings", "name"),
    ("readings", "exhibit"),
    ("seals", "path"),
    ("actors", "id"),
    ("lines", "id"),
    ("decisions", "id"),
];

/// The statement that makes a table of digests.
pub(crate) const TABLE: &str = "CREATE TABLE digests (part TEXT PRIMARY KEY, sha256 TEXT NOT NULL) STRICT;";

const RESTORE: &str = "`orochi verify` gives the details; restore the case folder from a copy";

/// A part of the catalogue and the SHA-256 of its rows, lower-case hexadecimal.
pub(crate) type Part = (String, String);

/// The digest of each part as its rows are now.
pub(crate) fn of_rows(connection: &Connection) -> Result<Vec<Part>, Problem> {
    let mut parts = Vec::new();
    for (table, key) in TABLES {
        if connection.table_exists(None, table).map_err(sql)? {
            let query = format!("SELECT * FROM \"{table}\" ORDER BY \"{key}\"");
            parts.push((table.to_owned(), of_query(connection, &query)?));
        }
    }
    let schema = "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name";
    parts.push(("schema".to_owned(), of_query(connection, schema)?));
    Ok(parts)
}

fn of_query(connection: &Connection, query: &str) -> Result<String, Problem> {
    let mut hasher = Sha256::new();
    let mut query = connection.prepare(query).map_err(sql)?;
    let columns = query.column_count();
    let mut rows = query.query([]).map_err(sql)?;
    while let Some(row) = rows.next().map_err(sql)? {
        for column in 0..columns {
            // Kind and length first: no two lists of values have the same bytes.
            let mut value = |kind: u8, bytes: &[u8]| {
                hasher.update([kind]);
                hasher.update((bytes.len() as u64).to_le_bytes());
                hasher.update(bytes);
            };
            match row.get_ref(column).map_err(sql)? {
                ValueRef::Null => value(0, &[]),
                ValueRef::Integer(number) => value(1, &number.to_le_bytes()),
                ValueRef::Real(number) => value(2, &number.to_le_bytes()),
                ValueRef::Text(text) => value(3, text),
                ValueRef::Blob(bytes) => value(4, bytes),
            }
        }
    }
    Ok(hex(&hasher.finalize()))
}

/// The digests as they were written; none in a catalogue of the first format.
pub(crate) fn written(connection: &Connection) -> Result<Option<Vec<Part>>, Problem> {
    if catalogue::format(connection)? < 2 {
        return Ok(None);
    }
    if !connection.table_exists(None, "digests").map_err(sql)? {
        return Err(Problem::data("the catalogue has lost the digests of its rows, so no result is made from it")
            .at("case.sqlite")
            .hint(RESTORE));
    }
    let mut query = connection.prepare("SELECT part, sha256 FROM digests ORDER BY rowid").map_err(sql)?;
    let parts = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).map_err(sql)?;
    parts.collect::<Result<_, _>>().map(Some).map_err(sql)
}

/// One hash over all parts.
pub(crate) fn root(parts: &[Part]) -> String {
    let mut hasher = Sha256::new();
    for (part, sha256) in parts {
        hasher.update(format!("{part} {sha256}\n"));
    }
    hex(&hasher.finalize())
}

/// Writes the digests of the rows as they are now, and the hash over them into the last of the entries.
pub(crate) fn note(connection: &Connection, drafts: &mut [Draft]) -> Result<(), Problem> {
    let parts = of_rows(connection)?;
    connection.execute("DELETE FROM digests", []).map_err(sql)?;
    for part in &parts {
        connection.execute("INSERT INTO digests (part, sha256) VALUES (?1, ?2)", (&part.0, &part.1)).map_err(sql)?;
    }
    let detail = drafts.last_mut().and_then(|draft| draft.detail.as_object_mut());
    let detail = detail.ok_or_else(|| Problem::bug("an audit entry has no details in which to note the catalogue"))?;
    detail.insert(NOTED.to_owned(), Value::from(root(&parts)));
    Ok(())
}

/// The parts whose rows are not those that were written.
pub(crate) fn differing(connection: &Connection) -> Result<Vec<String>, Problem> {
    let Some(written) = written(connection)? else { return Ok(Vec::new()) };
    let rows = of_rows(connection)?;
    let altered = rows.iter().filter(|part| !written.contains(part)).map(|(part, _)| part.clone());
    let gone = written.iter().filter(|(part, _)| !rows.iter().any(|(name, _)| name == part));
    Ok(altered.chain(gone.map(|(part, _)| part.clone())).collect())
}

/// Compares the rows with what was written. The connection has no transaction open.
///
/// # Errors
/// Data kind when they differ.
pub(crate) fn check(connection: &Connection, catalogue: &Path) -> Result<(), Problem> {
    // One moment for digests and rows: another program may commit between two queries.
    let moment = connection.unchecked_transaction().map_err(sql)?;
    match &differing(&moment)?[..] {
        [] => Ok(()),
        parts => Err(Problem::data("the catalogue differs from what was committed, so no result is made from it")
            .at(catalogue.display())
            .because(format!("touched: {}", parts.join(", ")))
            .hint(RESTORE)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Bench, take};

    #[test]
    fn every_altered_value_is_seen_and_its_table_named() {
        let bench = Bench::new();
        let case = bench.training();
        take(&case, &bench.file("a.csv", "+1,+2,5\n")).unwrap();
        let connection = case.connection();
        assert_eq!(differing(&connection).unwrap(), Vec::<String>::new());
        for (table, column) in [
            ("case", "name"),
            ("exhibits", "records"),
            ("exhibits", "label"),
            ("readings", "reading"),
            ("seals", "blocks"),
        ] {
            let transaction = connection.unchecked_transaction().unwrap();
            transaction.execute("PRAGMA defer_foreign_keys = 1", []).unwrap_or_default();
            let shift = match column {
                "records" => "records + 1".to_owned(),
                "blocks" => "zeroblob(length(blocks))".to_owned(),
                _ => format!("{column} || 'x'"),
            };
            transaction.execute(&format!("UPDATE \"{table}\" SET {column} = {shift}"), []).unwrap();
            assert_eq!(differing(&transaction).unwrap(), [table]);
        }
        let transaction = connection.unchecked_transaction().unwrap();
        transaction.execute("INSERT INTO settings VALUES ('a', 'b')", []).unwrap();
        assert_eq!(differing(&transaction).unwrap(), ["settings"]);
        transaction.execute_batch("DROP TABLE readings").unwrap();
        assert_eq!(differing(&transaction).unwrap(), ["settings", "schema", "readings"]);
        drop(transaction);
        assert!(check(&connection, Path::new("case.sqlite")).is_ok());
        connection.execute("INSERT INTO settings VALUES ('a', 'b')", []).unwrap();
        assert!(check(&connection, Path::new("case.sqlite")).is_err());
        connection.execute_batch("DROP TABLE digests").unwrap();
        assert!(check(&connection, Path::new("case.sqlite")).is_err());
    }
}
