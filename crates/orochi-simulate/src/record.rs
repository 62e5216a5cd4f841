//! What one side's operator writes down of a communication.

use crate::communication::Communication;
use crate::ground::{HandsetId, SimId};
use crate::network::CellId;

/// Which side of a communication a record is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// Caller, sender, or the SIM of a session.
    A,
    /// Called or recipient.
    B,
}

/// One row of an operator: a communication as its side knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Record {
    /// What happened.
    pub communication: Communication,
    /// The side.
    pub side: Side,
    /// Whose record it is.
    pub sim: SimId,
    /// In which handset.
    pub handset: HandsetId,
    /// Cell at the start; none where the network never reached the handset (a call forwarded at once).
    pub start_cell: Option<CellId>,
    /// Cell at the end; none with the start's.
    pub end_cell: Option<CellId>,
}
