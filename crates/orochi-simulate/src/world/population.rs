//! Ordinary people: so many for each town, household by household along the map, with their phones.

use super::build::Builder;
use crate::calendar::Calendar;
use crate::chance::Seed;
use crate::country::{Area, Country};
use crate::ground::{PersonId, Routine};
use crate::people::households::{draw, life};
use crate::people::work::Work;
use crate::people::{Pools, phones};
use crate::scenario::sections::GroundSections;
use orochi_model::problem::Problem;
use rand::RngExt;
use std::sync::Arc;

/// Names that send texts, and how many short codes do.
const NAMES: [&str; 32] = [
    "NHSappt",
    "SurgeryTxt",
    "MyBank",
    "BankAlert",
    "CardSafe",
    "ParcelGo",
    "DropOff",
    "CourierX",
    "Council",
    "SchoolMsg",
    "DentalCare",
    "VetRemind",
    "GymClub",
    "TyrePlace",
    "Opticians",
    "PizzaDeal",
    "HairStudio",
    "EnergyCo",
    "WaterCo",
    "BroadbandUK",
    "TaxOffice",
    "Pharmacy",
    "ClickShop",
    "FashionNow",
    "TicketHub",
    "RailAlert",
    "BusTimes",
    "CinemaClub",
    "LoyaltyPts",
    "InsureMe",
    "CarMOT",
    "Verify",
];
const CODES: u32 = 40;
/// Voicemail of O2, Vodafone, Three, EE as dialled.
const VOICEMAIL: [&str; 4] = ["901", "121", "123", "222"];

impl Builder {
    /// A world with its ordinary people.
    ///
    /// # Errors
    /// When the scenario names a town that the country does not have.
    pub fn new(
        sections: &GroundSections<'_>,
        country: Arc<Country>,
        calendar: Calendar,
        seed: Seed,
    ) -> Result<Self, Problem> {
        let mut builder = Self::empty(sections, country, calendar, seed);
        populate(&mut builder, sections)?;
        Ok(builder)
    }
}

/// Makes the ordinary people of a scenario.
fn populate(builder: &mut Builder, sections: &GroundSections<'_>) -> Result<(), Problem> {
    builder.society.pools = pools(builder, sections.people.count.value);
    let quotas = quotas(builder.country(), sections)?;
    let country = builder.country.clone();
    let work = Work::new(&country, &quotas, builder.seed());
    let section = sections.people;
    let mut households = 0;
    for (town, quota) in quotas.iter().enumerate() {
        let (town, small) = (town as u16, country.homes.around(town as u16));
        let mut made = 0;
        while made < *quota {
            let mut chance = builder.seed().stream("household", &[households]);
            // Small areas in the order of the census's codes: neighbours in the list are neighbours on the map.
            let place = (u64::from(made) * small.len() as u64 / u64::from(*quota)) as usize;
            let home = small
                .get(place)
                .map_or(country.towns[usize::from(town)].centre, |small| country.homes.spot(*small, &mut chance));
            let mut members = draw(section, &mut chance);
            members.truncate((*quota - made) as usize);
            let inseparable = chance.random::<f64>() < section.inseparable.value;
            let common = builder.network(&mut chance);
            let first = builder.people.len() as PersonId;
            let count = members.len() as u32;
            for member in &members {
                let routine = work.routine(&country, home, town, member.age, &mut chance);
                let network = if chance.random::<f64>() < sections.phones.network_of_household {
                    common
                } else {
                    builder.network(&mut chance)
                };
                let sim = builder.sim(network, chance.random::<f64>() < section.prepaid.value);
                // Those without a smart phone are older: three times the share over 65, half of it under.
                let basic = section.basic_handset.value * if member.age > 65 { 3.0 } else { 0.5 };
                let handset = builder.handset(chance.random::<f64>() >= basic);
                let mut life = life(member.age, households as u32, &mut chance);
                life.partner = member.partner.filter(|partner| *partner < count).map(|partner| first + partner);
                life.inseparable = life.partner.is_some() && inseparable;
                builder.add(home, town, routine, sim, handset, life);
                builder.residents[usize::from(town)].push(builder.people.len() as PersonId - 1);
            }
            if inseparable {
                go_together(builder, first, count);
            }
            let people: Vec<PersonId> = (first..first + count).collect();
            let lives = builder.society.lives[first as usize..].to_vec();
            let (seconds, changes) = phones::draw(builder, sections, &people, &lives);
            builder.society.seconds.extend(seconds);
            builder.society.changes.extend(changes);
            made += count;
            households += 1;
        }
    }
    Ok(())
}

/// Couples who are never apart have one routine.
fn go_together(builder: &mut Builder, first: PersonId, count: u32) {
    for person in first..first + count {
        if let Some(partner) = builder.society.lives[person as usize].partner.filter(|partner| *partner > person) {
            let routine: Routine = builder.people[person as usize].routine;
            builder.people[partner as usize].routine = routine;
        }
    }
}

/// Ordinary people of each town: London's share, the rest by residents.
fn quotas(country: &Country, sections: &GroundSections<'_>) -> Result<Vec<u32>, Problem> {
    let mut wanted = vec![sections.country.towns.value.is_empty(); country.towns.len()];
    for name in &sections.country.towns.value {
        let town = country.town(name).ok_or_else(|| {
            let names: Vec<&str> = country.towns.iter().map(|town| town.name).collect();
            Problem::user(format!(
                "the scenario's key `country.towns` names `{name}`, which is not a town of the country"
            ))
            .hint(format!("the towns are {}", names.join(", ")))
        })?;
        wanted[usize::from(town)] = true;
    }
    let count = sections.people.count.value;
    let london = (f64::from(count) * sections.people.london.value) as u32;
    let counts = |town: usize| wanted[town] && country.towns[town].area != Area::London;
    let all: u64 =
        (0..wanted.len()).filter(|town| counts(*town)).map(|town| u64::from(country.towns[town].population)).sum();
    let mut quotas = vec![0; wanted.len()];
    let mut left = count - london;
    for (town, quota) in quotas.iter_mut().enumerate() {
        if country.towns[town].area == Area::London {
            *quota = london;
        } else if counts(town) {
            *quota = (u64::from(count - london) * u64::from(country.towns[town].population) / all) as u32;
            left -= *quota;
        }
    }
    // What rounding left goes to the first towns, or to London when no other is peopled.
    let takers: Vec<usize> = (0..wanted.len()).filter(|town| counts(*town)).collect();
    for place in 0..left as usize {
        quotas[takers.get(place % takers.len().max(1)).copied().unwrap_or(0)] += 1;
    }
    Ok(quotas)
}

/// Landlines, names, short codes. 01632 is an area code that no place has; its 960xxx are Ofcom's drama numbers, as are
/// 020 7946 0xxx and 0113 496 0xxx.
fn pools(builder: &mut Builder, people: u32) -> Pools {
    let mut range = |texts: &mut dyn Iterator<Item = String>| {
        let from = builder.outside.len() as u32;
        texts.for_each(|text| {
            builder.outside(text);
        });
        (from, builder.outside.len() as u32)
    };
    Pools {
        homes: range(&mut (0..(people / 3).clamp(50, 700_000)).map(|place| format!("+441632{:06}", 200_000 + place))),
        firms: range(&mut (0..(people / 40).clamp(40, 2_900)).map(|place| match place {
            0..1_000 => format!("+441632960{place:03}"),
            1_000..2_000 => format!("+442079460{:03}", place - 1_000),
            _ => format!("+441134960{:03}", place - 2_000),
        })),
        names: range(&mut NAMES.iter().map(|name| (*name).to_owned())),
        codes: range(&mut (0..CODES).map(|place| (60_010 + place * 723).to_string())),
        voicemail: VOICEMAIL.map(|code| builder.outside(code)),
    }
}
