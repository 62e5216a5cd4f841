//! The wording guard: words about people and places are of one type, and making one checks it.
//!
//! Communications data shows what a phone did, never where a person was or what a person held (R v Calland, 2017;
//! FSA-DIG-200). The claims listed in [`FORBIDDEN`] can therefore not be made: [`Sentence::new`] refuses them.

use std::fmt;

use serde::Serialize;

use crate::problem::Problem;

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
];

/// A checked statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Sentence(String);

impl Sentence {
    /// Checks and keeps the words.
    ///
    /// # Errors
    /// A bug-kind problem that names the forbidden claim: a template, not the user, is at fault.
    pub fn new(words: impl Into<String>) -> Result<Self, Problem> {
        let words = words.into();
        let folded = words.to_lowercase();
        for claim in FORBIDDEN {
            let found = folded.match_indices(claim).any(|(at, _)| {
                let before = folded[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
                let after = folded[at + claim.len()..].chars().next().is_none_or(|c| !c.is_alphanumeric());
                before && after
            });
            if found {
                return Err(Problem::bug(format!("a sentence may not say \u{201c}{claim}\u{201d}")).because(words));
            }
        }
        Ok(Self(words))
    }

    /// The words.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Sentence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_every_forbidden_claim() {
        for claim in FORBIDDEN {
            assert!(Sentence::new(format!("The phone {claim} the address.")).is_err(), "{claim}");
        }
        assert!(Sentence::new("The number used cell X at 14:02.").is_ok());
        assert!(Sentence::new("The target was attached to cell X.").is_ok(), "a longer word is another word");
    }
}
