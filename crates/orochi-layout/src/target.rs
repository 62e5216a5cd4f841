//! Whose data was asked for, by the words around a table: lines above the header, the file's name, or the user.
//!
//! Words propose and the rows decide: a number that some line names is the target when the line says so outright, or
//! when the number is a party of the rows. Numbers of people who handled the request are nobody's target.

use std::collections::BTreeSet;

use orochi_model::{party::Region, problem::Problem};

use super::cell::read_target;
use super::field::{Field, Table};
use super::heading::normalise;
use super::mapping::Mapping;
use super::owner;
use super::preamble::{HANDLERS, TARGET_KEYS, pair, pair_of};
use super::sheet::Sheet;

/// Keys that may as well stand before somebody else's number.
const BARE_KEYS: &[&str] =
    &["telephone number", "mobile number", "phone number", "number", "identity", "identifier", "ctn"];

/// Words of a line that speaks of whose data follows.
const ABOUT: &[&str] = &[
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

/// How much the words around a number say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// A key that says outright that the number is the target.
    Outright,
    /// A key that may as well stand before another number.
    Key,
    /// Words in a line, or the file's name.
    Words,
}

/// A number, SIM or handset that words around a table name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Canonical text.
    pub target: String,
    /// The words it stands in.
    pub line: String,
    /// How much they say.
    pub weight: Weight,
}

/// Every claim of the lines above the header and of the file's name, those that say most first. Adds a remark where a
/// line states a target that cannot be read.
pub fn claims(name: &str, above: &[(u64, Vec<String>)], mapping: &mut Mapping) -> Vec<Claim> {
    let mut found: Vec<Claim> = Vec::new();
    for (_, row) in above {
        let line = row.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join(" ");
        if is_of_handlers(&line) {
            continue;
        }
        let lower = line.to_ascii_lowercase();
        match pair(row).and_then(|(key, value)| Some((weight_of(key)?, value))) {
            Some((weight, value)) => {
                let read = claim(value, &line, weight, mapping.region, &mut found)
                    || numbers(value).iter().any(|text| claim(text, &line, weight, mapping.region, &mut found));
                if !read && value.bytes().any(|c| c.is_ascii_digit()) {
                    mapping.remarks.push(format!("the target \u{201c}{value}\u{201d} cannot be read"));
                }
            }
            None if ABOUT.iter().any(|word| lower.contains(word)) => {
                for text in numbers(&line) {
                    claim(&text, &line, Weight::Words, mapping.region, &mut found);
                }
            }
            None => {}
        }
    }
    for text in numbers(name) {
        claim(&text, name, Weight::Words, mapping.region, &mut found);
    }
    found.sort_by_key(|claim| claim.weight);
    found
}

/// The target that a line between the rows states outright.
pub fn stated(cells: &[&str], region: Region) -> Option<String> {
    let (key, value) = pair_of(cells.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty()))?;
    if weight_of(key) != Some(Weight::Outright) || is_of_handlers(key) {
        return None;
    }
    read_subject(value, region)
}

// What a key says of the number behind it; none when it is no key of a target.
fn weight_of(key: &str) -> Option<Weight> {
    let key = normalise(key);
    let is = |keys: &[&str]| keys.iter().any(|known| normalise(known) == key);
    is(TARGET_KEYS).then(|| if is(BARE_KEYS) { Weight::Key } else { Weight::Outright })
}

// Whether words speak of somebody who handled the request.
fn is_of_handlers(words: &str) -> bool {
    let lower = words.to_ascii_lowercase();
    HANDLERS.iter().any(|word| lower.contains(word))
}

// The canonical text of a number, SIM or handset; none for a short code or a name.
fn read_subject(text: &str, region: Region) -> Option<String> {
    read_target(text, region).ok().filter(|target| target.starts_with('+') || target.len() >= 14)
}

// Adds a claim that is new; whether the text can be read as a target.
fn claim(text: &str, line: &str, weight: Weight, region: Region, found: &mut Vec<Claim>) -> bool {
    let Some(target) = read_subject(text, region) else { return false };
    if !found.iter().any(|known| known.target == target) {
        found.push(Claim { target, line: line.to_owned(), weight });
    }
    true
}

/// Chooses the target among the claims by the rows.
///
/// # Errors
/// User kind when the file states several targets outright and the rows do not tell whose data they are, or the number
/// given by the user is in no row.
pub fn choose(sheet: &Sheet<'_>, claims: &[Claim], given: Option<&str>, mapping: &mut Mapping) -> Result<(), Problem> {
    let rows = Parties::from_mapping(sheet, mapping);
    if let Some(given) = given {
        return rows.check_given(given, claims).map(|()| take_given(given, mapping));
    }
    let outright: Vec<&Claim> = claims.iter().filter(|claim| claim.weight == Weight::Outright).collect();
    let rest: Vec<&Claim> = claims.iter().filter(|claim| claim.weight != Weight::Outright).collect();
    match &outright[..] {
        [] => {}
        [only] => {
            apply_claim(only, mapping);
            if (rows.both || rows.owned) && rows.share(&only.target) == 0.0 && only.target.starts_with('+') {
                let (target, line) = (&only.target, only.line.trim());
                mapping.remarks.push(format!(
                    "{target} is the target, as the line \u{201c}{line}\u{201d} says, but is not a party in any of the \
                     first rows"
                ));
            }
            return Ok(());
        }
        several => {
            let met: Vec<&&Claim> = several.iter().filter(|claim| rows.share(&claim.target) > 0.0).collect();
            match &met[..] {
                [one] => apply_claim(one, mapping),
                [] if rows.both => {}
                [] => return Err(several_targets(several)),
                _ if rows.both => {}
                _ => return Err(several_targets(several)),
            }
            return Ok(());
        }
    }
    if mapping.table != Table::Communications {
        if let Some(key) = rest.iter().find(|claim| claim.weight == Weight::Key) {
            apply_claim(key, mapping);
        }
        return Ok(());
    }
    // What the rows bear out: a party of most of them; or, where rows name one party, the only
    // number that is none of those.
    let met: Vec<&&Claim> = rest.iter().filter(|claim| rows.share(&claim.target) > 0.5).collect();
    let unmet: Vec<&&Claim> = rest.iter().filter(|claim| rows.share(&claim.target) == 0.0).collect();
    let chosen = match (&met[..], &unmet[..]) {
        ([one], _) if rows.both || rows.owned || rows.share(&one.target) == 1.0 => Some(*one),
        ([], [one]) if !rows.both && !rows.owned => Some(*one),
        _ => None,
    };
    if let Some(claim) = chosen {
        apply_claim(claim, mapping);
        let (target, line) = (&claim.target, claim.line.trim());
        mapping.remarks.push(format!("{target} is read as the target, from \u{201c}{line}\u{201d}"));
    }
    Ok(())
}

/// Takes the target that the user gives, where a profile reads the file.
///
/// # Errors
/// User kind when the file states another one.
pub fn give(given: &str, mapping: &mut Mapping) -> Result<(), Problem> {
    if let Some(stated) = mapping.target.as_deref().filter(|stated| *stated != given) {
        return Err(Problem::user(format!("the file states a target other than {given}"))
            .because(format!("a line above the header states {stated}"))
            .hint("check the number, or add the file without `--target`"));
    }
    take_given(given, mapping);
    Ok(())
}

fn take_given(given: &str, mapping: &mut Mapping) {
    mapping.target = Some(given.to_owned());
    mapping.remarks.push(format!("{given} is the target as given with --target, not as the file states"));
}

fn apply_claim(claim: &Claim, mapping: &mut Mapping) {
    mapping.target = Some(claim.target.clone());
    mapping.preamble.push(("target".into(), claim.target.clone()));
}

fn several_targets(claims: &[&Claim]) -> Problem {
    let named: Vec<&str> = claims.iter().map(|claim| claim.target.as_str()).collect();
    Problem::user("the file states several targets, and its rows do not show whose data they are")
        .because(format!("the lines above the header name {}", named.join(", ")))
        .hint("split the file by target, or name the one target with `--target 07\u{2026}`")
}

/// The parties of the sample's rows.
struct Parties {
    rows: Vec<BTreeSet<String>>,
    /// Rows name a caller and a called party.
    both: bool,
    /// Rows name the party whose data they are.
    owned: bool,
}

impl Parties {
    fn from_mapping(sheet: &Sheet<'_>, mapping: &Mapping) -> Self {
        let fields = [Field::A, Field::B, Field::Own, Field::Other, Field::Target];
        let mut rows = vec![BTreeSet::new(); sheet.rows.len()];
        for field in fields.into_iter().filter(|field| mapping.has(*field)) {
            for (row, number) in rows.iter_mut().zip(owner::numbers(sheet, mapping.column(field), mapping.region)) {
                row.extend(number);
            }
        }
        let has = |field| mapping.has(field);
        let both = has(Field::A) && has(Field::B);
        // A bare `Number` alone is somebody's; whose, is what is asked here.
        let owned = has(Field::Target) || (has(Field::Own) && (has(Field::Other) || has(Field::A) || has(Field::B)));
        Self { rows, both, owned }
    }

    // The share of rows that a number is a party of.
    fn share(&self, number: &str) -> f32 {
        let met = self.rows.iter().filter(|row| row.contains(number)).count();
        if met == 0 { 0.0 } else { met as f32 / self.rows.len() as f32 }
    }

    fn check_given(&self, given: &str, claims: &[Claim]) -> Result<(), Problem> {
        let outright = claims.iter().find(|claim| claim.weight == Weight::Outright && claim.target != given);
        if let Some(claim) = outright
            && !claims.iter().any(|claim| claim.target == given)
        {
            return Err(Problem::user(format!("the file states a target other than {given}"))
                .because(format!("the line \u{201c}{}\u{201d} states {}", claim.line.trim(), claim.target))
                .hint("check the number, or add the file without `--target`"));
        }
        if given.starts_with('+') && (self.both || self.owned) && !self.rows.is_empty() && self.share(given) == 0.0 {
            return Err(Problem::user(format!("{given} is in none of the first rows"))
                .because("the rows name other parties only")
                .hint("check the number that was given with `--target`"));
        }
        Ok(())
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
        let dated = matches!(c, '/' | ':') || (plain.starts_with("20") && matches!(plain.len(), 8 | 10 | 12 | 14));
        if !dated && (10..=16).contains(&plain.trim_start_matches('+').len()) {
            found.push(plain);
        }
        run.clear();
    }
    found
}
