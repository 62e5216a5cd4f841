//! Rows of a case as they are stored or derived.

pub mod cells;
pub mod events;
pub mod excess;
pub mod presences;
pub mod records;
pub mod rejects;
pub mod row;
pub mod sql;
pub mod tenancies;
