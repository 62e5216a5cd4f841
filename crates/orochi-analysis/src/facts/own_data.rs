//! Whether a number's own data is held, and not only that of numbers it was in contact with.
//!
//! The rule: of all communications between the number and another named number (calls, texts and other services, not
//! data sessions), half or more stand in records of its own side, and at least one does. Communications dated before
//! 1990 come from clocks that were never set and do not count; nor do those with a withheld party, which could be seen
//! from its own side alone and would make the rule depend on who withholds.
//!
//! Why half: where a number's data is held, nearly all that is seen of it is its own; where it is not, nearly all comes
//! from others, except for what its network wrote of both sides of a contact's communications. Between the two lies
//! little. A number of which a few days were asked for, out of months in which others' data shows it, is not held by
//! this rule, and methods then say what cannot be seen of it. The half is assumed; it is no setting, because answers
//! that differ in it could not be put beside each other.

/// Communications of a number: all, and those in records of its own side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OwnDataCount {
    own: u32,
    all: u32,
}

impl OwnDataCount {
    /// Counts a communication with another named number.
    pub fn add(&mut self, own: bool) {
        self.own = self.own.saturating_add(u32::from(own));
        self.all = self.all.saturating_add(1);
    }

    /// Whether its own data is held.
    pub fn is_held(self) -> bool {
        self.own > 0 && u64::from(self.own) * 2 >= u64::from(self.all)
    }

    /// Whether an application for its data was answered: it is held, or it was applied for and some of it is in. There
    /// is nothing to apply for again, though more may be seen of it in others' data than in its own.
    pub fn is_answered(self, applied: bool) -> bool {
        self.is_held() || (applied && self.own > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(own: u32, others: u32) -> OwnDataCount {
        let mut count = OwnDataCount::default();
        (0..own).for_each(|_| count.add(true));
        (0..others).for_each(|_| count.add(false));
        count
    }

    #[test]
    fn half_is_held_and_nothing_is_not() {
        for (own, others, held) in
            [(0, 0, false), (0, 1, false), (1, 0, true), (1, 1, true), (1, 2, false), (7, 7, true), (7, 8, false)]
        {
            assert_eq!(count(own, others).is_held(), held, "{own} own, {others} others'");
        }
    }

    #[test]
    fn what_was_applied_for_is_answered_once_some_of_it_is_in() {
        assert!(count(1, 9).is_answered(true) && !count(1, 9).is_answered(false));
        assert!(!count(0, 9).is_answered(true) && count(5, 5).is_answered(false));
    }
}
