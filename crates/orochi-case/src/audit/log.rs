//! Appending: into a catalogue transaction first, then to the file.
//!
//! All of this runs under the case's lock. `written` in the catalogue is the number of entries known to be in the file
//! and on the disk; it is brought up to date by the next write or the next closing, so that the usual cost of an entry
//! is one transaction and one synced append. Only entries past `written` are ever put back into the file by a repair: a
//! line that was in the file and is gone was removed by somebody, and stays visible as removed.

use std::{
    fs::OpenOptions,
    io::{Read, Seek, SeekFrom, Write},
    path::Path,
};

use orochi_audit::{
    entry::{Draft, Entry},
    tree::{Frontier, hex, leaf_hash},
};
use orochi_model::{problem::Problem, program};
use rusqlite::{Connection, Transaction};

use crate::{
    actor::{Actor, Via},
    catalogue::sql,
};

/// The log's state as the catalogue holds it.
#[derive(Clone, Debug)]
pub(crate) struct State {
    pub(crate) frontier: Frontier,
    pub(crate) root: Vec<u8>,
    /// Entries known to be in the file and on the disk.
    pub(crate) written: u64,
    /// Length of the file when the entries past `written` were about to be appended.
    pub(crate) offset: u64,
}

pub(crate) fn state(connection: &Connection) -> Result<State, Problem> {
    let (size, frontier, root, written, offset) = connection
        .query_row("SELECT size, frontier, root, written, offset FROM audit_head", [], |row| {
            Ok((row.get::<_, u64>(0)?, row.get::<_, Vec<u8>>(1)?, row.get(2)?, row.get(3)?, row.get(4)?))
        })
        .map_err(sql)?;
    let frontier = Frontier::from_bytes(size, &frontier)
        .ok_or_else(|| Problem::data("the catalogue's record of the audit log is damaged").at("audit_head"))?;
    Ok(State { frontier, root, written, offset })
}

/// Adds entries to a transaction. The file holds all earlier ones ([`flush`] was called before).
pub(crate) fn stage(
    transaction: &Transaction<'_>,
    file: &Path,
    actor: &Actor,
    drafts: &[Draft],
) -> Result<(), Problem> {
    let mut state = state(transaction)?;
    let offset = std::fs::metadata(file).map_or(0, |data| data.len());
    transaction.execute("DELETE FROM audit_outbox", []).map_err(sql)?;
    let written = state.frontier.size();
    let via = (actor.via != Via::Terminal).then(|| actor.via.name().to_owned());
    for draft in drafts {
        let entry = Entry {
            seq: state.frontier.size() + 1,
            time: jiff::Timestamp::now().to_string(),
            action: draft.action,
            who: actor.name.clone(),
            via: via.clone(),
            what: draft.what.clone(),
            detail: draft.detail.clone(),
            tool: program::name().to_owned(),
            root: hex(&state.frontier.root()),
        };
        let line = serde_json::to_string(&entry)
            .map_err(|error| Problem::bug("an audit entry cannot be written as JSON").because(error))?;
        let hash = leaf_hash(line.as_bytes());
        state.frontier.push(hash);
        transaction
            .prepare_cached("INSERT INTO audit_outbox (seq, line) VALUES (?1, ?2)")
            .and_then(|mut insert| insert.execute((entry.seq, &line)))
            .map_err(sql)?;
        transaction
            .prepare_cached("INSERT INTO audit_leaves (seq, hash) VALUES (?1, ?2)")
            .and_then(|mut insert| insert.execute((entry.seq, &hash[..])))
            .map_err(sql)?;
    }
    transaction
        .execute(
            "UPDATE audit_head SET size = ?1, frontier = ?2, root = ?3, written = ?4, offset = ?5",
            (state.frontier.size(), state.frontier.to_bytes(), &state.frontier.root()[..], written, offset),
        )
        .map_err(sql)?;
    Ok(())
}

/// Brings the file up to the catalogue: appends what the outbox holds past `written`, also where an append was torn.
pub(crate) fn flush(connection: &Connection, file: &Path) -> Result<(), Problem> {
    let State { frontier, written, offset, .. } = state(connection)?;
    if written == frontier.size() {
        return Ok(());
    }
    let wrong = |error: std::io::Error| Problem::io("write the audit log", file, &error);
    let mut log = OpenOptions::new().create(true).truncate(false).read(true).write(true).open(file).map_err(wrong)?;
    let length = log.metadata().map_err(wrong)?.len();
    // A file shorter than it was before the append was cut by somebody: what is owed goes to its end, and
    // the gap stays to be seen.
    let start = offset.min(length);
    let mut owed = Vec::new();
    if start > 0 {
        let mut before = [0];
        log.seek(SeekFrom::Start(start - 1)).and_then(|_| log.read_exact(&mut before)).map_err(wrong)?;
        if before != *b"\n" {
            owed.push(b'\n');
        }
    }
    let mut lines =
        connection.prepare_cached("SELECT line FROM audit_outbox WHERE seq > ?1 ORDER BY seq").map_err(sql)?;
    for line in lines.query_map([written], |row| row.get::<_, String>(0)).map_err(sql)? {
        owed.extend_from_slice(line.map_err(sql)?.as_bytes());
        owed.push(b'\n');
    }
    log.seek(SeekFrom::Start(start)).map_err(wrong)?;
    let mut tail = Vec::new();
    log.read_to_end(&mut tail).map_err(wrong)?;
    if tail.starts_with(&owed) {
        return log.sync_all().map_err(wrong);
    }
    // A torn append is a beginning of what is owed, perhaps followed by blocks that were never filled. Anything else
    // was put there by somebody, and is left to be seen.
    let kept = tail.iter().zip(&owed).take_while(|(there, due)| there == due).count();
    if tail[kept..].iter().all(|byte| *byte == 0) {
        log.set_len(start).map_err(wrong)?;
        log.seek(SeekFrom::Start(start)).map_err(wrong)?;
    } else if tail.last() != Some(&b'\n') {
        log.write_all(b"\n").map_err(wrong)?;
    }
    log.write_all(&owed).map_err(wrong)?;
    log.sync_all().map_err(wrong)
}

/// Whether entries are not known to be in the file.
pub(crate) fn is_owed(connection: &Connection) -> Result<bool, Problem> {
    let State { frontier, written, .. } = state(connection)?;
    Ok(written < frontier.size())
}

/// Notes that the file holds all entries; saves the next opening a look.
pub(crate) fn settle(connection: &Connection) -> Result<(), Problem> {
    connection.execute("UPDATE audit_head SET written = size WHERE written < size", []).map_err(sql)?;
    Ok(())
}
