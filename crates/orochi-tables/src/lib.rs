//! What the tables of a case look like: the one place that knows their columns.
//!
//! It stands apart from `orochi-model` because a schema is Arrow's: the vocabulary, places and made-up
//! operations need no Arrow.

pub mod cell_text;
pub mod columns;
pub mod schema;
