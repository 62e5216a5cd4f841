//! Phones of ordinary people: second phones, two SIMs in one handset, new handsets, new numbers,
//! handsets handed down and shared.
//!
//! All of it is innocent, and all of it is what a search for a changed SIM or a shared handset comes across.

use super::phone_figures::Figures;
use super::{Change, Life, Second};
use crate::ground::{PersonId, SimId};
use crate::scenario::sections::GroundSections;
use crate::world::build::Builder;
use rand::RngExt;

/// Further phones and changes of one household; persons and their own SIMs exist.
pub(crate) fn draw(
    builder: &mut Builder,
    sections: &GroundSections<'_>,
    members: &[PersonId],
    lives: &[Life],
) -> (Vec<Second>, Vec<Change>) {
    let (people, of) = (sections.people, sections.phones);
    let (mut seconds, mut changes) = (Vec::new(), Vec::new());
    let (start, end) = builder.calendar().span();
    let months = f64::from(builder.calendar().days()) / 28.0;
    let mut chance = builder.seed().stream("phones", &[u64::from(members[0])]);
    let span = (end - start).max(2);
    for (person, life) in members.iter().zip(lives) {
        let sim = builder.people()[*person as usize].sim;
        let handset = builder.handset_of(*person);
        if life.age >= 18 && chance.random::<f64>() < people.second_phone.value {
            let network = builder.network(&mut chance);
            let second = builder.sim(network, chance.random::<f64>() < people.prepaid.value);
            let shares = chance.random::<f64>() < of.same_handset && handset.is_some();
            let smart = chance.random::<f64>() > of.second_basic;
            let in_handset = match handset {
                Some(handset) if shares => handset,
                _ => builder.handset(smart),
            };
            builder.hold(second, in_handset, *person, start, end);
            seconds.push(Second { person: *person, sim: second });
            continue;
        }
        let draw = chance.random::<f64>();
        let at = start + chance.random_range(1..span);
        if draw < of.new_handset * months {
            let newer = builder.handset(true);
            let old = builder.change_handset(*person, at, newer);
            // The old one goes to the youngest of the house, whose own goes into a drawer.
            let heir = members.iter().zip(lives).filter(|(_, life)| life.age < 18).map(|(heir, _)| *heir).next();
            if let (Some(old), Some(heir)) =
                (old, heir.filter(|heir| heir != person && chance.random::<f64>() < of.handed_down))
            {
                builder.change_handset(heir, at + 7_200, old);
            }
        } else if draw < (of.new_handset + of.new_number) * months {
            changes.extend(new_number(builder, of, *person, sim, at, end, &mut chance));
        }
    }
    if let [first, second, ..] = *members
        && chance.random::<f64>() < of.shared * months * 2.0
        && seconds.iter().all(|second| !members.contains(&second.person))
        && changes.is_empty()
    {
        share(builder, first, second, start + chance.random_range(0..span));
    }
    (seconds, changes)
}

/// A new SIM, in the old handset or a new one.
fn new_number(
    builder: &mut Builder,
    of: &Figures,
    person: PersonId,
    old: SimId,
    at: i64,
    end: i64,
    chance: &mut crate::chance::Chance,
) -> Option<Change> {
    if !builder.end_hold(old, at) {
        return None;
    }
    let network = builder.network(chance);
    let sim = builder.sim(network, true);
    let handset = builder.handset_of(person).filter(|_| chance.random::<f64>() < of.handset_kept);
    let handset = match handset {
        Some(handset) => handset,
        None => builder.handset(true),
    };
    builder.hold(sim, handset, person, at + 1_800, end);
    Some(Change { person, at: at + 1_800, sim })
}

/// One handset broke: for some days both SIMs take turns in the other one, half a day each.
fn share(builder: &mut Builder, lender: PersonId, borrower: PersonId, from: i64) {
    let Some(handset) = builder.handset_of(lender) else { return };
    let (_, end) = builder.calendar().span();
    let (own, theirs) = (builder.people()[lender as usize].sim, builder.people()[borrower as usize].sim);
    let Some(broken) = builder.handset_of(borrower) else { return };
    let covers = |sim: SimId| builder.holds(sim).last().is_some_and(|hold| hold.from < from && from < hold.to);
    if !covers(own) || !covers(theirs) {
        return;
    }
    builder.end_hold(own, from);
    builder.end_hold(theirs, from);
    let mut at = from;
    for turn in 0..8 {
        let next = (at + 43_200).min(end);
        let (sim, carrier) = if turn % 2 == 0 { (theirs, borrower) } else { (own, lender) };
        builder.hold(sim, handset, carrier, at, next);
        at = next;
    }
    builder.hold(own, handset, lender, at, end);
    builder.hold(theirs, broken, borrower, at, end);
}
