//! The cast: lines of several kinds, the innocents that look like them, and people.

use super::{Random, World, hour};

/// How a line works.
#[derive(Clone, Debug)]
pub struct Line {
    pub number: String,
    pub customers: usize,
    /// Bursts a day; 0 for a quiet line.
    pub bursts: f64,
    /// Contacts a customer makes a day, on average over customers.
    pub appetite: f64,
    pub open: f64,
    pub close: f64,
    /// Chance of a call-back to the customer.
    pub callback: f64,
    pub runner: bool,
    /// Chance that a contact is a text.
    pub texts: f64,
    pub talk: f64,
}

pub fn mobile(block: u64, index: u64) -> String {
    format!("+447{:03}{:06}", 400 + block, index)
}

pub fn fixed(index: u64) -> String {
    format!("+441632960{index:03}")
}

impl World {
    pub fn line(&mut self, random: &mut Random, line: &Line, customers: &[String]) {
        let runner = mobile(90, random.range(0, 900_000) as u64);
        // Appetites are skewed: a few buy several times a day, most a few times a week.
        let appetite: Vec<f64> = customers
            .iter()
            .map(|_| (line.appetite * (-random.unit().max(0.02).ln())).clamp(0.05, line.appetite * 3.5))
            .collect();
        for day in 0..self.days {
            let n = if line.bursts < 1.0 {
                usize::from(random.chance(line.bursts))
            } else {
                random.poisson(line.bursts).max(1)
            };
            for _ in 0..n.min(6) {
                let mut at = hour(day, line.open + random.unit() * (line.close - line.open - 1.0));
                for customer in customers {
                    if random.chance(0.92) {
                        self.text(at, &line.number, customer);
                        at += random.range(0, 5);
                    }
                }
            }
            for (customer, appetite) in customers.iter().zip(&appetite) {
                for _ in 0..random.poisson(*appetite) {
                    let at = hour(day, line.open + random.unit() * (line.close - line.open));
                    self.order(random, line, &runner, customer, at);
                }
            }
        }
        self.lines.push(line.number.clone());
        self.customers.push(customers.to_vec());
    }

    fn order(&mut self, random: &mut Random, line: &Line, runner: &str, customer: &str, at: i64) {
        let mut at = at;
        if random.chance(line.texts) {
            self.text(at, customer, &line.number);
        } else if random.chance(0.25) {
            self.call(at, customer, &line.number, 0);
            at += random.range(20, 90);
            if random.chance(0.5) {
                let talk = random.talk(line.talk);
                self.call(at, customer, &line.number, talk);
            }
        } else {
            let talk = random.talk(line.talk);
            self.call(at, customer, &line.number, talk);
        }
        if random.chance(line.callback) {
            let talk = random.talk(line.talk * 0.7);
            self.call(at + random.range(40, 480), &line.number, customer, talk);
        }
        if line.runner && random.chance(0.7) {
            let talk = random.talk(18.0);
            self.call(at + random.range(30, 300), &line.number, runner, talk);
        }
    }

    /// People in circles of friends: started by both sides, calls of all lengths, many texts.
    pub fn people(&mut self, random: &mut Random, count: usize) {
        let people: Vec<String> = (0..count as u64).map(|i| mobile(10, i)).collect();
        for (i, person) in people.iter().enumerate() {
            let circle = i / 12 * 12;
            let friends: Vec<&String> = (0..random.range(3, 9))
                .map(|_| {
                    let near = circle + random.range(0, 12) as usize;
                    let far = random.range(0, count as i64) as usize;
                    &people[if random.chance(0.8) { near.min(count - 1) } else { far }]
                })
                .filter(|friend| *friend != person)
                .collect();
            if friends.is_empty() {
                continue;
            }
            let (chatty, talk) = (0.5 + random.unit() * 5.0, 40.0 + random.unit() * 160.0);
            for day in 0..self.days {
                for _ in 0..random.poisson(chatty) {
                    // The first friend listed is the closest.
                    let close = (random.unit() * random.unit() * friends.len() as f64) as usize;
                    let (friend, mut at) = (friends[close], hour(day, 7.5 + random.unit() * 16.0));
                    if random.chance(0.4) {
                        let seconds = if random.chance(0.25) { 0 } else { random.talk(talk) };
                        self.call(at, person, friend, seconds);
                        if seconds == 0 && random.chance(0.6) {
                            let talk = random.talk(talk);
                            self.call(at + random.range(60, 1500), friend, person, talk);
                        }
                    } else {
                        for turn in 0..random.range(1, 7) {
                            let (a, b) = if turn % 2 == 0 { (person, friend) } else { (friend, person) };
                            self.text(at, a, b);
                            at += random.range(15, 400);
                        }
                    }
                }
            }
        }
        self.people.extend(people);
    }

    /// Callers mostly once, a few account customers; rung back when the car is outside.
    pub fn taxi(&mut self, random: &mut Random, number: &str) {
        let rides = random.range(25, 90) as f64;
        for day in 0..self.days {
            for _ in 0..random.poisson(rides.min(29.0)) * (rides / rides.min(29.0)).ceil() as usize {
                let caller = if random.chance(0.12) {
                    mobile(20, random.range(0, 12) as u64)
                } else {
                    mobile(21, random.range(0, 4000) as u64)
                };
                let at = hour(day, random.unit() * 24.0);
                let talk = random.talk(28.0);
                self.call(at, &caller, number, talk);
                if random.chance(0.6) {
                    let talk = random.talk(10.0);
                    self.call(at + random.range(200, 900), number, &caller, talk);
                }
            }
        }
        self.innocent(number, "taxi");
    }

    /// Evening orders by phone and a weekly offer to everybody.
    pub fn takeaway(&mut self, random: &mut Random, number: &str, offers_a_week: i64) {
        let base: Vec<String> = (0..random.range(80, 400) as u64).map(|i| mobile(22, i)).collect();
        for day in 0..self.days {
            if (day % 7) % (7 / offers_a_week.max(1)) == 4 % (7 / offers_a_week.max(1)) && offers_a_week > 0 {
                let mut at = hour(day, 16.5);
                for customer in &base {
                    self.text(at, number, customer);
                    at += random.range(0, 3);
                }
            }
            for _ in 0..random.range(20, 60) {
                let caller = if random.chance(0.7) {
                    random.pick(&base).clone()
                } else {
                    mobile(23, random.range(0, 3000) as u64)
                };
                let talk = random.talk(75.0);
                let at = hour(day, 16.5 + random.unit() * 6.5);
                self.call(at, &caller, number, talk);
                if random.chance(0.08) {
                    let talk = random.talk(30.0);
                    self.call(at + random.range(600, 3000), number, &caller, talk);
                }
            }
        }
        self.innocent(number, "takeaway");
    }

    /// Reminders to different people each working day.
    pub fn reminders(&mut self, random: &mut Random, number: &str, name: &'static str) {
        let mut next = 0;
        for day in (0..self.days).filter(|day| day % 7 < 5) {
            let mut at = hour(day, 10.0);
            for _ in 0..random.range(12, 40) {
                let patient = mobile(24, next);
                next += 1;
                self.text(at, number, &patient);
                at += random.range(1, 20);
                if random.chance(0.2) {
                    self.text(at + random.range(60, 7000), &patient, number);
                }
                if random.chance(0.08) {
                    let talk = random.talk(100.0);
                    self.call(hour(day, 10.5 + random.unit() * 6.0), &patient, number, talk);
                }
            }
            for _ in 0..random.range(5, 25) {
                let caller = mobile(25, random.range(0, 900) as u64);
                let talk = random.talk(120.0);
                self.call(hour(day, 8.5 + random.unit() * 8.5), &caller, number, talk);
            }
        }
        self.innocent(number, name);
    }

    pub fn courier(&mut self, random: &mut Random, number: &str) {
        let mut next = random.range(0, 1000) as u64 * 1000;
        for day in (0..self.days).filter(|day| day % 7 < 6) {
            for _ in 0..random.range(40, 110) {
                let recipient = mobile(26, next);
                next += 1;
                let at = hour(day, 8.0 + random.unit() * 11.0);
                if random.chance(0.7) {
                    self.text(at, number, &recipient);
                } else {
                    let talk = random.talk(20.0);
                    self.call(at, number, &recipient, talk);
                }
                if random.chance(0.15) {
                    let talk = random.talk(25.0);
                    self.call(at + random.range(60, 900), &recipient, number, talk);
                }
            }
        }
        self.innocent(number, "courier");
    }

    pub fn marketing(&mut self, random: &mut Random, number: &str) {
        let base: Vec<String> = (0..400).map(|i| mobile(22, i)).chain((0..100).map(|i| mobile(10, i))).collect();
        for day in (0..self.days).filter(|day| day % 3 == 0) {
            let mut at = hour(day, 9.0 + random.unit() * 8.0);
            for recipient in &base {
                self.text(at, number, recipient);
                at += i64::from(random.chance(0.5));
            }
        }
        self.innocent(number, "marketing");
    }

    /// A closed group told something at its hour; members answer by text and ring rarely.
    pub fn group(
        &mut self,
        random: &mut Random,
        number: &str,
        what: &'static str,
        size: usize,
        daily: bool,
        base: u64,
    ) {
        let members: Vec<String> = (0..size as u64).map(|i| mobile(10, base + i)).collect();
        let at_hour = 6.5 + random.unit() * 12.0;
        for day in (0..self.days).filter(|day| daily || day % 7 == 3 || (*day % 7 == 5)) {
            let mut at = hour(day, at_hour + random.unit() * 0.3);
            for member in &members {
                self.text(at, number, member);
                at += random.range(0, 6);
                if random.chance(0.55) {
                    let later =
                        at + if random.chance(0.8) { random.range(60, 5400) } else { random.range(5400, 30000) };
                    self.text(later, member, number);
                    if random.chance(0.3) {
                        self.text(later + random.range(30, 600), number, member);
                    }
                }
                if random.chance(0.04) {
                    let talk = random.talk(110.0);
                    self.call(at + random.range(600, 20000), member, number, talk);
                }
                if random.chance(0.03) {
                    let talk = random.talk(110.0);
                    self.call(at + random.range(600, 20000), number, member, talk);
                }
            }
        }
        self.innocent(number, what);
    }

    pub fn tradesman(&mut self, random: &mut Random, number: &str) {
        for day in (0..self.days).filter(|day| day % 7 < 6) {
            for _ in 0..random.range(6, 22) {
                let client = if random.chance(0.25) {
                    mobile(27, random.range(0, 6) as u64)
                } else {
                    mobile(28, random.range(0, 500) as u64)
                };
                let (at, talk) = (hour(day, 7.5 + random.unit() * 11.0), random.talk(85.0));
                if random.chance(0.55) {
                    let seconds = if random.chance(0.3) { 0 } else { talk };
                    self.call(at, &client, number, seconds);
                    if seconds == 0 {
                        let talk = random.talk(85.0);
                        self.call(at + random.range(120, 7000), number, &client, talk);
                    }
                } else {
                    self.call(at, number, &client, talk);
                }
            }
        }
        self.innocent(number, "tradesman");
    }

    pub fn carer(&mut self, random: &mut Random, number: &str) {
        let clients: Vec<String> = (0..random.range(4, 10) as u64).map(|i| mobile(29, i)).collect();
        for day in 0..self.days {
            for client in &clients {
                if random.chance(0.6) {
                    let (at, talk) = (hour(day, 7.0 + random.unit() * 14.0), random.talk(45.0));
                    if random.chance(0.5) {
                        self.call(at, number, client, talk)
                    } else {
                        self.call(at, client, number, talk)
                    }
                }
            }
        }
        self.innocent(number, "carer");
    }

    pub fn helpline(&mut self, random: &mut Random, number: &str) {
        for day in 0..self.days {
            for _ in 0..random.range(30, 80) {
                let caller = if random.chance(0.3) {
                    mobile(30, random.range(0, 20) as u64)
                } else {
                    mobile(31, random.range(0, 3000) as u64)
                };
                let talk = random.talk(400.0);
                self.call(hour(day, random.unit() * 24.0), &caller, number, talk);
            }
        }
        self.innocent(number, "helpline");
    }

    /// A teenager: a wide circle, short and long calls, missed calls rung back, evenings out
    /// told to all friends at once.
    pub fn teenager(&mut self, random: &mut Random, number: &str) {
        let friends: Vec<String> = (0..random.range(6, 16) as u64).map(|i| mobile(10, i)).collect();
        for day in 0..self.days {
            if random.chance(0.3) {
                let mut at = hour(day, 17.0 + random.unit() * 3.0);
                for friend in &friends {
                    self.text(at, number, friend);
                    at += random.range(1, 20);
                    if random.chance(0.5) {
                        self.text(at + random.range(20, 3000), friend, number);
                    }
                }
            }
            for _ in 0..random.poisson(12.0) {
                let friend = friends[(random.unit() * random.unit() * friends.len() as f64) as usize].clone();
                let at = hour(day, 8.0 + random.unit() * 16.0);
                let (a, b) = if random.chance(0.5) { (number, friend.as_str()) } else { (friend.as_str(), number) };
                if random.chance(0.5) {
                    let median = if random.chance(0.5) { 25.0 } else { 400.0 };
                    let seconds = if random.chance(0.3) { 0 } else { random.talk(median) };
                    self.call(at, a, b, seconds);
                    if seconds == 0 && random.chance(0.7) {
                        let talk = random.talk(60.0);
                        self.call(at + random.range(30, 900), b, a, talk);
                    }
                } else {
                    self.text(at, a, b);
                    self.text(at + random.range(20, 300), b, a);
                }
            }
        }
        self.innocent(number, "teenager");
    }
}

/// All innocents and a population; lines are added by the test.
pub fn town(random: &mut Random, days: i64) -> World {
    let mut world = World { days, ..World::default() };
    world.people(random, 180);
    world.taxi(random, &mobile(50, 1));
    world.taxi(random, &fixed(1));
    world.takeaway(random, &mobile(50, 2), 1);
    world.takeaway(random, &fixed(2), 2);
    world.reminders(random, &mobile(50, 3), "dentist");
    world.reminders(random, &fixed(3), "clinic");
    world.courier(random, &mobile(50, 4));
    world.marketing(random, "PizzaDeals");
    world.marketing(random, &mobile(50, 5));
    world.group(random, &mobile(50, 6), "club secretary", 25, false, 0);
    world.group(random, &mobile(50, 7), "shift coordinator", 18, true, 40);
    world.group(random, &mobile(50, 8), "parents' group", 28, false, 70);
    world.tradesman(random, &mobile(50, 9));
    world.carer(random, &mobile(50, 10));
    world.helpline(random, &mobile(50, 11));
    world.helpline(random, &fixed(11));
    for i in 0..4 {
        world.teenager(random, &mobile(50, 20 + i));
    }
    world
}

/// A line with its ways drawn at random.
pub fn any_line(random: &mut Random, index: u64, customers: usize, quiet: bool) -> Line {
    let open = 8.0 + random.unit() * 3.0;
    Line {
        number: mobile(60, index),
        customers,
        bursts: if quiet { 0.0 } else { 0.6 + random.unit() * 3.0 },
        appetite: 0.35 + random.unit() * 0.7,
        open,
        close: 22.0 + random.unit() * 4.0,
        callback: 0.25 + random.unit() * 0.5,
        runner: random.chance(0.6),
        texts: random.unit() * 0.35,
        talk: 18.0 + random.unit() * 22.0,
    }
}

/// Customers: most are somebody in the town, some are not.
pub fn base(random: &mut Random, world: &World, count: usize, block: u64) -> Vec<String> {
    let mut people: Vec<String> = world.people.iter().filter(|_| random.chance(0.3)).cloned().collect();
    people.truncate(count / 3);
    let missing = count - people.len();
    people.extend((0..missing as u64).map(|i| mobile(block, i)));
    people
}
