//! Where somebody is over a day: stays, and straight journeys between them.

use crate::ground::Spot;

/// A stay, in seconds of the day. Between one stay's end and the next one's start the person travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stay {
    /// From, seconds after local midnight.
    pub from: i32,
    /// To, seconds after local midnight; the day's last stay ends after the day does.
    pub to: i32,
    /// Where.
    pub spot: Spot,
}

/// A day's stays in order; the first begins at or before midnight, the last ends at or after the next.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Itinerary {
    /// The stays.
    pub stays: Vec<Stay>,
}

impl Itinerary {
    /// All day in one place.
    pub fn at(spot: Spot) -> Self {
        Self { stays: vec![Stay { from: i32::MIN, to: i32::MAX, spot }] }
    }

    /// Where the person is at a second of the day.
    pub fn place(&self, second: i32) -> Spot {
        let next = self.stays.partition_point(|stay| stay.from <= second);
        let Some(stay) = next.checked_sub(1).map(|i| self.stays[i]).or(self.stays.first().copied()) else {
            return Spot::default();
        };
        match self.stays.get(next) {
            Some(goal) if second > stay.to && goal.from > stay.to => {
                let (gone, whole) = (i64::from(second - stay.to), i64::from(goal.from - stay.to));
                let between = |from: i32, to: i32| from + (i64::from(to - from) * gone / whole) as i32;
                Spot {
                    easting: between(stay.spot.easting, goal.spot.easting),
                    northing: between(stay.spot.northing, goal.spot.northing),
                }
            }
            _ => stay.spot,
        }
    }
}
