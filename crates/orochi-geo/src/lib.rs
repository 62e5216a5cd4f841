//! Places: the British National Grid, postcodes, distance, and what a bad location looks like.
//!
//! What may surprise a reader:
//! - WGS84 here is ETRS89, from which it differs by less than a metre; positions of cells are coarser.
//! - A position that had to be repaired (easting and northing swapped, a sign lost) is repaired only where a postcode
//!   or the coast says so, and always carries its doubt in words (see [`place`]).
//! - Northern Ireland is on the Irish Grid, whose numbers look like British ones: its grid positions
//!   are refused, not misplaced.

pub mod azimuth;
pub mod distance;
pub mod grid;
pub mod land;
mod ostn15;
pub mod pair;
pub mod place;
pub mod postcode;
mod projection;
pub mod reference;
