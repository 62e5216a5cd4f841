//! One number's events, seen from that number.

use super::event_store::{CALL, CompactEvent, MISSED, NO_DURATION, TEXT};

/// One event of the number under study. `other` is the other party; `out` is true when the number made it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NumberEvent {
    pub other: u32,
    pub at: u32,
    pub id: u32,
    pub duration: u16,
    pub what: u8,
    pub out: bool,
}

impl NumberEvent {
    pub(crate) fn from_event(event: &CompactEvent, number: u32) -> Self {
        let out = event.a == number;
        Self {
            other: if out { event.b } else { event.a },
            at: event.at,
            id: event.id,
            duration: event.duration,
            what: event.what & 0x0f,
            out,
        }
    }

    pub(crate) fn text(&self) -> bool {
        self.what == TEXT
    }

    /// A call, answered or not.
    pub(crate) fn call(&self) -> bool {
        matches!(self.what, CALL | MISSED)
    }

    /// Seconds talked; `None` for texts, unanswered calls and calls of unknown length.
    pub(crate) fn talked(&self) -> Option<u16> {
        (self.what == CALL && self.duration != NO_DURATION && self.duration > 0).then_some(self.duration)
    }
}
