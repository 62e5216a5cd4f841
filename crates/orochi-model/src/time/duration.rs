//! Durations: how long a call rang or lasted.

use super::text::trim;
use crate::party::Unreadable;

/// Reads a duration in seconds: `38`, `35.0`, `35,0`, `1,234` (thousands), `00:00:38`, `0:38` (minutes and seconds),
/// `38s`, `1 min 5 s`, `PT38S`. Parts of a second are cut off. A spreadsheet's part of a day (`0.000439814814814815`)
/// and a clock time on its day zero are read as it meant them.
///
/// # Errors
/// When the text is no duration or is negative.
pub fn read_duration(text: &str) -> Result<i32, Unreadable> {
    if let Some(seconds) = usual(text.as_bytes()) {
        return Ok(seconds);
    }
    slow(trim(text))
}

// What almost every row holds: digits, or `HH:MM:SS`.
fn usual(bytes: &[u8]) -> Option<i32> {
    if let [h1, h2, b':', m1, m2, b':', s1, s2] = bytes
        && [h1, h2, m1, m2, s1, s2].iter().all(|c| c.is_ascii_digit())
    {
        let two = |tens: &u8, units: &u8| i32::from(tens - b'0') * 10 + i32::from(units - b'0');
        let (hours, minutes, seconds) = (two(h1, h2), two(m1, m2), two(s1, s2));
        return (minutes < 60 && seconds < 60).then_some(hours * 3_600 + minutes * 60 + seconds);
    }
    let plain = !bytes.is_empty() && bytes.len() <= 9 && bytes.iter().all(u8::is_ascii_digit);
    plain.then(|| bytes.iter().fold(0, |sum, c| sum * 10 + i32::from(c - b'0')))
}

/// Day zero of spreadsheets, as workbook readers write out a cell that holds only a time.
const DAY_ZERO: [&str; 4] = ["1899-12-30", "1899-12-31", "1900-01-00", "1904-01-01"];

fn slow(text: &str) -> Result<i32, Unreadable> {
    if let Some(seconds) = usual(text.as_bytes()) {
        return Ok(seconds);
    }
    if text.is_empty() {
        return Unreadable::because("no duration is stated");
    }
    if text.starts_with(['-', '\u{2212}']) {
        return Unreadable::because("a duration cannot be negative");
    }
    let on_day_zero = DAY_ZERO.iter().find_map(|day| text.strip_prefix(day)?.strip_prefix([' ', 'T']));
    let text = on_day_zero.unwrap_or(text);
    // `0 days 00:00:38`, as a data frame writes it.
    if let Some((days, rest)) = text.split_once(" day")
        && rest.contains(':')
    {
        let rest = i64::from(colons(rest.trim_start_matches(['s', ',', ' ']))?);
        return total(number(days)?.saturating_mul(24), 0, rest);
    }
    if text.contains(':') {
        return colons(text);
    }
    if text.bytes().any(|c| c.is_ascii_alphabetic()) {
        return units(text);
    }
    let (whole, fraction) = amount(text)?;
    let seconds = number(&whole)?;
    // Seconds are given to the millisecond or microsecond at best; more digits of less than one are a part of a day,
    // and so is less than a hundredth of a second.
    let day = seconds == 0 && (fraction.len() > 6 || (fraction.len() > 4 && fraction.starts_with("00")));
    if day && !fraction.bytes().all(|c| c == b'0') {
        let day: f64 = format!("0.{fraction}").parse().unwrap_or(0.0);
        return Ok((day * 86_400.0).round() as i32);
    }
    total(0, 0, seconds)
}

/// The whole part of a number without its thousands marks, and its decimals. A comma before exactly three digits is a
/// thousands mark (`1,234`), any other a decimal one (`35,0`); the last of two different marks is the decimal one.
fn amount(text: &str) -> Result<(String, &str), Unreadable> {
    let is_mark = |c: char| matches!(c, '.' | ',' | '\'' | '\u{2019}') || c.is_whitespace();
    let marks: Vec<(usize, char)> = text.char_indices().filter(|(_, c)| is_mark(*c)).collect();
    let decimal = match marks.as_slice() {
        [] => None,
        [.., (_, c)] if !matches!(c, '.' | ',') => None,
        [(at, ',')] => {
            let thousands = text.len() - at == 4 && (1..=3).contains(at) && !text.starts_with('0');
            (!thousands).then_some((*at, ','))
        }
        [(at, '.')] => Some((*at, '.')),
        [before @ .., (at, c)] if before.iter().all(|(_, other)| other != c) => Some((*at, *c)),
        _ => None,
    };
    let (whole, fraction) = match decimal {
        Some((at, c)) => (&text[..at], &text[at + c.len_utf8()..]),
        None => (text, ""),
    };
    let mut groups = whole.split(is_mark);
    let first = groups.next().unwrap_or("");
    let (mut digits, mut marked) = (first.to_owned(), false);
    for group in groups {
        if group.len() != 3 {
            return unreadable();
        }
        digits.push_str(group);
        marked = true;
    }
    if !fraction.bytes().all(|c| c.is_ascii_digit()) || (marked && !(1..=3).contains(&first.len())) {
        return unreadable();
    }
    Ok((digits, fraction))
}

fn colons(text: &str) -> Result<i32, Unreadable> {
    let mut parts = [0_i64; 3];
    let mut count = 0;
    for part in text.split(':') {
        let part = part.trim();
        let last = text.ends_with(part);
        let whole = match part.split_once(['.', ',']) {
            Some((whole, rest)) if last && rest.bytes().all(|c| c.is_ascii_digit()) => whole,
            Some(_) => return unreadable(),
            None => part,
        };
        let Some(slot) = parts.get_mut(count) else { return unreadable() };
        *slot = number(whole)?;
        count += 1;
    }
    match (count, parts) {
        (2, [minutes, seconds, _]) if seconds < 60 => total(0, minutes, seconds),
        (3, [hours, minutes, seconds]) => clock(hours, minutes, seconds),
        _ => unreadable(),
    }
}

/// `38s`, `1h 2m 3s`, `2 min 5 sec`, `PT1M2S`.
fn units(text: &str) -> Result<i32, Unreadable> {
    let text = text.strip_prefix("PT").unwrap_or(text);
    let mut rest = text.trim();
    let (mut hours, mut minutes, mut seconds) = (0, 0, 0);
    while !rest.is_empty() {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let value = number(&rest[..digits])?;
        rest = rest[digits..].trim_start();
        if let Some(fraction) = rest.strip_prefix('.') {
            let cut = fraction.bytes().take_while(u8::is_ascii_digit).count();
            rest = fraction[cut..].trim_start();
        }
        let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        let place = match rest[..letters].to_ascii_lowercase().as_str() {
            "h" | "hr" | "hrs" | "hour" | "hours" => &mut hours,
            "m" | "min" | "mins" | "minute" | "minutes" => &mut minutes,
            "s" | "sec" | "secs" | "second" | "seconds" => &mut seconds,
            _ => return unreadable(),
        };
        *place = value;
        rest = rest[letters..].trim_start_matches([' ', ',', '.']);
    }
    total(hours, minutes, seconds)
}

fn number(digits: &str) -> Result<i64, Unreadable> {
    if digits.is_empty() || digits.len() > 10 || !digits.bytes().all(|c| c.is_ascii_digit()) {
        return unreadable();
    }
    digits.parse().or_else(|_| unreadable())
}

fn clock(hours: i64, minutes: i64, seconds: i64) -> Result<i32, Unreadable> {
    if minutes > 59 || seconds > 59 {
        return Unreadable::because(format!("{hours:02}:{minutes:02}:{seconds:02} is not a duration"));
    }
    total(hours, minutes, seconds)
}

fn total(hours: i64, minutes: i64, seconds: i64) -> Result<i32, Unreadable> {
    i32::try_from(hours * 3600 + minutes * 60 + seconds)
        .or_else(|_| Unreadable::because("longer than any call: more than 68 years"))
}

fn unreadable<T>() -> Result<T, Unreadable> {
    Unreadable::because("not a duration (expected for example 38, 0:38 or 00:00:38)")
}
