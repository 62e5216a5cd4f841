//! Tests of co-location from the outside: what it must hold on made-up fixes of any kind.

#![allow(missing_docs, clippy::unwrap_used)]

mod fixes;
mod robust;
mod validation;
