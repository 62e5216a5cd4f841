//! The vocabulary of a county-lines phone case. No I/O, no engine, no clock: everything here is a value or a pure
//! function, but for the name of the running program, which is given once ([`program`]).
//!
//! What may surprise a reader:
//! - A *record* is one row as disclosed, from one party's side; an *event* is the communication that one or more
//!   records describe. Counting records counts some calls twice; methods count events.
//! - Identifiers have one canonical text, made once at the edge (see [`party`], [`imei`], [`imsi`], [`cell`]) and
//!   compared as text ever after. The text as disclosed is kept beside it.
//! - Times are microseconds since 1970 in UTC. The text as disclosed and its source zone are kept beside them; the
//!   repeated hour in October has a second candidate.
//! - Words about people are [`sentence::Sentence`]s; nothing prints a bare string about a person.

pub mod absence;
pub mod authority;
pub mod cell;
pub mod finding;
pub mod identifier;
pub mod imei;
pub mod imsi;
pub mod locator;
pub mod method;
pub mod party;
pub mod problem;
pub mod program;
pub mod quantity;
pub mod sentence;
pub mod text;
pub mod time;
