//! A stretch of time in seconds, as methods cut it.

/// A stretch of time: seconds since 1970 UTC, the end excluded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TimeSpan {
    pub from: i64,
    pub to: i64,
}

impl TimeSpan {
    /// All of time.
    pub const ALWAYS: Self = Self { from: i64::MIN, to: i64::MAX };

    /// Whether an instant lies in it.
    pub fn has(self, at: i64) -> bool {
        self.from <= at && at < self.to
    }
}
