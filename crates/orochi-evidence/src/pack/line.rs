//! The line that is asked for: its numbers in order of time, and the communications of each.

use std::{collections::BTreeSet, sync::Arc};

use arrow::{array::Array, datatypes::Int32Type};
use orochi_analysis::{facts::owner::SIDE_IN_EVENT, tables::list, traffic::rows::JOIN};
use orochi_case::{Engine, literal};
use orochi_casework::Investigation;
use orochi_model::{locator::Locator, problem::Problem, sentence::Sentence};
use orochi_tables::columns::{RowColumns, TextColumn, numbers, texts, times, value};

use super::text::clean;

/// Most numbers named in an error.
const NAMED: usize = 8;

/// One number of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineNumber {
    /// Canonical text.
    pub number: String,
    /// First event, microseconds UTC.
    pub first: i64,
    /// Last event.
    pub last: i64,
    /// Events in all the data held.
    pub events: u64,
}

/// A number that was asked for and is in no communication.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown {
    /// That it is in none, for the documents.
    pub words: String,
    /// What may have been meant. For whoever asks alone: others' numbers have no place in a document.
    pub hint: String,
}

/// A record behind an event.
#[derive(Clone, Debug)]
pub struct Record {
    /// Its row.
    pub row: Locator,
    /// Whose record it is: `A`, `B`, `C`, or nothing when the file does not say.
    pub side: Option<char>,
    /// The cell at its start, and at its end, of the party whose record it is.
    pub start_cell: Option<Arc<str>>,
    /// See `start_cell`.
    pub end_cell: Option<Arc<str>>,
}

/// One communication.
#[derive(Clone, Debug)]
pub struct LineEvent {
    /// `call`, `text`, `mms`, `data`, `other`.
    pub kind: Arc<str>,
    /// Caller; none where withheld.
    pub a: Option<Arc<str>>,
    /// Called.
    pub b: Option<Arc<str>>,
    /// Forwarded to.
    pub c: Option<Arc<str>>,
    /// Microseconds UTC.
    pub start: i64,
    /// The clock showed this hour twice and the file does not say which.
    pub ambiguous: bool,
    /// Seconds.
    pub duration: Option<i32>,
    /// `answered`, `missed`, `voicemail`, `diverted`, or none.
    pub outcome: Option<Arc<str>>,
    /// It may be the forwarded leg of another call.
    pub doubtful: bool,
    /// From whose sides it is held, as letters.
    pub sides: Arc<str>,
    /// Its records, by row.
    pub records: Vec<Record>,
}

/// Texts held once.
#[derive(Debug, Default)]
struct SharedTexts(BTreeSet<Arc<str>>);

impl SharedTexts {
    fn shared(&mut self, text: &str) -> Arc<str> {
        if let Some(held) = self.0.get(text) {
            return Arc::clone(held);
        }
        let held: Arc<str> = text.into();
        self.0.insert(Arc::clone(&held));
        held
    }
}

/// The numbers of the line that `asked` names: one number stands for its chain, several are taken as they are. With
/// them those that are in no event.
///
/// # Errors
/// When the views cannot be read.
pub fn resolve(
    investigation: &Investigation<'_>,
    asked: &[String],
) -> Result<(Vec<LineNumber>, Vec<Unknown>), Problem> {
    let mut known = spans(investigation.engine(), &investigation.line(asked)?)?;
    let mut unknown = Vec::new();
    for number in asked.iter().filter(|number| !known.iter().any(|one| one.number == **number)) {
        unknown.push(absent(investigation, number)?);
    }
    known.sort_by(|x, y| (x.first, &x.number).cmp(&(y.first, &y.number)));
    Ok((known, unknown))
}

fn spans(engine: &Engine, wanted: &[String]) -> Result<Vec<LineNumber>, Problem> {
    let mut all = Vec::new();
    let sql = |n: &str| {
        format!(
            "SELECT min(start) AS first, max(start) AS last, count(*) AS events FROM events WHERE a = {0} OR b = {0} \
             OR c = {0}",
            literal(n)
        )
    };
    for name in wanted {
        for batch in engine.query(&sql(name))? {
            let (first, last) = (times(&batch, "first")?, times(&batch, "last")?);
            let events = numbers::<arrow::datatypes::Int64Type>(&batch, "events")?;
            for at in 0..batch.num_rows() {
                if let (Some(first), Some(last)) = (value(&first, at), value(&last, at)) {
                    let events = u64::try_from(events.value(at)).unwrap_or_default();
                    all.push(LineNumber { number: name.clone(), first, last, events });
                }
            }
        }
    }
    Ok(all)
}

/// What to say of a number that is not in the data.
fn absent(investigation: &Investigation<'_>, asked: &str) -> Result<Unknown, Problem> {
    let mut near: Vec<(usize, String)> = Vec::new();
    let engine = investigation.engine();
    for batch in engine.stream("SELECT DISTINCT a AS n FROM events UNION SELECT DISTINCT b AS n FROM events")? {
        let batch = batch?;
        let names = texts(&batch, "n")?;
        near.extend(names.iter().flatten().filter_map(|name| Some((distance(asked, name)?, name.to_owned()))));
    }
    near.sort();
    near.dedup();
    let words = format!("{} does not occur in any communication of this case.", clean(asked));
    if !near.is_empty() {
        let names: Vec<String> = near.iter().take(NAMED).map(|(_, name)| clean(name)).collect();
        let hint = format!("these numbers in the data differ from it by a digit or two: {}", names.join(", "));
        return Ok(Unknown { words, hint });
    }
    let flagged: Vec<&str> = investigation.flagged()?.iter().take(NAMED).map(String::as_str).collect();
    let hint = if flagged.is_empty() {
        "`orochi lines` ranks the numbers of the case; none of them is flagged as a line".to_owned()
    } else {
        format!("these numbers are flagged as lines: {}", flagged.join(", "))
    };
    Ok(Unknown { words, hint })
}

/// How many characters differ, when two at most do and the lengths differ by no more than one.
fn distance(a: &str, b: &str) -> Option<usize> {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > 1 {
        return None;
    }
    let mut before: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let change = before[j] + usize::from(x != y);
            row.push(change.min(before[j + 1] + 1).min(row[j] + 1));
        }
        before = row;
    }
    before.last().copied().filter(|steps| *steps <= 2)
}

/// The line's numbers as a list for SQL's IN.
pub(super) fn listed(line: &[LineNumber]) -> String {
    list(line.iter().map(|one| one.number.as_str()))
}

/// Every event of the line's numbers, in order of time, each with its records.
///
/// # Errors
/// When the views cannot be read.
pub fn events(engine: &Engine, line: &[LineNumber]) -> Result<Vec<LineEvent>, Problem> {
    let names = listed(line);
    let wanted = format!(
        "SELECT event, kind, a, b, c, start, start_alt, duration_s, outcome, doubt, sides FROM events \
         WHERE a IN ({names}) OR b IN ({names}) OR c IN ({names})"
    );
    // The event's own columns come with each of its records; the order makes them neighbours.
    let sql = format!(
        "SELECT e.*, r.exhibit, r.sheet, r.\"row\", {SIDE_IN_EVENT} AS side, r.start_cell, r.end_cell FROM ({wanted}) \
         e {JOIN} ORDER BY e.start, e.event, r.exhibit, r.sheet, r.\"row\""
    );
    let mut names = SharedTexts::default();
    let mut all: Vec<LineEvent> = Vec::new();
    let mut last = None;
    for batch in engine.stream(&sql)? {
        let batch = batch?;
        let id = numbers::<arrow::datatypes::UInt64Type>(&batch, "event")?;
        let (kind, a, b, c) = (texts(&batch, "kind")?, texts(&batch, "a")?, texts(&batch, "b")?, texts(&batch, "c")?);
        let (start, alt, duration) =
            (times(&batch, "start")?, times(&batch, "start_alt")?, numbers::<Int32Type>(&batch, "duration_s")?);
        let (outcome, side, doubt) = (texts(&batch, "outcome")?, texts(&batch, "side")?, texts(&batch, "doubt")?);
        let (from, to) = (texts(&batch, "start_cell")?, texts(&batch, "end_cell")?);
        let sides = texts(&batch, "sides")?;
        let rows = RowColumns::from_batch(&batch)?;
        for at in 0..batch.num_rows() {
            if last != Some(id.value(at)) {
                last = Some(id.value(at));
                let mut name = |column: &TextColumn| column.get(at).map(|text| names.shared(text));
                all.push(LineEvent {
                    kind: name(&kind).unwrap_or_else(|| "other".into()),
                    a: name(&a),
                    b: name(&b),
                    c: name(&c),
                    start: start.value(at),
                    ambiguous: alt.is_valid(at),
                    duration: value(&duration, at),
                    outcome: name(&outcome),
                    doubtful: doubt.get(at).is_some(),
                    sides: name(&sides).unwrap_or_else(|| "".into()),
                    records: Vec::new(),
                });
            }
            if let Some(event) = all.last_mut() {
                let mut name = |column: &TextColumn| column.get(at).map(|text| names.shared(text));
                event.records.push(Record {
                    row: rows.get(at),
                    side: side.get(at).and_then(|side| side.chars().next()),
                    start_cell: name(&from),
                    end_cell: name(&to),
                });
            }
        }
    }
    Ok(all)
}

impl LineEvent {
    /// The party on a side.
    pub fn party(&self, side: char) -> Option<&str> {
        match side {
            'A' => self.a.as_deref(),
            'B' => self.b.as_deref(),
            'C' => self.c.as_deref(),
            _ => None,
        }
    }

    /// The rows behind it.
    pub fn rows(&self) -> Vec<Locator> {
        self.records.iter().map(|record| record.row.clone()).collect()
    }

    /// A text or picture message.
    pub fn is_text(&self) -> bool {
        matches!(&*self.kind, "text" | "mms")
    }

    /// A call that somebody answered, as far as the record says.
    pub fn is_conversation(&self) -> bool {
        &*self.kind == "call"
            && !matches!(self.outcome.as_deref(), Some("missed" | "voicemail" | "diverted"))
            && self.duration != Some(0)
    }

    /// What it shows, in the words of the record.
    ///
    /// # Errors
    /// Bug kind, when a wording claims too much.
    pub fn shows(&self) -> Result<Sentence, Problem> {
        let words = match (&*self.kind, self.outcome.as_deref(), self.duration) {
            ("call", Some("missed"), _) => "Not answered: no conversation",
            ("call", Some("voicemail"), _) => "Voicemail: no conversation between the two",
            ("call", Some("diverted"), _) => "Diverted: no conversation between the two",
            ("call", None, Some(0)) => "No length: no conversation",
            ("call", Some("answered"), _) => "Answered call",
            ("call", _, _) => "Call (record does not say whether answered)",
            ("text", _, _) => "Text sent (its words are not held)",
            ("mms", _, _) => "Picture message sent (content not held)",
            ("data", _, _) => "Does not show that anyone used the phone",
            _ => "Other service",
        };
        let doubt = if self.doubtful { ". It may be the forwarded leg of another call in the case" } else { "" };
        Sentence::fact(format!("{words}{doubt}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_differ_by_a_slip_are_near() {
        assert_eq!(distance("+447700900111", "+447700900112"), Some(1));
        assert_eq!(distance("+447700900111", "+44770090011"), Some(1));
        assert_eq!(distance("+447700900111", "+447700909911"), Some(2));
        assert_eq!(distance("+447700900111", "+447524000000"), None);
    }
}
