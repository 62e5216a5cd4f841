//! What operators return beside communications, one table a file: subscribers, top-ups, SIM and
//! handset history, authorities.

pub mod authorities;
pub mod handsets;
pub mod subscribers;
pub mod topups;

use crate::ground::SimId;
use crate::world::World;

/// The SIM card's number: 89 44, the network, the SIM's own number, a check digit left at zero as operators do.
pub fn iccid(world: &World, sim: SimId) -> String {
    let known = &world.sims[sim as usize];
    format!(
        "8944{:02}{:012}0",
        known.imsi / 10_000_000_000 % 100,
        known.imsi % 10_000_000_000 + u64::from(known.network)
    )
}
