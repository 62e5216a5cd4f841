//! Where people are, by hour: on a lattice of about two kilometres, each device counting the same.

use rustc_hash::FxHashMap;

use crate::device::Device;
use crate::ground::Point;

/// Lattice, degrees, and its cells' area, square metres.
const CELL: f64 = 0.02;
const AREA: f64 = 2_223.9 * 2_223.9;
/// Hours told apart, and stretches of so many in a day.
const HOURS: u8 = 4;
pub(crate) const STRETCHES: usize = (24 / HOURS) as usize;

/// Presence by stretch of the day.
type Stretches = [f64; STRETCHES];
type Lattice = FxHashMap<(i32, i32), Stretches>;

/// The stretch of an hour, 0 to 23.
pub(crate) fn stretch(hour: u8) -> usize {
    usize::from(hour / HOURS)
}

/// Where people are.
#[derive(Clone, Debug, Default)]
pub(crate) struct Population {
    /// Sum over devices of each one's share of presence, for stretches of the day apart.
    all: Lattice,
    /// Each device's own.
    own: Vec<Lattice>,
    devices: f64,
}

impl Population {
    /// Counts devices.
    pub fn new(devices: &[Device]) -> Self {
        let mut population = Self::default();
        for device in devices {
            let mut own = Lattice::default();
            let mut totals = Stretches::default();
            for spell in &device.spells {
                totals[stretch(spell.hour)] += spell.dwell;
            }
            for spell in &device.spells {
                let cell = device.places[spell.place as usize].point.cell(CELL);
                let at = stretch(spell.hour);
                let share = spell.dwell / totals[at];
                own.entry(cell).or_default()[at] += share;
                population.all.entry(cell).or_default()[at] += share;
            }
            population.devices += 1.0;
            population.own.push(own);
        }
        population
    }

    /// Density of people at a place by stretch of the day, one over square metres; without one
    /// device, if it is among them.
    pub fn density(&self, point: &Point, without: Option<usize>) -> Stretches {
        let own = without.and_then(|device| self.own.get(device));
        let devices = self.devices - if own.is_some() { 1.0 } else { 0.0 };
        let mut sums = Stretches::default();
        if devices <= 0.0 {
            return sums;
        }
        let (row, _) = point.cell(CELL);
        for north in -1..=1_i32 {
            let column = Point::column(point.lon, row + north, CELL);
            for east in -1..=1_i32 {
                let cell = (row + north, column + east);
                let Some(all) = self.all.get(&cell) else { continue };
                // Smoothed over the neighbours: a half, eighths, sixteenths of a half.
                let weight = [4.0, 2.0, 1.0][(north.abs() + east.abs()) as usize] / 16.0;
                let own = own.and_then(|own| own.get(&cell)).copied().unwrap_or_default();
                sums.iter_mut().zip(all).zip(own).for_each(|((sum, all), own)| *sum += weight * (all - own).max(0.0));
            }
        }
        sums.map(|sum| sum / devices / AREA)
    }
}
