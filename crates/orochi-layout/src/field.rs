//! The fields a column can hold, and the tables they make up. The names are those written in profiles.

use serde::{Deserialize, Serialize};

/// What the rows of a sheet are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Table {
    /// Calls, texts and data sessions.
    Communications,
    /// Where cells are.
    Cells,
    /// Who an account is registered to.
    Subscribers,
    /// Money put on a pre-paid number.
    Topups,
    /// Which SIM sat in which handset.
    Handsets,
    /// Where postcodes are.
    Postcodes,
}

impl Table {
    /// The name as written in profiles.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Communications => "communications",
            Self::Cells => "cells",
            Self::Subscribers => "subscribers",
            Self::Topups => "topups",
            Self::Handsets => "handsets",
            Self::Postcodes => "postcodes",
        }
    }
}

macro_rules! fields {
    ($($(#[doc = $help:literal])* $variant:ident = $name:literal,)*) => {
        /// What a column holds.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Field {
            $($(#[doc = $help])* #[serde(rename = $name)] $variant,)*
        }

        impl Field {
            /// All fields, in the order of their declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The name as written in profiles.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }
        }
    };
}

fields! {
    /// Caller or sender.
    A = "a",
    /// Called party or recipient.
    B = "b",
    /// Party a call was forwarded to.
    C = "c",
    /// The number whose record this is, when the other party is told apart by a direction.
    Own = "own",
    /// The other party, when a direction says who called.
    Other = "other",
    /// The identifier the disclosure was asked for, repeated in every row.
    Target = "target",
    /// Incoming or outgoing, as words.
    Direction = "direction",
    /// Kind of event, as words; often says the direction too.
    Type = "type",
    /// How it ended, as words.
    Outcome = "outcome",
    /// Start, date and time in one column.
    Start = "start",
    /// Start, date alone.
    StartDate = "start_date",
    /// Start, time alone.
    StartTime = "start_time",
    /// End, date and time in one column.
    End = "end",
    /// End, date alone.
    EndDate = "end_date",
    /// End, time alone.
    EndTime = "end_time",
    /// Duration, seconds or hours:minutes:seconds.
    Duration = "duration",
    /// Ring time.
    Ring = "ring",
    /// SIM of the party whose record it is.
    Imsi = "imsi",
    /// Handset of the party whose record it is.
    Imei = "imei",
    /// Caller's SIM.
    AImsi = "a_imsi",
    /// Called party's SIM.
    BImsi = "b_imsi",
    /// Caller's handset.
    AImei = "a_imei",
    /// Called party's handset.
    BImei = "b_imei",
    /// SIM card.
    Iccid = "iccid",
    /// First cell (of a cell list: the cell).
    StartCell = "start_cell",
    /// Last cell.
    EndCell = "end_cell",
    /// Caller's cell.
    ACell = "a_cell",
    /// Called party's cell.
    BCell = "b_cell",
    /// First cell's location or tracking area.
    StartArea = "start_area",
    /// Last cell's location or tracking area.
    EndArea = "end_area",
    /// First cell's base station, joined with its sector to a cell (US carriers).
    StartNode = "start_node",
    /// First cell's sector or face.
    StartSector = "start_sector",
    /// Last cell's base station.
    EndNode = "end_node",
    /// Last cell's sector or face.
    EndSector = "end_sector",
    /// First cell's generation or radio technology.
    StartRadio = "start_radio",
    /// Last cell's generation or radio technology.
    EndRadio = "end_radio",
    /// First site's name.
    StartSite = "start_site",
    /// Last site's name.
    EndSite = "end_site",
    /// First site's address.
    StartAddress = "start_address",
    /// Last site's address.
    EndAddress = "end_address",
    /// First site's postcode.
    StartPostcode = "start_postcode",
    /// Last site's postcode.
    EndPostcode = "end_postcode",
    /// First site's easting.
    StartEasting = "start_easting",
    /// Last site's easting.
    EndEasting = "end_easting",
    /// First site's northing.
    StartNorthing = "start_northing",
    /// Last site's northing.
    EndNorthing = "end_northing",
    /// First site's grid reference, or easting and northing in one column.
    StartGrid = "start_grid",
    /// Last site's grid reference.
    EndGrid = "end_grid",
    /// First site's latitude.
    StartLatitude = "start_latitude",
    /// Last site's latitude.
    EndLatitude = "end_latitude",
    /// First site's longitude.
    StartLongitude = "start_longitude",
    /// Last site's longitude.
    EndLongitude = "end_longitude",
    /// First sector's azimuth.
    StartAzimuth = "start_azimuth",
    /// Last sector's azimuth.
    EndAzimuth = "end_azimuth",
    /// Mobile country code.
    Mcc = "mcc",
    /// Mobile network code.
    Mnc = "mnc",
    /// Operator.
    Network = "network",
    /// Access point name.
    Apn = "apn",
    /// Volume sent.
    Up = "up",
    /// Volume received.
    Down = "down",
    /// The number an account, top-up or handset belongs to.
    Number = "number",
    /// Subscriber's name.
    Name = "name",
    /// Date of birth.
    Born = "born",
    /// Subscriber's or shop's address.
    Address = "address",
    /// Subscriber's or shop's postcode.
    Postcode = "postcode",
    /// Pre-paid or contract.
    AccountType = "account_type",
    /// From when, of an account, a handset or a cell.
    From = "from",
    /// Until when.
    To = "to",
    /// Sum of money.
    Amount = "amount",
    /// How a top-up was paid.
    Method = "method",
    /// Where a top-up was bought.
    Place = "place",
    /// Make and model.
    Make = "make",
    /// Range of a cell, metres.
    Range = "range",
    /// Positional quality of a postcode.
    Quality = "quality",
    /// A column left out on purpose.
    Ignore = "ignore",
}

impl Field {
    /// The field of the last cell that matches a field of the first.
    pub fn of_end(self) -> Option<Self> {
        Some(match self {
            Self::Start => Self::End,
            Self::StartDate => Self::EndDate,
            Self::StartTime => Self::EndTime,
            Self::StartCell => Self::EndCell,
            Self::StartArea => Self::EndArea,
            Self::StartNode => Self::EndNode,
            Self::StartSector => Self::EndSector,
            Self::StartRadio => Self::EndRadio,
            Self::StartSite => Self::EndSite,
            Self::StartAddress => Self::EndAddress,
            Self::StartPostcode => Self::EndPostcode,
            Self::StartEasting => Self::EndEasting,
            Self::StartNorthing => Self::EndNorthing,
            Self::StartGrid => Self::EndGrid,
            Self::StartLatitude => Self::EndLatitude,
            Self::StartLongitude => Self::EndLongitude,
            Self::StartAzimuth => Self::EndAzimuth,
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_survive_a_profile() {
        let mut names: Vec<_> = Field::ALL.iter().map(|field| field.as_str()).collect();
        names.sort_unstable();
        let before = names.len();
        names.dedup();
        assert_eq!(names.len(), before);
    }
}
