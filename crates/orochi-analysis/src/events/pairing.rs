//! Which records of one caller, called party and kind describe the same communication.
//!
//! Four steps, in this order: exact repeats on one side collapse; a divert or voicemail leg joins the unanswered leg it
//! came from; what is left is paired across sides, nearest clocks first; the forwarded-to party's own record joins the
//! leg it belongs to. Records of one side are never paired with each other.

use std::collections::{BTreeSet, HashMap};

use super::Settings;
use super::legs::{Leg, attach_legs, join_forwarded_rows};
use super::record::PairingRecord;

/// The label of the forwarded-to party's side.
pub(super) const FORWARDED_TO: u64 = b'C' as u64;

/// A set of records so far thought to be one communication. `readings` are the (earliest, latest) starts under each way
/// of reading an ambiguous clock; more than one only while the repeated hour of October is unresolved.
#[derive(Clone, Debug)]
pub(crate) struct RecordCluster {
    pub members: Vec<usize>,
    pub readings: Vec<(i64, i64)>,
    /// Legs to a forwarded-to party that its rows name.
    pub legs: Vec<Leg>,
    /// It may be a leg of another communication, and more than one could be meant.
    pub doubt: bool,
    pub(super) labels: BTreeSet<u64>,
    durations: Option<(i32, i32)>,
    pub(super) diverted: bool,
}

impl RecordCluster {
    fn from_record(index: usize, rec: &PairingRecord) -> Self {
        let mut readings = vec![(rec.start, rec.start)];
        if let Some(alt) = rec.start_alt.filter(|alt| *alt != rec.start) {
            readings.push((alt, alt));
        }
        let legs = if rec.c.is_some() {
            readings.iter().map(|(start, _)| Leg { record: index, start: *start, apart: false }).collect()
        } else {
            Vec::new()
        };
        Self {
            members: vec![index],
            readings,
            legs,
            doubt: false,
            labels: BTreeSet::from([rec.label()]),
            durations: rec.duration_s.map(|d| (d, d)),
            diverted: rec.diverted(),
        }
    }

    /// Only the forwarded-to party's own records.
    fn of_forwarded_to(&self) -> bool {
        self.labels.iter().all(|label| *label == FORWARDED_TO)
    }

    /// The readings under which both hold, and the smallest spread among them; `None` when they
    /// cannot be one communication.
    fn joined(&self, other: &Self, records: &[PairingRecord], settings: &Settings) -> Option<(i64, Vec<(i64, i64)>)> {
        if self.labels.intersection(&other.labels).next().is_some() {
            return None;
        }
        if !self.diverted
            && !other.diverted
            && let (Some(a), Some(b)) = (self.durations, other.durations)
            && a.1.max(b.1) - a.0.min(b.0) > settings.duration_tolerance_s as i32
        {
            return None;
        }
        let tolerance = settings.start_tolerance_us();
        let mut readings = Vec::new();
        for a in &self.readings {
            for b in &other.readings {
                let both = (a.0.min(b.0), a.1.max(b.1));
                if both.1 - both.0 <= tolerance {
                    readings.push(both);
                }
            }
        }
        readings.sort_unstable();
        readings.dedup();
        match readings.iter().map(|r| r.1 - r.0).min() {
            Some(spread) => Some((spread, readings)),
            None => self.same_leg(other, records, settings),
        }
    }

    pub(super) fn absorb(&mut self, other: Self, readings: Vec<(i64, i64)>) {
        self.members.extend(other.members);
        self.legs.extend(other.legs);
        self.readings = readings;
        self.labels.extend(other.labels);
        self.durations = match (self.durations, other.durations) {
            (Some(a), Some(b)) => Some((a.0.min(b.0), a.1.max(b.1))),
            (a, b) => a.or(b),
        };
        self.diverted |= other.diverted;
    }
}

/// Groups `records` (one caller, called party and kind; sorted by start) into communications. Every record is in
/// exactly one cluster; clusters come in the order of their start, members in the order of the records.
pub(crate) fn pair(records: &[PairingRecord], settings: &Settings) -> Vec<RecordCluster> {
    if let [only] = records {
        return vec![RecordCluster::from_record(0, only)];
    }
    let (own, others): (Vec<_>, Vec<_>) =
        attach_legs(collapse_repeats(records), records, settings).into_iter().partition(RecordCluster::of_forwarded_to);
    let mut clusters = join_forwarded_rows(across_sides(others, records, settings), own, records, settings);
    for cluster in &mut clusters {
        cluster.members.sort_unstable();
    }
    clusters.sort_by_key(|cluster| (cluster.readings.first().map(|r| r.0), cluster.members.first().copied()));
    clusters
}

/// Side, start, duration, forwarded-to party, and whether it is a divert leg.
type RepeatKey<'a> = (u64, i64, Option<i32>, Option<&'a str>, bool);

/// Same side, same start, same duration, same forwarded-to party: repeated rows, or the same row in two disclosures.
fn collapse_repeats(records: &[PairingRecord]) -> Vec<RecordCluster> {
    let mut clusters: Vec<RecordCluster> = Vec::with_capacity(records.len());
    let mut seen: HashMap<RepeatKey<'_>, usize> = HashMap::new();
    for (index, rec) in records.iter().enumerate() {
        let key = |start| (rec.label(), start, rec.duration_s, rec.c.as_deref(), rec.diverted());
        let fresh = RecordCluster::from_record(index, rec);
        let known = fresh.readings.iter().find_map(|(start, _)| seen.get(&key(*start)).copied());
        if let Some(at) = known {
            let cluster: &mut RecordCluster = &mut clusters[at];
            let both: Vec<_> = cluster.readings.iter().filter(|r| fresh.readings.contains(r)).copied().collect();
            // The start found in `seen` may have been ruled out by a third record; then this one stands alone.
            if !both.is_empty() {
                cluster.absorb(fresh, both);
                continue;
            }
        }
        for (start, _) in &fresh.readings {
            seen.insert(key(*start), clusters.len());
        }
        clusters.push(fresh);
    }
    clusters
}

/// Pairs what is left across sides, nearest first; a communication holds each side once.
fn across_sides(clusters: Vec<RecordCluster>, records: &[PairingRecord], settings: &Settings) -> Vec<RecordCluster> {
    if clusters.len() < 2 || clusters.iter().all(|cluster| cluster.labels == clusters[0].labels) {
        return clusters;
    }
    let mut starts: Vec<(i64, usize)> = Vec::new();
    for (place, cluster) in clusters.iter().enumerate() {
        starts.extend(cluster.readings.iter().map(|reading| (reading.0, place)));
        starts.extend(cluster.legs.iter().filter(|leg| leg.apart).map(|leg| (leg.start, place)));
    }
    starts.sort_unstable();
    let mut candidates = Vec::new();
    for (at, &(start, i)) in starts.iter().enumerate() {
        for &(other, j) in &starts[at + 1..] {
            if other - start > settings.start_tolerance_us() {
                break;
            }
            if i != j
                && let Some((spread, _)) = clusters[i].joined(&clusters[j], records, settings)
            {
                candidates.push((spread, i.min(j), i.max(j)));
            }
        }
    }
    candidates.sort_unstable();
    candidates.dedup();
    let mut home: Vec<usize> = (0..clusters.len()).collect();
    let mut slots: Vec<Option<RecordCluster>> = clusters.into_iter().map(Some).collect();
    for (_, i, j) in candidates {
        let (into, from) = (root(&home, i.min(j)), root(&home, i.max(j)));
        if into == from {
            continue;
        }
        let joined = match (&slots[into], &slots[from]) {
            (Some(a), Some(b)) => a.joined(b, records, settings),
            _ => None,
        };
        if let Some((_, readings)) = joined
            && let Some(other) = slots[from].take()
            && let Some(cluster) = slots[into].as_mut()
        {
            cluster.absorb(other, readings);
            home[from] = into;
        }
    }
    slots.into_iter().flatten().collect()
}

fn root(home: &[usize], mut at: usize) -> usize {
    while home[at] != at {
        at = home[at];
    }
    at
}

#[cfg(test)]
#[path = "pairing_tests.rs"]
mod tests;
