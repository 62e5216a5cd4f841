//! What is asked for and what comes back: authorities, wrong numbers, instalments.

use std::collections::{BTreeSet, HashMap};

use jiff::{ToSpan, civil::Date};
use orochi_model::problem::Problem;
use rand::RngExt;

use super::layout::{Cover, Layout};
use super::layouts::{NETWORKS, VIRTUAL};
use crate::ground::SimId;
use crate::network::NAMES;
use crate::scenario::faults::Faults;
use crate::world::World;

/// An authority: one target over days of the window.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Its reference.
    pub reference: String,
    /// The target.
    pub sim: SimId,
    /// First day that is no longer authorised.
    pub days: u32,
}

/// A return, of one or more files.
#[derive(Clone, Debug)]
pub struct Sent {
    /// Place of its authority.
    pub asked: usize,
    /// Whose data it is: not the target's when somebody typed a digit wrong.
    pub sim: SimId,
    /// First day.
    pub from: u32,
    /// Day after the last.
    pub to: u32,
    /// Its place among the returns to this authority.
    pub number: u32,
}

/// Everything asked for and sent.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// Authorities.
    pub asked: Vec<Asked>,
    /// Returns, by authority.
    pub sent: Vec<Sent>,
}

impl Plan {
    /// Plans the disclosure of targets.
    pub fn new(world: &World, faults: &Faults, targets: &[SimId]) -> Self {
        let days = world.calendar.days();
        let year = world.calendar.first().year();
        let numbers: HashMap<u64, SimId> =
            world.sims.iter().enumerate().map(|(id, sim)| (sim.number, id as SimId)).collect();
        let asked_for: BTreeSet<SimId> = targets.iter().copied().collect();
        let mut plan = Self::default();
        for sim in targets {
            let asked = plan.asked.len();
            let mut chance = world.seed.stream("disclosure", &[u64::from(*sim)]);
            // Every draw is made whether it is used or not, so that one share does not change what another one does.
            let draws: [f64; 3] = std::array::from_fn(|_| chance.random::<f64>());
            let day_more = draws[0] < faults.excess_period.value && days > 1;
            let wrong = (draws[1] < faults.wrong_number.value)
                .then(|| neighbour(world.sims[*sim as usize].number, &numbers, &asked_for, &mut chance))
                .flatten();
            plan.asked.push(Asked {
                reference: format!("SIM/{year}/{:04}", asked + 1),
                sim: *sim,
                days: if day_more { days - 1 } else { days },
            });
            let middle = days / 2;
            let overlap = faults.overlap_days.value.min(days - middle);
            let mut periods = if draws[2] < faults.overlapping.value && middle > 0 {
                vec![(*sim, 0, middle + overlap), (*sim, middle, days)]
            } else if draws[2] < faults.overlapping.value + faults.late.value && middle > 0 {
                vec![(*sim, 0, middle), (*sim, middle, days)]
            } else {
                vec![(*sim, 0, days)]
            };
            if let Some(wrong) = wrong {
                periods.insert(0, (wrong, 0, days));
            }
            for (number, (sim, from, to)) in periods.into_iter().enumerate() {
                plan.sent.push(Sent { asked, sim, from, to, number: number as u32 });
            }
        }
        plan
    }

    /// Everyone whose records are needed.
    pub fn sims(&self) -> impl Iterator<Item = SimId> + '_ {
        self.sent.iter().map(|sent| sent.sim)
    }

    /// Returns for a number nobody asked for.
    pub fn wrong(&self) -> impl Iterator<Item = &Sent> {
        self.sent.iter().filter(|sent| self.asked[sent.asked].sim != sent.sim)
    }
}

/// A SIM whose number differs by one digit, that nobody asks for; never one of Ofcom's drama numbers, which lines bear.
fn neighbour(
    number: u64,
    numbers: &HashMap<u64, SimId>,
    asked_for: &BTreeSet<SimId>,
    chance: &mut crate::chance::Chance,
) -> Option<SimId> {
    let mut found = Vec::new();
    for place in 0..6 {
        let scale = 10_u64.pow(place);
        let digit = number / scale % 10;
        for other in (0..10).filter(|other| *other != digit) {
            let near = number - digit * scale + other * scale;
            if let Some(sim) = numbers.get(&near)
                && !asked_for.contains(sim)
                && near / 1_000 != 447_700_900
            {
                found.push(*sim);
            }
        }
    }
    (!found.is_empty()).then(|| found[chance.random_range(0..found.len())])
}

/// The operator a SIM is sold by, and its layout: its network, or a virtual operator.
pub fn operator(world: &World, faults: &Faults, sim: SimId) -> (&'static str, &'static dyn Layout) {
    let known = &world.sims[sim as usize];
    let mut chance = world.seed.stream("operator", &[u64::from(sim)]);
    if known.prepaid && chance.random::<f64>() < faults.virtual_operators.value {
        return VIRTUAL[chance.random_range(0..VIRTUAL.len())];
    }
    let place = usize::from(known.network) % NAMES.len();
    (NAMES[place], NETWORKS[place])
}

/// The date of a day of the window.
///
/// # Errors
/// When it leaves the calendar.
pub fn date(world: &World, day: u32) -> Result<Date, Problem> {
    world
        .calendar
        .first()
        .checked_add(i64::from(day).days())
        .map_err(|error| Problem::user("the window leaves the calendar").because(error))
}

/// What stands above a return.
///
/// # Errors
/// As [`date`].
pub fn cover(world: &World, plan: &Plan, sent: &Sent, operator: &str) -> Result<Cover, Problem> {
    Ok(Cover {
        reference: plan.asked[sent.asked].reference.clone(),
        operator: operator.to_owned(),
        target: world.sims[sent.sim as usize].number,
        from: date(world, sent.from)?,
        to: date(world, sent.to - 1)?,
    })
}
