//! What the values of a column look like. Shapes are evidence beside a heading, never proof: many identifiers are digits.

use orochi_geo::pair::read_pair;
use orochi_model::{
    absence::is_blank,
    imei::{Check, read_imei},
    imsi::{read_iccid, read_imsi},
    party::{PartyKind, Region, bare, read_party},
    quantity::{Comma, Volume, read_number, read_volume},
    text::{plain, unguarded, without_thousands},
    time::read_duration,
};

/// What a value can be; several at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Shape {
    /// A telephone number in international or national form.
    Phone,
    /// A name, short code or withheld word in place of a number.
    PartyLike,
    /// Date and time.
    Moment,
    /// A moment as a count: seconds or milliseconds since 1970, a spreadsheet's day number with a fraction. Evidence only under
    /// a heading that speaks of time.
    Count,
    /// Date.
    Date,
    /// Time of day.
    Time,
    /// A duration: whole seconds or hours:minutes:seconds.
    Duration,
    /// A whole number.
    Whole,
    /// A whole number to base sixteen, as areas and cells are sometimes written.
    Hexadecimal,
    /// A number.
    Decimal,
    /// 14 to 16 digits of a handset whose check digit, where there is one, is right or zero.
    Imei,
    /// 14 to 16 digits. Operators' check digits are often wrong, so that these are evidence under a heading that speaks of a
    /// handset, and nowhere else.
    Device,
    /// 15 digits that begin with a country code.
    Imsi,
    /// 18 to 20 digits that begin with 89.
    Iccid,
    /// A cell in full notation.
    Cell,
    /// A grid reference with letters.
    Grid,
    /// A full postcode.
    Postcode,
    /// A latitude.
    Latitude,
    /// A longitude.
    Longitude,
    /// A grid coordinate in metres.
    Metres,
    /// 0 to 360, or `omni`.
    Azimuth,
    /// A kind of event in words.
    TypeWord,
    /// A direction in words.
    DirectionWord,
    /// A radio technology.
    Radio,
    /// A sum of money.
    Money,
    /// Words.
    Words,
}

/// Number of shapes.
pub const SHAPES: usize = Shape::Words as usize + 1;

/// Every shape a text has: each is what the parser that reads such rows makes of it.
pub fn shapes(text: &str) -> Vec<Shape> {
    let guarded = unguarded(text);
    let text = bare(plain(text));
    let mut found = Vec::new();
    if is_blank(text) {
        return found;
    }
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let all_digits = digits == text.len() && digits > 0;
    parties(text, digits, &mut found);
    moments(guarded, text, &mut found);
    if read_duration(text).is_ok() && (!all_digits || digits <= 6) && is_span(text) {
        found.push(Shape::Duration);
    }
    if all_digits || without_thousands(text).is_some() {
        found.push(Shape::Whole);
    }
    if is_hexadecimal(text) {
        found.push(Shape::Hexadecimal);
    }
    devices(text, digits, &mut found);
    if is_cell(text) {
        found.push(Shape::Cell);
    }
    if is_grid(text) || read_pair(text).is_some() {
        found.push(Shape::Grid);
    }
    if postcode(text).is_some() {
        found.push(Shape::Postcode);
    }
    numbers(text, digits, &mut found);
    words(text, all_digits, &mut found);
    found
}

// A column is one of numbers exactly if its numbers are read as such. Digits alone that may be a SIM or a handset are not.
fn parties(text: &str, digits: usize, found: &mut Vec<Shape>) {
    let mut canonical = String::new();
    let alone = text.bytes().all(|c| c.is_ascii_digit());
    match read_party(text, Region::Gb, &mut canonical) {
        Ok(PartyKind::Number) if !(alone && digits > 13 && !text.starts_with("00")) && read_pair(text).is_none() => {
            found.push(Shape::Phone);
        }
        Ok(PartyKind::ShortCode) if text.starts_with(['*', '#']) || (alone && (3..=6).contains(&digits)) => {
            found.push(Shape::PartyLike);
        }
        Ok(PartyKind::Alphanumeric) if digits < 4 && text.len() <= 24 => found.push(Shape::PartyLike),
        // `-1` of a call log; a zero may be anything.
        Ok(PartyKind::Withheld) if text.starts_with('-') => found.push(Shape::PartyLike),
        // A number of which a spreadsheet took digits, or a length that none has: lost, but the column is still one of numbers.
        Err(_) if rounded(text, 9..14) => found.push(Shape::Phone),
        _ => {}
    }
}

// `4.47731E+11`: the number a spreadsheet rounded had so many digits.
fn rounded(text: &str, digits: std::ops::Range<usize>) -> bool {
    let mantissa = text.split(['e', 'E']).next().unwrap_or("");
    text.len() > mantissa.len()
        && mantissa.bytes().all(|c| c.is_ascii_digit() || matches!(c, b'.' | b','))
        && text.replace(',', ".").parse::<f64>().is_ok_and(|value| {
            let exponent = value.abs().log10().floor();
            exponent.is_finite() && exponent >= 0.0 && digits.contains(&(exponent as usize + 1))
        })
}

fn moments(guarded: &str, text: &str, found: &mut Vec<Shape>) {
    let (date, time) = split_moment(guarded);
    match (date.is_some_and(is_date), time.is_some_and(is_time)) {
        (true, true) => found.push(Shape::Moment),
        (true, false) if time.is_none() => found.push(Shape::Date),
        _ => {}
    }
    if stamp(text) {
        found.push(Shape::Moment);
    }
    let all_digits = text.bytes().all(|c| c.is_ascii_digit());
    let since_1970 = matches!(text.len(), 10 | 13) && all_digits && text.starts_with(['1', '2']);
    let day = || text.contains('.') && text.parse().is_ok_and(|days: f64| (25_000.0..75_000.0).contains(&days));
    if since_1970 || day() {
        found.push(Shape::Count);
    }
    if is_time(guarded) {
        found.push(Shape::Time);
    }
}

fn devices(text: &str, digits: usize, found: &mut Vec<Shape>) {
    let mut canonical = String::new();
    // A date and time of fourteen digits is no handset.
    if !stamp(text)
        && let Ok(check) = read_imei(text, &mut canonical)
        && !text.starts_with("0044")
    {
        found.push(Shape::Device);
        canonical.clear();
        let sim = digits == 15 && read_imsi(text, &mut canonical).is_ok() && mobile_country(&canonical);
        if sim {
            found.push(Shape::Imsi);
        }
        // A SIM whose digits happen to pass the handset check is a SIM: one handset in ten thousand begins with 234 or 235.
        if matches!(check, Check::Absent | Check::Valid) || (!sim && check == Check::Zero) {
            found.push(Shape::Imei);
        }
    } else if rounded(text, 14..17) {
        // Lost, but the column is still one of handsets or SIMs; which, its heading says.
        found.extend([Shape::Device, if text.starts_with("2.3") { Shape::Imsi } else { Shape::Imei }]);
    } else if (14..=16).contains(&text.len()) && text.bytes().all(|c| c == text.as_bytes()[0] && c.is_ascii_digit()) {
        // `000000000000000` where the handset is not known.
        found.push(Shape::Device);
    }
    canonical.clear();
    if read_iccid(text, &mut canonical).is_ok_and(|()| canonical.starts_with("89")) {
        found.push(Shape::Iccid);
    }
}

fn numbers(text: &str, digits: usize, found: &mut Vec<Shape>) {
    let grouped = |text: &str| !text.contains(' ') || without_thousands(text).is_some();
    let Some(number) = read_number(text, Comma::Thousands).filter(|_| digits > 0 && grouped(text)) else {
        // `12.5 MB`; `4G` is a generation.
        let unit = text.bytes().rev().take_while(u8::is_ascii_alphabetic).count();
        if unit > 1 && digits > 0 && read_volume(text, Volume::Bytes, Comma::Thousands).is_ok() {
            found.push(Shape::Decimal);
        }
        if digits > 0 && is_money(text) {
            found.push(Shape::Money);
        }
        return;
    };
    found.push(Shape::Decimal);
    if text.contains(['.', ',']) {
        let degrees = if text.contains('.') { number } else { text.replace(',', ".").parse().unwrap_or(number) };
        if (49.0..61.5).contains(&degrees) {
            found.push(Shape::Latitude);
        }
        if (-9.0..3.0).contains(&degrees) {
            found.push(Shape::Longitude);
        }
    }
    if (1_000.0..1_300_000.0).contains(&number) {
        found.push(Shape::Metres);
    }
    if (0.0..=360.0).contains(&number) {
        found.push(Shape::Azimuth);
    }
    if number < 10_000.0 {
        found.push(Shape::Money);
    }
}

fn is_money(text: &str) -> bool {
    let money = text.trim_start_matches(['\u{a3}', '-', '+']).trim_end_matches(" GBP").trim_end_matches('p');
    read_number(money, Comma::Thousands).is_some_and(|sum| sum < 10_000.0)
}

fn words(text: &str, all_digits: bool, found: &mut Vec<Shape>) {
    let lower = text.to_ascii_lowercase();
    if matches!(lower.as_str(), "omni" | "omnidirectional") {
        found.push(Shape::Azimuth);
    }
    if matches!(lower.as_str(), "2g" | "3g" | "4g" | "5g" | "gsm" | "umts" | "lte" | "nr" | "wcdma" | "wifi") {
        found.push(Shape::Radio);
    }
    if !all_digits && text.chars().any(char::is_alphabetic) {
        let sense = super::words::sense(text);
        if sense.kind.is_some() {
            found.push(Shape::TypeWord);
        }
        if sense.side.is_some() {
            found.push(Shape::DirectionWord);
        }
        found.push(Shape::Words);
    }
}

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

fn month_name(text: &str) -> bool {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    text.get(..3).is_some_and(|start| MONTHS.contains(&start.to_ascii_lowercase().as_str())) && text.len() <= 9
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

fn is_date(text: &str) -> bool {
    let text = text.trim();
    if let Some([a, b, c]) = date_numbers(text) {
        let year_first = a > 1900 && a < 2200 && (1..=12).contains(&b) && (1..=31).contains(&c);
        let year_last = (c < 100 || (1900..2200).contains(&c)) && (1..=31).contains(&a) && (1..=31).contains(&b);
        return (year_first || year_last) && (a <= 12 || b <= 12 || year_first);
    }
    if text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) {
        return (text.starts_with("19") || text.starts_with("20")) && &text[4..6] <= "12" && &text[6..8] <= "31";
    }
    let words: Vec<&str> = text.split([' ', '-', '/', ',', '.']).filter(|word| !word.is_empty()).collect();
    (2..=5).contains(&words.len())
        && words.iter().any(|word| month_name(word))
        && words.iter().any(|word| word.trim_end_matches(|c: char| c.is_alphabetic()).parse::<u32>().is_ok())
}

fn is_time(text: &str) -> bool {
    let text = text.trim().trim_end_matches('Z');
    let clock = text.split([' ', '+', '-']).next().unwrap_or("").trim_end_matches(|c: char| c.is_alphabetic());
    let mut parts = clock.split(':');
    let mut small = |limit: u32| {
        parts
            .next()
            .is_some_and(|part| (1..=2).contains(&part.len()) && part.parse::<u32>().is_ok_and(|number| number < limit))
    };
    if !small(24) || !small(60) {
        return clock.len() == 6
            && clock.bytes().all(|b| b.is_ascii_digit())
            && &clock[..2] < "24"
            && &clock[2..4] < "60"
            && &clock[4..] < "60";
    }
    let seconds = parts.next();
    parts.next().is_none()
        && seconds.is_none_or(|part| part.split('.').next().is_some_and(|s| s.len() == 2 && s.parse::<u32>().is_ok()))
}

/// `20240901081522`, or seconds or milliseconds since 1970 between 2001 and 2037.
fn stamp(text: &str) -> bool {
    if !text.bytes().all(|b| b.is_ascii_digit()) {
        return false;
    }
    text.len() == 14 && is_date(&text[..8]) && is_time(&text[8..])
}

fn is_span(text: &str) -> bool {
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

fn mobile_country(digits: &str) -> bool {
    // Country codes run from 202 (Greece) to 750 (Falkland Islands).
    digits.get(..3).and_then(|mcc| mcc.parse::<u32>().ok()).is_some_and(|mcc| {
        matches!(mcc, 234 | 235 | 202..=233 | 236..=297 | 302 | 310..=316 | 404..=470 | 505 | 510..=550 | 602..=659 | 724)
    })
}

/// One to nine digits to base sixteen (36 bits), `0x` before them or not.
pub fn is_hexadecimal(text: &str) -> bool {
    let digits = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")).unwrap_or(text);
    (1..=9).contains(&digits.len()) && digits.bytes().all(|c| c.is_ascii_hexdigit())
}

fn is_cell(text: &str) -> bool {
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

fn mobile_country_any(text: &str) -> bool {
    text.parse::<u32>().is_ok_and(|mcc| (200..800).contains(&mcc))
}

fn is_grid(text: &str) -> bool {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn has(text: &str, shape: Shape) -> bool {
        shapes(text).contains(&shape)
    }

    #[test]
    fn values_of_each_shape() {
        for text in ["07700900123", "+447700900123", "00447700900123", "7610039694", "020 7946 0123", "4.47731E+11"] {
            assert!(has(text, Shape::Phone), "{text}");
        }
        for text in [
            "01/09/2024 08:15:22",
            "2024-09-01T08:15:22Z",
            "20240901081522",
            "Wed Sep 15 19:17:44 +0100 2010",
            "1 Sep 2024, 08:15",
        ] {
            assert!(has(text, Shape::Moment), "{text}: {:?}", shapes(text));
        }
        for text in ["01/09/2024", "2024-09-01", "20240901", "01-Sep-24", "1.9.2024"] {
            assert!(has(text, Shape::Date), "{text}: {:?}", shapes(text));
            assert!(!has(text, Shape::Phone), "{text}");
        }
        for text in ["08:15:22", "8:15", "23:59:59.123"] {
            assert!(has(text, Shape::Time), "{text}");
        }
        assert!(has("234309876543210", Shape::Imsi) && !has("234309876543210", Shape::Phone));
        assert!(has("350000000000006", Shape::Imei));
        assert!(has("234-30-1014-13399", Shape::Cell) && has("LTE/234-30-3160321", Shape::Cell));
        assert!(has("TG 513 131", Shape::Grid) && has("NR30 5AA", Shape::Postcode));
        assert!(has("51.50", Shape::Latitude) && has("-1.12", Shape::Longitude) && has("651409", Shape::Metres));
        assert!(has("651409,313177", Shape::Grid) && has("52.65, 1.71", Shape::Grid) && has("52.60/1.73", Shape::Grid));
        assert!(!has("07700 900123", Shape::Grid) && !has("12,34", Shape::Grid));
        assert!(has("'+447700900123", Shape::Phone));
        assert!(has("2m 5s", Shape::Duration) && has("PT1H2M", Shape::Duration) && has("38s", Shape::Duration));
        assert!(!has("10 am", Shape::Duration) && !has("5th", Shape::Duration));
        assert!(has("SMS-MO", Shape::TypeWord) && has("Incoming", Shape::DirectionWord));
    }

    #[test]
    fn a_date_of_day_and_month_only_up_to_twelve_is_still_a_date() {
        assert_eq!(date_numbers("03/04/2024"), Some([3, 4, 2024]));
        assert!(!has("31/31/2024", Shape::Date));
    }

    proptest::proptest! {
        #[test]
        fn any_text_has_shapes(text in "\\PC{0,40}") {
            let _ = shapes(&text);
        }
    }
}
