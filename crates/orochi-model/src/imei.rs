//! Handset identifiers, compared on their first 14 digits.
//!
//! The 15th digit is a check digit that operators often write as 0 or leave out; 16 digits are an IMEISV, whose last
//! two are the software version. None of these is a reason to refuse a row: the check digit's state is reported
//! and the 14 digits compared.

use crate::{
    absence::{is_absent, is_filler},
    party::{Scientific, Unreadable, bare, scientific},
    text::{folded, plain, without_thousands},
};

/// How the check digit stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Check {
    /// 14 digits or a 16-digit IMEISV: no check digit.
    Absent,
    /// The check digit is right.
    Valid,
    /// Operators often write 0 in its place.
    Zero,
    /// The check digit is wrong: reported, never a reject.
    Wrong,
}

/// Digits that a rounded number has lost at its end. A spreadsheet shows six digits in scientific notation; read back
/// as a number, at least the serial number and the check digit are zeros. Six zeros happen by chance in
/// one handset of a million.
pub(crate) const ROUNDED_ZEROS: usize = 6;

/// Reads an IMEI of 14, 15 or 16 digits (spaces, hyphens, slashes, a spreadsheet's `.0`, a trailing `F` fill and a
/// leading apostrophe allowed) and appends its first 14 digits to `out`. On error `out` is unchanged.
///
/// # Errors
/// When the text has another length, other characters, or was rounded by a spreadsheet.
pub fn read_imei(text: &str, out: &mut String) -> Result<Check, Unreadable> {
    let digits: Digits<16> = Digits::read(text, "an IMEI has 14, 15 or 16 digits")?;
    let digits = digits.as_slice();
    let check = match digits.len() {
        14 | 16 => Check::Absent,
        15 if luhn(digits) => Check::Valid,
        15 if digits[14] == b'0' => Check::Zero,
        15 => Check::Wrong,
        other => return Unreadable::because(format!("an IMEI has 14, 15 or 16 digits; this one has {other}")),
    };
    refuse_rounded(digits, ROUNDED_ZEROS)?;
    out.extend(digits[..14].iter().map(|digit| char::from(*digit)));
    Ok(check)
}

/// The Type Allocation Code: the make and model, the first 8 digits of a canonical IMEI.
pub fn tac(canonical: &str) -> Option<&str> {
    canonical.get(..8).filter(|_| canonical.len() == 14)
}

/// Luhn's check digit of ASCII digits (ISO/IEC 7812-1 annex B), as an ASCII digit.
pub fn check_digit(digits: &[u8]) -> u8 {
    let each = digits.iter().rev().zip([1, 0].into_iter().cycle());
    let sum: u32 = each
        .map(|(digit, double)| {
            let value = u32::from(digit - b'0') << double;
            value / 10 + value % 10
        })
        .sum();
    b'0' + ((10 - sum % 10) % 10) as u8
}

/// Whether the last digit is the check digit of those before it.
pub(crate) fn luhn(digits: &[u8]) -> bool {
    digits.split_last().is_some_and(|(last, rest)| *last == check_digit(rest))
}

/// Refuses digits that end in so many zeros that a spreadsheet must have rounded them. A spreadsheet leaves some digits
/// standing: a bare reporting-body prefix (`35`) and nothing but zeros is how made-up and test handsets
/// are numbered, not rounding.
pub(crate) fn refuse_rounded(digits: &[u8], zeros: usize) -> Result<(), Unreadable> {
    let lost = digits.iter().rev().take_while(|digit| **digit == b'0').count();
    if lost >= zeros && digits.len() - lost > 2 {
        return Unreadable::because(format!(
            "ends in {zeros} or more zeros: a spreadsheet rounded it and its last digits are gone; ask for the file as \
             text"
        ));
    }
    Ok(())
}

/// The digits of a handset or SIM identifier, without separators, on the stack.
pub(crate) struct Digits<const MOST: usize> {
    digits: [u8; MOST],
    length: usize,
}

impl<const MOST: usize> Digits<MOST> {
    pub(crate) fn as_slice(&self) -> &[u8] {
        &self.digits[..self.length]
    }

    /// Reads digits; `expected` names what should have stood there.
    pub(crate) fn read(text: &str, expected: &str) -> Result<Self, Unreadable> {
        let folded = folded(plain(text));
        let trimmed = bare(plain(&folded));
        let mut read = Self { digits: [0; MOST], length: 0 };
        let mut fill = false;
        for c in trimmed.bytes() {
            match c {
                b'0'..=b'9' if !fill => read.push(c, expected)?,
                b' ' | b'-' | b'/' => {}
                b'F' | b'f' if read.length >= 14 => fill = true,
                _ => return Self::damaged(trimmed, expected),
            }
        }
        if is_filler(read.as_slice()) || is_absent(trimmed) {
            return Unreadable::because(format!("{expected}; nothing is stated here"));
        }
        Ok(read)
    }

    fn damaged(text: &str, expected: &str) -> Result<Self, Unreadable> {
        if let Some(digits) = without_thousands(text) {
            let mut read = Self { digits: [0; MOST], length: 0 };
            for c in digits.bytes() {
                read.push(c, expected)?;
            }
            return Ok(read);
        }
        match scientific(text) {
            Scientific::Whole(digits) => {
                let mut read = Self { digits: [0; MOST], length: 0 };
                for c in digits.bytes() {
                    read.push(c, expected)?;
                }
                Ok(read)
            }
            Scientific::Rounded => Unreadable::because(format!(
                "{expected}; a spreadsheet rounded this one and its last digits are gone; ask for the file as text"
            )),
            Scientific::No => Unreadable::because(format!("{expected}; this one has other characters")),
        }
    }

    fn push(&mut self, digit: u8, expected: &str) -> Result<(), Unreadable> {
        let Some(slot) = self.digits.get_mut(self.length) else {
            return Unreadable::because(format!("{expected}; this one has more"));
        };
        *slot = digit;
        self.length += 1;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> Result<(Check, String), String> {
        let mut out = String::new();
        let result = read_imei(text, &mut out);
        assert!(result.is_ok() || out.is_empty());
        result.map(|check| (check, out)).map_err(|why| why.0)
    }

    #[test]
    fn check_digits() {
        for text in ["490154203237518", "356420075722843", "350000000000006", "350000000000014"] {
            assert_eq!(read(text), Ok((Check::Valid, text[..14].into())));
        }
        for text in ["350000000000001", "359872041256683"] {
            assert_eq!(read(text), Ok((Check::Wrong, text[..14].into())));
        }
        assert_eq!(read("490154203237510"), Ok((Check::Zero, "49015420323751".into())));
        // The same handset as 350000000000006 above, in the two shorter forms operators give.
        assert_eq!(read("350000000000000"), Ok((Check::Zero, "35000000000000".into())));
        assert_eq!(read("35000000000000"), Ok((Check::Absent, "35000000000000".into())));
    }

    #[test]
    fn one_handset_in_every_form() {
        for text in [
            "35642007572284",
            "356420075722843",
            "356420075722840",
            "3564200757228401",
            "35-642007-572284-3",
            "35 642007 572284 3",
            "35642007/572284/3",
            "356420075722843.0",
            "'356420075722843",
            "356420075722843F",
            "3.56420075722843E+14",
        ] {
            assert_eq!(read(text).map(|(_, imei)| imei), Ok("35642007572284".into()), "{text}");
        }
    }

    #[test]
    fn rounded_by_a_spreadsheet() {
        for text in ["3.5642E+14", "3.56E+14", "356420000000000", "35642000000000", "3.56420E+14", "3564200000000000"] {
            let why = read(text).expect_err(text);
            assert!(why.contains("spreadsheet"), "{text}: {why}");
        }
        assert!(read("356420075722000").is_ok(), "three zeros are common where the check digit is written as 0");
    }

    #[test]
    fn other_lengths_and_nothing() {
        for text in
            ["", "-", "1234567890123", "12345678901234567", "000000000000000", "unknown", "35642007572284X", "35.642"]
        {
            assert!(read(text).is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn reading_a_canonical_text_gives_itself(text in "[0-9 /'-]{12,20}|[0-9]\\.[0-9]{0,16}E\\+1[2-6]") {
            if let Ok((_, imei)) = read(&text) {
                prop_assert_eq!(imei.len(), 14);
                prop_assert_eq!(tac(&imei), Some(&imei[..8]));
                // Alone, 14 digits may look rounded when the digits cut off were all that spoke against it.
                if !imei.ends_with("000000") {
                    prop_assert_eq!(read(&imei), Ok((Check::Absent, imei.clone())));
                }
            }
        }

        #[test]
        fn agrees_with_another_implementation(text in "[0-9]{15}") {
            prop_assume!(!text.contains("00000"));
            let valid = matches!(read(&text), Ok((Check::Valid, _)));
            prop_assert_eq!(valid, imei::valid(&text));
        }

        #[test]
        fn never_panics(text: String) {
            let _ = read(&text);
        }
    }
}
