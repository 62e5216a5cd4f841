//! The cast: lines and their innocent look-alikes, one file for each kind.
//!
//! What may surprise a reader:
//! - Actors are made once, with all that lasts (customers, numbers, spells), and then asked day by day. A day knows
//!   nothing of the day before: whatever spans days was drawn when the actor was made, so that days can be run in any
//!   order and on any thread.
//! - Nothing marks a line in what operators record. Lines and look-alikes use the same manners of calling
//!   with ranges that overlap.

use crate::actor::Actor;
use crate::chance::Seed;
use crate::country::Area;
use crate::scenario::cast_sections::CastSections;
use crate::world::build::Builder;
use orochi_model::problem::Problem;
use std::sync::Arc;

mod carer;
mod childminder;
mod church;
mod clinic;
mod club;
mod courier;
mod diary;
pub(crate) mod draw;
mod figures;
mod football;
mod group;
mod hairdresser;
mod helpline;
mod instructor;
pub mod line;
pub(crate) mod lookalikes;
mod market;
mod marketing;
mod oncall;
mod plumber;
mod publican;
mod rounds;
mod school;
mod shift;
mod shop;
pub mod stage;
mod takeaway;
mod taxi;
pub(crate) mod truth_values;

use stage::Stage;

/// Everyone whose doings the scenario tells.
pub struct Cast {
    /// All actors; [`crate::ground::Routine::Cast`] indexes them.
    pub actors: Vec<Box<dyn Actor>>,
    /// The lines among them, in order of their ids.
    pub lines: Vec<Arc<line::Line>>,
}

/// Makes the cast of a scenario among the people of a world in the making.
///
/// # Errors
/// A user's, naming the key, when a town is not on the map or has nobody to sell to.
pub fn assemble(sections: CastSections<'_>, builder: &mut Builder) -> Result<Cast, Problem> {
    let seed = builder.seed();
    let mut actors: Vec<Box<dyn Actor>> = Vec::new();
    let lines = line::build::lines(sections, builder, seed)?;
    for line in &lines {
        actors.push(Box::new(Arc::clone(line)));
    }
    innocents(sections, builder, seed, &mut actors)?;
    Ok(Cast { actors, lines })
}

fn innocents(
    sections: CastSections<'_>,
    builder: &mut Builder,
    seed: Seed,
    actors: &mut Vec<Box<dyn Actor>>,
) -> Result<(), Problem> {
    let mut landlines = 0;
    for (kind, count) in sections.lookalikes {
        for place in 0..count.value {
            let mut chance = seed.stream("look-alike", &[*kind as u64, u64::from(place)]);
            let town = place_of_business(builder, &mut chance)?;
            let id = actors.len() as u32;
            let mut stage = Stage { builder, chance, town, id, landlines: &mut landlines };
            actors.push(lookalikes::make(*kind, sections.figures, &mut stage));
        }
    }
    Ok(())
}

/// A town by the number of its people; a part of them in London.
fn place_of_business(builder: &Builder, chance: &mut crate::chance::Chance) -> Result<u16, Problem> {
    let towns = &builder.country().towns;
    let weights: Vec<f64> = towns
        .iter()
        .enumerate()
        .map(|(place, town)| {
            let people = builder.residents(place as u16).len() as f64;
            if town.area == Area::London { people * 0.5 } else { people }
        })
        .collect();
    if weights.iter().sum::<f64>() <= 0.0 {
        return Err(Problem::user("the scenario's key `lookalikes` has nobody to do business with")
            .hint("raise `people.count`"));
    }
    Ok(draw::weighted(chance, &weights) as u16)
}
