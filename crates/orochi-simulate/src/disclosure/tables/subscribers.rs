//! Subscribers: who a number is registered to. Pre-paid numbers mostly to nobody. Names are from a
//! short list of invented ones.

use std::path::Path;

use jiff::{ToSpan, civil::Time};
use orochi_model::problem::Problem;
use rand::RngExt;

use super::super::clock::day_first;
use super::super::layout::{Tally, WrittenFile};
use super::super::number::{Number, Writing};
use super::super::paper::{Encoding, Paper, TextStyle};
use super::super::places::Places;
use super::super::plan::{Plan, operator};
use super::iccid;
use crate::scenario::faults::Faults;
use crate::world::World;

const NAMES: [&str; 16] = [
    "Avery Example",
    "Billie Sample",
    "Casey Placeholder",
    "Drew Fictional",
    "Ellis Madeup",
    "Frankie Specimen",
    "Georgie Invented",
    "Harper Imaginary",
    "Indy Pretend",
    "Jamie Dummy",
    "Kit Notional",
    "Lou Mockup",
    "Max Standin",
    "Noor Prototype",
    "Ollie Template",
    "Pat Nobody",
];

/// Writes a row for every target, and for every number that was returned by mistake: whoever typed it wrong
/// asked for its subscriber too.
///
/// # Errors
/// When the disk does not take it.
pub fn write(
    world: &World,
    faults: &Faults,
    plan: &Plan,
    places: &Places<'_>,
    path: &Path,
) -> Result<WrittenFile, Problem> {
    let mut paper =
        Paper::new(path, TextStyle { encoding: Encoding::Utf8, delimiter: b',', quoted: true, crlf: true })?;
    paper.line([
        "MSISDN",
        "Account Type",
        "Subscriber Name",
        "Date of Birth",
        "Billing Address",
        "Postcode",
        "Connection Date",
        "IMSI",
        "ICCID (SIM)",
        "CSP / Operator",
    ])?;
    let mut tally = Tally::default();
    let (first, _) = world.calendar.span();
    let asked = plan.asked.iter().map(|asked| (asked.sim, Some(asked.days)));
    for (id, days) in asked.chain(plan.wrong().map(|sent| (sent.sim, None))) {
        let sim = &world.sims[id as usize];
        let mut chance = world.seed.stream("subscriber", &[u64::from(id)]);
        let age = chance.random_range(10..900_i64);
        let registered = !sim.prepaid || chance.random::<f64>() < 0.15;
        let name = NAMES[chance.random_range(0..NAMES.len())];
        let (year, month, day) =
            (chance.random_range(1950..2006), chance.random_range(1..=12), chance.random_range(1..=28));
        let hold = world.holds[world.holds_of[id as usize] as usize..].first().filter(|hold| hold.sim == id);
        let home = hold.map(|hold| world.people[hold.carrier as usize].home);
        // A SIM that came into use during the window was bought that day.
        let since = hold.map_or(first, |hold| hold.from);
        let bought = world.calendar.day_of(since).map_or(0, |(day, _)| day);
        let connected = if since > first {
            super::super::plan::date(world, bought)?
        } else {
            world.calendar.first().saturating_sub(age.days())
        };
        let [shown, born, address, postcode] = match home {
            Some(home) if registered => [
                name.to_owned(),
                format!("{day:02}/{month:02}/{year}"),
                format!("{} Made Up Street", 1 + id % 150),
                places.postcode(home).map(|code| code.text.clone()).unwrap_or_default(),
            ],
            _ => ["Unregistered".into(), String::new(), String::new(), String::new()],
        };
        paper.line([
            Writing::Plain.text(Number::Sim(sim.number)),
            if sim.prepaid { "Pre-paid" } else { "Contract" }.into(),
            shown,
            born,
            address,
            postcode,
            day_first(connected.to_datetime(Time::midnight())),
            sim.imsi.to_string(),
            iccid(world, id),
            operator(world, faults, id).0.into(),
        ])?;
        tally.rows += 1;
        let covered = days.is_some_and(|days| since <= first || bought < days);
        tally.excess += u64::from(!covered);
    }
    paper.finish()?;
    Ok(WrittenFile { path: path.to_owned(), tally })
}
