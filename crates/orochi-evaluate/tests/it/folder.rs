//! A town small enough to follow: one line that broadcasts, one quiet line, a taxi, and people with friends.

use std::{collections::BTreeSet, fmt::Write, path::Path};

/// Days in the folder.
pub const DAYS: u32 = 14;
/// The number of the line that broadcasts.
pub const LINE: &str = "+447700900001";
/// The number of the quiet line, in use from the last day on and hardly contacted.
pub const LATE: &str = "+447700900002";
pub const TAXI: &str = "+447700900003";

pub fn person(place: u32) -> String {
    format!("+447524{place:06}")
}

/// People 0 to 19 are the line's customers.
pub const CUSTOMERS: u32 = 20;
const PEOPLE: u32 = 60;

#[derive(Default)]
struct Town {
    /// (seconds from the first midnight, caller, called, seconds talked or none for a text)
    happenings: Vec<(u32, String, String, Option<u32>)>,
}

impl Town {
    fn call(&mut self, day: u32, minute: u32, a: &str, b: &str, seconds: u32) {
        self.happenings.push((day * 86_400 + minute * 60, a.into(), b.into(), Some(seconds)));
    }

    fn text(&mut self, day: u32, minute: u32, a: &str, b: &str) {
        self.happenings.push((day * 86_400 + minute * 60, a.into(), b.into(), None));
    }
}

/// Numbers without a pattern, the same each time.
fn mixed(a: u32, b: u32) -> u32 {
    let mut x = a.wrapping_mul(0x9e37_79b9) ^ b.wrapping_mul(0x85eb_ca6b);
    x ^= x >> 15;
    x = x.wrapping_mul(0x2c1b_3c6d);
    x ^ x >> 12
}

fn town() -> Town {
    let mut town = Town::default();
    for day in 0..DAYS {
        for customer in 0..CUSTOMERS {
            town.text(day, 600 + customer % 4, LINE, &person(customer));
            if mixed(day, customer) % 10 < 7 {
                let minute = 480 + mixed(customer, day) % 900;
                town.call(day, minute, &person(customer), LINE, 15 + mixed(day, customer) % 30);
                if mixed(day + 1, customer).is_multiple_of(3) {
                    town.call(day, minute + 4, LINE, &person(customer), 20);
                }
            }
        }
        for people in 0..PEOPLE {
            for friend in 1..4 {
                let (a, b) = (person(people), person((people + friend) % PEOPLE));
                let minute = 500 + mixed(people * 7 + friend, day) % 800;
                let (a, b) = if mixed(day, people + friend).is_multiple_of(2) { (a, b) } else { (b, a) };
                town.call(day, minute, &a, &b, 60 + mixed(friend, people + day) % 600);
            }
        }
        for fare in 0..20 {
            let caller = person(20 + mixed(day * 31, fare) % 40);
            town.call(day, 400 + fare * 45, &caller, TAXI, 25);
        }
    }
    for customer in 0..3 {
        town.call(DAYS - 1, 700 + customer * 30, &person(customer), LATE, 20);
    }
    town.happenings.sort();
    town
}

fn rows(town: &Town, held: impl Fn(&str) -> bool) -> String {
    let mut text =
        "Event Type,Start Datetime (*Standardised),Originator Comms Address,Recipient Comms Address,Duration,Target \
         Comms Address\n"
            .to_owned();
    for (at, a, b, seconds) in &town.happenings {
        for target in [a, b] {
            if held(target) {
                let (day, rest) = (at / 86_400, at % 86_400);
                let date = jiff::civil::date(2025, 2, 3).checked_add(jiff::Span::new().days(i64::from(day))).unwrap();
                let time = format!("{:02}:{:02}:00", rest / 3_600, rest / 60 % 60);
                let (kind, duration) = seconds.map_or(("SMS", String::new()), |s| ("Voice Call", s.to_string()));
                let _ = writeln!(text, "{kind},{date} {time},{a},{b},{duration},{target}");
            }
        }
    }
    text
}

pub fn truth() -> String {
    let customers: Vec<String> = (0..CUSTOMERS).map(person).collect();
    let line = |id: &str, number: &str, broadcasts: bool| {
        serde_json::json!({
            "id": id, "style": "static", "broadcasts": broadcasts, "size": "small", "town": "Thetford",
            "origin": "London",
            "numbers": [{
                "number": number, "imsi": "", "imei": "",
                "from": "2025-02-03T00:00:00Z", "to": "2025-02-17T00:00:00Z",
            }],
            "spells": [], "controller": null, "runners": [], "holder": { "person": "P59", "own_number": person(59) },
            "customers": customers,
        })
    };
    let truth = serde_json::json!({
        "format": 1, "scenario": "by hand", "seed": 1, "first_day": "2025-02-03", "days": DAYS, "people": PEOPLE,
            "numbers": 63,
        "lines": [line("L01", LINE, true), line("L02", LATE, false)],
        "innocents": [{ "number": TAXI, "kind": "taxi" }],
        "targets": [LINE, TAXI, person(0), person(1), person(2), person(40)],
        "three_customers": [{ "line": "L01", "number": LINE, "customers": [person(0), person(1), person(2)] }],
        "pairs": [], "couples": [],
    });
    truth.to_string()
}

/// A folder with everything of everybody.
pub fn area(folder: &Path) {
    std::fs::write(folder.join("truth.json"), truth()).unwrap();
    std::fs::write(folder.join("area.csv"), rows(&town(), |_| true)).unwrap();
}

/// A folder with the disclosures about the targets.
pub fn disclosed(folder: &Path) {
    std::fs::write(folder.join("truth.json"), truth()).unwrap();
    std::fs::create_dir(folder.join("disclosures")).unwrap();
    let truth: serde_json::Value = serde_json::from_str(&truth()).unwrap();
    let targets: BTreeSet<&str> = truth["targets"].as_array().unwrap().iter().map(|t| t.as_str().unwrap()).collect();
    for target in targets {
        let path = folder.join("disclosures").join(format!("{}.csv", &target[1..]));
        std::fs::write(path, rows(&town(), |number| number == target)).unwrap();
    }
}
