//! `authorities.csv`, as `orochi authority add --file` reads it: what was asked for.

use std::path::Path;

use jiff::civil::Time;
use orochi_model::problem::Problem;

use super::super::clock::year_first;
use super::super::number::{Number, Writing};
use super::super::paper::{Encoding, Paper, TextStyle};
use super::super::plan::{Plan, date};
use crate::world::World;

/// Writes the authorities.
///
/// # Errors
/// When the disk does not take them.
pub fn write(world: &World, plan: &Plan, path: &Path) -> Result<(), Problem> {
    let mut paper =
        Paper::new(path, TextStyle { encoding: Encoding::Utf8, delimiter: b',', quoted: false, crlf: false })?;
    paper.line(["reference", "identifiers", "from", "to"])?;
    for (place, asked) in plan.asked.iter().enumerate() {
        let sim = &world.sims[asked.sim as usize];
        let mut identifiers = Writing::NationalSpaced.text(Number::Sim(sim.number));
        // Some applications name the SIM as well.
        if place % 3 == 2 {
            identifiers = format!("{identifiers}; imsi:{}", sim.imsi);
        }
        let day = |day| date(world, day).map(|date| year_first(date.to_datetime(Time::midnight())));
        // The day a period ends on is part of it.
        paper.line([asked.reference.as_str(), &identifiers, &day(0)?, &day(asked.days - 1)?])?;
    }
    paper.finish()
}
