use std::ops::Range;

use super::*;

const DAY: u32 = 86_400;

/// Ten days of phones, as communications (caller, called, instant).
struct Town {
    events: Vec<(u32, u32, u32)>,
    state: u64,
}

impl Town {
    fn new() -> Self {
        Self { events: Vec::new(), state: 11 }
    }

    fn draw(&mut self, below: u32) -> u32 {
        self.state = self.state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.state >> 33) % u64::from(below)) as u32
    }

    /// `a` and each of `others` are in contact `times` times between two days.
    fn contact(&mut self, a: u32, others: impl IntoIterator<Item = u32>, days: Range<u32>, times: u32) {
        for other in others {
            for _ in 0..times {
                let at = DAY * (1 + days.start) + self.draw((days.end - days.start) * DAY);
                let (x, y) = if self.draw(2) == 0 { (a, other) } else { (other, a) };
                self.events.push((x, y, at));
            }
        }
    }

    fn links(&self, names: u32) -> Vec<(u32, u32)> {
        let contacts = ContactIndex::made_up(names, &self.events);
        let found = match_numbers(
            &contacts,
            &EvidenceByPair::new(),
            &Settings::default(),
            SuccessionWeights::shipped().unwrap(),
        );
        found.pairs.iter().filter(|found| found.link.is_some()).map(|found| found.numbers).collect()
    }

    /// People 100 to 200 who are in contact with one another all the time.
    fn people(&mut self) {
        for person in 100..200 {
            let others: Vec<u32> = (0..6).map(|_| 100 + self.draw(100)).filter(|other| *other != person).collect();
            self.contact(person, others, 0..10, 4);
        }
    }
}

#[test]
fn a_crew_that_drops_its_phones_in_one_night_is_matched_whole() {
    let mut town = Town::new();
    town.people();
    // 0 leads and is in contact with its crew alone: 1 to 4, who have customers of their own. All drop
    // their phones after day 7.
    for (crew, (from, to)) in [(0, (0, 7)), (10, (7, 10))] {
        town.contact(crew, crew + 1..crew + 5, from..to, 8);
        town.contact(crew + 1, [crew + 2, crew + 3], from..to, 3);
        for member in 1..5 {
            let customers = 100 + member * 20..100 + member * 20 + 7;
            town.contact(crew + member, customers, from..to, 3);
        }
    }
    assert_eq!(town.links(200), [(0, 10), (1, 11), (2, 12), (3, 13), (4, 14)]);
}

#[test]
fn an_old_phone_lingers_and_a_new_one_is_seen_early() {
    let mut town = Town::new();
    town.people();
    town.contact(1, 100..120, 0..6, 4);
    town.contact(2, 100..120, 6..10, 4);
    town.contact(1, [100, 101, 102], 6..9, 1);
    town.contact(2, [103, 104], 3..6, 1);
    assert_eq!(town.links(200), [(1, 2)]);
}

#[test]
fn couples_and_colleagues_who_share_all_contacts_are_two_people() {
    let mut town = Town::new();
    town.people();
    for pair in [1, 3] {
        for one in [pair, pair + 1] {
            town.contact(one, 100 + pair * 10..110 + pair * 10, 0..10, 4);
        }
        town.contact(pair, [pair + 1], 0..10, 6);
    }
    // One of two friends stops, the other goes on as before.
    town.contact(5, 160..170, 0..6, 4);
    town.contact(6, 160..170, 0..10, 4);
    // One is seen from the fourth day on, the other until the eighth: both in use in between.
    town.contact(7, 170..180, 0..8, 4);
    town.contact(8, 170..180, 3..10, 4);
    assert_eq!(town.links(200), []);
}

#[test]
fn two_lines_with_the_same_customers_keep_apart() {
    let mut town = Town::new();
    town.people();
    // A and then B, beside C and then D; each customer of the one is half the time one of the other.
    town.contact(1, 100..130, 0..5, 3);
    town.contact(2, 100..130, 5..10, 3);
    town.contact(3, 115..145, 0..4, 3);
    town.contact(4, 115..145, 4..10, 3);
    assert_eq!(town.links(200), [(1, 2), (3, 4)]);
}

#[test]
fn a_chain_is_followed_through() {
    let mut town = Town::new();
    town.people();
    for (number, days) in [(1, 0..3), (2, 3..6), (3, 6..10)] {
        town.contact(number, 100..125, days, 2);
    }
    assert_eq!(town.links(200), [(1, 2), (2, 3)]);
}

#[test]
fn a_line_that_is_split_has_two_successors() {
    let mut town = Town::new();
    town.people();
    town.contact(1, 100..140, 0..5, 4);
    town.contact(2, 100..120, 5..10, 4);
    town.contact(3, 120..140, 5..10, 4);
    assert_eq!(town.links(200), [(1, 2), (1, 3)]);
}

#[test]
fn nothing_is_known_of_a_number_whose_data_ends_with_it() {
    let mut town = Town::new();
    // Only the two numbers' own data is held, each for its own week; the contacts are seen nowhere else.
    town.contact(1, 100..103, 0..7, 5);
    town.contact(2, 150..153, 7..10, 5);
    assert_eq!(town.links(200), []);
}
