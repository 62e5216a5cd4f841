//! What attributions of one case share: its registrations, and the lines that are known, each
//! weighed by itself at most once.

use std::collections::BTreeSet;

use orochi_colocation::Model;
use orochi_model::problem::Problem;

use super::Settings;
use super::isolated_line::IsolatedLines;
use crate::handsets;
use crate::registrations::{self, CaseRegistrations, phone_track::PhoneTrack, phone_track::load_tracks, proximity};

/// What all attributions of a case are worked out from.
#[derive(Clone, Copy)]
pub struct AttributionContext<'a> {
    /// The registrations of the case.
    pub registrations: &'a CaseRegistrations<'a>,
    /// Thresholds of attribution.
    pub settings: &'a Settings,
    /// Thresholds of co-location.
    pub weighing: &'a registrations::Settings,
    /// Thresholds that tell SIMs of two lines in one handset.
    pub sharing: &'a handsets::Settings,
    /// The model of co-location.
    pub model: &'a Model,
    /// The numbers of each line that is known.
    pub known: &'a [Vec<String>],
    /// Each of `known` by itself, kept for all attributions that share these inputs.
    pub isolated: &'a IsolatedLines,
}

/// Who was near a line's phone.
pub(super) struct NearbyPhones {
    /// Other numbers with cells of their own.
    pub others: usize,
    /// Numbers of known lines that were near it.
    pub lines: BTreeSet<String>,
    /// Numbers that are compared with it, those near it in most hours first.
    pub compared: Vec<String>,
}

impl AttributionContext<'_> {
    /// The phone that goes through a line's numbers, called `name`, and who was near it.
    pub(super) fn nearby_phones(&self, name: &str, numbers: &[&str]) -> Result<(PhoneTrack, NearbyPhones), Problem> {
        let phone = PhoneTrack::merged(name, &load_tracks(self.registrations, numbers)?);
        let proximity::NearbyNumbers { numbers: others, near } =
            proximity::nearby_numbers(self.registrations, &phone, numbers, None, self.weighing)?;
        let known: BTreeSet<&String> = self.known.iter().flatten().collect();
        let (lines, mut compared): (Vec<String>, Vec<String>) =
            near.into_iter().partition(|number| known.contains(number));
        compared.truncate(self.settings.compared as usize);
        Ok((phone, NearbyPhones { others, lines: lines.into_iter().collect(), compared }))
    }
}
