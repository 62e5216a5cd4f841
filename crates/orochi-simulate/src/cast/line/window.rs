//! The time of a line.

use crate::calendar::At;

/// From a line's first instant to its last.
#[derive(Clone, Copy, Debug)]
pub(super) struct Window {
    pub opened: At,
    pub closed: At,
}
