//! Ordinary people: households, work, phones, ties, and what a day of theirs is like.

use crate::calendar::At;
use crate::ground::{OutsideId, PersonId, SimId};

pub(crate) mod day;
pub(crate) mod households;
pub(crate) mod phone_figures;
pub(crate) mod phones;
pub(crate) mod ties;
pub(crate) mod work;

/// What is known of a person beside home and routine.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Life {
    /// Years.
    pub age: u8,
    /// With whom they live as a couple.
    pub partner: Option<PersonId>,
    /// The couple travels together on all days, not only at weekends.
    pub inseparable: bool,
    /// Use of the own phone against others': 1 is the mean.
    pub activity: f32,
    /// Household, for family ties.
    pub household: u32,
}

/// A further phone or SIM of an ordinary person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Second {
    /// Whose.
    pub person: PersonId,
    /// The SIM.
    pub sim: SimId,
}

/// A change of number: from `at` on a person is reached under another SIM.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// Whose.
    pub person: PersonId,
    /// Since when.
    pub at: At,
    /// The SIM since.
    pub sim: SimId,
}

/// Who knows whom, and what each one has.
#[derive(Clone, Debug, Default)]
pub struct Society {
    /// One for each person.
    pub lives: Vec<Life>,
    /// Friends, family and colleagues of each person, dearest first; found through `ties_of`.
    pub ties: Vec<PersonId>,
    /// Place of each person's first tie, and one more.
    pub ties_of: Vec<u32>,
    /// Further phones, by person.
    pub seconds: Vec<Second>,
    /// Changes of number, by person.
    pub changes: Vec<Change>,
    /// Everybody's parties without cells.
    pub pools: Pools,
}

/// Parties without cells that ordinary people talk to: ranges in [`crate::world::World::outside`].
#[derive(Clone, Debug, Default)]
pub struct Pools {
    /// Landlines of homes.
    pub homes: (OutsideId, OutsideId),
    /// Landlines of shops, surgeries, offices.
    pub firms: (OutsideId, OutsideId),
    /// Names that send texts.
    pub names: (OutsideId, OutsideId),
    /// Short codes that send texts.
    pub codes: (OutsideId, OutsideId),
    /// Voicemail of each network.
    pub voicemail: [OutsideId; 4],
}

impl Society {
    /// Ties of a person, dearest first.
    pub fn ties(&self, person: PersonId) -> &[PersonId] {
        let (from, to) = (self.ties_of[person as usize] as usize, self.ties_of[person as usize + 1] as usize);
        &self.ties[from..to]
    }

    /// Further phone of a person.
    pub fn second(&self, person: PersonId) -> Option<SimId> {
        let place = self.seconds.binary_search_by_key(&person, |second| second.person).ok()?;
        Some(self.seconds[place].sim)
    }

    /// The couples, each once.
    pub fn couples(&self) -> impl Iterator<Item = (PersonId, PersonId)> + '_ {
        let one = |(person, life): (usize, &Life)| Some((person as PersonId, life.partner?));
        self.lives.iter().enumerate().filter_map(one).filter(|(a, b)| a < b)
    }
}
