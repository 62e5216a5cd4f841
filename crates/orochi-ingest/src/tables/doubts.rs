//! Values left out or mended in rows that were kept, counted by column: said when the file is added, so that nothing
//! is lost or changed unsaid.

use std::collections::BTreeMap;

use orochi_layout::field::Field;
use orochi_layout::mapping::Mapping;

/// What was done with a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Doubt {
    /// A leading zero was put back: with it the check digit fits.
    Mended,
    /// One digit is missing, and nothing says which: left out.
    Short,
    /// It cannot be read: left out.
    Unreadable,
    /// A cell that cannot be read, or a number that stands for none: left out.
    Cell,
    /// A number with letters A to F below numbers without: left out, and the base of all is in doubt.
    Letters,
}

impl Doubt {
    fn words(self) -> &'static str {
        match self {
            Self::Mended => {
                "the leading zero that a spreadsheet removed was restored, because the check digit then fits"
            }
            Self::Short => {
                "one digit fewer than the column's other values, and nothing shows which is missing: left out, the \
                 rows kept"
            }
            Self::Unreadable => {
                "rounded by a spreadsheet, of a wrong length or with other characters: left out, the rows kept"
            }
            Self::Cell => {
                "no cell, or one that cannot be read (rounded, reserved, out of range): left out, the rows kept"
            }
            Self::Letters => {
                "numbers with letters A to F below numbers without: left out, the rows kept; the column may be in base \
                 sixteen, and then every cell in it is a different one: settle it by a heading such as \u{201c}Cell ID \
                 (hex)\u{201d} in a copy"
            }
        }
    }
}

/// Counts of doubts.
#[derive(Default)]
pub(crate) struct Doubts(BTreeMap<(Field, Doubt), u64>);

impl Doubts {
    /// Counts one row.
    pub(crate) fn count(&mut self, field: Field, doubt: Doubt) {
        *self.0.entry((field, doubt)).or_default() += 1;
    }

    /// Hands the counts over in words and begins anew.
    pub(crate) fn hand_over(&mut self, mapping: &Mapping, out: &mut BTreeMap<String, u64>) {
        for ((field, doubt), rows) in std::mem::take(&mut self.0) {
            let heading = mapping.heading(field).unwrap_or(field.as_str());
            *out.entry(format!("\u{201c}{heading}\u{201d}: {}", doubt.words())).or_default() += rows;
        }
    }
}
