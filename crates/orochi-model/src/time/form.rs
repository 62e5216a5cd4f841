//! How a date is written, and what is put right in columns of which the whole shows that a spreadsheet hurt them.

use serde::{Deserialize, Serialize};

/// How a date is written. A spreadsheet that takes some of a column's texts for dates and leaves the others as they
/// were shows as two forms in one column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[repr(u8)]
pub enum Form {
    /// `03/02/2025`, with seconds or in a cell of its own.
    Numbers,
    /// `3/2/2025`, with seconds or in a cell of its own.
    Bare,
    /// `03/02/2025 09:15`
    NumbersToMinute,
    /// `3/2/2025 9:15`
    BareToMinute,
    /// `03/02/25`
    ShortYear,
    /// `2025-02-03`; a workbook's date cells are written so.
    YearFirst,
    /// `45691.385417`
    DayNumber,
    /// `3 Feb 2025`
    Named,
    /// `20250203`; no spreadsheet takes it for a date.
    Compact,
    /// A count since 1970: it holds no day and month.
    Count,
}

impl Form {
    /// All forms.
    pub const ALL: [Self; 10] = [
        Self::Numbers,
        Self::Bare,
        Self::NumbersToMinute,
        Self::BareToMinute,
        Self::ShortYear,
        Self::YearFirst,
        Self::DayNumber,
        Self::Named,
        Self::Compact,
        Self::Count,
    ];

    /// Whether the column's order says which number is the day.
    pub fn is_ordered(self) -> bool {
        matches!(self, Self::Numbers | Self::Bare | Self::NumbersToMinute | Self::BareToMinute | Self::ShortYear)
    }

    /// Whether a spreadsheet may have made it of a text, and may have taken the month for the day.
    pub fn is_made(self) -> bool {
        matches!(self, Self::YearFirst | Self::DayNumber | Self::Named)
    }

    /// An example, for remarks.
    pub fn example(self) -> &'static str {
        match self {
            Self::Numbers => "03/02/2025",
            Self::Bare => "3/2/2025",
            Self::NumbersToMinute => "03/02/2025 09:15",
            Self::BareToMinute => "3/2/2025 9:15",
            Self::ShortYear => "03/02/25",
            Self::YearFirst => "2025-02-03",
            Self::DayNumber => "45691.385417",
            Self::Named => "3 Feb 2025",
            Self::Compact => "20250203",
            Self::Count => "1738574100",
        }
    }
}

/// What is put right in a column's dates while they are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    pub(super) turned: u16,
    pub(super) late: u16,
    pub(super) doubted: u16,
    /// Day numbers with fewer than five decimals are refused, also those that are whole minutes: the column was cut.
    pub cut: bool,
    /// Times of day written as digits lost their leading zeros: `91544` is 09:15:44.
    pub robbed: bool,
}

impl Correction {
    /// Day and month of this form change places.
    #[must_use]
    pub fn turn(mut self, form: Form) -> Self {
        self.turned ^= 1 << form as u16;
        self
    }

    /// Dates of this form are 1,462 days early: they were counted from 1904 and shown from 1900.
    #[must_use]
    pub fn delay(mut self, form: Form) -> Self {
        self.late |= 1 << form as u16;
        self
    }

    /// Dates of this form that read both ways are refused.
    #[must_use]
    pub fn doubt(mut self, form: Form) -> Self {
        self.doubted |= 1 << form as u16;
        self
    }

    /// Whether dates of this form that read both ways are refused.
    #[inline]
    pub fn doubts(self, form: Form) -> bool {
        self.doubted & (1 << form as u16) != 0
    }

    /// Whether day and month of this form change places.
    #[inline]
    pub fn turns(self, form: Form) -> bool {
        self.turned & (1 << form as u16) != 0
    }

    /// Whether dates of this form are put off by 1,462 days.
    #[inline]
    pub fn delays(self, form: Form) -> bool {
        self.late & (1 << form as u16) != 0
    }
}
