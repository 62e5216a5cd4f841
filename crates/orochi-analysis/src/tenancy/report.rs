//! What the method gives: findings about SIMs and handsets, and the tenancies themselves.

use orochi_model::{finding::Reason, locator::Locator, method::Used, problem::Problem};
use serde::Serialize;

use super::spells::HandsetSpell;
use crate::handsets::TenancyFindingKind;
use crate::tables::rfc3339;

/// Which SIM sat in which handset, and what follows. Serialises as
/// `{"method":{"name","version","settings"},"findings":[…],"tenancies":[…]}`.
#[derive(Clone, Debug, Serialize)]
pub struct TenancyReport {
    /// Name, version and settings of the method.
    pub method: Used,
    /// By kind and time.
    pub findings: Vec<TenancyFinding>,
    /// By SIM and time.
    pub tenancies: Vec<Tenancy>,
}

/// What is said of a SIM or a handset.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TenancyFinding {
    /// `cloned`, `sim-swap`, `handset-swap`, `dual-sim`, `shared`.
    pub kind: TenancyFindingKind,
    /// The SIMs (IMSI, else number), in the order in which they are seen.
    pub sims: Vec<String>,
    /// Their numbers, where known.
    pub numbers: Vec<String>,
    /// The handsets (first 14 digits of the IMEI), in the order in which they are seen.
    pub handsets: Vec<String>,
    /// RFC 3339 in UTC: when it was first seen, and last. Of a swap, the last use before and the first after it.
    pub from: String,
    /// See `from`.
    pub to: String,
    /// Why, those for it first.
    pub reasons: Vec<Reason>,
}

/// A SIM in a handset with a number over a period.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Tenancy {
    /// The number.
    pub number: Option<String>,
    /// The SIM.
    pub imsi: Option<String>,
    /// First 14 digits of the IMEI.
    pub imei: Option<String>,
    /// Start of the first record, RFC 3339 in UTC.
    pub from: String,
    /// End of the last.
    pub to: String,
    /// How many records; 0 where nothing but an operator's handset history says so.
    pub records: u64,
    /// The first record's row, else the history's.
    pub evidence: Vec<Locator>,
}

impl Tenancy {
    pub(super) fn from_spell(spell: HandsetSpell) -> Result<Self, Problem> {
        Ok(Self {
            from: rfc3339(spell.from)?,
            to: rfc3339(spell.to)?,
            number: spell.number,
            imsi: spell.imsi,
            imei: spell.imei,
            records: spell.records,
            evidence: vec![spell.evidence],
        })
    }
}
