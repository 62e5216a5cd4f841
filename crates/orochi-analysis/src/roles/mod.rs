//! Who does what for a line (method `roles`; statement: `docs/methods/roles.md`): hypotheses, each with what
//! speaks for it and against.
//!
//! What may surprise a reader:
//! - A number may have several roles, and most numbers have none. Nothing here says who a person is.
//! - Somebody who shows the marks of an exploited child or adult gets a safeguarding referral, in other words and
//!   without a rank, beside whatever role the data suggests: both may be true, and the referral comes first.

mod close;
mod marks;
mod rows;
mod settings;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use orochi_colocation::Model;
use orochi_model::{finding::Reason, method::Method, method::Used, problem::Problem, sentence::Sentence};
use serde::Serialize;

use crate::attribution::{self, AttributeReport};
use crate::colocation::registered::Registered;
use crate::next::known::Known;
use crate::settings::Settable;
use crate::tables::Tables;
use crate::{colocation, lines, next, succession};

pub use settings::Settings;

/// This method.
pub const METHOD: Method = Method { name: "roles", version: "1" };

/// What a number may be to a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Had the line's phone for a time.
    Holder,
    /// Directs those who have it, without selling.
    Controller,
    /// Works for the line: the line seeks the number out, or does not text it as it texts customers.
    Runner,
    /// Is in contact with holders or controllers before the line announces.
    Supplier,
    /// Buys.
    Customer,
}

/// Who does what.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RolesReport {
    /// Name, version and settings of the method.
    pub method: Used,
    /// Each flagged line's numbers.
    pub lines: Vec<Vec<String>>,
    /// Hypotheses, by line, role and number.
    pub findings: Vec<Finding>,
    /// People who may need protection, by number.
    pub safeguarding: Vec<Referral>,
}

/// A number may have a role for a line.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Finding {
    /// The line: its first number.
    pub line: String,
    /// The number.
    pub number: String,
    /// What it may be.
    pub role: Role,
    /// Why, and why not.
    pub reasons: Vec<Reason>,
}

/// A suggestion to refer somebody for protection.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Referral {
    /// The number of the person's phone.
    pub number: String,
    /// The line it is about.
    pub line: String,
    /// What is suggested.
    pub statement: Sentence,
    /// What the data shows.
    pub reasons: Vec<Reason>,
}

/// What is known of one line.
pub(crate) struct Line {
    /// Its numbers, the first seen first.
    pub numbers: Vec<String>,
    /// The same as ids of [`Known`].
    pub ids: Vec<u32>,
    /// Who had its phone; none where no cells of its own are held.
    pub attributed: AttributeReport,
}

/// Roles around every flagged line, from the views `events`, `event_records`, `records`, `presences`, `cells`,
/// `handsets`, `topups` and `postcodes`.
///
/// # Errors
/// When the views cannot be read.
pub fn roles(tables: &dyn Tables, settings: &Settings, model: &Model) -> Result<RolesReport, Problem> {
    Ok(with_attribution(tables, settings, model)?.0)
}

/// The same with what it rests on: who had the phone of each flagged line, in the order of [`RolesReport::lines`].
///
/// # Errors
/// As [`roles`].
pub fn with_attribution(
    tables: &dyn Tables,
    settings: &Settings,
    model: &Model,
) -> Result<(RolesReport, Vec<AttributeReport>), Problem> {
    let asking = next::Settings::default();
    let known = Known::load(tables, &[])?;
    let mut findings = Vec::new();
    let mut safeguarding = BTreeMap::new();
    let registered = Registered::load(tables)?;
    let all = flagged(&registered, &known, model)?;
    for line in &all {
        let roles = close::roles(&known, line, settings, &asking);
        let wanted: BTreeSet<(u32, u32)> = roles.iter().flat_map(|role| role.between.iter().copied()).collect();
        let rows = rows::between(tables, &known, &wanted, settings.evidence_rows as usize)?;
        for role in &roles {
            findings.push(words::finding(&known, line, role, &rows, settings)?);
        }
        for referral in marks::referrals(&registered, &known, line, &roles, settings)? {
            safeguarding.entry((referral.number.clone(), referral.line.clone())).or_insert(referral);
        }
    }
    findings.sort_by(|x, y| (&x.line, x.role, &x.number).cmp(&(&y.line, y.role, &y.number)));
    let (lines, attributed) = all.into_iter().map(|line| (line.numbers, line.attributed)).unzip();
    let safeguarding = safeguarding.into_values().collect();
    Ok((RolesReport { method: METHOD.used(settings.list()), lines, findings, safeguarding }, attributed))
}

/// Lines of which a number is flagged, with who had their phones.
fn flagged(registered: &Registered<'_>, known: &Known, model: &Model) -> Result<Vec<Line>, Problem> {
    let flagged = lines::flagged(registered.tables, &lines::Settings::default())?;
    if flagged.is_empty() {
        return Ok(Vec::new());
    }
    let pairs = succession::succession(registered.tables, &succession::Settings::default())?;
    let known_lines = pairs.lines(&flagged);
    let (settings, weighing) = (attribution::Settings::default(), colocation::Settings::default());
    let attributing = attribution::Lines::new(registered, &settings, &weighing, model, &known_lines);
    let mut met: BTreeSet<String> = BTreeSet::new();
    let mut all = Vec::new();
    for number in &flagged {
        if met.contains(number) {
            continue;
        }
        let mut numbers = pairs.chain(number);
        met.extend(numbers.iter().cloned());
        let first = |number: &String| known.find(number).map_or(i64::MAX, |id| known.number(id).first);
        numbers.sort_by_key(|number| (first(number), number.clone()));
        let names: Vec<&str> = numbers.iter().map(String::as_str).collect();
        let attributed = attributing.attribute(&names, &[])?;
        let ids = numbers.iter().filter_map(|number| known.find(number)).collect();
        all.push(Line { numbers, ids, attributed });
    }
    Ok(all)
}
