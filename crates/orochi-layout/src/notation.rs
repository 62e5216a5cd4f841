//! How the values of a column are written: to which base, in which unit, with which decimal mark, with how many digits.
//!
//! A heading says it (`LAC (hex)`, `Duration (ms)`), or the values of the whole column do: a column in which some
//! numbers have letters A to F is to base sixteen in every row, never row by row. Where neither can tell, the columns
//! are left unread with a remark, because a number read to the wrong base is another cell.

use orochi_model::{
    absence::is_absent,
    cell::Base,
    quantity::{Comma, Span},
    text::plain,
    time::Correction,
};
use serde::{Deserialize, Serialize};

use super::field::Field;
use super::fingerprint::values;
use super::heading::words;
use super::mapping::Mapping;
use super::shapes::is_hexadecimal;

/// How the values of a column are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notation {
    /// Base of the numbers of cells and areas.
    pub base: Base,
    /// Whether the first rows hold nothing but digits there, so that letters further down cast doubt on the base.
    pub numeric: bool,
    /// Unit of lengths of time.
    pub span: Span,
    /// What a lone comma with three digits behind it is.
    pub comma: Comma,
    /// The number of digits that most identifiers of the column have, where that tells a damaged one.
    pub digits: Option<u8>,
    /// What is put right in its dates, as all rows of the column show it.
    #[serde(default)]
    pub dates: Correction,
}

/// Cells with their areas.
const CELLS: [(Field, Field); 6] = [
    (Field::StartCell, Field::StartArea),
    (Field::EndCell, Field::EndArea),
    (Field::ACell, Field::StartArea),
    (Field::BCell, Field::StartArea),
    (Field::StartSector, Field::StartNode),
    (Field::EndSector, Field::EndNode),
];

/// Settles the notation of every column of a mapping from its heading and its first rows.
pub fn settle_notation(body: &[(u64, Vec<String>)], mapping: &mut Mapping) {
    for (cell, area) in CELLS {
        bases(body, mapping, [cell, area]);
    }
    for field in [Field::Duration, Field::Ring] {
        if let Some(span) = mapping.heading(field).and_then(span_of) {
            mapping.notations.entry(field).or_default().span = span;
        }
    }
    for field in [Field::Duration, Field::Ring, Field::Up, Field::Down, Field::Range] {
        if values(mapping, field, body).into_iter().any(has_decimal_comma) {
            mapping.notations.entry(field).or_default().comma = Comma::Decimals;
        }
    }
    for field in [Field::Imei, Field::AImei, Field::BImei, Field::Imsi, Field::AImsi, Field::BImsi] {
        let lengths: Vec<usize> = values(mapping, field, body)
            .into_iter()
            .map(plain)
            .filter(|value| value.bytes().all(|c| c.is_ascii_digit()) && !is_absent(value))
            .map(str::len)
            .collect();
        let fifteen = lengths.iter().filter(|length| **length == 15).count();
        if fifteen * 2 >= lengths.len() && fifteen > 0 {
            mapping.notations.entry(field).or_default().digits = Some(15);
        }
    }
}

/// The unit of a length of time that a heading states; none when it shows a pattern of hours, minutes and seconds.
pub fn span_of(heading: &str) -> Option<Span> {
    let mut found = None;
    for word in words(heading) {
        let span = match word.as_str() {
            "ms" | "msec" | "msecs" | "millis" | "millisecond" | "milliseconds" => Span::Milliseconds,
            "s" | "sec" | "secs" | "second" | "seconds" => Span::Seconds,
            "min" | "mins" | "minute" | "minutes" => Span::Minutes,
            "hr" | "hrs" | "hour" | "hours" => Span::Hours,
            _ => continue,
        };
        if found.is_some_and(|known| known != span) {
            return None;
        }
        found = Some(span);
    }
    found
}

/// The base that a heading states.
pub fn base_of(heading: &str) -> Option<Base> {
    words(heading).iter().find_map(|word| match word.as_str() {
        "hex" | "hexadecimal" | "base16" => Some(Base::Sixteen),
        "dec" | "decimal" => Some(Base::Ten),
        _ => None,
    })
}

// `12,5`, and not `1,024`.
fn has_decimal_comma(value: &str) -> bool {
    let value = plain(value);
    value.split_once(',').is_some_and(|(whole, rest)| {
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|c| c.is_ascii_digit());
        digits(whole) && digits(rest) && (rest.len() != 3 || whole == "0")
    })
}

/// What the values of a column say of their base.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Letters {
    /// No value has letters A to F; all are of one length that zeros before them fill up.
    Filled,
    /// No value has letters A to F.
    Plain,
    /// All are numbers to base sixteen, and letters are as frequent among them as that base makes them.
    Some,
    /// A few have letters, too few for base sixteen: of four of its digits one at least is a
    /// letter in five numbers of six.
    Few,
    /// Some values have letters A to F and others are no numbers at all, or there is no value.
    Other,
}

fn letters(values: &[&str]) -> Letters {
    let mark = |c: char| matches!(c, '-' | ':' | '.' | '_' | ' ' | '/');
    // An access point's address in the same column says nothing of its numbers.
    let is_address = |value: &str| {
        let groups = value.split(mark);
        groups.clone().count() == 6
            || value.len() == 12 && !value.contains(mark) && !value.bytes().all(|c| c.is_ascii_digit())
    };
    // Of a whole identity the last part is the cell.
    let last = |value: &str| value.rsplit(mark).next().unwrap_or("").to_owned();
    let stated = values.iter().map(|value| plain(value)).filter(|value| !is_absent(value) && !is_address(value));
    let numbers: Vec<String> = stated.map(last).collect();
    let digits = |number: &String| number.bytes().all(|c| c.is_ascii_digit());
    if numbers.is_empty() || !numbers.iter().all(|number| is_hexadecimal(number)) {
        return Letters::Other;
    }
    if numbers.iter().all(digits) {
        let first = numbers[0].len();
        let filled =
            numbers.iter().all(|number| number.len() == first) && numbers.iter().any(|number| number.starts_with('0'));
        return if filled { Letters::Filled } else { Letters::Plain };
    }
    // `A1` and `EE` are names; a number to base sixteen of an area or a cell is longer.
    let lettered: Vec<&String> = numbers.iter().filter(|number| !digits(number)).collect();
    if lettered.iter().all(|number| number.len() < 4) {
        return Letters::Other;
    }
    if lettered.len() * 10 >= numbers.len() * 3 { Letters::Some } else { Letters::Few }
}

// Nearly all are whole identities to base ten: a word among them is another column's, and no name of a cell.
fn are_identities(values: &[&str]) -> bool {
    let stated: Vec<&str> = values.iter().map(|value| plain(value)).filter(|value| !is_absent(value)).collect();
    let numbers = |value: &&&str| {
        let parts = value.split(['-', ':', '.', '_', ' ']);
        parts.clone().count() >= 3
            && parts.into_iter().all(|part| !part.is_empty() && part.bytes().all(|c| c.is_ascii_digit()))
    };
    stated.len() >= 5 && stated.iter().filter(numbers).count() * 10 >= stated.len() * 9
}

// A cell and its area: by their headings, or by letters among their digits.
fn bases(body: &[(u64, Vec<String>)], mapping: &mut Mapping, fields: [Field; 2]) {
    let [cell, _] = fields;
    if !mapping.has(cell) || mapping.opaque_cells {
        return;
    }
    let headed = fields.map(|field| mapping.heading(field).and_then(base_of));
    let found = fields.map(|field| letters(&values(mapping, field, body)));
    if headed.iter().any(Option::is_some) {
        for (field, base) in fields.into_iter().zip(headed) {
            if base == Some(Base::Sixteen) {
                mapping.notations.entry(field).or_default().base = Base::Sixteen;
            }
        }
        return;
    }
    for (field, found) in fields.into_iter().zip(found) {
        let numbered =
            matches!(found, Letters::Filled | Letters::Plain) || are_identities(&values(mapping, field, body));
        if numbered && headed.iter().all(Option::is_none) {
            mapping.notations.entry(field).or_default().numeric = true;
        }
    }
    if !found.iter().any(|found| matches!(found, Letters::Some | Letters::Few)) {
        return;
    }
    let there: Vec<(Field, Letters)> = fields.into_iter().zip(found).filter(|(field, _)| mapping.has(*field)).collect();
    let names: Vec<String> = there
        .iter()
        .map(|(field, _)| format!("\u{201c}{}\u{201d}", mapping.heading(*field).unwrap_or_default()))
        .collect();
    let names = names.join(" and ");
    if there.iter().all(|(_, letters)| matches!(letters, Letters::Some | Letters::Filled)) {
        for (field, _) in there {
            mapping.notations.entry(field).or_default().base = Base::Sixteen;
        }
        mapping.remarks.push(format!("{names}: some values have letters A to F; every value is read in base sixteen"));
        return;
    }
    for (field, _) in there {
        mapping.columns.remove(&field);
    }
    mapping.remarks.push(format!(
        "{names} not read: some numbers have letters A to F, and nothing says whether the others are in base ten or \
         sixteen; a heading such as \u{201c}Cell ID (hex)\u{201d} in a profile's copy of the file settles it"
    ));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_state_units_and_bases() {
        for (heading, span) in [
            ("Duration (ms)", Some(Span::Milliseconds)),
            ("duration_ms", Some(Span::Milliseconds)),
            ("Duration (mins)", Some(Span::Minutes)),
            ("Call minutes", Some(Span::Minutes)),
            ("Duration (secs)", Some(Span::Seconds)),
            ("Talk time hours", Some(Span::Hours)),
            ("Duration (min:sec)", None),
            ("Duration (hh:mm:ss)", None),
            ("Duration", None),
        ] {
            assert_eq!(span_of(heading), span, "{heading}");
        }
        for (heading, base) in [
            ("LAC (hex)", Some(Base::Sixteen)),
            ("Cell ID (Hex)", Some(Base::Sixteen)),
            ("CGI hex", Some(Base::Sixteen)),
            ("cell_id_hex", Some(Base::Sixteen)),
            ("LAC (dec)", Some(Base::Ten)),
            ("Cell ID", None),
        ] {
            assert_eq!(base_of(heading), base, "{heading}");
        }
    }

    #[test]
    fn values_state_their_base_as_a_whole() {
        let of = |values: &[&str]| letters(values);
        assert!(of(&["1F4A", "0835", "0835"]) == Letters::Some);
        assert!(of(&["0835", "1234"]) == Letters::Filled);
        assert!(of(&["2101", "40288"]) == Letters::Plain);
        assert!(of(&["A1", "B2", "C3"]) == Letters::Other);
        assert!(of(&["North", "1F4A"]) == Letters::Other);
        assert!(
            of(&["3213053", "3077456", "EE", "3253922"]) == Letters::Other,
            "an operator's name pushed into a column of cells"
        );
        assert!(of(&["3213053", "3077456", "3213054", "12FA"]) == Letters::Few);
        assert!(of(&["234-15-0835-123A", "234-15-0835-1234"]) == Letters::Some);
        assert!(of(&["12345", "AA:BB:CC:DD:EE:0F"]) == Letters::Plain);
        assert!(of(&["-1", "0", ""]) == Letters::Other);
    }
}
