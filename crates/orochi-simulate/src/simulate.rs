//! From a scenario to a folder: the whole run.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use orochi_model::problem::Problem;
use serde_json::Value;

use crate::area::AreaSink;
use crate::calendar::Calendar;
use crate::cast::{self, Cast};
use crate::chance::Seed;
use crate::country::Country;
use crate::disclosure::{self, Disclosed, Disclosures};
use crate::network::Networks;
use crate::run::run;
use crate::scenario::Scenario;
use crate::truth;
use crate::world::World;
use crate::world::build::Builder;

/// What the command line says beside the scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// What all chance is drawn from.
    pub seed: u64,
    /// People instead of the scenario's.
    pub people: Option<u32>,
    /// Days instead of the scenario's.
    pub days: Option<u32>,
    /// Everything of everyone as one table instead of disclosures.
    pub area: bool,
    /// Threads; 0 means all cores.
    pub threads: usize,
}

/// What was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// People, those of the cast among them.
    pub people: u32,
    /// SIMs.
    pub sims: u32,
    /// Lines.
    pub lines: u32,
    /// Files of rows, in the order written.
    pub files: Vec<Disclosed>,
}

/// Everything of a run before its first day.
pub struct Staged {
    /// Who and what there is.
    pub world: World,
    /// The networks.
    pub networks: Networks,
    /// Lines and look-alikes.
    pub cast: Cast,
    /// What only a simulator knows.
    pub truth: Value,
}

/// Makes everything of a run before its first day.
///
/// # Errors
/// A user's, naming the key, when the scenario does not fit the country.
pub fn stage(scenario: &Scenario, seed: u64) -> Result<Staged, Problem> {
    let seed = Seed(seed);
    let calendar = Calendar::new(scenario.first_day()?, scenario.window.days.value)?;
    let country = Arc::new(Country::load()?);
    let networks = Networks::load(&scenario.networks, &calendar, seed)?;
    let mut builder = Builder::new(&scenario.ground(), country, calendar, seed)?;
    let cast = cast::assemble(scenario.cast(), &mut builder)?;
    let world = builder.finish()?;
    let truth = truth::truth(scenario, &world, &cast);
    Ok(Staged { world, networks, cast, truth })
}

/// Simulates a scenario into a new folder: the whole of it or nothing. `progress` is called with each day that is done.
///
/// # Errors
/// A user's when the folder holds something or cannot be written, or when the options do not fit.
pub fn simulate(
    scenario: &Scenario,
    options: &Options,
    out: &Path,
    progress: &dyn Fn(u32),
) -> Result<Summary, Problem> {
    let scenario = scenario.with(options.people, options.days)?;
    let unfinished = unfinished(out)?;
    std::fs::create_dir_all(&unfinished).map_err(|error| Problem::io("make a folder", &unfinished, &error))?;
    let filled = fill(&scenario, options, &unfinished, progress).and_then(|summary| {
        if out.exists() {
            std::fs::remove_dir(out).map_err(|error| Problem::io("replace the empty folder", out, &error))?;
        }
        std::fs::rename(&unfinished, out).map_err(|error| Problem::io("name the folder", out, &error))?;
        Ok(summary)
    });
    if filled.is_err() {
        // The problem is told either way.
        let _ = std::fs::remove_dir_all(&unfinished);
    }
    filled
}

/// The folder that is filled and then renamed to `out`, which must be empty or not there.
fn unfinished(out: &Path) -> Result<PathBuf, Problem> {
    let refuse =
        |message: &str| Err(Problem::user(message).at(out.display()).hint("name a folder that does not exist yet"));
    match std::fs::read_dir(out).map(|mut entries| entries.next().is_some()) {
        Ok(true) => return refuse("the folder is not empty"),
        Ok(false) => {}
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
        Err(error) if error.kind() == std::io::ErrorKind::NotADirectory => {
            return refuse("there is a file of that name");
        }
        Err(error) => return Err(Problem::io("look into the folder", out, &error)),
    }
    let Some(name) = out.file_name() else { return refuse("this is not a name for a new folder") };
    let unfinished = out.with_file_name(format!(".{}.unfinished", name.to_string_lossy()));
    if unfinished.exists() {
        return Err(Problem::user("another run into this folder is under way, or was stopped")
            .at(unfinished.display())
            .hint("if no run is under way, remove that folder"));
    }
    Ok(unfinished)
}

fn fill(scenario: &Scenario, options: &Options, out: &Path, progress: &dyn Fn(u32)) -> Result<Summary, Problem> {
    let Staged { world, networks, cast, mut truth } = stage(scenario, options.seed)?;
    let files = if options.area {
        let mut sink = AreaSink::create(&out.join("area.csv"), &world, &networks, options.threads)?;
        run(&world, &networks, &cast.actors, options.threads, &mut sink, progress)?;
        let rows = sink.rows;
        sink.finish()?;
        let mut files = vec![Disclosed { file: "area.csv".into(), rows }];
        files.extend(disclosure::write_cell_lists(&world, &networks, out)?);
        files
    } else {
        let targets: Vec<String> = truth["targets"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|target| target.as_str().map(str::to_owned))
            .collect();
        let mut disclosures = Disclosures::new(&world, &scenario.faults, &targets, out)?;
        run(&world, &networks, &cast.actors, options.threads, disclosures.sink(), progress)?;
        let (files, disclosed) = disclosures.write(&networks, out)?;
        truth["disclosed"] = disclosed;
        files
    };
    let mut text = serde_json::to_string_pretty(&truth)
        .map_err(|error| Problem::bug("the truth cannot be written as JSON").because(error))?;
    text.push('\n');
    write(&out.join("truth.json"), &text)?;
    write(&out.join("SIMULATED.txt"), &notice(scenario, options))?;
    Ok(Summary {
        people: world.people.len() as u32,
        sims: world.sims.len() as u32,
        lines: cast.lines.len() as u32,
        files,
    })
}

fn write(path: &Path, text: &str) -> Result<(), Problem> {
    std::fs::write(path, text).map_err(|error| Problem::io("write", path, &error))
}

/// `SIMULATED.txt`: nobody may take these files for a disclosure.
fn notice(scenario: &Scenario, options: &Options) -> String {
    format!(
        "MADE UP. Nobody in these files exists; no operator returned them; no figure in them says anything about a \
         real person,\n\
         number, handset or place.\n\
         \n\
         Written by orochi simulate {version}, scenario {name}, seed {seed}, {people} ordinary people, {days} days.\n\
         truth.json says who is what; an investigator would not have it.\n\
         \n\
         Made from openly published data:\n\
         - Cells: OpenCelliD, https://opencellid.org, Creative Commons Attribution-ShareAlike 4.0. Changed: a part of \
         it, with\n  sectors, identities and dates made up. The cell lists and cells in these files are shared under \
         the same licence.\n\
         - Postcodes: Ordnance Survey Code-Point Open. Contains OS data (c) Crown copyright and database right; \
         contains Royal\n  Mail data (c) Royal Mail copyright and database right; Open Government Licence v3.0.\n\
         - Homes: Office for National Statistics, census small areas. Contains National Statistics data (c) Crown \
         copyright and\n  database right; Open Government Licence v3.0.\n",
        version = env!("CARGO_PKG_VERSION"),
        name = scenario.name,
        seed = options.seed,
        people = scenario.people.count.value,
        days = scenario.window.days.value,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_empty_place_is_written_to() {
        let folder = tempfile::tempdir().unwrap();
        assert!(unfinished(&folder.path().join("new")).is_ok());
        assert!(unfinished(folder.path()).is_ok());
        std::fs::write(folder.path().join("file"), "").unwrap();
        assert_eq!(unfinished(folder.path()).unwrap_err().message, "the folder is not empty");
        assert_eq!(unfinished(&folder.path().join("file")).unwrap_err().message, "there is a file of that name");
        std::fs::create_dir(folder.path().join(".new.unfinished")).unwrap();
        assert!(unfinished(&folder.path().join("new")).is_err());
    }
}
