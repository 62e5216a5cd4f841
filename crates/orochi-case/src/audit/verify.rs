//! Checking the log, offline and without writing: which entry was touched.
//!
//! Three witnesses are compared: the file's lines; the tree head that each line holds over those before it; and the catalogue,
//! with the hash of every line and the head over all. A head noted elsewhere is the fourth.

use std::{collections::HashMap, fmt, path::Path, str::FromStr};

use orochi_model::problem::{Kind, Problem};

use super::{
    Entry, log,
    tree::{Frontier, Hash, hex, leaf_hash},
};
use crate::{catalogue, catalogue::sql};

/// A log that holds.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Verified {
    /// Entries in the log.
    pub entries: u64,
    /// Of these, entries that are in the catalogue and not yet in the file, because a command was cut off; the next command writes
    /// them out.
    pub pending: u64,
    /// Tree head over all entries, in hexadecimal: note it elsewhere as `entries:root`.
    pub root: String,
}

/// What is wrong with a log. Numbers are the entries' `seq`; lines count from 1.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(tag = "fault", rename_all = "lowercase")]
pub enum Fault {
    /// An entry's line is not what was written.
    Altered {
        /// The entry.
        seq: u64,
    },
    /// Entries are gone from the middle.
    Removed {
        /// First of them.
        from: u64,
        /// Last of them.
        to: u64,
    },
    /// Entries are gone from the end.
    Truncated {
        /// First of them.
        from: u64,
        /// Last of them.
        to: u64,
    },
    /// An entry stands in another place.
    Reordered {
        /// The entry.
        seq: u64,
        /// The line it stands on.
        line: u64,
    },
    /// A line that was never written by the program, or a copy of one that was.
    Inserted {
        /// The line it stands on.
        line: u64,
        /// The entry it follows; 0 at the top.
        after: u64,
    },
    /// The file and the catalogue agree, but an entry contradicts the tree head that the next one holds: both were rewritten.
    Rewritten {
        /// The last entry that can be relied on is before this one.
        seq: u64,
    },
    /// The catalogue's own record of the log is damaged or altered.
    Catalogue {
        /// In words.
        reason: String,
    },
    /// The log is not the one whose head was noted elsewhere.
    Head {
        /// In words.
        reason: String,
    },
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let span = |from: &u64, to: &u64| {
            if from == to { format!("entry {from} was") } else { format!("entries {from} to {to} were") }
        };
        match self {
            Self::Altered { seq } => write!(f, "entry {seq} was altered"),
            Self::Removed { from, to } => write!(f, "{} removed", span(from, to)),
            Self::Truncated { from, to } => write!(f, "{} cut off the end", span(from, to)),
            Self::Reordered { seq, line } => write!(f, "entry {seq} was moved to line {line}"),
            Self::Inserted { line, after } => write!(f, "line {line}, after entry {after}, was inserted"),
            Self::Rewritten { seq } => write!(f, "entry {seq} or one before it was rewritten, in the catalogue too"),
            Self::Catalogue { reason } | Self::Head { reason } => f.write_str(reason),
        }
    }
}

/// A tree head noted elsewhere, written `SIZE:ROOT`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// Number of entries it covers.
    pub size: u64,
    /// Tree head over them, lower-case hexadecimal.
    pub root: String,
}

impl fmt::Display for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.size, self.root)
    }
}

impl Verified {
    /// The head over all entries, to be noted elsewhere.
    pub fn head(&self) -> Head {
        Head { size: self.entries, root: self.root.clone() }
    }
}

/// [`verify`] for whatever rests on the log and cannot be made from one that was touched; `so` says what then is not.
///
/// # Errors
/// Data kind, naming the faults.
pub fn sound(dir: &Path, so: &str) -> Result<Verified, Problem> {
    verify(dir, None).map_err(|faults| {
        let words: Vec<String> = faults.iter().map(ToString::to_string).collect();
        Problem::data(format!("the audit log does not hold, so {so}"))
            .at(dir.join("audit.jsonl").display())
            .because(words.join("; "))
            .hint("`orochi audit verify` says more")
    })
}

impl FromStr for Head {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        let wrong = || {
            Problem::user(format!("“{text}” is no log head")).hint(
                "write it as SIZE:ROOT, for example 12:9f86d0…, with all 64 digits, as `orochi audit verify` prints it",
            )
        };
        let (size, root) = text.trim().split_once(':').ok_or_else(wrong)?;
        if root.len() != 64 || !root.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(wrong());
        }
        Ok(Self { size: size.parse().map_err(|_| wrong())?, root: root.to_lowercase() })
    }
}

/// What the catalogue says about the log.
struct Record {
    leaves: Vec<Hash>,
    written: u64,
    /// Lines past `written`, from the outbox.
    owed: HashMap<u64, String>,
    faults: Vec<Fault>,
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
    let mut lines: Vec<&[u8]> = bytes.split(|byte| *byte == b'\n').collect();
    let cut = lines.pop().unwrap_or_default(); // after the last line end: nothing, or a line without its end
    if !cut.is_empty() {
        lines.push(cut);
    }

    let size = record.leaves.len() as u64;
    let mut faults = record.faults.clone();
    faults.extend(compare(&lines, &record));
    // The tail that a cut-off command still owes the file is judged from the outbox.
    let pending = (lines.len() as u64..size).take_while(|_| faults.is_empty()).count() as u64;
    let owed: Vec<&[u8]> =
        (lines.len() as u64 + 1..=size).filter_map(|seq| record.owed.get(&seq)).map(String::as_bytes).collect();
    if faults.is_empty() {
        lines.extend(owed);
        faults.extend(chain(&lines));
    }
    if let Some(noted) = noted {
        faults.extend(head(&record.leaves, &lines, noted));
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let mut tree = Frontier::default();
    record.leaves.iter().for_each(|leaf| tree.push(*leaf));
    Ok(Verified { entries: size, pending, root: hex(&tree.root()) })
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
                "the catalogue's record of the log was altered: its hashes of {} entries do not give its head of {} entries",
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

/// Compares the file's lines with the catalogue's hashes.
fn compare(lines: &[&[u8]], record: &Record) -> Vec<Fault> {
    let size = record.leaves.len() as u64;
    let known: HashMap<&Hash, u64> = record.leaves.iter().zip(1..).collect();
    // What each line is: an entry as written, or (its own word for it) an entry that was altered, or neither.
    let mut seen = vec![false; record.leaves.len() + 1];
    let mut found: Vec<Option<u64>> = Vec::with_capacity(lines.len());
    for line in lines {
        let seq = known.get(&leaf_hash(line)).copied().filter(|seq| !seen[*seq as usize]);
        if let Some(seq) = seq {
            seen[seq as usize] = true;
        }
        found.push(seq);
    }
    let mut faults = Vec::new();
    let in_order = longest_run(&found);
    let mut after = 0;
    for ((line, seq), number) in lines.iter().zip(&found).zip(1_u64..) {
        match seq {
            Some(seq) if in_order.contains(seq) => after = *seq,
            Some(seq) => faults.push(Fault::Reordered { seq: *seq, line: number }),
            None => {
                // An altered line stands where the original stood, or still says which entry it was.
                let claimed = serde_json::from_slice::<Entry>(line).ok().map(|entry| entry.seq);
                let missing = |seq: &u64| (1..=size).contains(seq) && !seen[*seq as usize];
                let next = Some(after + 1).filter(|next| lines.len() as u64 <= size || claimed == Some(*next));
                match claimed.filter(missing).or(next.filter(missing)) {
                    Some(seq) => {
                        seen[seq as usize] = true;
                        after = seq;
                        faults.push(Fault::Altered { seq });
                    }
                    None => faults.push(Fault::Inserted { line: number, after }),
                }
            }
        }
    }
    faults.extend(missing(&seen, record));
    faults
}

/// Entries that no line stands for, as runs. Those that a cut-off command still owes the file are not missing.
fn missing(seen: &[bool], record: &Record) -> Vec<Fault> {
    let size = record.leaves.len() as u64;
    let last_seen = (1..=size).rev().find(|seq| seen[*seq as usize]).unwrap_or(0);
    let mut faults: Vec<Fault> = Vec::new();
    for seq in (1..=size).filter(|seq| !seen[*seq as usize]) {
        let pending = seq > record.written
            && seq > last_seen
            && record.owed.get(&seq).is_some_and(|line| leaf_hash(line.as_bytes()) == record.leaves[seq as usize - 1]);
        if pending {
            continue;
        }
        match faults.last_mut() {
            Some(Fault::Removed { to, .. } | Fault::Truncated { to, .. }) if *to + 1 == seq => *to = seq,
            _ if seq > last_seen => faults.push(Fault::Truncated { from: seq, to: seq }),
            _ => faults.push(Fault::Removed { from: seq, to: seq }),
        }
    }
    faults
}

/// The most entries that stand in order, so that one moved entry is named and not all that it passed.
fn longest_run(found: &[Option<u64>]) -> std::collections::HashSet<u64> {
    // Patience sorting: `ends` holds, for each length, the index of the smallest entry that ends a run of that length.
    let entries: Vec<u64> = found.iter().flatten().copied().collect();
    let mut ends: Vec<usize> = Vec::new();
    let mut before = vec![None; entries.len()];
    for (index, seq) in entries.iter().enumerate() {
        let place = ends.partition_point(|end| entries[*end] < *seq);
        before[index] = place.checked_sub(1).map(|place| ends[place]);
        if place == ends.len() { ends.push(index) } else { ends[place] = index }
    }
    let mut run = std::collections::HashSet::new();
    let mut next = ends.last().copied();
    while let Some(index) = next {
        run.insert(entries[index]);
        next = before[index];
    }
    run
}

/// Checks the tree head that each line holds over those before it.
fn chain(lines: &[&[u8]]) -> Option<Fault> {
    let mut tree = Frontier::default();
    for line in lines {
        let seq = tree.size() + 1;
        match serde_json::from_slice::<Entry>(line) {
            Ok(entry) if entry.seq == seq && entry.root == hex(&tree.root()) => tree.push(leaf_hash(line)),
            _ => return Some(Fault::Rewritten { seq }),
        }
    }
    None
}

/// Compares with a head noted elsewhere.
fn head(leaves: &[Hash], lines: &[&[u8]], noted: &Head) -> Option<Fault> {
    let of = |hashes: &mut dyn Iterator<Item = Hash>| {
        let mut tree = Frontier::default();
        hashes.take(noted.size as usize).for_each(|hash| tree.push(hash));
        (tree.size() == noted.size).then(|| hex(&tree.root()))
    };
    let by_file = of(&mut lines.iter().map(|line| leaf_hash(line)));
    let by_catalogue = of(&mut leaves.iter().copied());
    let reason = match (&by_file, &by_catalogue) {
        (Some(file), _) if *file == noted.root => return None,
        (_, Some(catalogue)) if *catalogue == noted.root => {
            format!("the file's first {} entries are not those whose head was noted; the catalogue's are", noted.size)
        }
        (None, None) => format!("the noted head covers {} entries; the log has {}", noted.size, leaves.len()),
        _ => format!("the first {} entries are not those whose head was noted", noted.size),
    };
    Some(Fault::Head { reason })
}
