//! Repeat contacts of a line: numbers that come back to it of their own accord.
//!
//! The rule: a phone that people carry ([`super::carried_phone`]), in contact with a number of the line on so many days
//! or more, with as many calls or texts of its own, that the line does not seek out ([`super::sought_contact`]). No
//! bulk text is needed, so that those around a line that sends none, or of which they alone are held, are found as
//! well. A day is one of UTC.
//!
//! They are no customer base ([`super::customers`]): friends and family come back too. Nor are they the *regulars* of
//! the method `lines`, whose contacts are exchanges and who come back several days a week.
//!
//! Settings: `repeat_days` of the method `applications`, with its source, and those of whom a number seeks out.

use super::carried_phone::is_carried;
use super::sought_contact;
use crate::traffic::pair::ContactSummary;

/// What makes a repeat contact.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RepeatContactRule {
    /// Fewest days with contact, and calls or texts of its own.
    pub days: f64,
    /// Whom the line seeks out is none.
    pub sought: sought_contact::SoughtContactRule,
}

impl RepeatContactRule {
    /// Whether the other number of a contact, with this canonical text, is one; `contact` is seen from the line.
    pub(crate) fn holds(self, name: &str, contact: &ContactSummary) -> bool {
        is_carried(name)
            && contact.days as f64 >= self.days
            && f64::from(contact.received) >= self.days
            && !self.sought.holds(contact)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_comes_back_by_their_own_accord_is_a_repeat_contact() {
        let rule =
            RepeatContactRule { days: 2.0, sought: sought_contact::SoughtContactRule { calls: 5.0, share: 0.6 } };
        let contact = ContactSummary { days: 2, calls_made: 0, calls_received: 2, made: 0, received: 2 };
        let mobile = "+447700900001";
        assert!(rule.holds(mobile, &contact));
        assert!(!rule.holds("+441632960001", &contact), "a landline");
        assert!(!rule.holds(mobile, &ContactSummary { days: 1, ..contact }), "a single day");
        assert!(
            !rule.holds(mobile, &ContactSummary { received: 1, made: 9, ..contact }),
            "the line wrote, it hardly did"
        );
        assert!(!rule.holds(mobile, &ContactSummary { calls_made: 20, ..contact }), "the line seeks it out");
    }
}
