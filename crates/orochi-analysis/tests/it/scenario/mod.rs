//! Made-up operations and made-up innocents, seeded, to test the method `lines` on. Everything is in numbers of the
//! drama ranges or of blocks nobody uses; no detail is taken from a real case.

#![allow(dead_code, clippy::unwrap_used)]

pub mod cast;
pub mod tables;

/// xorshift64*: enough for made-up traffic, the same on every machine.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    /// From `low` up to but without `high`.
    pub fn range(&mut self, low: i64, high: i64) -> i64 {
        low + (self.next() >> 11) as i64 % (high - low).max(1)
    }

    pub fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    pub fn chance(&mut self, p: f64) -> bool {
        self.unit() < p
    }

    /// Seconds of a call with this median, skewed as calls are.
    pub fn talk(&mut self, median: f64) -> i64 {
        let normal = (0..6).map(|_| self.unit()).sum::<f64>() - 3.0;
        (median * (normal * 0.9).exp()).max(1.0) as i64
    }

    pub fn poisson(&mut self, mean: f64) -> usize {
        let (mut product, mut count, floor) = (self.unit(), 0, (-mean.min(30.0)).exp());
        while product > floor {
            product *= self.unit();
            count += 1;
        }
        count
    }

    pub fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.range(0, list.len() as i64) as usize]
    }
}

/// A communication as it happened. `at` is seconds since the first midnight; `seconds` is `None` for
/// texts, 0 for missed calls.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Happening {
    pub a: String,
    pub b: String,
    pub at: i64,
    pub seconds: Option<i64>,
}

/// Everything that happened, and what is true of it.
#[derive(Default)]
pub struct World {
    pub happenings: Vec<Happening>,
    pub lines: Vec<String>,
    /// Innocent numbers that look a little like lines, with what they are.
    pub innocents: Vec<(String, &'static str)>,
    pub people: Vec<String>,
    pub customers: Vec<Vec<String>>,
    pub days: i64,
}

impl World {
    pub fn text(&mut self, at: i64, a: &str, b: &str) {
        self.happenings.push(Happening { a: a.into(), b: b.into(), at, seconds: None });
    }

    pub fn call(&mut self, at: i64, a: &str, b: &str, seconds: i64) {
        self.happenings.push(Happening { a: a.into(), b: b.into(), at, seconds: Some(seconds) });
    }

    pub fn innocent(&mut self, number: &str, what: &'static str) {
        self.innocents.push((number.to_owned(), what));
    }
}

pub fn hour(day: i64, hours: f64) -> i64 {
    day * 86_400 + (hours * 3600.0) as i64
}
