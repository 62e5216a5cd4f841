//! Validates on a file of registrations and prints the figures, by condition where devices are named as by `simulated`.
//!
//! ```text
//! cargo run --release -p orochi-colocation --example validate -- \
//!     FILE.csv SLICE_DAYS [MODEL.json|shipped] [RATIOS.json]
//! ```

#![allow(missing_docs, clippy::print_stdout)]

use std::collections::BTreeMap;
use std::error::Error;
use std::time::Instant;

use orochi_colocation::{Model, Settings, read, validate};
use orochi_likelihood::{Validated, cllr, cllr_min, misleading};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [file, days, rest @ ..] = arguments.as_slice() else {
        return Err("wanted: FILE.csv SLICE_DAYS [MODEL.json|shipped] [RATIOS.json]".into());
    };
    let model = match rest.first() {
        Some(path) if path != "shipped" => Model::read(&std::fs::read(path)?)?,
        _ => Model::shipped()?,
    };
    let tracks = read(std::fs::File::open(file)?)?;
    let settings = Settings { slice_s: (days.parse::<f64>()? * 86_400.0) as i64, ..Settings::default() };
    let begin = Instant::now();
    let found = validate(&tracks, &settings, &model);
    println!("{:.1} s", begin.elapsed().as_secs_f64());
    println!("{}", serde_json::to_string_pretty(&found.validation)?);
    if let Some(path) = rest.get(1) {
        std::fs::write(path, serde_json::to_string(&found)?)?;
    }
    let owner: BTreeMap<&str, &str> = tracks.iter().map(|t| (t.device.as_str(), t.owner.as_str())).collect();
    let owner = |device: &str| *owner.get(device).unwrap_or(&"");
    let network = |device: &str| device.split('-').next().unwrap_or("").to_owned();
    let number = |owner: &str| owner.split(' ').next().unwrap_or("").to_owned();
    let mut groups: BTreeMap<String, Validated> = BTreeMap::new();
    for slice in &found.slices {
        let Some(ratio) = slice.log10_lr else { continue };
        let (a, b) = (owner(&slice.a), owner(&slice.b));
        let mut names =
            vec![if network(&slice.a) == network(&slice.b) { "same network" } else { "different networks" }];
        if slice.same {
            if a.contains("commuter") {
                names.push("commuters");
            }
            names.extend(["couples", "inseparable couples"]);
        } else {
            let together = a.contains(&format!(" partner {}", number(b))) && a.split(' ').nth(2) == b.split(' ').next();
            if together {
                names.push(if a.contains("inseparable") { "inseparable couples" } else { "couples" });
            } else if a.contains("commuter") || b.contains("commuter") {
                names.push("commuters");
            }
        }
        if slice.a.contains("basic") || slice.b.contains("basic") {
            names.push("basic handset");
        }
        names.iter().for_each(|name| groups.entry((*name).to_owned()).or_default().push(ratio, slice.same));
    }
    println!(
        "{:20} {:>6} {:>7} {:>6} {:>6} {:>6} {:>6} {:>6} {:>6} | {:>6} {:>6}",
        "condition", "same", "differ", "cllr", "min", "d>1", "d>10", "d>100", "d>1000", "s<1", "s<.1"
    );
    for (name, cases) in &groups {
        let rate = misleading(cases);
        let show = |value: Option<f64>| value.map_or("-".to_owned(), |v| format!("{v:.4}"));
        println!(
            "{name:20} {:>6} {:>7} {:>6} {:>6} {:>6} {:>6} {:>6} {:>6} | {:>6} {:>6}",
            cases.same.len(),
            cases.different.len(),
            show(cllr(cases)),
            show(cllr_min(cases)),
            show(rate.different_above_1),
            show(rate.different_above_10),
            show(rate.different_above_100),
            show(rate.different_above_1000),
            show(rate.same_below_1),
            show(rate.same_below_10th),
        );
    }
    Ok(())
}
