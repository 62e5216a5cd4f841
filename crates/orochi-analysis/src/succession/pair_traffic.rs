//! What the traffic of single numbers shows of a pair: the contacts of the old number told of the new one
//! together, and the hours of use.

use std::collections::{HashMap, HashSet};

use orochi_model::problem::Problem;

use super::chains::NumberChains;
use super::change::NumberLife;
use super::contacts::ContactIndex;
use super::settings::Settings;
use crate::tables::Tables;
use crate::traffic::event_store::{CALL, CompactEvent, EventStore};
use crate::uk_clock::UkClock;

/// What traffic shows of a pair.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct TrafficEvidence {
    /// Most contacts of the old number that the new one texts or calls within `announce_minutes`, at its beginning.
    pub announced: usize,
    /// Likeness of the hours of use, where both are seen in use often enough.
    pub hours: Option<f64>,
}

/// Events of the numbers looked at closely, by time. Parties are numbered as in [`ContactIndex`].
pub(super) struct PairTraffic {
    of: HashMap<u32, Vec<CompactEvent>>,
    clock: UkClock,
}

/// Fewest uses before hours are compared.
const LEAST: u32 = 12;

impl PairTraffic {
    /// Reads the events of these numbers.
    pub(super) fn load(
        tables: &dyn Tables,
        contacts: &ContactIndex,
        store: &EventStore,
        place: &[u32],
        numbers: &HashSet<u32>,
    ) -> Result<Self, Problem> {
        let wanted: Vec<bool> = place.iter().map(|to| numbers.contains(to)).collect();
        let mut of: HashMap<u32, Vec<CompactEvent>> = HashMap::new();
        if !numbers.is_empty() {
            for event in store.reload_for(tables, &wanted)? {
                let event = CompactEvent { a: place[event.a as usize], b: place[event.b as usize], ..event };
                for number in [event.a, event.b] {
                    if numbers.contains(&number) {
                        of.entry(number).or_default().push(event);
                    }
                }
            }
        }
        for list in of.values_mut() {
            list.sort_unstable_by_key(|event| (event.at, event.id));
        }
        // A damaged year must not make a table of centuries.
        let last = i64::from(contacts.last).min(4_102_444_800);
        Ok(Self { of, clock: UkClock::spanning(i64::from(contacts.first).min(last), last)? })
    }

    pub(super) fn events(&self, number: u32) -> &[CompactEvent] {
        self.of.get(&number).map_or(&[], Vec::as_slice)
    }

    pub(super) fn clock(&self) -> &UkClock {
        &self.clock
    }

    /// The events of the largest announcement, each to another contact of the old number.
    pub(super) fn announcement(
        &self,
        old: u32,
        new: u32,
        contacts: &ContactIndex,
        chains: &NumberChains,
        life: &NumberLife,
        settings: &Settings,
    ) -> Vec<u32> {
        let known: HashSet<u32> = chains.weighted_contacts(contacts, old).into_iter().map(|(root, _)| root).collect();
        let until = life.from.saturating_add((settings.announce_days * 86_400.0) as u32);
        let told: Vec<(u32, u32, u32)> = self
            .events(new)
            .iter()
            .filter(|event| event.a == new && event.at <= until)
            .map(|event| (event.at, chains.root(event.b), event.id))
            .filter(|(_, root, _)| known.contains(root))
            .collect();
        let width = (settings.announce_minutes * 60.0) as u32;
        let mut best: Vec<u32> = Vec::new();
        for (place, (at, ..)) in told.iter().enumerate() {
            let mut met = HashSet::new();
            let within = told[place..].iter().take_while(|it| it.0 - at <= width);
            let events: Vec<u32> = within.filter(|it| met.insert(it.1)).map(|it| it.2).collect();
            if events.len() > best.len() {
                best = events;
            }
        }
        best
    }

    /// Cosine of the two numbers' hours of use, as the clock on the wall shows them.
    pub(super) fn likeness_of_hours(&self, old: u32, new: u32) -> Option<f64> {
        let count = |number: u32| {
            let mut hours = [0u32; 24];
            for event in self.events(number) {
                if event.a == number || event.what & 0x0f == CALL {
                    hours[self.clock.hour(event.at)] += 1;
                }
            }
            hours
        };
        let (old, new) = (count(old), count(new));
        if old.iter().sum::<u32>() < LEAST || new.iter().sum::<u32>() < LEAST {
            return None;
        }
        // Neighbouring hours count in part: a dozen uses do not fall into the same hours twice.
        let smooth = |hours: &[u32; 24]| -> [f64; 24] {
            std::array::from_fn(|h| {
                f64::from(hours[h]) + 0.6 * (f64::from(hours[(h + 1) % 24]) + f64::from(hours[(h + 23) % 24]))
            })
        };
        let (old, new) = (smooth(&old), smooth(&new));
        let dot = |x: &[f64; 24], y: &[f64; 24]| x.iter().zip(y).map(|(x, y)| x * y).sum::<f64>();
        Some(dot(&old, &new) / (dot(&old, &old) * dot(&new, &new)).sqrt())
    }
}
