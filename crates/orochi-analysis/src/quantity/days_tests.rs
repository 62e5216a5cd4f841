use super::super::line_traffic::{LineTraffic, NumberTraffic};
use super::*;
use crate::facts::burst::{BurstCommunication, TextingHistory};
use crate::traffic::event_store::{MISSED, TEXT};
use crate::uk_clock::UkClock;

/// Monday 3 February 2025, midnight in the United Kingdom and UTC.
const MONDAY: u32 = 1_738_540_800;
const HOUR: u32 = 3_600;
const RULE: burst::BurstRule = burst::BurstRule { recipients: 8, window_s: 600 };
const DAY: u32 = 86_400;

/// The line is 0, customers are 1 and on; 90 is an associate, 91 a landline.
fn seen(mut items: Vec<NumberEvent>, by_associates: &[(u32, u32, u32)]) -> LineTraffic {
    items.sort_unstable_by_key(|item| item.at);
    for (id, item) in items.iter_mut().enumerate() {
        item.id = id as u32;
    }
    let mut names: Vec<String> = (0..100).map(|n| format!("+447700900{n:03}")).collect();
    names[91] = "+441632960001".to_owned();
    let days: BTreeSet<i32> = (20_122..20_150).collect();
    let mut history = TextingHistory::default();
    for item in &items {
        history.add(BurstCommunication {
            other: item.other,
            name: &names[item.other as usize],
            at: i64::from(item.at),
            key: item.id,
            sent_text: item.out && item.text(),
            own_side: true,
        });
    }
    let number = NumberTraffic {
        name: names[0].clone(),
        own: items.len() as u64,
        items,
        history,
        used: Some((20_122, 20_149)),
        days,
        references: BTreeSet::new(),
    };
    let mut associates: BTreeMap<u32, Vec<(u32, u32)>> = BTreeMap::new();
    for (to, at, id) in by_associates {
        associates.entry(*to).or_default().push((*at, *id));
    }
    LineTraffic {
        names,
        clock: UkClock::spanning(i64::from(MONDAY), i64::from(MONDAY + 28 * DAY)).unwrap(),
        numbers: vec![number],
        by_associates: associates,
        associates: BTreeSet::from([90]),
        own: BTreeSet::from([0]),
        withheld: Vec::new(),
    }
}

fn text(at: u32, other: u32, out: bool) -> NumberEvent {
    NumberEvent { other, at: MONDAY + at, id: 0, duration: NO_DURATION, what: TEXT, out }
}

fn call(at: u32, other: u32, out: bool, seconds: u16) -> NumberEvent {
    let what = if seconds == 0 { MISSED } else { CALL };
    NumberEvent { other, at: MONDAY + at, id: 0, duration: seconds, what, out }
}

/// A bulk text to customers 1 to 10 at eight on the first day.
fn burst() -> Vec<NumberEvent> {
    (1..=10).map(|to| text(8 * HOUR + to, to, true)).collect()
}

fn counted(items: Vec<NumberEvent>) -> QuantityCounts {
    let all = burst().into_iter().chain(items).collect();
    QuantityCounts::from_traffic(&seen(all, &[]), &Settings::default(), RULE)
}

#[test]
fn the_base_is_everyone_who_got_a_burst() {
    let counts = counted(vec![text(10 * HOUR, 20, true)]);
    assert_eq!(counts.base.keys().copied().collect::<Vec<_>>(), (1..=10).collect::<Vec<_>>());
    assert_eq!(counts.bursts, 1);
}

#[test]
fn a_day_counts_once_and_a_weeks_only_day_does_not() {
    let twice = |day: u32| [call(day * DAY + 12 * HOUR, 1, false, 20), call(day * DAY + 15 * HOUR, 1, false, 30)];
    let mut items: Vec<NumberEvent> = twice(0).into_iter().chain(twice(2)).collect();
    items.push(call(3 * DAY + 12 * HOUR, 2, false, 20));
    let counts = counted(items);
    assert_eq!(counts.days.keys().copied().collect::<Vec<_>>(), [(1, 20_122), (1, 20_124)]);
    assert_eq!(counts.left(ExclusionReason::SingleDay), 1);
    assert_eq!(counts.repeats(), 2, "a second exchange on each of two days");
}

#[test]
fn calls_count_above_the_threshold_only() {
    for (seconds, why) in [
        (0, Some(ExclusionReason::DroppedCall)),
        (4, Some(ExclusionReason::DroppedCall)),
        (6, Some(ExclusionReason::ShortCall)),
        (7, None),
    ] {
        let counts = counted(vec![call(12 * HOUR, 1, false, seconds), call(DAY + 12 * HOUR, 1, false, seconds)]);
        assert_eq!(counts.days.len(), if why.is_none() { 2 } else { 0 }, "{seconds} seconds");
        if let Some(why) = why {
            assert_eq!(counts.left(why), 2, "{seconds} seconds");
        }
    }
}

#[test]
fn machines_and_answers_to_the_line_start_no_contact() {
    let machine = text(8 * HOUR + 3 + 5, 3, false);
    let answer = [call(12 * HOUR, 4, true, 30), text(12 * HOUR + 300, 4, false)];
    let counts = counted(std::iter::once(machine).chain(answer).collect());
    assert_eq!(counts.left(ExclusionReason::AutomaticReply), 1);
    assert_eq!(counts.left(ExclusionReason::LineStarted), 1);
    assert!(counts.contacts.is_empty() && counts.days.is_empty());
}

#[test]
fn replies_at_one_delay_again_and_again_are_a_machines() {
    let mut items = Vec::new();
    for day in 1..4 {
        items.extend((1..=10).map(|to| text(day * DAY + 8 * HOUR + to, to, true)));
        items.push(text(day * DAY + 8 * HOUR + 5 + 40, 5, false));
    }
    let counts = counted(items);
    assert_eq!(counts.left(ExclusionReason::AutomaticReply), 3);
}

#[test]
fn contacts_are_confirmed_by_the_line_or_an_associate_the_same_day() {
    let items = vec![
        call(12 * HOUR, 21, false, 0),
        call(12 * HOUR + 600, 21, true, 15),
        call(12 * HOUR, 22, false, 0),
        call(12 * HOUR, 23, false, 25),
        call(12 * HOUR, 24, false, 0),
        call(24 * HOUR - 60, 25, false, 0),
        call(24 * HOUR + 60, 25, true, 15),
        call(12 * HOUR, 90, false, 15),
        call(12 * HOUR, 91, false, 15),
    ];
    let all = burst().into_iter().chain(items).collect();
    let counts =
        QuantityCounts::from_traffic(&seen(all, &[(22, MONDAY + 12 * HOUR + 900, 1_000)]), &Settings::default(), RULE);
    let dealt = |number: u32| counts.contacts.get(&(number, 20_122)).map(|contact| contact.dealt);
    assert_eq!(dealt(21), Some(ContactResponse::Confirmed));
    assert_eq!(dealt(22), Some(ContactResponse::Confirmed), "rung back by an associate");
    assert_eq!(dealt(23), Some(ContactResponse::Answered));
    assert_eq!(dealt(24), Some(ContactResponse::Unanswered));
    assert_eq!(dealt(25), Some(ContactResponse::Unanswered), "called back on the next day");
    assert_eq!((dealt(90), dealt(91)), (None, None));
    assert_eq!((counts.left(ExclusionReason::Associate), counts.left(ExclusionReason::NotAPhone)), (1, 1));
    assert_eq!(counts.left(ExclusionReason::NotInBase), 5);
}

#[test]
fn weeks_begin_on_monday() {
    assert_eq!(week(20_122), week(20_128), "Monday 3 to Sunday 9 February 2025");
    assert_ne!(week(20_121), week(20_122));
}
