//! Calls: answered, missed, to voicemail, returned.

use super::hours;
use super::person_day::{Talk, count, long_tailed};
use crate::communication::{Outcome, Party};
use rand::RngExt;

/// Calls a person starts on a day, and those from landlines.
pub(super) fn day(talk: &mut Talk<'_>) {
    let (of, life) = (&talk.world.talk.calls, &talk.world.society.lives[talk.person as usize]);
    let weekday = talk.world.calendar.weekday(talk.day);
    let activity = f64::from(life.activity);
    // Returned calls come on top; each call started counts as one at least, so that nobody's mean is divided by nought.
    for _ in 0..count(talk.world.rates.calls * activity / of.with_returned.max(1.0), talk.chance) {
        let second = hours::second(&of.hours, weekday, talk.chance);
        outgoing(talk, second);
    }
    for _ in 0..count(of.incoming * activity.min(2.0), talk.chance) {
        let second = hours::second(&of.hours, weekday, talk.chance).clamp(8 * 3_600, 20 * 3_600 + 1_800);
        let from = landline(talk, of.incoming_home);
        let late = i64::from(talk.chance.random_range(0..1_800));
        let at = talk.at(second + late);
        let to = Party::Sim(talk.world.reach(talk.person, at));
        call(talk, at, from, to);
    }
}

fn outgoing(talk: &mut Talk<'_>, second: i64) {
    let at = talk.at(second);
    let draw: f64 = talk.chance.random();
    let (of, person) = (&talk.world.talk.calls, talk.person);
    let (from, to) = if draw < of.tie {
        let Some(other) = talk.tie() else { return };
        (Party::Sim(talk.sim(person, other.into(), at)), Party::Sim(talk.sim(other, person.into(), at)))
    } else if draw < of.tie + of.home + of.firm {
        let to = landline(talk, of.home / (of.home + of.firm));
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
    if outcome == Outcome::Voicemail && talk.chance.random::<f64>() < of.listened {
        let network = talk.world.sims[called as usize].network;
        let voicemail = talk.world.society.pools.voicemail[usize::from(network)];
        let at = at + 60 + long_tailed(of.listened_after, talk.chance).min(20_000.0) as i64;
        let seconds = talk.chance.random_range(of.listened_lasts.0 as u32..=of.listened_lasts.1 as u32);
        talk.call(at, Party::Sim(called), Party::Outside(voicemail), Outcome::Answered, seconds, 1);
    }
    if !late && talk.chance.random::<f64>() < of.returned {
        let at = at + 40 + long_tailed(of.returned_after, talk.chance).min(9_000.0) as i64;
        call(talk, at, Party::Sim(called), Party::Sim(caller));
    }
}

/// One call with its outcome; nobody answers a phone that is off.
fn call(talk: &mut Talk<'_>, at: i64, from: Party, to: Party) -> Outcome {
    let of = &talk.world.talk.calls;
    let reachable = match to {
        Party::Sim(sim) => talk.world.hold(sim, at).is_some(),
        Party::Outside(_) => true,
    };
    let draw: f64 = talk.chance.random();
    let rang = 2 + long_tailed(of.rings, talk.chance).min(40.0) as u16;
    if !reachable || draw > of.reached {
        // Off or out of reach: the network forwards at once.
        let seconds = if talk.chance.random::<f64>() < of.message_off { talk.chance.random_range(4..40) } else { 3 };
        talk.call(at, from, to, Outcome::Voicemail, seconds, 0);
        return Outcome::Voicemail;
    }
    let answered = if matches!(to, Party::Sim(_)) { of.answered } else { of.answered_landline };
    if draw < answered {
        let seconds = long_tailed(of.length, talk.chance).min(of.longest).max(1.0) as u32;
        talk.call(at, from, to, Outcome::Answered, seconds, rang);
        Outcome::Answered
    } else if draw < answered + of.missed {
        talk.call(at, from, to, Outcome::Missed, 0, rang.max(8));
        Outcome::Missed
    } else {
        let seconds = if talk.chance.random::<f64>() < of.message { talk.chance.random_range(5..60) } else { 3 };
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
