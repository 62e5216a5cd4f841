//! Where a device is at night, and how far apart two devices' homes are.
//!
//! Two phones of one person sleep at one place, mostly. That they do says little for one person here, as two people who
//! share a home are the hard case; that they do not speaks for two. The decision is fitted so: it sees
//! mostly pairs of one home.
//!
//! What may surprise a reader:
//! - Night is 22 to 6 by the sun. A device that was never registered then has its home where it mostly is.
//! - Few nights say little: to those there are some are put that say nothing.

use crate::device::{DevicePlace, PlaceVisit};
use crate::ground::Point;
use crate::kernel::Kernels;

/// So many nights that say nothing are put to each device's own.
const DOUBT: f64 = 2.0;
/// Homes are no further apart than this: a phone may be left at work.
const MOST_APART: f64 = 2.0;
/// So many places, those of most time, are looked at.
const PLACES: usize = 12;

/// Where a device is at night.
#[derive(Clone, Debug, Default)]
pub(crate) struct Home {
    /// Places and their share of the time, most first.
    places: Vec<(DevicePlace, f64)>,
    nights: f64,
}

impl Home {
    /// Counts spells.
    pub fn new(places: &[DevicePlace], spells: &[PlaceVisit]) -> Self {
        let is_night = |spell: &&PlaceVisit| spell.hour >= 22 || spell.hour < 6;
        let by_night = spells.iter().any(|spell| is_night(&spell));
        let mut hours = vec![0.0; places.len()];
        let (mut nights, mut last, mut total) = (0.0, None, 0.0);
        for spell in spells.iter().filter(|spell| !by_night || is_night(spell)) {
            hours[spell.place as usize] += spell.dwell;
            total += spell.dwell;
            nights += if last.replace(spell.day) == Some(spell.day) { 0.0 } else { 1.0 };
        }
        let mut order: Vec<usize> = (0..places.len()).filter(|place| hours[*place] > 0.0).collect();
        // Of equal ones the last, as a place's number grows to the north.
        order.sort_by(|a, b| hours[*b].total_cmp(&hours[*a]).then(b.cmp(a)));
        order.truncate(PLACES);
        Self { places: order.into_iter().map(|place| (places[place], hours[place] / total)).collect(), nights }
    }

    /// The place of most time.
    pub fn middle(&self) -> Option<Point> {
        Some(self.places.first()?.0.point)
    }

    /// How far apart two homes are: 0 where they are one or nothing is known, up to [`MOST_APART`]. The negative
    /// logarithm of the share of one device's nights within reach of the other's home, whichever is more.
    pub fn apart(&self, other: &Self, kernels: &Kernels) -> f64 {
        let shared = |from: &Self, to: &Self| {
            let Some((home, _)) = from.places.first() else { return 1.0 };
            let near = |(place, share): &(DevicePlace, f64)| {
                share * kernels.beyond(home.point.square(&place.point), (home.variance + place.variance) / 2.0)
            };
            to.places.iter().map(near).sum::<f64>()
        };
        let most = shared(self, other).max(shared(other, self));
        let nights = self.nights.min(other.nights);
        let likely = (most * nights + DOUBT) / (nights + DOUBT);
        (-likely.max(1e-9).ln()).clamp(0.0, MOST_APART)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn home(nights: i32, km: f64) -> Home {
        let place = DevicePlace { point: Point::degrees(52.0 + km / 111.2, 0.0), variance: 300.0 * 300.0 };
        let spells: Vec<PlaceVisit> =
            (0..nights).map(|day| PlaceVisit { place: 0, day, hour: 23, dwell: 1.0 }).collect();
        Home::new(&[place], &spells)
    }

    #[test]
    fn one_home_and_two() {
        let kernels = Kernels::default();
        assert!(home(20, 0.0).apart(&home(20, 0.1), &kernels) < 0.1);
        assert_eq!(home(40, 0.0).apart(&home(40, 30.0), &kernels), MOST_APART);
        // One night: a third of what is put to it.
        assert!((home(1, 0.0).apart(&home(40, 30.0), &kernels) - 1.5_f64.ln()).abs() < 1e-9);
        assert_eq!(home(0, 0.0).apart(&home(40, 30.0), &kernels), 0.0);
        assert!(home(0, 0.0).middle().is_none());
    }
}
