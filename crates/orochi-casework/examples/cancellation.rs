//! Measures how soon an answer ends after it is cancelled, a quarter of a second later each time, up to MOMENTS times.
//!
//! ```text
//! cargo run --release -p orochi-casework --example cancellation -- CASE MOMENTS QUESTION [NUMBER...]
//! ```
//!
//! A step that keeps its table in the case is cancelled at every moment of its making only in a case that was not asked
//! before: start from a copy of the case as `orochi add` left it. What is cancelled keeps nothing.

#![allow(missing_docs, clippy::print_stdout)]

use std::error::Error;
use std::path::Path;
use std::time::{Duration, Instant};

use orochi_case::{Case, EngineHost, EngineOptions};
use orochi_casework::{Inputs, Investigation, Question, SettingsBook, Silence, question::CASE};

/// How one answer ended.
struct Ending {
    seconds: f64,
    /// From the cancellation to the end.
    late: f64,
    whole: bool,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [dir, moments, question, numbers @ ..] = arguments.as_slice() else {
        return Err("wanted: CASE MOMENTS QUESTION [NUMBER...]".into());
    };
    let words: Vec<String> =
        [question.as_str(), CASE].into_iter().map(str::to_owned).chain(numbers.iter().cloned()).collect();
    let question = Question::from_args(&words).ok_or("no such question")?;
    let host = EngineHost::start(&EngineOptions::default())?;
    let case = Case::open(Path::new(dir))?;
    let moments: u32 = moments.parse()?;
    let mut worst: f64 = 0.0;
    for step in 1..=moments {
        let ending = asked(&host, &case, &question, Duration::from_millis(250) * step)?;
        if ending.whole {
            println!("answered whole after {:.2} s", ending.seconds);
            break;
        }
        worst = worst.max(ending.late);
        println!("cancelled at {:5.2} s: ended {:.3} s later", 0.25 * f64::from(step), ending.late);
    }
    println!("the latest end was {worst:.3} s after the cancellation");
    Ok(())
}

fn asked(host: &EngineHost, case: &Case, question: &Question, after: Duration) -> Result<Ending, Box<dyn Error>> {
    let engine = host.open(case)?;
    let investigation = Investigation::new(case, &engine, Inputs::new(SettingsBook::default())?, &Silence);
    let begin = Instant::now();
    let cancellation = engine.cancellation().clone();
    let bell = std::thread::spawn(move || {
        std::thread::sleep(after);
        cancellation.cancel();
        Instant::now()
    });
    let whole = investigation.answer(question).is_ok();
    let end = Instant::now();
    let seconds = (end - begin).as_secs_f64();
    let late = if whole { 0.0 } else { bell.join().map_or(0.0, |rung| (end - rung).as_secs_f64()) };
    Ok(Ending { seconds, late, whole })
}
