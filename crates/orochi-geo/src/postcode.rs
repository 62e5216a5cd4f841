//! Postcodes: one canonical text, and where they are.
//!
//! Positions come from Code-Point Open (Ordnance Survey, Open Government Licence) or any table of postcode, easting and
//! northing; none is built in. Northern Ireland's postcodes (BT) have no British position and
//! are left out of the table.

use std::collections::HashMap;

use orochi_model::party::Unreadable;

use crate::grid::Bng;

/// Where a postcode is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Found {
    /// Centre of the postcode, or of its district.
    pub at: Bng,
    /// False when only the district (`NR30` of `NR30 5AA`) is known: the centre may be kilometres off.
    pub whole: bool,
}

/// What can say where a postcode is.
pub trait Postcodes {
    /// Looks up a canonical postcode or district.
    fn find(&self, canonical: &str) -> Option<Found>;
}

/// No table at hand.
#[derive(Clone, Copy, Debug)]
pub struct NoPostcodes;

impl Postcodes for NoPostcodes {
    fn find(&self, _canonical: &str) -> Option<Found> {
        None
    }
}

/// Reads a postcode or a district and appends its canonical text (`NR30 5AA`, `NR30`) to `out`.
///
/// # Errors
/// When the text has not the shape of a postcode (Royal Mail's six shapes; the inward code never
/// holds C, I, K, M, O or V).
pub fn read_postcode(text: &str, out: &mut String) -> Result<(), Unreadable> {
    let mut squashed = [0_u8; 7];
    let mut length = 0;
    for c in text.bytes() {
        match c {
            b' ' | b'\t' | b'\'' | b'"' | b'.' | b'-' => continue,
            _ if !c.is_ascii_alphanumeric() => return unreadable(),
            _ => {}
        }
        let Some(slot) = squashed.get_mut(length) else { return unreadable() };
        *slot = c.to_ascii_uppercase();
        length += 1;
    }
    let code = &squashed[..length];
    let inward = |code: &[u8]| {
        let unit = |c: &u8| c.is_ascii_uppercase() && !b"CIKMOV".contains(c);
        matches!(code, [sector, first, second] if sector.is_ascii_digit() && unit(first) && unit(second))
    };
    let (outward, rest) = match length.checked_sub(3).map(|at| code.split_at(at)) {
        Some((outward, rest)) if is_district(outward) && inward(rest) => (outward, rest),
        _ if is_district(code) => (code, &[][..]),
        _ => return unreadable(),
    };
    out.extend(outward.iter().map(|c| char::from(*c)));
    if !rest.is_empty() {
        out.push(' ');
        out.extend(rest.iter().map(|c| char::from(*c)));
    }
    Ok(())
}

/// A9, A99, A9A, AA9, AA99, AA9A.
fn is_district(code: &[u8]) -> bool {
    let letters = code.iter().take_while(|c| c.is_ascii_uppercase()).count();
    if !(1..=2).contains(&letters) {
        return false;
    }
    matches!(&code[letters..], [a] if a.is_ascii_digit())
        || matches!(&code[letters..], [a, b] if a.is_ascii_digit() && b.is_ascii_alphanumeric())
}

fn unreadable() -> Result<(), Unreadable> {
    Err(Unreadable("not a postcode (expected for example NR30 5AA)".to_owned()))
}

/// Whether a canonical postcode is Northern Ireland's.
pub fn is_northern_irish(canonical: &str) -> bool {
    canonical.strip_prefix("BT").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// A table in memory, 16 bytes a postcode: Great Britain takes 28 MB.
#[derive(Clone, Debug, Default)]
pub struct Table {
    keys: Vec<u64>,
    positions: Vec<(u32, u32)>,
    districts: HashMap<u64, Bng>,
}

impl Table {
    /// Builds the table from rows of postcode, easting, northing. Rows without a readable whole postcode or without a
    /// position (Code-Point writes 0, 0) are left out; of repeated postcodes the row with the smallest easting
    /// stays, whatever the order.
    pub fn from_rows<'a>(rows: impl IntoIterator<Item = (&'a str, i32, i32)>) -> Self {
        let mut canonical = String::new();
        let mut all: Vec<(u64, u32, u32)> = rows
            .into_iter()
            .filter_map(|(postcode, easting, northing)| {
                canonical.clear();
                read_postcode(postcode, &mut canonical).ok()?;
                let (easting, northing) = (u32::try_from(easting).ok()?, u32::try_from(northing).ok()?);
                let kept = canonical.contains(' ') && easting > 0 && northing > 0 && !is_northern_irish(&canonical);
                kept.then(|| (key(&canonical), easting, northing))
            })
            .collect();
        all.sort_unstable();
        all.dedup_by_key(|row| row.0);
        let mut sums: HashMap<u64, (u64, u64, u64)> = HashMap::new();
        for (key, easting, northing) in &all {
            let sum = sums.entry(district_key(*key)).or_default();
            *sum = (sum.0 + u64::from(*easting), sum.1 + u64::from(*northing), sum.2 + 1);
        }
        let centre = |(easting, northing, count): (u64, u64, u64)| Bng {
            easting: ((easting + count / 2) / count) as f64,
            northing: ((northing + count / 2) / count) as f64,
        };
        Self {
            keys: all.iter().map(|row| row.0).collect(),
            positions: all.iter().map(|row| (row.1, row.2)).collect(),
            districts: sums.into_iter().map(|(key, sum)| (key, centre(sum))).collect(),
        }
    }

    /// How many postcodes it holds.
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }
}

impl Postcodes for Table {
    fn find(&self, canonical: &str) -> Option<Found> {
        let wanted = key(canonical);
        if let Ok(at) = self.keys.binary_search(&wanted) {
            let (easting, northing) = self.positions[at];
            return Some(Found { at: Bng { easting: f64::from(easting), northing: f64::from(northing) }, whole: true });
        }
        let district = if canonical.contains(' ') { district_key(wanted) } else { wanted };
        self.districts.get(&district).map(|at| Found { at: *at, whole: false })
    }
}

/// Up to eight characters as one number, so that the last three (the inward code) are the low bytes.
fn key(canonical: &str) -> u64 {
    canonical.bytes().filter(|c| *c != b' ').take(8).fold(0, |sum, c| sum << 8 | u64::from(c))
}

fn district_key(key: u64) -> u64 {
    key >> 24
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> Option<String> {
        let mut out = String::new();
        read_postcode(text, &mut out).ok().map(|()| out)
    }

    #[test]
    fn every_shape() {
        for (text, canonical) in [
            ("NR30 5AA", "NR30 5AA"),
            ("nr305aa", "NR30 5AA"),
            (" NR30  5AA ", "NR30 5AA"),
            ("NR1 1AA", "NR1 1AA"),
            ("NR1  1AA", "NR1 1AA"),
            ("E1 6AN", "E1 6AN"),
            ("W1A 0AX", "W1A 0AX"),
            ("SW1A1AA", "SW1A 1AA"),
            ("M60 1NW", "M60 1NW"),
            ("BT1 5GS", "BT1 5GS"),
            ("NR30", "NR30"),
            ("SW1A", "SW1A"),
        ] {
            assert_eq!(read(text).as_deref(), Some(canonical), "{text}");
        }
        for text in ["", "NR", "12345", "NR30 5A", "NR30 5CA", "NORWICH", "NR30 5AAA", "NR300 5AA", "N/A", "NR30é"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn table() {
        let table = Table::from_rows([
            ("NR30 5AA", 651_400, 313_200),
            ("NR30 1PX", 652_600, 307_200),
            ("NR305AA", 651_401, 313_200),
            ("NR1 1AA", 0, 0),
            ("BT1 5GS", 333_000, 374_000),
            ("nonsense", 1, 1),
        ]);
        assert_eq!(table.len(), 2);
        let found = |text| table.find(text).map(|found| (found.at.easting, found.at.northing, found.whole));
        assert_eq!(found("NR30 5AA"), Some((651_400.0, 313_200.0, true)));
        assert_eq!(found("NR30 9ZZ"), Some((652_000.0, 310_200.0, false)));
        assert_eq!(found("NR30"), Some((652_000.0, 310_200.0, false)));
        assert_eq!(found("NR1 1AA"), None);
        assert_eq!(found("BT1 5GS"), None);
    }

    proptest! {
        #[test]
        fn reading_a_canonical_text_gives_itself(text in "[A-Za-z]{1,2}[0-9][A-Za-z0-9]? ?([0-9][A-Za-z]{2})?") {
            if let Some(canonical) = read(&text) {
                prop_assert_eq!(read(&canonical), Some(canonical));
            }
        }

        #[test]
        fn never_panics(text: String) {
            if let Some(canonical) = read(&text) {
                Table::default().find(&canonical);
            }
            Table::default().find(&text);
        }
    }
}
