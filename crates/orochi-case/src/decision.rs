//! What a person decided about the case, with author, time, reason and source.
//!
//! A decision is added and never altered: a later one takes it back and both stay to be read. What is in force is
//! worked out from all of them in their order ([`crate::line`]), so that the same decisions give the same state
//! anywhere.

use orochi_model::problem::Problem;
use rusqlite::{Connection, Transaction, types::Type};
use serde::{Deserialize, Serialize};

use crate::{
    actor::{Actor, Via},
    audit::{Action, Draft},
    case::Case,
    catalogue::sql,
    exhibit,
    line::{self, CaseLine},
};

/// What was chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "choice", rename_all = "snake_case")]
pub enum Choice {
    /// A line gets a stable id.
    OpenLine {
        /// What users of it or the investigation call it.
        name: String,
    },
    /// The line is called something else from now on.
    RenameLine {
        /// Its new name.
        name: String,
    },
    /// A number belongs to the line for a period.
    AddNumber {
        /// Canonical text (see `orochi_model::party`).
        number: String,
        /// First instant, microseconds since 1970, UTC; open when none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from_us: Option<i64>,
        /// First instant after it, microseconds since 1970, UTC; open when none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to_us: Option<i64>,
    },
    /// An earlier decision no longer holds.
    Undo {
        /// Its number.
        decision: u64,
    },
}

impl Choice {
    /// The choice in words, for the log and for tables.
    pub fn words(&self) -> String {
        match self {
            Self::OpenLine { name } => format!("opened as “{name}”"),
            Self::RenameLine { name } => format!("renamed “{name}”"),
            Self::AddNumber { number, .. } => format!("{number} added"),
            Self::Undo { decision } => format!("decision {decision} taken back"),
        }
    }
}

/// A decision as the catalogue holds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Decision {
    /// From 1, in the order they were taken.
    pub decision: u64,
    /// The line that it is about.
    pub line: Option<String>,
    /// What was chosen.
    #[serde(flatten)]
    pub choice: Choice,
    /// Why.
    pub reason: String,
    /// The exhibit that it rests on.
    pub exhibit: Option<String>,
    /// When, RFC 3339, UTC.
    pub decided: String,
    /// By whom.
    pub actor: Actor,
    /// The decision that took it back.
    pub undone_by: Option<u64>,
}

/// A choice, why it was made, and on what it rests.
#[derive(Clone, Debug)]
pub struct Resolution {
    /// What is chosen.
    pub choice: Choice,
    /// Why; not empty.
    pub reason: String,
    /// Label of the exhibit that it rests on.
    pub exhibit: Option<String>,
}

const QUERY: &str = "SELECT d.id, l.label, d.choice, d.reason, d.exhibit, d.decided, a.name, a.via \
    FROM decisions d JOIN actors a ON a.id = d.actor LEFT JOIN lines l ON l.id = d.line ORDER BY d.id";

/// All decisions in their order.
pub(crate) fn list(connection: &Connection) -> Result<Vec<Decision>, Problem> {
    let mut query = connection.prepare(QUERY).map_err(sql)?;
    let rows = query.query_map([], |row| {
        let choice = serde_json::from_str(&row.get::<_, String>(2)?)
            .map_err(|error| rusqlite::Error::FromSqlConversionFailure(2, Type::Text, Box::new(error)))?;
        let via = row.get::<_, String>(7)?;
        let via =
            Via::from_name(&via).ok_or_else(|| rusqlite::Error::InvalidColumnType(7, "via".to_owned(), Type::Text))?;
        Ok(Decision {
            decision: row.get(0)?,
            line: row.get(1)?,
            choice,
            reason: row.get(3)?,
            exhibit: row.get(4)?,
            decided: row.get(5)?,
            actor: Actor { name: row.get(6)?, via },
            undone_by: None,
        })
    });
    let mut decisions = rows.map_err(sql)?.collect::<Result<Vec<_>, _>>().map_err(sql)?;
    for index in 0..decisions.len() {
        if let Choice::Undo { decision } = decisions[index].choice {
            let by = decisions[index].decision;
            if let Some(undone) = decisions.iter_mut().find(|one| one.decision == decision) {
                undone.undone_by = Some(by);
            }
        }
    }
    Ok(decisions)
}

impl Case {
    /// All decisions, in the order they were taken, those taken back among them.
    ///
    /// # Errors
    /// When the catalogue cannot be read.
    pub fn decisions(&self) -> Result<Vec<Decision>, Problem> {
        list(&self.connection())
    }

    /// Opens a line under the next label; returns the line.
    ///
    /// # Errors
    /// User kind when name or reason is empty or there is no such exhibit.
    pub fn open_line(&self, name: &str, reason: &str, exhibit: Option<&str>) -> Result<CaseLine, Problem> {
        let resolution = Resolution {
            choice: Choice::OpenLine { name: name.trim().to_owned() },
            reason: reason.trim().to_owned(),
            exhibit: exhibit.map(str::to_owned),
        };
        self.take_decision(None, resolution)
    }

    /// Takes a decision about a line; returns the line as it is after it.
    ///
    /// # Errors
    /// User kind when there is no such line, exhibit, or decision to take back; when the reason is empty; or when the
    /// choice contradicts decisions in force, with their numbers.
    pub fn decide(&self, label: &str, resolution: Resolution) -> Result<CaseLine, Problem> {
        self.take_decision(Some(label), resolution)
    }

    fn take_decision(&self, label: Option<&str>, resolution: Resolution) -> Result<CaseLine, Problem> {
        if resolution.reason.trim().is_empty() {
            return Err(Problem::user("a decision needs a reason").hint("give one with --reason; it goes into the log"));
        }
        self.commit(|transaction| {
            let exhibit = match &resolution.exhibit {
                Some(label) => Some(exhibit::existing(transaction, label)?.label),
                None => None,
            };
            let decisions = list(transaction)?;
            let label = match label {
                Some(label) => line::labelled(&decisions, label)?.line,
                None => new_label(transaction)?,
            };
            line::check(&decisions, &label, &resolution.choice)?;
            let decision = insert(transaction, &label, &resolution, exhibit.as_deref(), self.actor())?;
            let now = line::labelled(&list(transaction)?, &label);
            let now = now.or_else(|problem| match resolution.choice {
                // The decision that opened it was taken back: what is left of it is its label.
                Choice::Undo { .. } => Ok(CaseLine::closed(&label)),
                _ => Err(problem),
            })?;
            let what = format!("line {label}: {}", resolution.choice.words());
            let mut detail = serde_json::json!({
                "decision": decision, "reason": resolution.reason, "exhibit": exhibit,
            });
            if let (Some(detail), Ok(serde_json::Value::Object(choice))) =
                (detail.as_object_mut(), serde_json::to_value(&resolution.choice))
            {
                detail.extend(choice);
            }
            Ok((now, vec![Draft { action: Action::Alter, what, detail }]))
        })
    }
}

/// The label after the last one ever given, and its row.
fn new_label(transaction: &Transaction<'_>) -> Result<String, Problem> {
    let last: u64 =
        transaction.query_row("SELECT coalesce(max(id), 0) FROM lines", [], |row| row.get(0)).map_err(sql)?;
    let label = format!("LN{:04}", last + 1);
    transaction.execute("INSERT INTO lines (id, label) VALUES (?1, ?2)", (last + 1, &label)).map_err(sql)?;
    Ok(label)
}

fn insert(
    transaction: &Transaction<'_>,
    label: &str,
    resolution: &Resolution,
    exhibit: Option<&str>,
    actor: &Actor,
) -> Result<u64, Problem> {
    let now = jiff::Timestamp::now().to_string();
    let choice = serde_json::to_string(&resolution.choice)
        .map_err(|error| Problem::bug("a decision cannot be written as JSON").because(error))?;
    transaction
        .execute(
            "INSERT OR IGNORE INTO actors (name, via, since) VALUES (?1, ?2, ?3)",
            (&actor.name, actor.via.name(), &now),
        )
        .map_err(sql)?;
    transaction
        .execute(
            "INSERT INTO decisions (line, choice, reason, exhibit, decided, actor) VALUES \
             ((SELECT id FROM lines WHERE label = ?1), ?2, ?3, ?4, ?5, \
              (SELECT id FROM actors WHERE name = ?6 AND via = ?7))",
            (label, &choice, resolution.reason.trim(), exhibit, &now, &actor.name, actor.via.name()),
        )
        .map_err(sql)?;
    u64::try_from(transaction.last_insert_rowid())
        .map_err(|error| Problem::bug("a decision has no number").because(error))
}
