//! Reasons whose events have not been turned into rows yet, as methods write them one after the other.

use orochi_model::{problem::Problem, sentence::Sentence};

/// A reason and the events that it rests on.
#[derive(Clone, Debug)]
pub(crate) struct ReasonDraft {
    pub text: Sentence,
    pub supports: bool,
    /// In order, each once.
    pub events: Vec<u32>,
}

/// The reasons about one number or pair.
pub(crate) struct ReasonDrafts {
    pub list: Vec<ReasonDraft>,
    /// Events taken for each reason at most.
    pub most: usize,
}

impl ReasonDrafts {
    /// None yet; each will rest on `most` events at most.
    pub(crate) fn new(most: usize) -> Self {
        Self { list: Vec::new(), most }
    }

    /// Adds a statement of fact for or against.
    ///
    /// # Errors
    /// Bug kind when the wording guard refuses the text.
    pub(crate) fn add(
        &mut self,
        supports: bool,
        text: String,
        events: impl Iterator<Item = u32>,
    ) -> Result<(), Problem> {
        let mut events: Vec<u32> = events.take(self.most).collect();
        events.sort_unstable();
        events.dedup();
        self.list.push(ReasonDraft { text: Sentence::fact(text)?, supports, events });
        Ok(())
    }
}

/// A share as a percentage without decimals: `97%`.
pub(crate) fn percent(share: f64) -> String {
    format!("{:.0}%", share * 100.0)
}
