//! Bursts: one number texting many within minutes.
//!
//! The rule: texts of one number to at least so many different telephone numbers within so many minutes. Every text
//! that lies in some such window belongs to a burst, and those with no longer gap than the window form the same one.
//! Short codes and senders' names are nobody's phone: texts to them are in no burst.
//!
//! Where the number's own data is not held ([`super::own_data`]), only its texts to those are seen whose data is: half
//! of the telephone numbers seen with it are then enough, where that is fewer, and at least two. So a line of which
//! three customers' data is held has bursts of two, and a number seen with hundreds needs as many as any other.
//!
//! Settings: `burst_recipients` and `burst_minutes` of the method `lines`, with their sources; every method that speaks
//! of a burst takes them from there. The rule is the one that `lines` was validated with (docs/validation/lines.md).

use std::collections::{BTreeSet, HashMap};

use orochi_model::party::{PartyKind, kind_of};

use super::own_data;
use crate::uk_clock::CLOCK_SET_S;

/// What makes a burst.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BurstRule {
    /// Fewest different recipients, where own data is held.
    pub recipients: usize,
    /// Length of the window, seconds.
    pub window_s: u32,
}

impl BurstRule {
    /// From settings: numbers and minutes.
    pub fn new(recipients: f64, minutes: f64) -> Self {
        Self { recipients: recipients as usize, window_s: (minutes * 60.0) as u32 }
    }

    /// Fewest different recipients of a number that is seen with so many telephone numbers.
    pub fn least(self, held: bool, others: usize) -> usize {
        if held { self.recipients } else { self.recipients.min(others.div_ceil(2)).max(2) }
    }
}

/// A text that the number sent. Parties are numbered as whoever asks numbers them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BurstText {
    /// The recipient.
    pub to: u32,
    /// Seconds since 1970 UTC.
    pub at: u32,
    /// What whoever asks knows the text by. Of two texts of one second the lower comes first.
    pub key: u32,
}

/// One burst.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Burst {
    /// Its texts, in order of time.
    pub texts: Vec<BurstText>,
    /// Different recipients.
    pub recipients: u32,
    /// The first text, seconds since 1970 UTC.
    pub at: u32,
}

/// Everyone who got a text of a burst, whatever kind of number it is.
pub fn recipients<'a>(bursts: impl IntoIterator<Item = &'a Burst>) -> BTreeSet<u32> {
    bursts.into_iter().flat_map(|burst| burst.texts.iter().map(|text| text.to)).collect()
}

/// Finds the bursts among `texts` (in order of time, to telephone numbers) of at least `least` different recipients.
pub(crate) fn find_bursts(texts: &[BurstText], least: usize, window_s: u32) -> Vec<Burst> {
    if texts.len() < least {
        return Vec::new();
    }
    let mut marked = vec![false; texts.len()];
    let mut within: HashMap<u32, u32> = HashMap::new();
    let (mut from, mut done) = (0, 0);
    for (to, text) in texts.iter().enumerate() {
        *within.entry(text.to).or_default() += 1;
        while text.at - texts[from].at > window_s {
            let other = texts[from].to;
            if let Some(count) = within.get_mut(&other) {
                *count -= 1;
                if *count == 0 {
                    within.remove(&other);
                }
            }
            from += 1;
        }
        if within.len() >= least {
            marked[from.max(done)..=to].iter_mut().for_each(|mark| *mark = true);
            done = to + 1;
        }
    }
    let mut bursts: Vec<Burst> = Vec::new();
    for (text, _) in texts.iter().zip(&marked).filter(|(_, marked)| **marked) {
        match bursts.last_mut() {
            Some(burst) if burst.texts.last().is_some_and(|last| text.at - last.at <= window_s) => {
                burst.texts.push(*text);
            }
            _ => bursts.push(Burst { texts: vec![*text], recipients: 0, at: text.at }),
        }
    }
    for burst in &mut bursts {
        burst.recipients = recipients([&*burst]).len() as u32;
    }
    bursts
}

/// A communication of a number with another named number, data sessions apart.
#[derive(Clone, Copy, Debug)]
pub struct BurstCommunication<'a> {
    /// The other party, and its canonical text.
    pub other: u32,
    /// See `other`.
    pub name: &'a str,
    /// Seconds since 1970 UTC.
    pub at: i64,
    /// What whoever asks knows it by.
    pub key: u32,
    /// A text or picture message that the number sent.
    pub sent_text: bool,
    /// It is in a record of the number's own side.
    pub own_side: bool,
}

/// What is seen of one number, as far as its bursts depend on it.
#[derive(Clone, Debug, Default)]
pub struct TextingHistory {
    seen: own_data::OwnDataCount,
    others: BTreeSet<u32>,
    texts: Vec<BurstText>,
}

impl TextingHistory {
    /// Takes a communication in, whatever the order they come in. Those of clocks that were never set count for
    /// nothing.
    pub fn add(&mut self, one: BurstCommunication<'_>) {
        if one.at < CLOCK_SET_S {
            return;
        }
        self.seen.add(one.own_side);
        if kind_of(one.name) != PartyKind::Number {
            return;
        }
        self.others.insert(one.other);
        if one.sent_text {
            let at = u32::try_from(one.at).unwrap_or(u32::MAX);
            self.texts.push(BurstText { to: one.other, at, key: one.key });
        }
    }

    /// With what was counted elsewhere of whether its own data is held.
    pub(crate) fn with_seen(self, seen: own_data::OwnDataCount) -> Self {
        Self { seen, ..self }
    }

    /// Whether its own data is held.
    pub fn is_held(&self) -> bool {
        self.seen.is_held()
    }

    /// Its bursts, in order of time.
    pub fn bursts(&self, rule: BurstRule) -> Vec<Burst> {
        let mut texts = self.texts.clone();
        texts.sort_unstable_by_key(|text| (text.at, text.key));
        find_bursts(&texts, rule.least(self.is_held(), self.others.len()), rule.window_s)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const START: i64 = CLOCK_SET_S + 1_000_000_000;

    fn name(other: u32) -> String {
        format!("+4477009{other:05}")
    }

    /// A number that texted these others at these seconds, and was rung once by each of some more.
    fn history(texts: &[(i64, u32)], callers: &[u32], own_side: bool) -> TextingHistory {
        let mut history = TextingHistory::default();
        let mut add = |other, at, sent_text| {
            history.add(BurstCommunication { other, name: &name(other), at: START + at, key: 0, sent_text, own_side });
        };
        texts.iter().for_each(|(at, other)| add(*other, *at, true));
        callers.iter().for_each(|other| add(*other, 900_000, false));
        history
    }

    fn sizes(history: &TextingHistory) -> Vec<u32> {
        history.bursts(BurstRule::new(8.0, 10.0)).iter().map(|burst| burst.recipients).collect()
    }

    #[test]
    fn eight_numbers_in_ten_minutes_are_a_burst_and_seven_are_none() {
        let texts =
            |count: u32, step: i64| -> Vec<(i64, u32)> { (0..count).map(|n| (i64::from(n) * step, n)).collect() };
        assert_eq!(sizes(&history(&texts(8, 85), &[], true)), [8], "595 seconds from first to last");
        assert_eq!(sizes(&history(&texts(8, 86), &[], true)), Vec::<u32>::new(), "602 seconds");
        assert_eq!(sizes(&history(&texts(7, 1), &[], true)), Vec::<u32>::new());
        let twice: Vec<(i64, u32)> = (0..8).map(|n| (n, (n / 2) as u32)).collect();
        assert_eq!(sizes(&history(&twice, &[], true)), Vec::<u32>::new(), "eight texts to four numbers");
    }

    #[test]
    fn of_a_number_whose_own_data_is_not_held_half_of_those_seen_are_enough() {
        assert_eq!(sizes(&history(&[(0, 1), (9, 2)], &[3], false)), [2], "two of three");
        assert_eq!(sizes(&history(&[(0, 1), (9, 2)], &[3], true)), Vec::<u32>::new());
        assert_eq!(sizes(&history(&[(0, 1)], &[], false)), Vec::<u32>::new(), "one is never many");
        let callers: Vec<u32> = (10..100).collect();
        assert_eq!(sizes(&history(&[(0, 1), (9, 2)], &callers, false)), Vec::<u32>::new(), "two of 92");
    }

    #[test]
    fn texts_to_senders_and_from_clocks_never_set_are_in_no_burst() {
        let mut history = history(&[], &[], true);
        for (key, (name, at)) in [("80800", START), ("GPSURGERY", START), ("+447700900001", 3_600)].iter().enumerate() {
            let other = key as u32;
            let one = BurstCommunication { other, name, at: *at, key: other, sent_text: true, own_side: true };
            history.add(one);
        }
        assert!(history.bursts(BurstRule { recipients: 1, window_s: 600 }).is_empty());
    }

    proptest! {
        /// Oracle: a text belongs to a burst when some window that starts at a text holds it and enough recipients.
        #[test]
        fn texts_in_bursts_are_those_of_the_obvious_way(
            mut raw in prop::collection::vec((0..4000u32, 0..9u32), 0..60),
        ) {
            raw.sort_unstable();
            let text = |(key, (at, to)): (u32, &(u32, u32))| BurstText { to: *to, at: *at, key };
            let texts: Vec<BurstText> = (0..).zip(&raw).map(text).collect();
            let found = find_bursts(&texts, 4, 300);
            let fast: Vec<u32> = found.into_iter().flat_map(|b| b.texts).map(|text| text.key).collect();
            let slow: Vec<u32> = texts.iter().filter(|text| texts.iter().any(|first| {
                let inside = |one: &BurstText| one.at >= first.at && one.at <= first.at + 300;
                let others: BTreeSet<u32> = texts.iter().filter(|one| inside(one)).map(|one| one.to).collect();
                inside(text) && others.len() >= 4
            })).map(|text| text.key).collect();
            prop_assert_eq!(fast, slow);
        }

        /// The order in which communications come changes nothing.
        #[test]
        fn bursts_do_not_depend_on_the_order_of_reading(
            raw in prop::collection::vec((0..4000i64, 0..9u32), 0..40),
        ) {
            let backwards: Vec<(i64, u32)> = raw.iter().rev().copied().collect();
            let times = |all: &[(i64, u32)]| -> Vec<(u32, u32)> {
                history(all, &[], false).bursts(BurstRule::new(4.0, 5.0)).iter().map(|b| (b.at, b.recipients)).collect()
            };
            prop_assert_eq!(times(&raw), times(&backwards));
        }
    }
}
