//! Comparing a log's lines with what its case noted of them: which entry was touched.
//!
//! Three witnesses are compared: the file's lines; the tree head that each line holds over those before it; and the
//! case's record, with the hash of every line and the head over all. A head noted elsewhere is the fourth.

use std::collections::HashMap;

use crate::{
    entry::Entry,
    fault::{Fault, Head, Verified},
    tree::{Frontier, Hash, hex, leaf_hash},
};

/// What a case's catalogue says about its log.
#[derive(Clone, Debug, Default)]
pub struct Record {
    /// Hash of each entry's line, in order.
    pub leaves: Vec<Hash>,
    /// Entries known to be in the file and on the disk.
    pub written: u64,
    /// Lines past `written`, by their entry: a cut-off command still owes them to the file.
    pub owed: HashMap<u64, String>,
    /// What is wrong with the record itself.
    pub faults: Vec<Fault>,
}

/// Checks the bytes of a log.
///
/// # Errors
/// The faults, in the order of the file.
pub fn judge(bytes: &[u8], record: &Record, noted: Option<&Head>) -> Result<Verified, Vec<Fault>> {
    let mut lines: Vec<&[u8]> = bytes.split(|byte| *byte == b'\n').collect();
    let cut = lines.pop().unwrap_or_default(); // after the last line end: nothing, or a line without its end
    if !cut.is_empty() {
        lines.push(cut);
    }

    let size = record.leaves.len() as u64;
    let mut faults = record.faults.clone();
    faults.extend(compare(&lines, record));
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
