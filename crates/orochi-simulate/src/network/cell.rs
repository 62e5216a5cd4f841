//! A cell, its network and its generation.

use crate::ground::Spot;

/// Place of a cell in [`super::Networks::cells`].
pub type CellId = u32;

/// Names of the networks, by their place.
pub const NAMES: [&str; 4] = ["O2", "Vodafone", "Three", "EE"];
/// Mobile network codes (with mobile country code 234), by place.
pub const MNCS: [u16; 4] = [10, 15, 20, 30];

/// Generation of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Radio {
    /// 2G.
    Gsm,
    /// 3G.
    Umts,
    /// 4G.
    Lte,
    /// 5G.
    Nr,
}

/// A cell over the days on which its identity and its site are these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Place of the network.
    pub network: u8,
    /// Generation.
    pub radio: Radio,
    /// Mobile network code, two digits; the country code is 234.
    pub mnc: u16,
    /// Location area code (2G, 3G) or tracking area code (4G, 5G).
    pub area: u32,
    /// CI (16 bits), UMTS cell identity (28), ECI (28) or NCI (36).
    pub id: u64,
    /// Place of the site; cells of one mast share it.
    pub site_id: u32,
    /// Where the mast stands.
    pub site: Spot,
    /// Centre line of the antenna, degrees clockwise from north.
    pub azimuth: u16,
    /// First day of validity.
    pub valid_from: u32,
    /// Day after the last.
    pub valid_to: u32,
}
