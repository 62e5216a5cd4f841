//! Who works a line: numbers close to it that are not of its customer base, and the numbers that those have in common.

use std::collections::{BTreeMap, BTreeSet};

use super::application_draft::{ApplicationDraft, ApplicationGround, ApplicationQuestion, Suspect};
use super::settings::Settings;
use crate::facts::burst;
use crate::traffic::graph::{BulkTexting, ContactGraph, GraphNumber};
use crate::traffic::pair::{CommunicationKind, ContactSummary};

/// From when to when the possible lines were in use, one after the other or side by side: whoever works
/// them does so over all of it.
fn in_use(known: &ContactGraph, suspects: &[Suspect]) -> (i64, i64) {
    let numbers = || suspects.iter().map(|suspect| known.number(suspect.id));
    (
        numbers().map(|number| number.first).min().unwrap_or_default(),
        numbers().map(GraphNumber::in_use_until).max().unwrap_or_default(),
    )
}

/// Numbers close to the lines, and those close to them.
pub(super) fn add_people(
    known: &ContactGraph,
    suspects: &[Suspect],
    settings: &Settings,
    bursts: burst::BurstRule,
    asks: &mut Vec<ApplicationDraft>,
) {
    let lines: BTreeSet<u32> = suspects.iter().map(|suspect| suspect.id).collect();
    let mut close: BTreeMap<u32, ApplicationDraft> = BTreeMap::new();
    let mut around: BTreeSet<u32> = BTreeSet::new();
    for suspect in suspects {
        let line = suspect.id;
        let bulk = known.bulk(&[line], bursts);
        let mut found = Vec::new();
        if known.number(line).is_held() {
            add_crew(known, line, settings, &mut found);
            add_left_out(known, line, &bulk, settings, &mut found);
            add_handset_numbers(known, line, &mut found);
        }
        add_ringing(known, line, settings, &mut found);
        for (id, ask) in found {
            if !lines.contains(&id) && known.number(id).is_carried_phone() {
                close.entry(id).or_insert(ask);
            }
        }
        around.extend(known.repeat_contacts(line, settings.repeat_rule()));
        around.extend(bulk.base);
    }
    let (held, open): (Vec<_>, Vec<_>) = close.into_iter().partition(|(id, _)| known.number(*id).is_held());
    let (from, to) = in_use(known, suspects);
    let near: BTreeMap<u32, u32> = held.iter().map(|(id, ask)| (*id, ask.line)).collect();
    let known_of: BTreeSet<u32> = open.iter().map(|(id, _)| *id).collect();
    let mut found: Vec<ApplicationDraft> = open.into_iter().map(|(_, ask)| ask).collect();
    add_circle(known, &near, settings, &mut found, |other| {
        lines.contains(&other) || near.contains_key(&other) || (around.contains(&other) && !known_of.contains(&other))
    });
    asks.extend(found.into_iter().map(|ask| ApplicationDraft { from, to, ..ask }));
}

/// Those whom the line itself keeps calling.
fn add_crew(known: &ContactGraph, line: u32, settings: &Settings, found: &mut Vec<(u32, ApplicationDraft)>) {
    for other in &known.number(line).contacts {
        let contact = known.contact(line, *other);
        if settings.sought_rule().holds(&contact) {
            let strength = contact.days as u64 * 1_000 + u64::from(contact.calls_made);
            found.extend(with_line(known, ApplicationQuestion::Crew, line, *other, strength));
        }
    }
}

/// An application for a number's data over its contact with the line.
fn with_line(
    known: &ContactGraph,
    question: ApplicationQuestion,
    line: u32,
    other: u32,
    strength: u64,
) -> Option<(u32, ApplicationDraft)> {
    let pair = known.pair(line, other)?;
    Some((
        other,
        ApplicationDraft {
            question,
            identifier: known.number(other).name.clone(),
            from: pair.first(),
            to: pair.last(),
            line,
            strength,
            by: vec![line],
            times: known.contact(line, other).days,
            ground: ApplicationGround::Between(vec![(line, other)]),
            score: None,
        },
    ))
}

/// Those in contact with a line that texts in bulk and leaves them out.
fn add_left_out(
    known: &ContactGraph,
    line: u32,
    bulk: &BulkTexting,
    settings: &Settings,
    found: &mut Vec<(u32, ApplicationDraft)>,
) {
    let told = burst::recipients(&bulk.bursts);
    if told.is_empty() {
        return;
    }
    for other in known.number(line).contacts.iter().filter(|other| !told.contains(other)) {
        let contact = known.contact(line, *other);
        if contact.days as f64 >= settings.left_out_days {
            found.extend(with_line(known, ApplicationQuestion::LeftOut, line, *other, contact.days as u64));
        }
    }
}

/// Numbers that a handset history shows in the line's handset; what to apply for is
/// [`super::succession::add_handset`]'s matter.
fn add_handset_numbers(known: &ContactGraph, line: u32, found: &mut Vec<(u32, ApplicationDraft)>) {
    for imei in known.number(line).handsets.keys() {
        for name in known.histories.get(imei).into_iter().flatten() {
            let Some(id) = known.find(name).filter(|id| *id != line && known.number(*id).is_held()) else { continue };
            let ground = ApplicationGround::Handset { number: line, imei: imei.clone(), other: Some(name.clone()) };
            let ask = ApplicationDraft {
                question: ApplicationQuestion::SameHandset,
                identifier: name.clone(),
                from: known.number(line).first,
                to: known.number(line).last,
                line,
                strength: 0,
                by: vec![line],
                times: 0,
                ground,
                score: None,
            };
            found.push((id, ask));
        }
    }
}

/// Those who ring others soon after the others' contact with the line, and whom these do not ring.
fn add_ringing(known: &ContactGraph, line: u32, settings: &Settings, found: &mut Vec<(u32, ApplicationDraft)>) {
    let number = known.number(line);
    let met: Vec<u32> = number.contacts.iter().copied().filter(|other| known.number(*other).is_held()).collect();
    let soon = (settings.soon_minutes * 60e6) as i64;
    let mut rung: BTreeMap<u32, (Vec<u32>, usize)> = BTreeMap::new();
    for contacted in met {
        let Some(with_line) = known.pair(line, contacted) else { continue };
        for other in known.number(contacted).contacts.iter().filter(|other| **other != line) {
            let Some(pair) = known.pair(*other, contacted) else { continue };
            let contact = known.contact(*other, contacted);
            let calls: Vec<i64> = pair.made(*other > contacted, CommunicationKind::Call).collect();
            let near = calls.iter().filter(|at| with_line.within(**at, soon)).count();
            if contact.received == 0 && near > 0 && near as f64 >= settings.soon_share * calls.len() as f64 {
                let entry = rung.entry(*other).or_default();
                entry.0.push(contacted);
                entry.1 += near;
            }
        }
    }
    for (other, (by, times)) in rung {
        if (by.len() as f64) < settings.rung_contacts {
            continue;
        }
        let ask = ApplicationDraft {
            question: ApplicationQuestion::Rings,
            identifier: known.number(other).name.clone(),
            from: number.first,
            to: number.last,
            line,
            strength: by.len() as u64 * 1_000 + times as u64,
            ground: ApplicationGround::Between(by.iter().map(|contacted| (other, *contacted)).collect()),
            by,
            times,
            score: None,
        };
        found.push((other, ask));
    }
}

/// Numbers in contact both ways with those close to the line: with several of them, or much with one.
fn add_circle(
    known: &ContactGraph,
    near: &BTreeMap<u32, u32>,
    settings: &Settings,
    asks: &mut Vec<ApplicationDraft>,
    left_aside: impl Fn(u32) -> bool,
) {
    let others: BTreeSet<u32> = near.keys().flat_map(|id| known.number(*id).contacts.iter().copied()).collect();
    for other in others {
        let number = known.number(other);
        if number.is_held() || !number.is_carried_phone() || left_aside(other) {
            continue;
        }
        let by: Vec<u32> = near.keys().copied().filter(|id| known.pair(*id, other).is_some()).collect();
        let contacts: Vec<ContactSummary> = by.iter().map(|id| known.contact(*id, other)).collect();
        let days_met: usize = contacts.iter().map(|contact| contact.days).sum();
        let both_ways = contacts.iter().any(|c| c.made > 0) && contacts.iter().any(|c| c.received > 0);
        if (days_met as f64) < settings.circle_days || !both_ways {
            continue;
        }
        let shared = by.len() as f64 >= settings.shared_people;
        let few = by.iter().any(|id| known.number(*id).contacts.len() as f64 <= settings.few_contacts);
        if !shared && !few {
            continue;
        }
        asks.push(ApplicationDraft {
            question: if shared { ApplicationQuestion::Shared } else { ApplicationQuestion::Circle },
            identifier: number.name.clone(),
            from: number.first,
            to: number.last,
            line: near[&by[0]],
            strength: by.len() as u64 * 1_000 + days_met as u64,
            ground: ApplicationGround::Between(by.iter().map(|id| (*id, other)).collect()),
            by,
            times: days_met,
            score: None,
        });
    }
}
