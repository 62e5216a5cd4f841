//! What passed between two numbers.

/// Microseconds of a day.
pub(crate) const DAY: i64 = 86_400_000_000;

/// What a communication was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum CommunicationKind {
    /// A text or picture message.
    Text,
    /// Neither text nor call.
    Other,
    /// A call, answered or not.
    Call,
}

/// One communication: when, whether the number with the higher id made it, what it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct LoggedCommunication {
    at: i64,
    by_higher: bool,
    kind: CommunicationKind,
}

/// Communications of two numbers, by time.
#[derive(Clone, Debug, Default)]
pub(crate) struct PairLog {
    log: Vec<LoggedCommunication>,
}

/// What passed between a number and another, from the first one's side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct ContactSummary {
    /// Days with contact.
    pub days: usize,
    /// Calls alone: a line's bulk texts say nothing of whom it seeks out.
    pub calls_made: u32,
    pub calls_received: u32,
    /// Calls and texts.
    pub made: u32,
    pub received: u32,
}

impl PairLog {
    pub(crate) fn add(&mut self, at: i64, by_higher: bool, kind: CommunicationKind) {
        self.log.push(LoggedCommunication { at, by_higher, kind });
    }

    /// Puts it in order of time; the rest presumes it.
    pub(crate) fn sort_by_time(&mut self) {
        self.log.sort_unstable();
    }

    /// First contact, microseconds UTC.
    pub(crate) fn first(&self) -> i64 {
        self.log.first().map_or(i64::MAX, |entry| entry.at)
    }

    /// Last contact.
    pub(crate) fn last(&self) -> i64 {
        self.log.last().map_or(i64::MIN, |entry| entry.at)
    }

    pub(crate) fn contact(&self, higher: bool) -> ContactSummary {
        let mut contact = ContactSummary::default();
        let mut day = None;
        for entry in &self.log {
            if day.replace(entry.at.div_euclid(DAY)) != Some(entry.at.div_euclid(DAY)) {
                contact.days += 1;
            }
            let own = entry.by_higher == higher;
            contact.made += u32::from(own);
            contact.received += u32::from(!own);
            contact.calls_made += u32::from(own && entry.kind == CommunicationKind::Call);
            contact.calls_received += u32::from(!own && entry.kind == CommunicationKind::Call);
        }
        contact
    }

    /// Instants of the communications of one kind that one of them made.
    pub(crate) fn made(&self, higher: bool, kind: CommunicationKind) -> impl Iterator<Item = i64> {
        let own = move |entry: &&LoggedCommunication| entry.by_higher == higher && entry.kind == kind;
        self.log.iter().filter(own).map(|entry| entry.at)
    }

    /// Instants of all communications, rising.
    pub(crate) fn times(&self) -> impl Iterator<Item = i64> {
        self.log.iter().map(|entry| entry.at)
    }

    /// Instants of the calls that one of them made or received, with who made it.
    pub(crate) fn calls(&self, higher: bool) -> impl Iterator<Item = (i64, bool)> {
        self.log
            .iter()
            .filter(|entry| entry.kind == CommunicationKind::Call)
            .map(move |entry| (entry.at, entry.by_higher == higher))
    }

    /// Whether there was contact in the time before an instant.
    pub(crate) fn within(&self, at: i64, before: i64) -> bool {
        let place = self.log.partition_point(|entry| entry.at <= at);
        place > 0 && self.log[place - 1].at >= at - before
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_passed_is_seen_from_either_side() {
        let mut pair = PairLog::default();
        for (at, by_higher, kind) in [
            (3 * DAY, true, CommunicationKind::Call),
            (5, false, CommunicationKind::Call),
            (9, true, CommunicationKind::Text),
            (3 * DAY + 7, true, CommunicationKind::Call),
        ] {
            pair.add(at, by_higher, kind);
        }
        pair.sort_by_time();
        assert_eq!((pair.first(), pair.last()), (5, 3 * DAY + 7));
        let contact = pair.contact(true);
        assert_eq!(contact, ContactSummary { days: 2, calls_made: 2, calls_received: 1, made: 3, received: 1 });
        let other = pair.contact(false);
        assert_eq!((other.made, other.received, other.calls_made), (contact.received, contact.made, 1));
        assert_eq!(pair.made(true, CommunicationKind::Call).count(), 2);
        assert!(pair.within(DAY, DAY) && !pair.within(2 * DAY, DAY) && !pair.within(4, DAY));
    }
}
