//! The communications of a case in the forms that methods count over: what two methods need of events is read here.
//!
//! - [`event_store`]: every event in 20 bytes, parties as numbers; what methods over everybody's data use.
//! - [`number_events`]: the events of one number, seen from that number.
//! - [`graph`]: who is in contact with whom, since when and how often; for the disclosures of a case.
//! - [`rows`]: from an event to the rows of native files behind it.

pub(crate) mod event_store;
pub(crate) mod graph;
pub(crate) mod number_events;
pub(crate) mod pair;
pub mod rows;

pub use graph::ContactGraph;
