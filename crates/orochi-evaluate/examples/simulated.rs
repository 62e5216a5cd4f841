//! Writes the registrations of a scenario's people with two phones each as `orochi colocation --registrations`
//! reads them.
//!
//! ```text
//! cargo run --release -p orochi-evaluate --example simulated -- SEED DAYS OWNERS OUT.csv
//! ```
//!
//! A device is named NETWORK-KIND-NUMBER (`EE-smart-447524000001`). An owner is named by a number, and what matters of
//! them: `partner` (lives with another owner), `inseparable` (and goes with them on all days), `commuter`
//! (works over 10 km away).

#![allow(missing_docs, clippy::print_stdout)]

use std::{error::Error, io::Write};

use orochi_evaluate::colocation::people::registrations;
use orochi_model::problem::Problem;
use orochi_simulate::scenario;

const SCENARIO: &str = include_str!("../../../scenarios/registrations.toml");

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [seed, days, owners, out] = arguments.as_slice() else { return Err("wanted: SEED DAYS OWNERS OUT.csv".into()) };
    let scenario = scenario::read(SCENARIO, "registrations.toml")?.with(None, Some(days.parse()?))?;
    let mut file = std::io::BufWriter::new(std::fs::File::create(out)?);
    writeln!(file, "owner,device,timestamp,latitude,longitude,cell,azimuth")?;
    let mut rows = 0_u64;
    let phones = registrations(&scenario, seed.parse()?, owners.parse()?, &mut |seen| {
        let at = jiff::Timestamp::from_second(seen.at).map_err(|error| Problem::bug("no such time").because(error))?;
        let (owner, phone, cell, azimuth) = (seen.owner, seen.phone, &seen.cell, seen.azimuth);
        rows += 1;
        writeln!(file, "{owner},{phone},{at},{:.6},{:.6},234-{cell},{azimuth}", seen.latitude, seen.longitude)
            .map_err(|error| Problem::bug("a row cannot be written").because(error))
    })?;
    file.flush()?;
    println!("{rows} rows of {phones} devices");
    Ok(())
}
