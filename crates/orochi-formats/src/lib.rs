//! Native file to numbered rows of text.
//!
//! ```text
//! file ─▶ container ─▶ decode ─▶ sniff, delimited ─▶ numbered rows of text
//!         gz, zip,     UTF-8     delimiter,
//!         workbook               quotes; page: HTML, MIME, XML, typed returns
//! ```
//!
//! Whatever a file came in, what leaves here is [`rows::Row`]s. Nothing here knows what a column means, and nobody to
//! the right of it sees a byte order mark, a quote or a spreadsheet. It stands apart from the tables made of the rows
//! because it reads bytes that anybody may send, and is fuzzed without building them.

pub mod archive;
pub mod container;
pub mod delimited;
pub mod dialect;
pub mod encoding;
pub mod file_kinds;
pub mod grid;
pub mod native;
mod page;
pub mod rows;
pub mod workbook;
