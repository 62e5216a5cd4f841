//! The wording guard: words about people and places are of one type, and making one says what it claims.
//!
//! Communications data shows what a phone did, never where a person was or what a person held (R v Calland, 2017;
//! FSA-DIG-200). The claims listed in [`FORBIDDEN`] can therefore not be made at all. That somebody is a customer,
//! holds the line's phone or sold anything is a conclusion: words of [`CONCLUSIONS`] are for an [`Sentence::opinion`]
//! alone, so that no fact and no limit of the data asserts what a court has to decide.

use std::fmt;

use serde::Serialize;

use crate::problem::Problem;

/// A number with its noun: `1 day`, `2 days`.
pub fn counted(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// Words that claim what communications data cannot show. Matched without regard to case, at word boundaries.
pub const FORBIDDEN: &[&str] = &[
    "was at",
    "were at",
    "was in possession",
    "in possession of",
    "triangulated",
    "triangulation",
    "pinpointed",
    "exact location",
    "drug dealer",
    "guilty",
    "the line sold",
    "the line made sales",
    "sold by the line",
];

/// Words that draw a conclusion about people or trade. Matched at word boundaries, in lower case or at the beginning of
/// a sentence.
pub const CONCLUSIONS: &[&str] = &[
    "sold",
    "sell",
    "sells",
    "selling",
    "sale",
    "sales",
    "customer",
    "customers",
    "runner",
    "runners",
    "holder",
    "holders",
    "supplier",
    "suppliers",
    "deal",
    "deals",
    "dealt",
    "dealer",
    "dealers",
];

/// What a sentence claims.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// What rows of native files show, counted or quoted.
    Fact,
    /// What follows from facts by a method, or if a condition holds; a person has to answer for it.
    Opinion,
    /// What the data or the method cannot show.
    Limit,
}

impl Class {
    /// The first claim of these words that a sentence of this class may not make.
    pub fn excess(self, words: &str) -> Option<&'static str> {
        let words = unquoted(words);
        let (folded, begun) = (words.to_lowercase(), beginnings_folded(&words));
        let forbidden = FORBIDDEN.iter().find(|claim| says(&folded, claim));
        let concluded = || CONCLUSIONS.iter().find(|word| self != Self::Opinion && says(&begun, word));
        forbidden.or_else(concluded).copied()
    }
}

/// The words with the first letter of each sentence in lower case. Others keep theirs: a mast in the town of Deal and a
/// sender called SALES draw no conclusion.
fn beginnings_folded(words: &str) -> String {
    let mut begins = true;
    let fold = |c: char| {
        let folded = if begins { c.to_ascii_lowercase() } else { c };
        begins = matches!(c, '.' | ':' | ';') || begins && c.is_whitespace();
        folded
    };
    words.chars().map(fold).collect()
}

/// Whether these words, in lower case, hold a claim at word boundaries. A hyphen joins a name of a measure, such as
/// `customer-day`, which is no claim about anybody.
fn says(folded: &str, claim: &str) -> bool {
    folded.match_indices(claim).any(|(at, _)| {
        let joins = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
        let before = folded[..at].chars().next_back().is_none_or(|c| !joins(c));
        let after = folded[at + claim.len()..].chars().next().is_none_or(|c| !joins(c));
        before && after
    })
}

/// Words of somebody else, such as a source that a user entered, in the marks that the guard passes over.
pub fn quoted(words: &str) -> String {
    format!("\u{201c}{}\u{201d}", words.replace(['\u{201c}', '\u{201d}'], "\""))
}

/// The words without what is quoted; a quotation that does not end is none.
fn unquoted(words: &str) -> String {
    let mut kept = String::new();
    let mut rest = words;
    while let Some((before, after)) = rest.split_once('\u{201c}') {
        let Some((_, behind)) = after.split_once('\u{201d}') else { break };
        kept.push_str(before);
        kept.push(' ');
        rest = behind;
    }
    kept + rest
}

/// A checked statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Sentence {
    words: String,
    #[serde(skip)]
    class: Class,
}

impl Sentence {
    /// What rows show.
    ///
    /// # Errors
    /// A bug-kind problem that names the claim that the words may not make: a template, not the user, is at fault.
    pub fn fact(words: impl Into<String>) -> Result<Self, Problem> {
        Self::new(Class::Fact, words)
    }

    /// What a method or a condition makes of the facts.
    ///
    /// # Errors
    /// As [`Sentence::fact`].
    pub fn opinion(words: impl Into<String>) -> Result<Self, Problem> {
        Self::new(Class::Opinion, words)
    }

    /// What cannot be shown.
    ///
    /// # Errors
    /// As [`Sentence::fact`].
    pub fn limit(words: impl Into<String>) -> Result<Self, Problem> {
        Self::new(Class::Limit, words)
    }

    /// A statement of that class.
    ///
    /// # Errors
    /// As [`Sentence::fact`].
    pub fn new(class: Class, words: impl Into<String>) -> Result<Self, Problem> {
        let words = words.into();
        if let Some(claim) = class.excess(&words) {
            let kind = match class {
                Class::Fact => "a statement of fact",
                Class::Opinion => "an opinion",
                Class::Limit => "a limit of the data",
            };
            return Err(Problem::bug(format!("{kind} may not say \u{201c}{claim}\u{201d}")).because(words));
        }
        Ok(Self { words, class })
    }

    /// The words.
    pub fn as_str(&self) -> &str {
        &self.words
    }

    /// What it claims.
    pub fn class(&self) -> Class {
        self.class
    }
}

impl fmt::Display for Sentence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_class_makes_a_forbidden_claim() {
        for class in [Class::Fact, Class::Opinion, Class::Limit] {
            for claim in FORBIDDEN {
                assert!(Sentence::new(class, format!("The phone {claim} the address.")).is_err(), "{claim}");
            }
        }
        assert!(Sentence::fact("The number used cell X at 14:02.").is_ok());
        assert!(Sentence::fact("The target was attached to cell X.").is_ok(), "a longer word is another word");
    }

    #[test]
    fn a_conclusion_is_an_opinion() {
        for word in CONCLUSIONS {
            let words = format!("The number is a {word}'s.");
            assert!(Sentence::fact(words.clone()).is_err() && Sentence::limit(words.clone()).is_err(), "{word}");
            assert!(Sentence::opinion(words).is_ok(), "{word}");
        }
        assert!(Sentence::fact("40 customer-days were counted, threshold holder_hours.").is_ok(), "names of measures");
        assert!(Sentence::opinion("By customer-days the line sold 2 kg.").is_err());
        assert!(Sentence::fact("Two were seen. Customers rang it.").is_err(), "at the beginning of a sentence");
        assert!(Sentence::fact("The number used cell TEXT/Deal Pier.").is_ok(), "a name");
    }

    #[test]
    fn words_of_somebody_else_are_quoted() {
        let source = quoted("survey of what was sold, \u{201d} page 3");
        assert!(Sentence::fact(format!("The figure is 3 g, source: {source}.")).is_ok(), "{source}");
        assert!(Sentence::fact("It sold \u{201c}something").is_err(), "a quotation that does not end");
        assert!(Sentence::fact("\u{201c}a\u{201d} was sold \u{201c}b\u{201d}").is_err());
    }
}
