//! What to ask for next (method `next`; statement: `docs/methods/next.md`).
//!
//! From the data held: which identifier's data would most change what is known of a line, in the order in which an investigation
//! asks its questions, each application with its period, its reasons and the intrusion to expect. It proposes; a person applies.

mod ask;
mod known;
mod settings;
mod words;

use jiff::Timestamp;
use orochi_model::{
    evidence::Evidence,
    method::{Method, Setting},
    problem::Problem,
    sentence::Sentence,
};
use serde::Serialize;

use crate::lines;
use crate::settings::Settable;
use crate::tables::{Tables, numbers, texts};
use ask::{Ask, Question, Suspect};
use known::{DAY, Known};

pub use settings::Settings;

/// This method.
pub const METHOD: Method = Method { name: "next", version: "1" };

/// Applications worth making, best first.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NextReport {
    /// Name, version and settings of the method.
    pub method: Used,
    /// The numbers taken for possible lines.
    pub lines: Vec<PossibleLine>,
    /// What to apply for, best first.
    pub applications: Vec<Application>,
}

/// A method as it was used.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Used {
    /// Its name.
    pub name: &'static str,
    /// Its version.
    pub version: &'static str,
    /// Its settings in this run.
    pub settings: Vec<Setting>,
}

/// A number taken for a possible line.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PossibleLine {
    /// The number.
    pub number: String,
    /// Score of the method `lines`.
    pub score: f64,
    /// Whether that method flags it.
    pub flagged: bool,
    /// Whether its own call data is held.
    pub held: bool,
}

/// One application.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Application {
    /// A number (E.164) or the first 14 digits of an IMEI.
    pub identifier: String,
    /// `call data` of a number, or `handset history` of an IMEI.
    pub data: &'static str,
    /// First instant asked for, RFC 3339 in UTC.
    pub from: String,
    /// Last instant asked for.
    pub to: String,
    /// The possible line it is about.
    pub line: String,
    /// For the necessity section.
    pub necessity: Sentence,
    /// For the proportionality section.
    pub proportionality: Sentence,
    /// Uninvolved numbers to expect in the result.
    pub collateral: Collateral,
    /// Rows of the data held that are its ground.
    pub evidence: Vec<Evidence>,
}

/// Expected collateral intrusion: uninvolved numbers in the result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Collateral {
    /// The middle of what is to be expected.
    pub numbers: Option<usize>,
    /// Least.
    pub low: Option<usize>,
    /// Most.
    pub high: Option<usize>,
    /// What the estimate rests on, in words.
    pub basis: String,
}

/// Proposes applications from the views `events`, `event_records`, `records` and `handsets`.
///
/// # Errors
/// When the views cannot be read.
pub fn next(tables: &dyn Tables, settings: &Settings, lines: &lines::Settings) -> Result<NextReport, Problem> {
    let known = Known::load(tables)?;
    let suspects = suspects(tables, &known, settings, lines)?;
    let mut asks = ask::asks(&known, &suspects, settings);
    asks.truncate(settings.most as usize);
    let applications =
        asks.iter().map(|ask| application(tables, &known, ask, settings)).collect::<Result<_, Problem>>()?;
    Ok(NextReport {
        method: Used { name: METHOD.name, version: METHOD.version, settings: settings.list() },
        lines: suspects
            .iter()
            .map(|suspect| {
                let number = known.number(suspect.id);
                PossibleLine {
                    number: number.name.clone(),
                    score: suspect.score,
                    flagged: suspect.flagged,
                    held: number.held(),
                }
            })
            .collect(),
        applications,
    })
}

/// Flagged numbers; where there is none, the few highest that can be rung.
fn suspects(
    tables: &dyn Tables,
    known: &Known,
    settings: &Settings,
    lines: &lines::Settings,
) -> Result<Vec<Suspect>, Problem> {
    let report = lines::lines(tables, lines)?;
    let mut suspects = Vec::new();
    let mut flagged = false;
    for finding in report.findings() {
        let finding = finding?;
        if finding.score < settings.suspect_score && !finding.flagged {
            break;
        }
        let Some(id) = known.find(&finding.number).filter(|id| known.number(*id).is_number()) else { continue };
        flagged |= finding.flagged;
        // A number whose data is held and that is not flagged has been looked at; it is no open question.
        if finding.flagged || (!known.number(id).held() && suspects.len() < settings.suspects as usize) {
            suspects.push(Suspect { id, score: finding.score, flagged: finding.flagged });
        }
    }
    if flagged {
        suspects.retain(|suspect| suspect.flagged);
    }
    Ok(suspects)
}

fn application(tables: &dyn Tables, known: &Known, ask: &Ask, settings: &Settings) -> Result<Application, Problem> {
    let collateral = collateral(known, ask);
    Ok(Application {
        identifier: ask.identifier.clone(),
        data: if ask.question == Question::Handset { "handset history" } else { "call data" },
        from: rfc3339(ask.from)?,
        to: rfc3339(ask.to)?,
        line: known.number(ask.line).name.clone(),
        necessity: words::necessity(known, ask)?,
        proportionality: words::proportionality(ask, &collateral)?,
        collateral,
        evidence: evidence(tables, known, ask, settings)?,
    })
}

/// What other numbers met in as many days, as far as their data is held.
fn collateral(known: &Known, ask: &Ask) -> Collateral {
    if ask.question == Question::Handset {
        return Collateral {
            numbers: Some(1),
            low: Some(0),
            high: Some(3),
            basis: "a handset is seldom used with more than a few numbers (assumed)".into(),
        };
    }
    let days = ((ask.to - ask.from) / DAY + 1).max(1);
    let company = known.company(days);
    // Those already known are in the data held, whatever the result brings.
    let met = known.find(&ask.identifier).map_or(0, |id| known.number(id).contacts.len());
    let new = |size: usize| size.saturating_sub(met);
    Collateral {
        numbers: company.get(company.len() / 2).copied().map(new),
        low: company.first().copied().map(new),
        high: company.last().copied().map(new),
        basis: match company.len() {
            0 => "no number's own data is held to estimate it from".into(),
            1 => format!("so many different numbers were met in {days} days by the one number whose data is held"),
            n => format!("so many different numbers were met in {days} days by the {n} numbers whose data is held"),
        },
    }
}

/// The first rows of the contacts that are the ground.
fn evidence(tables: &dyn Tables, known: &Known, ask: &Ask, settings: &Settings) -> Result<Vec<Evidence>, Problem> {
    let quoted = |text: &str| format!("'{}'", text.replace('\'', "''"));
    let most = settings.evidence_rows as usize;
    let sql = if let (Question::Handset | Question::SameHandset, Some(imei)) = (
        ask.question,
        known.number(ask.line).handsets.keys().find(|imei| {
            **imei == ask.identifier || known.histories.get(*imei).is_some_and(|list| list.contains(&ask.identifier))
        }),
    ) {
        let line = quoted(&known.number(ask.line).name);
        format!(
            "SELECT exhibit, sheet, \"row\" FROM records WHERE imei = {} AND (a = {line} OR b = {line}) ORDER BY start, exhibit, \"row\" LIMIT {most}",
            quoted(imei)
        )
    } else {
        let other = if ask.question == Question::AfterSilence || ask.question == Question::Crew {
            known.number(ask.line).name.as_str()
        } else {
            ask.identifier.as_str()
        };
        let mut grounds: Vec<&str> = ask.grounds.iter().map(|id| known.number(*id).name.as_str()).collect();
        if ask.question == Question::AfterSilence || ask.question == Question::Crew {
            grounds = vec![ask.identifier.as_str()];
        }
        let list = grounds.iter().map(|name| quoted(name)).collect::<Vec<_>>().join(", ");
        if list.is_empty() {
            return Ok(Vec::new());
        }
        let other = quoted(other);
        format!(
            "SELECT exhibit, sheet, \"row\" FROM events WHERE (a = {other} AND b IN ({list})) OR (b = {other} AND a IN ({list})) \
             ORDER BY start, exhibit, \"row\" LIMIT {most}"
        )
    };
    let mut rows = Vec::new();
    tables.stream(&sql, &mut |batch| {
        let (exhibit, sheet) = (texts(&batch, "exhibit")?, texts(&batch, "sheet")?);
        let row = numbers::<arrow::datatypes::UInt64Type>(&batch, "row")?;
        for i in 0..batch.num_rows() {
            rows.push(Evidence {
                exhibit: exhibit.get(i).unwrap_or_default().to_owned(),
                sheet: sheet.get(i).map(str::to_owned),
                row: row.value(i),
            });
        }
        Ok(())
    })?;
    rows.sort();
    Ok(rows)
}

fn rfc3339(us: i64) -> Result<String, Problem> {
    let at = Timestamp::from_microsecond(us)
        .map_err(|e| Problem::data("an event's start is outside the calendar").because(e))?;
    Ok(at.to_string())
}
