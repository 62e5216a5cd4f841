//! When people talk: weights of the hours, by kind and day of the week (assumed; shape after published diurnal curves of mobile
//! networks: low before 6, a plateau through the day, highest between 17 and 20 for calls, later for texts and data).

use crate::chance::Chance;
use rand::Rng;

/// Calls from Monday to Friday, and at weekends.
pub(crate) const CALLS: [[u16; 24]; 2] = [
    [6, 3, 2, 1, 2, 5, 14, 30, 50, 62, 66, 66, 66, 62, 62, 66, 76, 84, 80, 66, 50, 34, 20, 10],
    [10, 6, 4, 2, 2, 3, 8, 16, 32, 52, 66, 70, 68, 64, 62, 62, 64, 68, 68, 60, 48, 36, 24, 14],
];
/// Texts.
pub(crate) const TEXTS: [[u16; 24]; 2] = [
    [12, 6, 3, 2, 2, 5, 16, 38, 50, 52, 54, 56, 60, 56, 54, 60, 66, 72, 74, 74, 70, 62, 46, 26],
    [20, 12, 6, 3, 2, 3, 8, 18, 34, 48, 58, 62, 64, 60, 58, 60, 62, 66, 70, 70, 66, 60, 48, 34],
];
/// Sessions: handsets never quite sleep.
pub(crate) const SESSIONS: [[u16; 24]; 2] = [
    [30, 22, 18, 16, 16, 20, 34, 56, 62, 58, 56, 58, 64, 60, 58, 60, 64, 70, 72, 74, 76, 74, 62, 44],
    [38, 28, 22, 18, 16, 18, 24, 36, 50, 58, 62, 64, 66, 64, 62, 62, 64, 66, 68, 70, 72, 72, 64, 50],
];

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
