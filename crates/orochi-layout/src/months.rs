//! Which reading of dates the months of the other rows bear out.

/// Days 1 to 12 and months, as bits.
pub(super) const TWELVE: u32 = 0x1FFE;

/// The months of a form in both readings, and those of the rows whose reading is sure.
pub(super) struct Months {
    /// As it was read.
    pub plain: u32,
    /// With day and month changed.
    pub turned: u32,
    /// Of the rows that read one way only.
    pub sure: u32,
}

/// Which reading the months bear out.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    Plain,
    Turned,
    Both,
}

impl Months {
    /// Which of them lies within the months that are sure, or next to them.
    pub fn reading(&self) -> Reading {
        let near = (self.sure | self.sure << 1 | self.sure >> 1 | (self.sure & 2) << 11 | self.sure >> 11) & TWELVE;
        let within = |months: u32, of: u32| months & !of == 0;
        match (within(self.plain, self.sure), within(self.turned, self.sure)) {
            (true, false) if !within(self.turned, near) => Reading::Plain,
            (false, true) if !within(self.plain, near) => Reading::Turned,
            (false, false) => match (within(self.plain, near), within(self.turned, near)) {
                (true, false) => Reading::Plain,
                (false, true) => Reading::Turned,
                _ => Reading::Both,
            },
            _ => Reading::Both,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bits(months: &[u32]) -> u32 {
        months.iter().map(|month| 1 << month).sum()
    }

    #[test]
    fn months_beside_those_that_are_sure_tell_the_reading() {
        let reading = |plain: &[u32], turned: &[u32], sure: &[u32]| {
            Months { plain: bits(plain), turned: bits(turned), sure: bits(sure) }.reading()
        };
        assert!(reading(&[2, 3], &[5, 9], &[2, 3]) == Reading::Plain);
        assert!(reading(&[5, 9], &[2], &[2, 3]) == Reading::Turned);
        assert!(reading(&[4, 11], &[1], &[12]) == Reading::Turned, "January is next to December");
        assert!(reading(&[1, 3], &[2], &[2]) == Reading::Both, "March may be right");
        assert!(reading(&[1, 2], &[1, 2], &[1, 2]) == Reading::Both);
    }
}
