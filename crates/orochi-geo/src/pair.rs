//! A position in one cell: easting and northing, or latitude and longitude, with a separator between them.

/// The two texts of a position in one cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pair<'a> {
    /// Easting and northing.
    Metres(&'a str, &'a str),
    /// Latitude and longitude, or the other way round.
    Degrees(&'a str, &'a str),
}

/// Reads `651409, 313177` or `52.658 / 1.716`, also in brackets. Blanks alone part only degrees: two groups of digits
/// with a blank between them are more often a telephone number than a place.
pub fn read_pair(text: &str) -> Option<Pair<'_>> {
    let text = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']'));
    // A comma may begin decimals where another mark parts the two.
    let (one, two) =
        text.split_once([';', '/', '|']).or_else(|| text.split_once(',')).or_else(|| text.split_once(' '))?;
    let (one, two) = (one.trim(), two.trim());
    let bare = |part: &str| part.len() >= 4 && part.len() <= 7 && part.bytes().all(|b| b.is_ascii_digit());
    if bare(one) && bare(two) {
        return text.contains([',', ';', '/', '|']).then_some(Pair::Metres(one, two));
    }
    let degrees = |part: &str| {
        part.contains(['.', ','])
            && part.trim_start_matches(['-', '+']).bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b','))
            && part.replace(',', ".").parse::<f64>().is_ok_and(|value| value.abs() <= 180.0)
    };
    (degrees(one) && degrees(two)).then_some(Pair::Degrees(one, two))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_in_one_cell() {
        assert_eq!(read_pair("651409,313177"), Some(Pair::Metres("651409", "313177")));
        assert_eq!(read_pair("(651409 / 313177)"), Some(Pair::Metres("651409", "313177")));
        assert_eq!(read_pair("52.658, 1.716"), Some(Pair::Degrees("52.658", "1.716")));
        assert_eq!(read_pair("52,658/-1,716"), Some(Pair::Degrees("52,658", "-1,716")));
        assert_eq!(read_pair("-1.716 52.658"), Some(Pair::Degrees("-1.716", "52.658")));
    }

    #[test]
    fn numbers_and_words_are_no_positions() {
        for text in
            ["", "07700 900123", "12,34", "TG 513 131", "01/09/2024", "52.6", "1.2.3,4.5", "a,b", "Norwich, Norfolk"]
        {
            assert_eq!(read_pair(text), None, "{text}");
        }
    }
}
