//! The ranked list. Findings are made one at a time, as they are asked for: a case can hold a million numbers.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use orochi_model::{
    finding::Reason,
    method::{Setting, Used},
    problem::Problem,
    sentence::{Sentence, counted},
};
use serde::{Serialize, Serializer, ser::SerializeSeq};

use super::METHOD;
use crate::tables::rfc3339;
use crate::traffic::rows::{RowPlace, RowTable};

/// A number's place in the list and the few figures kept for all of them.
#[derive(Clone, Debug)]
pub(super) struct RankedNumber {
    pub name: Box<str>,
    pub score: f64,
    pub flagged: bool,
    pub first: i64,
    pub last: i64,
    pub bursts: Option<u32>,
    pub recipients: Option<u32>,
    pub regulars: Option<u32>,
    pub received: u32,
    pub brief: BriefReason,
    pub row: Option<RowPlace>,
    /// Place in [`LinesReport::details`].
    pub details: Option<u32>,
}

/// What is said of a number that does not get every reason.
#[derive(Clone, Copy, Debug)]
pub(super) enum BriefReason {
    /// Contacted too seldom to be studied.
    TooLittle,
    /// Studied, ranked low.
    Studied { contacts: u32, parties: u32, regulars: u32, exchanges: u32, own_percent: u8 },
}

/// A reason with its rows.
#[derive(Clone, Debug)]
pub(super) struct DetailedReason {
    pub text: Sentence,
    pub supports: bool,
    pub rows: Vec<RowPlace>,
}

/// Every number ranked by how much it behaves like a deal line. Serialises as
/// `{"method":{"name","version","settings"},"findings":[…]}`.
#[derive(Clone, Debug)]
pub struct LinesReport {
    pub(super) settings: Vec<Setting>,
    pub(super) ranked: Vec<RankedNumber>,
    pub(super) details: Vec<Vec<DetailedReason>>,
    pub(super) rows: RowTable,
}

/// One number.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LineFinding {
    /// Canonical text of the number.
    pub number: String,
    /// From 0 to 1, more is more like a line. Not a probability: nothing has been calibrated.
    pub score: f64,
    /// The score reaches the threshold and one of the two patterns holds.
    pub flagged: bool,
    /// First event, RFC 3339 in UTC; empty when every event is dated before 1990.
    pub first: String,
    /// Last event.
    pub last: String,
    /// Bursts of texts sent; none where the number was contacted too seldom to be studied.
    pub bursts: Option<u32>,
    /// Phones that people carry and that received a text of a burst, its customer base; none as above.
    pub recipients: Option<u32>,
    /// Numbers that came back on several days a week; none as above.
    pub regulars: Option<u32>,
    /// Why, those for a line first.
    pub reasons: Vec<Reason>,
}

/// A number's score.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScoredNumber<'a> {
    /// Canonical text of the number.
    pub number: &'a str,
    /// As in [`LineFinding`].
    pub score: f64,
    /// As in [`LineFinding`].
    pub flagged: bool,
    /// Communications it received, unset clocks apart.
    pub received: u32,
}

impl LinesReport {
    /// How many numbers are ranked.
    pub fn len(&self) -> usize {
        self.ranked.len()
    }

    /// Whether there is no number at all.
    pub fn is_empty(&self) -> bool {
        self.ranked.is_empty()
    }

    /// How many numbers are flagged.
    pub fn flagged(&self) -> usize {
        self.ranked.iter().filter(|ranked| ranked.flagged).count()
    }

    /// The numbers that are flagged, best first.
    pub fn flagged_numbers(&self) -> Vec<String> {
        self.ranked.iter().filter(|ranked| ranked.flagged).map(|ranked| ranked.name.to_string()).collect()
    }

    /// First and last event of some numbers, as in their findings.
    ///
    /// # Errors
    /// When an event's start is outside the calendar.
    pub fn spans(&self, numbers: &BTreeSet<&str>) -> Result<BTreeMap<&str, (String, String)>, Problem> {
        let wanted = self.ranked.iter().filter(|ranked| numbers.contains(&*ranked.name));
        wanted.map(|ranked| Ok((&*ranked.name, (rfc3339(ranked.first)?, rfc3339(ranked.last)?)))).collect()
    }

    /// The findings, best first.
    pub fn findings(&self) -> impl ExactSizeIterator<Item = Result<LineFinding, Problem>> {
        let mut sentences = HashMap::new();
        self.ranked.iter().map(move |ranked| self.finding(ranked, &mut sentences))
    }

    fn finding(&self, ranked: &RankedNumber, sentences: &mut HashMap<u32, Sentence>) -> Result<LineFinding, Problem> {
        let reasons = match ranked.details.and_then(|place| self.details.get(place as usize)) {
            Some(details) => details
                .iter()
                .map(|detail| Reason {
                    text: detail.text.clone(),
                    supports: detail.supports,
                    evidence: detail.rows.iter().map(|place| self.rows.evidence(*place)).collect(),
                })
                .collect(),
            None => vec![Reason {
                text: brief_sentence(ranked, sentences)?,
                supports: false,
                evidence: ranked.row.iter().map(|place| self.rows.evidence(*place)).collect(),
            }],
        };
        Ok(LineFinding {
            number: ranked.name.to_string(),
            score: ranked.score,
            flagged: ranked.flagged,
            first: event_instant(ranked.first)?,
            last: event_instant(ranked.last)?,
            bursts: ranked.bursts,
            recipients: ranked.recipients,
            regulars: ranked.regulars,
            reasons,
        })
    }
}

/// A million numbers share a handful of these sentences.
fn brief_sentence(ranked: &RankedNumber, sentences: &mut HashMap<u32, Sentence>) -> Result<Sentence, Problem> {
    match ranked.brief {
        BriefReason::TooLittle => {
            if let Some(sentence) = sentences.get(&ranked.received) {
                return Ok(sentence.clone());
            }
            let sentence = Sentence::fact(format!(
                "It was contacted {} in the data held, too few to judge.",
                counted(ranked.received as usize, "time", "times")
            ))?;
            sentences.insert(ranked.received, sentence.clone());
            Ok(sentence)
        }
        BriefReason::Studied { contacts, parties, regulars, exchanges, own_percent } => Sentence::fact(format!(
            "Of {parties} other numbers, {regulars} made contact on several days a week; there were {contacts} \
             contacts in all. It started {own_percent}% of {exchanges} exchanges itself."
        )),
    }
}

/// Nothing for a number all of whose events are before 1990.
fn event_instant(us: i64) -> Result<String, Problem> {
    if us == i64::MAX || us == i64::MIN { Ok(String::new()) } else { rfc3339(us) }
}

impl Serialize for LinesReport {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct ReportDocument<'a> {
            method: Used,
            findings: Findings<'a>,
        }
        ReportDocument { method: METHOD.used(self.settings.clone()), findings: Findings(self) }.serialize(serializer)
    }
}

struct Findings<'a>(&'a LinesReport);

impl Serialize for Findings<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.0.len()))?;
        for finding in self.0.findings() {
            list.serialize_element(&finding.map_err(serde::ser::Error::custom)?)?;
        }
        list.end()
    }
}
