//! Grid references: `TL 873 832`, `TL8732083210`, and back.
//!
//! A reference names a square by its south-west corner, as Ordnance Survey does: `TL 873 832` is 100 metres wide.

use orochi_model::party::Unreadable;

use crate::grid::{Bng, MOST_NORTHING};

/// A square of the grid.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Square {
    /// Its south-west corner.
    pub corner: Bng,
    /// Its side in metres: 1 for ten digits, 100 for six, 100,000 for letters alone.
    pub side_m: u32,
}

/// Reads a grid reference of two letters and 0, 2, 4, 6, 8 or 10 digits, with or without blanks.
///
/// # Errors
/// When it is none, names a square that holds no part of Great Britain, or is on the Irish Grid (one letter).
pub fn read_reference(text: &str) -> Result<Square, Unreadable> {
    let bad = |why: &str| Err(Unreadable(why.to_owned()));
    let mut letters = [0_u8; 2];
    let mut digits = [0_u8; 10];
    let (mut letter_count, mut digit_count) = (0, 0);
    for c in text.bytes() {
        match c {
            b' ' | b'\t' | b',' | b'-' | b'.' => {}
            b'A'..=b'Z' | b'a'..=b'z' if digit_count == 0 && letter_count < 2 => {
                letters[letter_count] = c.to_ascii_uppercase();
                letter_count += 1;
            }
            b'0'..=b'9' if letter_count > 0 && digit_count < 10 => {
                digits[digit_count] = c - b'0';
                digit_count += 1;
            }
            _ => return bad("not a grid reference (expected for example TL 873 832)"),
        }
    }
    match letter_count {
        0 => return bad("not a grid reference (expected for example TL 873 832)"),
        1 if digit_count > 0 => return bad("one letter: an Irish Grid reference, which is not placed"),
        2 if digit_count % 2 == 0 => {}
        2 => return bad("a grid reference has as many digits for its easting as for its northing"),
        _ => return bad("not a grid reference (expected for example TL 873 832)"),
    }
    let Some((east, north)) = corner(letters) else {
        return bad("the letters of this grid reference name no square of Great Britain");
    };
    let half = digit_count / 2;
    let scale = 10_u32.pow(5 - half as u32);
    let number = |digits: &[u8]| digits.iter().fold(0, |sum, digit| sum * 10 + u32::from(*digit)) * scale;
    let corner = Bng {
        easting: f64::from(east * 100_000 + number(&digits[..half])),
        northing: f64::from(north * 100_000 + number(&digits[half..digit_count])),
    };
    if corner.northing > MOST_NORTHING {
        return bad("north of the grid");
    }
    Ok(Square { corner, side_m: scale })
}

/// The 100 km square's corner, in hundreds of kilometres. The alphabet without I fills 5 × 5 squares from the
/// north-west; the first letter names 500 km, counted from a false origin 1,000 km west and 500 km south.
fn corner([first, second]: [u8; 2]) -> Option<(u32, u32)> {
    let place = |letter: u8| match letter {
        b'I' => None,
        _ => Some(u32::from(letter - b'A') - u32::from(letter > b'I')),
    };
    let (first, second) = (place(first)?, place(second)?);
    let east = (first % 5 * 5 + second % 5).checked_sub(10)?;
    let north = (24 - first / 5 * 5 - second / 5).checked_sub(5)?;
    (east < 7 && north < 13).then_some((east, north))
}

/// Writes a position as a grid reference with `digits` digits (0 to 10, even): `TG 51409 13177`.
pub fn reference(at: Bng, digits: usize) -> Option<String> {
    let inside = (0.0..700_000.0).contains(&at.easting) && (0.0..1_300_000.0).contains(&at.northing);
    if !inside || digits > 10 || !digits.is_multiple_of(2) {
        return None;
    }
    let (easting, northing) = (at.easting as u32, at.northing as u32);
    let letters: Vec<char> = (b'A'..=b'Z').filter(|letter| *letter != b'I').map(char::from).collect();
    let square = |east: u32, north: u32| letters.get(((4 - north % 5) * 5 + east % 5) as usize).copied();
    let (east, north) = (easting / 100_000, northing / 100_000);
    let first = square((east + 10) / 5, (north + 5) / 5)?;
    let second = square(east, north)?;
    let half = digits / 2;
    let scale = 10_u32.pow(5 - half as u32);
    let mut text = format!("{first}{second}");
    if half > 0 {
        for part in [easting, northing] {
            text.push_str(&format!(" {:0half$}", part % 100_000 / scale));
        }
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> (f64, f64, u32) {
        let square = read_reference(text).unwrap_or_else(|why| panic!("{text}: {why}"));
        (square.corner.easting, square.corner.northing, square.side_m)
    }

    #[test]
    fn references_of_every_length() {
        assert_eq!(read("TL 873 832"), (587_300.0, 283_200.0, 100));
        assert_eq!(read("TL873832"), (587_300.0, 283_200.0, 100));
        assert_eq!(read("tl 873832"), (587_300.0, 283_200.0, 100));
        assert_eq!(read("TL8732083210"), (587_320.0, 283_210.0, 1));
        assert_eq!(read("TL 87320 83210"), (587_320.0, 283_210.0, 1));
        assert_eq!(read("TL"), (500_000.0, 200_000.0, 100_000));
        assert_eq!(read("TG 51409 13177"), (651_409.0, 313_177.0, 1));
        assert_eq!(read("SV 00 00"), (0.0, 0.0, 1_000));
        assert_eq!(read("HP 6 1"), (460_000.0, 1_210_000.0, 10_000));
        assert_eq!(read("NN 1665 7125"), (216_650.0, 771_250.0, 10));
    }

    #[test]
    fn what_is_no_reference() {
        for text in [
            "",
            "TL 87 832",
            "T1",
            "8732083210",
            "TLA",
            "TI 12 34",
            "AA 12 34",
            "ZZ",
            "TL 873208321012",
            "TL 87e2",
            "É",
        ] {
            assert!(read_reference(text).is_err(), "{text}");
        }
        assert!(read_reference("J 338 740").is_err_and(|why| why.0.contains("Irish")));
    }

    #[test]
    fn written() {
        let at = Bng { easting: 651_409.9, northing: 313_177.2 };
        assert_eq!(reference(at, 10).as_deref(), Some("TG 51409 13177"));
        assert_eq!(reference(at, 6).as_deref(), Some("TG 514 131"));
        assert_eq!(reference(at, 0).as_deref(), Some("TG"));
        assert_eq!(reference(at, 5), None);
        assert_eq!(reference(Bng { easting: -1.0, northing: 0.0 }, 6), None);
    }

    proptest! {
        #[test]
        fn there_and_back(easting in 0_u32..700_000, northing in 0_u32..1_250_000, half in 1_usize..6) {
            let at = Bng { easting: f64::from(easting), northing: f64::from(northing) };
            let text = reference(at, 2 * half).expect("inside");
            let square = read_reference(&text).expect("just written");
            let side = f64::from(square.side_m);
            prop_assert!((0.0..side).contains(&(at.easting - square.corner.easting)), "{}", text);
            prop_assert!((0.0..side).contains(&(at.northing - square.corner.northing)), "{}", text);
            prop_assert_eq!(reference(square.corner, 2 * half), Some(text));
        }

        #[test]
        fn never_panics(
            text: String,
            short in "[A-Z]{0,3} ?[0-9 ]{0,12}",
            easting: f64,
            northing: f64,
            digits in 0_usize..20,
        ) {
            let _ = read_reference(&text);
            let _ = read_reference(&short);
            let _ = reference(Bng { easting, northing }, digits);
        }
    }
}
