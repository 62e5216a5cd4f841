//! Native file to records.
//!
//! ```text
//! file ─▶ container ─▶ decode ─▶ sniff ─▶ layout ─────▶ plan ─▶ table readers ─▶ staged Parquet
//!         gz, zip      UTF-8     header,   profile or           rows → columns    one file a table
//!         or as it is  text      preamble  proposed mapping
//! ```
//!
//! Two halves meet in [`rows`]: the left half ([`container`] to [`sniff`], [`delimited`], [`workbook`]) turns any native file
//! into numbered rows of text and knows no field; the right half ([`profile`], [`layout`], [`tables`]) knows the fields and never
//! sees a byte order mark, a quote or a spreadsheet. [`pipeline`] joins them on all cores, with results that do not depend on
//! how many there are.

pub mod container;
pub mod decode;
pub mod delimited;
pub mod layout;
pub mod native;
pub mod pipeline;
pub mod profile;
pub mod rows;
pub mod sniff;
pub mod tables;
pub mod workbook;
