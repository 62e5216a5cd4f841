//! How a world is made: ordinary people first, then the cast picks from them and adds its own, then
//! all is sorted and fixed.

use super::{World, numbers};
use crate::calendar::{At, Calendar};
use crate::chance::{Chance, Seed};
use crate::country::Country;
use crate::ground::{Handset, HandsetId, Hold, Outside, OutsideId, Person, PersonId, Routine, Sim, SimId, Spot};
use crate::people::households;
use crate::people::{Life, Society, ties};
use crate::scenario::sections::GroundSections;
use crate::talk::rates::Rates;
use orochi_model::problem::Problem;
use rand::RngExt;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A world in the making.
#[derive(Debug)]
pub struct Builder {
    seed: Seed,
    calendar: Calendar,
    pub(super) country: Arc<Country>,
    rates: Rates,
    talk: crate::talk::figures::Figures,
    shares: [f64; 4],
    pub(super) people: Vec<Person>,
    sims: Vec<Sim>,
    handsets: Vec<Handset>,
    /// Holds of each SIM, as stated.
    holds: Vec<Vec<Hold>>,
    pub(super) outside: Vec<Outside>,
    outside_by_text: BTreeMap<String, OutsideId>,
    pub(super) residents: Vec<Vec<PersonId>>,
    pub(super) society: Society,
    households: u32,
    leading: u32,
}

impl Builder {
    /// A world without people.
    pub(super) fn empty(sections: &GroundSections<'_>, country: Arc<Country>, calendar: Calendar, seed: Seed) -> Self {
        let residents = vec![Vec::new(); country.towns.len()];
        Self {
            seed,
            calendar,
            country,
            rates: Rates::from_figures(sections.people),
            talk: sections.talk.clone(),
            shares: sections.networks.shares.value,
            people: Vec::new(),
            sims: Vec::new(),
            handsets: Vec::new(),
            holds: Vec::new(),
            outside: Vec::new(),
            outside_by_text: BTreeMap::new(),
            residents,
            society: Society::default(),
            // Households of the cast, whose members state their ties themselves, are counted from above.
            households: u32::MAX,
            leading: 0,
        }
    }

    /// What all chance is drawn from.
    pub fn seed(&self) -> Seed {
        self.seed
    }

    /// The window.
    pub fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    /// The map.
    pub fn country(&self) -> &Country {
        &self.country
    }

    /// Everyone so far.
    pub fn people(&self) -> &[Person] {
        &self.people
    }

    /// Place of a town in the country's list.
    pub fn town(&self, name: &str) -> Option<u16> {
        self.country.town(name)
    }

    /// A residential spot inside a town.
    pub fn home_in(&self, town: u16, chance: &mut Chance) -> Spot {
        self.country.home_in(town, chance)
    }

    /// Ordinary people who live in and around a town, in a fixed order.
    pub fn residents(&self, town: u16) -> &[PersonId] {
        self.residents.get(usize::from(town)).map_or(&[], Vec::as_slice)
    }

    /// A person with a smart phone of their own for the whole window. Their private life (ties, calls, data) comes by
    /// itself; see [`Builder::activity`].
    pub fn person(&mut self, home: Spot, town: u16, routine: Routine) -> PersonId {
        let mut chance = self.seed.stream("person", &[self.people.len() as u64]);
        let network = self.network(&mut chance);
        let (sim, handset) = (self.sim(network, false), self.handset(true));
        self.households -= 1;
        let life = households::life(chance.random_range(19..45), self.households, &mut chance);
        self.add(home, town, routine, sim, handset, life)
    }

    /// A person with a SIM and a handset for the whole window.
    pub(super) fn add(
        &mut self,
        home: Spot,
        town: u16,
        routine: Routine,
        sim: SimId,
        handset: HandsetId,
        life: Life,
    ) -> PersonId {
        let id = self.people.len() as PersonId;
        let (from, to) = self.calendar.span();
        self.people.push(Person { home, town, routine, sim });
        self.society.lives.push(life);
        self.hold(sim, handset, id, from, to);
        id
    }

    /// How much a person's own phone is used for private talk, against others: 1 is the mean, 0 none at all (its data
    /// sessions remain, as they do for any SIM in a smart handset).
    pub fn activity(&mut self, person: PersonId, factor: f64) {
        self.society.lives[person as usize].activity = factor as f32;
    }

    /// Two who live together; whether they travel together is for their itineraries to say.
    pub fn couple(&mut self, a: PersonId, b: PersonId) {
        self.society.lives[a as usize].partner = Some(b);
        self.society.lives[b as usize].partner = Some(a);
        self.society.lives[b as usize].household = self.society.lives[a as usize].household;
    }

    /// What is known of a person.
    pub fn life(&self, person: PersonId) -> &Life {
        &self.society.lives[person as usize]
    }

    /// A network drawn by its share of SIMs.
    pub fn network(&self, chance: &mut Chance) -> u8 {
        let mut draw: f64 = chance.random();
        for (place, share) in self.shares.iter().enumerate() {
            draw -= share;
            if draw < 0.0 {
                return place as u8;
            }
        }
        3
    }

    /// A further SIM with an ordinary number. It is in nobody's hands until [`Builder::hold`]. A SIM in a smart handset
    /// has data sessions by itself while it is held.
    pub fn sim(&mut self, network: u8, prepaid: bool) -> SimId {
        let id = self.sims.len() as SimId;
        let (number, imsi) = (numbers::ordinary(self.seed, id), numbers::imsi(self.seed, network, id));
        self.sims.push(Sim { number, imsi, network, prepaid });
        self.holds.push(Vec::new());
        id
    }

    /// A further SIM whose number is one of Ofcom's drama numbers, for leading parts: 07700 900000 upwards, a thousand
    /// of them, then ordinary numbers.
    pub fn leading_sim(&mut self, network: u8, prepaid: bool) -> SimId {
        let id = self.sim(network, prepaid);
        if let Some(number) = numbers::drama(self.leading) {
            self.sims[id as usize].number = number;
            self.leading += 1;
        }
        id
    }

    /// A handset.
    pub fn handset(&mut self, smart: bool) -> HandsetId {
        let id = self.handsets.len() as HandsetId;
        self.handsets.push(Handset { imei: numbers::imei(self.seed, smart, id), smart });
        id
    }

    /// A SIM in a handset with somebody from (inclusive) to (exclusive). An empty period is left out.
    pub fn hold(&mut self, sim: SimId, handset: HandsetId, carrier: PersonId, from: At, to: At) {
        if from < to {
            self.holds[sim as usize].push(Hold { sim, handset, carrier, from, to });
        }
    }

    /// Takes back all holds of a SIM, to state them anew: a person's own phone that changes handset, say.
    pub fn release(&mut self, sim: SimId) {
        self.holds[sim as usize].clear();
    }

    /// Holds of a SIM as stated so far.
    pub fn holds(&self, sim: SimId) -> &[Hold] {
        &self.holds[sim as usize]
    }

    /// Ends a SIM's last hold earlier; false, and nothing done, when it does not cover the instant.
    pub fn end_hold(&mut self, sim: SimId, at: At) -> bool {
        match self.holds[sim as usize].last_mut() {
            Some(hold) if hold.from < at && at < hold.to => {
                hold.to = at;
                true
            }
            _ => false,
        }
    }

    /// Handset in which a person's own SIM was last put.
    pub fn handset_of(&self, person: PersonId) -> Option<HandsetId> {
        self.holds[self.people[person as usize].sim as usize].last().map(|hold| hold.handset)
    }

    /// Puts a person's own SIM into another handset, ten minutes later; gives the one before, or
    /// none when nothing was done.
    pub(crate) fn change_handset(&mut self, person: PersonId, at: At, handset: HandsetId) -> Option<HandsetId> {
        let sim = self.people[person as usize].sim;
        let before = self.holds[sim as usize].last().copied()?;
        if !self.end_hold(sim, at) {
            return None;
        }
        self.hold(sim, handset, person, at + 600, before.to);
        Some(before.handset)
    }

    /// A party without cells: a landline, a short code, a name that sends texts. The same text is the same party.
    pub fn outside(&mut self, text: impl Into<String>) -> OutsideId {
        let text = text.into();
        if let Some(id) = self.outside_by_text.get(&text) {
            return *id;
        }
        let id = self.outside.len() as OutsideId;
        self.outside.push(Outside { text: text.clone() });
        self.outside_by_text.insert(text, id);
        id
    }

    /// The world, fixed.
    ///
    /// # Errors
    /// A bug, when two holds of a SIM overlap.
    pub fn finish(mut self) -> Result<World, Problem> {
        let mut holds = Vec::with_capacity(self.holds.len());
        let mut holds_of = Vec::with_capacity(self.holds.len() + 1);
        for mut own in self.holds {
            holds_of.push(holds.len() as u32);
            own.sort_by_key(|hold| (hold.from, hold.to));
            if let Some(pair) = own.windows(2).find(|pair| pair[1].from < pair[0].to) {
                return Err(Problem::bug("a SIM is held twice at one time").because(format!("{pair:?}")));
            }
            holds.append(&mut own);
        }
        holds_of.push(holds.len() as u32);
        let (ties, ties_of) = ties::draw(&self.people, &self.society.lives, self.seed);
        self.society.ties = ties;
        self.society.ties_of = ties_of;
        self.society.seconds.sort_unstable_by_key(|second| second.person);
        self.society.changes.sort_unstable_by_key(|change| (change.person, change.at));
        Ok(World {
            seed: self.seed,
            calendar: self.calendar,
            country: self.country,
            society: self.society,
            rates: self.rates,
            talk: self.talk,
            people: self.people,
            sims: self.sims,
            handsets: self.handsets,
            holds,
            holds_of,
            outside: self.outside,
        })
    }
}
