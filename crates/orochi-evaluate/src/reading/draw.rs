//! Draws from a stream of chance, so that a file is the same on any machine.

use orochi_simulate::chance::{Chance, Seed};
use rand_xoshiro::rand_core::Rng;

/// A stream of draws.
pub struct Draw(Chance);

impl Draw {
    /// The stream of a purpose for one file.
    pub fn new(seed: u64, purpose: &str, file: u64) -> Self {
        Self(Seed(seed).stream(purpose, &[file]))
    }

    /// A whole number below `n`; 0 when there is none.
    pub fn below(&mut self, n: usize) -> usize {
        // The bias of a remainder is far below what any count of files could show.
        usize::try_from(self.0.next_u64() % (n.max(1) as u64)).unwrap_or(0)
    }

    /// A whole number from `low` to `high`, both in.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        let width = high.saturating_sub(low).unsigned_abs() + 1;
        low + i64::try_from(self.0.next_u64() % width).unwrap_or(0)
    }

    /// True so many times of a hundred.
    pub fn percent(&mut self, share: usize) -> bool {
        self.below(100) < share
    }

    /// One of several; the slice is never empty.
    pub fn pick<'t, T>(&mut self, of: &'t [T]) -> &'t T {
        &of[self.below(of.len())]
    }

    /// Puts a list into any order.
    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for at in (1..list.len()).rev() {
            let other = self.below(at + 1);
            list.swap(at, other);
        }
    }

    /// Up to `count` different places below `n`, rising.
    pub fn places(&mut self, n: usize, count: usize) -> Vec<usize> {
        let mut places: std::collections::BTreeSet<usize> = std::collections::BTreeSet::new();
        for _ in 0..count {
            places.insert(self.below(n));
        }
        places.into_iter().filter(|place| *place < n).collect()
    }
}
