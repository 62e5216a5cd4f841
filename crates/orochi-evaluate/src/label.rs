//! What each number of a simulated folder is.

use std::collections::HashMap;

use crate::truth::Truth;

/// Own phones of those who run, hold or carry a line: no line numbers, and no innocents either.
pub const CREW: &str = "own phone of a line's holder, runner or controller";
/// Customers of a line.
pub const CUSTOMER: &str = "customer of a line";
/// Everybody else.
pub const OTHER: &str = "anybody else";

/// What a number is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label<'a> {
    /// A number of a line: its place in [`Truth::lines`].
    Line(usize),
    /// A look-alike's kind, or [`CREW`], [`CUSTOMER`], [`OTHER`].
    Kind(&'a str),
}

/// All labels of a folder. A number that is several things is the first of: a line's, a look-alike's, crew, customer.
#[derive(Debug)]
pub struct Labels<'a> {
    by_number: HashMap<&'a str, Label<'a>>,
}

impl<'a> Labels<'a> {
    /// The labels of a folder.
    pub fn from_truth(truth: &'a Truth) -> Self {
        let mut by_number = HashMap::new();
        // The last one put in stays.
        for line in &truth.lines {
            by_number.extend(line.customers.iter().map(|number| (number.as_str(), Label::Kind(CUSTOMER))));
        }
        for line in &truth.lines {
            by_number.extend(line.crew().map(|number| (number, Label::Kind(CREW))));
        }
        let innocents = truth.innocents.iter();
        by_number.extend(innocents.map(|innocent| (innocent.number.as_str(), Label::Kind(innocent.kind.as_str()))));
        for (place, line) in truth.lines.iter().enumerate() {
            by_number.extend(line.numbers.iter().map(|number| (number.number.as_str(), Label::Line(place))));
        }
        Self { by_number }
    }

    /// What a number is.
    pub fn get(&self, number: &str) -> Label<'a> {
        self.by_number.get(number).copied().unwrap_or(Label::Kind(OTHER))
    }
}
