//! Where people are, by hour: on a lattice of about two kilometres, each device counting the same.

use std::collections::HashMap;

use crate::device::Device;
use crate::ground::Point;

/// Lattice, degrees, and its cells' area, square metres.
const CELL: f64 = 0.02;
const AREA: f64 = 2_223.9 * 2_223.9;
/// Hours told apart.
const HOURS: u8 = 4;

type Cell = (i32, i32, u8);

/// Where people are.
#[derive(Clone, Debug, Default)]
pub(crate) struct Population {
    /// Sum over devices of each one's share of presence, for hours of the day apart.
    all: HashMap<Cell, f64>,
    /// Each device's own.
    own: Vec<HashMap<Cell, f64>>,
    devices: f64,
}

impl Population {
    /// Counts devices.
    pub fn new(devices: &[Device]) -> Self {
        let mut population = Self::default();
        for device in devices {
            let mut own: HashMap<Cell, f64> = HashMap::new();
            let mut totals = [0.0; (24 / HOURS) as usize];
            for spell in &device.spells {
                totals[usize::from(spell.hour / HOURS)] += spell.dwell;
            }
            for spell in &device.spells {
                let (row, column) = device.places[spell.place as usize].point.cell(CELL);
                let hours = spell.hour / HOURS;
                let share = spell.dwell / totals[usize::from(hours)];
                *own.entry((row, column, hours)).or_default() += share;
                *population.all.entry((row, column, hours)).or_default() += share;
            }
            population.devices += 1.0;
            population.own.push(own);
        }
        population
    }

    /// Density of people at a place at an hour, one over square metres; without one device, if it is among them.
    pub fn density(&self, point: &Point, hour: u8, without: Option<usize>) -> f64 {
        let hours = hour / HOURS;
        let own = without.and_then(|device| self.own.get(device));
        let devices = self.devices - if own.is_some() { 1.0 } else { 0.0 };
        if devices <= 0.0 {
            return 0.0;
        }
        let (row, _) = point.cell(CELL);
        let mut sum = 0.0;
        for north in -1..=1_i32 {
            let column = Point::column(point.lon, row + north, CELL);
            for east in -1..=1_i32 {
                // Smoothed over the neighbours: a half, eighths, sixteenths of a half.
                let weight = [4.0, 2.0, 1.0][(north.abs() + east.abs()) as usize] / 16.0;
                let cell = (row + north, column + east, hours);
                let of = |map: &HashMap<Cell, f64>| map.get(&cell).copied().unwrap_or(0.0);
                sum += weight * (of(&self.all) - own.map_or(0.0, of)).max(0.0);
            }
        }
        sum / devices / AREA
    }
}
