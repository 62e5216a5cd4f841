//! Where the people of a line are: at home and in their haunts, on the way, in town on shift, at school.

use super::supply::journey;
use super::{Line, Runner};
use crate::cast::draw::{clock, coin, one, whole};
use crate::chance::Chance;
use crate::ground::{PersonId, Spot};
use crate::itinerary::{Itinerary, Stay};
use crate::world::World;

const DAY: i64 = 86_400;
/// Stays end some hours after the day does, for what starts in the small hours.
const END: i64 = DAY + 43_200;

/// A day being laid out.
struct Layout<'a> {
    world: &'a World,
    stays: Vec<Stay>,
}

impl Layout<'_> {
    /// Stays at a spot from one second to another.
    fn stay(&mut self, spot: Spot, from: i64, to: i64) {
        if from < to {
            self.stays.push(Stay { from: from as i32, to: to as i32, spot });
        }
    }

    /// Travels: points of the way, each passed without stopping.
    fn travel(&mut self, from: Spot, to: Spot, leaves: i64, arrives: i64) {
        let way = self.world.country.route(from, to);
        let length = |a: Spot, b: Spot| {
            let (dx, dy) = (f64::from(a.easting - b.easting), f64::from(a.northing - b.northing));
            libm::sqrt(dx * dx + dy * dy)
        };
        let mut at = from;
        let mut gone = Vec::new();
        let mut sum = 0.0;
        for spot in &way {
            sum += length(at, *spot);
            gone.push(sum);
            at = *spot;
        }
        sum += length(at, to);
        for (spot, gone) in way.iter().zip(gone) {
            let second = leaves + ((arrives - leaves) as f64 * gone / sum.max(1.0)) as i64;
            if leaves < second && second < arrives {
                self.stays.push(Stay { from: second as i32, to: second as i32, spot: *spot });
            }
        }
    }
}

/// Somebody who is at home, and the runner they are, if they are one.
#[derive(Clone, Copy)]
struct Resident<'r> {
    home: Spot,
    runner: Option<&'r Runner>,
}

impl Line {
    /// Where one of its people is on a day.
    pub(super) fn whereabouts(&self, world: &World, person: PersonId, day: u32) -> Itinerary {
        let mut chance = world.seed.stream("line stays", &[u64::from(person), u64::from(day)]);
        let mut layout = Layout { world, stays: Vec::new() };
        let home = world.people[person as usize].home;
        match self.runners.iter().position(|runner| runner.person == person) {
            Some(place) => self.runner(&mut layout, &mut chance, place, day),
            None if self.controller != Some(person) && coin(&mut chance, self.plan.visits) => {
                self.visit(&mut layout, &mut chance, home, day);
            }
            None => {
                let resident = Resident { home, runner: None };
                self.at_home(&mut layout, &mut chance, resident, day, -DAY, END);
            }
        }
        if let Some(first) = layout.stays.first_mut() {
            first.from = i32::MIN;
        }
        Itinerary { stays: layout.stays }
    }

    /// A runner: shifts in town, the rest at home.
    fn runner(&self, layout: &mut Layout<'_>, chance: &mut Chance, place: usize, day: u32) {
        let runner = self.runners[place];
        let midnight = layout.world.calendar.at(day, 0);
        let resident = Resident { home: runner.home, runner: Some(&runner) };
        let mut from = -DAY;
        for shift in self.shifts.iter().filter(|shift| shift.runner == place) {
            let [leaves, arrives, departs, back] =
                [shift.leaves, shift.arrives, shift.departs, shift.back].map(|at| at - midnight);
            if back <= from || leaves >= END {
                continue;
            }
            if leaves > from {
                self.at_home(layout, chance, resident, day, from, leaves);
            }
            let base = if runner.local { runner.home } else { self.base(shift.arrives) };
            if leaves < arrives && arrives > from {
                layout.travel(runner.home, base, leaves, arrives);
            }
            self.in_town(layout, chance, base, arrives.max(from), departs.min(END));
            if departs < END {
                layout.travel(base, runner.home, departs, back);
            }
            from = back;
        }
        if from < END {
            self.at_home(layout, chance, resident, day, from, END);
        }
    }

    /// The address where a runner stays during a shift.
    fn base(&self, arrives: i64) -> Spot {
        let bases = &self.places.bases;
        bases.get((arrives.unsigned_abs() / 60) as usize % bases.len().max(1)).copied().unwrap_or_default()
    }

    /// In town: out to customers and back, all day long.
    fn in_town(&self, layout: &mut Layout<'_>, chance: &mut Chance, base: Spot, from: i64, to: i64) {
        let mut second = from;
        for midnight in [-DAY, 0, DAY] {
            let (opens, shuts) = (midnight + self.plan.opens, (midnight + self.plan.shuts).min(to));
            if shuts <= second {
                continue;
            }
            let mut out = second.max(opens) + whole(chance, (600, 3600));
            while out < shuts {
                let Some(spot) = one(chance, &self.places.deals) else { break };
                let way = journey(base, spot).min(1500);
                layout.stay(base, second, out.min(to));
                let there = out + way;
                let leaves = there + whole(chance, (120, 900));
                layout.stay(spot, there, leaves.min(to));
                second = leaves + way;
                out = second + whole(chance, (300, 4200));
            }
        }
        layout.stay(base, second, to);
    }

    /// Where somebody of the line lives: school for the young ones, haunts for all.
    fn at_home(
        &self,
        layout: &mut Layout<'_>,
        chance: &mut Chance,
        resident: Resident<'_>,
        day: u32,
        from: i64,
        to: i64,
    ) {
        let Resident { home, runner } = resident;
        let child = runner.is_some_and(|runner| runner.child);
        let mut second = from;
        let mut go = |layout: &mut Layout<'_>, spot: Spot, leaves: i64, until: i64| {
            let way = journey(home, spot).min(3600);
            if second < leaves && leaves + way < until && until + way < to {
                layout.stay(home, second, leaves);
                layout.stay(spot, leaves + way, until);
                second = until + way;
            }
        };
        // Children of school age miss school often, not always.
        if child && layout.world.calendar.weekday(day) < 5 && coin(chance, 0.7) {
            go(layout, self.places.school, clock(8.3), clock(15.3));
        } else if let Some(spot) = one(chance, &self.places.haunts) {
            let leaves = whole(chance, (clock(10.5), clock(14.0)));
            go(layout, spot, leaves, leaves + whole(chance, (1800, 10_000)));
        }
        if let Some(spot) = one(chance, &self.places.haunts) {
            let leaves = whole(chance, (clock(16.5), clock(20.0)));
            go(layout, spot, leaves, leaves + whole(chance, (2400, 14_000)));
        }
        layout.stay(home, second, to);
    }

    /// The holder goes to town and back.
    fn visit(&self, layout: &mut Layout<'_>, chance: &mut Chance, home: Spot, day: u32) {
        let there = one(chance, &self.places.bases).unwrap_or(home);
        let way = journey(home, there);
        let leaves = whole(chance, (clock(9.0), clock(16.0)));
        let (arrives, departs) = (leaves + way, leaves + way + whole(chance, (1800, 9000)));
        let _ = day;
        layout.stay(home, -DAY, leaves);
        layout.travel(home, there, leaves, arrives);
        layout.stay(there, arrives, departs);
        layout.travel(there, home, departs, departs + way);
        layout.stay(home, departs + way, END);
    }
}
