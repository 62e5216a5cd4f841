//! The words about a pair, for and against, with the events behind each.

use std::collections::{BTreeMap, HashSet};

use orochi_model::{finding::Reason, locator::Locator, problem::Problem, sentence::counted};

use super::ReasonContext;
use super::chains::NumberPair;
use super::change::NumberLife;
use super::matching::PairMatch;
use super::report::instant;
use crate::reason_draft::{ReasonDraft, ReasonDrafts, percent};
use crate::traffic::event_store::{CALL, CompactEvent};

/// The reason with the rows behind its events, `most` of them at most.
pub(super) fn reason_of(draft: ReasonDraft, rows: &BTreeMap<u32, Vec<Locator>>, most: usize) -> Reason {
    let evidence = draft.events.iter().filter_map(|event| rows.get(event)).flatten().take(most).cloned().collect();
    Reason { text: draft.text, supports: draft.supports, evidence }
}

/// `12 hours`, `3 days`.
fn time(days: f64) -> String {
    let hours = (days.abs() * 24.0).round() as usize;
    if hours < 48 { counted(hours, "hour", "hours") } else { counted((days.abs()).round() as usize, "day", "days") }
}

/// The reasons for and against a pair. `links` are all links.
pub(super) fn draft_reasons(
    view: &ReasonContext<'_>,
    found: &PairMatch,
    links: &[NumberPair],
) -> Result<Vec<ReasonDraft>, Problem> {
    let mut drafts = ReasonDrafts::new(view.settings.evidence_rows as usize);
    add_shared_contacts(view, found, &mut drafts)?;
    add_change(view, found, &mut drafts)?;
    add_announcement(view, found, &mut drafts)?;
    add_device(view, found, &mut drafts)?;
    add_doubts(view, found, links, &mut drafts)?;
    Ok(drafts.list)
}

fn add_shared_contacts(view: &ReasonContext<'_>, found: &PairMatch, drafts: &mut ReasonDrafts) -> Result<(), Problem> {
    let (old, new) = found.numbers;
    let (from, to, s) = (view.name(old), view.name(new), &found.features);
    let known: HashSet<u32> = view.chains.weighted_contacts(view.contacts, old).iter().map(|it| it.0).collect();
    let with = |number: u32, roots: &HashSet<u32>| -> Vec<u32> {
        let other = |event: &CompactEvent| if event.a == number { event.b } else { event.a };
        let mut met = HashSet::new();
        let events = view.traffic.events(number).iter();
        events
            .filter(|event| {
                roots.contains(&view.chains.root(other(event))) && met.insert(view.chains.root(other(event)))
            })
            .map(|event| event.id)
            .collect()
    };
    let both: HashSet<u32> = view
        .chains
        .weighted_contacts(view.contacts, new)
        .iter()
        .map(|it| it.0)
        .filter(|root| known.contains(root))
        .collect();
    let half = view.settings.evidence_rows as usize / 2;
    let events = || with(old, &both).into_iter().take(half).chain(with(new, &both).into_iter().take(half));
    let strong = s.of_new >= 0.3 && s.shared >= 3;
    drafts.add(
        strong,
        format!(
            "{} in contact with both {from} and {to}. Weighted by rarity and frequency, the shared contacts make up {} \
             of the contacts of {to} and {} of the contacts of {from}. Only contacts that the data held could show for \
             both were counted, and small numbers of contacts count for less.",
            counted(s.shared, "number was", "numbers were"),
            percent(s.of_new),
            percent(s.of_old),
        ),
        events(),
    )?;
    let mut rare: Vec<(u32, usize)> = both.iter().map(|root| (*root, view.contacts.degree(*root))).collect();
    rare.sort_unstable_by_key(|(root, degree)| (*degree, *root));
    if let Some((root, degree)) = rare.first().filter(|_| strong) {
        let few: Vec<String> = rare.iter().take(3).map(|(root, _)| view.name(*root).to_owned()).collect();
        drafts.add(
            true,
            format!(
                "The rarest of the shared contacts are: {}. {} is in contact with {} in the data held.",
                few.join(", "),
                view.name(*root),
                counted(*degree, "number", "numbers")
            ),
            with(new, &HashSet::from([*root])).into_iter(),
        )?;
    }
    if s.joint > 0.0 {
        drafts.add(
            false,
            format!(
                "Of what they share, weighted by rarity, {} rests on numbers that the method takes to have replaced \
                 earlier numbers.",
                percent(s.joint)
            ),
            std::iter::empty(),
        )?;
    }
    Ok(())
}

fn add_change(view: &ReasonContext<'_>, found: &PairMatch, drafts: &mut ReasonDrafts) -> Result<(), Problem> {
    let (old, new) = found.numbers;
    let (from, to, s) = (view.name(old), view.name(new), &found.features);
    let life = |number: u32| NumberLife::from_uses(&view.contacts.uses[number as usize], &[], &[]);
    let (before, after) = (life(old), life(new));
    let used =
        |number: u32, event: &&CompactEvent| event.a == number || event.what & 0x0f == CALL && event.duration > 0;
    let last = view.traffic.events(old).iter().rev().find(|event| used(old, event));
    let first = view.traffic.events(new).iter().find(|event| used(new, event));
    let events = || last.iter().chain(first.iter()).map(|event| event.id);
    let order = if s.gap >= 0.0 { "after" } else { "before" };
    drafts.add(
        s.gap.abs() <= 4.0,
        format!(
            "Nearly all use of {from} had ended by {}. Nearly all use of {to} began {}, {} {order} that.",
            instant(before.to)?,
            instant(after.from)?,
            time(s.gap)
        ),
        events(),
    )?;
    let wrong = percent(s.leak);
    if s.leak > 0.1 {
        drafts.add(
            false,
            format!(
                "The two were in use at the same time. For any instant of change, the use of {from} after it and of \
                 {to} before it make up at least {wrong} of their use, added together."
            ),
            view.traffic
                .events(old)
                .iter()
                .filter(|event| event.at >= after.from && used(old, event))
                .map(|event| event.id),
        )?;
    } else if before.last > after.first {
        drafts.add(
            false,
            format!(
                "Their use overlaps for {}, with {wrong} of it on the other side of the change.",
                time(f64::from(before.last - after.first) / 86_400.0)
            ),
            events(),
        )?;
    }
    for (number, evidence, words) in [(old, s.ended, "ended"), (new, s.begun, "began")] {
        if evidence < 3.0 {
            drafts.add(
                false,
                format!(
                    "There is little to show that the use of {} {words} within the data held. It was seldom in use, or \
                     its contacts were not seen for long {}.",
                    view.name(number),
                    if number == old { "afterwards" } else { "before" }
                ),
                std::iter::empty(),
            )?;
        }
    }
    Ok(())
}

fn add_announcement(view: &ReasonContext<'_>, found: &PairMatch, drafts: &mut ReasonDrafts) -> Result<(), Problem> {
    let (old, new) = found.numbers;
    let (from, to) = (view.name(old), view.name(new));
    let life = NumberLife::from_uses(&view.contacts.uses[new as usize], &[], &[]);
    let events = view.traffic.announcement(old, new, view.contacts, view.chains, &life, view.settings);
    if events.len() >= 2 {
        drafts.add(
            true,
            format!(
                "{to} texted or called {} of {from} within {} minutes, in its first days of use.",
                counted(events.len(), "contact", "contacts"),
                view.settings.announce_minutes
            ),
            events.into_iter(),
        )?;
    }
    if let Some(hours) = found.features.traffic.hours {
        let alike = hours >= 0.75;
        drafts.add(
            alike,
            format!("The two were in use at {} hours of the day.", if alike { "similar" } else { "different" }),
            std::iter::empty(),
        )?;
    }
    Ok(())
}

fn add_device(view: &ReasonContext<'_>, found: &PairMatch, drafts: &mut ReasonDrafts) -> Result<(), Problem> {
    let (from, to) = (view.name(found.numbers.0), view.name(found.numbers.1));
    let held = |number: u32| view.contacts.held[number as usize];
    let ends = |number: u32| view.traffic.events(number).iter().map(|event| event.id);
    if found.features.device.handset {
        let imei = view.records.common_handset(found.numbers.0, found.numbers.1).unwrap_or_default();
        let text = format!("Their own records show both in the handset {imei}: first {from}, then {to}.");
        drafts.add(true, text, ends(found.numbers.0).rev().take(2).chain(ends(found.numbers.1).take(2)))?;
    }
    if let Some(places) = found.features.device.places {
        let alike = places >= 0.4;
        drafts.add(
            alike,
            format!(
                "The cells in their own records are {}.",
                if alike { "mostly in the same places" } else { "mostly in different places" }
            ),
            std::iter::empty(),
        )?;
    }
    if found.features.device.elsewhere_overnight {
        drafts.add(
            false,
            format!(
                "Overnight, {from} and {to} used cells in entirely different places. If the line continued, another \
                 person may have had its phone."
            ),
            std::iter::empty(),
        )?;
    }
    let unheld: Vec<&str> = [found.numbers.0, found.numbers.1]
        .into_iter()
        .filter(|number| !held(*number))
        .map(|number| view.name(number))
        .collect();
    if !unheld.is_empty() {
        let text = format!(
            "The own data of {} is not held. Little or nothing is known of its handset and cells, nor of contacts \
             whose data is not held.",
            unheld.join(" and ")
        );
        drafts.add(false, text, std::iter::empty())?;
    }
    Ok(())
}

fn add_doubts(
    view: &ReasonContext<'_>,
    found: &PairMatch,
    links: &[NumberPair],
    drafts: &mut ReasonDrafts,
) -> Result<(), Problem> {
    let (old, new) = found.numbers;
    let (from, to) = (view.name(old), view.name(new));
    if found.features.between > 0 {
        let between = view.traffic.events(old).iter().filter(|event| event.a == new || event.b == new);
        drafts.add(
            false,
            format!(
                "The two were in contact with each other {}. One person's two phones seldom are.",
                counted(found.features.between as usize, "time", "times")
            ),
            between.map(|event| event.id),
        )?;
    }
    if found.link.is_none() && found.score >= view.settings.link_score {
        let better: Vec<String> = links
            .iter()
            .filter(|link| link.0 == old || link.1 == new)
            .map(|link| format!("{} to {}", view.name(link.0), view.name(link.1)))
            .collect();
        let text = format!(
            "The pair is not linked because other pairs explain the two numbers better: {}.",
            better.join("; ")
        );
        drafts.add(false, text, std::iter::empty())?;
    }
    if found.features.shared < 3 {
        drafts.add(
            false,
            format!(
                "{from} and {to} share {}. Unrelated phones can share so few contacts.",
                if found.features.shared == 0 {
                    "no contact".to_owned()
                } else {
                    counted(found.features.shared, "contact", "contacts")
                }
            ),
            std::iter::empty(),
        )?;
    }
    Ok(())
}
