//! How loud a sector is at a place: distance, antenna, and what stands in between.
//!
//! - Path loss by distance to the power 3.5 (35 dB for ten times as far).
//! - Antenna after 3GPP TR 36.942, 12 (angle / 65°)² dB and at most 20, with the angle's square taken from its cosine.
//! - Antennas are tilted down to suit the spacing of masts: beyond twice the distance to the fourth neighbour, 40 dB
//!   more for ten times as far, so that a city's mast is not heard across the city.
//! - Masts differ in height, power and tilt: normal, 4 dB.
//! - Shadowing: log-normal, 9 dB in all, of which half (in power) is common to a square kilometre and half to a tile; a
//!   further 5 dB belong to the spot, 5 dB to each connection (`serving`).
//!
//! Figures are textbook values, not measurements of these networks.

use crate::ground::Spot;
use xxhash_rust::xxh3::xxh3_64;

/// Metres of a tile's side.
pub(super) const TILE: i32 = 250;

/// What a mast looks like from a place: its level without antenna, dB against the mast's foot, and
/// the direction of the place.
pub(super) struct MastView {
    level: f64,
    east: f64,
    north: f64,
}

/// How a mast is seen from a place. `reach`: metres beyond which its tilt hides it.
pub(super) fn see(mast: u64, site: Spot, reach: f64, spot: Spot) -> MastView {
    let (east, north) = (f64::from(spot.easting - site.easting), f64::from(spot.northing - site.northing));
    let square = (east * east + north * north).max(1_600.0);
    let metres = libm::sqrt(square);
    let place = |side: i32| (u64::from((spot.easting / side) as u32) << 32) | u64::from((spot.northing / side) as u32);
    let shadow = 6.5 * (normal(mix(mast, place(1_000))) + normal(mix(mast, place(TILE) ^ 0x5bd1_e995)));
    let power = 4.0 * normal(mix(mast, 0x706f_7765));
    let tilt = if square > reach * reach { 20.0 * libm::log10(square / (reach * reach)) } else { 0.0 };
    MastView { level: power - 17.5 * libm::log10(square) - tilt + shadow, east: east / metres, north: north / metres }
}

impl MastView {
    /// Level of a sector, given the sine and cosine of its azimuth.
    pub(super) fn level(&self, direction: (f32, f32)) -> f32 {
        let (sine, cosine) = direction;
        let along = self.east * f64::from(sine) + self.north * f64::from(cosine);
        // 12 / 65² a degree squared, of which 1 - cos is half the radian squared.
        (self.level - (18.65 * (1.0 - along)).min(20.0)) as f32
    }
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
