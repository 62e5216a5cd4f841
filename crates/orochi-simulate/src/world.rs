//! Who and what there is: people, SIMs, handsets, and which SIM sits in which handset with whom.

use crate::calendar::{At, Calendar};
use crate::chance::Seed;
use crate::country::Country;
use crate::ground::{Handset, Hold, Outside, Person, PersonId, Sim, SimId};
use crate::people::Society;
use crate::talk::rates::Rates;
use std::sync::Arc;

pub mod build;
mod numbers;
mod population;

/// Everything there is. Made once, then only read.
#[derive(Clone, Debug)]
pub struct World {
    /// What all chance is drawn from.
    pub seed: Seed,
    /// The window.
    pub calendar: Calendar,
    /// The map.
    pub country: Arc<Country>,
    /// Who knows whom, and what each one has.
    pub society: Society,
    /// How much people talk.
    pub rates: Rates,
    /// How ordinary people talk.
    pub(crate) talk: crate::talk::figures::Figures,
    /// People; those of the cast stand among them.
    pub people: Vec<Person>,
    /// SIMs.
    pub sims: Vec<Sim>,
    /// Handsets.
    pub handsets: Vec<Handset>,
    /// Holds, sorted by SIM and start.
    pub holds: Vec<Hold>,
    /// Place of each SIM's first hold in `holds`, and one more.
    pub holds_of: Vec<u32>,
    /// Parties without cells.
    pub outside: Vec<Outside>,
}

impl World {
    /// Holds of a SIM, in order.
    pub fn holds_of(&self, sim: SimId) -> &[Hold] {
        let (from, to) = (self.holds_of[sim as usize] as usize, self.holds_of[sim as usize + 1] as usize);
        &self.holds[from..to]
    }

    /// The hold of a SIM at an instant; none while the SIM is not in use.
    pub fn hold(&self, sim: SimId, at: At) -> Option<&Hold> {
        self.holds_of(sim).iter().find(|hold| hold.from <= at && at < hold.to)
    }

    /// The SIM under which a person is reached on their own phone at an instant: the latest one, if they changed it.
    pub fn reach(&self, person: PersonId, at: At) -> SimId {
        let changes = &self.society.changes;
        let after = changes.partition_point(|change| (change.person, change.at) <= (person, at));
        match after.checked_sub(1).map(|place| changes[place]) {
            Some(change) if change.person == person => change.sim,
            _ => self.people[person as usize].sim,
        }
    }
}
