//! Made-up operations: the ground, radio, cast, scenarios and the whole.

#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

mod cast;
mod ground;
mod radio;
mod scenarios;
mod whole;
