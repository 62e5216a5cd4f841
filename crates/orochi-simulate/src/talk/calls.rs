//! Calls: answered, missed, to voicemail, returned.

use super::{Talk, count, hours, long_tailed};
use crate::communication::{Outcome, Party};
use rand::RngExt;

/// Shares of who is called: a tie, a landline at home, a shop or surgery; the rest is anybody in town (a tradesman, a wrong number).
const TIE: f64 = 0.8;
const HOME: f64 = 0.06;
const FIRM: f64 = 0.09;
/// Calls from landlines per person and day.
const INCOMING: f64 = 0.22;
/// Of unanswered calls, how many are returned.
const RETURNED: f64 = 0.4;
/// Of messages left, how many are listened to by a call to voicemail.
const LISTENED: f64 = 0.3;
/// Median and spread of the length of an answered call, seconds; longest, 3 hours.
const MEDIAN: f64 = 62.0;
const SPREAD: f64 = 1.35;
const LONGEST: f64 = 10_800.0;

/// Calls a person starts on a day, and those from landlines.
pub(super) fn day(talk: &mut Talk<'_>) {
    let life = &talk.world.society.lives[talk.person as usize];
    let weekday = talk.world.calendar.weekday(talk.day);
    let activity = f64::from(life.activity);
    // Returned calls come on top: about one in eight.
    for _ in 0..count(talk.world.rates.calls * activity / 1.1, talk.chance) {
        let second = hours::second(&hours::CALLS, weekday, talk.chance);
        outgoing(talk, second);
    }
    for _ in 0..count(INCOMING * activity.min(2.0), talk.chance) {
        let second = hours::second(&hours::CALLS, weekday, talk.chance).clamp(8 * 3_600, 20 * 3_600 + 1_800);
        let from = landline(talk, 0.4);
        let late = i64::from(talk.chance.random_range(0..1_800));
        let at = talk.at(second + late);
        let to = Party::Sim(talk.world.reach(talk.person, at));
        call(talk, at, from, to);
    }
}

fn outgoing(talk: &mut Talk<'_>, second: i64) {
    let at = talk.at(second);
    let draw: f64 = talk.chance.random();
    let person = talk.person;
    let (from, to) = if draw < TIE {
        let Some(other) = talk.tie() else { return };
        (Party::Sim(talk.sim(person, other.into(), at)), Party::Sim(talk.sim(other, person.into(), at)))
    } else if draw < TIE + HOME + FIRM {
        let to = landline(talk, HOME / (HOME + FIRM));
        (Party::Sim(talk.world.reach(person, at)), to)
    } else {
        let other = talk.chance.random_range(0..talk.world.people.len() as u32);
        if other == person {
            return;
        }
        (Party::Sim(talk.world.reach(person, at)), Party::Sim(talk.world.reach(other, at)))
    };
    let outcome = call(talk, at, from, to);
    let (Party::Sim(caller), Party::Sim(called)) = (from, to) else { return };
    if outcome == Outcome::Answered || talk.world.hold(called, at).is_none() {
        return;
    }
    let late = !(7 * 3_600..22 * 3_600).contains(&second);
    if outcome == Outcome::Voicemail && talk.chance.random::<f64>() < LISTENED {
        let network = talk.world.sims[called as usize].network;
        let voicemail = talk.world.society.pools.voicemail[usize::from(network)];
        let at = at + 60 + long_tailed(900.0, 1.0, talk.chance).min(20_000.0) as i64;
        let seconds = talk.chance.random_range(12..90);
        talk.call(at, Party::Sim(called), Party::Outside(voicemail), Outcome::Answered, seconds, 1);
    }
    if !late && talk.chance.random::<f64>() < RETURNED {
        let at = at + 40 + long_tailed(600.0, 1.2, talk.chance).min(9_000.0) as i64;
        call(talk, at, Party::Sim(called), Party::Sim(caller));
    }
}

/// One call with its outcome: four in six answered; nobody answers a phone that is off.
fn call(talk: &mut Talk<'_>, at: i64, from: Party, to: Party) -> Outcome {
    let reachable = match to {
        Party::Sim(sim) => talk.world.hold(sim, at).is_some(),
        Party::Outside(_) => true,
    };
    let draw: f64 = talk.chance.random();
    let rang = 2 + long_tailed(7.0, 0.6, talk.chance).min(40.0) as u16;
    if !reachable || draw > 0.97 {
        // Off or out of reach: the network forwards at once.
        let seconds = if talk.chance.random::<f64>() < 0.3 { talk.chance.random_range(4..40) } else { 3 };
        talk.call(at, from, to, Outcome::Voicemail, seconds, 0);
        return Outcome::Voicemail;
    }
    let answered = if matches!(to, Party::Sim(_)) { 0.7 } else { 0.88 };
    if draw < answered {
        let seconds = long_tailed(MEDIAN, SPREAD, talk.chance).clamp(1.0, LONGEST) as u32;
        talk.call(at, from, to, Outcome::Answered, seconds, rang);
        Outcome::Answered
    } else if draw < answered + 0.14 {
        talk.call(at, from, to, Outcome::Missed, 0, rang.max(8));
        Outcome::Missed
    } else {
        let seconds = if talk.chance.random::<f64>() < 0.35 { talk.chance.random_range(5..60) } else { 3 };
        talk.call(at, from, to, Outcome::Voicemail, seconds, 20);
        Outcome::Voicemail
    }
}

/// A landline: the person's own few at home, or any shop's in reach.
fn landline(talk: &mut Talk<'_>, home: f64) -> Party {
    let pools = &talk.world.society.pools;
    let homes = talk.chance.random::<f64>() < home;
    let (from, to) = if homes { pools.homes } else { pools.firms };
    // Everybody has a few of each kind that they talk to.
    let own = talk.chance.random_range(0..if homes { 2 } else { 5 }) as u64;
    let draw = (u64::from(talk.person) * 7 + own).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 33;
    Party::Outside(from + (draw % u64::from((to - from).max(1))) as u32)
}
