//! A case, its native files and its decisions: made, filled, described and checked.

pub mod add;
pub mod audit;
pub mod authority;
pub mod folder;
pub mod line;
pub mod preview;
mod profile_draft;
pub mod profiles;
pub mod reading;
pub mod release;
pub mod verify;
