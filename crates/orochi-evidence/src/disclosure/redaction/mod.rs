//! Third parties' identifiers replaced by pseudonyms, chosen by role, with a ledger kept apart.
//!
//! A number that is replaced is `NUMBER-0001` wherever it stood: in tables, findings, the words of a reason, the text
//! as disclosed. SIMs and handsets seen with such numbers only are replaced likewise. Where such a number is the
//! subject of a row, what else would name or place its user (name, address, cells) is withheld, and
//! its presences are left out.
//!
//! What may surprise:
//! - Roles are hypotheses of the method `roles`. Whoever discloses decides: the ledger has a column `decision`, and
//!   `keep` leaves an identifier as it is.
//! - Pseudonyms are stable because the ledger is read again, not because they are worked out from the numbers: a number
//!   worked into a hash could be found by trying all numbers.
//! - Everything is searched for digits, also where no identifier is expected. What still holds a replaced identifier's
//!   digits in a form that is not understood is withheld whole.

mod batch;
mod ledger;
mod text;

use std::collections::{BTreeMap, BTreeSet};

use arrow::array::RecordBatch;
use orochi_case::Engine;
use orochi_model::problem::Problem;
use serde_json::Value;

use orochi_tables::columns::texts;

pub use ledger::{Entry, IdentifierKind, Ledger};
use text::Search;

/// What stands where a text is withheld.
pub(super) const WITHHELD: &str = "[withheld]";

/// Whose identifiers are replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Party {
    /// A hypothesis of the method `roles`.
    Holder,
    /// See `Holder`.
    Controller,
    /// See `Holder`.
    Runner,
    /// See `Holder`.
    Supplier,
    /// See `Holder`; also a repeat contact, who may buy as well.
    Customer,
    /// A number with a safeguarding referral.
    Safeguarding,
    /// A number of no line and no role.
    Other,
}

impl Party {
    /// All, in the order of the help.
    pub const ALL: [Self; 7] =
        [Self::Other, Self::Customer, Self::Safeguarding, Self::Runner, Self::Supplier, Self::Controller, Self::Holder];

    /// Its word on the command line and in the ledger.
    pub fn word(self) -> &'static str {
        match self {
            Self::Holder => "holders",
            Self::Controller => "controllers",
            Self::Runner => "runners",
            Self::Supplier => "suppliers",
            Self::Customer => "customers",
            Self::Safeguarding => "safeguarding",
            Self::Other => "others",
        }
    }
}

/// What is known of the numbers of a case.
#[derive(Clone, Debug, Default)]
pub struct KnownNumbers {
    /// Numbers of lines, which are never replaced: they are what the case is about.
    pub lines: BTreeSet<String>,
    /// Roles by number.
    pub roles: BTreeMap<String, BTreeSet<Party>>,
}

/// The replacing.
#[derive(Debug)]
pub struct Redaction {
    parties: BTreeSet<Party>,
    search: Search,
    /// Canonical identifiers that are replaced, and by what.
    replaced: BTreeMap<String, String>,
}

impl Redaction {
    /// Decides whose identifiers are replaced, and enters new ones into the ledger. `events`, `records` and
    /// `tenancies` are registered.
    ///
    /// # Errors
    /// When the tables cannot be read; user kind when the ledger contradicts itself.
    pub fn from_case(
        engine: &Engine,
        parties: &BTreeSet<Party>,
        known: &KnownNumbers,
        ledger: &mut Ledger,
    ) -> Result<Self, Problem> {
        for number in numbers(engine)? {
            if known.lines.contains(&number) {
                continue;
            }
            let roles = known.roles.get(&number).cloned().unwrap_or_else(|| BTreeSet::from([Party::Other]));
            let protected = roles.contains(&Party::Safeguarding) && parties.contains(&Party::Safeguarding);
            // Who is a customer and a runner stays where only customers are replaced.
            let mut plain = roles.iter().filter(|role| **role != Party::Safeguarding).peekable();
            if protected || (plain.peek().is_some() && plain.all(|role| parties.contains(role))) {
                let words: Vec<&str> = roles.iter().map(|role| role.word()).collect();
                ledger.enter(IdentifierKind::Number, &number, &words.join(" "));
            }
        }
        let mut replaced = ledger.replaced(IdentifierKind::Number);
        for (kind, identifier) in devices(engine, &replaced)? {
            ledger.enter(kind, &identifier, "seen with replaced numbers only");
        }
        for kind in [IdentifierKind::Sim, IdentifierKind::SimCard, IdentifierKind::Handset] {
            replaced.extend(ledger.replaced(kind));
        }
        Ok(Self { parties: parties.clone(), search: Search::from_replacements(&replaced), replaced })
    }

    /// The roles, in words.
    pub fn roles(&self) -> Vec<String> {
        self.parties.iter().map(|party| party.word().to_owned()).collect()
    }

    /// How many identifiers are replaced.
    pub fn count(&self) -> usize {
        self.replaced.len()
    }

    /// A text with identifiers replaced.
    pub fn text(&self, text: &str) -> String {
        match self.pseudonym(text) {
            Some(pseudonym) => pseudonym.to_owned(),
            None => self.search.replace(text).into_owned(),
        }
    }

    /// Whether a text holds an identifier that is replaced.
    pub fn names(&self, text: &str) -> bool {
        self.search.replace(text) != text
    }

    /// A JSON value with identifiers replaced in every text and name.
    pub fn value(&self, value: Value) -> Value {
        match value {
            Value::String(text) => self.text(&text).into(),
            Value::Array(values) => values.into_iter().map(|value| self.value(value)).collect(),
            Value::Object(fields) => {
                Value::Object(fields.into_iter().map(|(name, value)| (self.text(&name), self.value(value))).collect())
            }
            other => other,
        }
    }

    /// A batch of a table with identifiers replaced, what names or places their users withheld, and
    /// their presences left out.
    pub(super) fn batch(&self, table: &str, batch: &RecordBatch) -> Result<RecordBatch, Problem> {
        batch::redacted(self, table, batch)
    }

    /// What replaces a canonical identifier.
    fn pseudonym(&self, identifier: &str) -> Option<&str> {
        self.replaced.get(identifier).map(String::as_str)
    }
}

/// A text as it is disclosed.
pub(super) fn shown(redaction: Option<&Redaction>, text: &str) -> String {
    redaction.map_or_else(|| text.to_owned(), |redaction| redaction.text(text))
}

/// Every number of the case, in the order in which it is first met in communications, then of those met nowhere else.
fn numbers(engine: &Engine) -> Result<Vec<String>, Problem> {
    let parties = ["a", "b", "c", "target"]
        .map(|party| format!("SELECT {party} AS number, start FROM records WHERE {party} IS NOT NULL"))
        .join(" UNION ALL ");
    let others = ["subscribers", "topups", "handsets"]
        .map(|table| format!("SELECT number, NULL AS start FROM {table} WHERE number IS NOT NULL"))
        .join(" UNION ALL ");
    let sql = format!(
        "SELECT number FROM ({parties} UNION ALL {others}) GROUP BY number ORDER BY min(start) NULLS LAST, number"
    );
    let mut all = Vec::new();
    for batch in engine.stream(&sql)? {
        let numbers = texts(&batch?, "number")?;
        // A short code or a sender's name is a service's, not a person's.
        all.extend(numbers.iter().flatten().filter(|number| number.starts_with('+')).map(str::to_owned));
    }
    Ok(all)
}

/// SIMs and handsets seen with a replaced number and with no other.
fn devices(engine: &Engine, replaced: &BTreeMap<String, String>) -> Result<Vec<(IdentifierKind, String)>, Problem> {
    let sql = "SELECT DISTINCT number, imsi, iccid, imei FROM (
            SELECT number, imsi, NULL AS iccid, imei FROM tenancies
            UNION ALL SELECT number, imsi, iccid, imei FROM handsets
            UNION ALL SELECT number, imsi, iccid, imei FROM subscribers)
        ORDER BY number, imsi, iccid, imei";
    let mut with: BTreeMap<(IdentifierKind, String), (bool, bool)> = BTreeMap::new();
    for batch in engine.stream(sql)? {
        let batch = batch?;
        let numbers = texts(&batch, "number")?;
        for (kind, column) in
            [(IdentifierKind::Sim, "imsi"), (IdentifierKind::SimCard, "iccid"), (IdentifierKind::Handset, "imei")]
        {
            let identifiers = texts(&batch, column)?;
            for row in 0..batch.num_rows() {
                let (Some(number), Some(identifier)) = (numbers.get(row), identifiers.get(row)) else { continue };
                let seen = with.entry((kind, identifier.to_owned())).or_default();
                if replaced.contains_key(number) { seen.0 = true } else { seen.1 = true }
            }
        }
    }
    Ok(with.into_iter().filter(|(_, (gone, kept))| *gone && !kept).map(|(device, _)| device).collect())
}
