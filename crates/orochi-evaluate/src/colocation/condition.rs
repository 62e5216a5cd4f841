//! Conditions of a pair of phones.

use serde::{Deserialize, Serialize};

use super::people::{Owner, Phone};

/// Homes at most this far apart make neighbours, metres.
const NEIGHBOURS_M: f64 = 1_000.0;

/// What is true of a pair of phones, or of the data held of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PairCondition {
    /// Every pair.
    All,
    /// One network.
    SameNetwork,
    /// Two networks.
    DifferentNetworks,
    /// One of them or both without data sessions.
    FeaturePhone,
    /// Two owners whose homes are within a kilometre, no couples.
    Neighbours,
    /// An owner who works over 10 km from home.
    Commuters,
    /// Two owners who live together.
    Couples,
    /// And go together on all days.
    Inseparable,
    /// Every fourth row of each owner's second phone.
    Partial,
}

impl PairCondition {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::SameNetwork => "same network",
            Self::DifferentNetworks => "different networks",
            Self::FeaturePhone => "feature phone (no data sessions)",
            Self::Neighbours => "homes within 1 km, no couples",
            Self::Commuters => "commuters",
            Self::Couples => "couples",
            Self::Inseparable => "couples who are always together",
            Self::Partial => "partial data: a quarter of one phone's rows",
        }
    }

    /// Those of a pair with all its data. Pairs of one owner stand under the conditions of homes too: they
    /// are the yardstick there.
    pub fn between(a: (&Owner, Phone), b: (&Owner, Phone)) -> Vec<Self> {
        let ((of_a, a), (of_b, b)) = (a, b);
        let mut all = vec![Self::All];
        all.push(if a.network == b.network { Self::SameNetwork } else { Self::DifferentNetworks });
        if !(a.smart && b.smart) {
            all.push(Self::FeaturePhone);
        }
        if of_a.person == of_b.person {
            all.extend([Self::Neighbours, Self::Couples, Self::Inseparable]);
        } else if of_a.partner == Some(of_b.person) {
            all.push(if of_a.inseparable { Self::Inseparable } else { Self::Couples });
        } else if (of_a.home.easting - of_b.home.easting).hypot(of_a.home.northing - of_b.home.northing) <= NEIGHBOURS_M
        {
            all.push(Self::Neighbours);
        }
        if of_a.commuter || of_b.commuter {
            all.push(Self::Commuters);
        }
        all
    }
}
