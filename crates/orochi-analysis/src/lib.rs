//! Questions an investigator asks, one file or folder each; each is a *method* with a name, a version, a statement
//! under `docs/methods/`, settings, and rows behind every reason it gives.
//!
//! What may surprise a reader:
//! - Methods read tables through [`tables::Tables`] and know no case, file layout or terminal.
//! - `events` and `tenancies` are made by a walk in plain Rust over sorted records; `presences` is SQL; `lines` and
//!   `succession` count over events in plain Rust, which they share in a compact form (`traffic`). Nothing reported
//!   depends on the order in which the engine returns batches.
//! - A method imports no other: what two of them need of communications stands in `traffic`, and a rule of the field
//!   that two of them ask for (a burst, whose data is held) in `facts`, each in one file.

#![cfg_attr(test, allow(clippy::unwrap_used))]

// The made-up town of the tests names this crate as other crates do.
#[cfg(test)]
extern crate self as orochi_analysis;

pub mod applications;
pub mod attribution;
mod case_tables;
pub mod colocation;
pub mod events;
pub mod facts;
mod handsets;
pub mod lines;
mod positions;
pub mod presences;
pub mod quantity;
mod reason_draft;
mod registrations;
pub mod roles;
pub mod settings;
mod sink;
pub mod succession;
pub mod tables;
pub mod tenancies;
pub mod tenancy;
mod time_span;
pub mod traffic;
mod uk_clock;
pub mod views;
pub mod weights;
