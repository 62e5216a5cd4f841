//! Legs of a diverted call: the row of a leg joins the unanswered leg it came from, and the forwarded-to party's own
//! row joins the leg it belongs to, by the start of the leg and not of the call.

use super::Settings;
use super::pairing::{FORWARDED_TO, RecordCluster};
use super::record::PairingRecord;

/// A leg to a forwarded-to party, as a row states it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Leg {
    /// The row that names the party, as a place in the records.
    pub record: usize,
    /// Its start, microseconds UTC.
    pub start: i64,
    /// The call has another row for the leg before, so that this start is the leg's own. Otherwise one row stands for
    /// the whole call: its start may be the call's, and the leg begins while the phone rings.
    pub apart: bool,
}

impl Leg {
    /// Whether the forwarded-to party's own row may start then.
    pub(crate) fn fits(&self, at: i64, settings: &Settings) -> bool {
        let ringing = if self.apart { 0 } else { settings.leg_tolerance_us() };
        let (clock, after) = (settings.start_tolerance_us(), at.saturating_sub(self.start));
        (-clock..=ringing.saturating_add(clock)).contains(&after)
    }
}

impl RecordCluster {
    /// Whether one of its legs goes to that party and may be the one of a row with these readings of its start. A leg
    /// whose own start is stated speaks alone.
    pub(crate) fn has_leg(
        &self,
        party: &str,
        readings: &[(i64, i64)],
        records: &[PairingRecord],
        settings: &Settings,
    ) -> bool {
        let to = || self.legs.iter().filter(|leg| records[leg.record].c.as_deref() == Some(party));
        let apart = to().any(|leg| leg.apart);
        to().filter(|leg| leg.apart == apart).any(|leg| readings.iter().any(|at| leg.fits(at.0, settings)))
    }

    /// Two sides of which one states the call and its leg, the other the leg alone: the spread of the leg's starts, and
    /// the readings of the call's.
    pub(super) fn same_leg(
        &self,
        other: &Self,
        records: &[PairingRecord],
        settings: &Settings,
    ) -> Option<(i64, Vec<(i64, i64)>)> {
        let mut found: Option<(i64, &Self)> = None;
        for (whole, alone) in [(self, other), (other, self)] {
            for leg in whole.legs.iter().filter(|leg| leg.apart) {
                for same in alone.legs.iter().filter(|same| !same.apart) {
                    let spread = leg.start.abs_diff(same.start);
                    if records[leg.record].c == records[same.record].c
                        && spread <= settings.start_tolerance_us().unsigned_abs()
                        && found.is_none_or(|best| spread < best.0.unsigned_abs())
                    {
                        found = Some((spread as i64, whole));
                    }
                }
            }
        }
        found.map(|(spread, whole)| (spread, whole.readings.clone()))
    }

    /// A call of which no row names a forwarded-to party, and which nobody seems to have answered at the called phone.
    /// A caller's record calls it answered when another phone picked up; then it lasts at least
    /// as long as the talk there.
    fn may_be_forwarded(&self, own: &PairingRecord, records: &[PairingRecord], settings: &Settings) -> bool {
        let talk = own.duration_s.unwrap_or(0).saturating_sub(settings.duration_tolerance_s as i32);
        self.legs.is_empty()
            && self.members.iter().map(|&i| &records[i]).all(|rec| {
                let lasts = rec.side == Some(b'A') && rec.duration_s.is_some_and(|seconds| seconds >= talk);
                rec.unanswered() || rec.diverted() || lasts
            })
    }
}

/// A divert or voicemail leg joins the nearest unanswered leg of the same side: one before it, or one that only
/// the clocks put after it.
pub(super) fn attach_legs(
    clusters: Vec<RecordCluster>,
    records: &[PairingRecord],
    settings: &Settings,
) -> Vec<RecordCluster> {
    if !clusters.iter().any(|cluster| cluster.diverted) {
        return clusters;
    }
    let first = |cluster: &RecordCluster| &records[cluster.members[0]];
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
            let before = clusters[i].diverted && gap > 0;
            if before && gap > settings.start_tolerance_us() {
                continue;
            }
            let (plain, leg) = if clusters[i].diverted { (j, i) } else { (i, j) };
            if gap == 0 || first(&clusters[plain]).unanswered() {
                candidates.push((before, gap, plain, leg));
            }
        }
    }
    candidates.sort_unstable();
    let mut slots: Vec<Option<RecordCluster>> = clusters.into_iter().map(Some).collect();
    let mut taken = vec![false; slots.len()];
    for (before, gap, plain, leg) in candidates {
        if taken[plain] || taken[leg] {
            continue;
        }
        taken[plain] = true;
        taken[leg] = true;
        if let (Some(mut leg), Some(plain)) = (slots[leg].take(), slots[plain].as_mut()) {
            leg.legs.iter_mut().for_each(|leg| leg.apart = gap > 0 && !before);
            let readings = plain.readings.clone();
            plain.absorb(leg, readings);
        }
    }
    slots.into_iter().flatten().collect()
}

/// The forwarded-to party's own rows (`own`) of one caller and called party join the calls whose leg they are. A row
/// that could be the leg of several calls, or one of several rows for one leg, stays apart with a doubt.
pub(super) fn join_forwarded_rows(
    mut clusters: Vec<RecordCluster>,
    own: Vec<RecordCluster>,
    records: &[PairingRecord],
    settings: &Settings,
) -> Vec<RecordCluster> {
    if own.is_empty() {
        return clusters;
    }
    let mut starts: Vec<(i64, usize)> = Vec::new();
    for (place, cluster) in clusters.iter().enumerate() {
        starts.extend(cluster.readings.iter().map(|reading| (reading.0, place)));
        starts.extend(cluster.legs.iter().map(|leg| (leg.start, place)));
    }
    starts.sort_unstable();
    let calls: Vec<Vec<usize>> = own.iter().map(|one| calls_of(one, &clusters, &starts, records, settings)).collect();
    let mut claims = vec![0_usize; clusters.len()];
    calls.iter().flatten().for_each(|&call| claims[call] += 1);
    let mut apart = Vec::new();
    for (mut one, calls) in own.into_iter().zip(calls) {
        match calls[..] {
            [call] if claims[call] == 1 => {
                let readings = clusters[call].readings.clone();
                clusters[call].absorb(one, readings);
            }
            _ => {
                one.doubt = !calls.is_empty();
                apart.push(one);
            }
        }
    }
    clusters.append(&mut apart);
    clusters
}

/// The calls that a forwarded-to party's own row may be the leg of: those that name such a leg, and failing these the
/// ones that may have been forwarded without a word.
fn calls_of(
    own: &RecordCluster,
    clusters: &[RecordCluster],
    starts: &[(i64, usize)],
    records: &[PairingRecord],
    settings: &Settings,
) -> Vec<usize> {
    let rec = &records[own.members[0]];
    let Some(party) = rec.c.as_deref() else { return Vec::new() };
    let (clock, reach) = (settings.start_tolerance_us(), settings.reach_us());
    let mut near: Vec<usize> = Vec::new();
    for (at, _) in &own.readings {
        let from = starts.partition_point(|(start, _)| *start < at.saturating_sub(reach));
        let until = starts.partition_point(|(start, _)| *start <= at.saturating_add(clock));
        near.extend(starts[from..until].iter().map(|(_, place)| place));
    }
    near.sort_unstable();
    near.dedup();
    let (told, silent): (Vec<usize>, Vec<usize>) = near
        .into_iter()
        .filter(|&place| !clusters[place].labels.contains(&FORWARDED_TO))
        .partition(|&place| clusters[place].has_leg(party, &own.readings, records, settings));
    if !told.is_empty() {
        return told;
    }
    let begins = |place: &usize| {
        let whole = |reading: &(i64, i64)| Leg { record: 0, start: reading.0, apart: false };
        let begins = |reading| own.readings.iter().any(|at| whole(reading).fits(at.0, settings));
        clusters[*place].readings.iter().any(begins)
    };
    silent
        .into_iter()
        .filter(|place| begins(place) && clusters[*place].may_be_forwarded(rec, records, settings))
        .collect()
}
