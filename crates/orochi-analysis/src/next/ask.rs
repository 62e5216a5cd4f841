//! Which application would answer which open question. Each rule asks for the least that can answer it, and none asks for what is
//! held.

use std::collections::BTreeSet;

use super::known::{Contact, DAY, Known};
use super::settings::Settings;

/// The open question an application would answer; in the order in which they are asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Question {
    /// A number that may be a line, whose own data is not held.
    Line,
    /// Another number used in the line's handset.
    SameHandset,
    /// Which other SIMs sat in the line's handset.
    Handset,
    /// A number that the customers of a silent line have turned to.
    Successor,
    /// Which number a customer of a silent line has turned to.
    AfterSilence,
    /// A number that the line itself keeps calling.
    Crew,
    /// A number close to those whom the line keeps calling.
    Circle,
}

/// What to ask for: an identifier over a period (microseconds UTC).
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Ask {
    pub question: Question,
    pub identifier: String,
    pub from: i64,
    pub to: i64,
    /// The number that may be the line.
    pub line: u32,
    /// How much speaks for it within its question: more is better.
    pub strength: u64,
    /// Numbers whose contact is the ground: the line itself, customers, those it calls.
    pub grounds: Vec<u32>,
    /// Score of the line method, where the identifier is a possible line.
    pub score: Option<f64>,
}

/// A number that may be a line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Suspect {
    pub id: u32,
    pub score: f64,
    pub flagged: bool,
}

/// Every application worth making, best first; an identifier stands once.
pub(super) fn asks(known: &Known, suspects: &[Suspect], settings: &Settings) -> Vec<Ask> {
    let mut asks = Vec::new();
    for suspect in suspects {
        line(known, *suspect, settings, &mut asks);
        if known.number(suspect.id).held() {
            handset(known, *suspect, &mut asks);
            after_silence(known, *suspect, settings, &mut asks);
            crew(known, *suspect, suspects, settings, &mut asks);
        }
    }
    asks.sort_by(|a, b| {
        a.question
            .cmp(&b.question)
            .then_with(|| b.strength.cmp(&a.strength))
            .then_with(|| a.identifier.cmp(&b.identifier))
    });
    let mut met = BTreeSet::new();
    asks.retain(|ask| met.insert(ask.identifier.clone()));
    asks
}

/// The line's own data, or what is missing of it at its end.
fn line(known: &Known, suspect: Suspect, settings: &Settings, asks: &mut Vec<Ask>) {
    let number = known.number(suspect.id);
    let from = if number.held() { number.own_last } else { number.first };
    if number.held() && number.last <= number.own_last + (settings.silent_days * DAY as f64) as i64 {
        return;
    }
    // The number seen last is most likely the present one; the score settles numbers of one day.
    let strength = (number.last.div_euclid(DAY).max(0) as u64) * 10_000 + (suspect.score * 9_999.0) as u64;
    asks.push(Ask {
        question: Question::Line,
        identifier: number.name.clone(),
        from,
        to: number.last,
        line: suspect.id,
        strength: strength + u64::from(suspect.flagged) * (1 << 40),
        grounds: number.contacts.iter().copied().filter(|other| known.number(*other).held()).collect(),
        score: Some(suspect.score),
    });
}

/// Other SIMs of the line's handsets.
fn handset(known: &Known, suspect: Suspect, asks: &mut Vec<Ask>) {
    for (imei, (from, to)) in &known.number(suspect.id).handsets {
        let Some(numbers) = known.histories.get(imei) else {
            asks.push(Ask {
                question: Question::Handset,
                identifier: imei.clone(),
                from: *from,
                to: *to,
                line: suspect.id,
                strength: (to - from).max(0) as u64,
                grounds: vec![suspect.id],
                score: None,
            });
            continue;
        };
        for name in numbers {
            let seen = known.find(name).map(|id| known.number(id));
            if *name != known.number(suspect.id).name && !seen.is_some_and(|number| number.held()) {
                asks.push(Ask {
                    question: Question::SameHandset,
                    identifier: name.clone(),
                    from: *from,
                    to: *to,
                    line: suspect.id,
                    strength: (to - from).max(0) as u64,
                    grounds: vec![suspect.id],
                    score: None,
                });
            }
        }
    }
}

/// Whether a line seeks a number out: it makes many of the calls, and not only to ring back.
fn seeks_out(contact: &Contact, settings: &Settings) -> bool {
    let all = contact.calls_made + contact.calls_received;
    f64::from(contact.calls_made) >= settings.crew_calls
        && f64::from(contact.calls_made) >= settings.crew_share * f64::from(all)
}

/// Numbers in contact with a line on enough days to be taken for customers, most days first.
fn customers(known: &Known, line: u32, settings: &Settings) -> Vec<u32> {
    let mut customers: Vec<(usize, u32)> = known
        .number(line)
        .contacts
        .iter()
        .filter(|other| known.number(**other).is_number())
        .map(|other| (known.contact(line, *other), *other))
        .filter(|(c, _)| {
            c.days as f64 >= settings.customer_days
                && f64::from(c.received) >= settings.customer_days
                && !seeks_out(c, settings)
        })
        .map(|(contact, other)| (contact.days, other))
        .collect();
    customers.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| known.number(a.1).name.cmp(&known.number(b.1).name)));
    customers.into_iter().map(|(_, other)| other).collect()
}

/// Where the customers of a line that fell silent went.
fn after_silence(known: &Known, suspect: Suspect, settings: &Settings, asks: &mut Vec<Ask>) {
    let (line, reach) = (known.number(suspect.id), known.reach(suspect.id));
    let days = |days: f64| (days * DAY as f64) as i64;
    let customers = customers(known, suspect.id, settings);
    let end = customers.iter().map(|c| known.number(*c).last).max().unwrap_or(line.last).max(reach);
    // Its own data may end with the period asked for: the customers' later contacts show whether it went on.
    if end < line.last + days(settings.silent_days) {
        return;
    }
    let since = line.last - days(settings.overlap_days);
    let held: Vec<u32> = customers.iter().copied().filter(|c| known.number(*c).held()).collect();
    let mut turned: Vec<(u32, Vec<u32>)> = Vec::new();
    for customer in &held {
        for other in &known.number(*customer).contacts {
            let number = known.number(*other);
            if *other != suspect.id && number.first >= since && !number.held() && number.is_number() {
                match turned.iter_mut().find(|(id, _)| id == other) {
                    Some((_, by)) => by.push(*customer),
                    None => turned.push((*other, vec![*customer])),
                }
            }
        }
    }
    turned.retain(|(_, by)| by.len() as f64 >= settings.shared_customers);
    for (id, by) in &turned {
        let number = known.number(*id);
        asks.push(Ask {
            question: Question::Successor,
            identifier: number.name.clone(),
            from: number.first,
            to: number.last,
            line: suspect.id,
            strength: by.len() as u64 * 1_000 + by.iter().map(|c| known.contact(*id, *c).days as u64).sum::<u64>(),
            grounds: by.clone(),
            score: None,
        });
    }
    if turned.is_empty() {
        for customer in customers.iter().filter(|c| !known.number(**c).held()).take(2) {
            asks.push(Ask {
                question: Question::AfterSilence,
                identifier: known.number(*customer).name.clone(),
                from: line.last,
                to: end.min(line.last + days(settings.after_days)),
                line: suspect.id,
                strength: known.contact(suspect.id, *customer).days as u64,
                grounds: vec![suspect.id],
                score: None,
            });
        }
    }
}

/// Those whom the line itself keeps calling, and once their data is held, those close to them.
fn crew(known: &Known, suspect: Suspect, suspects: &[Suspect], settings: &Settings, asks: &mut Vec<Ask>) {
    let line = known.number(suspect.id);
    let lines: BTreeSet<u32> = suspects.iter().map(|suspect| suspect.id).collect();
    let mut crew = Vec::new();
    for other in line.contacts.iter().filter(|other| known.number(**other).is_number() && !lines.contains(other)) {
        let contact = known.contact(suspect.id, *other);
        if !seeks_out(&contact, settings) {
            continue;
        }
        crew.push(*other);
        if !known.number(*other).held() {
            let Some(pair) = known.pair(suspect.id, *other) else { continue };
            asks.push(Ask {
                question: Question::Crew,
                identifier: known.number(*other).name.clone(),
                from: pair.first,
                to: pair.last,
                line: suspect.id,
                strength: contact.days as u64 * 1_000 + u64::from(contact.calls_made),
                grounds: vec![suspect.id],
                score: None,
            });
        }
    }
    let held: Vec<u32> = crew.iter().copied().filter(|member| known.number(*member).held()).collect();
    let customers: BTreeSet<u32> = customers(known, suspect.id, settings).into_iter().collect();
    let near: BTreeSet<u32> = held.iter().flat_map(|member| known.number(*member).contacts.iter().copied()).collect();
    for other in near {
        let number = known.number(other);
        if number.held()
            || !number.is_number()
            || customers.contains(&other)
            || lines.contains(&other)
            || crew.contains(&other)
        {
            continue;
        }
        let by: Vec<u32> = held.iter().copied().filter(|member| known.pair(*member, other).is_some()).collect();
        let days: usize = by.iter().map(|member| known.contact(*member, other).days).sum();
        let mutual = by.iter().all(|member| {
            let contact = known.contact(*member, other);
            contact.made > 0 && contact.received > 0
        });
        if (days as f64) < settings.circle_days || !mutual {
            continue;
        }
        asks.push(Ask {
            question: Question::Circle,
            identifier: number.name.clone(),
            from: number.first,
            to: number.last,
            line: suspect.id,
            strength: by.len() as u64 * 1_000 + days as u64,
            grounds: by,
            score: None,
        });
    }
}
