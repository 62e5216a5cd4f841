//! A record as pairing sees it: whose it is, when, how long, how it ended.

/// How a communication ended, in the order in which one outcome prevails over another when records disagree: a caller's
/// own record calls it answered when only the voicemail picked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum CallOutcome {
    Missed,
    Answered,
    Diverted,
    Voicemail,
}

impl CallOutcome {
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
pub(crate) struct PairingRecord {
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
    pub outcome: Option<CallOutcome>,
}

impl PairingRecord {
    /// Known sides sort before exhibits that stand for one.
    pub(super) fn label(&self) -> u64 {
        self.side.map_or(1 << 32 | u64::from(self.exhibit), u64::from)
    }

    pub(crate) fn diverted(&self) -> bool {
        self.c.is_some() || matches!(self.outcome, Some(CallOutcome::Diverted | CallOutcome::Voicemail))
    }

    /// Nobody spoke: a leg that a divert may follow.
    pub(super) fn unanswered(&self) -> bool {
        matches!(self.outcome, Some(CallOutcome::Missed))
            || (self.outcome.is_none() && self.duration_s.unwrap_or(0) == 0)
    }

    /// The last instant this record may have started at.
    pub(crate) fn latest(&self) -> i64 {
        self.start.max(self.start_alt.unwrap_or(self.start))
    }
}
