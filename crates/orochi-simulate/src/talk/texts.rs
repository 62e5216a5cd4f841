//! Texts: to and fro between two, one to a group of friends, and from names and short codes.

use super::hours;
use super::person_day::{Talk, count, long_tailed};
use crate::communication::Party;
use crate::ground::PersonId;
use rand::RngExt;

/// Texts a person starts on a day with what comes back, and those from names.
pub(super) fn day(talk: &mut Talk<'_>) {
    let (of, life) = (&talk.world.talk.texts, &talk.world.society.lives[talk.person as usize]);
    let weekday = talk.world.calendar.weekday(talk.day);
    let by_age = match life.age {
        ..25 => of.by_age[0],
        25..45 => of.by_age[1],
        45..65 => of.by_age[2],
        _ => of.by_age[3],
    };
    let talks = talk.world.rates.texts * f64::from(life.activity) * by_age * (1.0 - of.answered);
    for _ in 0..count(talks, talk.chance) {
        let Some(other) = talk.tie() else { break };
        let at = talk.texting(weekday);
        exchange(talk, other, at);
    }
    if talk.chance.random::<f64>() < of.groups {
        let at = talk.texting(weekday);
        group(talk, at);
    }
    for _ in 0..count(of.names, talk.chance) {
        let second = hours::second(&talk.world.talk.calls.hours, weekday, talk.chance).max(6 * 3_600 + 1_800);
        let at = talk.at(second);
        let pools = &talk.world.society.pools;
        let (from, to) = if talk.chance.random::<f64>() < of.by_name { pools.names } else { pools.codes };
        let name = from + talk.chance.random_range(0..(to - from).max(1));
        let sim = talk.world.reach(talk.person, at);
        talk.text(at, Party::Outside(name), Party::Sim(sim));
    }
}

/// Texts to and fro between two.
fn exchange(talk: &mut Talk<'_>, other: PersonId, mut at: i64) {
    let (of, person) = (&talk.world.talk.texts, talk.person);
    let (mut from, mut to) = (talk.sim(person, other.into(), at), talk.sim(other, person.into(), at));
    loop {
        talk.text(at, Party::Sim(from), Party::Sim(to));
        if talk.chance.random::<f64>() >= of.answered || talk.world.hold(to, at).is_none() {
            return;
        }
        at += 15 + long_tailed(of.answered_after, talk.chance).min(3_000.0) as i64;
        std::mem::swap(&mut from, &mut to);
    }
}

/// The same text to some friends within two minutes, and answers of a few.
fn group(talk: &mut Talk<'_>, mut at: i64) {
    let (of, person) = (&talk.world.talk.texts, talk.person);
    let ties = talk.world.society.ties(person);
    let size = talk.chance.random_range(of.group_size.0 as usize..=of.group_size.1 as usize).min(ties.len());
    for other in &ties[..size] {
        let (from, to) = (talk.world.reach(person, at), talk.sim(*other, person.into(), at));
        talk.text(at, Party::Sim(from), Party::Sim(to));
        if talk.chance.random::<f64>() < of.group_answered {
            let back = at + 20 + long_tailed(of.group_answered_after, talk.chance).min(9_000.0) as i64;
            talk.text(back, Party::Sim(to), Party::Sim(from));
        }
        at += talk.chance.random_range(of.group_every.0..=of.group_every.1);
    }
}
