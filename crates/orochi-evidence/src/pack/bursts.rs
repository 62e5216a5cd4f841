//! Bursts of texts that a line sent: the dated table behind a profile and an application.
//!
//! The rule is that of the method `lines` with its settings, told again here because its report gives counts and not
//! the bursts themselves; a test holds the two to the same count.

use std::collections::{BTreeMap, BTreeSet};

use orochi_analysis::lines::Settings;

use super::line::Event;

/// One burst.
#[derive(Clone, Debug)]
pub struct Burst<'a> {
    /// The number that sent it.
    pub sender: &'a str,
    /// Its texts, in order of time.
    pub texts: Vec<&'a Event>,
}

impl<'a> Burst<'a> {
    /// Different recipients.
    pub fn recipients(&self) -> BTreeSet<&'a str> {
        self.texts.iter().filter_map(|event| event.b.as_deref()).collect()
    }
}

/// The bursts that `sender` sent among `events` (in order of time): texts that lie in some window with enough different
/// recipients; with no longer gap than the window they are one burst.
pub fn of<'a>(events: &'a [Event], sender: &'a str, settings: &Settings) -> Vec<Burst<'a>> {
    let window = (settings.burst_minutes * 60.0) as i64;
    let second = |event: &Event| event.start.div_euclid(1_000_000);
    let least = least(events, sender, settings);
    let texts: Vec<&Event> = events
        .iter()
        .filter(|event| event.is_text() && event.a.as_deref() == Some(sender) && reachable(event))
        .collect();
    let mut marked = vec![false; texts.len()];
    let mut within: BTreeMap<Option<&str>, u32> = BTreeMap::new();
    let (mut from, mut done) = (0, 0);
    for to in 0..texts.len() {
        *within.entry(texts[to].b.as_deref()).or_default() += 1;
        while second(texts[to]) - second(texts[from]) > window {
            let other = texts[from].b.as_deref();
            if let Some(count) = within.get_mut(&other) {
                *count -= 1;
                if *count == 0 {
                    within.remove(&other);
                }
            }
            from += 1;
        }
        if within.len() >= least {
            marked[from.max(done)..=to].iter_mut().for_each(|mark| *mark = true);
            done = to + 1;
        }
    }
    let mut bursts: Vec<Burst<'a>> = Vec::new();
    for (text, _) in texts.iter().zip(&marked).filter(|(_, marked)| **marked) {
        match bursts.last_mut() {
            Some(burst) if burst.texts.last().is_some_and(|last| second(text) - second(last) <= window) => {
                burst.texts.push(text);
            }
            _ => bursts.push(Burst { sender, texts: vec![text] }),
        }
    }
    bursts
}

/// Short codes and senders' names are nobody's phone.
fn reachable(event: &Event) -> bool {
    event.b.as_deref().is_some_and(|number| number.starts_with('+'))
}

/// Fewest recipients; fewer are asked for where the number's own data is not held.
fn least(events: &[Event], sender: &str, settings: &Settings) -> usize {
    let mine = |event: &&Event| event.party('A') == Some(sender) || event.party('B') == Some(sender);
    let own = |event: &&Event| {
        event.records.iter().any(|record| record.side.is_some_and(|side| event.party(side) == Some(sender)))
    };
    let (all, held) = (events.iter().filter(mine).count(), events.iter().filter(mine).filter(own).count());
    let least = settings.burst_recipients as usize;
    if held * 2 >= all {
        return least;
    }
    let others: BTreeSet<&str> = events
        .iter()
        .filter(mine)
        .flat_map(|event| [event.party('A'), event.party('B')])
        .flatten()
        .filter(|other| *other != sender)
        .collect();
    least.min(others.len().div_ceil(2)).max(2)
}

#[cfg(test)]
mod tests {
    use orochi_casework::SettingsBook;

    use super::*;
    use crate::pack::{Study, pictures::Demo};

    #[test]
    fn a_number_has_as_many_bursts_as_the_method_lines_counts() {
        let demo = Demo::open();
        let investigation = demo.investigation(SettingsBook::default());
        let study = Study::of(&investigation, &["+447700900222".to_owned()], (None, None)).unwrap();
        let counts: Vec<(usize, usize)> = study
            .findings()
            .unwrap()
            .iter()
            .map(|finding| {
                (of(study.all_events(), &finding.number, &Settings::default()).len(), finding.bursts as usize)
            })
            .collect();
        // One number's own data is held, the other's is not, so that fewer recipients are asked for.
        assert!(counts.len() == 2 && counts.iter().all(|(here, lines)| here == lines && *lines > 0), "{counts:?}");
    }
}
