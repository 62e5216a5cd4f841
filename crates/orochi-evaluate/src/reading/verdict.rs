//! What the reader made of a file beside the truth.

use std::collections::{BTreeMap, BTreeSet};

use orochi_model::{locator::FilePart, problem::Problem};
use serde::Serialize;

use super::{
    draft::{Draft, Fact},
    ingestion::{Reading, StagedRow},
};

/// How a file was read, worst last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReadingOutcome {
    /// Every row as it is, but those that may be rejected.
    Right,
    /// Refused, which an honest reader may do here.
    Excused,
    /// The file, or rows that stand by themselves, refused although they can be read.
    Refused,
    /// A column, or values of it, unread.
    Unread,
    /// Rows or parties lost unsaid.
    Lost,
    /// A value that is not what the row says, or a row that is none.
    Wrong,
}

impl ReadingOutcome {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Right => "right",
            Self::Excused => "refused, as it may be",
            Self::Refused => "refused although readable",
            Self::Unread => "a column unread",
            Self::Lost => "parties, times or rows lost unsaid",
            Self::Wrong => "silently wrong",
        }
    }
}

/// A verdict with the first row that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// How the file was read.
    pub outcome: ReadingOutcome,
    /// Number of the first row that shows it; none for the file as a whole.
    pub row: Option<u64>,
    /// What should stand there, and what does.
    pub what: String,
}

impl Verdict {
    fn new(outcome: ReadingOutcome, row: Option<u64>, what: impl Into<String>) -> Self {
        Self { outcome, row, what: what.into() }
    }
}

/// Parties and times, whose loss is worse than another column's.
const GRAVE: &[&str] = &["a", "b", "c", "start", "number", "cell", "at"];

/// Compares a reading with a draft's truth.
pub fn judge(draft: &Draft, reading: &Result<Reading, Problem>) -> Verdict {
    let reading = match reading {
        Ok(reading) => reading,
        Err(problem) => {
            let why = [Some(problem.message.clone()), problem.place.clone(), problem.cause.clone()];
            let why = why.into_iter().flatten().collect::<Vec<_>>().join("; ");
            let outcome = if draft.refusable.is_some() && problem.kind != orochi_model::problem::Kind::Bug {
                ReadingOutcome::Excused
            } else {
                ReadingOutcome::Refused
            };
            return Verdict::new(outcome, None, why);
        }
    };
    let mut found = Vec::new();
    let empty = Vec::new();
    let read = reading.tables.get(draft.table).unwrap_or(&empty);
    let mut by_row: BTreeMap<u64, &StagedRow> = BTreeMap::new();
    for row in read.iter().filter(|row| row.get("origin").is_none_or(|origin| origin == "list")) {
        let number = number_of(row);
        let other_sheet = row
            .get("sheet")
            .is_some_and(|sheet| !sheet.is_empty() && !FilePart::shown_text(sheet).ends_with(&own_sheet(draft)));
        if other_sheet {
            if !draft.repeated {
                found.push(Verdict::new(
                    ReadingOutcome::Wrong,
                    Some(number),
                    format!("a row of another sheet is none: {row:?}"),
                ));
            }
        } else if by_row.insert(number, row).is_some() {
            found.push(Verdict::new(ReadingOutcome::Wrong, Some(number), "one row gives two"));
        }
    }
    for (table, rows) in &reading.tables {
        let expected = table == draft.table || table == "rejects" || (table == "cells" && draft.table == "records");
        if !expected && let Some(row) = rows.first() {
            let what = format!("a row of {} is read as one of {table}: {row:?}", draft.table);
            found.push(Verdict::new(ReadingOutcome::Wrong, Some(number_of(row)), what));
        }
    }
    let rejects: BTreeMap<u64, String> =
        reading.tables.get("rejects").unwrap_or(&empty).iter().map(|row| (number_of(row), reason(row))).collect();
    let mut missing = Missing::default();
    for line in 0..draft.lines.len() {
        let number = draft.row_of(line);
        let fact = draft.lines[line].fact.and_then(|fact| draft.facts.get(fact));
        match (fact, by_row.remove(&number)) {
            (None, None) => {}
            (None, Some(row)) => found.push(Verdict::new(
                ReadingOutcome::Wrong,
                Some(number),
                format!("no row of data is read as one: {row:?}"),
            )),
            (Some(fact), Some(row)) => found.extend(compare(number, fact, row, reading, &mut missing)),
            (Some(fact), None) => match rejects.get(&number) {
                Some(_) if fact.rejectable => {}
                Some(why) => {
                    found.push(Verdict::new(ReadingOutcome::Refused, Some(number), format!("rejected: {why}")))
                }
                None => found.push(Verdict::new(
                    ReadingOutcome::Lost,
                    Some(number),
                    format!("neither a record nor a reject: {:?}", draft.lines[line].cells),
                )),
            },
        }
    }
    for (number, row) in by_row {
        found.push(Verdict::new(ReadingOutcome::Wrong, Some(number), format!("no such row of data: {row:?}")));
    }
    found.extend(positions(draft, reading));
    // Of the worst outcome the first row.
    let worst = found.iter().map(|verdict| verdict.outcome).max().unwrap_or(ReadingOutcome::Right);
    let first = found.into_iter().find(|verdict| verdict.outcome == worst);
    first.unwrap_or_else(|| Verdict::new(ReadingOutcome::Right, None, ""))
}

fn own_sheet(draft: &Draft) -> String {
    match draft.form.packing {
        super::form::Packing::Zip => draft.form.name.clone(),
        _ => draft.form.sheet.clone(),
    }
}

fn number_of(row: &StagedRow) -> u64 {
    row.get("row").and_then(|text| text.parse().ok()).unwrap_or(0)
}

fn reason(row: &StagedRow) -> String {
    let get = |column: &str| row.get(column).map_or("", String::as_str);
    format!("{} \u{201c}{}\u{201d}: {}", get("column"), get("text"), get("reason"))
}

/// Columns of which a value was missing already: one verdict for each is enough.
type Missing = BTreeSet<&'static str>;

fn compare(number: u64, fact: &Fact, row: &StagedRow, reading: &Reading, missing: &mut Missing) -> Vec<Verdict> {
    let mut found = Vec::new();
    for (column, want) in &fact.values {
        let got = row.get(*column).map_or("", String::as_str);
        if got == want || close(column, want, got) || other_reading(column, want, row) {
            continue;
        }
        // Of a row that was cut off the generation may be gone, and the cell's number still stands there.
        if fact.lacking.contains(column) && same_number(want, got) {
            continue;
        }
        if got.is_empty() {
            if !fact.lacking.contains(column) && missing.insert(column) {
                let outcome = if GRAVE.contains(column) { ReadingOutcome::Lost } else { ReadingOutcome::Unread };
                found.push(Verdict::new(outcome, Some(number), format!("{column}: want {want}, got nothing")));
            }
            continue;
        }
        if fact.tolerance > 0 && cut(want, got, fact.tolerance) && says_inexact(reading) {
            continue;
        }
        let want = if want.is_empty() { "nothing" } else { want };
        found.push(Verdict::new(ReadingOutcome::Wrong, Some(number), format!("{column}: want {want}, got {got}")));
    }
    found
}

/// In the hour that the clocks repeat, a record states both instants.
fn other_reading(column: &str, want: &str, row: &StagedRow) -> bool {
    column == "start" && row.get("start_alt").is_some_and(|other| other == want)
}

/// One cell, of which the generation is not stated.
fn same_number(want: &str, got: &str) -> bool {
    got.strip_prefix("?/").is_some_and(|number| want.split_once('/').is_some_and(|(_, known)| known == number))
}

/// Degrees may differ in the last place that is written.
fn close(column: &str, want: &str, got: &str) -> bool {
    matches!(column, "latitude" | "longitude")
        && want.parse::<f64>().ok().zip(got.parse::<f64>().ok()).is_some_and(|(want, got)| (want - got).abs() < 1e-3)
}

fn cut(want: &str, got: &str, tolerance: i64) -> bool {
    want.parse::<i64>().ok().zip(got.parse::<i64>().ok()).is_some_and(|(want, got)| (want - got).abs() <= tolerance)
}

/// Whether a remark speaks of instants that are not exact.
fn says_inexact(reading: &Reading) -> bool {
    let words = ["decimal", "round", "cut", "exact", "precis", "second"];
    reading.remarks.iter().any(|remark| words.iter().any(|word| remark.contains(word)))
}

/// Cells met in records stand where their rows say.
fn positions(draft: &Draft, reading: &Reading) -> Vec<Verdict> {
    let Some(cells) = reading.tables.get("cells").filter(|_| draft.table == "records") else { return Vec::new() };
    let mut found = Vec::new();
    for met in cells {
        let get = |column: &str| met.get(column).map_or("", String::as_str);
        let known = draft.facts.iter().any(|fact| {
            ["start_cell", "end_cell"].iter().any(|column| {
                fact.values
                    .get(column)
                    .is_some_and(|cell| cell == get("cell") || (fact.rejectable && same_number(cell, get("cell"))))
            })
        });
        if !known && !get("cell").starts_with("TEXT/") {
            let what = format!("the cell {} is in no row", get("cell"));
            found.push(Verdict::new(ReadingOutcome::Wrong, Some(number_of(met)), what));
        }
    }
    found
}
