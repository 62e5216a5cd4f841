//! What happens between two parties, before anyone records it.

use crate::calendar::At;
use crate::ground::{OutsideId, SimId};

/// One end of a communication.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Party {
    /// A SIM of the world: it has a handset, a carrier and a cell.
    Sim(SimId),
    /// A party without cells: a landline, a short code, a name that sends texts, a number abroad.
    Outside(OutsideId),
}

/// Kind of communication.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ContactKind {
    /// A call.
    Call,
    /// A text.
    Text,
    /// A data session: `from` and `to` are the same SIM.
    Data,
}

/// How a call ended; texts and sessions are `Answered`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// Somebody spoke.
    Answered,
    /// Nobody answered.
    Missed,
    /// The network forwarded it to voicemail.
    Voicemail,
}

/// One communication.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Communication {
    /// Start.
    pub at: At,
    /// Caller, sender, or the SIM of a data session.
    pub from: Party,
    /// Called, recipient, or the same SIM.
    pub to: Party,
    /// What it is.
    pub kind: ContactKind,
    /// How it ended.
    pub outcome: Outcome,
    /// Seconds talked, or of the session; 0 for texts and missed calls.
    pub seconds: u32,
    /// Seconds it rang.
    pub ring: u16,
    /// Kilobytes sent and received; 0 but for sessions.
    pub volume: (u32, u32),
}
