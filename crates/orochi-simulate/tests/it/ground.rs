//! The ground as a whole: the same bytes on any number of threads, both sides of one mind, nothing from
//! a SIM that nobody holds.

use orochi_model::problem::Problem;
use orochi_simulate::area::AreaSink;
use orochi_simulate::calendar::Calendar;
use orochi_simulate::chance::Seed;
use orochi_simulate::communication::{Communication, ContactKind, Outcome, Party};
use orochi_simulate::country::Country;
use orochi_simulate::network::Networks;
use orochi_simulate::record::{Record, Side};
use orochi_simulate::run::{Sink, run};
use orochi_simulate::scenario;
use orochi_simulate::world::World;
use orochi_simulate::world::build::Builder;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

fn ground(people: u32, days: u32, seed: u64) -> (World, Networks) {
    ground_from("2025-02-03", people, days, seed)
}

fn ground_from(first: &str, people: u32, days: u32, seed: u64) -> (World, Networks) {
    let text = format!(
        r#"
        name = "test"
        [window]
        first_day = {{ value = "{first}", unit = "date", source = "assumed" }}
        days = {{ value = {days}, unit = "days", source = "assumed" }}
        [people]
        count = {{ value = {people}, unit = "people", source = "assumed" }}
        "#
    );
    let scenario = scenario::read(&text, "test.toml").unwrap();
    let calendar = Calendar::new(first.parse().unwrap(), days).unwrap();
    let country = Arc::new(Country::load().unwrap());
    let networks = Networks::load(&scenario.networks, &calendar, Seed(seed)).unwrap();
    let world = Builder::new(&scenario.ground(), country, calendar, Seed(seed)).unwrap().finish().unwrap();
    (world, networks)
}

struct Keep(Vec<Record>);

impl Sink for Keep {
    fn take(&mut self, _day: u32, records: &[Record]) -> Result<(), Problem> {
        self.0.extend_from_slice(records);
        Ok(())
    }
}

fn records(world: &World, networks: &Networks, threads: usize) -> Vec<Record> {
    let mut keep = Keep(Vec::new());
    run(world, networks, &[], threads, &mut keep, &|_| ()).unwrap();
    keep.0
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(5) })]

    /// Windows over both clock changes among them.
    #[test]
    fn the_same_bytes_on_any_number_of_threads(
        seed in any::<u64>(),
        people in 600_u32..1_400,
        threads in 2_usize..6,
        first in prop::sample::select(vec!["2025-02-03", "2025-03-29", "2025-10-25"]),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let bytes = |threads: usize| {
            let (world, networks) = ground_from(first, people, 2, seed);
            let path = folder.path().join(format!("area-{threads}.csv"));
            let mut sink = AreaSink::create(&path, &world, &networks, threads).unwrap();
            run(&world, &networks, &[], threads, &mut sink, &|_| ()).unwrap();
            sink.finish().unwrap();
            std::fs::read(path).unwrap()
        };
        let one = bytes(1);
        prop_assert!(one == bytes(threads));
        prop_assert!(one.len() > 600_000);
    }

    #[test]
    fn both_sides_tell_the_same_and_nobody_talks_without_a_sim(
        seed in any::<u64>(),
        people in 300_u32..1_200,
        first in prop::sample::select(vec!["2025-02-03", "2025-03-29", "2025-10-25"]),
    ) {
        let (world, networks) = ground_from(first, people, 4, seed);
        both_sides(&world, &networks);
    }
}

#[test]
fn another_seed_is_another_world() {
    let ((one, networks), (two, _)) = (ground(300, 1, 1), ground(300, 1, 2));
    assert_ne!(records(&one, &networks, 1), records(&two, &networks, 1));
}

fn both_sides(world: &World, networks: &Networks) {
    let all = records(world, networks, 2);
    let mut sides: BTreeMap<Communication, Vec<Side>> = BTreeMap::new();
    for record in &all {
        let what = &record.communication;
        let own = match record.side {
            Side::A => what.from,
            Side::B => what.to,
        };
        assert_eq!(own, Party::Sim(record.sim));
        let hold = world.hold(record.sim, what.at).expect("a record of a SIM that nobody holds");
        assert_eq!(hold.handset, record.handset);
        assert!(what.kind != ContactKind::Data || world.handsets[record.handset as usize].smart);
        let cell = &networks.cells[record.start_cell.unwrap() as usize];
        let day = world.calendar.day_of(what.at).unwrap().0;
        assert!(cell.valid_from <= day && day < cell.valid_to);
        assert_eq!(cell.network, world.sims[record.sim as usize].network);
        sides.entry(*what).or_default().push(record.side);
    }
    let mut both = 0;
    for (what, mut sides) in sides {
        sides.sort_unstable();
        let held = |party: Party| matches!(party, Party::Sim(sim) if world.hold(sim, what.at).is_some());
        let forwarded = what.outcome == Outcome::Voicemail && what.ring == 0;
        let wants_b = what.kind != ContactKind::Data && held(what.to) && !forwarded;
        // The same communication twice would show as a side too many.
        assert_eq!(sides.contains(&Side::A), held(what.from), "{what:?}");
        assert_eq!(sides.contains(&Side::B), wants_b, "{what:?}");
        both += usize::from(sides.len() == 2);
    }
    assert!(both * 20 > all.len(), "{both}");
}

#[test]
fn there_is_traffic_enough_and_it_keeps_human_hours() {
    let (world, networks) = ground(3_000, 7, 5);
    let all = records(&world, &networks, 2);
    let per_person = all.len() as f64 / world.people.len() as f64 / 7.0 * 28.0;
    assert!((500.0..900.0).contains(&per_person), "{per_person}");
    let calls: Vec<&Record> = all.iter().filter(|record| record.communication.kind == ContactKind::Call).collect();
    let texts = all.iter().filter(|record| record.communication.kind == ContactKind::Text).count();
    let night = calls
        .iter()
        .filter(|record| world.calendar.day_of(record.communication.at).is_some_and(|(_, second)| second < 6 * 3_600))
        .count();
    assert!(night * 20 < calls.len(), "{night} of {}", calls.len());
    assert!(texts * 4 > calls.len() && texts < calls.len() * 3, "{texts} texts, {} calls", calls.len());
    let mut lengths: Vec<u32> = calls
        .iter()
        .filter(|record| record.communication.outcome == Outcome::Answered)
        .map(|record| record.communication.seconds)
        .collect();
    lengths.sort_unstable();
    assert!((40..90).contains(&lengths[lengths.len() / 2]));
    assert!(lengths[lengths.len() * 99 / 100] > 900);
    let answered = lengths.len() as f64 / calls.len() as f64;
    assert!((0.55..0.85).contains(&answered), "{answered}");
}
