//! A day of an ordinary person: work or school and back, errands, visits, trips along the real roads and lines.

use super::work::around;
use crate::chance::Chance;
use crate::country::Area;
use crate::ground::{PersonId, Routine, Spot};
use crate::itinerary::Itinerary;
use crate::travel::Travel;
use crate::world::World;
use rand::RngExt;

/// Share of working days off.
const OFF: f64 = 0.07;
/// Share of free days spent on a trip to another town, and to the far end of the country.
const TRIP: f64 = 0.06;

/// Where an ordinary person is on a day. Couples who are out together share a stream, hence their ways.
pub(crate) fn itinerary(world: &World, person: PersonId, day: u32) -> Itinerary {
    let me = &world.people[person as usize];
    let life = &world.society.lives[person as usize];
    let weekday = world.calendar.weekday(day);
    let lead = life.partner.map_or(person, |partner| partner.min(person));
    let mut shared = world.seed.stream("together", &[u64::from(lead), u64::from(day)]);
    let off = |routine: &Routine| !matches!(routine, Routine::Away { days, .. } if days >> weekday & 1 == 1);
    let both_off = life.partner.is_none_or(|partner| off(&world.people[partner as usize].routine)) && off(&me.routine);
    let together = life.partner.is_some() && (life.inseparable || both_off && shared.random::<f64>() < 0.6);
    let mut chance = if together { shared } else { world.seed.stream("day", &[u64::from(person), u64::from(day)]) };
    let chance = &mut chance;
    let mut way = Travel::from_home(&world.country, me.home);
    match me.routine {
        Routine::Away { work, from, to, .. } if !off(&me.routine) && chance.random::<f64>() >= OFF => {
            let (from, to) = (from + chance.random_range(-900..=600), to + chance.random_range(-600..=2_400));
            way.arrive(work, from);
            if chance.random::<f64>() < 0.25 && to - from > 5 * 3_600 {
                way.leave(12 * 3_600 + chance.random_range(0..5_400));
                way.go(around(work, 350.0, chance));
                way.stay(chance.random_range(600..2_400));
                way.go(work);
            }
            way.leave(to);
            if chance.random::<f64>() < 0.18 {
                way.go(shop(world, me.home, me.town, chance));
                way.stay(chance.random_range(600..3_000));
            }
            way.go(me.home);
            if chance.random::<f64>() < 0.22 {
                evening(world, person, &mut way, chance);
            }
        }
        _ => free_day(world, person, weekday, &mut way, chance),
    }
    way.home()
}

/// A day without work.
fn free_day(world: &World, person: PersonId, weekday: u32, way: &mut Travel<'_>, chance: &mut Chance) {
    let me = &world.people[person as usize];
    let weekend = weekday >= 5;
    if chance.random::<f64>() < if weekend { TRIP } else { TRIP / 3.0 } {
        way.leave(chance.random_range(7 * 3_600..11 * 3_600));
        way.go(destination(world, me.home, me.town, chance));
        way.stay(chance.random_range(2 * 3_600..7 * 3_600));
        way.go(me.home);
        return;
    }
    let errands = [0, 1, 1, 2, 2, 3][chance.random_range(0..6)];
    let mut at = chance.random_range(8 * 3_600..13 * 3_600);
    for _ in 0..errands {
        way.leave(at);
        way.go(if chance.random::<f64>() < 0.3 {
            friend(world, person, chance)
        } else {
            shop(world, me.home, me.town, chance)
        });
        way.stay(chance.random_range(900..9_000));
        if chance.random::<f64>() < 0.6 {
            way.go(me.home);
        }
        at = way.now() + chance.random_range(600..9_000);
        if at > 21 * 3_600 {
            break;
        }
    }
    way.go(me.home);
    if chance.random::<f64>() < 0.15 {
        evening(world, person, way, chance);
    }
}

/// Out once more: friends, sport, the pub.
fn evening(world: &World, person: PersonId, way: &mut Travel<'_>, chance: &mut Chance) {
    let me = &world.people[person as usize];
    way.leave(way.now().max(18 * 3_600) + chance.random_range(0..5_400));
    way.go(if chance.random() { friend(world, person, chance) } else { shop(world, me.home, me.town, chance) });
    way.stay(chance.random_range(3_600..9_000));
    way.go(me.home);
}

/// The town's centre or something near home.
fn shop(world: &World, home: Spot, town: u16, chance: &mut Chance) -> Spot {
    let town = &world.country.towns[usize::from(town)];
    if town.area != Area::London && chance.random::<f64>() < 0.5 {
        return around(town.centre, 300.0, chance);
    }
    around(home, if town.area == Area::London { 1_300.0 } else { 900.0 }, chance)
}

/// A friend's home, if it is not at the other end of the country.
fn friend(world: &World, person: PersonId, chance: &mut Chance) -> Spot {
    let me = &world.people[person as usize];
    let ties = world.society.ties(person);
    if ties.is_empty() {
        return shop(world, me.home, me.town, chance);
    }
    let home = world.people[ties[chance.random_range(0..ties.len())] as usize].home;
    if home.metres(me.home) < 20_000.0 { home } else { shop(world, me.home, me.town, chance) }
}

/// Where a trip goes: from London to the counties, from the counties to London, Cambridge, Norwich, the coast.
fn destination(world: &World, home: Spot, town: u16, chance: &mut Chance) -> Spot {
    let towns = &world.country.towns;
    let there = loop {
        let there = if chance.random::<f64>() < 0.25 { 0 } else { chance.random_range(0..towns.len()) };
        if there != usize::from(town) {
            break there;
        }
        if towns.len() < 2 {
            return home;
        }
    };
    around(towns[there].centre, if there == 0 { 2_500.0 } else { 500.0 }, chance)
}
