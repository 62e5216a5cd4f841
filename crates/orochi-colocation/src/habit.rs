//! How likely a device is at a place at an hour by what is known of it from other days, and of people in general.
//!
//! A mixture of six densities over the plane, whose weights are fitted on devices whose days are predicted from their
//! other days: where the device was at such an hour, where it was at any hour, a short or a long jump from there, where
//! people are at such an hour, and anywhere on earth. A person's usual places thus count as usual, a place where many
//! people are as less rare than a lonely one, and a place far from all that as rarest.
//!
//! What may surprise a reader:
//! - The day itself never speaks: a trip does not make its own goal usual. Where there are not three other days' worth
//!   of registrations, the same day's other hours fill in, and if there are none of these either, the moment itself:
//!   with nothing known of a device nothing is rare for it.
//! - Hours are by the sun, days turn at four, Saturday and Sunday are weekend everywhere.

use serde::{Deserialize, Serialize};

use crate::device::{DevicePlace, PlaceVisit};
use crate::ground::Point;

/// Number of densities.
pub(crate) const PARTS: usize = 6;

/// Weights of the six densities; they add up to 1.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HabitWeights {
    /// Where the device was at such an hour on other days.
    pub hour: f64,
    /// Where it was at any hour.
    pub any: f64,
    /// Some kilometres from there.
    pub short_jump: f64,
    /// Further from there.
    pub long_jump: f64,
    /// Where people are at such an hour.
    pub population: f64,
    /// Anywhere on earth.
    pub earth: f64,
}

impl Default for HabitWeights {
    fn default() -> Self {
        Self { hour: 0.5, any: 0.25, short_jump: 0.15, long_jump: 0.05, population: 0.045, earth: 0.005 }
    }
}

impl HabitWeights {
    pub(crate) fn array(&self) -> [f64; PARTS] {
        [self.hour, self.any, self.short_jump, self.long_jump, self.population, self.earth]
    }

    pub(crate) fn from_array(weights: [f64; PARTS]) -> Self {
        let [hour, any, short_jump, long_jump, population, earth] = weights;
        Self { hour, any, short_jump, long_jump, population, earth }
    }
}

/// Jumps are measured from the middle of lattice cells of this many degrees.
const COARSE: f64 = 0.02;
/// What a weekend day says of a weekday.
pub(crate) const OTHER_KIND: f64 = 0.4;
/// Presence on other days, hours, from which on the same day no longer speaks.
const ENOUGH: f64 = 48.0;
/// Hours of the same day nearer than this never speak, unless there is nothing else.
const SAME_STAY: u8 = 3;
/// Presence over the hours of weekdays, then of weekends, each smoothed over its neighbours; and at any hour.
pub(crate) type HourlyPresence = [f64; 49];
pub(crate) const ANY: usize = 48;

/// Where a device is by hour.
#[derive(Clone, Debug, Default)]
pub(crate) struct Habit {
    /// By place of the device.
    pub presence: Vec<HourlyPresence>,
    /// Coarse cell of each place; middles of the cells, and presence there.
    pub cell_of: Vec<u32>,
    pub cells: Vec<Point>,
    pub coarse: Vec<HourlyPresence>,
    /// Places of each cell.
    pub members: Vec<Vec<u32>>,
    /// Hours of days on which the device was registered, in order.
    pub moments: Vec<HabitMoment>,
}

/// An hour of a day on which a device was registered, and what is known of it at that hour from its other days.
#[derive(Clone, Copy, Debug)]
pub(crate) struct HabitMoment {
    pub hour: u8,
    /// Row of [`HourlyPresence`] of this kind of day and of the other kind.
    pub rows: (usize, usize),
    /// Spells of its day.
    pub day: (u32, u32),
    /// Presence at this hour, and at any, on other days (and as much of the same day as speaks).
    pub totals: (f64, f64),
    /// How much the same day's other hours speak, and its near ones: 0 where other days suffice.
    speaks: (f64, f64),
}

fn is_weekend(day: i32) -> bool {
    // 1970 began on a Thursday.
    (day + 3).rem_euclid(7) >= 5
}

fn hours_apart(a: u8, b: u8) -> u8 {
    let apart = a.abs_diff(b);
    apart.min(24 - apart)
}

/// How much presence at one hour says of another, by hours apart: a bell of 1.5 hours.
const NEARNESS: [f64; 13] =
    [1.0, 0.800_737, 0.411_112, 0.135_335, 0.028_566, 0.003_866, 0.000_335, 0.000_019, 0.0, 0.0, 0.0, 0.0, 0.0];

/// The same for each two hours of the day.
static NEARNESS_OF: [[f64; 24]; 24] = {
    let mut all = [[0.0; 24]; 24];
    let mut a = 0_usize;
    while a < 24 {
        let mut b = 0_usize;
        while b < 24 {
            let apart = a.abs_diff(b);
            all[a][b] = NEARNESS[if apart < 12 { apart } else { 24 - apart }];
            b += 1;
        }
        a += 1;
    }
    all
};

/// How much presence at each hour of the day says of an hour, 0 to 23.
pub(crate) fn nearness_of(hour: u8) -> &'static [f64; 24] {
    &NEARNESS_OF[usize::from(hour)]
}

fn nearness(a: u8, b: u8) -> f64 {
    nearness_of(a)[usize::from(b)]
}

/// What a subtraction leaves, without its dust.
pub(crate) fn difference(from: f64, off: f64) -> f64 {
    let left = from - off;
    if left > 1e-9 * from { left } else { 0.0 }
}

impl HabitMoment {
    /// How much a spell of the same day is taken off presence at any hour.
    pub fn silent(&self, spell: &PlaceVisit) -> f64 {
        1.0 - if hours_apart(spell.hour, self.hour) >= SAME_STAY { self.speaks.0 } else { self.speaks.1 }
    }
}

impl Habit {
    /// Counts the spells of a device (sorted by day and hour) at its places.
    pub fn new(places: &[DevicePlace], spells: &[PlaceVisit]) -> Self {
        let mut keys: Vec<(i32, i32)> = places.iter().map(|place| place.point.cell(COARSE)).collect();
        let unsorted = keys.clone();
        keys.sort_unstable();
        keys.dedup();
        let cell_of: Vec<u32> = unsorted.iter().map(|key| keys.partition_point(|known| known < key) as u32).collect();
        let mut cells = vec![None; keys.len()];
        for (place, cell) in cell_of.iter().enumerate() {
            cells[*cell as usize].get_or_insert(places[place].point);
        }
        let (mut presence, mut coarse) = (vec![[0.0; 49]; places.len()], vec![[0.0; 49]; keys.len()]);
        let mut totals = [0.0; 49];
        for spell in spells {
            let first = if is_weekend(spell.day) { 24 } else { 0 };
            let cell = cell_of[spell.place as usize] as usize;
            let mut add = |row: usize, dwell: f64| {
                presence[spell.place as usize][row] += dwell;
                coarse[cell][row] += dwell;
                totals[row] += dwell;
            };
            nearness_of(spell.hour).iter().enumerate().for_each(|(hour, n)| add(first + hour, n * spell.dwell));
            add(ANY, spell.dwell);
        }
        let mut members: Vec<Vec<u32>> = vec![Vec::new(); keys.len()];
        for (place, cell) in cell_of.iter().enumerate() {
            members[*cell as usize].push(place as u32);
        }
        let cells = cells.into_iter().flatten().collect();
        let mut habit = Self { presence, cell_of, cells, coarse, members, moments: vec![] };
        let mut from = 0;
        while from < spells.len() {
            let day = spells[from].day;
            let to = from + spells[from..].partition_point(|spell| spell.day == day);
            let mut last = None;
            for spell in &spells[from..to] {
                if last.replace(spell.hour) != Some(spell.hour) {
                    habit.moments.push(habit_moment(&totals, spells, from, to, spell.hour));
                }
            }
            from = to;
        }
        habit
    }
}

fn habit_moment(totals: &HourlyPresence, spells: &[PlaceVisit], from: usize, to: usize, hour: u8) -> HabitMoment {
    let day = &spells[from..to];
    let kind = if is_weekend(day[0].day) { 24 } else { 0 };
    let rows = (kind + usize::from(hour), 24 - kind + usize::from(hour));
    let others = difference(totals[ANY], day.iter().map(|spell| spell.dwell).sum());
    let off: f64 = day.iter().map(|spell| spell.dwell * nearness(spell.hour, hour)).sum();
    let speaks = (1.0 - others / ENOUGH).max(0.0);
    let alone = others == 0.0 && day.iter().all(|spell| hours_apart(spell.hour, hour) < SAME_STAY);
    let mut moment = HabitMoment {
        hour,
        rows,
        day: (from as u32, to as u32),
        totals: (difference(totals[rows.0], off) + OTHER_KIND * totals[rows.1], 0.0),
        speaks: (speaks, if alone { 1.0 } else { 0.0 }),
    };
    moment.totals.1 = difference(totals[ANY], day.iter().map(|spell| spell.dwell * moment.silent(spell)).sum());
    moment
}
