//! Offsets from UTC, as values and headings write them.

/// Seconds east of UTC: `Z`, `+0100`, `+01:00`, `+01`, `UTC`, `(UTC+1)`, `GMT+01:00`, `BST`; none for anything else.
pub fn read_offset(text: &str) -> Option<i32> {
    let text = text.trim_matches(|c: char| matches!(c, '(' | ')' | '[' | ']' | ',' | ';') || c.is_whitespace());
    if text.is_empty() || text.len() > 12 || !text.is_ascii() {
        return None;
    }
    let upper = text.to_ascii_uppercase();
    let rest = match upper.as_str() {
        "Z" | "UTC" | "GMT" | "UT" => return Some(0),
        "BST" | "CET" => return Some(3_600),
        "CEST" => return Some(7_200),
        other => other.strip_prefix("UTC").or_else(|| other.strip_prefix("GMT")).unwrap_or(other).trim_start(),
    };
    let sign = match rest.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let (hours, minutes) = match rest[1..].split_once(':') {
        Some((hours, minutes)) if minutes.len() == 2 => (hours, minutes),
        Some(_) => return None,
        None if rest.len() == 5 => rest[1..].split_at(2),
        None => (&rest[1..], "0"),
    };
    let number = |digits: &str| {
        let plain = (1..=2).contains(&digits.len()) && digits.bytes().all(|c| c.is_ascii_digit());
        if plain { digits.parse::<i32>().ok() } else { None }
    };
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    // No place on earth is more than 14 hours from UTC.
    (hours <= 14 && minutes < 60).then_some(sign * (hours * 3_600 + minutes * 60))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_offset_in_every_form() {
        for text in
            ["+0100", "+01:00", "+01", "+1", "UTC+1", "(UTC+1)", "UTC+01:00", "GMT+1", "gmt +01:00", "BST", "[+01]"]
        {
            assert_eq!(read_offset(text), Some(3_600), "{text}");
        }
        for text in ["Z", "z", "UTC", "(GMT)", "+00:00", "-0000", "UTC+0"] {
            assert_eq!(read_offset(text), Some(0), "{text}");
        }
        assert_eq!(read_offset("UTC-05:30"), Some(-19_800));
        for text in ["", "+", "+15", "+01:60", "+010", "+01:0", "EST", "1", "+1:2:3", "UTC1", "+1a"] {
            assert_eq!(read_offset(text), None, "{text}");
        }
    }
}
