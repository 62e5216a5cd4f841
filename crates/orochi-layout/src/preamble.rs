//! Lines above the header: keys and their values.

use super::heading::normalise;
use super::mapping::Mapping;
use crate::cell::read_target;
use crate::profile::Preamble;

/// Keys that state the target when no profile names them.
pub const TARGET_KEYS: &[&str] = &[
    "target",
    "target identity",
    "target number",
    "target msisdn",
    "target identifier",
    "target id",
    "msisdn",
    "subject number",
    "subject",
    "subscriber number",
    "number requested",
    "requested number",
    "telephone number",
    "mobile number",
    "phone number",
    "number",
    "search value",
    "search criteria",
    "search key",
    "search parameter",
    "query",
    "identifier",
    "imei",
    "imsi",
    "data for",
    "records for",
    "usage for",
    "report for",
    "calls for",
    "identity",
    "ctn",
    "account number queried",
];

/// Keys that state the operator.
pub const OPERATOR_KEYS: &[&str] = &["operator", "network", "csp", "provider", "network operator", "carrier", "mno"];

/// Keys that state the reference.
pub const REFERENCE_KEYS: &[&str] =
    &["urn", "reference", "ref", "unique reference", "disclosure ref", "request id", "spoc ref"];

/// Splits a line into key and value: the first cell that is not empty and the next one, or `key: value` in one cell.
pub fn pair(row: &[String]) -> Option<(&str, &str)> {
    let mut filled = row.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty());
    let key = filled.next()?;
    match filled.next() {
        Some(value) => Some((key.trim_end_matches([':', '.', ' ']), value)),
        None => key.split_once([':', '=']).map(|(key, value)| (key.trim_end_matches(['.', ' ']), value.trim())),
    }
    .filter(|(key, value)| !key.is_empty() && !value.is_empty())
}

/// Reads the lines above the header into the mapping. A target that cannot be read is said, not passed over.
pub fn read(above: &[(u64, Vec<String>)], keys: &Preamble, mapping: &mut Mapping) {
    let is = |keys: &[String], key: &str| keys.iter().any(|known| normalise(known) == key);
    for (_, row) in above {
        let Some((key, value)) = pair(row) else { continue };
        let plain = normalise(key);
        if is(&keys.target, &plain) {
            match read_target(value, mapping.region) {
                Ok(target) if !target.is_empty() => {
                    mapping.preamble.push((key.to_owned(), value.to_owned()));
                    mapping.target.get_or_insert(target);
                }
                Ok(_) => {}
                Err(error) => {
                    mapping.remarks.push(format!("the target \u{201c}{value}\u{201d} cannot be read: {error}"))
                }
            }
        } else if is(&keys.operator, &plain) {
            mapping.preamble.push((key.to_owned(), value.to_owned()));
            mapping.network.get_or_insert_with(|| value.to_owned());
        } else if is(&keys.reference, &plain) {
            mapping.preamble.push((key.to_owned(), value.to_owned()));
        }
    }
}

/// The keys looked for when no profile names any.
pub fn usual() -> Preamble {
    let own = |keys: &[&str]| keys.iter().map(|key| (*key).to_owned()).collect();
    Preamble { target: own(TARGET_KEYS), operator: own(OPERATOR_KEYS), reference: own(REFERENCE_KEYS) }
}

/// Looks for a target where no known key states one: a key that speaks of a target, or the one number in words such as
/// `Call records for 07700 900123`. Numbers of people who handled the request are not targets.
pub fn search(above: &[(u64, Vec<String>)], mapping: &mut Mapping) {
    if mapping.target.is_some() {
        return;
    }
    let handlers =
        ["contact", "spoc", "officer", "applicant", "helpline", "telephone us", "enquir", "fax", "support", "queries"];
    let about = [
        "target",
        "msisdn",
        "subject",
        "subscriber",
        "request",
        "record",
        "data for",
        "usage",
        "calls",
        "identif",
        "number",
        "account",
        "mobile",
        "phone",
        "line",
        "customer",
    ];
    let mut found: Vec<(String, String)> = Vec::new();
    for (_, row) in above {
        let line = row.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join(" ");
        let lower = line.to_ascii_lowercase();
        if handlers.iter().any(|word| lower.contains(word)) || !about.iter().any(|word| lower.contains(word)) {
            continue;
        }
        for number in numbers(&line) {
            if let Ok(target) = read_target(&number, mapping.region)
                && (target.starts_with('+') || target.len() >= 14)
                && !found.iter().any(|(known, _)| *known == target)
            {
                found.push((target, line.clone()));
            }
        }
    }
    if let [(target, line)] = &found[..] {
        mapping.target = Some(target.clone());
        mapping.preamble.push(("target".into(), target.clone()));
        mapping.remarks.push(format!("{target} is read as the target, from the line \u{201c}{line}\u{201d}"));
    }
}

// Runs of digits long enough for a number, with the spaces people put into them.
fn numbers(line: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut run = String::new();
    for c in line.chars().chain(std::iter::once('|')) {
        if c.is_ascii_digit() || (c == '+' && run.is_empty()) || (c == ' ' && !run.is_empty()) {
            run.push(c);
            continue;
        }
        // A date or a time is no number.
        let plain: String = run.chars().filter(|c| *c != ' ').collect();
        let dated = matches!(c, '/' | ':' | '-') || plain.starts_with("20") && plain.len() < 11;
        if !dated && (10..=16).contains(&plain.trim_start_matches('+').len()) {
            found.push(plain);
        }
        run.clear();
    }
    found
}
