//! Runners, their shifts in town, and who has the line phone.

use super::style::LinePlan;
use super::window::Window;
use crate::calendar::{At, Calendar};
use crate::cast::draw::{clock, coin, real, whole};
use crate::chance::Chance;
use crate::communication::Party;
use crate::ground::{PersonId, Spot};
use crate::scenario::cast::{Movement, Ranges};

/// A runner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Runner {
    /// Who.
    pub person: PersonId,
    /// Own number, carried everywhere.
    pub own: Party,
    /// The number that the line rings: the own one, or a phone for work.
    pub contact: Party,
    /// Lives in the town.
    pub local: bool,
    /// Of school age.
    pub child: bool,
    /// Spot of the home.
    pub home: Spot,
}

/// A runner's time in town.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shift {
    /// Place in the line's runners.
    pub runner: usize,
    /// Leaves home.
    pub leaves: At,
    /// Arrives in town.
    pub arrives: At,
    /// Leaves town.
    pub departs: At,
    /// Back home.
    pub back: At,
    /// Has the line phone.
    pub phone: bool,
}

/// Part played while having the line phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Holds the line.
    Holder,
    /// Runs for it.
    Runner,
}

/// Who has the line phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spell {
    /// Who.
    pub person: PersonId,
    /// As what.
    pub role: Role,
    /// From, inclusive.
    pub from: At,
    /// To, exclusive.
    pub to: At,
}

/// Seconds from one spot to another by car or rail.
pub fn journey(from: Spot, to: Spot) -> i64 {
    let (dx, dy) = (f64::from(from.easting - to.easting), f64::from(from.northing - to.northing));
    let metres = libm::sqrt(dx * dx + dy * dy);
    // 21 m/s as the crow flies on long ways, 5 m/s on the short ones.
    if metres > 15_000.0 { 1500 + (metres / 21.0) as i64 } else { 240 + (metres / 5.0) as i64 }
}

/// Shifts one after another over the time of business.
pub fn shifts(
    calendar: &Calendar,
    chance: &mut Chance,
    plan: &LinePlan,
    ranges: &Ranges,
    runners: &[Runner],
    town: Spot,
    window: Window,
) -> Vec<Shift> {
    let Window { opened, closed } = window;
    let mut all: Vec<Shift> = Vec::new();
    if runners.is_empty() {
        return all;
    }
    // The first shift began before the line's first instant in the window.
    let mut arrives = opened - 3600;
    let mut runner = whole(chance, (0, runners.len() as i64 - 1)) as usize;
    while arrives < closed {
        let way = if runners[runner].local { 0 } else { journey(runners[runner].home, town) };
        let length = (real(chance, ranges.shift) * 86_400.0) as i64;
        let day = calendar.day_of(arrives + length).map(|(day, _)| day);
        let end =
            day.map_or(closed, |day| calendar.at(day, whole(chance, (clock(10.0), clock(19.0))))).max(arrives + 14_400);
        let phone = match plan.movement {
            Movement::Travelling => true,
            Movement::Hybrid => coin(chance, 0.5),
            Movement::Static | Movement::InForce => false,
        };
        let back = end + way;
        all.push(Shift {
            runner,
            leaves: arrives - way,
            arrives,
            departs: end.min(closed),
            back: back.min(closed + way),
            phone,
        });
        let next = if runners.len() == 1 {
            runner
        } else {
            (runner + whole(chance, (1, runners.len() as i64 - 1)) as usize) % runners.len()
        };
        let next_way = if runners[next].local { 0 } else { journey(runners[next].home, town) };
        arrives = if next == runner {
            // Home for a night at least.
            back + whole(chance, (36_000, 100_000)) + next_way
        } else if phone && plan.brought_back {
            back + whole(chance, (3600, 30_000)) + next_way
        } else {
            // The next one comes a little earlier than this one leaves.
            end - whole(chance, (600, 2400))
        };
        runner = next;
    }
    all
}

/// Who has the line phone from `opened` to `closed`, without gaps.
pub fn spells(
    shifts: &[Shift],
    runners: &[Runner],
    holders: &[(PersonId, At)],
    window: Window,
    brought_back: bool,
) -> Vec<Spell> {
    let Window { opened, closed } = window;
    let mut all = Vec::new();
    let mut from = opened;
    let holder = |all: &mut Vec<Spell>, from: At, to: At| {
        let mut begin = from;
        for (place, (person, since)) in holders.iter().enumerate() {
            let until = holders.get(place + 1).map_or(At::MAX, |(_, next)| *next).min(to);
            let since = (*since).max(begin);
            if since < until {
                all.push(Spell { person: *person, role: Role::Holder, from: since, to: until });
                begin = until;
            }
        }
    };
    for (place, shift) in shifts.iter().enumerate().filter(|(_, shift)| shift.phone) {
        let after_another =
            place > 0 && shifts[place - 1].phone && !brought_back && shifts[place - 1].runner != shift.runner;
        let before_another =
            shifts.get(place + 1).is_some_and(|next| next.phone && !brought_back && next.runner != shift.runner);
        let taken = (if after_another { shift.arrives } else { shift.leaves }).max(from).max(opened);
        let given = (if before_another { shifts[place + 1].arrives } else { shift.back }).min(closed);
        if taken >= given {
            continue;
        }
        holder(&mut all, from, taken);
        all.push(Spell { person: runners[shift.runner].person, role: Role::Runner, from: taken, to: given });
        from = given;
    }
    holder(&mut all, from, closed);
    all
}
