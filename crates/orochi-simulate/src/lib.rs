//! Made-up county-lines operations with ground truth (`docs/simulator.md`).
//!
//! The one way through: a scenario (TOML) and a seed make a [`world::World`] of people, SIMs and handsets on a real
//! map; people and [`actor::Actor`]s make [`communication::Communication`]s day by day; each becomes a record on either
//! side with the cell that served it; records leave as disclosures, and what only a simulator knows goes into
//! `truth.json` and nowhere else.
//!
//! What may surprise a reader:
//! - Everything is a pure function of (scenario, seed). Every draw comes from a stream named by its purpose and whom it
//!   is for ([`chance::Seed`]), so the order of work and the number of threads change nothing, to the byte.
//! - No transcendental function of the platform is used where it could reach the output: `libm` gives
//!   the same bits everywhere.
//! - This crate knows no case, no method and no engine: it can be built in seconds, and cannot be tuned
//!   to a method by accident.

#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod actor;
pub mod area;
pub mod calendar;
pub mod cast;
pub mod chance;
pub mod communication;
pub mod country;
pub mod disclosure;
pub mod ground;
pub mod itinerary;
pub mod network;
pub mod parameter;
pub mod people;
pub mod record;
pub mod run;
pub mod scenario;
pub mod simulate;
pub mod talk;
pub mod travel;
pub mod truth;
pub mod world;
