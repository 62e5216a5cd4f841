//! What a check of the log says: that it holds, or what was done to it.

use std::{fmt, str::FromStr};

use orochi_model::problem::Problem;

/// A log that holds.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Verified {
    /// Entries in the log.
    pub entries: u64,
    /// Of these, entries that are in the catalogue and not yet in the file, because a command was cut off; the next
    /// command writes them out.
    pub pending: u64,
    /// Tree head over all entries, in hexadecimal: note it elsewhere as `entries:root`.
    pub root: String,
}

/// What is wrong with a log. Numbers are the entries' `seq`; lines count from 1.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(tag = "fault", rename_all = "lowercase")]
pub enum Fault {
    /// An entry's line is not what was written.
    Altered {
        /// The entry.
        seq: u64,
    },
    /// Entries are gone from the middle.
    Removed {
        /// First of them.
        from: u64,
        /// Last of them.
        to: u64,
    },
    /// Entries are gone from the end.
    Truncated {
        /// First of them.
        from: u64,
        /// Last of them.
        to: u64,
    },
    /// An entry stands in another place.
    Reordered {
        /// The entry.
        seq: u64,
        /// The line it stands on.
        line: u64,
    },
    /// A line that was never written by the program, or a copy of one that was.
    Inserted {
        /// The line it stands on.
        line: u64,
        /// The entry it follows; 0 at the top.
        after: u64,
    },
    /// The file and the catalogue agree, but an entry contradicts the tree head that the next one
    /// holds: both were rewritten.
    Rewritten {
        /// The last entry that can be relied on is before this one.
        seq: u64,
    },
    /// The catalogue's own record of the log is damaged or altered.
    Catalogue {
        /// In words.
        reason: String,
    },
    /// The log is not the one whose head was noted elsewhere.
    Head {
        /// In words.
        reason: String,
    },
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let span = |from: &u64, to: &u64| {
            if from == to { format!("entry {from} was") } else { format!("entries {from} to {to} were") }
        };
        match self {
            Self::Altered { seq } => write!(f, "entry {seq} was altered"),
            Self::Removed { from, to } => write!(f, "{} removed", span(from, to)),
            Self::Truncated { from, to } => write!(f, "{} cut off the end", span(from, to)),
            Self::Reordered { seq, line } => write!(f, "entry {seq} was moved to line {line}"),
            Self::Inserted { line, after } => write!(f, "line {line}, after entry {after}, was inserted"),
            Self::Rewritten { seq } => write!(f, "entry {seq} or one before it was rewritten, in the catalogue too"),
            Self::Catalogue { reason } | Self::Head { reason } => f.write_str(reason),
        }
    }
}

/// A tree head noted elsewhere, written `SIZE:ROOT`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// Number of entries it covers.
    pub size: u64,
    /// Tree head over them, lower-case hexadecimal.
    pub root: String,
}

impl fmt::Display for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.size, self.root)
    }
}

impl Verified {
    /// The head over all entries, to be noted elsewhere.
    pub fn head(&self) -> Head {
        Head { size: self.entries, root: self.root.clone() }
    }
}

impl FromStr for Head {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        let wrong = || {
            Problem::user(format!("“{text}” is not a log head"))
                .hint("write it as SIZE:ROOT, for example 12:9f86d0…, with all 64 digits, as `orochi verify` prints it")
        };
        let (size, root) = text.trim().split_once(':').ok_or_else(wrong)?;
        if root.len() != 64 || !root.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(wrong());
        }
        Ok(Self { size: size.parse().map_err(|_| wrong())?, root: root.to_lowercase() })
    }
}
