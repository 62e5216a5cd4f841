//! Data sessions: every SIM in a smart handset has them while it is held, whosever it is.

use super::hours;
use super::person_day::{count, long_tailed};
use crate::chance::Chance;
use crate::communication::{Communication, ContactKind, Outcome, Party};
use crate::ground::SimId;
use crate::world::World;

/// Sessions of a SIM on a day.
pub(crate) fn day(world: &World, sim: SimId, day: u32, chance: &mut Chance, out: &mut Vec<Communication>) {
    let (of, holds) = (&world.talk.sessions, world.holds_of(sim));
    let (from, to) = (world.calendar.at(day, 0), world.calendar.at(day + 1, 0));
    if !holds.iter().any(|hold| hold.from < to && from < hold.to && world.handsets[hold.handset as usize].smart) {
        return;
    }
    let carrier = holds[0].carrier;
    let activity = f64::from(world.society.lives[carrier as usize].activity).clamp(0.4, 2.0);
    // A line phone or a careful one may be used for nothing else; its handset still talks to its maker.
    let weekday = world.calendar.weekday(day);
    for _ in 0..count(world.rates.sessions * activity, chance) {
        let at = world.calendar.at(day, hours::second(&of.hours, weekday, chance));
        let smart = |hold: &&crate::ground::Hold| world.handsets[hold.handset as usize].smart;
        if world.hold(sim, at).filter(smart).is_none() {
            continue;
        }
        let seconds = long_tailed(of.length, chance).min(of.longest).max(2.0) as u32;
        let down = long_tailed(of.down, chance).min(4_000_000.0) as u32;
        let up = (f64::from(down) * long_tailed(of.up, chance)).min(4_000_000.0) as u32;
        out.push(Communication {
            at,
            from: Party::Sim(sim),
            to: Party::Sim(sim),
            kind: ContactKind::Data,
            outcome: Outcome::Answered,
            seconds,
            ring: 0,
            volume: (up, down),
        });
    }
}
