//! The one place where methods are put together: which step rests on which, with the settings of a run, each step once.
//!
//! ```text
//! events ─▶ lines ────────┐
//!        └▶ succession ───┴▶ known lines ─▶ attribution ─▶ roles ─▶ quantity
//! ```
//!
//! What may surprise:
//! - An [`Investigation`] answers from what it has worked out already. It belongs to one state of a case, one book of
//!   settings and one model; for others a new one is opened.
//! - Settings travel: a changed threshold of `lines` changes everything that rests on lines, and
//!   [`registry`] says what that is.
//! - Nothing here prints, and nothing knows a terminal, a document or a network.

#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod chains;
pub mod document;
pub mod inputs;
pub mod investigation;
pub mod preview;
pub mod provenance;
pub mod quantity_request;
pub mod question;
pub mod registry;
pub mod settings_book;
pub mod views;
pub mod watch;

pub use chains::{Chains, JoinedLines};
pub use inputs::Inputs;
pub use investigation::{Counter, Investigation};
pub use question::Question;
pub use settings_book::SettingsBook;
pub use watch::{Silence, Watch};
