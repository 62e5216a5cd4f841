//! Forms of a text by its characters: spans, cells in full, grid references, postcodes, numbers to base sixteen.

use orochi_model::time::read_duration;

/// Splits a text into date and time at the first space, `T` or comma after a date.
pub fn split_moment(text: &str) -> (Option<&str>, Option<&str>) {
    let text = text.trim();
    if let Some((date, time)) = text.split_once('T')
        && date.starts_with(|c: char| c.is_ascii_digit())
    {
        return (Some(date), Some(time));
    }
    // `01 Sep 2024 08:15` and `Wed Sep 15 19:17:44 +0100 2010` hold spaces: the time is the part with a colon.
    match text.find(':') {
        Some(colon) => {
            let begin = text[..colon].rfind([' ', ',']).map_or(0, |at| at + 1);
            (Some(text[..begin].trim_end_matches([' ', ','])), Some(&text[begin..]))
        }
        None => (Some(text), None),
    }
}

/// The numbers of a date written with numbers only.
pub fn date_numbers(text: &str) -> Option<[u32; 3]> {
    let mut parts = text.split(['/', '-', '.']);
    let mut numbers = [0; 3];
    for number in &mut numbers {
        let part = parts.next()?.trim();
        if part.is_empty() || part.len() > 4 || !part.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        *number = part.parse().ok()?;
    }
    if parts.next().is_some() { None } else { Some(numbers) }
}

pub(super) fn is_span(text: &str) -> bool {
    // `35`, `35.9`, `1,024`.
    if text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b',')) && text.len() <= 12 {
        return true;
    }
    // `2m 5s`, `PT2M5S`; words alone are no span.
    if text.starts_with(|c: char| c.is_ascii_digit() || c == 'P')
        && text.ends_with(|c: char| c.is_ascii_alphabetic())
        && text.bytes().any(|b| b.is_ascii_digit())
    {
        return read_duration(text).is_ok();
    }
    let stem = text.trim_end_matches(|c: char| c.is_alphabetic()).trim();
    let mut parts = 0;
    let all = stem.split(':').all(|part| {
        parts += 1;
        (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit())
    });
    all && (2..=3).contains(&parts)
        || (text.ends_with('s') && !stem.is_empty() && stem.bytes().all(|b| b.is_ascii_digit()))
}

pub(super) fn mobile_country(digits: &str) -> bool {
    // Country codes run from 202 (Greece) to 750 (Falkland Islands).
    digits.get(..3).and_then(|mcc| mcc.parse::<u32>().ok()).is_some_and(|mcc| {
        matches!(mcc, 234 | 235 | 202..=233 | 236..=297 | 302 | 310..=316 | 404..=470 | 505 | 510..=550 | 602..=659 |
            724)
    })
}

/// One to nine digits to base sixteen (36 bits), `0x` before them or not.
pub fn is_hexadecimal(text: &str) -> bool {
    let digits = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")).unwrap_or(text);
    (1..=9).contains(&digits.len()) && digits.bytes().all(|c| c.is_ascii_hexdigit())
}

pub(super) fn is_cell(text: &str) -> bool {
    let body = text.rsplit('/').next().unwrap_or(text);
    let parts: Vec<&str> = body.split(['-', ':', '.', '_', ' ']).filter(|part| !part.is_empty()).collect();
    let plain = parts.iter().all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_hexdigit()));
    (3..=4).contains(&parts.len())
        && plain
        && parts[0].len() == 3
        && mobile_country_any(parts[0])
        && (2..=3).contains(&parts[1].len())
        && text.parse::<f64>().is_err()
        || (body.len() >= 10 && body.starts_with("234") && body.bytes().all(|b| b.is_ascii_digit()) && body.len() != 15)
        || text.starts_with('[') && text.matches(':').count() >= 3
}

pub(super) fn mobile_country_any(text: &str) -> bool {
    text.parse::<u32>().is_ok_and(|mcc| (200..800).contains(&mcc))
}

pub(super) fn is_grid(text: &str) -> bool {
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    plain.len() >= 6
        && plain.len().is_multiple_of(2)
        && plain.len() <= 12
        && plain.get(..2).is_some_and(|letters| letters.bytes().all(|b| b.is_ascii_alphabetic()))
        && plain[2..].bytes().all(|b| b.is_ascii_digit())
        && plain.starts_with(['H', 'N', 'O', 'S', 'T', 'h', 'n', 'o', 's', 't'])
}

/// A full UK postcode in its usual writing (`NR30 5AA`); none when the text is no full postcode.
pub fn postcode(text: &str) -> Option<String> {
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_uppercase()).collect();
    if !(5..=7).contains(&plain.len()) || !plain.is_ascii() {
        return None;
    }
    let (out, inward) = plain.split_at(plain.len() - 3);
    let inward = inward.as_bytes();
    let fits = inward[0].is_ascii_digit()
        && inward[1].is_ascii_alphabetic()
        && inward[2].is_ascii_alphabetic()
        && out.starts_with(|c: char| c.is_ascii_alphabetic())
        && out.bytes().any(|b| b.is_ascii_digit())
        && out.bytes().take_while(u8::is_ascii_alphabetic).count() <= 2
        && out.bytes().all(|b| b.is_ascii_alphanumeric());
    fits.then(|| format!("{out} {}", std::str::from_utf8(inward).unwrap_or_default()))
}
