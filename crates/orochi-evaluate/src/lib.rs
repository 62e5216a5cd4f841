//! How well methods do on made-up operations of which the truth is known (`orochi simulate`).
//!
//! The one way through: a simulated folder is taken into a training case by the real ingest ([`mod@sandbox`]); under
//! each condition ([`condition`], [`conditions`]) the method counts, and the counts are kept ([`counts_cache`]); they
//! are scored and compared with the truth ([`outcome`]); outcomes of many seeds become figures with intervals
//! ([`summary`], [`measure`]), tables and plots ([`report`]). [`fit`] fits the weights of a score. [`applications`]
//! plays whole investigations with the method `applications`; [`succession`], [`attribution`] and [`colocation`] score
//! the methods of those names.
//!
//! What may surprise a reader:
//! - Figures are over **synthetic** operations. They say how a method does on what the simulator makes, never how it
//!   does in the field; everything this crate writes says so.
//! - Nothing is drawn at random but the bootstrap, from a fixed seed: the same rows always give the
//!   same figures, to the byte.

#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod applications;
pub mod attribution;
pub mod colocation;
pub mod condition;
pub mod conditions;
pub mod counts_cache;
pub mod fit;
pub mod label;
pub mod measure;
pub mod outcome;
pub mod quantity;
pub mod reading;
pub mod report;
mod result_cache;
pub mod sandbox;
pub mod seeds;
pub mod study;
pub mod study_row;
pub mod succession;
pub mod summary;
pub mod truth;
