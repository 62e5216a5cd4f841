//! Made-up operations, and how well the methods do on them.

pub mod evaluate;
mod evaluate_applications;
mod evaluate_attribution;
mod evaluate_colocation;
mod evaluate_quantity;
mod evaluate_reading;
mod evaluate_succession;
pub mod simulate;
