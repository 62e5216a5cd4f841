//! Returns that an officer typed as a page: lines of `LABEL .....: value`.
//!
//! The labels become headings, and each record of the page one row under them. The row's number is that of the line on
//! which the record begins. A record begins where a label comes again that names a line, a person or a handset; what
//! stood on the page before the first such label (the reference, the operator) holds for every record. A line without a
//! label that is set in, or that follows a comma, goes on with the value above it.

use orochi_model::problem::Problem;

use super::{GridRows, Page};
use crate::delimited::Dialect;

/// Longest label.
const LABEL: usize = 40;

/// Lines looked at to judge a page.
const LOOKED_AT: usize = 400;

/// A line of a page.
#[derive(Debug, PartialEq, Eq)]
enum TypedLine<'t> {
    /// Nothing, or a rule or a heading between rules.
    Band,
    /// A label and its value; whether dots, blanks or dashes lead from one to the other.
    Pair { label: &'t str, value: &'t str, led: bool },
    /// Words; whether they are set in.
    Words { text: &'t str, indented: bool },
}

fn line(text: &str) -> TypedLine<'_> {
    let trimmed = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
    if is_band(trimmed) {
        return TypedLine::Band;
    }
    match pair(trimmed) {
        Some((label, value, led)) => TypedLine::Pair { label, value, led },
        None => TypedLine::Words { text: trimmed, indented: text.starts_with([' ', '\t']) },
    }
}

/// `*****`, `---- TARGET ----`, `| RETURN |`.
fn is_band(trimmed: &str) -> bool {
    let rule = |c: char| matches!(c, '-' | '=' | '*' | '_' | '#' | '~' | '|' | '+');
    let bare = trimmed.trim_matches(rule);
    bare.is_empty() || trimmed.len() - bare.len() >= 6 && trimmed.starts_with(rule)
}

/// Splits a line into label, value, and whether a leader stands between them.
fn pair(trimmed: &str) -> Option<(&str, &str, bool)> {
    let (before, value) = trimmed.split_once(':')?;
    let label = before.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '.' | '-' | '_' | '…' | '·'));
    let led = before.len() - label.len() >= 2;
    let fits = label.len() <= LABEL
        && label.starts_with(|c: char| c.is_alphabetic())
        && label.chars().all(|c| c.is_alphanumeric() || " /()&-.'#_,+".contains(c))
        && label.bytes().filter(u8::is_ascii_digit).count() <= 4
        && !value.starts_with("//");
    fits.then_some((label, value.trim(), led))
}

/// Whether a text is such a page.
pub(super) fn is_typed(head: &str, dialect: Dialect) -> bool {
    let (mut pairs, mut led, mut words, mut set_in) = (0, 0, 0, 0);
    let mut labels: Vec<&str> = Vec::new();
    let mut above = None;
    for text in head.lines().take(LOOKED_AT) {
        // A heading above a row of as many fields makes a table, whatever stands above it.
        let parts = text.matches(char::from(dialect.delimiter)).count();
        if parts >= 2 && above == Some((parts, false)) {
            return false;
        }
        match line(text) {
            TypedLine::Band => {}
            TypedLine::Pair { label, led: leads, .. } => {
                pairs += 1;
                led += usize::from(leads);
                labels.push(label);
            }
            TypedLine::Words { indented: true, .. } => set_in += 1,
            TypedLine::Words { .. } => words += 1,
        }
        if !text.trim().is_empty() {
            above = Some((parts, text.contains(':')));
        }
    }
    let enough = labels.len() >= 3 && labels.iter().any(|label| is_anchor(label));
    let commas = labels.iter().any(|label| label.contains(','));
    if led * 2 >= pairs {
        enough && pairs * 2 >= words + set_in
    } else {
        // Without leaders a letter has such lines too: then the page may hold hardly anything else.
        enough && !commas && pairs >= words * 4 && pairs >= set_in
    }
}

/// Whether a label names whom or what a record is about.
fn is_anchor(label: &str) -> bool {
    let lower = label.to_ascii_lowercase();
    let has = |words: &[&str]| lower.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| words.contains(&word));
    !has(&[
        "alt",
        "alternative",
        "contact",
        "previous",
        "other",
        "next",
        "ref",
        "reference",
        "urn",
        "spoc",
        "applicant",
    ]) && has(&[
        "msisdn",
        "mobile",
        "telephone",
        "phone",
        "tel",
        "number",
        "ctn",
        "imsi",
        "iccid",
        "sim",
        "imei",
        "subscriber",
        "name",
        "customer",
    ])
}

/// A record as it grows: labels with their values, the line it begins on, and how many labels are the page's.
#[derive(Clone, Default)]
struct TypedRecord {
    begins: u64,
    pairs: Vec<(String, String)>,
    own: usize,
}

/// Reads a page.
///
/// # Errors
/// Data kind for more cells than tables have.
pub(super) fn read(text: &str, left: u64) -> Result<Page, Problem> {
    let mut headings: Vec<String> = Vec::new();
    let mut records: Vec<TypedRecord> = Vec::new();
    let mut record = TypedRecord::default();
    // Whether the line above may go on.
    let mut going_on = false;
    let mut left_out = 0;
    for (number, text) in (1..).zip(text.lines()) {
        match line(text) {
            TypedLine::Band => going_on = false,
            TypedLine::Words { text, indented } => match record.pairs.last_mut() {
                Some((label, value)) if going_on && goes_on(label, value, indented) => {
                    let comma = value.is_empty() || value.ends_with(',');
                    value.push_str(if value.is_empty() {
                        ""
                    } else if comma {
                        " "
                    } else {
                        ", "
                    });
                    value.push_str(text);
                }
                _ => left_out += 1,
            },
            TypedLine::Pair { label, value, .. } => {
                going_on = true;
                let mut label = label.to_owned();
                if let Some(at) = record.pairs.iter().position(|(known, _)| *known == label) {
                    if is_anchor(&label) {
                        let next = TypedRecord { begins: number, pairs: record.pairs[..at].to_vec(), own: at };
                        records.push(std::mem::replace(&mut record, next));
                    } else {
                        label = again(&record.pairs, &label);
                    }
                }
                if record.begins == 0 {
                    record.begins = number;
                }
                if !headings.contains(&label) {
                    headings.push(label.clone());
                }
                record.pairs.push((label, value.to_owned()));
            }
        }
        if headings.len() > 1000 {
            return Err(super::too_many());
        }
    }
    records.push(record);
    table(&headings, &records, left_out, left)
}

/// Whether words go on with the value above them.
fn goes_on(label: &str, value: &str, indented: bool) -> bool {
    indented || value.is_empty() || value.ends_with(',') || label.to_ascii_lowercase().contains("addr")
}

/// A label that comes again and begins no record: `NOTE (2)`.
fn again(pairs: &[(String, String)], label: &str) -> String {
    let taken = |text: &str| pairs.iter().any(|(known, _)| known == text);
    (2..).map(|count| format!("{label} ({count})")).find(|text| !taken(text)).unwrap_or_default()
}

fn table(headings: &[String], records: &[TypedRecord], left_out: usize, mut left: u64) -> Result<Page, Problem> {
    let mut page = Page::default();
    let mut rows = GridRows::default();
    let first = records.first().map_or(1, |record| record.begins.max(1));
    // The headings stand on the line above the first record, or on its first where there is none above.
    rows.push(first.saturating_sub(1).max(1), headings, &mut left)?;
    let mut last = first.saturating_sub(1).max(1);
    for record in records.iter().filter(|record| record.pairs.len() > record.own) {
        let value = |heading: &String| record.pairs.iter().find(|(label, _)| label == heading);
        let cells: Vec<String> = headings
            .iter()
            .map(|heading| value(heading).map_or_else(String::new, |(_, value)| value.clone()))
            .collect();
        last = record.begins.max(last + 1);
        rows.push(last, &cells, &mut left)?;
    }
    let count = rows.count.saturating_sub(1);
    let lines =
        if left_out == 0 { String::new() } else { format!("; lines of other words that were passed over: {left_out}") };
    page.remarks.push(format!(
        "the file is a typed page of labels and values; each record on it became one row, numbered by the line on \
         which it begins (records: {count}){lines}"
    ));
    page.tables.extend(rows.table(None));
    Ok(page)
}
