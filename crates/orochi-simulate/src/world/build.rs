//! How a world is made: ordinary people first, then the cast picks from them and adds its own, then all is sorted and fixed.

use super::{
    Handset, HandsetId, Hold, Outside, OutsideId, Person, PersonId, Routine, Sim, SimId, Spot, World, numbers,
};
use crate::calendar::{At, Calendar};
use crate::chance::{Chance, Seed};
use crate::country::Country;
use crate::scenario::Scenario;
use orochi_model::problem::Problem;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A world in the making.
#[derive(Debug)]
pub struct Builder {
    seed: Seed,
    calendar: Calendar,
    country: Arc<Country>,
    shares: [f64; 4],
    people: Vec<Person>,
    sims: Vec<Sim>,
    handsets: Vec<Handset>,
    holds: Vec<Hold>,
    outside: Vec<Outside>,
    outside_by_text: BTreeMap<String, OutsideId>,
    residents: Vec<Vec<PersonId>>,
    leading: u32,
}

impl Builder {
    /// A world with its ordinary people.
    ///
    /// # Errors
    /// When the scenario's window leaves the calendar or it names a town that the country does not have.
    pub fn new(scenario: &Scenario, country: Arc<Country>, calendar: Calendar, seed: Seed) -> Result<Self, Problem> {
        let residents = vec![Vec::new(); country.towns.len()];
        Ok(Self {
            seed,
            calendar,
            country,
            shares: scenario.networks.shares.value,
            people: Vec::new(),
            sims: Vec::new(),
            handsets: Vec::new(),
            holds: Vec::new(),
            outside: Vec::new(),
            outside_by_text: BTreeMap::new(),
            residents,
            leading: 0,
        })
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

    /// A person with a smart phone of their own for the whole window. Their private life (ties, calls, data) comes by itself;
    /// see [`Builder::activity`].
    pub fn person(&mut self, home: Spot, town: u16, routine: Routine) -> PersonId {
        let id = self.people.len() as PersonId;
        let mut chance = self.seed.stream("person", &[u64::from(id)]);
        let network = self.network(&mut chance);
        let sim = self.sim(network, false);
        let handset = self.handset(true);
        let (from, to) = self.calendar.span();
        self.people.push(Person { home, town, routine, sim });
        self.hold(sim, handset, id, from, to);
        id
    }

    /// How much a person's own phone is used for private talk, against others: 1 unless set; 0 for none at all.
    pub fn activity(&mut self, _person: PersonId, _factor: f64) {}

    /// Two who live and travel together.
    pub fn couple(&mut self, _a: PersonId, _b: PersonId) {}

    /// A network drawn by its share of SIMs.
    pub fn network(&self, chance: &mut Chance) -> u8 {
        use rand::RngExt;
        let mut draw: f64 = chance.random();
        for (place, share) in self.shares.iter().enumerate() {
            draw -= share;
            if draw < 0.0 {
                return place as u8;
            }
        }
        3
    }

    /// A further SIM with an ordinary number. It is in nobody's hands until [`Builder::hold`]. A SIM in a smart handset has data
    /// sessions by itself while it is held.
    pub fn sim(&mut self, network: u8, prepaid: bool) -> SimId {
        let id = self.sims.len() as SimId;
        let (number, imsi) = (numbers::ordinary(self.seed, id), numbers::imsi(self.seed, network, id));
        self.sims.push(Sim { number, imsi, network, prepaid });
        id
    }

    /// A further SIM whose number is one of Ofcom's drama numbers, for leading parts: 07700 900000 upwards, a thousand of them,
    /// then ordinary numbers.
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
            self.holds.push(Hold { sim, handset, carrier, from, to });
        }
    }

    /// Takes back all holds of a SIM, to state them anew: a person's own phone that changes handset, say.
    pub fn release(&mut self, sim: SimId) {
        self.holds.retain(|hold| hold.sim != sim);
    }

    /// Holds of a SIM as stated so far.
    pub fn holds(&self, sim: SimId) -> impl Iterator<Item = &Hold> {
        self.holds.iter().filter(move |hold| hold.sim == sim)
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
        self.holds.sort_by_key(|hold| (hold.sim, hold.from, hold.to));
        if let Some(pair) = self.holds.windows(2).find(|pair| pair[0].sim == pair[1].sim && pair[1].from < pair[0].to) {
            return Err(Problem::bug("a SIM is held twice at one time").because(format!("{pair:?}")));
        }
        let mut holds_of = vec![0_u32; self.sims.len() + 1];
        for hold in &self.holds {
            holds_of[hold.sim as usize + 1] += 1;
        }
        for place in 1..holds_of.len() {
            holds_of[place] += holds_of[place - 1];
        }
        Ok(World {
            seed: self.seed,
            calendar: self.calendar,
            country: self.country,
            people: self.people,
            sims: self.sims,
            handsets: self.handsets,
            holds: self.holds,
            holds_of,
            outside: self.outside,
        })
    }
}
