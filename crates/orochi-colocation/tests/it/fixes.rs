//! Made-up fixes of receivers: people of one town with homes, work and places they go to, each one's
//! trace dealt into two devices.

use orochi_colocation::{Registration, Track};
use rand::RngExt;
use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::SeedableRng;

/// What to make up.
#[derive(Clone, Copy, Debug)]
pub struct Town {
    pub seed: u64,
    pub owners: usize,
    pub days: i64,
    /// Owners live in pairs in one house; otherwise each alone.
    pub shared_homes: bool,
    /// Seconds between fixes, on average.
    pub every_s: f64,
    /// Share of hours without any fix.
    pub silent: f64,
    /// Positions are rounded to so many degrees; 0: metres.
    pub rounded: f64,
    /// The middle, degrees.
    pub middle: (f64, f64),
}

impl Default for Town {
    fn default() -> Self {
        Self {
            seed: 1,
            owners: 12,
            days: 14,
            shared_homes: true,
            every_s: 120.0,
            silent: 0.3,
            rounded: 0.0,
            middle: (39.98, 116.33),
        }
    }
}

type Spot = (f64, f64);

/// Metres to move in a straight line at 8 m/s.
fn between(from: Spot, to: Spot, gone_s: f64) -> (Spot, bool) {
    let far = (to.0 - from.0).hypot(to.1 - from.1);
    let share = if far > 0.0 { (gone_s * 8.0 / far).min(1.0) } else { 1.0 };
    ((from.0 + share * (to.0 - from.0), from.1 + share * (to.1 - from.1)), share >= 1.0)
}

/// Makes them up: two tracks for each owner.
pub fn town(town: Town) -> Vec<Track> {
    let mut chance = Xoshiro256PlusPlus::seed_from_u64(town.seed);
    let mut spot =
        |spread: f64| -> Spot { ((chance.random::<f64>() - 0.5) * spread, (chance.random::<f64>() - 0.5) * spread) };
    let places: Vec<Spot> = (0..25).map(|_| spot(12_000.0)).collect();
    let offices: Vec<Spot> = (0..town.owners.div_ceil(2)).map(|_| spot(10_000.0)).collect();
    let homes: Vec<Spot> = (0..town.owners).map(|_| spot(14_000.0)).collect();
    let mut tracks = Vec::new();
    for owner in 0..town.owners {
        let home = if town.shared_homes { homes[owner / 2 * 2] } else { homes[owner] };
        let mut chance = Xoshiro256PlusPlus::seed_from_u64(town.seed * 1_000 + owner as u64 + 1);
        let office = offices[chance.random_range(0..offices.len())];
        let mut dealt: [Vec<Registration>; 2] = Default::default();
        let mut phone = 0;
        for day in 0..town.days {
            // Where one goes, and when one leaves for it, seconds of the day by the sun.
            let mut goals: Vec<(f64, Spot)> = vec![(0.0, home)];
            let works = (day + 3) % 7 < 5 && chance.random::<f64>() < 0.9;
            let mut at = if works {
                let leaves = 7.5 * 3_600.0 + chance.random::<f64>() * 5_400.0;
                goals.push((leaves, office));
                leaves + 8.0 * 3_600.0 + chance.random::<f64>() * 5_400.0
            } else {
                9.0 * 3_600.0 + chance.random::<f64>() * 14_400.0
            };
            for _ in 0..chance.random_range(0..if works { 2 } else { 4 }) {
                goals.push((at, places[chance.random_range(0..places.len())]));
                at += 1_800.0 + chance.random::<f64>() * 7_200.0;
            }
            goals.push((at, home));
            let mut silent = [false; 24];
            silent.iter_mut().for_each(|silent| *silent = chance.random::<f64>() < town.silent);
            let mut second = 0.0;
            while second < 86_399.0 {
                second += -(1.0 - chance.random::<f64>()).ln() * town.every_s;
                if second >= 86_399.0 || silent[(second / 3_600.0) as usize] {
                    continue;
                }
                let goal = goals.iter().rposition(|goal| goal.0 <= second).unwrap_or(0);
                let from = goals[goal.saturating_sub(1)].1;
                let here = between(from, goals[goal].1, second - goals[goal].0).0;
                let mut noise = || (chance.random::<f64>() + chance.random::<f64>() - 1.0) * 25.0;
                let (east, north) = (here.0 + noise(), here.1 + noise());
                let round = |degrees: f64| {
                    if town.rounded > 0.0 { (degrees / town.rounded).round() * town.rounded } else { degrees }
                };
                let latitude = round(town.middle.0 + north / 111_195.0);
                let longitude = round(town.middle.1 + east / 111_195.0 / town.middle.0.to_radians().cos());
                // Dealt out in turns of some minutes.
                if chance.random::<f64>() < 0.3 {
                    phone = 1 - phone;
                }
                let local = (town.middle.1 / 360.0 * 86_400.0) as i64;
                let at = 1_700_006_400 + day * 86_400 + second as i64 - local;
                dealt[phone].push(Registration { at, latitude, longitude, azimuth: None });
            }
        }
        for (number, registrations) in dealt.into_iter().enumerate() {
            tracks.push(Track::new(format!("owner {owner}"), format!("{owner}-{number}"), registrations));
        }
    }
    tracks
}
