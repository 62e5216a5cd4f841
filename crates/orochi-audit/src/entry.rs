//! Entries of the log.

use serde::{Deserialize, Serialize};

/// What was done, in the words of Data Protection Act 2018 s.62.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Action {
    /// Data came in.
    Collect,
    /// Data was looked at.
    Consult,
    /// Something about the case changed: an authority, a release, a decision.
    Alter,
    /// Data of several sources was brought together.
    Combine,
    /// Data went out.
    Disclose,
    /// Data was destroyed.
    Erase,
}

/// One entry as it stands in the file, keys in this order.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Entry {
    /// From 1, without gaps.
    pub seq: u64,
    /// RFC 3339, UTC.
    pub time: String,
    /// What was done.
    pub action: Action,
    /// The operating system's user, or the account of the person who acted.
    pub who: String,
    /// By which way, when it was not a terminal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub via: Option<String>,
    /// To which object: an exhibit, a command, an authority.
    pub what: String,
    /// Particulars, reason.
    pub detail: serde_json::Value,
    /// Program, version and build.
    pub tool: String,
    /// Tree head over all earlier lines, in hexadecimal.
    pub root: String,
}

/// An entry yet without its place in the log.
#[derive(Clone, Debug)]
pub struct Draft {
    /// What was done.
    pub action: Action,
    /// To which object.
    pub what: String,
    /// Particulars, reason.
    pub detail: serde_json::Value,
}
