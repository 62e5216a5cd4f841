//! What an investigator would receive: per-target disclosures in operators' layouts, cell lists, subscribers, top-ups,
//! handset history, and the authorities they were asked for under.
//!
//! What may surprise a reader:
//! - A target's layout follows its network, or the virtual operator that sold the SIM; no two agree
//!   in anything (`layouts`).
//! - Faults are drawn per target and per return, from streams of their own: another share of
//!   one fault changes no other.
//! - How many rows of each file nobody can read, and how many were not authorised, is known here and goes into
//!   `truth.json`, so that whoever takes the files in can be checked to the row.

mod cell_lists;
mod clock;
mod layout;
mod layouts;
mod number;
mod paper;
mod places;
mod plan;
mod record_store;
mod row;
mod rows;
mod tables;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use orochi_model::problem::Problem;
use serde_json::{Value, json};

use crate::ground::SimId;
use crate::network::{CellId, Networks};
use crate::run::Sink;
use crate::scenario::faults::Faults;
use crate::world::World;

/// A file that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disclosed {
    /// Its path in the folder, parts joined by `/`.
    pub file: String,
    /// Its rows.
    pub rows: u64,
}

/// Disclosures being gathered: a sink for the run, then written.
pub struct Disclosures<'w> {
    world: &'w World,
    faults: &'w Faults,
    plan: plan::Plan,
    keep: record_store::Keep,
}

impl<'w> Disclosures<'w> {
    /// Disclosures of targets, given as numbers (`+447…`). `out` is the folder that is being filled.
    ///
    /// # Errors
    /// When a target is no number of the world, which is a bug of the cast.
    pub fn new(world: &'w World, faults: &'w Faults, targets: &[String], out: &Path) -> Result<Self, Problem> {
        let numbers: BTreeMap<u64, SimId> =
            world.sims.iter().enumerate().map(|(id, sim)| (sim.number, id as SimId)).collect();
        let mut sims = Vec::new();
        for target in targets {
            let number = target.trim_start_matches('+').parse::<u64>().ok().and_then(|number| numbers.get(&number));
            let sim = number.ok_or_else(|| Problem::bug("a target is no number of the world").at(target))?;
            if !sims.contains(sim) {
                sims.push(*sim);
            }
        }
        let plan = plan::Plan::new(world, faults, &sims);
        let keep = record_store::Keep::new(world.sims.len(), plan.sims().chain(sims), &out.join(".kept"));
        Ok(Self { world, faults, plan, keep })
    }

    /// Where the run's records go.
    pub fn sink(&mut self) -> &mut dyn Sink {
        &mut self.keep
    }

    /// Writes everything into `out`: the files in the order written, and what is true of them for `truth.json`.
    ///
    /// # Errors
    /// When the disk does not take it.
    pub fn write(self, networks: &Networks, out: &Path) -> Result<(Vec<Disclosed>, Value), Problem> {
        let Self { world, faults, plan, keep } = &self;
        let folder = |name: &str| {
            let folder = out.join(name);
            std::fs::create_dir_all(&folder)
                .map_err(|error| Problem::io("make a folder", &folder, &error))
                .map(|()| folder)
        };
        let places = places::Places::new(world, networks)?;
        let clock = clock::Clock::new()?;
        let mut files = Files { out, disclosed: Vec::new(), truth: Vec::new() };
        let disclosures = folder("disclosures")?;
        let mut met = BTreeSet::new();
        for sent in &plan.sent {
            let asked = &plan.asked[sent.asked];
            let wrong = asked.sim != sent.sim;
            let records = rows::records(world, faults, keep, sent)?;
            let mut cells = rows::Cells::default();
            cells.describe(&places, &records);
            met.extend(cells.ids());
            let rows = rows::rows(world, faults, sent, &records, &cells);
            let (operator, layout) = plan::operator(world, faults, sent.sim);
            let cover = plan::cover(world, plan, sent, operator)?;
            let digits = cover.target;
            let part = if sent.number == 0 { String::new() } else { format!("-{}", sent.number + 1) };
            let written = layout.write(&layout::Return {
                cover: &cover,
                rows: &rows,
                clock: &clock,
                folder: &disclosures,
                stem: &format!("{:03}-{digits}{part}", sent.asked + 1),
                authorised: (!wrong).then(|| (world.calendar.at(0, 0), world.calendar.at(asked.days, 0))),
            })?;
            for file in written {
                let about = json!({
                    "layout": layout.name(), "target": format!("+{digits}"), "authority": asked.reference,
                        "wrong_number": wrong,
                });
                files.add(file, about);
            }
        }
        let cells = folder("cells")?;
        for file in cell_lists::write(world, networks, &places, Some(&met), &cells)? {
            files.add(file, json!({}));
        }
        let topups = tables::topups::write(world, plan, keep, &places, &clock, &out.join("topups.csv"))?;
        let subscribers = tables::subscribers::write(world, faults, plan, &places, &out.join("subscribers.csv"))?;
        let handsets = tables::handsets::write(world, plan, keep, &clock, &out.join("handsets.txt"))?;
        for file in [Some(subscribers), topups, Some(handsets)].into_iter().flatten() {
            files.add(file, json!({}));
        }
        tables::authorities::write(world, plan, &out.join("authorities.csv"))?;
        Ok((files.disclosed, Value::Array(files.truth)))
    }
}

/// Writes the lists of all cells of all networks, for a folder without disclosures.
///
/// # Errors
/// When the disk does not take them.
pub fn write_cell_lists(world: &World, networks: &Networks, out: &Path) -> Result<Vec<Disclosed>, Problem> {
    let places = places::Places::new(world, networks)?;
    let folder = out.join("cells");
    std::fs::create_dir_all(&folder).map_err(|error| Problem::io("make a folder", &folder, &error))?;
    let mut files = Files { out, disclosed: Vec::new(), truth: Vec::new() };
    let all: Option<&BTreeSet<CellId>> = None;
    for file in cell_lists::write(world, networks, &places, all, &folder)? {
        files.add(file, json!({}));
    }
    Ok(files.disclosed)
}

struct Files<'o> {
    out: &'o Path,
    disclosed: Vec<Disclosed>,
    truth: Vec<Value>,
}

impl Files<'_> {
    fn add(&mut self, written: layout::WrittenFile, about: Value) {
        let inside = written.path.strip_prefix(self.out).unwrap_or(&written.path);
        let parts: Vec<_> = inside.iter().map(|part| part.to_string_lossy()).collect();
        let file = parts.join("/");
        let layout::Tally { rows, rejects, excess } = written.tally;
        let mut truth = json!({ "file": file, "rows": rows, "rejects": rejects, "excess": excess });
        if let (Value::Object(truth), Value::Object(about)) = (&mut truth, about) {
            truth.extend(about);
        }
        self.truth.push(truth);
        self.disclosed.push(Disclosed { file, rows });
    }
}
