//! Excess data among rows that are no communications: subscribers, top-ups, SIM and handset history.

use std::sync::Arc;

use arrow::array::{ArrayRef, StringBuilder};
use orochi_model::authority::Scope;

use crate::rows::Verdict;

/// The column [`orochi_tables::schema::EXCESS`] of one block.
pub(crate) struct Quarantine<'a> {
    scope: &'a Scope,
    reasons: StringBuilder,
}

impl<'a> Quarantine<'a> {
    pub(crate) fn new(scope: &'a Scope) -> Self {
        Self { scope, reasons: StringBuilder::default() }
    }

    /// Judges a row that names these identifiers (empty ones count for nothing) and speaks of this interval.
    pub(crate) fn judge(&mut self, identifiers: &[&str], from: Option<i64>, to: Option<i64>) -> Verdict {
        let named = identifiers.iter().copied().filter(|identifier| !identifier.is_empty());
        match self.scope.judge_interval(named, from, to) {
            Ok(_) => {
                self.reasons.append_null();
                Verdict::Record
            }
            Err(excess) => {
                self.reasons.append_value(excess.as_str());
                Verdict::Excess
            }
        }
    }

    pub(crate) fn finish(&mut self) -> ArrayRef {
        Arc::new(self.reasons.finish())
    }
}
