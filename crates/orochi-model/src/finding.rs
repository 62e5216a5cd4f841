//! What a method says: a sentence, whether it speaks for or against, and the rows behind it.

use serde::Serialize;

use crate::{locator::Locator, sentence::Sentence};

/// One reason for or against a finding. A reason with nothing behind it is not a reason: `evidence` holds at least one
/// row unless the reason states that something is absent from the data.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reason {
    /// The reason in plain words.
    pub text: Sentence,
    /// True when it supports the finding, false when it speaks against.
    #[serde(rename = "for")]
    pub supports: bool,
    /// Rows a reader can open to recompute it. Long lists are cut to the method's `evidence_rows` setting; the
    /// sentence gives the full count.
    pub evidence: Vec<Locator>,
}
