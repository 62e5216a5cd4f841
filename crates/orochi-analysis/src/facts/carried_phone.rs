//! A phone that people carry, as far as its number says.
//!
//! The rule: mobile numbers, numbers that follow a person (070), pagers (076, where anonymised studies put people's
//! numbers) and numbers of other countries, of which the class is not known. Landlines, companies' and services'
//! numbers, internet telephony, short codes, senders' names and voicemail are nobody's pocket's: where such a phone
//! moves cannot be asked, and whoever reaches it has not reached a person.
//!
//! No setting. Source of the classes: Ofcom, National Telephone Numbering Plan (`orochi_model::party`).

use orochi_model::party::{PartyClass, class_of};

/// Whether a number (canonical) is a phone's that people carry.
pub fn is_carried(number: &str) -> bool {
    matches!(class_of(number), PartyClass::Mobile | PartyClass::Personal | PartyClass::Pager | PartyClass::Foreign)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_in_a_pocket_is_carried() {
        for number in ["+447700900111", "+447624000000", "+447012345678", "+447612345678", "+33612345678"] {
            assert!(is_carried(number), "{number}");
        }
        for number in [
            "+441632960001",
            "+442079460000",
            "+443069990000",
            "+448001111111",
            "+449098790000",
            "+445600000000",
            "80800",
            "121",
            "GPSURGERY",
            "+447782333123",
            "1234567",
            "",
        ] {
            assert!(!is_carried(number), "{number}");
        }
    }
}
