//! What one device's habits have to say of the places of another: [`crate::habit`]'s six densities around a place.
//!
//! Worked out once for each place and then, at each hour of a day, less what that day itself would say: that is what makes a pair cheap.

use crate::device::{Device, Place};
use crate::habit::{ANY, Hours, NEARNESS, OTHER_KIND, PARTS, apart, less};
use crate::kernel::{Kernels, far};
use crate::population::Population;
use crate::together::{KINDS, moved_s};

/// Scales of jumps, metres.
const SHORT: f64 = 2_000.0;
const LONG: f64 = 20_000.0;
/// One over the surface of the earth, square metres.
const EARTH: f64 = 1.0 / 5.1e14;
/// Hours of presence that weigh as much as no knowledge of the hour.
const HOUR_DOUBT: f64 = 1.0;
/// Places of a coarse cell are taken as one from so many scales, squared, and from so many square metres on.
const AS_ONE: (f64, f64) = (200.0, 8_000.0 * 8_000.0);

/// Densities below this are far less than anywhere on earth: most places, by far, say nothing of another.
const NOTHING: f64 = 1e-21;

fn add(sums: &mut Hours, density: f64, presence: &Hours) {
    if density > NOTHING {
        sums.iter_mut().zip(presence).for_each(|(sum, presence)| *sum += density * presence);
    }
}

fn is_far(square: f64, here: &Place) -> bool {
    square > AS_ONE.1 && square > AS_ONE.0 * here.variance
}

/// Near densities of a coarse cell.
#[derive(Clone, Copy, Debug)]
enum Near {
    /// Of all its places.
    AsOne(f64),
    /// Of each of its places: where in the list they begin.
    Each(u32),
}

/// The densities of a device's habit around one place, before any day is left out.
#[derive(Clone, Debug)]
struct Around {
    near: Hours,
    jumps: [f64; 2],
    /// By coarse cell: the near density if the cell is so far that it is taken as one, and the two of jumps.
    cells: Vec<(Near, f64, f64)>,
    /// Near densities of the places of cells that are not.
    each: Vec<f64>,
    /// By kind of meeting; worked out when asked for.
    moving: [Option<Box<Moving>>; KINDS],
    /// People, by hours of the day; worked out when asked for.
    people: [Option<f64>; 24],
}

/// The same with the movement of a kind of meeting: sums, and densities by coarse cell.
#[derive(Clone, Debug)]
struct Moving {
    sums: Hours,
    cells: Vec<f64>,
}

/// What one device's habits have to say of the places of another: how likely it is registered around there, by the same scales by
/// which registrations of one person lie apart.
pub(crate) struct Expected<'a> {
    /// Whose habits.
    pub device: &'a Device,
    /// Its number in the population.
    pub number: usize,
    pub population: &'a Population,
    pub kernels: &'a Kernels,
    around: Vec<Option<Box<Around>>>,
}

impl<'a> Expected<'a> {
    /// For the places of a device with so many.
    pub fn new(
        device: &'a Device,
        number: usize,
        population: &'a Population,
        kernels: &'a Kernels,
        places: usize,
    ) -> Self {
        Self { device, number, population, kernels, around: vec![None; places] }
    }

    fn work_out(&self, here: &Place) -> Around {
        let (device, habit) = (self.device, &self.device.habit);
        let mut around = Around {
            near: [0.0; 49],
            jumps: [0.0; 2],
            cells: Vec::with_capacity(habit.cells.len()),
            each: Vec::new(),
            moving: Default::default(),
            people: [None; 24],
        };
        for (number, (cell, presence)) in habit.cells.iter().zip(&habit.coarse).enumerate() {
            let apart = here.point.square(cell);
            let (short, long) = (far(apart, SHORT * SHORT), far(apart, LONG * LONG));
            around.jumps[0] += presence[ANY] * short;
            around.jumps[1] += presence[ANY] * long;
            if is_far(apart, here) {
                let density = self.kernels.near(apart, here.variance);
                around.cells.push((Near::AsOne(density), short, long));
                add(&mut around.near, density, presence);
                continue;
            }
            around.cells.push((Near::Each(around.each.len() as u32), short, long));
            for place in &habit.members[number] {
                let (place, presence) = (&device.places[*place as usize], &habit.presence[*place as usize]);
                let density =
                    self.kernels.near(here.point.square(&place.point), (here.variance + place.variance) / 2.0);
                around.each.push(density);
                add(&mut around.near, density, presence);
            }
        }
        around
    }

    /// The same with the movement of a kind of meeting.
    fn work_out_moving(&self, here: &Place, kind: usize) -> Moving {
        let habit = &self.device.habit;
        let variance = self.kernels.moving(here.variance, moved_s(kind));
        let cells: Vec<f64> =
            habit.cells.iter().map(|cell| self.kernels.near(here.point.square(cell), variance)).collect();
        let mut sums = [0.0; 49];
        for (density, presence) in cells.iter().zip(&habit.coarse) {
            add(&mut sums, *density, presence);
        }
        Moving { sums, cells }
    }

    /// The six densities around a place (of that number) at a moment of the device: of being registered near, and with the
    /// movement of a kind of meeting.
    pub fn parts(&mut self, number: usize, here: &Place, moment: usize, kind: usize) -> [[f64; PARTS]; 2] {
        let mut around = self.around[number].take().unwrap_or_else(|| Box::new(self.work_out(here)));
        let moving = around.moving[kind].take().unwrap_or_else(|| Box::new(self.work_out_moving(here, kind)));
        let habit = &self.device.habit;
        let moment = &habit.moments[moment];
        let day = &self.device.spells[moment.day.0 as usize..moment.day.1 as usize];
        // What the day itself would say: near at this hour and at any, moving at this hour and at any, jumps.
        let mut off = [0.0; 6];
        for spell in day {
            let cell = habit.cell_of[spell.place as usize] as usize;
            let (near, short, long) = around.cells[cell];
            let density = match near {
                Near::AsOne(density) => density,
                Near::Each(first) => around.each[(first + habit.slot_of[spell.place as usize]) as usize],
            };
            let at_hour = spell.dwell * NEARNESS[usize::from(apart(spell.hour, moment.hour))];
            let silent = spell.dwell * moment.silent(spell);
            off[0] += density * at_hour;
            off[1] += density * silent;
            off[2] += moving.cells[cell] * at_hour;
            off[3] += moving.cells[cell] * silent;
            off[4] += short * silent;
            off[5] += long * silent;
        }
        let share = |sum: f64, total: f64| if total > 0.0 { sum / total } else { 0.0 };
        let people = *around.people[usize::from(moment.hour)]
            .get_or_insert_with(|| self.population.density(&here.point, moment.hour, Some(self.number)));
        let jumps = [0, 1].map(|i| share(less(around.jumps[i], off[4 + i]), moment.totals.1));
        // An hour of which little is known speaks through all hours.
        let certain = moment.totals.0 / (moment.totals.0 + HOUR_DOUBT);
        let parts = |all: &Hours, off: &[f64]| {
            let hour = less(all[moment.rows.0], off[0]) + OTHER_KIND * all[moment.rows.1];
            let at_any = share(less(all[ANY], off[1]), moment.totals.1);
            let at_hour = certain * share(hour, moment.totals.0) + (1.0 - certain) * at_any;
            [at_hour, at_any, jumps[0], jumps[1], people, EARTH]
        };
        let found = [parts(&around.near, &off[..2]), parts(&moving.sums, &off[2..4])];
        around.moving[kind] = Some(moving);
        self.around[number] = Some(around);
        found
    }
}
