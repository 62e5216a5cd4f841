//! The methods' answers for one case, one file for each method.

pub mod applications;
pub mod attribution;
pub mod colocation;
mod colocation_registrations;
pub mod lines;
pub mod quantity;
pub mod roles;
pub mod succession;
pub mod tenancy;
