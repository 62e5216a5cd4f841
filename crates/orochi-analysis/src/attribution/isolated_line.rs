//! A line's phone weighed by itself, as if no other line's phone were known: how probably each candidate's phone goes
//! with it at each step, and how much speaks for it around then.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use orochi_model::problem::Problem;

use super::evidence_weights::WindowedSum;
use crate::registrations::phone_track::PhoneTrack;

/// A line by itself.
pub(super) struct IsolatedLine {
    /// The line's phone.
    pub phone: PhoneTrack,
    /// Its candidates, by number: their places in the others.
    pub candidates: BTreeMap<String, usize>,
    /// By candidate and step, the first at `first`: how probably its phone goes with this line's.
    pub sure: Vec<Vec<f64>>,
    /// The first step, counted from 1970.
    pub first: i64,
    /// By candidate: what speaks for and against it.
    pub local: Vec<WindowedSum>,
}

/// Known lines, each weighed by itself at most once. It belongs to one [`super::AttributionContext`]: with other
/// settings, another model or other known lines it has to be begun anew.
pub struct IsolatedLines(Vec<OnceLock<Option<Arc<IsolatedLine>>>>);

impl IsolatedLines {
    /// Of so many known lines; none is weighed yet.
    pub fn new(known: &[Vec<String>]) -> Self {
        Self(known.iter().map(|_| OnceLock::new()).collect())
    }

    /// A line by its place among those that are known; `weigh` is called the first time.
    pub(super) fn line(
        &self,
        place: usize,
        weigh: impl FnOnce() -> Result<Option<IsolatedLine>, Problem>,
    ) -> Result<Option<Arc<IsolatedLine>>, Problem> {
        let Some(cell) = self.0.get(place) else { return Ok(None) };
        if let Some(alone) = cell.get() {
            return Ok(alone.clone());
        }
        let alone = weigh()?.map(Arc::new);
        Ok(cell.get_or_init(|| alone).clone())
    }
}
