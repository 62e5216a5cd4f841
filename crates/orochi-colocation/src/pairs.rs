//! Which pairs of devices are compared in fitting and validation: all of one owner, and of different owners a fixed
//! choice that always has the hardest.

use std::collections::BTreeMap;

use xxhash_rust::xxh3::xxh3_64;

use crate::registration::Track;
use crate::scene::Scene;
use crate::settings::Settings;

/// What kind of pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OwnerRelation {
    /// One owner.
    Same,
    /// Two owners whose homes are near, as seen from one of them.
    Near,
    /// Two owners.
    Far,
}

/// A pair of devices, by place among the tracks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct DevicePair {
    pub a: usize,
    pub b: usize,
    pub kind: OwnerRelation,
    /// Number of the pair of owners.
    pub source: usize,
}

/// A number of an owner's own, the same in every run.
pub(crate) fn owner_hash(owner: &str) -> u64 {
    xxh3_64(owner.as_bytes())
}

/// Devices of each owner, owners in order of name.
pub(crate) fn devices_by_owner<'t>(tracks: &[&'t Track]) -> BTreeMap<&'t str, Vec<usize>> {
    let mut owners: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (place, track) in tracks.iter().enumerate() {
        owners.entry(track.owner.as_str()).or_default().push(place);
    }
    owners
}

/// Chooses pairs. Order and choice depend on owners, devices and registrations alone.
pub(crate) fn choose_pairs(tracks: &[&Track], scene: &Scene<'_>, settings: &Settings) -> Vec<DevicePair> {
    let owners: Vec<(&str, Vec<usize>)> = devices_by_owner(tracks).into_iter().collect();
    let mut pairs = Vec::new();
    let mut source = 0;
    for (_, devices) in &owners {
        for (i, a) in devices.iter().enumerate() {
            pairs.extend(devices[i + 1..].iter().map(|b| DevicePair {
                a: *a,
                b: *b,
                kind: OwnerRelation::Same,
                source,
            }));
        }
        source += 1;
    }
    let most = pairs.len().max(10) * settings.different_per_same;
    let homes: Vec<_> = owners
        .iter()
        .map(|(_, devices)| devices.iter().max_by_key(|d| scene.devices[**d].len()).and_then(|d| scene.home(*d)))
        .collect();
    let mut candidates: BTreeMap<(usize, usize), OwnerRelation> = BTreeMap::new();
    for (i, home) in homes.iter().enumerate() {
        let Some(home) = home else { continue };
        let mut others: Vec<(f64, usize)> = homes
            .iter()
            .enumerate()
            .filter(|(j, _)| *j != i)
            .filter_map(|(j, other)| other.map(|other| (home.square(&other), j)))
            .collect();
        others.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        // Where there are few owners, not all of them are near.
        let near = settings.nearest.min((others.len() / 3).max(1));
        for (_, j) in others.into_iter().take(near) {
            candidates.insert((i.min(j), i.max(j)), OwnerRelation::Near);
        }
    }
    for i in 0..owners.len() {
        for j in i + 1..owners.len() {
            candidates.entry((i, j)).or_insert(OwnerRelation::Far);
        }
    }
    let mut ordered: Vec<(bool, u64, (usize, usize), OwnerRelation)> = candidates
        .into_iter()
        .map(|(places, kind)| {
            let names = format!("{}\n{}", owners[places.0].0, owners[places.1].0);
            (kind == OwnerRelation::Far, xxh3_64(names.as_bytes()), places, kind)
        })
        .collect();
    ordered.sort_unstable_by_key(|candidate| (candidate.0, candidate.1, candidate.2));
    // One pair of devices for each pair of owners, then a second one, up to all of them.
    let widest = owners.iter().map(|owner| owner.1.len()).max().unwrap_or(0);
    let same = pairs.len();
    for round in 0..widest * widest {
        for (number, (_, draw, (i, j), kind)) in ordered.iter().enumerate() {
            let (of_i, of_j) = (&owners[*i].1, &owners[*j].1);
            let all = of_i.len() * of_j.len();
            if round >= all {
                continue;
            }
            if pairs.len() - same >= most {
                return pairs;
            }
            let which = (round + (*draw % all as u64) as usize) % all;
            let (a, b) = (of_i[which / of_j.len()], of_j[which % of_j.len()]);
            pairs.push(DevicePair { a, b, kind: *kind, source: source + number });
        }
    }
    pairs
}
