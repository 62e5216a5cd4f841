//! Bursts of texts that a line sent, and who received them: the dated tables behind a profile, an application and a
//! list. The rules are those of `orochi_analysis::facts`, over the events that the documents hold anyway.

use std::collections::{BTreeMap, BTreeSet};

use orochi_analysis::facts::{
    burst::{self, BurstCommunication, BurstRule, TextingHistory},
    customers,
};
use orochi_model::problem::Problem;

use super::{
    line::LineEvent,
    study::Study,
    text::{clean, count, london, moment, moment_in, row},
};

/// One burst.
#[derive(Clone, Debug)]
pub struct Burst<'a> {
    /// The number that sent it.
    pub sender: &'a str,
    /// Its texts, in order of time.
    pub texts: Vec<&'a LineEvent>,
}

/// The bursts of a line, with whoever received a text of one.
#[derive(Clone, Debug, Default)]
pub(super) struct BulkTexts<'a> {
    /// In order of time.
    pub bursts: Vec<Burst<'a>>,
    /// Different recipients, whatever kind of number theirs is.
    pub recipients: BTreeSet<&'a str>,
    /// Those of the customer base, the ones most often in contact first.
    pub base: Vec<Member<'a>>,
}

/// Somebody of the customer base.
#[derive(Clone, Debug)]
pub(super) struct Member<'a> {
    /// The number.
    pub number: &'a str,
    /// First text of a burst to it.
    pub first: &'a LineEvent,
    /// Bursts it received.
    pub bursts: usize,
    /// Its own communications to the line in the period.
    pub contacts: usize,
    /// Days on which it made them.
    pub days: usize,
}

/// Names as numbers.
#[derive(Default)]
struct NumberedNames<'a> {
    ids: BTreeMap<&'a str, u32>,
    names: Vec<&'a str>,
}

impl<'a> NumberedNames<'a> {
    fn id(&mut self, name: &'a str) -> u32 {
        let next = self.names.len() as u32;
        let id = *self.ids.entry(name).or_insert(next);
        if id == next {
            self.names.push(name);
        }
        id
    }
}

/// What a number's bursts depend on; a text is known by the place of its event.
fn history<'a>(events: &'a [LineEvent], number: &str, names: &mut NumberedNames<'a>) -> TextingHistory {
    let mut history = TextingHistory::default();
    for (key, event) in (0..).zip(events).filter(|(_, event)| &*event.kind != "data") {
        let (Some(a), Some(b)) = (event.a.as_deref(), event.b.as_deref()) else { continue };
        for (own, other, side) in [(a, b, 'A'), (b, a, 'B')] {
            if own != number || own == other {
                continue;
            }
            history.add(BurstCommunication {
                other: names.id(other),
                name: other,
                at: event.start.div_euclid(1_000_000),
                key,
                sent_text: side == 'A' && event.is_text(),
                own_side: event.sides.contains(side),
            });
        }
    }
    history
}

/// What the line sent in bulk in the period, and to whom. Bursts are looked for in all the data, so that a period's
/// edge cuts none in two.
pub(super) fn bulk_texts<'a>(study: &'a Study<'_>, rule: BurstRule) -> BulkTexts<'a> {
    let events = study.all_events();
    let mut names = NumberedNames::default();
    let mut bursts: Vec<(&'a str, burst::Burst)> = Vec::new();
    for one in &study.numbers {
        let all = history(events, &one.number, &mut names).bursts(rule);
        bursts.extend(all.into_iter().map(|burst| (one.number.as_str(), burst)));
    }
    let event = |text: &burst::BurstText| events.get(text.key as usize);
    bursts.retain(|(_, burst)| burst.texts.first().and_then(event).is_some_and(|first| study.in_period(first.start)));
    bursts.sort_by_key(|(_, burst)| burst.texts.first().map(|text| text.key));
    let name = |id: u32| names.names[id as usize];
    let each = || bursts.iter().map(|(_, burst)| burst);
    let base = customers::customer_base(each(), name, |id| study.is_line(Some(name(id))));
    let mut members: BTreeMap<&str, Member<'a>> = BTreeMap::new();
    for (id, member) in base {
        let Some(first) = event(&member.first) else { continue };
        let number = name(id);
        members.insert(number, Member { number, first, bursts: member.bursts, contacts: 0, days: 0 });
    }
    BulkTexts {
        recipients: burst::recipients(each()).into_iter().map(name).collect(),
        base: in_contact(study, members),
        bursts: bursts
            .iter()
            .map(|(sender, burst)| Burst { sender, texts: burst.texts.iter().filter_map(event).collect() })
            .collect(),
    }
}

/// With how often each was in contact with the line in the period, those most often first.
fn in_contact<'a>(study: &Study<'_>, mut members: BTreeMap<&'a str, Member<'a>>) -> Vec<Member<'a>> {
    let zone = london().ok();
    let mut days: BTreeSet<(&str, i64)> = BTreeSet::new();
    for event in study.events().iter().filter(|event| study.is_line(event.b.as_deref())) {
        let Some(member) = event.a.as_deref().and_then(|number| members.get_mut(number)) else { continue };
        member.contacts += 1;
        let at = zone.as_ref().and_then(|zone| moment_in(zone, event.start).ok());
        if at.is_some_and(|at| days.insert((member.number, at.day))) {
            member.days += 1;
        }
    }
    let mut all: Vec<Member<'a>> = members.into_values().collect();
    all.sort_by(|x, y| y.days.cmp(&x.days).then(y.contacts.cmp(&x.contacts)).then(x.number.cmp(y.number)));
    all
}

impl Burst<'_> {
    /// Different recipients.
    pub(super) fn recipients(&self) -> usize {
        self.texts.iter().filter_map(|event| event.b.as_deref()).collect::<BTreeSet<_>>().len()
    }
}

impl Member<'_> {
    /// Cells of a table: number, first burst, bursts, contacts, days, row.
    pub(super) fn row(&self) -> Result<Vec<String>, Problem> {
        let at = moment(self.first.start)?;
        Ok(vec![
            clean(self.number),
            format!("{} {} {}", at.date, at.time, at.zone),
            count(self.bursts as u64),
            count(self.contacts as u64),
            count(self.days as u64),
            self.first.records.first().map(|record| row(&record.row)).unwrap_or_default(),
        ])
    }
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
        let study = Study::from_investigation(&investigation, &["+447700900222".to_owned()], (None, None)).unwrap();
        let bulk = bulk_texts(&study, study.burst_rule());
        let counts: Vec<(usize, usize)> = study
            .findings()
            .unwrap()
            .iter()
            .map(|finding| {
                let own = bulk.bursts.iter().filter(|burst| burst.sender == finding.number).count();
                (own, finding.bursts.unwrap_or_default() as usize)
            })
            .collect();
        // One number's own data is held, the other's is not, so that fewer recipients are asked for.
        assert!(counts.len() == 2 && counts.iter().all(|(here, lines)| here == lines && *lines > 0), "{counts:?}");
    }
}
