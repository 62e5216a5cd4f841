//! What an actor is made from: somebody's phone, a clientele, a staff, in one town.

use super::draw::{Hours, coin, count, real, several, skewed, weighted, whole};
use crate::actor::Actor;
use crate::chance::Chance;
use crate::communication::Party;
use crate::ground::{ActorId, PersonId, Routine, Spot};
use crate::world::World;
use crate::world::build::Builder;

/// The place where one actor is made.
pub struct Stage<'a> {
    /// What people and phones are made with.
    pub builder: &'a mut Builder,
    /// The actor's own stream.
    pub chance: Chance,
    /// Where it does its business.
    pub town: u16,
    /// Its place in the cast.
    pub id: ActorId,
    /// Landlines given out so far.
    pub landlines: &'a mut u32,
}

/// The number that an actor is known by, and who answers it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Desk {
    /// The number.
    pub party: Party,
    /// Who answers it; a landline has somebody too, whose own mobile is used on the way.
    pub owner: PersonId,
    /// The owner's own number, which may be the same.
    pub own: Party,
}

impl Desk {
    /// Numbers that belong to the actor's business.
    pub fn parties(&self) -> Vec<Party> {
        vec![self.party]
    }

    /// Numbers that belong to the actor's business, the one that texts for it among them.
    pub fn with_writer(&self) -> Vec<Party> {
        if self.writer() == self.party { self.parties() } else { vec![self.party, self.own] }
    }

    /// The number that texts for the business: a landline has the owner's own mobile for it.
    pub fn writer(&self) -> Party {
        if matches!(self.party, Party::Sim(_)) { self.party } else { self.own }
    }
}

/// Somebody who rings the actor.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Client {
    /// Their number.
    pub party: Party,
    /// Contacts a day, on average.
    pub rate: f64,
}

impl Stage<'_> {
    /// Somebody of the cast who lives in the town.
    pub fn somebody(&mut self, routine: Routine) -> PersonId {
        let home = self.builder.home_in(self.town, &mut self.chance);
        self.builder.person(home, self.town, routine)
    }

    /// Somebody whose days the actor itself tells.
    pub fn cast_member(&mut self) -> PersonId {
        let id = self.id;
        self.somebody(Routine::Cast(id))
    }

    /// Somebody who works somewhere in the town between these hours.
    pub fn worker(&mut self, hours: (f64, f64), days: u8) -> PersonId {
        let (from, to) = hours;
        let work = self.spot();
        let second = |hour: f64| (hour * 3600.0) as i32;
        self.somebody(Routine::Away { work, from: second(from), to: second(to).min(86_399), days })
    }

    /// A spot in the town.
    pub fn spot(&mut self) -> Spot {
        self.builder.home_in(self.town, &mut self.chance)
    }

    /// The own number of somebody.
    pub fn own(&self, person: PersonId) -> Party {
        Party::Sim(self.builder.people()[person as usize].sim)
    }

    /// The number of the business: the owner's own mobile, a mobile for work, or a landline, by weight.
    pub fn desk(&mut self, owner: PersonId, own_work_landline: [f64; 3]) -> Desk {
        let own = self.own(owner);
        let party = match weighted(&mut self.chance, &own_work_landline) {
            0 => own,
            1 => self.work_phone(owner),
            _ => self.landline(),
        };
        Desk { party, owner, own }
    }

    /// A further mobile that somebody has for work, over the whole window.
    pub fn work_phone(&mut self, owner: PersonId) -> Party {
        let network = self.builder.network(&mut self.chance);
        let prepaid = coin(&mut self.chance, 0.4);
        let smart = coin(&mut self.chance, 0.55);
        let (sim, handset) = (self.builder.sim(network, prepaid), self.builder.handset(smart));
        let (from, to) = self.builder.calendar().span();
        self.builder.hold(sim, handset, owner, from, to);
        Party::Sim(sim)
    }

    /// A landline number: one of Ofcom's drama numbers 01632 960000 to 960999, over and over when there are more.
    pub fn landline(&mut self) -> Party {
        let number = format!("+441632960{:03}", *self.landlines % 1000);
        *self.landlines += 1;
        self.outside(&number)
    }

    /// A party without cells, as the network writes it.
    pub fn outside(&mut self, text: &str) -> Party {
        Party::Outside(self.builder.outside(text))
    }

    /// Numbers of people of the town, and of its neighbours when the town has not so many.
    pub fn public(&mut self, n: usize) -> Vec<Party> {
        let people = self.neighbours(n);
        people.into_iter().map(|person| self.own(person)).collect()
    }

    /// Ordinary people of the town, and of the towns around when it has not so many that half of it would do.
    pub fn neighbours(&mut self, n: usize) -> Vec<PersonId> {
        let mut pool: Vec<PersonId> = Vec::new();
        for town in towns_by_distance(self.builder, self.town) {
            pool.extend_from_slice(self.builder.residents(town));
            if pool.len() >= n * 2 {
                break;
            }
        }
        several(&pool, n, &mut self.chance)
    }

    /// A clientele of `n`: some come every day, most hardly ever. `rate` is contacts a day of the
    /// middle one and the spread.
    pub fn clientele(&mut self, number: (i64, i64), rate: (f64, f64), most: f64) -> Vec<Client> {
        let n = whole(&mut self.chance, number) as usize;
        let (median, sigma) = rate;
        let parties = self.public(n);
        parties
            .into_iter()
            .map(|party| Client { party, rate: skewed(&mut self.chance, median, sigma).min(most) })
            .collect()
    }

    /// A number between two, drawn for this actor. Two that are equal take no draw, so that what is fixed may be
    /// written as a range like everything else.
    pub fn real(&mut self, range: (f64, f64)) -> f64 {
        let (low, high) = range;
        if low < high { real(&mut self.chance, range) } else { low }
    }

    /// A whole number between two, drawn for this actor.
    pub fn whole(&mut self, range: (i64, i64)) -> i64 {
        whole(&mut self.chance, range)
    }

    /// Opening hours drawn from ranges, without peaks.
    pub fn hours(&mut self, open: (f64, f64), shut: (f64, f64)) -> Hours {
        let (open, shut) = (self.real(open), self.real(shut));
        Hours::even(open, shut)
    }
}

/// Towns by distance from one, itself first.
pub fn towns_by_distance(builder: &Builder, town: u16) -> Vec<u16> {
    let towns = &builder.country().towns;
    let centre = towns[usize::from(town)].centre;
    let mut order: Vec<u16> = (0..towns.len() as u16).collect();
    order.sort_by_key(|other| {
        let there = towns[usize::from(*other)].centre;
        let (dx, dy) = (i64::from(there.easting - centre.easting), i64::from(there.northing - centre.northing));
        (dx * dx + dy * dy, *other)
    });
    order
}

/// The contacts that clients make on a day: second and number, in the clients' order. `factor` is the day's
/// share of an ordinary one.
pub fn contacts(chance: &mut Chance, clients: &[Client], factor: f64, hours: &Hours) -> Vec<(i64, Party)> {
    let mut of = Vec::new();
    for client in clients {
        for _ in 0..count(chance, client.rate * factor) {
            of.push((hours.second(chance), client.party));
        }
    }
    of
}

/// What `truth.json` says of an innocent actor: each of its numbers and its kind.
pub fn innocent(world: &World, actor: &dyn Actor, parties: &[Party]) -> serde_json::Value {
    parties.iter().map(|party| serde_json::json!({ "number": number(world, *party), "kind": actor.kind() })).collect()
}

/// A party's number as `truth.json` writes it.
pub fn number(world: &World, party: Party) -> String {
    match party {
        Party::Sim(sim) => format!("+{}", world.sims[sim as usize].number),
        Party::Outside(outside) => world.outside[outside as usize].text.clone(),
    }
}
