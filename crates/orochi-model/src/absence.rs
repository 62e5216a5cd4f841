//! The one list of what says nothing: what spreadsheets, databases, data frames, handsets and operators write
//! where they have no value.
//!
//! A value of this list is *absent*: the row stays, and its party, SIM, handset, cell or position is not stated. A
//! number that a standard reserves for "none" inside a cell identity makes the cell *unreadable* with a reason
//! ([`reserved_area`], [`reserved_cell`]): the row of a cell list is rejected with it, a call stays and has no cell.
//!
//! What may surprise a reader:
//! - `0` says nothing of a party, a SIM, a handset or a cell, and something of a duration or a volume: [`is_blank`]
//!   leaves it, the others take it.
//! - `-1`, `-2`, `-3` of a party are how handsets' call logs write unknown, withheld and payphone (Android `CallLog`);
//!   of a cell or an area, how modems write "unknown".
//! - `unknown`, `private` and the like say nothing in any column.

/// Words of nothing, letters and digits only, lower case, sorted.
const WORDS: &[&str] = &[
    "absent",
    "anonymous",
    "anonymouscall",
    "anonymouscaller",
    "blank",
    "blocked",
    "blockednumber",
    "callerunknown",
    "callerwithheld",
    "cliunavailable",
    "cliwithheld",
    "coinpayphone",
    "empty",
    "hidden",
    "hiddennumber",
    "idwithheld",
    "invalid",
    "leer",
    "missing",
    "na",
    "nil",
    "nocallerid",
    "nocli",
    "nodata",
    "none",
    "nonumber",
    "notapplicable",
    "notavailable",
    "notgiven",
    "notknown",
    "notpresent",
    "notprovided",
    "notrecorded",
    "notset",
    "notstated",
    "novalue",
    "null",
    "numberunavailable",
    "numberunknown",
    "numberwithheld",
    "payphone",
    "private",
    "privatecaller",
    "privatenumber",
    "redacted",
    "restricted",
    "restrictednumber",
    "suppressed",
    "unavailable",
    "undefined",
    "undisclosed",
    "unidentified",
    "unknown",
    "unknowncaller",
    "unknownnumber",
    "unlisted",
    "unspecified",
    "vide",
    "withheld",
    "withheldcaller",
    "withheldnumber",
];

/// Short words that may be a sender's name or a place when they stand bare, and are nothing in these spellings alone.
const EXACT: &[&str] = &[
    "\\N", "\\n", "n/k", "N/K", "n.k.", "N.K.", "k.A.", "k. A.", "s/o", "S/O", "u/k", "U/K", "NaN", "nan", "NAN", "NaT",
];

/// Longest word of the list.
const LONGEST: usize = 20;

/// Whether a cell says nothing, whatever its column: empty; dashes, points, stars, question marks, crosses or hashes
/// only; a spreadsheet's error (`#N/A`, `#REF!`, `########`, `Err:502`); a word of nothing in any brackets (`NULL`,
/// `\N`, `<null>`, `(blank)`, `N/A`, `withheld`). A number is never blank.
pub fn is_blank(text: &str) -> bool {
    match text.as_bytes() {
        [] => true,
        [first, ..] if first.is_ascii_digit() => false,
        // A signed number; a lone or doubled dash is none.
        [b'+' | b'-', second, ..] if second.is_ascii_digit() => false,
        // Of the words and marks only `Err:502` holds a digit: `LTE/234-10-1` and `SITE1` are answered at once.
        [first, rest @ ..]
            if first.is_ascii_alphabetic() && *first != b'E' && rest.iter().take(8).any(u8::is_ascii_digit) =>
        {
            false
        }
        _ => slow(text),
    }
}

fn slow(text: &str) -> bool {
    let text = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\'' | '"' | '='));
    if text.is_empty() || EXACT.contains(&text) {
        return true;
    }
    if is_fill(text) || is_error(text) {
        return true;
    }
    let mut word = [0_u8; LONGEST];
    let mut length = 0;
    for c in text.chars() {
        match c {
            'a'..='z' | 'A'..='Z' => {
                let Some(slot) = word.get_mut(length) else { return false };
                *slot = c.to_ascii_lowercase() as u8;
                length += 1;
            }
            '-' | '.' | '?' | '_' | '/' | '\'' | '"' | '(' | ')' | '<' | '>' | '[' | ']' | '{' | '}' | '*' | ':'
            | '!' => {}
            c if c.is_whitespace() => {}
            _ => return false,
        }
    }
    WORDS.binary_search_by(|known| known.as_bytes().cmp(&word[..length])).is_ok()
}

/// Marks only: `-`, `--`, `..`, `???`, `***`, `xxxx`, `########`, also the dashes that are not ASCII.
fn is_fill(text: &str) -> bool {
    let mark = |c: char| {
        matches!(
            c,
            '-' | '.'
                | '*'
                | '?'
                | '_'
                | '#'
                | '/'
                | '\\'
                | '~'
                | '|'
                | ':'
                | ','
                | ';'
                | '<'
                | '>'
                | '('
                | ')'
                | '['
                | ']'
        ) || matches!(c, '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{2026}' | '\u{fffd}')
            || c.is_whitespace()
    };
    // A code of a handset (`*#`, `##`) has digits; one star or hash is a key pressed and no number either.
    text.chars().all(mark) || (text.len() >= 2 && text.bytes().all(|c| matches!(c, b'x' | b'X')))
}

/// A spreadsheet's error: `#N/A`, `#REF!`, `#VALUE!`, `#NAME?`, `#NUM!`, `#DIV/0!`, `#BEZUG!`, `Err:502`.
fn is_error(text: &str) -> bool {
    match text.as_bytes() {
        [b'#', b'A'..=b'Z', rest @ ..] => {
            rest.len() <= 20
                && rest.iter().all(|c| c.is_ascii_uppercase() || matches!(c, b'/' | b'!' | b'?' | b'_' | b'0'))
        }
        [b'E', b'r', b'r', b':', rest @ ..] => rest.len() == 3 && rest.iter().all(u8::is_ascii_digit),
        _ => false,
    }
}

/// Whether a SIM, handset, card, cell or area says nothing: as [`is_blank`], zeros only, or a negative number.
pub fn is_absent(text: &str) -> bool {
    match text.as_bytes() {
        [b'1'..=b'9', ..] => false,
        [b'0', rest @ ..] => rest.iter().all(|c| matches!(c, b'0' | b'.' | b',' | b' ' | b'-' | b'/')),
        [b'-', b'0'..=b'9', ..] => is_negative(text),
        [b'+', b'0', rest @ ..] => rest.iter().all(|c| *c == b'0'),
        _ => is_blank(text),
    }
}

/// Whether a party names nobody: as [`is_absent`]; `-1`, `-2` and `-3` are withheld and never a caller.
pub fn is_nobody(text: &str) -> bool {
    is_absent(text)
}

/// `-1`, `-2`, `-99`, `-1.0`: a mark in place of a number, of at most four digits.
fn is_negative(text: &str) -> bool {
    let (whole, fraction) = text[1..].split_once(['.', ',']).unwrap_or((&text[1..], ""));
    (1..=4).contains(&whole.len()) && whole.bytes().all(|c| c.is_ascii_digit()) && fraction.bytes().all(|c| c == b'0')
}

/// Whether the digits of a handset or SIM are a filler: one digit over and over, or the digits counted up.
pub(crate) fn is_filler(digits: &[u8]) -> bool {
    let Some(first) = digits.first() else { return true };
    let counted = |start: u8| {
        digits
            .iter()
            .enumerate()
            .all(|(place, digit)| *digit == b'0' + ((start - b'0') as usize + place).rem_euclid(10) as u8)
    };
    digits.iter().all(|digit| digit == first) || (digits.len() >= 14 && (counted(b'0') || counted(b'1')))
}

/// Whether a location or tracking area is one that 3GPP reserves for "none" (TS 23.003, TS 24.008): 0, `FFFE` and
/// `FFFF` of 16 bits; of the 24 bits of 5G also `FFFFFE` and `FFFFFF`.
pub fn reserved_area(area: u64) -> bool {
    matches!(area, 0 | 0xFFFE | 0xFFFF | 0xFF_FFFE | 0xFF_FFFF)
}

/// Whether a cell number stands for no cell: 0; all ones of 28, 31, 32 or 36 bits, which handsets report for a cell
/// they do not know; all ones of the 16 bits of GSM and UMTS, and of a number of no stated radio: of LTE it is
/// base station 255, cell 255.
pub fn reserved_cell(radio: Option<&str>, cell: u64) -> bool {
    match cell {
        0 | 0xFFF_FFFF | 0x7FFF_FFFF | 0xFFFF_FFFF | 0xF_FFFF_FFFF => true,
        0xFFFF => !matches!(radio, Some("LTE" | "NR")),
        // Of a UMTS cell's 28 bits the low 16 are the cell.
        _ => radio == Some("UMTS") && cell <= 0xFFF_FFFF && matches!(cell & 0xFFFF, 0 | 0xFFFF),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every spelling by itself: what is blank in any column.
    const NOTHING: &[&str] = &[
        "",
        " ",
        "-",
        "--",
        "---",
        "\u{2013}",
        "\u{2014}",
        "..",
        "...",
        "?",
        "???",
        "*",
        "**",
        "_",
        "/",
        "xxxx",
        "XXXXXXXXXXX",
        "#",
        "########",
        "#N/A",
        "#N/A!",
        "#REF!",
        "#VALUE!",
        "#NAME?",
        "#NUM!",
        "#NULL!",
        "#DIV/0!",
        "#NV",
        "#BEZUG!",
        "Err:502",
        "NULL",
        "null",
        "(null)",
        "<null>",
        "[null]",
        "{null}",
        "\\N",
        "N/A",
        "n/a",
        "NA",
        "<NA>",
        "N.A.",
        "n.a.",
        "none",
        "None",
        "nil",
        "NaN",
        "nan",
        "NaT",
        "(blank)",
        "<leer>",
        "Anonymous",
        "Withheld",
        "WITHHELD",
        "Number Withheld",
        "Unknown",
        "unknown number",
        "Private",
        "Private number",
        "Restricted",
        "Unavailable",
        "Not available",
        "not known",
        "Not applicable",
        "not recorded",
        "No Caller ID",
        "Payphone",
        "undefined",
        "Hidden",
        "Blocked",
        "'null'",
        "\"N/A\"",
        "k.A.",
    ];

    /// What says nothing of an identifier and is a number elsewhere.
    const NO_IDENTIFIER: &[&str] =
        &["0", "00", "000000000000000", "0.0", "-1", "-2", "-3", "-1.0", "-99", "-9999", "+0", "00-000000-000000-0"];

    #[test]
    fn each_spelling_of_nothing() {
        assert!(WORDS.is_sorted());
        for text in NOTHING {
            assert!(is_blank(text) && is_absent(text) && is_nobody(text), "{text:?}");
        }
        for text in NO_IDENTIFIER {
            assert!(!is_blank(text), "{text:?} may be a duration, a volume or a degree");
            assert!(is_absent(text) && is_nobody(text), "{text:?}");
        }
    }

    #[test]
    fn values_that_say_something() {
        for text in [
            "07700900123",
            "+447700900123",
            "0.5",
            "-1.30",
            "1",
            "x",
            "*#06#",
            "#31#07700900123",
            "Anna",
            "Private Hire Cabs",
            "AD-Shop-S",
            "A",
            "Nan",
            "Nat",
            "0770",
            "007",
            "-12345",
            "NR30 5AA",
            "#hashtag",
            "ERR",
            "Unknown Pleasures Ltd",
            "Err:5020",
        ] {
            assert!(!is_blank(text) && !is_absent(text), "{text:?}");
        }
    }

    #[test]
    fn reserved_numbers_of_each_technology() {
        for radio in [Some("GSM"), Some("UMTS"), Some("LTE"), Some("NR"), None] {
            for cell in [0, 0xFFF_FFFF, 0x7FFF_FFFF, 0xF_FFFF_FFFF] {
                assert!(reserved_cell(radio, cell), "{radio:?} {cell}");
            }
            assert!(!reserved_cell(radio, 2_367));
        }
        assert!(reserved_cell(Some("GSM"), 65_535) && reserved_cell(None, 65_535));
        assert!(!reserved_cell(Some("LTE"), 65_535), "base station 255, cell 255");
        assert!(reserved_cell(Some("UMTS"), 3_407_872), "controller 52, cell 0");
        for area in [0, 65_534, 65_535, 16_777_214, 16_777_215] {
            assert!(reserved_area(area), "{area}");
        }
        assert!(!reserved_area(2_101) && !reserved_area(65_533));
    }

    #[test]
    fn fillers_of_handsets() {
        for digits in ["000000000000000", "111111111111111", "999999999999999", "123456789012345", "012345678901234"] {
            assert!(is_filler(digits.as_bytes()), "{digits}");
        }
        for digits in ["350000000000006", "353456789012340", "490154203237518"] {
            assert!(!is_filler(digits.as_bytes()), "{digits}");
        }
    }

    proptest::proptest! {
        #[test]
        fn never_panics(text: String) {
            let _ = (is_blank(&text), is_absent(&text));
        }
    }
}
