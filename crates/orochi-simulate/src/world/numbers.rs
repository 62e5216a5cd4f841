//! Numbers, IMSIs and IMEIs nobody has.
//!
//! - Numbers: blocks of a million that the United Kingdom's numbering data gives to nobody, neither to an operator nor
//!   to a service: 07524, then 07509, 07829 and 07839 (libphonenumber 9.0's pattern for the country leaves out exactly
//!   these). Leading parts have Ofcom's drama numbers 07700 900000 to 900999.
//! - IMSIs: real country and network codes, so that the network is right, and subscriber
//!   numbers of the simulator's own.
//! - IMEIs: start with 97, which no reporting body has been given.

use crate::chance::Seed;
use crate::network::MNCS;
use xxhash_rust::xxh3::xxh3_64_with_seed;

const BLOCKS: [u64; 4] = [447_524_000_000, 447_509_000_000, 447_829_000_000, 447_839_000_000];
const MILLION: u64 = 1_000_000;

/// Number of the n-th SIM: a walk through each block that repeats nothing and leaves no order to see.
pub(super) fn ordinary(seed: Seed, sim: u32) -> u64 {
    let block = (u64::from(sim) / MILLION) as usize % BLOCKS.len();
    BLOCKS[block] + scatter(seed, "number", u64::from(sim) % MILLION)
}

/// The n-th drama number.
pub(super) fn drama(place: u32) -> Option<u64> {
    (place < 1_000).then(|| 447_700_900_000 + u64::from(place))
}

/// IMSI of the n-th SIM.
pub(super) fn imsi(seed: Seed, network: u8, sim: u32) -> u64 {
    let network = 23_400 + u64::from(MNCS[usize::from(network) % MNCS.len()]);
    network * 10_000_000_000
        + 9_100_000_000
        + (u64::from(sim) / MILLION) * MILLION
        + scatter(seed, "imsi", u64::from(sim) % MILLION)
}

/// First 14 digits of the IMEI of the n-th handset: 97, a model, a serial number. Models of basic handsets are few.
pub(super) fn imei(seed: Seed, smart: bool, handset: u32) -> u64 {
    let draw = xxh3_64_with_seed(&handset.to_le_bytes(), seed.0 ^ 0x696d_6569);
    let model = if smart { 100_000 + draw % 60 * 37 } else { 700_000 + draw % 12 * 53 };
    (97_000_000 + model) * MILLION + scatter(seed, "imei", u64::from(handset) % MILLION)
}

/// A permutation of 0..1,000,000: multiplication by a number that shares no factor with it, and a shift. 499 times the
/// factor is 3 past a million: as among numbers in use, one digit typed wrong is often somebody else's number.
fn scatter(seed: Seed, purpose: &str, place: u64) -> u64 {
    let shift = xxh3_64_with_seed(purpose.as_bytes(), seed.0) % MILLION;
    (place * 248_497 + shift) % MILLION
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn numbers_repeat_nothing_and_have_neighbours() {
        let numbers: BTreeSet<u64> = (0..2_000).map(|sim| ordinary(Seed(7), sim)).collect();
        assert_eq!(numbers.len(), 2_000);
        let near = numbers.iter().filter(|number| {
            let last = *number % 10;
            (0..10).any(|digit| digit != last && numbers.contains(&(*number - last + digit)))
        });
        assert!(near.count() > 1_500);
    }
}
