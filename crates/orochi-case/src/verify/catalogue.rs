//! The catalogue: its bytes by its seal, its rows by their digests, and both by the log.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use orochi_audit::tree::hex;
use orochi_model::problem::{Kind, Problem};
use rusqlite::Connection;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{Fault, Part, Report, Unvouched};
use crate::{
    case,
    catalogue::{self, sql},
    digest,
    disk::Lock,
    exhibit::{self, Exhibit},
    seal::{
        book::{self, Sealed},
        rest,
    },
};

/// Restoring one file of several that belong together would only move the fault.
const MEND: &str = "restore the case folder from a copy";
/// What is left to do when every row holds.
const MEND_SEAL: &str = "restore the case folder from a copy; or, because every row is still what the log records, \
                         remove `case.seal`: the next command seals the catalogue again";

/// What the catalogue says of the files.
pub(super) struct Known {
    pub(super) exhibits: Vec<Exhibit>,
    pub(super) seals: Vec<Sealed>,
    /// What the log says of each exhibit, by its label.
    pub(super) collected: BTreeMap<String, Value>,
}

/// Compares, and gives what the rows say; none when they cannot be read.
pub(super) fn check(dir: &Path, report: &mut Report) -> Result<Option<Known>, Problem> {
    // On a disc that cannot be written nobody writes either.
    let lock = Lock::wait(&dir.join("lock")).ok();
    let bytes = rest::faults(dir)?;
    let sealed = bytes.is_some();
    let rows = match read(dir, report) {
        Ok(known) => Some(known),
        // Not a case, or no right to read it: nothing is damaged, unless a seal says that it is.
        Err(problem) if problem.kind == Kind::User && !sealed => return Err(problem),
        Err(problem) => {
            report.faults.push(fault(None, problem.to_string()));
            None
        }
    };
    drop(lock);
    let untouched = rows.is_some() && report.faults.is_empty() && report.log.is_ok();
    for (file, damage) in bytes.into_iter().flatten() {
        report.faults.push(Fault {
            part: Part::Catalogue,
            exhibit: None,
            file: below(dir, &file),
            place: Some(damage.place),
            reason: damage.reason,
            mend: if untouched { MEND_SEAL } else { MEND }.to_owned(),
        });
    }
    if !sealed {
        report.unvouched.push(Unvouched {
            part: Part::Catalogue,
            file: "case.sqlite".into(),
            reason:
                "bytes that no row uses: a command is running, was cut off, or belonged to an earlier program; the \
                 next command seals them"
                    .to_owned(),
        });
    }
    report.count(Part::Catalogue, 1);
    Ok(rows)
}

fn below(dir: &Path, file: &Path) -> PathBuf {
    file.strip_prefix(dir).unwrap_or(file).to_path_buf()
}

fn fault(place: Option<String>, reason: String) -> Fault {
    Fault { part: Part::Catalogue, exhibit: None, file: "case.sqlite".into(), place, reason, mend: MEND.to_owned() }
}

fn read(dir: &Path, report: &mut Report) -> Result<Known, Problem> {
    let connection = catalogue::open_to_read(&dir.join("case.sqlite"))?;
    let connection = connection.unchecked_transaction().map_err(sql)?;
    report.training = Some(case::about(&connection)?.training);
    integrity(&connection, report)?;
    let details = details(dir, &connection)?;
    rows(&connection, &details, report)?;
    let exhibits = exhibit::list(&connection)?;
    let collected: BTreeMap<String, Value> = details
        .into_values()
        .filter(|entry| entry["action"] == "collect")
        .filter_map(|mut entry| Some((entry["what"].as_str()?.to_owned(), entry["detail"].take())))
        .collect();
    for exhibit in &exhibits {
        match collected.get(&exhibit.label) {
            Some(detail) => noted(exhibit, detail, report),
            None => {
                let place = format!("exhibit {}", exhibit.label);
                report.faults.push(fault(Some(place), "no log entry records it".to_owned()));
            }
        }
    }
    mappings(&connection, &exhibits, &collected, report)?;
    let has_seals = connection.table_exists(None, "seals").map_err(sql)?;
    let seals = if has_seals { book::list(&connection, "")? } else { Vec::new() };
    Ok(Known { exhibits, seals, collected })
}

/// SQLite's own check of pages, indexes and constraints.
fn integrity(connection: &Connection, report: &mut Report) -> Result<(), Problem> {
    let mut query = connection.prepare("PRAGMA integrity_check").map_err(sql)?;
    for line in query.query_map([], |row| row.get::<_, String>(0)).map_err(sql)? {
        let line = line.map_err(sql)?;
        if line != "ok" {
            report.faults.push(fault(None, format!("SQLite reports: {line}")));
        }
    }
    Ok(())
}

/// The entries of the log by number, with those that the catalogue still owes the file. Lines that are none are the
/// log's own faults.
fn details(dir: &Path, connection: &Connection) -> Result<BTreeMap<u64, Value>, Problem> {
    let mut entries = BTreeMap::new();
    let mut take = |line: &[u8]| {
        if let Ok(entry) = serde_json::from_slice::<Value>(line)
            && let Some(seq) = entry["seq"].as_u64()
        {
            entries.entry(seq).or_insert(entry);
        }
    };
    let file = dir.join("audit.jsonl");
    let text = match std::fs::read(&file) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Vec::new(),
        text => text.map_err(|error| Problem::io("read the audit log", &file, &error))?,
    };
    text.split(|byte| *byte == b'\n').for_each(&mut take);
    let mut query = connection.prepare("SELECT line FROM audit_outbox ORDER BY seq").map_err(sql)?;
    for line in query.query_map([], |row| row.get::<_, String>(0)).map_err(sql)? {
        take(line.map_err(sql)?.as_bytes());
    }
    Ok(entries)
}

/// Rows against the digests written beside them, and these against the last entry that notes them.
fn rows(connection: &Connection, entries: &BTreeMap<u64, Value>, report: &mut Report) -> Result<(), Problem> {
    let Some(written) = digest::written(connection)? else {
        report.unvouched.push(Unvouched {
            part: Part::Catalogue,
            file: "case.sqlite".into(),
            reason: "its rows: an earlier program wrote them; the next command records their hash in the log"
                .to_owned(),
        });
        return Ok(());
    };
    for part in digest::differing(connection)? {
        let place = format!("rows of `{part}`");
        report.faults.push(fault(Some(place), "they differ from what was committed".to_owned()));
    }
    let last = entries.iter().rev().find_map(|(seq, entry)| Some((seq, entry["detail"][digest::NOTED].as_str()?)));
    match last {
        Some((_, noted)) if noted == digest::root(&written) => {}
        Some((seq, _)) => {
            report.faults.push(fault(None, format!("its rows are not those that entry {seq} of the log records")));
        }
        None => report.faults.push(fault(None, "no log entry records its rows".to_owned())),
    }
    Ok(())
}

/// An exhibit's row against the entry that tells of it.
fn noted(exhibit: &Exhibit, detail: &Value, report: &mut Report) {
    let pairs = [
        ("file", json!(exhibit.file)),
        ("sha256", json!(exhibit.sha256)),
        ("bytes", json!(exhibit.bytes)),
        ("profile", json!(exhibit.profile)),
        ("tally", json!(exhibit.tally)),
        ("authorities", json!(exhibit.authorities)),
    ];
    for (name, value) in pairs {
        // Early programs noted less.
        if !detail[name].is_null() && detail[name] != value {
            report.faults.push(Fault {
                exhibit: Some(exhibit.label.clone()),
                ..fault(
                    Some(format!("exhibit {}", exhibit.label)),
                    format!("`{name}` is {value}; the log says {}", detail[name]),
                )
            });
        }
    }
}

/// How each file was read, against the hash in the log.
fn mappings(
    connection: &Connection,
    exhibits: &[Exhibit],
    collected: &BTreeMap<String, Value>,
    report: &mut Report,
) -> Result<(), Problem> {
    let mut kept = BTreeMap::new();
    if catalogue::has_readings(connection)? {
        let mut query = connection.prepare("SELECT exhibit, reading FROM readings").map_err(sql)?;
        let texts = query.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))).map_err(sql)?;
        for text in texts {
            let (label, text) = text.map_err(sql)?;
            kept.insert(label, hex(&Sha256::digest(&text)));
        }
    }
    let mut checked = 0;
    for exhibit in exhibits {
        let detail = collected.get(&exhibit.label);
        let noted = detail.and_then(|detail| detail["reading"].as_str());
        let found = kept.get(&exhibit.label);
        let reason = match (noted, found) {
            (Some(noted), Some(found)) if noted == found => None,
            (Some(noted), Some(found)) => Some(format!("its SHA-256 is {found}; the log says {noted}")),
            (Some(_), None) => Some("it is missing".to_owned()),
            (None, _) => {
                report.unvouched.push(Unvouched {
                    part: Part::Mappings,
                    file: "case.sqlite".into(),
                    reason: format!("how {} was read: an earlier program kept no hash of it", exhibit.label),
                });
                continue;
            }
        };
        checked += 1;
        report.faults.extend(reason.map(|reason| Fault {
            part: Part::Mappings,
            exhibit: Some(exhibit.label.clone()),
            ..fault(Some(format!("how {} was read", exhibit.label)), reason)
        }));
    }
    report.count(Part::Mappings, checked);
    Ok(())
}
