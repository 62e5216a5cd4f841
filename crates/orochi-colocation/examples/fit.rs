//! Fits a model from scratch on files of registrations whose owners are known, and writes it as JSON.
//!
//! ```text
//! cargo run --release -p orochi-colocation --example fit -- OUT.json FILE.csv...
//! ```
//!
//! The shipped model, `data/model.json`, was made by
//!
//! ```text
//! for seed in 11 12 13; do
//!     cargo run --release -p orochi-evaluate --example simulated -- $seed 28 120 simulated-$seed.csv
//! done
//! cargo run --release -p orochi-colocation --example fit -- model.json \
//!     simulated-11.csv simulated-12.csv simulated-13.csv
//! ```

#![allow(missing_docs, clippy::print_stdout)]

use std::error::Error;

use orochi_colocation::{Fit, Model, Settings, SharedGround, Strangers, fit, read};

const DAY_S: i64 = 86_400;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [out, files @ ..] = arguments.as_slice() else { return Err("wanted: OUT.json FILE.csv...".into()) };
    let mut tracks = Vec::new();
    for (number, file) in files.iter().enumerate() {
        for mut track in read(std::fs::File::open(file)?)? {
            // The same name in another file is another person.
            track.owner = format!("{number} {}", track.owner);
            tracks.push(track);
        }
    }
    let all: Vec<_> = tracks.iter().collect();
    let made = format!("cargo run --release -p orochi-colocation --example fit -- {}", arguments.join(" "));
    let what = Fit {
        slices_s: &[DAY_S, 7 * DAY_S, 14 * DAY_S, 28 * DAY_S],
        prior: &Model::assumed(),
        hold: 0.01,
        strangers: Strangers::Alike,
        made: &made,
    };
    let model = fit(&all, &SharedGround::new(&all), &Settings::default(), &what)?;
    std::fs::write(out, serde_json::to_string_pretty(&model)? + "\n")?;
    println!("{}", serde_json::to_string_pretty(&model)?);
    Ok(())
}
