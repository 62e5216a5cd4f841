//! How instants are written.

use jiff::civil::DateTime;

use super::draft::{InstantPart, Zone, date_time};

/// A way of writing dates and times of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// `03/02/2025 09:15:00`
    Slashes,
    /// `03-02-2025 09:15:00`
    Dashes,
    /// `2025-02-03 09:15:00`
    Iso,
    /// `2025-02-03T09:15:00Z`, of UTC
    IsoZulu,
    /// `2025-02-03T09:15:00+00:00`
    IsoOffset,
    /// `03-Feb-2025 09:15:00`
    MonthName,
    /// `02/03/2025 09:15:00`: month first
    MonthFirst,
    /// `03/02/25 09:15:00`
    ShortYear,
    /// `03/02/2025 09:15:00 AM`
    HalfDay,
    /// `03/02/2025 09:15:00 UTC`, of UTC
    Labelled,
    /// `20250203091500`
    Packed,
    /// `Mon Feb 3 09:15:00 +0000 2025`
    Mail,
    /// `1738574100`
    Epoch,
    /// `1738574100000`
    EpochMs,
}

impl Style {
    /// The text of an instant (seconds since 1970) on a clock.
    pub fn write(self, utc: i64, zone: Zone, part: InstantPart) -> String {
        let zone = if matches!(self, Self::IsoZulu | Self::Labelled) { Zone::Utc } else { zone };
        let offset = zone.civil(utc) - utc;
        let at = date_time(utc + offset);
        match (self, part) {
            (Self::Epoch, InstantPart::Whole) => utc.to_string(),
            (Self::EpochMs, InstantPart::Whole) => (utc * 1000).to_string(),
            (Self::Mail, _) => {
                format!("{} {} {}", at.strftime("%a %b %-d %H:%M:%S"), offset_text(offset, ""), at.year())
            }
            (Self::IsoZulu, InstantPart::Whole) => at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
            (Self::IsoOffset, InstantPart::Whole) => {
                format!("{}{}", at.strftime("%Y-%m-%dT%H:%M:%S"), offset_text(offset, ":"))
            }
            (Self::Packed, InstantPart::Whole) => format!("{}{}", self.date(at), self.time(at)),
            (_, InstantPart::Whole) => format!("{} {}", self.date(at), self.time(at)),
            (_, InstantPart::Date) => self.date(at),
            (_, InstantPart::Time) => self.time(at),
        }
    }

    fn date(self, at: DateTime) -> String {
        let form = match self {
            Self::Slashes | Self::HalfDay | Self::Labelled => "%d/%m/%Y",
            Self::Dashes => "%d-%m-%Y",
            Self::MonthName => "%d-%b-%Y",
            Self::MonthFirst => "%m/%d/%Y",
            Self::ShortYear => "%d/%m/%y",
            Self::Packed => "%Y%m%d",
            _ => "%Y-%m-%d",
        };
        at.strftime(form).to_string()
    }

    fn time(self, at: DateTime) -> String {
        let form = match self {
            Self::HalfDay => "%I:%M:%S %p",
            Self::Labelled => "%H:%M:%S UTC",
            Self::Packed => "%H%M%S",
            _ => "%H:%M:%S",
        };
        at.strftime(form).to_string()
    }
}

fn offset_text(offset: i64, between: &str) -> String {
    let sign = if offset < 0 { '-' } else { '+' };
    format!("{sign}{:02}{between}{:02}", offset.abs() / 3600, offset.abs() / 60 % 60)
}
