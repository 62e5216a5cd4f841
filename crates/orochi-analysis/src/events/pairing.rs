//! Which records of one caller, called party and kind describe the same communication.
//!
//! Three steps, in this order: exact repeats on one side collapse; a divert or voicemail leg joins the unanswered leg it came
//! from; what is left is paired across sides, nearest clocks first. Records of one side are never paired with each other.

use std::collections::{BTreeSet, HashMap};

use super::Settings;

/// How a communication ended, in the order in which one outcome prevails over another when records disagree: a caller's own
/// record calls it answered when only the voicemail picked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Outcome {
    Missed,
    Answered,
    Diverted,
    Voicemail,
}

impl Outcome {
    pub(crate) fn read(text: &str) -> Option<Self> {
        Some(match text {
            "missed" => Self::Missed,
            "answered" => Self::Answered,
            "diverted" => Self::Diverted,
            "voicemail" => Self::Voicemail,
            _ => return None,
        })
    }

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Missed => "missed",
            Self::Answered => "answered",
            Self::Diverted => "diverted",
            Self::Voicemail => "voicemail",
        }
    }
}

/// What pairing needs to know of a record. Times are microseconds UTC.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Rec {
    /// `A`, `B` or `C`; `None` when the file does not say, and the exhibit stands for the side.
    pub side: Option<u8>,
    pub exhibit: u32,
    pub sheet: Option<u32>,
    pub row: u64,
    pub c: Option<Box<str>>,
    pub start: i64,
    pub start_alt: Option<i64>,
    pub end: Option<i64>,
    pub duration_s: Option<i32>,
    pub outcome: Option<Outcome>,
}

impl Rec {
    /// Known sides sort before exhibits that stand for one.
    fn label(&self) -> u64 {
        self.side.map_or(1 << 32 | u64::from(self.exhibit), u64::from)
    }

    pub(crate) fn diverted(&self) -> bool {
        self.c.is_some() || matches!(self.outcome, Some(Outcome::Diverted | Outcome::Voicemail))
    }

    /// Nobody spoke: a leg that a divert may follow.
    fn unanswered(&self) -> bool {
        matches!(self.outcome, Some(Outcome::Missed)) || (self.outcome.is_none() && self.duration_s.unwrap_or(0) == 0)
    }

    /// The last instant this record may have started at.
    pub(crate) fn latest(&self) -> i64 {
        self.start.max(self.start_alt.unwrap_or(self.start))
    }
}

/// A set of records so far thought to be one communication. `readings` are the (earliest, latest) starts under each way of
/// reading an ambiguous clock; more than one only while the repeated hour of October is unresolved.
#[derive(Clone, Debug)]
pub(crate) struct Cluster {
    pub members: Vec<usize>,
    pub readings: Vec<(i64, i64)>,
    labels: BTreeSet<u64>,
    durations: Option<(i32, i32)>,
    diverted: bool,
}

impl Cluster {
    fn of(index: usize, rec: &Rec) -> Self {
        let mut readings = vec![(rec.start, rec.start)];
        if let Some(alt) = rec.start_alt.filter(|alt| *alt != rec.start) {
            readings.push((alt, alt));
        }
        Self {
            members: vec![index],
            readings,
            labels: BTreeSet::from([rec.label()]),
            durations: rec.duration_s.map(|d| (d, d)),
            diverted: rec.diverted(),
        }
    }

    /// The readings under which both hold, and the smallest spread among them; `None` when they cannot be one communication.
    fn joined(&self, other: &Self, settings: &Settings) -> Option<(i64, Vec<(i64, i64)>)> {
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
        let spread = readings.iter().map(|r| r.1 - r.0).min()?;
        Some((spread, readings))
    }

    fn absorb(&mut self, other: Self, readings: Vec<(i64, i64)>) {
        self.members.extend(other.members);
        self.readings = readings;
        self.labels.extend(other.labels);
        self.durations = match (self.durations, other.durations) {
            (Some(a), Some(b)) => Some((a.0.min(b.0), a.1.max(b.1))),
            (a, b) => a.or(b),
        };
        self.diverted |= other.diverted;
    }
}

/// Groups `records` (one caller, called party and kind; sorted by start) into communications. Every record is in exactly one
/// cluster; clusters come in the order of their start, members in the order of the records.
pub(crate) fn pair(records: &[Rec], settings: &Settings) -> Vec<Cluster> {
    if let [only] = records {
        return vec![Cluster::of(0, only)];
    }
    let mut clusters = across_sides(attach_legs(collapse_repeats(records), records, settings), settings);
    for cluster in &mut clusters {
        cluster.members.sort_unstable();
    }
    clusters.sort_by_key(|cluster| (cluster.readings.first().map(|r| r.0), cluster.members.first().copied()));
    clusters
}

/// Side, start, duration, forwarded-to party, and whether it is a divert leg.
type RepeatKey<'a> = (u64, i64, Option<i32>, Option<&'a str>, bool);

/// Same side, same start, same duration, same forwarded-to party: repeated rows, or the same row in two disclosures.
fn collapse_repeats(records: &[Rec]) -> Vec<Cluster> {
    let mut clusters: Vec<Cluster> = Vec::with_capacity(records.len());
    let mut seen: HashMap<RepeatKey<'_>, usize> = HashMap::new();
    for (index, rec) in records.iter().enumerate() {
        let key = |start| (rec.label(), start, rec.duration_s, rec.c.as_deref(), rec.diverted());
        let fresh = Cluster::of(index, rec);
        let known = fresh.readings.iter().find_map(|(start, _)| seen.get(&key(*start)).copied());
        if let Some(at) = known {
            let cluster: &mut Cluster = &mut clusters[at];
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

/// A divert or voicemail leg joins the nearest unanswered leg of the same side.
fn attach_legs(clusters: Vec<Cluster>, records: &[Rec], settings: &Settings) -> Vec<Cluster> {
    if !clusters.iter().any(|cluster| cluster.diverted) {
        return clusters;
    }
    let first = |cluster: &Cluster| &records[cluster.members[0]];
    let mut order: Vec<usize> = (0..clusters.len()).collect();
    order.sort_by_key(|&i| (clusters[i].readings[0].0, i));
    let mut candidates = Vec::new();
    for (at, &i) in order.iter().enumerate() {
        for &j in &order[at + 1..] {
            let gap = clusters[j].readings[0].0 - clusters[i].readings[0].0;
            if gap > settings.leg_tolerance_us() {
                break;
            }
            if clusters[i].diverted == clusters[j].diverted || clusters[i].labels != clusters[j].labels {
                continue;
            }
            let (plain, leg) = if clusters[i].diverted { (j, i) } else { (i, j) };
            if gap == 0 || first(&clusters[plain]).unanswered() {
                candidates.push((gap, plain, leg));
            }
        }
    }
    candidates.sort_unstable();
    let mut slots: Vec<Option<Cluster>> = clusters.into_iter().map(Some).collect();
    let mut taken = vec![false; slots.len()];
    for (_, plain, leg) in candidates {
        if taken[plain] || taken[leg] {
            continue;
        }
        taken[plain] = true;
        taken[leg] = true;
        if let (Some(leg), Some(plain)) = (slots[leg].take(), slots[plain].as_mut()) {
            let readings = plain.readings.clone();
            plain.absorb(leg, readings);
        }
    }
    slots.into_iter().flatten().collect()
}

/// Pairs what is left across sides, nearest first; a communication holds each side once.
fn across_sides(clusters: Vec<Cluster>, settings: &Settings) -> Vec<Cluster> {
    if clusters.len() < 2 || clusters.iter().all(|cluster| cluster.labels == clusters[0].labels) {
        return clusters;
    }
    let mut starts: Vec<(i64, usize)> =
        clusters.iter().enumerate().flat_map(|(i, c)| c.readings.iter().map(move |r| (r.0, i))).collect();
    starts.sort_unstable();
    let mut candidates = Vec::new();
    for (at, &(start, i)) in starts.iter().enumerate() {
        for &(other, j) in &starts[at + 1..] {
            if other - start > settings.start_tolerance_us() {
                break;
            }
            if i != j
                && let Some((spread, _)) = clusters[i].joined(&clusters[j], settings)
            {
                candidates.push((spread, i.min(j), i.max(j)));
            }
        }
    }
    candidates.sort_unstable();
    candidates.dedup();
    let mut home: Vec<usize> = (0..clusters.len()).collect();
    let mut slots: Vec<Option<Cluster>> = clusters.into_iter().map(Some).collect();
    for (_, i, j) in candidates {
        let (into, from) = (root(&home, i.min(j)), root(&home, i.max(j)));
        if into == from {
            continue;
        }
        let joined = match (&slots[into], &slots[from]) {
            (Some(a), Some(b)) => a.joined(b, settings),
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
