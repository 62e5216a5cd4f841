//! What an event says of its records: how long, how it ended, whose.

use super::record::{CallOutcome, PairingRecord};

/// The record that tells how long was talked.
///
/// The caller's own record states a call's length best, then the called party's, then any other. Of a diverted call the
/// leg on which was talked tells it: the forwarded-to party's own record, else the row of a leg that
/// lasted, else any that lasted.
pub(super) fn talk_record<'a>(records: &[&'a PairingRecord]) -> Option<&'a PairingRecord> {
    let stated = || records.iter().copied().filter(|rec| rec.duration_s.is_some());
    let side = |rec: &&PairingRecord| rec.side.unwrap_or(u8::MAX);
    if !records.iter().any(|rec| rec.diverted()) {
        return stated().min_by_key(side);
    }
    let own = stated().find(|rec| forwarded_to(rec));
    own.or_else(|| stated().min_by_key(|rec| (rec.duration_s == Some(0), !rec.diverted(), side(rec))))
}

/// How it ended. Where the forwarded-to party has a record, whoever answered was not the called party.
pub(super) fn outcome(records: &[&PairingRecord]) -> Option<CallOutcome> {
    let stated = records.iter().filter_map(|rec| rec.outcome).max();
    let forwarded = records.iter().any(|rec| forwarded_to(rec));
    if forwarded && matches!(stated, None | Some(CallOutcome::Answered)) { Some(CallOutcome::Diverted) } else { stated }
}

/// The forwarded-to party: as its own record says, else as the first that names one.
pub(super) fn forwarded_to_number<'a>(records: &[&'a PairingRecord]) -> Option<&'a str> {
    let own = records.iter().find(|rec| forwarded_to(rec)).and_then(|rec| rec.c.as_deref());
    own.or_else(|| records.iter().find_map(|rec| rec.c.as_deref()))
}

/// Whose records they are, each side once.
pub(super) fn sides(records: &[&PairingRecord]) -> String {
    let mut sides: Vec<u8> = records.iter().filter_map(|rec| rec.side).collect();
    sides.sort_unstable();
    sides.dedup();
    sides.into_iter().map(char::from).collect()
}

fn forwarded_to(rec: &PairingRecord) -> bool {
    rec.side == Some(b'C')
}
