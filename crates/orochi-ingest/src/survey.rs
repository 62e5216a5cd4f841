//! What the rows of a table showed that only the whole of them can tell. Whole numbers only, kept per block and added
//! up in the order of the blocks: the same for any number of threads.

use std::collections::BTreeMap;

use orochi_layout::{field::Field, mapping::TargetLine};
use orochi_model::time::{ColumnDates, RowSample};

use crate::sims::Sims;

/// What rows showed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Survey {
    /// The dates of each column that holds some.
    pub dates: BTreeMap<Field, ColumnDates>,
    /// Lines between the rows that state a target.
    pub targets: Vec<TargetLine>,
    /// Rows whose side nothing tells, by their SIM or handset.
    pub sims: Sims,
    /// Lines that bear other headings than the table's.
    pub other_headings: RowSample,
    /// Positions on the grid.
    pub positions: Positions,
    /// Rows with something odd, by what it is, in words that follow `in 3 rows`.
    pub odd: BTreeMap<&'static str, RowSample>,
}

/// Rows whose easting and northing were read as they stand, and rows that were read with the two swapped.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Positions {
    /// As they stand.
    pub stated: u64,
    /// Swapped.
    pub swapped: RowSample,
}

impl Positions {
    /// Counts a row.
    pub fn take(&mut self, swapped: bool, row: u64) {
        if swapped {
            self.swapped.count(row);
        } else {
            self.stated += 1;
        }
    }
}

impl Survey {
    /// Adds what a later block showed.
    pub fn add(&mut self, later: &Self) {
        for (field, seen) in &later.dates {
            self.dates.entry(*field).or_default().add(seen);
        }
        self.targets.extend(later.targets.iter().cloned());
        self.sims.add(&later.sims);
        self.other_headings.add(&later.other_headings);
        self.positions.stated += later.positions.stated;
        self.positions.swapped.add(&later.positions.swapped);
        for (what, rows) in &later.odd {
            self.odd.entry(what).or_default().add(rows);
        }
    }

    /// Counts a row with something odd.
    pub fn count(&mut self, what: &'static str, row: u64) {
        self.odd.entry(what).or_default().count(row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_add_up_in_their_order() {
        let mut whole = Survey::default();
        let mut sum = Survey::default();
        for block in 0..3 {
            let mut part = Survey::default();
            for row in block * 4..block * 4 + 4 {
                whole.count("the end is before the start", row);
                part.count("the end is before the start", row);
            }
            sum.add(&part);
        }
        assert_eq!(whole, sum);
        assert_eq!(sum.odd["the end is before the start"].first, [0, 1, 2, 3, 4]);
    }
}
