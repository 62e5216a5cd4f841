//! Writes registrations of a simulated world, for `validate`: people with two phones each on whatever networks, couples, commuters,
//! neighbours. Positions are the masts' as in the operators' cell lists, with azimuths; rows come when something happens.
//!
//! ```text
//! cargo run --release -p orochi-colocation --example simulated -- SEED DAYS OWNERS OUT.csv
//! ```
//!
//! A device is named NETWORK-KIND-NUMBER (`EE-smart-447524000001`). An owner is named by a number, and what matters of them:
//! `partner` (lives with another owner), `inseparable` (and goes with them on all days), `commuter` (works over 10 km away).

#![allow(missing_docs, clippy::print_stdout)]

use std::collections::BTreeMap;
use std::error::Error;
use std::io::Write;
use std::sync::Arc;

use orochi_geo::grid::Bng;
use orochi_model::problem::Problem;
use orochi_simulate::calendar::Calendar;
use orochi_simulate::chance::Seed;
use orochi_simulate::country::Country;
use orochi_simulate::network::{NAMES, Networks};
use orochi_simulate::record::Record;
use orochi_simulate::run::{Sink, run};
use orochi_simulate::scenario;
use orochi_simulate::world::build::Builder;
use orochi_simulate::world::{PersonId, Routine, SimId, World};

const SCENARIO: &str = r#"
name = "registrations"
[window]
first_day = { value = "2025-02-03", unit = "date", source = "assumed" }
days = { value = 28, unit = "days", source = "assumed" }
[people]
count = { value = 4000, unit = "people", source = "assumed: enough for neighbours" }
second_phone = { value = 0.9, unit = "share of people over 18", source = "assumed: two phones are what is looked for" }
basic_handset = { value = 0.3, unit = "share of people", source = "assumed: as many as allows to tell them apart" }
calls = { value = 9.0, unit = "calls started per person and day", source = "assumed: a basic handset has about 30 records a day" }
texts = { value = 7.0, unit = "texts started per person and day", source = "assumed: the same" }
sessions = { value = 24.0, unit = "data sessions per smart handset and day", source = "assumed: more than a basic handset" }
[country]
towns = { value = ["Thetford", "Norwich", "Swaffham", "Bury St Edmunds"], unit = "towns besides London", source = "assumed" }
"#;

struct Rows<'a> {
    networks: &'a Networks,
    world: &'a World,
    owners: &'a BTreeMap<SimId, String>,
    file: std::io::BufWriter<std::fs::File>,
    rows: u64,
}

impl Sink for Rows<'_> {
    fn take(&mut self, _day: u32, records: &[Record]) -> Result<(), Problem> {
        for record in records {
            let (Some(owner), Some(cell)) = (self.owners.get(&record.sim), record.start_cell) else { continue };
            let (sim, cell) = (self.world.sims[record.sim as usize], self.networks.cells[cell as usize]);
            let kind = if self.world.handsets[record.handset as usize].smart { "smart" } else { "basic" };
            let site = Bng { easting: f64::from(cell.site.easting), northing: f64::from(cell.site.northing) };
            let place = site.to_wgs84().map_err(|error| Problem::bug("a mast is off the grid").because(error))?;
            let at = jiff::Timestamp::from_second(record.communication.at)
                .map_err(|error| Problem::bug("no such time").because(error))?;
            writeln!(
                self.file,
                "{owner},{}-{kind}-{},{at},{:.6},{:.6},234-{:02}-{}-{},{}",
                NAMES[usize::from(sim.network)],
                sim.number,
                place.lat,
                place.lon,
                cell.mnc,
                cell.area,
                cell.id,
                cell.azimuth,
            )
            .map_err(|error| Problem::bug("a row cannot be written").because(error))?;
            self.rows += 1;
        }
        Ok(())
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [seed, days, owners, out] = arguments.as_slice() else { return Err("wanted: SEED DAYS OWNERS OUT.csv".into()) };
    let seed = Seed(seed.parse()?);
    let scenario = scenario::read(SCENARIO, "registrations.toml")?;
    let calendar = Calendar::new("2025-02-03".parse()?, days.parse()?)?;
    let country = Arc::new(Country::load()?);
    let networks = Networks::load(&scenario, &calendar, seed)?;
    let world = Builder::new(&scenario, country, calendar, seed)?.finish()?;
    let owners = owners_of(&world, owners.parse()?);
    let mut file = std::io::BufWriter::new(std::fs::File::create(out)?);
    writeln!(file, "owner,device,timestamp,latitude,longitude,cell,azimuth")?;
    let mut rows = Rows { networks: &networks, world: &world, owners: &owners, file, rows: 0 };
    run(&world, &networks, &[], 0, &mut rows, &|_| ())?;
    rows.file.flush()?;
    println!("{} rows of {} devices", rows.rows, owners.len());
    Ok(())
}

/// SIMs of those who have two, with their owners' names: couples of whom both have two are two in five owners.
fn owners_of(world: &World, wanted: usize) -> BTreeMap<SimId, String> {
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
        let mut name = format!("{person}");
        if let Some(partner) = life.partner.filter(|_| paired.contains(&person)) {
            name += &format!(" partner {partner}");
            if life.inseparable {
                name += " inseparable";
            }
        }
        if matches!(me.routine, Routine::Away { work, .. } if work.metres(me.home) > 10_000.0) {
            name += " commuter";
        }
        owners.insert(me.sim, name.clone());
        owners.extend(society.second(person).map(|sim| (sim, name)));
    }
    owners
}
