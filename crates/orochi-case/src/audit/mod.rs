//! The audit log: who did what, to which object, when, and why. One JSON entry a line in `audit.jsonl`.
//!
//! Data Protection Act 2018 s.62 asks for logs of collection, alteration, consultation, disclosure, combination and
//! erasure. An erasure's entry names what was erased and never holds it.
//!
//! What may surprise:
//! - An entry is part of the catalogue transaction that does what it tells of (the *outbox*), and is copied to the file
//!   after it. So nothing happens without its entry and no entry tells of what did not happen. After a kill in between,
//!   the next opening writes the file forward from the outbox.
//! - Each entry holds the Merkle tree head over all earlier lines ([`orochi_audit::tree`]), so the file speaks for
//!   itself. The catalogue holds the head over all lines and the hash of each, so that [`mod@verify`] can say which
//!   entry was touched and not only that one was.
//! - Someone who can write both can forge both. A head noted elsewhere (`SIZE:ROOT`, on paper, in an email, in a served
//!   document) fixes everything up to it.

mod copy;
mod entries;
pub(crate) mod log;
mod verify;

pub use copy::copy;
pub use entries::entries;
pub use orochi_audit::{
    copy::{Copy, verify_copy},
    entry::{Action, Draft, Entry},
    fault::{Fault, Head, Verified},
};
pub use verify::{sound, verify};

#[cfg(test)]
mod tests;
