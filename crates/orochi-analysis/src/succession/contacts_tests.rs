use super::*;

impl ContactIndex {
    /// From communications (caller, called, instant): for tests of what stands on contacts.
    pub(in crate::succession) fn made_up(names: u32, events: &[(u32, u32, u32)]) -> Self {
        let mut collector = ContactCollector::default();
        for (a, b, at) in events {
            collector.add_event(&CompactEvent { a: *a, b: *b, at: *at, id: 0, duration: 30, what: CALL });
        }
        collector.flush_link();
        collector.uses.resize_with(names as usize, BlockUses::default);
        let (first, last) = collector.span.unwrap_or_default();
        let mut contacts = Self {
            names: (0..names).map(|id| format!("+447700{id:06}").into()).collect(),
            number: vec![true; names as usize],
            own: vec![true; names as usize],
            held: vec![true; names as usize],
            uses: collector
                .uses
                .into_iter()
                .map(|mut uses| {
                    uses.merge();
                    uses.list
                })
                .collect(),
            first,
            last,
            ..Self::default()
        };
        contacts.index(collector.links.into_values(), &(0..names).collect::<Vec<_>>());
        contacts
    }
}

#[test]
fn contacts_are_by_name_and_the_same_in_any_order() {
    let day = 86_400;
    let mut events = vec![(3, 1, day), (1, 3, 2 * day), (0, 2, 5 * day), (2, 3, day), (3, 1, 3 * day)];
    let contacts = ContactIndex::made_up(4, &events);
    let others: Vec<u32> = contacts.links_of(3).map(|link| link.other(3)).collect();
    assert_eq!((others, contacts.degree(3)), (vec![1, 2], 2));
    let link = contacts.link(3, 1).unwrap();
    assert_eq!((link.events, link.first, link.last), (3, day, 3 * day));
    assert!((2.5..3.6).contains(&link.blocks()), "{}", link.blocks());
    events.reverse();
    let again = ContactIndex::made_up(4, &events);
    assert_eq!((again.links, again.uses), (contacts.links, contacts.uses));
}

#[test]
fn a_dead_number_that_is_rung_is_not_in_use() {
    let mut collector = ContactCollector::default();
    let event = |a, b, at, what| CompactEvent { a, b, at, id: 0, duration: 0, what };
    collector.add_event(&event(0, 1, 10, MISSED));
    collector.add_event(&event(0, 1, 20, crate::traffic::event_store::TEXT));
    collector.add_event(&CompactEvent { duration: 5, ..event(0, 1, 30, CALL) });
    assert_eq!(collector.uses[1].list, [BlockUse { block: 0, active: 1, all: 3 }]);
    assert_eq!(collector.uses[0].list, [BlockUse { block: 0, active: 3, all: 3 }]);
}
