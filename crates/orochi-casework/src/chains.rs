//! Lines as chains of numbers: the pairs that the method `succession` links, joined onto the
//! numbers that `lines` ranks.

use std::collections::{BTreeMap, BTreeSet};

use orochi_analysis::{
    lines::{LineFinding, LinesReport},
    succession::SuccessionReport,
};
use orochi_model::{method::Used, problem::Problem};
use serde::{Serialize, Serializer, ser::SerializeSeq};

/// A number of a line, with its first and last communication.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Part {
    /// The number.
    pub number: String,
    /// Its first communication, RFC 3339 in UTC.
    pub first: String,
    /// Its last communication.
    pub last: String,
}

/// The chains among the numbers of a report.
#[derive(Debug, Default)]
pub struct Chains {
    chains: Vec<Vec<Part>>,
    of: BTreeMap<String, usize>,
}

impl Chains {
    /// From linked pairs; the numbers of a chain stand in the order of their first communication.
    ///
    /// # Errors
    /// When an instant is outside the calendar.
    pub fn from_reports(report: &LinesReport, succession: &SuccessionReport) -> Result<Self, Problem> {
        let groups = succession.chains();
        let place = |(place, group): (usize, &BTreeSet<&str>)| {
            group.iter().map(|number| ((*number).to_owned(), place)).collect::<Vec<_>>()
        };
        let of: BTreeMap<String, usize> = groups.iter().enumerate().flat_map(place).collect();
        let spans = report.spans(&of.keys().map(String::as_str).collect())?;
        let chains: Vec<Vec<Part>> = groups
            .iter()
            .map(|group| {
                let mut parts: Vec<Part> = group
                    .iter()
                    .filter_map(|number| {
                        let (first, last) = spans.get(*number)?.clone();
                        Some(Part { number: (*number).to_owned(), first, last })
                    })
                    .collect();
                parts.sort_by(|x, y| (&x.first, &x.number).cmp(&(&y.first, &y.number)));
                parts
            })
            .collect();
        Ok(Self { chains, of })
    }

    /// The numbers of a finding's line, the finding's own alone where nothing is linked to it.
    pub fn parts(&self, finding: &LineFinding) -> Vec<Part> {
        match self.of.get(&finding.number) {
            Some(chain) => self.chains[*chain].clone(),
            None => {
                vec![Part { number: finding.number.clone(), first: finding.first.clone(), last: finding.last.clone() }]
            }
        }
    }
}

/// The report with each finding's line beside it. Serialises as the report alone does, with `numbers` in each finding.
pub struct JoinedLines<'a> {
    /// The numbers ranked.
    pub report: &'a LinesReport,
    /// The method `lines` as it was used.
    pub method: Used,
    /// The chains.
    pub chains: Chains,
}

impl Serialize for JoinedLines<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Whole<'a> {
            method: &'a Used,
            findings: List<'a>,
        }
        Whole { method: &self.method, findings: List(self) }.serialize(serializer)
    }
}

struct List<'a>(&'a JoinedLines<'a>);

impl Serialize for List<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct One<'a> {
            #[serde(flatten)]
            finding: &'a LineFinding,
            numbers: Vec<Part>,
        }
        let JoinedLines { report, chains, .. } = self.0;
        let mut list = serializer.serialize_seq(Some(report.len()))?;
        for finding in report.findings() {
            let finding = finding.map_err(serde::ser::Error::custom)?;
            list.serialize_element(&One { numbers: chains.parts(&finding), finding: &finding })?;
        }
        list.end()
    }
}
