//! What stands on the map: places, people, SIMs, handsets, and which SIM sits in which handset with whom.

use crate::calendar::At;

/// A place on the British National Grid, metres.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Spot {
    /// Metres east.
    pub easting: i32,
    /// Metres north.
    pub northing: i32,
}

impl Spot {
    /// Square of the distance to another spot, square metres.
    pub fn square(self, other: Self) -> i64 {
        let (e, n) = (i64::from(self.easting - other.easting), i64::from(self.northing - other.northing));
        e * e + n * n
    }

    /// Distance to another spot, metres.
    pub fn metres(self, other: Self) -> f64 {
        libm::sqrt(self.square(other) as f64)
    }

    /// Distance to the straight stretch between two spots, metres.
    pub fn from_segment(self, a: Self, b: Self) -> f64 {
        let (whole, e, n) = (a.square(b) as f64, f64::from(b.easting - a.easting), f64::from(b.northing - a.northing));
        if whole == 0.0 {
            return self.metres(a);
        }
        let along = f64::from(self.easting - a.easting) * e + f64::from(self.northing - a.northing) * n;
        let share = (along / whole).clamp(0.0, 1.0);
        let foot = Self { easting: a.easting + (e * share) as i32, northing: a.northing + (n * share) as i32 };
        self.metres(foot)
    }
}

/// Place of a person in [`crate::world::World::people`].
pub type PersonId = u32;
/// Place of a SIM in [`crate::world::World::sims`].
pub type SimId = u32;
/// Place of a handset in [`crate::world::World::handsets`].
pub type HandsetId = u32;
/// Place of a party without cells in [`crate::world::World::outside`].
pub type OutsideId = u32;
/// Place of an actor in the cast.
pub type ActorId = u32;

/// What a person's days are like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Routine {
    /// At home, with errands and visits.
    Home,
    /// Works or learns elsewhere: seconds of the day of arrival and leaving, and weekdays (bit 0 is Monday).
    Away {
        /// Where.
        work: Spot,
        /// Arrival, seconds after midnight.
        from: i32,
        /// Leaving, seconds after midnight.
        to: i32,
        /// Weekdays, bit 0 is Monday.
        days: u8,
    },
    /// An actor says.
    Cast(ActorId),
}

/// A person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Person {
    /// Where they sleep.
    pub home: Spot,
    /// Place of the town in the country's list.
    pub town: u16,
    /// What their days are like.
    pub routine: Routine,
    /// Their own phone.
    pub sim: SimId,
}

/// A SIM with its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sim {
    /// Digits of the number with country code, without +.
    pub number: u64,
    /// IMSI, 15 digits.
    pub imsi: u64,
    /// Place of the network in the country's list.
    pub network: u8,
    /// Bought over a counter and topped up; otherwise by contract in a name.
    pub prepaid: bool,
}

/// A handset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Handset {
    /// First 14 digits of the IMEI.
    pub imei: u64,
    /// Has data sessions; otherwise voice and text only.
    pub smart: bool,
}

/// A SIM in a handset with somebody, over a period without gaps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hold {
    /// The SIM.
    pub sim: SimId,
    /// The handset.
    pub handset: HandsetId,
    /// Who carries it.
    pub carrier: PersonId,
    /// From, inclusive.
    pub from: At,
    /// To, exclusive.
    pub to: At,
}

/// A party without cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outside {
    /// As the network writes it: `+441842…`, `60777`, `SurgeryTxt`.
    pub text: String,
}
