//! One person's day of calls and texts in the making.

use crate::calendar::At;
use crate::chance::{Chance, normal};
use crate::communication::{Communication, ContactKind, Outcome, Party};
use crate::ground::{PersonId, SimId};
use crate::talk::hours;
use crate::world::World;
use rand::{Rng, RngExt};

/// One person's day in the making.
pub(crate) struct Talk<'a> {
    pub world: &'a World,
    pub person: PersonId,
    pub day: u32,
    pub chance: &'a mut Chance,
    pub out: &'a mut Vec<Communication>,
}

impl Talk<'_> {
    /// The instant of a second of the day.
    pub(crate) fn at(&self, second: i64) -> At {
        self.world.calendar.at(self.day, second)
    }

    /// An instant at which people text.
    pub(crate) fn texting(&mut self, weekday: u32) -> At {
        let second = hours::second(&self.world.talk.texts.hours, weekday, self.chance);
        self.at(second)
    }

    /// A tie; the dearest most: places fall off evenly in the square root.
    pub(crate) fn tie(&mut self) -> Option<PersonId> {
        let ties = self.world.society.ties(self.person);
        if ties.is_empty() {
            return None;
        }
        let draw: f64 = self.chance.random();
        Some(ties[((draw * draw) * ties.len() as f64) as usize])
    }

    /// The SIM under which a person talks to another: always the same one of two.
    pub(crate) fn sim(&self, person: PersonId, other: u64, at: At) -> SimId {
        let society = &self.world.society;
        if !society.seconds.is_empty()
            && let Some(second) = society.second(person)
            && (other.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ u64::from(person).wrapping_mul(0xbf58_476d_1ce4_e5b9)) >> 61
                < 2
        {
            return second;
        }
        self.world.reach(person, at)
    }

    pub(crate) fn text(&mut self, at: At, from: Party, to: Party) {
        let (kind, outcome) = (ContactKind::Text, Outcome::Answered);
        self.out.push(Communication { at, from, to, kind, outcome, seconds: 0, ring: 0, volume: (0, 0) });
    }

    pub(crate) fn call(&mut self, at: At, from: Party, to: Party, outcome: Outcome, seconds: u32, ring: u16) {
        self.out.push(Communication { at, from, to, kind: ContactKind::Call, outcome, seconds, ring, volume: (0, 0) });
    }
}

/// A count with a mean (Poisson).
pub(crate) fn count(mean: f64, chance: &mut Chance) -> u32 {
    let limit = libm::exp(-mean.min(200.0));
    let (mut product, mut count) = (1.0, 0);
    loop {
        product *= (chance.next_u64() >> 11) as f64 / (1_u64 << 53) as f64;
        if product <= limit {
            return count;
        }
        count += 1;
    }
}

/// A long-tailed length: log-normal with a median.
pub(crate) fn long_tailed(distribution: (f64, f64), chance: &mut Chance) -> f64 {
    let (median, spread) = distribution;
    median * libm::exp(spread * normal(chance))
}
