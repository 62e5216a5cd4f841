//! The audit log: who did what, to which object, when, and why. One JSON entry a line in `audit.jsonl`.
//!
//! Data Protection Act 2018 s.62 asks for logs of collection, alteration, consultation, disclosure, combination and erasure. An
//! erasure's entry names what was erased and never holds it.
//!
//! What may surprise:
//! - An entry is part of the catalogue transaction that does what it tells of (the *outbox*), and is copied to the file after
//!   it. So nothing happens without its entry and no entry tells of what did not happen. After a kill in between, the next
//!   opening writes the file forward from the outbox.
//! - Each entry holds the Merkle tree head over all earlier lines ([`tree`]), so the file speaks for itself. The catalogue holds
//!   the head over all lines and the hash of each, so that [`verify`] can say which entry was touched and not only that one was.
//! - Someone who can write both can forge both. A head noted elsewhere (`SIZE:ROOT`, on paper, in an email, in a served document)
//!   fixes everything up to it.

mod copy;
mod entries;
pub(crate) mod log;
pub(crate) mod tree;
mod verify;

use serde::{Deserialize, Serialize};

pub use copy::{Copy, copy, verify_copy};
pub use entries::entries;
pub use verify::{Fault, Head, Verified, sound, verify};

/// What was done, in the words of Data Protection Act 2018 s.62.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Action {
    /// Data came in.
    Collect,
    /// Data was looked at.
    Consult,
    /// Something about the case changed: an authority, a release, a decision.
    Alter,
    /// Data of several sources was brought together.
    Combine,
    /// Data went out.
    Disclose,
    /// Data was destroyed.
    Erase,
}

/// One entry as it stands in the file, keys in this order.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Entry {
    /// From 1, without gaps.
    pub seq: u64,
    /// RFC 3339, UTC.
    pub time: String,
    /// What was done.
    pub action: Action,
    /// The operating system's user.
    pub who: String,
    /// To which object: an exhibit, a command, an authority.
    pub what: String,
    /// Particulars, reason.
    pub detail: serde_json::Value,
    /// Program and version.
    pub tool: String,
    /// Tree head over all earlier lines, in hexadecimal.
    pub root: String,
}

/// An entry yet without its place in the log.
#[derive(Clone, Debug)]
pub struct Draft {
    /// What was done.
    pub action: Action,
    /// To which object.
    pub what: String,
    /// Particulars, reason.
    pub detail: serde_json::Value,
}

#[cfg(test)]
mod tests;
