//! Texts: to and fro between two, one to a group of friends, and from names and short codes.

use super::{Talk, count, hours, long_tailed};
use crate::communication::Party;
use crate::world::PersonId;
use rand::RngExt;

/// Texts from names and short codes per person and day: codes, deliveries, appointments, offers.
const NAMES: f64 = 0.4;
/// Group texts per person and day.
const GROUPS: f64 = 0.01;
/// A text is answered within the hour, again and again.
const ANSWERED: f64 = 0.5;

/// Texts a person starts on a day with what comes back, and those from names.
pub(super) fn day(talk: &mut Talk<'_>) {
    let life = &talk.world.society.lives[talk.person as usize];
    let weekday = talk.world.calendar.weekday(talk.day);
    let by_age = match life.age {
        ..25 => 0.45,
        25..45 => 0.75,
        45..65 => 1.3,
        _ => 1.4,
    };
    let talks = talk.world.rates.texts * f64::from(life.activity) * by_age * (1.0 - ANSWERED);
    for _ in 0..count(talks, talk.chance) {
        let Some(other) = talk.tie() else { break };
        let at = talk.texting(weekday);
        exchange(talk, other, at);
    }
    if talk.chance.random::<f64>() < GROUPS {
        let at = talk.texting(weekday);
        group(talk, at);
    }
    for _ in 0..count(NAMES, talk.chance) {
        let second = hours::second(&hours::CALLS, weekday, talk.chance).max(6 * 3_600 + 1_800);
        let at = talk.at(second);
        let pools = &talk.world.society.pools;
        let (from, to) = if talk.chance.random::<f64>() < 0.75 { pools.names } else { pools.codes };
        let name = from + talk.chance.random_range(0..(to - from).max(1));
        let sim = talk.world.reach(talk.person, at);
        talk.text(at, Party::Outside(name), Party::Sim(sim));
    }
}

/// Texts to and fro between two.
fn exchange(talk: &mut Talk<'_>, other: PersonId, mut at: i64) {
    let person = talk.person;
    let (mut from, mut to) = (talk.sim(person, other.into(), at), talk.sim(other, person.into(), at));
    loop {
        talk.text(at, Party::Sim(from), Party::Sim(to));
        if talk.chance.random::<f64>() >= ANSWERED || talk.world.hold(to, at).is_none() {
            return;
        }
        at += 15 + long_tailed(140.0, 1.2, talk.chance).min(3_000.0) as i64;
        std::mem::swap(&mut from, &mut to);
    }
}

/// The same text to some friends within two minutes, and answers of a few.
fn group(talk: &mut Talk<'_>, mut at: i64) {
    let person = talk.person;
    let ties = talk.world.society.ties(person);
    let size = talk.chance.random_range(3..=8).min(ties.len());
    for other in &ties[..size] {
        let (from, to) = (talk.world.reach(person, at), talk.sim(*other, person.into(), at));
        talk.text(at, Party::Sim(from), Party::Sim(to));
        if talk.chance.random::<f64>() < 0.45 {
            let back = at + 20 + long_tailed(400.0, 1.2, talk.chance).min(9_000.0) as i64;
            talk.text(back, Party::Sim(to), Party::Sim(from));
        }
        at += talk.chance.random_range(2..20);
    }
}
