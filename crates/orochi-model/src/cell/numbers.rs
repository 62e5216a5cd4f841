//! Cell identities that are numbers, alone or in parts.
//!
//! Sources: 3GPP TS 23.003 (CGI: area and cell of 16 bits; ECI of 28 bits, 20 of them the base station; NCI of 36
//! bits), TS 25.331 (UMTS: 12 bits controller and 16 bits cell).

use super::{CellHints, Unreadable, mnc_of, radio_of};
use crate::{
    absence::{is_absent, reserved_area, reserved_cell},
    text::{plain, without_thousands},
};

const MOST_16: u64 = 0xFFFF;
const MOST_28: u64 = 0xFFF_FFFF;
const MOST_36: u64 = 0xF_FFFF_FFFF;

/// The network part of an identity, `?` where not stated.
#[derive(Clone, Copy)]
struct Network<'a> {
    mcc: &'a str,
    mnc: &'a str,
}

const NO_NETWORK: Network<'static> = Network { mcc: "?", mnc: "?" };

fn hinted<'a>(hints: CellHints<'a>) -> Result<Network<'a>, Unreadable> {
    let stated = |text: Option<&'a str>| {
        text.map(plain).filter(|text| !text.is_empty() && !is_absent(text) || is_test_network(text))
    };
    match (stated(hints.mcc), stated(hints.mnc)) {
        (Some(mcc), Some(mnc)) => network(mcc, mnc),
        (mcc, None) => match hints.network.and_then(mnc_of) {
            Some((own_mcc, mnc)) if mcc.is_none_or(|mcc| mcc == own_mcc) => Ok(Network { mcc: own_mcc, mnc }),
            _ => match mcc {
                Some(mcc) => network(mcc, "?"),
                None => Ok(NO_NETWORK),
            },
        },
        (None, Some(_)) => Ok(hints.network.and_then(mnc_of).map_or(NO_NETWORK, |(mcc, mnc)| Network { mcc, mnc })),
    }
}

// 001 is the test networks' country, and 00 a network of some countries.
fn is_test_network(text: &str) -> bool {
    matches!(text, "00" | "000")
}

fn network<'a>(mcc: &'a str, mnc: &'a str) -> Result<Network<'a>, Unreadable> {
    let digits = |text: &str| text.bytes().all(|c| c.is_ascii_digit());
    if mcc != "?" && !(mcc.len() == 3 && digits(mcc)) {
        return Unreadable::because("a mobile country code has three digits");
    }
    if mnc != "?" && !(matches!(mnc.len(), 1..=3) && digits(mnc)) {
        return Unreadable::because("a mobile network code has two or three digits");
    }
    Ok(Network { mcc, mnc })
}

/// Reads a number alone.
pub(super) fn bare(text: &str, hints: CellHints<'_>, out: &mut String) -> Result<(), Unreadable> {
    if text.bytes().all(|c| c == b'0') {
        return Unreadable::because("0 means that no cell is stated");
    }
    let radio = hints.radio.and_then(radio_of);
    let area = hints.area.map(plain).filter(|area| !area.is_empty()).map(number).transpose();
    // An LTE or NR cell is the same in any area.
    let area = if matches!(radio, Some("LTE" | "NR")) { area.unwrap_or_default() } else { area? };
    if text.len() > 11 {
        return joined(text, radio, hints, out);
    }
    let network = hinted(hints)?;
    write(radio, network, area, number(text)?, out)
}

/// Digits run together: read only where they can be split in one way.
fn joined(text: &str, radio: Option<&'static str>, hints: CellHints<'_>, out: &mut String) -> Result<(), Unreadable> {
    let mnc_digits = match hints.mnc {
        Some(mnc) => mnc.len(),
        // 405 is India's second code, with networks of two and of three digits; 310 to 316 are the United States.
        None if text.starts_with("405") && matches!(text.as_bytes()[3], b'7'..=b'9') => 3,
        None if text.starts_with("31") && matches!(text.as_bytes()[2], b'0'..=b'6') => 3,
        None if text.starts_with("405") => 2,
        None if text.starts_with("404") || text.starts_with("234") || text.starts_with("235") => 2,
        None => 0,
    };
    let Some((plmn, rest)) = text.split_at_checked(3 + mnc_digits).filter(|_| matches!(mnc_digits, 2 | 3)) else {
        return ambiguous();
    };
    let stated = network(&plmn[..3], &plmn[3..])?;
    if hints.mcc.is_some_and(|mcc| mcc != stated.mcc) || hints.mnc.is_some_and(|mnc| mnc != stated.mnc) {
        return Unreadable::because("too many digits for a cell number, and they do not begin with the stated network");
    }
    // Jio has only ever had LTE (and later NR) in India.
    let jio = stated.mcc == "405" && (matches!(stated.mnc, "840") || ("854"..="874").contains(&stated.mnc));
    match radio {
        Some("GSM" | "UMTS") if rest.len() == 10 => {
            write(radio, stated, Some(number(&rest[..5])?), number(&rest[5..])?, out)
        }
        Some("LTE" | "NR") if rest.len() <= 11 => write(radio, stated, None, number(rest)?, out),
        None if jio && rest.len() <= 9 => write(Some("LTE"), stated, None, number(rest)?, out),
        _ => ambiguous(),
    }
}

fn ambiguous() -> Result<(), Unreadable> {
    Unreadable::because(
        "digits run together that can be split into country, network, area and cell in more than one way; the \
         generation (2G to 5G) beside them would settle it",
    )
}

/// An identity in parts.
pub(super) struct IdentityParts<'a> {
    part: [&'a str; 5],
    count: usize,
}

impl<'a> IdentityParts<'a> {
    /// Splits at one kind of separator; none unless there are two to five parts that are digits or `?`.
    pub(super) fn split(text: &'a str) -> Option<Self> {
        let separator = text.chars().find(|c| matches!(c, '-' | '.' | '_' | ':' | ',' | '|' | ';' | ' ' | '/'))?;
        let mut parts = Self { part: [""; 5], count: 0 };
        for part in text.split(separator) {
            let part = part.trim();
            if part != "?" && (part.is_empty() || !part.bytes().all(|c| c.is_ascii_digit())) {
                return None;
            }
            *parts.part.get_mut(parts.count)? = part;
            parts.count += 1;
        }
        // Two numbers with a point or a comma are a decimal number.
        if parts.count < 2 || (parts.count == 2 && matches!(separator, '.' | ',')) {
            return None;
        }
        Some(parts)
    }

    pub(super) fn place(
        self,
        radio: Option<&'static str>,
        hints: CellHints<'_>,
        out: &mut String,
    ) -> Result<(), Unreadable> {
        let area_and_cell = |area: &str| if area == "?" { Ok(None) } else { number(area).map(Some) };
        match (self.count, self.part) {
            (5, [mcc, mnc, _area, station, cell]) => {
                write(radio.or(Some("LTE")), network(mcc, mnc)?, None, station_cell(station, cell)?, out)
            }
            (4, [mcc, mnc, area, cell, _]) => {
                write(radio, network(mcc, mnc)?, area_and_cell(area)?, number(cell)?, out)
            }
            // Country and network in one part.
            (3, [plmn, area, cell, _, _]) if matches!(plmn.len(), 5 | 6) => {
                write(radio, network(&plmn[..3], &plmn[3..])?, area_and_cell(area)?, number(cell)?, out)
            }
            (3, [mcc, mnc, cell, _, _]) => {
                let cell = number(cell)?;
                // Only these two leave the area out: an ECGI has 28 bits, an NCGI 36.
                let radio = match radio {
                    None if mcc != "?" && cell > MOST_28 => Some("NR"),
                    None if mcc != "?" && cell > MOST_16 => Some("LTE"),
                    other => other,
                };
                write(radio, network(mcc, mnc)?, None, cell, out)
            }
            (2, [first, second, ..]) => pair(first, second, radio, hints, out),
            _ => super::unreadable(""),
        }
    }
}

/// Two numbers: country with network and cell, base station and cell, area and cell, or site and face.
fn pair(
    first: &str,
    second: &str,
    radio: Option<&'static str>,
    hints: CellHints<'_>,
    out: &mut String,
) -> Result<(), Unreadable> {
    let (a, b) = (number(first)?, number(second)?);
    let of_uk = first.len() == 5 && (first.starts_with("234") || first.starts_with("235"));
    if of_uk && b > MOST_16 {
        return write(radio, network(&first[..3], &first[3..])?, None, b, out);
    }
    let home = hinted(hints)?;
    match radio {
        Some("LTE") if b <= 255 => write(radio, home, None, station_cell(first, second)?, out),
        Some("LTE" | "NR") if a <= MOST_16 => write(radio, home, None, b, out),
        Some(_) => write(radio, home, Some(a), b, out),
        None if home.mnc != "?" => write(radio, home, Some(a), b, out),
        None if second.len() == 1 => {
            out.push_str("SITE/");
            push(a, out);
            out.push('-');
            push(b, out);
            Ok(())
        }
        None => Unreadable::because(
            "two numbers that may be area and cell, base station and cell, or site and face; the network or the \
             generation (2G to 5G) beside them would settle it",
        ),
    }
}

/// LTE: 20 bits of base station and 8 bits of cell are the cell's number.
fn station_cell(station: &str, cell: &str) -> Result<u64, Unreadable> {
    let (station, cell) = (number(station)?, number(cell)?);
    if station > 0xF_FFFF || cell > 0xFF {
        return Unreadable::because("an LTE base station has a number up to 1048575 and its cell one up to 255");
    }
    Ok(station << 8 | cell)
}

fn number(digits: &str) -> Result<u64, Unreadable> {
    if let Some(digits) = without_thousands(digits) {
        return number(&digits);
    }
    if digits.len() > 11 || digits.is_empty() || !digits.bytes().all(|c| c.is_ascii_digit()) {
        return Unreadable::because("a cell or area number has 1 to 11 digits");
    }
    Ok(digits.bytes().fold(0, |sum, c| sum * 10 + u64::from(c - b'0')))
}

fn write(
    radio: Option<&'static str>,
    network: Network<'_>,
    area: Option<u64>,
    cell: u64,
    out: &mut String,
) -> Result<(), Unreadable> {
    if radio == Some("CDMA") && matches!(network.mcc, "234" | "235") {
        return Unreadable::because(
            "no CDMA network has run in the United Kingdom: these are not the numbers of a cell",
        );
    }
    if reserved_cell(radio, cell) {
        return Unreadable::because(format!("{cell} means that no cell is stated"));
    }
    if area.is_some_and(|area| area > 0xFF_FFFF) {
        return Unreadable::because("an area code is at most 16777215");
    }
    // LTE and NR cells have their number to themselves: their area adds nothing.
    if !matches!(radio, Some("LTE" | "NR"))
        && let Some(area) = area.filter(|area| reserved_area(*area))
    {
        return Unreadable::because(format!(
            "{area} means that no area is stated, and without an area the cell is not known"
        ));
    }
    let (most, cell, areas) = match radio {
        Some("GSM") => (MOST_16, cell, true),
        Some("UMTS") if cell <= MOST_28 => (MOST_16, cell & MOST_16, true),
        Some("UMTS") => (MOST_28, cell, true),
        Some("LTE") => (MOST_28, cell, false),
        Some("NR") => (MOST_36, cell, false),
        Some("WIFI") => return Unreadable::because("a Wi-Fi access point is a MAC address"),
        _ => (MOST_36, cell, area.is_some()),
    };
    if cell > most {
        return Unreadable::because(format!("{} cell numbers go up to {most}", radio.unwrap_or("all")));
    }
    if matches!(radio, Some("GSM" | "UMTS")) && area.is_some_and(|area| area > MOST_16) {
        return Unreadable::because(format!("location area codes go up to {MOST_16}"));
    }
    out.push_str(radio.unwrap_or("?"));
    out.push('/');
    out.push_str(network.mcc);
    out.push('-');
    if network.mnc.len() == 1 && network.mnc != "?" {
        out.push('0');
    }
    out.push_str(network.mnc);
    out.push('-');
    if areas {
        match area {
            Some(area) => push(area, out),
            None => out.push('?'),
        }
        out.push('-');
    }
    push(cell, out);
    Ok(())
}

fn push(number: u64, out: &mut String) {
    let mut digits = [0_u8; 20];
    let mut at = digits.len();
    let mut rest = number;
    loop {
        at -= 1;
        digits[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    out.extend(digits[at..].iter().map(|digit| char::from(*digit)));
}
