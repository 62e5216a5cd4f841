//! Numbers as operators write them. No two layouts agree.

use orochi_model::imei::check_digit;

/// A party of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Number<'s> {
    /// Digits with country code: a SIM's number.
    Sim(u64),
    /// As a network writes a party without cells: `+441632…`, `60777`, `SurgeryTxt`.
    Outside(&'s str),
}

impl Number<'_> {
    /// Whether it is a number with a country code, which a spreadsheet can damage.
    pub fn is_full(self) -> bool {
        match self {
            Self::Sim(_) => true,
            Self::Outside(text) => text.starts_with('+'),
        }
    }

    fn digits(self) -> Option<u64> {
        match self {
            Self::Sim(digits) => Some(digits),
            Self::Outside(text) => text.strip_prefix('+')?.parse().ok(),
        }
    }
}

/// A way of writing numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Writing {
    /// `07524123456`, numbers abroad with 00.
    National,
    /// `07524 123456`
    NationalSpaced,
    /// `447524123456`
    Plain,
    /// `+447524123456`
    Plus,
    /// `00447524123456`
    DoubleZero,
    /// `7524123456`: a spreadsheet has taken the zero.
    Bare,
}

impl Writing {
    /// A party in this writing; short codes and names stand as they are.
    pub fn text(self, number: Number<'_>) -> String {
        let Some(digits) = number.digits() else {
            let Number::Outside(text) = number else { return String::new() };
            return text.to_owned();
        };
        let national = match digits {
            440_000_000_000..=449_999_999_999 => Some(digits - 440_000_000_000),
            _ => None,
        };
        match (self, national) {
            (Self::National, Some(national)) => format!("0{national:010}"),
            (Self::NationalSpaced, Some(national)) => {
                format!("0{:04} {:06}", national / 1_000_000, national % 1_000_000)
            }
            (Self::Bare, Some(national)) => format!("{national:010}"),
            (Self::National | Self::NationalSpaced | Self::DoubleZero, _) => format!("00{digits}"),
            (Self::Plain | Self::Bare, _) => digits.to_string(),
            (Self::Plus, _) => format!("+{digits}"),
        }
    }
}

/// A number after a spreadsheet has shown it with six digits and saved what it showed: `4.47524E+11`. The rest is gone.
pub fn mangled(number: Number<'_>) -> String {
    let Some(digits) = number.digits() else { return Writing::Plain.text(number) };
    let text = digits.to_string();
    let exponent = text.len() - 1;
    // Rounded half up to six digits, as spreadsheets do.
    let scale = 10_u64.pow(exponent.saturating_sub(5) as u32);
    let lead = ((digits + scale / 2) / scale).to_string();
    format!("{}.{}E+{exponent:02}", &lead[..1], lead[1..].trim_end_matches('0'))
}

/// A handset's identifier as operators write it, from its 14 digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Imei {
    /// 15 digits with the right check digit.
    Checked,
    /// 15 digits with 0 in the check digit's place.
    Zero,
    /// 14 digits.
    Short,
    /// 16 digits: the last two are the software's version.
    Version,
}

impl Imei {
    /// The text.
    pub fn text(self, imei: u64) -> String {
        match self {
            Self::Checked => checked(imei),
            Self::Zero => format!("{imei:014}0"),
            Self::Short => format!("{imei:014}"),
            // Any version will do, but a handset keeps its own.
            Self::Version => format!("{imei:014}{:02}", 1 + imei % 37),
        }
    }
}

/// 14 digits with their check digit.
fn checked(imei: u64) -> String {
    let digits = format!("{imei:014}");
    let check = char::from(check_digit(digits.as_bytes()));
    digits + &check.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_number_in_every_writing() {
        let number = Number::Sim(447_524_123_456);
        for (writing, text) in [
            (Writing::National, "07524123456"),
            (Writing::NationalSpaced, "07524 123456"),
            (Writing::Plain, "447524123456"),
            (Writing::Plus, "+447524123456"),
            (Writing::DoubleZero, "00447524123456"),
            (Writing::Bare, "7524123456"),
        ] {
            assert_eq!(writing.text(number), text);
            assert_eq!(writing.text(Number::Outside("SurgeryTxt")), "SurgeryTxt");
            assert_eq!(writing.text(Number::Outside("60777")), "60777");
        }
        assert_eq!(Writing::National.text(Number::Outside("+33123456789")), "0033123456789");
        assert_eq!(mangled(number), "4.47524E+11");
    }

    #[test]
    fn one_handset_in_every_writing() {
        assert_eq!(Imei::Checked.text(49_015_420_323_751), "490154203237518");
        assert_eq!(Imei::Zero.text(35_642_007_572_284), "356420075722840");
        assert_eq!(Imei::Short.text(35_642_007_572_284), "35642007572284");
        assert_eq!(Imei::Version.text(35_642_007_572_284).len(), 16);
    }
}
