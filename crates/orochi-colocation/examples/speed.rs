//! How fast pairs are scored: over the whole of a file on all threads, and day by day on one.
//!
//! ```text
//! cargo run --release -p orochi-colocation --example speed -- FILE.csv PAIRS
//! ```

#![allow(missing_docs, clippy::print_stdout)]

use std::error::Error;
use std::time::Instant;

use orochi_colocation::{Model, Scene, Settings, SharedGround, read};

const DAY_S: i64 = 86_400;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [file, wanted] = arguments.as_slice() else { return Err("wanted: FILE.csv PAIRS".into()) };
    let wanted: usize = wanted.parse()?;
    let tracks = read(std::fs::File::open(file)?)?;
    let (model, settings) = (Model::shipped()?, Settings::default());
    let all: Vec<_> = tracks.iter().collect();
    let begin = Instant::now();
    let scene = Scene::new(&all, &SharedGround::new(&all), &model, &settings);
    println!("prepared {} devices in {:.3} s", all.len(), begin.elapsed().as_secs_f64());
    let spans: Vec<_> = (0..all.len()).filter_map(|device| scene.span(device)).collect();
    let from = spans.iter().map(|span| span.0).min().unwrap_or(0) / DAY_S * DAY_S;
    let to = spans.iter().map(|span| span.1).max().unwrap_or(0) + 1;
    let every = (0..all.len()).flat_map(|a| (a + 1..all.len()).map(move |b| (a, b)));
    let pairs: Vec<(usize, usize)> = every.take(wanted).collect();
    let begin = Instant::now();
    let scores = scene.score_all(&pairs, (from, to));
    let whole = begin.elapsed().as_secs_f64();
    let found = scores.iter().filter(|score| score.log10_lr.is_some()).count();
    println!(
        "{} pairs over {} days: {whole:.3} s, {:.1} µs a pair; {found} ratios",
        pairs.len(),
        (to - from) / DAY_S,
        whole / pairs.len() as f64 * 1e6
    );
    let count = (to - from + DAY_S - 1) / DAY_S;
    let days: Vec<(i64, i64)> = (0..count).map(|d| (from + d * DAY_S, from + (d + 1) * DAY_S)).collect();
    let begin = Instant::now();
    let slices: usize = pairs.iter().map(|(a, b)| scene.score_slices(*a, *b, &days).len()).sum();
    let daily = begin.elapsed().as_secs_f64();
    println!(
        "one thread, day by day: {slices} slices in {daily:.3} s, {:.1} µs a pair",
        daily / pairs.len() as f64 * 1e6
    );
    Ok(())
}
