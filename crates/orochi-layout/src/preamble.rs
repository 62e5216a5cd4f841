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

/// Words that speak of who handled the request: their numbers are nobody's target.
pub(super) const HANDLERS: &[&str] = &[
    "contact",
    "spoc",
    "officer",
    "applicant",
    "helpline",
    "telephone us",
    "enquir",
    "fax",
    "support",
    "queries",
    "dealer",
    "agent",
    "desk",
    "office",
    "analyst",
    "investigator",
    "helpdesk",
    "duty",
    "call us",
    "prepared by",
    "produced by",
    "requested by",
    "issued by",
    "store",
    "emergency",
    "customer service",
    "customer care",
    "out of hours",
];

/// Keys that state the operator.
pub const OPERATOR_KEYS: &[&str] = &["operator", "network", "csp", "provider", "network operator", "carrier", "mno"];

/// Keys that state the reference.
pub const REFERENCE_KEYS: &[&str] =
    &["urn", "reference", "ref", "unique reference", "disclosure ref", "request id", "spoc ref"];

/// Splits a line into key and value: the first cell that is not empty and the next one, or `key: value` in one cell.
pub fn pair(row: &[String]) -> Option<(&str, &str)> {
    pair_of(row.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty()))
}

/// As [`pair`], of the cells that are filled.
pub fn pair_of<'c>(mut filled: impl Iterator<Item = &'c str>) -> Option<(&'c str, &'c str)> {
    let key = filled.next()?;
    match filled.next() {
        Some(value) => Some((key.trim_end_matches([':', '.', ' ', '-', '=']), value)),
        None => key.split_once([':', '=']).map(|(key, value)| {
            (key.trim_end_matches(['.', ' ']), value.trim_start_matches(['-', '=', ':', ' ']).trim())
        }),
    }
    .filter(|(key, value)| !key.is_empty() && !value.is_empty())
}

/// Whether a key is one of those that stand above a table: a target, an operator, a reference, or somebody to be asked.
pub fn is_key(key: &str) -> bool {
    let plain = normalise(key);
    let lower = key.to_ascii_lowercase();
    [TARGET_KEYS, OPERATOR_KEYS, REFERENCE_KEYS].iter().any(|keys| keys.iter().any(|known| normalise(known) == plain))
        || HANDLERS.iter().any(|word| lower.contains(word))
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

/// The keys looked for when no profile names any. What states the target is weighed in [`crate::target`].
pub fn usual() -> Preamble {
    let own = |keys: &[&str]| keys.iter().map(|key| (*key).to_owned()).collect();
    Preamble { target: Vec::new(), operator: own(OPERATOR_KEYS), reference: own(REFERENCE_KEYS) }
}
