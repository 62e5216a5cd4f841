//! A row before a layout has written it: what a network knows of a communication, on its own clock.

use super::number::Number;
use crate::calendar::At;
use crate::communication::{ContactKind, Outcome};
use crate::ground::Spot;
use crate::record::Side;

/// A cell as a network describes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellText {
    /// `2G` to `5G`.
    pub generation: &'static str,
    /// Mobile country code.
    pub mcc: u16,
    /// Mobile network code, two digits when written.
    pub mnc: u16,
    /// Location or tracking area code.
    pub area: u32,
    /// Cell number: CI of 2G and 3G, ECI, NCI.
    pub cell: u64,
    /// Where the mast stands.
    pub site: Spot,
    /// Name of the site.
    pub name: String,
    /// First line of the site's address.
    pub address: String,
    /// Postcode of the site.
    pub postcode: String,
    /// Centre line of the sector, degrees.
    pub azimuth: u16,
}

impl CellText {
    /// Whether area and cell number identify it, as in 2G and 3G; otherwise the cell number alone does.
    pub fn has_area(&self) -> bool {
        matches!(self.generation, "2G" | "3G")
    }

    /// `234-15-1014-13399`, `234-15-3160321`, with any separator.
    pub fn global(&self, separator: char) -> String {
        let Self { mcc, mnc, area, cell, .. } = self;
        if self.has_area() {
            format!("{mcc}{separator}{mnc:02}{separator}{area}{separator}{cell}")
        } else {
            format!("{mcc}{separator}{mnc:02}{separator}{cell}")
        }
    }
}

/// What is wrong with a row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fault {
    /// Nothing.
    #[default]
    None,
    /// A spreadsheet has rounded its numbers: nobody can read them.
    Mangled,
    /// Its date cannot be read.
    Undated,
}

/// A row.
#[derive(Clone, Copy, Debug)]
pub struct ReturnRow<'s> {
    /// Start, by the network's clock.
    pub start: At,
    /// End.
    pub end: At,
    /// What it is.
    pub kind: ContactKind,
    /// Whose record it is.
    pub side: Side,
    /// How it ended.
    pub outcome: Outcome,
    /// The number whose record it is.
    pub own: Number<'s>,
    /// The other party; the same number for data sessions.
    pub other: Number<'s>,
    /// Seconds talked, or of the session.
    pub seconds: u32,
    /// Seconds it rang.
    pub ring: u16,
    /// Kilobytes sent and received.
    pub volume: (u32, u32),
    /// SIM.
    pub imsi: u64,
    /// Handset, 14 digits.
    pub imei: u64,
    /// First cell.
    pub first: Option<&'s CellText>,
    /// Last cell.
    pub last: Option<&'s CellText>,
    /// What is wrong with it.
    pub fault: Fault,
}

impl<'s> ReturnRow<'s> {
    /// Caller or sender.
    pub fn a(&self) -> Number<'s> {
        if self.side == Side::A { self.own } else { self.other }
    }

    /// Called party or recipient.
    pub fn b(&self) -> Number<'s> {
        if self.side == Side::A { self.other } else { self.own }
    }

    /// Whether the phone whose record it is began it.
    pub fn outgoing(&self) -> bool {
        self.side == Side::A
    }
}
