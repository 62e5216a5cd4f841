//! Authorities and the scope they give a case: what may be looked at, and what is excess data.
//!
//! Source: Investigatory Powers Act 2016 Part 3 and its code of practice: data outside the authorised identifiers or
//! period is excess data and is not used until someone entitled to decides so.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

/// One authority: whose data, over which period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Authority {
    /// Reference on the authority, for example a URN.
    pub reference: String,
    /// Authorised identifiers in canonical text: numbers (`+447…`), IMSIs, 14-digit IMEIs.
    pub identifiers: BTreeSet<String>,
    /// First instant covered, microseconds UTC.
    pub from_us: i64,
    /// First instant no longer covered, microseconds UTC.
    pub to_us: i64,
}

/// Why a row is excess data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Excess {
    /// No authority names the row's identifiers: a wrong number typed, or a return for somebody else.
    Identifier,
    /// An authority names the identifier, but the row lies outside its period.
    Period,
}

impl Excess {
    /// The word stored in the `excess` table.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Identifier => "identifier not authorised",
            Self::Period => "outside the authorised period",
        }
    }
}

/// Everything the authorities of a case allow.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    /// A training case holds no disclosure and needs no authority.
    pub training: bool,
    /// The authorities in force.
    pub authorities: Vec<Authority>,
}

impl Scope {
    /// Whether an authority names this identifier, in canonical text.
    pub fn names(&self, identifier: &str) -> bool {
        self.authorities.iter().any(|authority| authority.identifiers.contains(identifier))
    }

    /// Judges a row by the identifiers it *belongs to* (the disclosure's target; where a file states none, the parties
    /// and devices on the row) and its start. `Ok` holds the index of the first authority that
    /// covers it, none for training.
    ///
    /// # Errors
    /// The reason why the row is excess data.
    pub fn judge<'a>(
        &self,
        identifiers: impl IntoIterator<Item = &'a str> + Clone,
        start_us: i64,
    ) -> Result<Option<usize>, Excess> {
        self.judge_interval(identifiers, Some(start_us), Some(start_us))
    }

    /// As [`Scope::judge`], for a row that speaks of an interval (an account, a SIM in a handset): it is covered when
    /// any part of it is. Either end may be open.
    ///
    /// # Errors
    /// The reason why the row is excess data.
    pub fn judge_interval<'a>(
        &self,
        identifiers: impl IntoIterator<Item = &'a str> + Clone,
        from_us: Option<i64>,
        to_us: Option<i64>,
    ) -> Result<Option<usize>, Excess> {
        if self.training {
            return Ok(None);
        }
        let mut named = false;
        for (index, authority) in self.authorities.iter().enumerate() {
            if identifiers.clone().into_iter().any(|identifier| authority.identifiers.contains(identifier)) {
                named = true;
                let begins = from_us.is_none_or(|from| from < authority.to_us);
                let lasts = to_us.is_none_or(|to| to >= authority.from_us);
                if begins && lasts {
                    return Ok(Some(index));
                }
            }
        }
        Err(if named { Excess::Period } else { Excess::Identifier })
    }
}
