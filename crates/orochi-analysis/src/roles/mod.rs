//! Who does what for a line (method `roles`; statement: `docs/methods/roles.md`): hypotheses, each with what
//! speaks for it and against.
//!
//! What may surprise a reader:
//! - A number may have several roles, and most numbers have none. Nothing here says who a person is.
//! - Somebody who shows the marks of an exploited child or adult gets a safeguarding referral, in other words and
//!   without a rank, beside whatever role the data suggests: both may be true, and the referral comes first.

mod role_rules;
mod rows;
mod safeguarding;
mod settings;
mod words;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use orochi_model::{finding::Reason, method::Method, method::Used, problem::Problem, sentence::Sentence};
use serde::Serialize;

use crate::attribution::AttributionReport;
use crate::facts::burst;
use crate::registrations::CaseRegistrations;
use crate::settings::Settable;
use crate::traffic::graph::ContactGraph;
use role_rules::RoleRules;

pub use settings::Settings;

/// This method.
pub const METHOD: Method = Method { name: "roles", version: "2" };

/// What a number may be to a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Had the line's phone for a time.
    Holder,
    /// Directs those who have it, without selling.
    Controller,
    /// Works for the line: the line seeks the number out, or leaves it out of its bulk texts.
    Runner,
    /// Is in contact with holders or controllers before the line announces.
    Supplier,
    /// Buys: of the line's customer base, as it received bulk texts.
    Customer,
    /// Comes back to the line of its own accord and is not of its customer base.
    RepeatContact,
}

impl Role {
    /// Whether it is a part in working the line, and not one of those whom it serves or who are in contact with it.
    pub fn works(self) -> bool {
        match self {
            Self::Holder | Self::Controller | Self::Runner | Self::Supplier => true,
            Self::Customer | Self::RepeatContact => false,
        }
    }
}

/// Who does what.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RolesReport {
    /// Name, version and settings of the method.
    pub method: Used,
    /// Each flagged line's numbers.
    pub lines: Vec<Vec<String>>,
    /// Hypotheses, by line, role and number.
    pub findings: Vec<RoleFinding>,
    /// People who may need protection, by number.
    pub safeguarding: Vec<Referral>,
}

/// A number may have a role for a line.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RoleFinding {
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

/// A line with who had its phone.
#[derive(Clone, Debug)]
pub struct AttributedLine {
    /// Its numbers, the first seen first.
    pub numbers: Vec<String>,
    /// Who had its phone; without findings where no cells of its own are held.
    pub attributed: Arc<AttributionReport>,
    /// The numbers as ids of [`ContactGraph`].
    ids: Vec<u32>,
}

impl AttributedLine {
    /// A line of a case.
    pub fn new(known: &ContactGraph, numbers: Vec<String>, attributed: Arc<AttributionReport>) -> Self {
        let ids = numbers.iter().filter_map(|number| known.find(number)).collect();
        Self { numbers, attributed, ids }
    }
}

/// Roles around lines. Besides what is given it reads the views `events`, `event_records`, `records`, `presences`,
/// `cells` and `postcodes`. `applications` holds whom the method `applications` takes to be sought out, left out and to
/// come back; `bursts` is the rule of a burst.
///
/// # Errors
/// When the views cannot be read.
pub fn roles(
    registrations: &CaseRegistrations<'_>,
    known: &ContactGraph,
    settings: &Settings,
    applications: &crate::applications::Settings,
    bursts: burst::BurstRule,
    lines: &[AttributedLine],
) -> Result<RolesReport, Problem> {
    let mut findings = Vec::new();
    let mut safeguarding = BTreeMap::new();
    for line in lines {
        let roles = RoleRules::new(known, line, settings, applications, bursts).roles();
        let wanted: BTreeSet<(u32, u32)> = roles.iter().flat_map(|role| role.between.iter().copied()).collect();
        let rows = rows::rows_by_pair(registrations.tables, known, &wanted, settings.evidence_rows as usize)?;
        for role in &roles {
            findings.push(words::finding(known, line, role, &rows, settings)?);
        }
        for referral in safeguarding::referrals(registrations, known, line, &roles, settings)? {
            safeguarding.entry((referral.number.clone(), referral.line.clone())).or_insert(referral);
        }
    }
    findings.sort_by(|x, y| (&x.line, x.role, &x.number).cmp(&(&y.line, y.role, &y.number)));
    Ok(RolesReport {
        method: METHOD.used(settings.list()),
        lines: lines.iter().map(|line| line.numbers.clone()).collect(),
        findings,
        safeguarding: safeguarding.into_values().collect(),
    })
}
