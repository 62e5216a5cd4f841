//! A day of an actor, as it is written down: calls, texts, and the manners of a number that people ring.
//!
//! Lines and their look-alikes use the same [`Manner`] with overlapping figures: nothing here tells one from the other.

use super::draw::{coin, normal, real, skewed, whole};
use crate::calendar::At;
use crate::chance::Chance;
use crate::communication::{Communication, ContactKind, Outcome, Party};
use crate::ground::SimId;
use crate::world::World;

/// How a call or text went: whether it was answered, how long it rang and lasted.
struct Course {
    kind: ContactKind,
    outcome: Outcome,
    ring: u16,
    seconds: u32,
}

/// One day being written.
#[derive(Debug)]
pub struct Diary<'a> {
    /// The world it happens in.
    pub world: &'a World,
    /// The day.
    pub day: u32,
    /// What happened so far, in no order.
    pub out: Vec<Communication>,
}

impl<'a> Diary<'a> {
    /// An empty day.
    pub fn new(world: &'a World, day: u32) -> Self {
        Self { world, day, out: Vec::new() }
    }

    fn enter(&mut self, second: i64, from: Party, to: Party, course: Course) {
        if from == to {
            return;
        }
        let at = self.world.calendar.at(self.day, second);
        let (from, to) = (self.reached(from, at), self.reached(to, at));
        let Course { kind, outcome, ring, seconds } = course;
        self.out.push(Communication { at, from, to, kind, outcome, seconds, ring, volume: (0, 0) });
    }

    /// Somebody who has changed their own number is known under the new one. A line's dead number stays dead.
    fn reached(&self, party: Party, at: At) -> Party {
        let Party::Sim(sim) = party else { return party };
        match self.world.holds_of(sim).iter().rev().find(|hold| hold.from <= at) {
            Some(hold) if hold.to <= at && self.world.people[hold.carrier as usize].sim == sim => {
                Party::Sim(self.world.reach(hold.carrier, at))
            }
            _ => party,
        }
    }

    /// Closes the day: what the number carries is put in an order that one handset can carry. A
    /// landline has several channels.
    pub fn finish(mut self, desk: Party, out: &mut Vec<Communication>) {
        if let Party::Sim(sim) = desk {
            one_at_a_time(&mut self.out, sim);
        }
        out.append(&mut self.out);
    }

    /// Somebody rang and spoke.
    pub fn call(&mut self, second: i64, from: Party, to: Party, ring: u16, seconds: u32) {
        let course = Course { kind: ContactKind::Call, outcome: Outcome::Answered, ring, seconds: seconds.max(1) };
        self.enter(second, from, to, course);
    }

    /// Somebody rang and nobody answered.
    pub fn missed(&mut self, second: i64, from: Party, to: Party, ring: u16) {
        let course = Course { kind: ContactKind::Call, outcome: Outcome::Missed, ring, seconds: 0 };
        self.enter(second, from, to, course);
    }

    /// Somebody rang and the network's answering machine took the call.
    pub fn voicemail(&mut self, second: i64, from: Party, to: Party, ring: u16, seconds: u32) {
        let course = Course { kind: ContactKind::Call, outcome: Outcome::Voicemail, ring, seconds };
        self.enter(second, from, to, course);
    }

    /// Somebody texted.
    pub fn text(&mut self, second: i64, from: Party, to: Party) {
        let course = Course { kind: ContactKind::Text, outcome: Outcome::Answered, ring: 0, seconds: 0 };
        self.enter(second, from, to, course);
    }

    /// One text to each, `pace` a second on average; returns the second of the last. A phone sends in batches: it
    /// pauses every `batch` recipients while the sender picks the next ones.
    pub fn broadcast(
        &mut self,
        second: i64,
        from: Party,
        to: &[Party],
        pace: f64,
        batch: usize,
        chance: &mut Chance,
    ) -> i64 {
        let mut time = second as f64;
        for (i, recipient) in to.iter().enumerate() {
            if i > 0 && i % batch.max(1) == 0 {
                time += real(chance, (15.0, 90.0));
            }
            self.text(time as i64, from, *recipient);
            time += real(chance, (0.4, 1.6)) / pace;
        }
        time as i64
    }
}

/// How a number that people ring is answered.
#[derive(Clone, Debug, PartialEq)]
pub struct Manner {
    /// Share of calls answered.
    pub answered: f64,
    /// Seconds talked: median and spread of the logarithm.
    pub talk: (f64, f64),
    /// Share of unanswered calls that the number rings back.
    pub rung_back: f64,
    /// Seconds until it rings back.
    pub back_after: (i64, i64),
    /// Share of callers who try again after an unanswered call, each time.
    pub retried: f64,
    /// Share of unanswered calls that end in voicemail; the rest ring out.
    pub voicemail: f64,
}

/// Seconds it rings before somebody answers.
pub fn answer_ring(chance: &mut Chance) -> u16 {
    skewed(chance, 6.5, 0.55).clamp(1.0, 28.0) as u16
}

/// Seconds talked, at most an hour.
pub fn talk(chance: &mut Chance, talk: (f64, f64)) -> u32 {
    skewed(chance, talk.0, talk.1).clamp(2.0, 3600.0) as u32
}

impl Manner {
    /// Somebody rings the number. Returns the second from which the two have spoken, none when they never did.
    pub fn ring(
        &self,
        diary: &mut Diary<'_>,
        second: i64,
        caller: Party,
        desk: Party,
        chance: &mut Chance,
    ) -> Option<i64> {
        let mut second = second;
        for attempt in 0..5 {
            if coin(chance, self.answered) {
                let (ring, seconds) = (answer_ring(chance), talk(chance, self.talk));
                diary.call(second, caller, desk, ring, seconds);
                return Some(second + i64::from(ring) + i64::from(seconds));
            }
            self.unanswered(diary, second, caller, desk, chance);
            if coin(chance, self.rung_back) {
                second += whole(chance, self.back_after);
                if coin(chance, 0.85) {
                    let seconds = talk(chance, self.talk);
                    diary.call(second, desk, caller, answer_ring(chance), seconds);
                    return Some(second + i64::from(seconds));
                }
                self.unanswered(diary, second, desk, caller, chance);
            }
            if !coin(chance, self.retried) {
                return None;
            }
            second += if attempt == 0 { whole(chance, (20, 400)) } else { whole(chance, (60, 1500)) };
        }
        None
    }

    /// A call that nobody answers.
    pub fn unanswered(&self, diary: &mut Diary<'_>, second: i64, caller: Party, called: Party, chance: &mut Chance) {
        if coin(chance, self.voicemail) {
            // Most hang up when they hear the greeting.
            let seconds = if coin(chance, 0.75) { whole(chance, (2, 6)) } else { whole(chance, (8, 45)) };
            let ring = if coin(chance, 0.4) { whole(chance, (0, 3)) } else { whole(chance, (15, 28)) };
            diary.voicemail(second, caller, called, ring as u16, seconds as u32);
        } else {
            let ring = (18.0 + 7.0 * normal(chance)).clamp(3.0, 45.0);
            diary.missed(second, caller, called, ring as u16);
        }
    }
}

/// Makes one handset carry one conversation at a time: an incoming call during another finds it engaged and is tried
/// again when the line is free; an outgoing one waits. Without it a busy number would talk to three people at once.
pub fn one_at_a_time(out: &mut Vec<Communication>, sim: SimId) {
    let ours = Party::Sim(sim);
    let mut calls: Vec<usize> = (0..out.len())
        .filter(|i| out[*i].kind == ContactKind::Call && (out[*i].from == ours || out[*i].to == ours))
        .collect();
    calls.sort_by_key(|i| out[*i]);
    let (mut free, mut engaged) = (i64::MIN, Vec::new());
    for i in calls {
        let call = &mut out[i];
        if call.at < free {
            if call.to == ours && free - call.at > 5 {
                engaged.push(Communication { outcome: Outcome::Missed, seconds: 0, ring: 0, ..*call });
            }
            // Within half a minute of the line being free, spread by what the call itself is so that no draw is needed.
            call.at = free + 2 + (i64::from(call.seconds) * 7 + i64::from(call.ring) * 3) % 28;
        }
        // A caller who speaks to the answering machine does not keep the handset from others.
        let talked = if call.outcome == Outcome::Answered { i64::from(call.seconds) } else { 0 };
        free = call.at + i64::from(call.ring) + talked;
    }
    out.append(&mut engaged);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_handset_carries_one_conversation_at_a_time() {
        let call = |at, from, to| Communication {
            at,
            from: Party::Sim(from),
            to: Party::Sim(to),
            kind: ContactKind::Call,
            outcome: Outcome::Answered,
            seconds: 60,
            ring: 5,
            volume: (0, 0),
        };
        let mut out = vec![call(100, 1, 9), call(120, 2, 9), call(130, 9, 3), call(131, 4, 5)];
        one_at_a_time(&mut out, 9);
        let mut answered: Vec<_> = out
            .iter()
            .filter(|c| c.outcome == Outcome::Answered && (c.from == Party::Sim(9) || c.to == Party::Sim(9)))
            .collect();
        answered.sort();
        assert!(answered.windows(2).all(|w| w[0].at + 65 <= w[1].at));
        assert_eq!(out.iter().filter(|c| c.outcome == Outcome::Missed).count(), 1);
        assert_eq!(out[3].at, 131);
    }
}
