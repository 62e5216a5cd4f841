//! What attributions of one case share: its registrations, and the lines that are known, each
//! weighed by itself at most once.

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use orochi_colocation::Model;
use orochi_model::problem::Problem;

use super::Settings;
use super::alone::Alone;
use crate::colocation::{self, near, registered::Registered, seen::Seen, seen::seen};

/// The lines of a case.
pub(crate) struct Lines<'a> {
    pub(super) registered: &'a Registered<'a>,
    pub(super) settings: &'a Settings,
    pub(super) weighing: &'a colocation::Settings,
    pub(super) model: &'a Model,
    /// The numbers of each line that is known.
    pub(super) known: &'a [Vec<String>],
    /// Each of `known` by itself, once it was asked for; none where no cells of its own are held.
    alone: Vec<OnceLock<Option<Arc<Alone>>>>,
}

/// Who was near a line's phone.
pub(super) struct Near {
    /// Other numbers with cells of their own.
    pub others: usize,
    /// Numbers of known lines that were near it.
    pub lines: BTreeSet<String>,
    /// Numbers that are compared with it, those near it in most hours first.
    pub compared: Vec<String>,
}

impl<'a> Lines<'a> {
    /// Nothing is read yet.
    pub(crate) fn new(
        registered: &'a Registered<'a>,
        settings: &'a Settings,
        weighing: &'a colocation::Settings,
        model: &'a Model,
        known: &'a [Vec<String>],
    ) -> Self {
        let alone = known.iter().map(|_| OnceLock::new()).collect();
        Self { registered, settings, weighing, model, known, alone }
    }

    /// The phone that goes through a line's numbers, and who was near it.
    pub(super) fn near(&self, numbers: &[&str]) -> Result<(Seen, Near), Problem> {
        let phone = Seen::merged(numbers.first().copied().unwrap_or_default(), &seen(self.registered, numbers)?);
        let near::Met { numbers: others, near } = near::near(self.registered, &phone, numbers, None, self.weighing)?;
        let known: BTreeSet<&String> = self.known.iter().flatten().collect();
        let (lines, mut compared): (Vec<String>, Vec<String>) =
            near.into_iter().partition(|number| known.contains(number));
        compared.truncate(self.settings.compared as usize);
        Ok((phone, Near { others, lines: lines.into_iter().collect(), compared }))
    }

    /// A known line, by its place, weighed by itself.
    pub(super) fn alone(&self, place: usize) -> Result<Option<Arc<Alone>>, Problem> {
        if let Some(alone) = self.alone[place].get() {
            return Ok(alone.clone());
        }
        let alone = Alone::load(self, &self.known[place])?.map(Arc::new);
        Ok(self.alone[place].get_or_init(|| alone).clone())
    }
}
