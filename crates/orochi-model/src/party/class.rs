//! What range a canonical party falls in. For analysis: never a reason to refuse a number.
//!
//! Sources: Ofcom National Telephone Numbering Plan; the drama ranges are Ofcom's "Telephone numbers for use in TV and
//! radio drama programmes". Voicemail numbers are recalled from the networks' public help pages and not checked; extend
//! them with [`Voicemail::with`].

use std::collections::BTreeSet;

use super::{PartyKind, kind_of};

/// The class of a party.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PartyClass {
    /// A UK mobile number (07, without 070 and pagers; 07624 is the Isle of Man's).
    Mobile,
    /// A UK landline (01, 02).
    Geographic,
    /// 070: a number that follows a person. Not a mobile number, though it looks like one.
    Personal,
    /// 076: pagers. Anonymised studies put people's numbers here too.
    Pager,
    /// 056: internet telephony without a place.
    Voip,
    /// 03, 055, 084, 087: companies and public bodies.
    Business,
    /// 0800, 0808, 0500.
    Freephone,
    /// 09.
    Premium,
    /// Up to 6 digits, or with `*` and `#`: emergency, service and bulk-text numbers.
    ShortCode,
    /// 7 to 9 digits: a local number without its area code, or one cut short.
    Local,
    /// A name.
    Alphanumeric,
    /// Any other country.
    Foreign,
    /// A network's voicemail.
    Voicemail,
    /// A UK number in a range that is not in use (04, 06, 02 to 09 otherwise not named).
    Unassigned,
    /// No party.
    Withheld,
}

/// Numbers that reach a voicemail and not a person.
#[derive(Clone, Debug, Default)]
pub struct Voicemail(BTreeSet<String>);

/// EE, O2, Vodafone, Three from the handset; BT and others' landline voicemail; the four networks from abroad.
const VOICEMAIL: &[&str] =
    &["+447782333123", "+447802090100", "+447836121121", "+447953222222", "121", "123", "1571", "222", "901"];

impl Voicemail {
    /// The shipped numbers and those given, canonical.
    pub fn with(more: impl IntoIterator<Item = String>) -> Self {
        Self(more.into_iter().collect())
    }

    /// Whether a canonical party is a voicemail.
    pub fn contains(&self, canonical: &str) -> bool {
        VOICEMAIL.binary_search(&canonical).is_ok() || self.0.contains(canonical)
    }
}

/// The class of a canonical party, with the shipped voicemail numbers.
pub fn class_of(canonical: &str) -> PartyClass {
    if VOICEMAIL.binary_search(&canonical).is_ok() {
        return PartyClass::Voicemail;
    }
    match kind_of(canonical) {
        PartyKind::Withheld => PartyClass::Withheld,
        PartyKind::Alphanumeric => PartyClass::Alphanumeric,
        PartyKind::ShortCode if canonical.len() > 6 && canonical.bytes().all(|c| c.is_ascii_digit()) => {
            PartyClass::Local
        }
        PartyKind::ShortCode => PartyClass::ShortCode,
        PartyKind::Number => canonical.strip_prefix("+44").map_or(PartyClass::Foreign, british),
    }
}

/// The class of a canonical party, with voicemail numbers of one's own.
pub fn class_with(canonical: &str, voicemail: &Voicemail) -> PartyClass {
    if voicemail.contains(canonical) { PartyClass::Voicemail } else { class_of(canonical) }
}

fn british(national: &str) -> PartyClass {
    match national.as_bytes() {
        [b'1' | b'2', ..] => PartyClass::Geographic,
        [b'3', ..] | [b'5', b'5', ..] | [b'8', b'4' | b'7', ..] => PartyClass::Business,
        [b'5', b'6', ..] => PartyClass::Voip,
        [b'7', b'0', ..] => PartyClass::Personal,
        [b'7', b'6', b'2', b'4', ..] => PartyClass::Mobile,
        [b'7', b'6', ..] => PartyClass::Pager,
        [b'7', ..] => PartyClass::Mobile,
        [b'8', b'0', ..] | [b'5', b'0', b'0', ..] => PartyClass::Freephone,
        [b'9', ..] => PartyClass::Premium,
        _ => PartyClass::Unassigned,
    }
}

/// Whether a canonical number is in a range that Ofcom keeps for drama: made-up data, in a live
/// case a sign of a test row.
pub fn is_drama(canonical: &str) -> bool {
    /// National prefixes; each covers a thousand numbers.
    const RANGES: &[&str] = &[
        "1134960", "1144960", "1154960", "1164960", "1174960", "1184960", "1214960", "1314960", "1414960", "1514960",
        "1614960", "1632960", "1914980", "2079460", "2890180", "2920180", "3069990", "7700900", "8081570", "9098790",
    ];
    canonical.strip_prefix("+44").is_some_and(|national| {
        national.len() == 10 && national.get(..7).is_some_and(|p| RANGES.binary_search(&p).is_ok())
    })
}
