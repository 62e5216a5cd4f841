//! A small world with made-up records through every layout.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use rand::RngExt;

use super::*;
use crate::calendar::Calendar;
use crate::chance::Seed;
use crate::communication::{Communication, ContactKind, Outcome, Party};
use crate::country::Country;
use crate::ground::Routine;
use crate::record::{Record, Side};
use crate::scenario::{self, Scenario};
use crate::world::build::Builder;

const SCENARIO: &str = r#"
name = "disclosures"
[window]
first_day = { value = "2025-02-03", unit = "date", source = "assumed" }
days = { value = 14, unit = "days", source = "assumed" }
[people]
count = { value = 100, unit = "people", source = "as few as there may be" }
"#;

struct Small {
    world: World,
    networks: Networks,
    targets: Vec<String>,
}

/// Forty people in Thetford, thirty of whom are targets, and some pre-paid SIMs.
fn small(scenario: &Scenario) -> Small {
    let country = Arc::new(Country::load().unwrap());
    let calendar = Calendar::new(jiff::civil::date(2025, 2, 3), 14).unwrap();
    let seed = Seed(7);
    let networks = Networks::load(&scenario.networks, &calendar, seed).unwrap();
    let mut builder = Builder::new(&scenario.ground(), country, calendar, seed).unwrap();
    let town = builder.town("Thetford").unwrap();
    let mut chance = seed.stream("test", &[]);
    for place in 0..40_u32 {
        let home = builder.home_in(town, &mut chance);
        let person = builder.person(home, town, Routine::Home);
        if place % 2 == 0 {
            let sim = builder.sim((place / 2 % 4) as u8, true);
            let handset = builder.handset(place % 4 == 0);
            let (from, to) = builder.calendar().span();
            builder.hold(sim, handset, person, from + i64::from(place) * 3_600, to);
        }
    }
    builder.outside("+441632960123");
    builder.outside("60777");
    builder.outside("SurgeryTxt");
    let world = builder.finish().unwrap();
    let targets = world.sims.iter().take(55).map(|sim| format!("+{}", sim.number)).collect();
    Small { world, networks, targets }
}

/// A day of talk, in no order.
fn day(small: &Small, day: u32) -> Vec<Record> {
    let Small { world, networks, .. } = small;
    let mut chance = world.seed.stream("test day", &[u64::from(day)]);
    let mut records = Vec::new();
    for from in 0..world.sims.len() as SimId {
        for _ in 0..6 {
            let at = world.calendar.at(day, chance.random_range(0..86_400));
            let kind = [ContactKind::Call, ContactKind::Text, ContactKind::Data][chance.random_range(0..3)];
            let to = match (kind, chance.random_range(0..8)) {
                (ContactKind::Data, _) => Party::Sim(from),
                (_, outside @ 0..3) => Party::Outside(outside),
                _ => Party::Sim(chance.random_range(0..world.sims.len() as SimId)),
            };
            let outcome = match kind {
                ContactKind::Call => [Outcome::Answered, Outcome::Answered, Outcome::Missed, Outcome::Voicemail]
                    [chance.random_range(0..4)],
                _ => Outcome::Answered,
            };
            let seconds =
                if kind == ContactKind::Text || outcome == Outcome::Missed { 0 } else { chance.random_range(1..600) };
            let communication = Communication {
                at,
                from: Party::Sim(from),
                to,
                kind,
                outcome,
                seconds,
                ring: if kind == ContactKind::Call { chance.random_range(2..20) } else { 0 },
                volume: if kind == ContactKind::Data {
                    (chance.random_range(1..900), chance.random_range(1..90_000))
                } else {
                    (0, 0)
                },
            };
            for (side, party) in [(Side::A, Party::Sim(from)), (Side::B, to)] {
                let Party::Sim(sim) = party else { continue };
                let Some(hold) = world.hold(sim, at) else { continue };
                if side == Side::B && (kind == ContactKind::Data || sim == from) {
                    continue;
                }
                let person = &world.people[hold.carrier as usize];
                let cell = networks.serving(world.sims[sim as usize].network, person.home, at, true, &mut chance);
                records.push(Record {
                    communication,
                    side,
                    sim,
                    handset: hold.handset,
                    start_cell: cell,
                    end_cell: cell,
                });
            }
        }
    }
    records
}

fn written(small: &Small, faults: &Faults, out: &Path) -> (Vec<Disclosed>, Value) {
    let mut disclosures = Disclosures::new(&small.world, faults, &small.targets, out).unwrap();
    for number in 0..small.world.calendar.days() {
        disclosures.sink().take(number, &day(small, number)).unwrap();
    }
    disclosures.write(&small.networks, out).unwrap()
}

fn bytes(out: &Path, files: &[Disclosed]) -> BTreeMap<String, Vec<u8>> {
    let mut names: Vec<String> = files.iter().map(|file| file.file.clone()).collect();
    names.push("authorities.csv".into());
    names.into_iter().map(|name| (name.clone(), std::fs::read(out.join(&name)).unwrap())).collect()
}

#[test]
fn the_same_bytes_every_time_and_every_layout_among_them() {
    let scenario = scenario::read(SCENARIO, "test").unwrap();
    let small = small(&scenario);
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let faults = Faults::default();
    let (files, truth) = written(&small, &faults, one.path());
    let (again, same) = written(&small, &faults, two.path());
    assert_eq!((&files, &truth), (&again, &same));
    let all = bytes(one.path(), &files);
    assert!(all == bytes(two.path(), &again));
    for layout in ["adm", "kestrel", "meridian", "uk-call-data", "lark", "poppy"] {
        assert!(truth.as_array().unwrap().iter().any(|file| file["layout"] == layout), "{layout}");
    }
    for file in ["topups.csv", "subscribers.csv", "handsets.txt", "cells/ee-cells.csv", "cells/postcodes.csv"] {
        assert!(all.contains_key(file), "{file} is not among {:?}", all.keys());
    }
    assert!(!one.path().join(".kept").exists());
    // Everything that could be there is in the folder's list, and nothing else is on the disk.
    let count = walk(one.path());
    assert_eq!(count, all.len());
}

fn walk(folder: &Path) -> usize {
    std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| if path.is_dir() { walk(&path) } else { 1 })
        .sum()
}

#[test]
fn faults_are_planted_as_often_as_asked() {
    let scenario = scenario::read(SCENARIO, "test").unwrap();
    let small = small(&scenario);
    let folder = tempfile::tempdir().unwrap();
    let sums = |faults: &Faults| {
        let (_, truth) = written(&small, faults, folder.path());
        // The networks' cell lists are long, and the same whatever is asked for.
        let returned = |file: &&serde_json::Value| !file["file"].as_str().unwrap().starts_with("cells");
        let files: Vec<_> = truth.as_array().unwrap().iter().filter(returned).collect();
        let sum = |key: &str| files.iter().map(|file| file[key].as_u64().unwrap()).sum::<u64>();
        (sum("rows"), sum("rejects"), sum("excess"))
    };
    let (clean, none, nothing) = sums(&Faults::none());
    assert_eq!((none, nothing), (0, 0));
    let mut faults = Faults::none();
    faults.mangled_numbers.value = 1.0;
    faults.unreadable_dates.value = 1.0;
    let (rows, rejects, excess) = sums(&faults);
    assert_eq!((rows, rejects, excess), (clean, 2 * small.targets.len() as u64, 0));
    let mut faults = Faults::none();
    faults.repeated_rows.value = 1.0;
    assert!(sums(&faults).0 > clean * 3 / 2);
    let mut faults = Faults::none();
    faults.excess_period.value = 1.0;
    let (rows, _, excess) = sums(&faults);
    assert!(rows == clean && excess > clean / 20 && excess < clean / 10, "{excess} of {rows}");
}
