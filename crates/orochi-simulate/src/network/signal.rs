//! How loud a sector is at a place: distance, antenna, and what stands in between.
//!
//! - Path loss by distance to the power 3.5 (35 dB for ten times as far).
//! - Antenna pattern of 3GPP TR 36.942: 12 (angle / 65°)² dB, at most 20.
//! - Masts differ in height, power and tilt: normal, 4 dB.
//! - Shadowing: log-normal, 8 dB in all, of which half (in power) is common to a square kilometre and half to a tile; a further
//!   4 dB belong to the spot, 5 dB to each connection (`serving`).
//!
//! Figures are textbook values, not measurements of these networks.

use crate::world::Spot;
use xxhash_rust::xxh3::xxh3_64;

/// Metres of a tile's side.
pub(super) const TILE: i32 = 250;

/// Mean level of a sector at a place, dB against the mast's foot; shadowing included.
pub(super) fn level(mast: u64, site: Spot, azimuth: u16, spot: Spot) -> f32 {
    let (east, north) = (f64::from(spot.easting - site.easting), f64::from(spot.northing - site.northing));
    let metres = libm::sqrt(east * east + north * north).max(40.0);
    let angle = libm::atan2(east, north).to_degrees() - f64::from(azimuth);
    let off = (angle + 540.0).rem_euclid(360.0) - 180.0;
    let antenna = (12.0 * (off / 65.0) * (off / 65.0)).min(20.0);
    let square = |side: i32| u64::from((spot.easting / side) as u32) << 32 | u64::from((spot.northing / side) as u32);
    let shadow = 5.7 * (normal(mix(mast, square(1_000))) + normal(mix(mast, square(TILE) ^ 0x5bd1_e995)));
    let power = 4.0 * normal(mix(mast, 0x706f_7765));
    (power - 35.0 * libm::log10(metres) - antenna + shadow) as f32
}

/// A near-normal draw, mean 0, deviation 1, from the number of ones in 64 bits.
pub(super) fn normal(bits: u64) -> f64 {
    (f64::from(bits.count_ones()) - 32.0) / 4.0
}

/// A hash of two numbers.
pub(super) fn mix(a: u64, b: u64) -> u64 {
    let mut bytes = [0_u8; 16];
    bytes[..8].copy_from_slice(&a.to_le_bytes());
    bytes[8..].copy_from_slice(&b.to_le_bytes());
    xxh3_64(&bytes)
}
