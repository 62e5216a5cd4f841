//! Days of people who go from door to door: couriers, carers, instructors, drivers.

use super::draw::whole;
use crate::chance::Chance;
use crate::ground::Spot;
use crate::itinerary::{Itinerary, Stay};

/// From home at `from`, through the spots in the order given with `stay` seconds at each and about `journey` between,
/// home at the end. Stops that do not fit before `to` are left out.
pub fn rounds(
    chance: &mut Chance,
    home: Spot,
    stops: &[Spot],
    from: i64,
    to: i64,
    stay: (i64, i64),
    journey: (i64, i64),
) -> Itinerary {
    let mut stays = vec![Stay { from: i32::MIN, to: from as i32, spot: home }];
    let mut second = from;
    for spot in stops {
        let arrival = second + whole(chance, journey);
        let leaving = arrival + whole(chance, stay);
        if leaving > to {
            break;
        }
        stays.push(Stay { from: arrival as i32, to: leaving as i32, spot: *spot });
        second = leaving;
    }
    stays.push(Stay { from: (second + whole(chance, journey)) as i32, to: i32::MAX, spot: home });
    Itinerary { stays }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chance::Seed;

    #[test]
    fn stays_follow_one_another() {
        let mut chance = Seed(5).stream("test", &[]);
        let spots: Vec<Spot> = (0..30).map(|i| Spot { easting: i, northing: i }).collect();
        let day = rounds(&mut chance, Spot::default(), &spots, 30_000, 60_000, (300, 1800), (200, 900));
        assert!(day.stays.len() > 5);
        assert!(day.stays.windows(2).all(|w| w[0].to <= w[1].from));
        assert!(day.stays.last().unwrap().from <= 61_000);
    }
}
