//! Chance, reproducible: a stream of random numbers for each purpose and each one it is for.

use rand::Rng;
use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::SeedableRng;
use xxhash_rust::xxh3::Xxh3;

/// A stream of random numbers.
pub type Chance = Xoshiro256PlusPlus;

/// What all streams of a run are drawn from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seed(pub u64);

impl Seed {
    /// The stream for a purpose (`"home"`, `"talk"`) and whom it is for (a person and a day, say). Streams of different
    /// names have nothing to do with each other.
    pub fn stream(self, purpose: &str, of: &[u64]) -> Chance {
        let mut hasher = Xxh3::with_seed(self.0);
        hasher.update(purpose.as_bytes());
        hasher.update(&[0]);
        for part in of {
            hasher.update(&part.to_le_bytes());
        }
        let first = hasher.digest128();
        hasher.update(&[1]);
        let second = hasher.digest128();
        let mut bytes = [0u8; 32];
        bytes[..16].copy_from_slice(&first.to_le_bytes());
        bytes[16..].copy_from_slice(&second.to_le_bytes());
        Chance::from_seed(bytes)
    }
}

/// A near-normal draw, mean 0, deviation 1: the sum of twelve even draws of 16 bits.
pub(crate) fn normal(chance: &mut Chance) -> f64 {
    let mut sum = 0_u64;
    for _ in 0..3 {
        let bits = chance.next_u64();
        sum += (bits & 0xffff) + (bits >> 16 & 0xffff) + (bits >> 32 & 0xffff) + (bits >> 48);
    }
    sum as f64 / 65_536.0 - 6.0
}
