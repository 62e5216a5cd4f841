//! Reasons for and against, as the two sides of one table.

use orochi_model::{finding::Reason, locator::Locator, sentence::Sentence};
use serde::Serialize;

use super::text::{clean, rows};

/// One reason with the rows behind it, in words.
#[derive(Clone, Debug, Serialize)]
pub(super) struct PrintedReason {
    /// The strand of evidence, where there are strands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub strand: Option<&'static str>,
    /// In words.
    pub text: String,
    /// Rows; empty where the reason says that something is absent.
    pub rows: String,
}

/// Both sides, equally prominent.
#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct Sides {
    /// What speaks for it.
    #[serde(rename = "for")]
    pub supports: Vec<PrintedReason>,
    /// What speaks against it.
    pub against: Vec<PrintedReason>,
}

/// One reason.
pub(super) fn said(strand: Option<&'static str>, text: &Sentence, evidence: &[Locator]) -> PrintedReason {
    PrintedReason { strand, text: clean(text.as_str()), rows: rows(evidence) }
}

/// Reasons of a method as two sides.
pub(super) fn sides(reasons: &[Reason]) -> Sides {
    let of = |supports: bool| {
        let some = reasons.iter().filter(move |reason| reason.supports == supports);
        some.map(|reason| said(None, &reason.text, &reason.evidence)).collect()
    };
    Sides { supports: of(true), against: of(false) }
}
