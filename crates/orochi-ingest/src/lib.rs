//! Numbered rows of text to staged tables.
//!
//! ```text
//! orochi-formats ─▶ orochi-layout ─▶ plan ─▶ table readers ─▶ staged Parquet
//! numbered rows     profile or               rows → columns    one file a table
//!                   proposed mapping
//! ```
//!
//! The left side turns any native file into numbered rows and knows no field; the layout says which column holds which
//! field; here the rows become columns. [`pipeline`] joins them on all cores, with results that do not
//! depend on how many there are.

pub mod pipeline;
pub mod plan;
pub mod review;
pub mod rows;
pub mod sims;
mod survey;
pub mod tables;
