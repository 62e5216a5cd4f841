//! A forwarded-to party's own return, where its row names that party as the called one: *A to C*, or *B to C*, beside a
//! call from A to B that was forwarded to C. Such rows stand under other parties than the call, so that the walk
//! through the sorted records never holds both at once.
//!
//! A query tells beforehand which starts may matter: few, as few calls are forwarded to a number that has a return of
//! its own. The walk holds back what has such a start, and in the end each row joins the one call
//! whose leg it can only be.

use std::collections::{BTreeSet, HashMap, HashSet};

use orochi_model::problem::Problem;

use super::pairing::RecordCluster;
use super::record::{CallOutcome, PairingRecord};
use super::{PairingKey, Settings};
use crate::tables::{Tables, texts, times};

/// A communication that waits for the end of the walk.
#[derive(Debug)]
pub(super) struct DeferredCall {
    pub key: PairingKey,
    pub records: Vec<PairingRecord>,
    /// Its members are places in `records`.
    pub cluster: RecordCluster,
}

/// What waits, and what is to wait.
#[derive(Debug, Default)]
pub(super) struct Returns {
    starts: HashMap<PairingKey, HashSet<i64>>,
    calls: Vec<DeferredCall>,
    own: Vec<DeferredCall>,
}

impl Returns {
    /// Asks `records` which calls were forwarded to a number that has rows of its own at about that time.
    pub(super) fn read(tables: &dyn Tables, settings: &Settings) -> Result<Self, Problem> {
        let mut found = Self::default();
        let mut forwarded = false;
        let any = "SELECT c FROM records WHERE kind = 'call' AND c LIKE '+%' LIMIT 1";
        tables.stream(any, &mut |batch| {
            forwarded |= batch.num_rows() > 0;
            Ok(())
        })?;
        if !forwarded {
            return Ok(found);
        }
        tables.stream(&leg_query(settings), &mut |batch| {
            let (call_a, call_b) = (texts(&batch, "call_a")?, texts(&batch, "call_b")?);
            let (own_a, own_b) = (texts(&batch, "own_a")?, texts(&batch, "own_b")?);
            let (call_start, own_start) = (times(&batch, "call_start")?, times(&batch, "own_start")?);
            for row in 0..batch.num_rows() {
                found.await_start(call_a.get(row), call_b.get(row), call_start.value(row));
                found.await_start(own_a.get(row), own_b.get(row), own_start.value(row));
            }
            Ok(())
        })?;
        Ok(found)
    }

    fn await_start(&mut self, a: Option<&str>, b: Option<&str>, start: i64) {
        let key = PairingKey { a: a.map(str::to_owned), b: b.map(str::to_owned), kind: "call".to_owned() };
        self.starts.entry(key).or_default().insert(start);
    }

    /// Holds a communication of `key` back if it may be a call with a leg, or a row of that leg.
    pub(super) fn hold(&mut self, key: &PairingKey, window: &[PairingRecord], cluster: &RecordCluster) -> bool {
        if self.starts.is_empty() {
            return false;
        }
        let members = || cluster.members.iter().map(|&i| &window[i]);
        let awaited = self.starts.get(key).is_some_and(|starts| members().any(|rec| starts.contains(&rec.start)));
        let own = members().all(may_be_of_leg);
        if !awaited || !(own || members().any(|rec| rec.c.is_some())) {
            return false;
        }
        let mut cluster = cluster.clone();
        let records = members().cloned().collect();
        let place = |at: usize| cluster.members.iter().position(|&i| i == at).unwrap_or(0);
        let places: Vec<usize> = cluster.legs.iter().map(|leg| place(leg.record)).collect();
        cluster.legs.iter_mut().zip(places).for_each(|(leg, place)| leg.record = place);
        cluster.members = (0..cluster.members.len()).collect();
        let held = DeferredCall { key: key.clone(), records, cluster };
        if own {
            self.own.push(held)
        } else {
            self.calls.push(held)
        }
        true
    }

    /// Joins what waited: calls with the rows of their legs, then rows that stay apart.
    pub(super) fn join_legs(&mut self, settings: &Settings) -> Vec<DeferredCall> {
        let (mut calls, own) = (std::mem::take(&mut self.calls), std::mem::take(&mut self.own));
        let mut to: HashMap<String, Vec<usize>> = HashMap::new();
        for (place, call) in calls.iter().enumerate() {
            let parties: BTreeSet<&str> = call.records.iter().filter_map(|rec| rec.c.as_deref()).collect();
            parties.into_iter().for_each(|party| to.entry(party.to_owned()).or_default().push(place));
        }
        let found: Vec<Vec<usize>> = own
            .iter()
            .map(|row| {
                let near = row.key.b.as_ref().and_then(|party| to.get(party));
                near.into_iter().flatten().copied().filter(|&call| row.may_be_leg_of(&calls[call], settings)).collect()
            })
            .collect();
        // What each side says of a call's leg: more than one thing, and it is not known which is the leg.
        let mut said: HashMap<usize, BTreeSet<LegStatement>> = HashMap::new();
        for (row, found) in own.iter().zip(&found) {
            found.iter().for_each(|&call| {
                said.entry(call).or_default().extend(row.joined().map(|rec| LegStatement::from_record(&rec)))
            });
        }
        for (call, said) in &mut said {
            said.extend(
                calls[*call].records.iter().filter(|rec| rec.side == Some(b'C')).map(LegStatement::from_record),
            );
        }
        let single = |call: usize| {
            let sides: Vec<Option<u8>> = said.get(&call).into_iter().flatten().map(|said| said.side).collect();
            sides.iter().collect::<HashSet<_>>().len() == sides.len()
        };
        let mut apart = Vec::new();
        for (mut row, found) in own.into_iter().zip(found) {
            match found[..] {
                [call] if single(call) => {
                    let joined: Vec<PairingRecord> = row.joined().collect();
                    calls[call].records.extend(joined);
                }
                _ => {
                    row.cluster.doubt |= !found.is_empty();
                    apart.push(row);
                }
            }
        }
        calls.append(&mut apart);
        calls
    }
}

impl DeferredCall {
    /// The forwarded-to party is called in its own row; the caller stands as in the call, or the
    /// forwarding party in its place.
    fn may_be_leg_of(&self, call: &Self, settings: &Settings) -> bool {
        let (Some(caller), Some(party)) = (self.key.a.as_deref(), self.key.b.as_deref()) else { return false };
        // The forwarding party's own row of the leg names itself as the caller.
        let forwarding = self.records.iter().any(|rec| rec.side == Some(b'A'));
        let parties = call.key.b.as_deref() == Some(caller) || (!forwarding && call.key.a.as_deref() == Some(caller));
        parties && call.cluster.has_leg(party, &self.cluster.readings, &call.records, settings)
    }

    /// Its records as the call's: the side and the forwarded-to party are those of the whole call.
    fn joined(&self) -> impl Iterator<Item = PairingRecord> {
        self.records.iter().map(|rec| PairingRecord {
            side: Some(if rec.side == Some(b'A') { b'B' } else { b'C' }),
            c: self.key.b.as_deref().map(Box::from),
            ..rec.clone()
        })
    }
}

/// A row that may be of a leg: the called party's own, without a further forwarded-to number, or the caller's where the
/// file says that it forwarded the call. A row of the caller's that says no such thing was dialled.
fn may_be_of_leg(rec: &PairingRecord) -> bool {
    match rec.side {
        Some(b'B') => rec.c.is_none() || rec.outcome == Some(CallOutcome::Voicemail),
        Some(b'A') => rec.c.is_none() && rec.outcome == Some(CallOutcome::Diverted),
        _ => false,
    }
}

/// What one side says of a leg; rows that say the same are repeats.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct LegStatement {
    side: Option<u8>,
    start: i64,
    duration_s: Option<i32>,
}

impl LegStatement {
    fn from_record(rec: &PairingRecord) -> Self {
        Self { side: rec.side, start: rec.start, duration_s: rec.duration_s }
    }
}

/// Rows with a forwarded-to number beside that number's own rows, by the widest reading of both clocks.
fn leg_query(settings: &Settings) -> String {
    let (clock, reach) = (settings.start_tolerance_us(), settings.reach_us());
    let pairs = |caller: &str, own: &str| {
        format!(
            "SELECT legs.a AS call_a, legs.b AS call_b, legs.start AS call_start, own.a AS own_a, own.b AS own_b, \
             own.start AS own_start FROM legs JOIN own ON own.b = legs.c AND own.a = legs.{caller} WHERE ({own}) AND \
             own.late >= legs.early - {clock} AND own.early <= legs.late + {reach}"
        )
    };
    let instants = "cast(start AS bigint) AS early, cast(coalesce(start_alt, start) AS bigint) AS late";
    format!(
        "WITH legs AS (SELECT a, b, c, start, {instants} FROM records WHERE kind = 'call' AND c LIKE '+%' \
         AND (a IS DISTINCT FROM c) AND (b IS DISTINCT FROM c)), \
         own AS (SELECT a, b, side, start, {instants} FROM records WHERE kind = 'call' AND b LIKE '+%' \
         AND (side IS NULL OR side = 'B' OR outcome = 'diverted')) {} UNION ALL {}",
        pairs("a", "coalesce(own.side, 'B') = 'B'"),
        pairs("b", "true")
    )
}
