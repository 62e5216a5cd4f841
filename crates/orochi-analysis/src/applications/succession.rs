//! Where a line is and where it went: its own data, its handsets, the number that its contacts turned to. Each rule
//! asks for the least that can answer its question, and none asks for what is held.

use std::collections::BTreeMap;

use super::application_draft::{ApplicationDraft, ApplicationGround, ApplicationQuestion, Suspect};
use super::settings::Settings;
use crate::traffic::graph::ContactGraph;
use crate::traffic::pair::DAY;

/// A setting in days as microseconds.
pub(super) fn microseconds(days: f64) -> i64 {
    (days * DAY as f64) as i64
}

/// The line's own data, or what is missing of it at its end.
pub(super) fn add_line(known: &ContactGraph, suspect: Suspect, settings: &Settings, asks: &mut Vec<ApplicationDraft>) {
    let number = known.number(suspect.id);
    let (from, to) = (if number.is_held() { number.own_last } else { number.first }, number.in_use_until());
    if number.is_held() && to <= number.own_last + microseconds(settings.silent_days) {
        return;
    }
    // The number seen last is most likely the present one; the score settles numbers of one day.
    let strength = (to.div_euclid(DAY).max(0) as u64) * 10_000 + (suspect.score * 9_999.0) as u64;
    let by: Vec<u32> = number.contacts.iter().copied().filter(|other| known.number(*other).is_held()).collect();
    asks.push(ApplicationDraft {
        question: ApplicationQuestion::Line,
        identifier: number.name.clone(),
        from,
        to,
        line: suspect.id,
        strength: strength + u64::from(suspect.flagged) * (1 << 40),
        ground: ApplicationGround::Between(by.iter().map(|other| (suspect.id, *other)).collect()),
        by,
        times: 0,
        score: Some(suspect.score),
    });
}

/// Other SIMs of the line's handsets.
pub(super) fn add_handset(known: &ContactGraph, suspect: Suspect, asks: &mut Vec<ApplicationDraft>) {
    let line = known.number(suspect.id);
    for (imei, (from, to)) in &line.handsets {
        let ask = |question, identifier: &str, other| ApplicationDraft {
            question,
            identifier: identifier.to_owned(),
            from: *from,
            to: *to,
            line: suspect.id,
            // A SIM that sat in a handset for hours between weeks in another sat in somebody's own.
            strength: u64::from(line.handsets.values().any(|(first, last)| first < from && to < last)) * (1 << 60)
                + (to - from).max(0) as u64,
            by: vec![suspect.id],
            times: 0,
            ground: ApplicationGround::Handset { number: suspect.id, imei: imei.clone(), other },
            score: None,
        };
        let Some(numbers) = known.histories.get(imei) else {
            asks.push(ask(ApplicationQuestion::Handset, imei, None));
            continue;
        };
        for name in numbers {
            let seen = known.find(name).map(|id| known.number(id));
            if *name != line.name && !seen.is_some_and(|number| number.is_held()) {
                // Whether it is the same person's is seen over all the time that the line was in use.
                let (from, to) = (line.first, line.in_use_until());
                asks.push(ApplicationDraft {
                    from,
                    to,
                    ..ask(ApplicationQuestion::SameHandset, name, Some(name.clone()))
                });
            }
        }
    }
}

/// Where the repeat contacts of a line that fell silent went.
pub(super) fn add_successors(
    known: &ContactGraph,
    suspect: Suspect,
    settings: &Settings,
    asks: &mut Vec<ApplicationDraft>,
) {
    let (ended, reach) = (known.number(suspect.id).in_use_until(), known.reach(suspect.id));
    let contacts = known.repeat_contacts(suspect.id, settings.repeat_rule());
    let end = contacts.iter().map(|c| known.number(*c).last).max().unwrap_or(ended).max(reach);
    // Its own data may end with the period asked for: the others' later contacts show whether it went on.
    if end < ended + microseconds(settings.silent_days) {
        return;
    }
    let turned = turned_to(known, suspect.id, &contacts, settings);
    for (id, by) in turned.iter().filter(|(id, _)| !known.number(**id).is_held()) {
        let number = known.number(*id);
        asks.push(ApplicationDraft {
            question: ApplicationQuestion::Successor,
            identifier: number.name.clone(),
            from: number.first,
            to: number.in_use_until(),
            line: suspect.id,
            strength: by.len() as u64 * 1_000 + by.iter().map(|c| known.contact(*id, *c).days as u64).sum::<u64>(),
            by: by.clone(),
            times: 0,
            ground: ApplicationGround::Between(by.iter().map(|contact| (*id, *contact)).collect()),
            score: None,
        });
    }
    if !turned.is_empty() {
        return;
    }
    for contact in contacts.iter().filter(|c| !known.number(**c).is_held()).take(2) {
        let days_met = known.contact(suspect.id, *contact).days;
        asks.push(ApplicationDraft {
            question: ApplicationQuestion::AfterSilence,
            identifier: known.number(*contact).name.clone(),
            from: ended,
            to: end.min(ended + microseconds(settings.after_days)),
            line: suspect.id,
            strength: days_met as u64,
            by: vec![suspect.id],
            times: days_met,
            ground: ApplicationGround::Between(vec![(suspect.id, *contact)]),
            score: None,
        });
    }
}

/// The number that a line's repeat contacts were in contact with before it was first seen.
pub(super) fn add_predecessors(
    known: &ContactGraph,
    suspect: Suspect,
    settings: &Settings,
    asks: &mut Vec<ApplicationDraft>,
) {
    let line = known.number(suspect.id);
    let until = line.first + microseconds(settings.overlap_days);
    let contacts = known.repeat_contacts(suspect.id, settings.repeat_rule());
    let was_number = |id: u32| known.number(id).in_use_until() <= until && known.number(id).first < line.first;
    for (id, by) in numbers_in_common(known, suspect.id, &contacts, settings, was_number) {
        let number = known.number(id);
        let days_met: usize = by.iter().map(|contact| known.contact(id, *contact).days).sum();
        if number.is_held() || (days_met as f64) < settings.repeat_days * by.len() as f64 {
            continue;
        }
        asks.push(ApplicationDraft {
            question: ApplicationQuestion::Predecessor,
            identifier: number.name.clone(),
            from: number.first,
            to: number.in_use_until(),
            line: suspect.id,
            strength: by.len() as u64 * 1_000 + days_met as u64,
            ground: ApplicationGround::Between(by.iter().map(|contact| (id, *contact)).collect()),
            by,
            times: days_met,
            score: None,
        });
    }
}

/// Numbers first seen about when a line fell silent that several of its repeat contacts are in contact with, and which
/// those are.
fn turned_to(known: &ContactGraph, line: u32, contacts: &[u32], settings: &Settings) -> BTreeMap<u32, Vec<u32>> {
    let since = known.number(line).in_use_until() - microseconds(settings.overlap_days);
    numbers_in_common(known, line, contacts, settings, |id| known.number(id).first >= since)
}

/// Numbers that several of a line's repeat contacts ring, and which those are.
fn numbers_in_common(
    known: &ContactGraph,
    line: u32,
    contacts: &[u32],
    settings: &Settings,
    fits: impl Fn(u32) -> bool,
) -> BTreeMap<u32, Vec<u32>> {
    let held: Vec<u32> = contacts.iter().copied().filter(|c| known.number(*c).is_held()).collect();
    let mut all: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for contact in &held {
        for other in known.number(*contact).contacts.iter().copied().filter(|other| *other != line && fits(*other)) {
            // A number that only rings them is no line's.
            if known.number(other).is_carried_phone() && known.contact(other, *contact).received > 0 {
                all.entry(other).or_default().push(*contact);
            }
        }
    }
    let least = settings.shared_contacts.max(settings.shared_share * held.len() as f64);
    all.retain(|_, by| by.len() as f64 >= least);
    all
}
