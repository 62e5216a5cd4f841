//! Whom a number seeks out: others that it rings of its own accord, and not only to ring back.
//!
//! The rule: it makes so many calls to the other number or more, and so large a share of all calls between the two.
//! Texts do not count: a line's bulk texts say nothing of whom it seeks out.
//!
//! Settings: `crew_calls` and `crew_share` of the method `applications`, with their sources.

use crate::traffic::pair::ContactSummary;

/// What makes a number sought out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SoughtContactRule {
    /// Fewest calls made to it.
    pub calls: f64,
    /// Smallest share of the calls between the two.
    pub share: f64,
}

impl SoughtContactRule {
    /// Whether the other number of a contact is sought out; `contact` is seen from the number that may seek.
    pub(crate) fn holds(self, contact: &ContactSummary) -> bool {
        let all = contact.calls_made + contact.calls_received;
        f64::from(contact.calls_made) >= self.calls && f64::from(contact.calls_made) >= self.share * f64::from(all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_only_rung_back_is_not_sought_out() {
        let rule = SoughtContactRule { calls: 5.0, share: 0.6 };
        for (made, received, sought) in [(5, 0, true), (4, 0, false), (6, 4, true), (5, 4, false), (50, 50, false)] {
            let contact =
                ContactSummary { calls_made: made, calls_received: received, made: 99, ..ContactSummary::default() };
            assert_eq!(rule.holds(&contact), sought, "{made} made, {received} received");
        }
    }
}
