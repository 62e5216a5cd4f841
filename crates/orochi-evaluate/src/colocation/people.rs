//! People with two phones each, and where each phone was registered: at masts as in the operators' cell lists, with
//! azimuths, when something happens.

use std::{collections::BTreeMap, fmt, sync::Arc};

use orochi_geo::grid::Bng;
use orochi_model::problem::Problem;
use orochi_simulate::{
    calendar::Calendar,
    chance::Seed,
    country::Country,
    ground::{PersonId, Routine, SimId},
    network::{NAMES, Networks},
    record::Record,
    run::{Sink, run},
    scenario::Scenario,
    world::{World, build::Builder},
};

/// Work at least this far from home makes a commuter, metres.
const COMMUTES_M: f64 = 10_000.0;

/// An owner of two phones.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Owner {
    /// Number of the person.
    pub person: PersonId,
    /// Another owner whom they live with.
    pub partner: Option<PersonId>,
    /// Whether the two go together on all days.
    pub inseparable: bool,
    /// Whether they work over 10 km from home.
    pub commuter: bool,
    /// Home, metres of the British National Grid.
    pub home: Bng,
}

impl fmt::Display for Owner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.person)?;
        if let Some(partner) = self.partner {
            write!(f, " partner {partner}")?;
            if self.inseparable {
                f.write_str(" inseparable")?;
            }
        }
        if self.commuter { f.write_str(" commuter") } else { Ok(()) }
    }
}

/// A phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Phone {
    /// Number of its network, from 0, as in [`NAMES`].
    pub network: u8,
    /// Whether it has data sessions; a feature phone has none.
    pub smart: bool,
    /// Its number.
    pub number: u64,
}

/// `EE-smart-447524000001`.
impl fmt::Display for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = if self.smart { "smart" } else { "basic" };
        write!(f, "{}-{kind}-{}", NAMES[usize::from(self.network)], self.number)
    }
}

/// A registration of a phone.
#[derive(Clone, Debug, PartialEq)]
pub struct OwnedRegistration<'a> {
    /// Whose phone it is.
    pub owner: &'a Owner,
    /// The phone.
    pub phone: Phone,
    /// Seconds since 1970, UTC.
    pub at: i64,
    /// The mast, WGS84, degrees.
    pub latitude: f64,
    /// See `latitude`.
    pub longitude: f64,
    /// Centre line of the cell, degrees clockwise from north.
    pub azimuth: u16,
    /// The cell: mobile network code, area and number, with hyphens.
    pub cell: String,
}

type Take<'a> = dyn FnMut(&OwnedRegistration<'_>) -> Result<(), Problem> + 'a;

struct RegistrationSink<'a> {
    networks: &'a Networks,
    world: &'a World,
    owners: &'a BTreeMap<SimId, Owner>,
    take: &'a mut Take<'a>,
}

impl Sink for RegistrationSink<'_> {
    fn take(&mut self, _day: u32, records: &[Record]) -> Result<(), Problem> {
        for record in records {
            let (Some(owner), Some(cell)) = (self.owners.get(&record.sim), record.start_cell) else { continue };
            let (sim, cell) = (self.world.sims[record.sim as usize], self.networks.cells[cell as usize]);
            let site = Bng { easting: f64::from(cell.site.easting), northing: f64::from(cell.site.northing) };
            let place = site.to_wgs84().map_err(|error| Problem::bug("a mast is off the grid").because(error))?;
            let smart = self.world.handsets[record.handset as usize].smart;
            (self.take)(&OwnedRegistration {
                owner,
                phone: Phone { network: sim.network, smart, number: sim.number },
                at: record.communication.at,
                latitude: place.lat,
                longitude: place.lon,
                azimuth: cell.azimuth,
                cell: format!("{:02}-{}-{}", cell.mnc, cell.area, cell.id),
            })?;
        }
        Ok(())
    }
}

/// Hands over each registration of up to so many owners' phones, in order of time. Returns the owners' SIMs.
///
/// # Errors
/// A user's, naming the key, when the scenario does not fit the country; what `take` finds.
pub fn registrations<'a>(
    scenario: &Scenario,
    seed: u64,
    owners: usize,
    take: &'a mut Take<'a>,
) -> Result<usize, Problem> {
    let (seed, calendar) = (Seed(seed), Calendar::new(scenario.first_day()?, scenario.window.days.value)?);
    let country = Arc::new(Country::load()?);
    let networks = Networks::load(&scenario.networks, &calendar, seed)?;
    let world = Builder::new(&scenario.ground(), country, calendar, seed)?.finish()?;
    let owners = owners_of(&world, owners);
    run(
        &world,
        &networks,
        &[],
        0,
        &mut RegistrationSink { networks: &networks, world: &world, owners: &owners, take },
        &|_| (),
    )?;
    Ok(owners.len())
}

/// SIMs of those who have two, with their owners: couples of whom both have two are two in five owners.
fn owners_of(world: &World, wanted: usize) -> BTreeMap<SimId, Owner> {
    let society = &world.society;
    let has_two = |person: PersonId| society.second(person).is_some();
    let mut chosen: Vec<PersonId> = Vec::new();
    let couples: Vec<(PersonId, PersonId)> = society.couples().filter(|(a, b)| has_two(*a) && has_two(*b)).collect();
    let step = (couples.len() / (wanted / 5).max(1)).max(1);
    for (a, b) in couples.into_iter().step_by(step).take(wanted / 5) {
        chosen.extend([a, b]);
    }
    let paired = chosen.clone();
    let people = world.people.len() as u32;
    // A stride that comes round to everyone, so that neighbours and towns mix.
    let mut person = 0;
    for _ in 0..people {
        if chosen.len() >= wanted {
            break;
        }
        person = (person + 7) % people;
        let partner = society.lives[person as usize].partner;
        if has_two(person) && !chosen.contains(&person) && partner.is_none_or(|p| !chosen.contains(&p)) {
            chosen.push(person);
        }
    }
    let mut owners = BTreeMap::new();
    for person in chosen {
        let (life, me) = (&society.lives[person as usize], &world.people[person as usize]);
        let partner = life.partner.filter(|_| paired.contains(&person));
        let owner = Owner {
            person,
            partner,
            inseparable: partner.is_some() && life.inseparable,
            commuter: matches!(me.routine, Routine::Away { work, .. } if work.metres(me.home) > COMMUTES_M),
            home: Bng { easting: f64::from(me.home.easting), northing: f64::from(me.home.northing) },
        };
        owners.insert(me.sim, owner);
        owners.extend(society.second(person).map(|sim| (sim, owner)));
    }
    owners
}
