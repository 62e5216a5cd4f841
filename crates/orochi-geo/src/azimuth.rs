//! The direction a sector faces.
//!
//! A blank says nothing; `omni` says that there is no direction; 0 is north. 360 is north in most lists, but some
//! networks write it for omnidirectional cells: it is read as north and carries the doubt.

use orochi_model::{absence::is_blank, party::Unreadable};

/// What a cell list says of a sector's direction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Azimuth {
    /// 0 to 359 degrees clockwise from north; none when not stated or omnidirectional.
    pub degrees: Option<i16>,
    /// The cell is stated to serve all directions.
    pub omni: bool,
    /// What is odd about it, in words.
    pub doubt: Option<&'static str>,
}

/// Reads an azimuth: degrees (`120`, `120.0`, `120°`, `120 deg`), a compass point (`NNE`), `omni`, or nothing.
///
/// # Errors
/// When the text is none of these, is outside 0 to 360, or names several directions.
pub fn read_azimuth(text: &str) -> Result<Azimuth, Unreadable> {
    let text = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\'' | '"'));
    let lower = text.to_ascii_lowercase();
    if lower.starts_with("omni") || lower == "all" {
        return Ok(Azimuth { omni: true, ..Azimuth::default() });
    }
    let digits =
        lower.trim_end_matches(|c: char| c.is_alphabetic() || c.is_whitespace() || matches!(c, '°' | 'º' | '.'));
    let unit = lower[digits.len()..].trim_matches(['.', ' ']);
    if lower.starts_with(|c: char| c.is_ascii_digit()) {
        if !matches!(unit, "" | "°" | "º" | "deg" | "degs" | "degree" | "degrees" | "d") {
            return unreadable();
        }
        return degrees(digits);
    }
    if is_blank(text) {
        return Ok(Azimuth::default());
    }
    const POINTS: [&str; 16] =
        ["n", "nne", "ne", "ene", "e", "ese", "se", "sse", "s", "ssw", "sw", "wsw", "w", "wnw", "nw", "nnw"];
    match POINTS.iter().position(|point| *point == lower) {
        Some(place) => Ok(Azimuth { degrees: Some(((place as i16) * 45 + 1) / 2), ..Azimuth::default() }),
        None => unreadable(),
    }
}

fn degrees(text: &str) -> Result<Azimuth, Unreadable> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let numeric = |part: &str| part.bytes().all(|c| c.is_ascii_digit());
    if whole.is_empty() || whole.len() > 3 || !numeric(whole) || !numeric(fraction) {
        return unreadable();
    }
    let up = i16::from(fraction.as_bytes().first().is_some_and(|tenth| *tenth >= b'5'));
    match whole.parse::<i16>() {
        Ok(360) if fraction.bytes().all(|c| c == b'0') => Ok(Azimuth {
            degrees: Some(0),
            omni: false,
            doubt: Some("azimuth 360 is read as north; some networks write it for omnidirectional cells"),
        }),
        Ok(whole) if whole < 360 => Ok(Azimuth { degrees: Some((whole + up) % 360), ..Azimuth::default() }),
        _ => unreadable(),
    }
}

fn unreadable() -> Result<Azimuth, Unreadable> {
    Err(Unreadable("not an azimuth (expected 0 to 360 degrees, omni, or nothing)".to_owned()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn blank_zero_360_and_omni_are_four_things() {
        let read = |text| read_azimuth(text).map(|azimuth| (azimuth.degrees, azimuth.omni, azimuth.doubt.is_some()));
        assert_eq!(read(""), Ok((None, false, false)));
        assert_eq!(read("N/A"), Ok((None, false, false)));
        assert_eq!(read("0"), Ok((Some(0), false, false)));
        assert_eq!(read("360"), Ok((Some(0), false, true)));
        assert_eq!(read("Omni"), Ok((None, true, false)));
        assert_eq!(read("OMNIDIRECTIONAL"), Ok((None, true, false)));
    }

    #[test]
    fn degrees_and_compass_points() {
        for (text, degrees) in [
            ("120", 120),
            ("120.0", 120),
            ("120.5", 121),
            ("359.9", 0),
            ("120°", 120),
            ("120 deg", 120),
            ("007", 7),
            ("N", 0),
            ("NNE", 23),
            ("E", 90),
            ("SSW", 203),
            ("000", 0),
        ] {
            assert_eq!(read_azimuth(text).map(|azimuth| azimuth.degrees), Ok(Some(degrees)), "{text}");
        }
        for text in ["-1", "361", "0/120/240", "999", "120 m", "north-ish", "1e2", "360.5"] {
            assert!(read_azimuth(text).is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn never_panics(text: String) {
            if let Ok(Azimuth { degrees: Some(degrees), .. }) = read_azimuth(&text) {
                prop_assert!((0..360).contains(&degrees));
            }
        }
    }
}
