//! Writes made-up fixes of receivers, for `validate`.
//!
//! ```text
//! cargo run --release -p orochi-colocation --example fixes -- OWNERS DAYS EVERY_S ROUNDED SEED OUT.csv
//! ```

#![allow(missing_docs, clippy::print_stdout)]

use std::error::Error;
use std::io::Write;

#[path = "../tests/it/fixes.rs"]
mod fixes;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [owners, days, every_s, rounded, seed, out] = arguments.as_slice() else {
        return Err("wanted: OWNERS DAYS EVERY_S ROUNDED SEED OUT.csv".into());
    };
    let town = fixes::Town {
        owners: owners.parse()?,
        days: days.parse()?,
        every_s: every_s.parse()?,
        rounded: rounded.parse()?,
        seed: seed.parse()?,
        ..fixes::Town::default()
    };
    let mut file = std::io::BufWriter::new(std::fs::File::create(out)?);
    writeln!(file, "owner,device,timestamp,latitude,longitude")?;
    for track in fixes::town(town) {
        for r in &track.registrations {
            writeln!(file, "{},{},{},{},{}", track.owner, track.device, r.at, r.latitude, r.longitude)?;
        }
    }
    file.flush()?;
    Ok(())
}
