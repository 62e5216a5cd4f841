//! When people talk: by weights of the hours, by kind and day of the week.

use crate::chance::Chance;
use rand::Rng;

/// A second of the day.
pub(crate) fn second(hours: &[[u16; 24]; 2], weekday: u32, chance: &mut Chance) -> i64 {
    let hours = &hours[usize::from(weekday >= 5)];
    let sum: u32 = hours.iter().map(|weight| u32::from(*weight)).sum();
    let bits = chance.next_u64();
    let mut draw = (((bits >> 32) * u64::from(sum)) >> 32) as u32;
    let mut hour = 0;
    for (place, weight) in hours.iter().enumerate() {
        let weight = u32::from(*weight);
        if draw < weight {
            hour = place;
            break;
        }
        draw -= weight;
    }
    hour as i64 * 3_600 + (((bits & 0xffff_ffff) * 3_600) >> 32) as i64
}
