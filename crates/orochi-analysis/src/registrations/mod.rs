//! Registrations of a case's phones at masts, each with its row, and the weighing of two phones by them: what the
//! methods `colocation` and `attribution` share, and what `roles` asks of nights.
//!
//! - [`case_registrations`]: whose each record with a cell is, for all of them, once for a case.
//! - [`phone_track`]: the registrations of some numbers; [`places`] says where their masts stood at the time.
//! - [`proximity`]: which numbers came near a path at all.
//! - [`nights`]: where a phone was overnight.
//! - [`pair`]: what is said of two phones, in the words of [`words`].

pub(crate) mod case_registrations;
pub(crate) mod nights;
pub(crate) mod pair;
pub(crate) mod phone_track;
pub(crate) mod places;
pub(crate) mod proximity;
mod record_owner;
mod settings;
mod words;

use std::collections::BTreeSet;

use orochi_colocation::Track;
use orochi_model::problem::Problem;

use phone_track::{PhoneTrack, load_tracks, sample_population};

pub use case_registrations::CaseRegistrations;
pub(crate) use pair::TrackPair;
pub use pair::{OccasionFound, PairResult};
pub use settings::Settings;
pub use words::{H1, H2};

/// A stretch of time, microseconds UTC, the end excluded.
pub type Period = (i64, i64);

/// Registrations of the numbers that are looked at, and of others beside them.
pub(crate) struct TrackSet {
    /// Phones read before, then those wanted, then the population.
    pub tracks: Vec<PhoneTrack>,
    /// How many of them were asked for.
    pub subjects: usize,
}

impl TrackSet {
    /// Reads the `wanted` numbers and a population beside what is `read` already; `names` are
    /// the numbers of the latter.
    pub(crate) fn load(
        registrations: &CaseRegistrations<'_>,
        read: Vec<PhoneTrack>,
        names: &[&str],
        wanted: &[&str],
        settings: &Settings,
    ) -> Result<Self, Problem> {
        let asked: BTreeSet<&str> = names.iter().chain(wanted).copied().collect();
        let mut all = wanted.to_vec();
        let counts = registrations.registrations_by_number();
        let beside =
            sample_population(&counts, settings.population_rows as u64, settings.population as usize + asked.len());
        let beside = beside.into_iter().filter(|number| !asked.contains(number));
        all.extend(beside.take(settings.population as usize));
        let subjects = read.len() + wanted.len();
        Ok(Self { subjects, ..Self::without_population(registrations, read, &all)? })
    }

    /// Reads the `wanted` numbers beside what is `read` already, without a population: who goes along asks for none.
    pub(crate) fn without_population(
        registrations: &CaseRegistrations<'_>,
        read: Vec<PhoneTrack>,
        wanted: &[&str],
    ) -> Result<Self, Problem> {
        let mut all = read;
        all.extend(load_tracks(registrations, wanted)?);
        Ok(Self { subjects: all.len(), tracks: all })
    }

    /// How many numbers stand beside those asked for.
    pub(crate) fn population(&self) -> usize {
        self.tracks.len() - self.subjects
    }

    /// The registrations of each phone, in this order.
    pub(crate) fn registration_tracks(&self) -> Vec<&Track> {
        self.tracks.iter().map(|phone| &phone.track).collect()
    }
}
