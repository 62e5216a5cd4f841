//! What one device's habits have to say of the places of another: [`crate::habit`]'s six densities around a place.
//!
//! Worked out once for each place and then, at each hour of a day, less what that day itself would say: that is what
//! makes a pair cheap. Meetings come in order of time, so the last hour asked about at a place is mostly the
//! next one too, and is kept.

use crate::device::{Device, DevicePlace};
use crate::habit::{ANY, HourlyPresence, OTHER_KIND, PARTS, difference, nearness_of};
use crate::kernel::{Kernels, far};
use crate::meeting_ratio::{MOVES, move_of, moved_s};
use crate::population::{Population, STRETCHES, stretch};

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

fn add_density(sums: &mut HourlyPresence, density: f64, presence: &HourlyPresence) {
    if density > NOTHING {
        sums.iter_mut().zip(presence).for_each(|(sum, presence)| *sum += density * presence);
    }
}

fn is_far(square: f64, here: &DevicePlace) -> bool {
    square > AS_ONE.1 && square > AS_ONE.0 * here.variance
}

/// The densities of a device's habit around one place, before any day is left out. Lists lie in
/// [`HabitExpectation::lists`], from these places on.
#[derive(Clone, Debug)]
struct PlaceDensities {
    near: HourlyPresence,
    jumps: [f64; 2],
    /// People, by stretch of the day.
    people: [f64; STRETCHES],
    /// Squares of the distances of the coarse cells.
    squares: usize,
    /// By place of the device: near density (that of its coarse cell where the cell is so far that it is taken as
    /// one), and of the two jumps.
    places: usize,
    /// By how long the journey was: place in [`HabitExpectation::moving`], from 1; 0 before it was asked for.
    moving: [u32; MOVES],
    /// What was asked last.
    last: Option<LastDensities>,
}

/// The same with the movement of a kind of meeting: sums, and where the densities by coarse cell lie.
#[derive(Clone, Debug)]
struct MovingDensities {
    sums: HourlyPresence,
    cells: usize,
}

/// What was found for a moment and a length of journey.
#[derive(Clone, Copy, Debug)]
struct LastDensities {
    moment: usize,
    moves: usize,
    found: [[f64; PARTS]; 2],
}

/// What one device's habits have to say of the places of another: how likely it is registered around there, by the same
/// scales by which registrations of one person lie apart.
pub(crate) struct HabitExpectation<'a> {
    /// Whose habits.
    pub device: &'a Device,
    /// Its number in the population.
    pub number: usize,
    pub population: &'a Population,
    pub kernels: &'a Kernels,
    /// By place of the other device: place in `arounds`, from 1; 0 before it was asked for.
    around: Vec<u32>,
    arounds: Vec<PlaceDensities>,
    moving: Vec<MovingDensities>,
    /// All lists of densities, one behind the other: thousands of small ones would cost more than what is in them.
    lists: Vec<f64>,
}

impl<'a> HabitExpectation<'a> {
    /// For the places of a device with so many.
    pub fn new(
        device: &'a Device,
        number: usize,
        population: &'a Population,
        kernels: &'a Kernels,
        places: usize,
    ) -> Self {
        let (arounds, moving, lists) = (Vec::new(), Vec::new(), Vec::new());
        Self { device, number, population, kernels, around: vec![0; places], arounds, moving, lists }
    }

    fn place_densities(&mut self, here: &DevicePlace) -> PlaceDensities {
        let (device, habit, kernels) = (self.device, &self.device.habit, self.kernels);
        let squares = self.lists.len();
        let places = squares + habit.cells.len();
        self.lists.resize(places + 3 * device.places.len(), 0.0);
        let mut around = PlaceDensities {
            near: [0.0; 49],
            jumps: [0.0; 2],
            people: self.population.density(&here.point, Some(self.number)),
            squares,
            places,
            moving: [0; MOVES],
            last: None,
        };
        let (by_cell, by_place) = self.lists[squares..].split_at_mut(habit.cells.len());
        for (number, (cell, presence)) in habit.cells.iter().zip(&habit.coarse).enumerate() {
            let apart = here.point.square(cell);
            by_cell[number] = apart;
            let (short, long) = (far(apart, SHORT * SHORT), far(apart, LONG * LONG));
            around.jumps[0] += presence[ANY] * short;
            around.jumps[1] += presence[ANY] * long;
            let as_one = is_far(apart, here).then(|| kernels.near(apart, here.variance));
            if let Some(density) = as_one {
                add_density(&mut around.near, density, presence);
            }
            for member in &habit.members[number] {
                let member = *member as usize;
                let density = as_one.unwrap_or_else(|| {
                    let place = &device.places[member];
                    let variance = (here.variance + place.variance) / 2.0;
                    let density = kernels.near(here.point.square(&place.point), variance);
                    add_density(&mut around.near, density, &habit.presence[member]);
                    density
                });
                by_place[3 * member..][..3].copy_from_slice(&[density, short, long]);
            }
        }
        around
    }

    /// The same with the movement of a journey.
    fn moving_densities(&mut self, here: &DevicePlace, squares: usize, moves: usize) -> MovingDensities {
        let habit = &self.device.habit;
        let variance = self.kernels.moving(here.variance, moved_s(moves));
        let cells = self.lists.len();
        let mut sums = [0.0; 49];
        for (number, presence) in habit.coarse.iter().enumerate() {
            let density = self.kernels.near(self.lists[squares + number], variance);
            self.lists.push(density);
            add_density(&mut sums, density, presence);
        }
        MovingDensities { sums, cells }
    }

    /// The six densities around a place (of that number) at a moment of the device: of being registered near, and with
    /// the movement of a kind of meeting.
    pub fn parts(&mut self, number: usize, here: &DevicePlace, moment: usize, kind: usize) -> [[f64; PARTS]; 2] {
        if self.around[number] == 0 {
            let around = self.place_densities(here);
            self.arounds.push(around);
            self.around[number] = self.arounds.len() as u32;
        }
        let (at, moves) = (self.around[number] as usize - 1, move_of(kind));
        if let Some(last) = self.arounds[at].last.filter(|last| last.moment == moment && last.moves == moves) {
            return last.found;
        }
        if self.arounds[at].moving[moves] == 0 {
            let moving = self.moving_densities(here, self.arounds[at].squares, moves);
            self.moving.push(moving);
            self.arounds[at].moving[moves] = self.moving.len() as u32;
        }
        let found = self.less_the_day(&self.arounds[at], moment, moves);
        self.arounds[at].last = Some(LastDensities { moment, moves, found });
        found
    }

    /// The densities at a moment, less what the moment's day would say.
    fn less_the_day(&self, around: &PlaceDensities, moment: usize, moves: usize) -> [[f64; PARTS]; 2] {
        let habit = &self.device.habit;
        let moving = &self.moving[around.moving[moves] as usize - 1];
        let (by_place, by_cell) = (&self.lists[around.places..], &self.lists[moving.cells..]);
        let moment = &habit.moments[moment];
        let near_hours = nearness_of(moment.hour);
        let day = &self.device.spells[moment.day.0 as usize..moment.day.1 as usize];
        // What the day itself would say: near at this hour and at any, moving at this hour and at any, jumps.
        let mut off = [0.0; 6];
        for spell in day {
            let place = spell.place as usize;
            let (densities, moved) = (&by_place[3 * place..3 * place + 3], by_cell[habit.cell_of[place] as usize]);
            let at_hour = spell.dwell * near_hours[usize::from(spell.hour)];
            let silent = spell.dwell * moment.silent(spell);
            off[0] += densities[0] * at_hour;
            off[1] += densities[0] * silent;
            off[2] += moved * at_hour;
            off[3] += moved * silent;
            off[4] += densities[1] * silent;
            off[5] += densities[2] * silent;
        }
        let share = |sum: f64, total: f64| if total > 0.0 { sum / total } else { 0.0 };
        let people = around.people[stretch(moment.hour)];
        let jumps = [0, 1].map(|i| share(difference(around.jumps[i], off[4 + i]), moment.totals.1));
        // An hour of which little is known speaks through all hours.
        let certain = moment.totals.0 / (moment.totals.0 + HOUR_DOUBT);
        let parts = |all: &HourlyPresence, off: &[f64]| {
            let hour = difference(all[moment.rows.0], off[0]) + OTHER_KIND * all[moment.rows.1];
            let at_any = share(difference(all[ANY], off[1]), moment.totals.1);
            let at_hour = certain * share(hour, moment.totals.0) + (1.0 - certain) * at_any;
            [at_hour, at_any, jumps[0], jumps[1], people, EARTH]
        };
        [parts(&around.near, &off[..2]), parts(&moving.sums, &off[2..4])]
    }
}
