//! SIM identifiers: IMSI (the subscription) and ICCID (the card).

use crate::{
    imei::{Digits, ROUNDED_ZEROS, luhn, refuse_rounded},
    party::Unreadable,
};

/// Reads an IMSI of 14 or 15 digits (spaces, hyphens, a spreadsheet's `.0` and a trailing `F` fill allowed) and appends
/// it to `out`. On error `out` is unchanged.
///
/// # Errors
/// When the text has another length, other characters, or was rounded by a spreadsheet.
pub fn read_imsi(text: &str, out: &mut String) -> Result<(), Unreadable> {
    let digits: Digits<15> = Digits::read(text, "an IMSI has 14 or 15 digits")?;
    let digits = digits.as_slice();
    if digits.len() < 14 {
        return Unreadable::because(format!("an IMSI has 14 or 15 digits; this one has {}", digits.len()));
    }
    refuse_rounded(digits, ROUNDED_ZEROS)?;
    out.extend(digits.iter().map(|digit| char::from(*digit)));
    Ok(())
}

/// Reads an ICCID of 18 to 20 digits (a trailing `F` is dropped) and appends it to `out`. On error `out` is unchanged.
///
/// # Errors
/// When the text has another length, other characters, or was rounded by a spreadsheet (which keeps 15 digits).
pub fn read_iccid(text: &str, out: &mut String) -> Result<(), Unreadable> {
    let digits: Digits<20> = Digits::read(text, "an ICCID has 18 to 20 digits")?;
    let digits = digits.as_slice();
    if digits.len() < 18 {
        return Unreadable::because(format!("an ICCID has 18 to 20 digits; this one has {}", digits.len()));
    }
    if !luhn(digits) {
        refuse_rounded(digits, digits.len() - 15)?;
    }
    out.extend(digits.iter().map(|digit| char::from(*digit)));
    Ok(())
}

/// Networks of the United Kingdom and the islands by mobile country and network code. `host` says that it runs cells of
/// its own across Great Britain; other rows are virtual or local operators.
///
/// Source: ITU-T E.212 assignments as in the public numbering plan. Names are today's; a SIM keeps its code when its
/// operator is bought or moves to another host.
const NETWORKS: &[(&str, &str, bool)] = &[
    ("23400", "BT", false),
    ("23401", "Vectone Mobile", false),
    ("23402", "O2", true),
    ("23403", "Airtel-Vodafone", false),
    ("23407", "Vodafone", true),
    ("23408", "BT OnePhone", false),
    ("23410", "O2", true),
    ("23411", "O2", true),
    ("23412", "Network Rail", false),
    ("23413", "Network Rail", false),
    ("23415", "Vodafone", true),
    ("23416", "TalkTalk", false),
    ("23418", "Cloud9", false),
    ("23419", "TeleWare", false),
    ("23420", "Three", true),
    ("23424", "Stour Marine", false),
    ("23425", "Truphone", false),
    ("23426", "Lycamobile", false),
    ("23427", "Tata Communications", false),
    ("23428", "Marathon Telecom", false),
    ("23430", "EE", true),
    ("23431", "EE", true),
    ("23432", "EE", true),
    ("23433", "EE", true),
    ("23434", "EE", true),
    ("23436", "Sure Isle of Man", false),
    ("23438", "Virgin Mobile", false),
    ("23439", "Gamma Telecom", false),
    ("23450", "JT", false),
    ("23451", "UK Broadband", false),
    ("23453", "Tango Networks", false),
    ("23454", "iD Mobile", false),
    ("23455", "Sure Guernsey", false),
    ("23457", "Sky Mobile", false),
    ("23458", "Manx Telecom", false),
    ("23476", "BT", false),
    ("23477", "Vodafone", true),
    ("23478", "Airwave", false),
    ("23486", "EE", true),
    ("23501", "EE", true),
    ("23502", "EE", true),
    ("23577", "BT", false),
    ("23591", "Vodafone", true),
    ("23594", "Three", true),
];

/// The network that issued a SIM, by its canonical IMSI; none when the IMSI is foreign or its code is not in the table.
/// The SIM may use another network's cells: a virtual operator's always does.
pub fn home_network(imsi: &str) -> Option<&'static str> {
    network_of(imsi.get(..3)?, imsi.get(3..5)?)
}

/// The name of a UK network by mobile country and network code.
pub fn network_of(mcc: &str, mnc: &str) -> Option<&'static str> {
    let at = NETWORKS
        .binary_search_by(|(code, ..)| code.as_bytes().iter().cmp(mcc.as_bytes().iter().chain(mnc.as_bytes())))
        .ok()?;
    Some(NETWORKS[at].1)
}

/// Whether a code belongs to one of the four networks that run cells of their own across Great Britain.
pub fn is_host(mcc: &str, mnc: &str) -> bool {
    NETWORKS.iter().any(|(code, _, host)| *host && code.strip_prefix(mcc) == Some(mnc))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn imsi(text: &str) -> Result<String, String> {
        let mut out = String::new();
        read_imsi(text, &mut out).map(|()| out).map_err(|why| why.0)
    }

    fn iccid(text: &str) -> Result<String, String> {
        let mut out = String::new();
        read_iccid(text, &mut out).map(|()| out).map_err(|why| why.0)
    }

    #[test]
    fn one_subscription_in_every_form() {
        for text in
            ["234309876543210", "234 30 9876543210", "234-30-9876543210", "234309876543210.0", "2.34309876543210E+14"]
        {
            assert_eq!(imsi(text), Ok("234309876543210".into()), "{text}");
        }
        assert_eq!(imsi("23430987654321F"), Ok("23430987654321".into()));
    }

    #[test]
    fn rounded_or_of_another_length() {
        for text in ["2.34310E+14", "2.3431E+14", "234310000000000"] {
            assert!(imsi(text).is_err_and(|why| why.contains("spreadsheet")), "{text}");
        }
        for text in ["", "2343098765432", "2343098765432101", "N/A", "000000000000000"] {
            assert!(imsi(text).is_err(), "{text}");
        }
    }

    #[test]
    fn cards() {
        assert_eq!(iccid("8944100030010577350"), Ok("8944100030010577350".into()));
        assert_eq!(iccid("8944 1000 3001 0577 350F"), Ok("8944100030010577350".into()));
        assert!(iccid("8944100030010570000").is_err_and(|why| why.contains("spreadsheet")));
        assert!(iccid("89441000300105773").is_err());
        assert!(iccid("894410003001057735000").is_err());
    }

    #[test]
    fn home_networks() {
        assert!(NETWORKS.is_sorted_by_key(|row| row.0));
        for (imsi, network) in [
            ("234309876543210", Some("EE")),
            ("234109876543210", Some("O2")),
            ("234159876543210", Some("Vodafone")),
            ("235949876543210", Some("Three")),
            ("234269876543210", Some("Lycamobile")),
            ("310410123456789", None),
            ("2", None),
        ] {
            assert_eq!(home_network(imsi), network, "{imsi}");
        }
        assert!(is_host("234", "30") && !is_host("234", "26"));
    }

    proptest! {
        #[test]
        fn reading_a_canonical_text_gives_itself(text in "[0-9 -]{13,24}F?") {
            if let Ok(canonical) = imsi(&text) {
                prop_assert_eq!(imsi(&canonical), Ok(canonical));
            }
            if let Ok(canonical) = iccid(&text) {
                prop_assert_eq!(iccid(&canonical), Ok(canonical));
            }
        }

        #[test]
        fn never_panics(text: String) {
            let _ = imsi(&text);
            let _ = iccid(&text);
            let _ = home_network(&text);
        }
    }
}
