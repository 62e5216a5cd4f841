//! How well files are read: clean tables of known truth, hurt as the field hurts them, through the real pipeline.
//!
//! ```text
//! layouts ─▶ draft (clean, with its truth) ─▶ damage ─▶ bytes ─▶ orochi-ingest ─▶ verdict
//! ```
//!
//! What may surprise a reader:
//! - A damage changes the truth where it destroys what the row said, and says what an honest reader may do: reject a
//!   row, leave a field absent, refuse the file. Unless it does, every row must be read as if nothing had happened.
//! - A reading is compared with the truth and not with the reading of the clean table, row by row
//!   under its number in the file.

mod case;
mod clock;
mod damage;
mod draft;
mod draw;
pub mod figures;
mod form;
mod ingestion;
mod layouts;
pub mod study;
pub mod tables;
pub mod verdict;
mod world;
mod writer;
