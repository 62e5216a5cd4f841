//! A study for people: tables ([`tables`]), plots ([`plots`]), the document that holds both ([`document`]), and what
//! went wrong ([`misses`]).

pub mod document;
pub mod misses;
pub mod plots;
pub mod tables;
