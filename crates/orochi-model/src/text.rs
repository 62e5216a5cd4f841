//! A cell's text without what programs put around it.
//!
//! Spreadsheets guard a number by an apostrophe or as `="07700900123"`; data frames and databases give whole numbers a
//! tail of `.0`; handsets put direction marks around numbers, and pages spaces that are not ASCII. All of it is taken
//! off in one place, so that every field, and what judges a column, reads the same text. Clean text costs a look at
//! its first and last byte.

use std::borrow::Cow;

/// A cell without guards: spaces of any kind, marks of no width, quotation marks, apostrophes, `=` at its ends.
#[inline(always)]
pub fn unguarded(text: &str) -> &str {
    match text.as_bytes() {
        [] => text,
        [only] if PLAIN[usize::from(*only)] => text,
        [first, .., last] if PLAIN[usize::from(*first)] && PLAIN[usize::from(*last)] => text,
        _ => trimmed(text),
    }
}

// Apart, so that what is asked of every cell stays small enough to stand where it is asked.
#[cold]
fn trimmed(text: &str) -> &str {
    text.trim_matches(is_guard)
}

/// A cell without guards, and a whole number without its empty decimals: `447700900111.0` and `="447700900111"` are
/// `447700900111`, `2367.00` and `2367,0` are `2367`.
#[inline(always)]
pub fn plain(text: &str) -> &str {
    let text = unguarded(text);
    match text.as_bytes() {
        [.., b'0'] => without_tail(text),
        _ => text,
    }
}

/// Which bytes are no guard and no part of one: looked up, as every cell of every row is asked twice.
static PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let mut byte = b'!';
    while byte <= b'~' {
        plain[byte as usize] = !matches!(byte, b'"' | b'\'' | b'`' | b'=');
        byte += 1;
    }
    plain
};

fn is_guard(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '"' | '\'' | '`' | '=' | '\u{2018}' | '\u{2019}' | '\u{201c}' | '\u{201d}')
        || is_hollow(c)
}

/// Marks without width: zero-width spaces, direction marks, the byte order mark, soft hyphens.
fn is_hollow(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{ad}')
}

// One or two zeros behind a point or a comma are decimals; three may be thousands, unless more than
// three digits stand before.
fn without_tail(text: &str) -> &str {
    let bytes = text.as_bytes();
    let zeros = bytes.iter().rev().take_while(|c| **c == b'0').count();
    let Some(mark) = bytes.len().checked_sub(zeros + 1) else { return text };
    if !matches!(bytes[mark], b'.' | b',') {
        return text;
    }
    let stem = &text[..mark];
    let digits = stem.strip_prefix(['+', '-']).unwrap_or(stem);
    let whole = !digits.is_empty() && digits.bytes().all(|c| c.is_ascii_digit());
    if whole && (zeros != 3 || digits.len() > 3) { stem } else { text }
}

/// A text with the characters of ASCII that its look-alikes stand for: spaces and dashes, full-width digits; marks
/// without width are dropped. Borrowed when there are none.
pub fn folded(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    Cow::Owned(
        text.chars()
            .filter(|c| !is_hollow(*c))
            .map(|c| match c {
                '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => ' ',
                '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
                '\u{ff0b}' => '+',
                '\u{ff10}'..='\u{ff19}' => char::from(b'0' + (u32::from(c) - 0xff10) as u8),
                other => other,
            })
            .collect(),
    )
}

/// The digits of a whole number written with marks between its thousands: `31,604,738`, `31 604 738`, `31'604'738`.
/// None when the text is anything else, digits alone among them.
pub fn without_thousands(text: &str) -> Option<String> {
    ungrouped(text, |mark| matches!(mark, ',' | ' ' | '\'' | '\u{2019}' | '\u{a0}' | '\u{202f}' | '\u{2009}'))
}

/// The digits of groups of three, with one mark of those allowed between all of them. None when the text is anything
/// else, digits alone among them.
pub(crate) fn ungrouped(text: &str, allowed: impl Fn(char) -> bool) -> Option<String> {
    let mark = text.chars().find(|c| !c.is_ascii_digit()).filter(|mark| allowed(*mark))?;
    let mut out = String::with_capacity(text.len());
    for (place, group) in text.split(mark).enumerate() {
        let fits = if place == 0 { (1..=3).contains(&group.len()) } else { group.len() == 3 };
        if !fits || !group.bytes().all(|c| c.is_ascii_digit()) {
            return None;
        }
        out.push_str(group);
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_value_in_every_guard() {
        for text in [
            "2367",
            " 2367 ",
            "'2367",
            "'2367'",
            "\"2367\"",
            "=\"2367\"",
            "=\"\"2367\"\"",
            "\u{feff}2367",
            "\u{200e}2367\u{202c}",
            "\u{a0}2367\u{202f}",
            "2367.0",
            "2367.00",
            "2367,0",
            "2367.000",
            "=\"2367.0\"",
            "2367.000000",
            "\u{2018}2367\u{2019}",
        ] {
            assert_eq!(plain(text), "2367", "{text:?}");
        }
    }

    #[test]
    fn what_is_no_guard_and_no_tail_stays() {
        for text in
            ["", "0", "10", "1.50", "52.40", "1.000", "2,000", "N/A", "O'Neill", "08.00.00", "a.0", ".0", "-", "00:10"]
        {
            assert_eq!(plain(text), text);
        }
        assert_eq!(plain("-1.0"), "-1");
        assert_eq!(plain("+447700900111.0"), "+447700900111");
        assert_eq!(unguarded("='09.00'"), "09.00");
    }

    #[test]
    fn thousands() {
        for text in ["31,604,738", "31 604 738", "31'604'738", "31\u{202f}604\u{202f}738"] {
            assert_eq!(without_thousands(text).as_deref(), Some("31604738"), "{text}");
        }
        for text in ["", "31604738", "31,60,4738", "1.234", "07700 900 123", "234,15,2101"] {
            assert_eq!(without_thousands(text), None, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn taking_off_twice_takes_off_once(text in "\\PC{0,12}|[='\" ]{0,3}[0-9]{1,4}[.,]?0{0,4}[='\" ]{0,3}") {
            proptest::prop_assert_eq!(unguarded(unguarded(&text)), unguarded(&text));
            let _ = (plain(&text), folded(&text), without_thousands(&text));
        }
    }
}
