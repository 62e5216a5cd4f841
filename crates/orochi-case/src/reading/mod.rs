//! How an exhibit was read.

mod store;

pub(crate) use store::{Kept, keep};
