//! Ties: family, friends of like age nearby, colleagues. Like knows like (McPherson, Smith-Lovin and Cook 2001): three
//! friends in four are of the same or the next age band, most live in the same town, nearer ones more often.

use super::Life;
use crate::chance::Seed;
use crate::ground::{Person, PersonId, Routine, Spot};
use rand::RngExt;
use std::collections::BTreeMap;

/// Years in an age band.
const BAND: u8 = 6;

/// Ties of everyone: the list, and where each person's begin. Known both ways.
pub(crate) fn draw(people: &[Person], lives: &[Life], seed: Seed) -> (Vec<PersonId>, Vec<u32>) {
    // Order of creation follows the census's codes, which follow the map: neighbours in these
    // lists live near each other.
    let mut by_band: BTreeMap<(u16, u8), Vec<PersonId>> = BTreeMap::new();
    let mut by_town: BTreeMap<u16, Vec<PersonId>> = BTreeMap::new();
    let mut by_firm: BTreeMap<Spot, Vec<PersonId>> = BTreeMap::new();
    let mut by_house: BTreeMap<u32, Vec<PersonId>> = BTreeMap::new();
    let mut places: Vec<(u32, u32)> = Vec::with_capacity(people.len());
    for (id, (person, life)) in people.iter().zip(lives).enumerate() {
        let band = by_band.entry((person.town, life.age / BAND)).or_default();
        let town = by_town.entry(person.town).or_default();
        places.push((band.len() as u32, town.len() as u32));
        band.push(id as PersonId);
        town.push(id as PersonId);
        if let Routine::Away { work, .. } = person.routine {
            by_firm.entry(work).or_default().push(id as PersonId);
        }
        by_house.entry(life.household).or_default().push(id as PersonId);
    }
    // Rank 0 is dearest: family before friends before colleagues.
    let mut edges: Vec<(PersonId, u16, PersonId)> = Vec::with_capacity(people.len() * 16);
    let mut tie = |a: PersonId, b: PersonId, rank: u16| {
        if a != b {
            edges.push((a, rank, b));
            edges.push((b, rank, a));
        }
    };
    for (id, (person, life)) in people.iter().zip(lives).enumerate() {
        let id = id as PersonId;
        let mut chance = seed.stream("ties", &[u64::from(id)]);
        if let Some(house) = by_house.get(&life.household) {
            house.iter().filter(|other| **other > id).for_each(|other| tie(id, *other, 0));
        }
        let wanted = (2.5 * libm::exp(0.6 * crate::chance::normal(&mut chance))) as u32 + 1;
        for nth in 0..wanted.min(25) {
            let rank = 1 + chance.random_range(0..400) + 20 * nth as u16;
            let draw: f64 = chance.random();
            let near = |list: &[PersonId], place: u32, chance: &mut crate::chance::Chance| {
                let reach = (list.len() as f64 / 3.0).clamp(3.0, 600.0);
                let step = (reach * crate::chance::normal(chance)) as i64;
                let place = (i64::from(place) + step).rem_euclid(list.len() as i64);
                list[place as usize]
            };
            let (band, town) = places[id as usize];
            let other = if draw < 0.62 {
                let own = life.age / BAND;
                let other = [own, own, own.saturating_sub(1), own + 1][chance.random_range(0..4)];
                by_band
                    .get(&(person.town, other))
                    .map(|list| near(list, if other == own { band } else { list.len() as u32 / 2 }, &mut chance))
            } else if draw < 0.82 {
                by_town.get(&person.town).map(|list| near(list, town, &mut chance))
            } else {
                // Family and old friends anywhere.
                Some(chance.random_range(0..people.len() as PersonId))
            };
            if let Some(other) = other {
                tie(id, other, rank);
            }
        }
        if let Routine::Away { work, .. } = person.routine
            && let Some(firm) = by_firm.get(&work)
        {
            for _ in 0..chance.random_range(0..3) {
                let other = firm[chance.random_range(0..firm.len())];
                tie(id, other, 300 + chance.random_range(0..200));
            }
        }
    }
    edges.sort_unstable();
    let mut known = std::collections::BTreeSet::new();
    let mut ties = Vec::with_capacity(edges.len());
    let mut ties_of = Vec::with_capacity(people.len() + 1);
    let mut edge = edges.into_iter().peekable();
    for id in 0..people.len() as PersonId {
        ties_of.push(ties.len() as u32);
        known.clear();
        while let Some((_, _, other)) = edge.next_if(|(from, ..)| *from == id) {
            if known.insert(other) {
                ties.push(other);
            }
        }
    }
    ties_of.push(ties.len() as u32);
    (ties, ties_of)
}
