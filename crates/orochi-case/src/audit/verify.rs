//! Checking the log of a case, offline and without writing: which entry was touched. The
//! comparison is `orochi-audit`'s.

use std::{collections::HashMap, path::Path};

use orochi_audit::{
    compare::{Record, judge},
    fault::{Fault, Head, Verified},
    tree::{Frontier, Hash},
};
use orochi_model::problem::{Kind, Problem};

use super::log;
use crate::{catalogue, catalogue::sql};

/// [`verify`] for whatever rests on the log and cannot be made from one that was touched; `so` says what then is not.
///
/// # Errors
/// Data kind, naming the faults.
pub fn sound(dir: &Path, so: &str) -> Result<Verified, Problem> {
    verify(dir, None).map_err(|faults| {
        let words: Vec<String> = faults.iter().map(ToString::to_string).collect();
        Problem::data(format!("the audit log is not intact, so {so}"))
            .at(dir.join("audit.jsonl").display())
            .because(words.join("; "))
            .hint("`orochi verify` gives the details")
    })
}

/// Checks the log of the case in `dir`. Only reads.
///
/// # Errors
/// The faults, in the order of the file; a log or catalogue that cannot be read at all is a fault of its own.
pub fn verify(dir: &Path, noted: Option<&Head>) -> Result<Verified, Vec<Fault>> {
    let unreadable = |problem: Problem| vec![Fault::Catalogue { reason: problem.to_string() }];
    let record = read_record(dir).map_err(unreadable)?;
    let file = dir.join("audit.jsonl");
    let bytes = match std::fs::read(&file) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Vec::new(),
        Err(error) => return Err(unreadable(Problem::io("read the audit log", &file, &error))),
    };
    judge(&bytes, &record, noted)
}

fn read_record(dir: &Path) -> Result<Record, Problem> {
    let path = dir.join("case.sqlite");
    if !path.is_file() {
        return Err(catalogue::not_a_case(dir));
    }
    let connection = catalogue::open_to_read(&path).map_err(|problem| match problem.kind {
        Kind::User => problem.hint("if a command was cut off, run any command that writes, then verify again"),
        _ => problem,
    })?;
    // One read transaction, so that a command that writes meanwhile does not look like a fault.
    let connection = connection.unchecked_transaction().map_err(sql)?;
    let state = log::state(&connection)?;
    let mut faults = Vec::new();
    let mut leaves = Vec::new();
    let mut tree = Frontier::default();
    let mut rows = connection.prepare("SELECT seq, hash FROM audit_leaves ORDER BY seq").map_err(sql)?;
    for row in rows.query_map([], |row| Ok((row.get::<_, u64>(0)?, row.get::<_, Vec<u8>>(1)?))).map_err(sql)? {
        let (seq, hash) = row.map_err(sql)?;
        let Ok(hash) = Hash::try_from(hash) else { break };
        if seq != tree.size() + 1 {
            break;
        }
        tree.push(hash);
        leaves.push(hash);
    }
    if tree != state.frontier || tree.root()[..] != state.root[..] {
        faults.push(Fault::Catalogue {
            reason: format!(
                "the catalogue's record of the log was altered: its hashes of {} entries do not give its head of {} \
                 entries",
                tree.size(),
                state.frontier.size()
            ),
        });
    }
    let mut owed = HashMap::new();
    let mut rows = connection.prepare("SELECT seq, line FROM audit_outbox WHERE seq > ?1").map_err(sql)?;
    for row in rows.query_map([state.written], |row| Ok((row.get(0)?, row.get(1)?))).map_err(sql)? {
        let (seq, line) = row.map_err(sql)?;
        owed.insert(seq, line);
    }
    Ok(Record { leaves, written: state.written, owed, faults })
}
