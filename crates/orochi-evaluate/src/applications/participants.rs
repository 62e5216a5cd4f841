//! Who has a part in a line, and what a number is.

use std::collections::BTreeSet;

use crate::{
    label::{CREW, CUSTOMER, Label, Labels},
    truth::{Truth, TruthLine},
};

/// What an investigation into a line looks for.
#[derive(Debug)]
pub struct Sought<'a> {
    /// Numbers of the line.
    pub numbers: BTreeSet<&'a str>,
    /// The last of them.
    pub present: &'a str,
    /// Own phones of all who hold, run, direct or carry it, and their phones for work.
    pub crew: BTreeSet<&'a str>,
    /// Own number of the last holder; of the controller where there is none.
    pub holder: Option<&'a str>,
}

impl<'a> Sought<'a> {
    /// Of one line; none when it has no number.
    pub fn from_line(line: &'a TruthLine) -> Option<Self> {
        let numbers: BTreeSet<&str> = line.numbers.iter().map(|number| number.number.as_str()).collect();
        let crew = line.crew().chain(line.work_phones.iter().map(String::as_str));
        Some(Self {
            present: line.numbers.last()?.number.as_str(),
            crew: crew.filter(|number| !numbers.contains(number)).collect(),
            holder: line.holder.as_ref().or(line.controller.as_ref()).map(|somebody| somebody.own_number.as_str()),
            numbers,
        })
    }
}

/// What the numbers of a folder are.
#[derive(Debug)]
pub struct NumberRoles<'a> {
    labels: Labels<'a>,
    work: BTreeSet<&'a str>,
}

impl<'a> NumberRoles<'a> {
    /// Of a folder.
    pub fn from_truth(truth: &'a Truth) -> Self {
        let work = truth.lines.iter().flat_map(|line| &line.work_phones).map(String::as_str).collect();
        Self { labels: Labels::from_truth(truth), work }
    }

    /// What a number is, in words.
    pub fn kind(&self, number: &str) -> &'a str {
        match self.labels.get(number) {
            Label::Line(_) => "number of a line",
            Label::Kind(_) if self.work.contains(number) => CREW,
            Label::Kind(kind) => kind,
        }
    }

    /// Whether a number has no part in any line: no line's, nobody's of a line, no customer's.
    pub fn uninvolved(&self, number: &str) -> bool {
        !matches!(self.labels.get(number), Label::Line(_) | Label::Kind(CREW | CUSTOMER)) && !self.work.contains(number)
    }
}
