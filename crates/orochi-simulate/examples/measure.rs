//! Measures the ground: rows, rows a second and memory of an area table.
//!
//! ```text
//! cargo run --release -p orochi-simulate --example measure -- PEOPLE DAYS THREADS OUT.csv
//! ```

#![allow(missing_docs, clippy::print_stdout)]

use orochi_simulate::area::AreaSink;
use orochi_simulate::calendar::Calendar;
use orochi_simulate::chance::Seed;
use orochi_simulate::country::Country;
use orochi_simulate::network::Networks;
use orochi_simulate::run::run;
use orochi_simulate::scenario;
use orochi_simulate::world::build::Builder;
use std::error::Error;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

const SCENARIO: &str = r#"
name = "measure"
[window]
first_day = { value = "2025-02-03", unit = "date", source = "assumed" }
days = { value = 28, unit = "days", source = "assumed" }
"#;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [people, days, threads, out] = arguments.as_slice() else {
        return Err("wanted: PEOPLE DAYS THREADS OUT.csv".into());
    };
    let begin = Instant::now();
    let mut scenario = scenario::read(SCENARIO, "measure.toml")?;
    scenario.people.count.value = people.parse()?;
    let calendar = Calendar::new("2025-02-03".parse()?, days.parse()?)?;
    let country = Arc::new(Country::load()?);
    println!("country  {:6.2} s", begin.elapsed().as_secs_f64());
    let networks = Networks::load(&scenario.networks, &calendar, Seed(7))?;
    println!("networks {:6.2} s, {} cells", begin.elapsed().as_secs_f64(), networks.cells.len());
    let world = Builder::new(&scenario.ground(), country, calendar, Seed(7))?.finish()?;
    println!(
        "world    {:6.2} s, {} people, {} SIMs",
        begin.elapsed().as_secs_f64(),
        world.people.len(),
        world.sims.len()
    );
    let start = Instant::now();
    let threads = threads.parse()?;
    let mut sink = AreaSink::create(Path::new(out), &world, &networks, threads)?;
    run(&world, &networks, &[], threads, &mut sink, &|_| ())?;
    let (rows, bytes, seconds) = (sink.rows, sink.bytes, start.elapsed().as_secs_f64());
    println!("written  {seconds:6.2} s, {rows} rows, {:.0} a second, {} MB", rows as f64 / seconds, bytes / 1_000_000);
    println!(
        "rows per person and 28 days: {:.0}",
        rows as f64 / world.people.len() as f64 / f64::from(world.calendar.days()) * 28.0
    );
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    if let Some(line) = status.lines().find(|line| line.starts_with("VmHWM")) {
        println!("{line}");
    }
    Ok(())
}
