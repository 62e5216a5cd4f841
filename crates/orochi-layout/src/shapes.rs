//! What the values of a column look like. Shapes are evidence beside a heading, never proof:
//! many identifiers are digits.

mod forms;

use orochi_geo::pair::read_pair;
use orochi_model::{
    absence::is_blank,
    imei::{Check, read_imei},
    imsi::{read_iccid, read_imsi},
    party::{PartyKind, Region, bare, read_party},
    quantity::{Comma, Volume, read_number, read_volume},
    text::{plain, unguarded, without_thousands},
    time::{TimeKind, read_duration, time_shape},
};

pub use self::forms::{date_numbers, is_hexadecimal, postcode, split_moment};
use self::forms::{is_cell, is_grid, is_span, mobile_country};

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
    /// A moment as a count: seconds or milliseconds since 1970, a spreadsheet's day number with a fraction. Evidence
    /// only under a heading that speaks of time.
    Count,
    /// Date.
    Date,
    /// A spreadsheet's day number: a date only under a heading that speaks of one.
    DayNumber,
    /// Time of day.
    Time,
    /// A part of a day, four digits or `09.15`: a time only under a heading that speaks of one.
    Part,
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
    /// 14 to 16 digits. Operators' check digits are often wrong, so that these are evidence under a heading that speaks
    /// of a handset, and nowhere else.
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
    moments(guarded, &mut found);
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

// A column is one of numbers exactly if its numbers are read as such. Digits alone that may be a
// SIM or a handset are not.
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
        // A number of which a spreadsheet took digits, or a length that none has: lost, but the column
        // is still one of numbers.
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

// What the reader of times makes of it.
fn moments(text: &str, found: &mut Vec<Shape>) {
    found.extend(time_shape(text).map(|look| match look.kind {
        TimeKind::Moment => Shape::Moment,
        TimeKind::Date => Shape::Date,
        TimeKind::Time => Shape::Time,
        TimeKind::Count => Shape::Count,
        TimeKind::DayNumber => Shape::DayNumber,
        TimeKind::Part => Shape::Part,
    }));
}

fn devices(text: &str, digits: usize, found: &mut Vec<Shape>) {
    let mut canonical = String::new();
    // A date and time of fourteen digits is no handset.
    if !found.contains(&Shape::Moment)
        && let Ok(check) = read_imei(text, &mut canonical)
        && !text.starts_with("0044")
    {
        found.push(Shape::Device);
        canonical.clear();
        let sim = digits == 15 && read_imsi(text, &mut canonical).is_ok() && mobile_country(&canonical);
        if sim {
            found.push(Shape::Imsi);
        }
        // A SIM whose digits happen to pass the handset check is a SIM: one handset in ten
        // thousand begins with 234 or 235.
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

#[cfg(test)]
mod tests;
