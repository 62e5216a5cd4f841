//! Folders made by hand, so that what must come out is known.

#![allow(clippy::unwrap_used)]

mod applications;
mod document;
mod folder;
mod plans;
mod reading;
mod scoring;
