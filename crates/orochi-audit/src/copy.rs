//! The log for somebody who has no case: a copy that proves itself, with entries withheld where they must be.
//!
//! A withheld entry stands as its leaf hash, `{"seq":5,"withheld":"<hash>"}`, so that the tree head over all entries
//! can still be worked out: nothing was left out, added or put elsewhere, and every entry that is shown is
//! the one that was written.

use orochi_model::problem::Problem;
use serde::{Deserialize, Serialize};

use crate::{
    entry::Entry,
    fault::{Fault, Head},
    tree::{Frontier, Hash, hex, leaf_hash},
};

/// What stands in the place of an entry that is withheld.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Withheld {
    seq: u64,
    withheld: String,
}

/// A log for others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copy {
    /// One entry a line, as in the case or withheld.
    pub text: String,
    /// Tree head over all entries.
    pub head: Head,
    /// How many are withheld.
    pub withheld: u64,
}

/// Copies entries whose tree head is `head`. `withhold` is asked of each entry's line.
///
/// # Errors
/// Bug kind when the entries are not those of the head.
pub fn copy(entries: &[Entry], head: Head, withhold: &dyn Fn(&str) -> bool) -> Result<Copy, Problem> {
    let mut copy = Copy { text: String::new(), head, withheld: 0 };
    let bug = |error| Problem::bug("an audit entry cannot be written as JSON").because(error);
    for entry in entries {
        let line = serde_json::to_string(entry).map_err(bug)?;
        if withhold(&line) {
            copy.withheld += 1;
            let gone = Withheld { seq: entry.seq, withheld: hex(&leaf_hash(line.as_bytes())) };
            copy.text.push_str(&serde_json::to_string(&gone).map_err(bug)?);
        } else {
            copy.text.push_str(&line);
        }
        copy.text.push('\n');
    }
    // The lines were written by this serialisation; should that ever change, a copy that does not
    // prove itself is no copy.
    verify_copy(&copy.text, &copy.head)
        .map_err(|fault| Problem::bug("a copy of the audit log does not agree with its head").because(fault))?;
    Ok(copy)
}

/// Checks a copy against its head. Returns how many entries it shows and how many are withheld.
///
/// # Errors
/// The first fault.
pub fn verify_copy(text: &str, head: &Head) -> Result<(u64, u64), Fault> {
    let mut tree = Frontier::default();
    let mut withheld = 0;
    for line in text.lines() {
        let seq = tree.size() + 1;
        let altered = Fault::Altered { seq };
        if let Ok(entry) = serde_json::from_str::<Entry>(line) {
            if entry.seq != seq {
                return Err(altered);
            }
            if entry.root != hex(&tree.root()) {
                return Err(Fault::Rewritten { seq });
            }
            tree.push(leaf_hash(line.as_bytes()));
        } else {
            let gone: Withheld = serde_json::from_str(line).map_err(|_| altered.clone())?;
            let leaf = (gone.seq == seq).then(|| from_hex(&gone.withheld)).flatten().ok_or(altered)?;
            withheld += 1;
            tree.push(leaf);
        }
    }
    if tree.size() < head.size {
        return Err(Fault::Truncated { from: tree.size() + 1, to: head.size });
    }
    if tree.size() != head.size || hex(&tree.root()) != head.root {
        return Err(Fault::Head { reason: format!("the log's {} entries do not match the head {head}", tree.size()) });
    }
    Ok((tree.size() - withheld, withheld))
}

fn from_hex(text: &str) -> Option<Hash> {
    let digits = text.as_bytes();
    let (pairs, rest) = digits.as_chunks::<2>();
    if pairs.len() != 32 || !rest.is_empty() || !digits.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    let mut hash = Hash::default();
    for (byte, pair) in hash.iter_mut().zip(pairs) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(hash)
}
