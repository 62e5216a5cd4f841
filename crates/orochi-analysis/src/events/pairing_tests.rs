use std::collections::BTreeSet;

use proptest::prelude::*;

use super::super::record::CallOutcome;
use super::*;

fn rec(side: Option<u8>, exhibit: u32, start_s: i64, duration_s: Option<i32>) -> PairingRecord {
    PairingRecord {
        side,
        exhibit,
        sheet: None,
        row: 0,
        c: None,
        start: start_s * 1_000_000,
        start_alt: None,
        end: None,
        duration_s,
        outcome: None,
    }
}

const A: Option<u8> = Some(b'A');
const B: Option<u8> = Some(b'B');
const C: Option<u8> = Some(b'C');

fn groups(mut records: Vec<PairingRecord>) -> Vec<Vec<usize>> {
    records.sort_by_key(|r| (r.start, r.exhibit, r.row));
    pair(&records, &Settings::default()).into_iter().map(|c| c.members).collect()
}

#[test]
fn both_sides_of_a_call_with_clocks_apart_are_one_event() {
    assert_eq!(groups(vec![rec(A, 1, 0, Some(38)), rec(B, 2, 9, Some(36))]), [[0, 1]]);
    assert_eq!(groups(vec![rec(A, 1, 0, Some(38)), rec(B, 2, 11, Some(38))]).len(), 2, "clocks too far apart");
    assert_eq!(groups(vec![rec(A, 1, 0, Some(38)), rec(B, 2, 2, Some(42))]).len(), 2, "durations too far apart");
}

#[test]
fn two_legs_of_one_side_are_never_merged_unless_identical() {
    assert_eq!(groups(vec![rec(A, 1, 0, Some(5)), rec(A, 1, 2, Some(5))]).len(), 2);
    assert_eq!(groups(vec![rec(A, 1, 0, Some(5)), rec(A, 2, 0, Some(5))]).len(), 1, "overlapping disclosures");
}

#[test]
fn two_quick_texts_seen_from_both_sides_stay_two() {
    let found = groups(vec![rec(A, 1, 0, None), rec(A, 1, 5, None), rec(B, 2, 4, None), rec(B, 2, 9, None)]);
    assert_eq!(found.len(), 2);
    assert!(found.iter().all(|group| group.len() == 2));
}

#[test]
fn the_exhibit_stands_for_an_unknown_side() {
    assert_eq!(groups(vec![rec(None, 1, 0, Some(5)), rec(None, 2, 3, Some(5))]).len(), 1);
    assert_eq!(groups(vec![rec(None, 1, 0, Some(5)), rec(None, 1, 3, Some(5))]).len(), 2);
}

#[test]
fn a_voicemail_leg_joins_the_missed_leg_it_came_from() {
    let mut missed = rec(A, 1, 0, Some(0));
    missed.outcome = Some(CallOutcome::Missed);
    let mut voicemail = rec(A, 1, 22, Some(14));
    voicemail.outcome = Some(CallOutcome::Voicemail);
    let mut later = rec(A, 1, 600, Some(14));
    later.outcome = Some(CallOutcome::Answered);
    assert_eq!(groups(vec![missed, voicemail, later]), [vec![0, 1], vec![2]]);
}

#[test]
fn a_divert_seen_by_the_called_side_joins_the_callers_answered_call() {
    let caller = rec(A, 1, 0, Some(30));
    let mut called = rec(B, 2, 4, Some(0));
    called.c = Some("+447700900999".into());
    assert_eq!(groups(vec![caller, called]).len(), 1);
}

/// The row names a forwarded-to party.
fn forwarded(mut rec: PairingRecord) -> PairingRecord {
    rec.c = Some("+447700900999".into());
    rec.outcome = Some(CallOutcome::Diverted);
    rec
}

#[test]
fn the_forwarded_to_partys_own_row_joins_by_the_start_of_the_leg() {
    // The caller's two legs, the called phone's missed call; the forwarded-to phone rang 21
    // seconds after the call began.
    let call = || vec![rec(A, 1, 0, Some(0)), rec(B, 2, 2, Some(0)), forwarded(rec(A, 1, 20, Some(40)))];
    let with = |own: PairingRecord| [call(), vec![own]].concat();
    assert_eq!(groups(with(forwarded(rec(C, 3, 21, Some(38))))), [[0, 1, 2, 3]]);
    assert_eq!(groups(with(forwarded(rec(C, 3, 31, Some(38))))).len(), 2, "the leg began 11 seconds before");
    assert_eq!(groups(with(forwarded(rec(C, 3, 4, Some(38))))).len(), 2, "the leg had not begun");
    let mut other = forwarded(rec(C, 3, 21, Some(38)));
    other.c = Some("+447700900998".into());
    assert_eq!(groups(with(other)).len(), 2, "another party");
}

#[test]
fn the_forwarded_to_partys_own_row_is_not_drawn_to_a_call_that_begins_beside_it() {
    let found = groups(vec![
        rec(A, 1, 0, Some(0)),
        forwarded(rec(A, 1, 20, Some(40))),
        forwarded(rec(C, 3, 22, Some(38))),
        rec(A, 1, 23, Some(7)),
    ]);
    assert_eq!(found, [vec![0, 1, 2], vec![3]]);
}

#[test]
fn a_forwarded_to_partys_own_row_that_fits_two_calls_stays_apart_with_a_doubt() {
    let mut records =
        vec![forwarded(rec(A, 1, 0, Some(9))), forwarded(rec(A, 1, 15, Some(9))), forwarded(rec(C, 3, 20, Some(9)))];
    records.sort_by_key(|rec| rec.start);
    let found = pair(&records, &Settings::default());
    assert_eq!(found.iter().map(|cluster| cluster.doubt).collect::<Vec<_>>(), [false, false, true]);
}

#[test]
fn one_sides_leg_alone_meets_the_other_sides_call_and_leg() {
    let found =
        groups(vec![rec(A, 1, 0, Some(0)), forwarded(rec(A, 1, 20, Some(40))), forwarded(rec(B, 2, 22, Some(40)))]);
    assert_eq!(found, [[0, 1, 2]]);
}

#[test]
fn a_clock_that_states_utc_resolves_the_repeated_hour() {
    let mut local = rec(A, 1, 0, Some(30));
    local.start_alt = Some(3_600_000_000);
    let utc = rec(B, 2, 3_602, Some(30));
    let clusters = pair(&[local, utc], &Settings::default());
    assert_eq!(clusters.len(), 1);
    assert_eq!(clusters[0].readings, [(3_600_000_000, 3_602_000_000)]);
}

/// The obvious way, for records without diverts or second candidates: compare everything with everything.
fn obvious(records: &[PairingRecord], settings: &Settings) -> BTreeSet<BTreeSet<usize>> {
    let same_side = |i: usize, j: usize| records[i].label() == records[j].label();
    let mut groups: Vec<BTreeSet<usize>> = Vec::new();
    for i in 0..records.len() {
        let repeat = groups.iter_mut().find(|group| {
            group.iter().any(|&j| {
                same_side(i, j)
                    && records[i].start == records[j].start
                    && records[i].duration_s == records[j].duration_s
            })
        });
        match repeat {
            Some(group) => {
                group.insert(i);
            }
            None => groups.push(BTreeSet::from([i])),
        }
    }
    loop {
        let mut best: Option<(i64, usize, usize)> = None;
        for i in 0..groups.len() {
            for j in i + 1..groups.len() {
                if groups[i].iter().any(|&x| groups[j].iter().any(|&y| same_side(x, y))) {
                    continue;
                }
                let all: Vec<&PairingRecord> = groups[i].union(&groups[j]).map(|&x| &records[x]).collect();
                let spread = all.iter().map(|r| r.start).max().unwrap() - all.iter().map(|r| r.start).min().unwrap();
                let stated: Vec<i32> = all.iter().filter_map(|r| r.duration_s).collect();
                let apart = stated.iter().max().unwrap_or(&0) - stated.iter().min().unwrap_or(&0);
                if spread <= settings.start_tolerance_us()
                    && f64::from(apart) <= settings.duration_tolerance_s
                    && best.is_none_or(|b| spread < b.0)
                {
                    best = Some((spread, i, j));
                }
            }
        }
        let Some((_, i, j)) = best else { break };
        let other = groups.remove(j);
        groups[i].extend(other);
    }
    groups.into_iter().collect()
}

prop_compose! {
    fn any_rec()(side in prop_oneof![Just(A), Just(B), Just(None)], exhibit in 1..3u32, start in 0..90i64,
                 duration in prop_oneof![Just(None), (0..8i32).prop_map(Some)]) -> PairingRecord {
        rec(side, exhibit, start, duration)
    }
}

prop_compose! {
    fn any_leg()(mut rec in any_rec(), divert in 0..4u8, alt in 0..6u8) -> PairingRecord {
        match divert {
            0 => rec.c = Some("121".into()),
            1 => rec.outcome = Some(CallOutcome::Voicemail),
            2 => rec.outcome = Some(CallOutcome::Missed),
            _ => {}
        }
        if alt == 0 { rec.start_alt = Some(rec.start + 3_600_000_000); }
        rec
    }
}

proptest! {
    /// With two sides the greedy pairing and the obvious one are the same, whatever the records.
    #[test]
    fn two_sides_pair_as_the_obvious_way_does(mut records in prop::collection::vec(any_rec(), 0..14)) {
        for rec in &mut records { rec.side = rec.side.or(A); }
        records.sort_by_key(|r| (r.start, r.exhibit, r.row));
        let settings = Settings::default();
        let fast: BTreeSet<BTreeSet<usize>> =
            pair(&records, &settings).into_iter().map(|c| c.members.into_iter().collect()).collect();
        prop_assert_eq!(fast, obvious(&records, &settings));
    }

    #[test]
    fn every_record_is_in_exactly_one_event_and_no_side_twice_unless_repeated(
        mut records in prop::collection::vec(any_leg(), 0..30)
    ) {
        records.sort_by_key(|r| (r.start, r.exhibit, r.row));
        let clusters = pair(&records, &Settings::default());
        let mut seen: Vec<usize> = clusters.iter().flat_map(|c| c.members.iter().copied()).collect();
        seen.sort_unstable();
        prop_assert_eq!(seen, (0..records.len()).collect::<Vec<_>>());
        for cluster in &clusters {
            prop_assert!(!cluster.readings.is_empty());
            for (at, &i) in cluster.members.iter().enumerate() {
                for &j in &cluster.members[at + 1..] {
                    let (x, y) = (&records[i], &records[j]);
                    if x.label() == y.label() {
                        let repeat = x.duration_s == y.duration_s && x.c == y.c;
                        prop_assert!(repeat || x.diverted() != y.diverted() || x.diverted());
                    }
                }
            }
        }
    }
}
