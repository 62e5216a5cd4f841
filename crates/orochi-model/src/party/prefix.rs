//! Identifiers as people type them: with their own name before them, or given twice.

/// Names of identifiers that are typed before them.
const NAMES: [&str; 5] = ["IMEISV", "IMEI", "IMSI", "ICCID", "MSISDN"];

/// Digits by which two ways of writing one number are known for the same: all that follow the
/// zero or the country's code.
const SAME: usize = 10;

/// The value itself: without the identifier's name before it (`IMEI 353456789012348`) and without the same number again
/// in brackets behind it (`07700 900111 (+447700900111)`). Of two ways of writing one number the international one is
/// given. Any other text is given as it is.
pub fn bare(text: &str) -> &str {
    // Most values begin and end with digits, and are neither.
    let (Some(first), Some(last)) = (text.bytes().next(), text.bytes().last()) else { return text };
    if first.is_ascii_digit() && last.is_ascii_digit() {
        return text;
    }
    let text = without_name(text.trim());
    let Some((one, other)) = text.strip_suffix(')').and_then(|text| text.split_once('(')) else { return text };
    let (one, other) = (one.trim(), other.trim());
    if !is_same_number(one, other) {
        text
    } else if other.starts_with('+') {
        other
    } else {
        one
    }
}

fn without_name(text: &str) -> &str {
    for name in NAMES {
        let Some(head) = text.get(..name.len()) else { continue };
        if head.eq_ignore_ascii_case(name) {
            let rest = &text[name.len()..];
            let value = rest.trim_start_matches([' ', '\t', ':', '.', '-', '=']);
            if value.len() < rest.len() && value.starts_with(|c: char| c.is_ascii_digit() || c == '+') {
                return value;
            }
        }
    }
    text
}

fn is_same_number(one: &str, other: &str) -> bool {
    let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b' ' | b'+' | b'-'));
    let digits = |text: &str| text.bytes().rev().filter(u8::is_ascii_digit).take(SAME).collect::<Vec<_>>();
    let (first, second) = (digits(one), digits(other));
    plain(one) && plain(other) && first.len() == SAME && first == second
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_repeated_numbers_are_taken_off_and_nothing_else() {
        for (typed, value) in [
            ("07700 900111      (+447700900111)", "+447700900111"),
            ("+447700900111 (07700 900111)", "+447700900111"),
            ("IMEI 353456789012348", "353456789012348"),
            ("imsi: 234150000000111", "234150000000111"),
            ("07700 900111 (07700 900222)", "07700 900111 (07700 900222)"),
            ("07700 900111 (home)", "07700 900111 (home)"),
            ("(07700) 900111", "(07700) 900111"),
            ("+44 (0)7700 900111", "+44 (0)7700 900111"),
            ("IMEI", "IMEI"),
            ("", ""),
        ] {
            assert_eq!(bare(typed), value);
        }
    }
}
