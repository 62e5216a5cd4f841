//! A simulated folder taken into a training case, and views of it under a condition.
//!
//! Files come in once, by the real ingest. A condition is a filter on the view `records`, below the events: `events` is
//! derived again from what is left, so that a communication whose other side is not held is seen from one
//! side only, as it would be.

use std::path::{Path, PathBuf};

use orochi_analysis::{events, tables::Tables, views};
use orochi_case::{
    Case, Engine, EngineOptions,
    add::{AddOptions, add_all},
};
use orochi_casework::{Inputs, Investigation, Silence};
use orochi_layout::Library;
use orochi_model::problem::Problem;

use crate::condition::DataHeld;

/// The table with everything of everybody.
const AREA: &str = "area.csv";
/// The folder of disclosures.
const DISCLOSURES: &str = "disclosures";

/// What queries may use, in bytes: a whole area is sorted into events, many times what a case holds.
const MEMORY: usize = 3 << 30;

/// A folder in a case of its own, removed when dropped.
#[derive(Debug)]
pub struct Sandbox {
    engine: Engine,
    case: Case,
    threads: usize,
    scratch: tempfile::TempDir,
    area: bool,
    made: std::cell::Cell<u32>,
}

/// The files of a folder: the area's table if there is one, else the disclosures.
fn files(folder: &Path) -> Result<(Vec<PathBuf>, bool), Problem> {
    let area = folder.join(AREA);
    if area.is_file() {
        return Ok((vec![area], true));
    }
    let files = sorted(&folder.join(DISCLOSURES))?;
    if files.is_empty() {
        return Err(Problem::user(format!("there is neither {AREA} nor a file in {DISCLOSURES}"))
            .at(folder.display())
            .hint("simulate the folder again"));
    }
    Ok((files, false))
}

/// The files in a folder, by name; none where there is no such folder.
fn sorted(folder: &Path) -> Result<Vec<PathBuf>, Problem> {
    let mut files = Vec::new();
    if folder.is_dir() {
        let unread = |error| Problem::io("read the folder", folder, &error);
        for entry in std::fs::read_dir(folder).map_err(unread)? {
            files.push(entry.map_err(unread)?.path());
        }
    }
    files.retain(|path| path.is_file());
    files.sort();
    Ok(files)
}

impl Sandbox {
    /// Takes the folder's files into a training case under the folder for temporary files.
    ///
    /// # Errors
    /// When there is nothing to take in or a file cannot be read.
    pub fn open(folder: &Path, threads: usize) -> Result<Self, Problem> {
        let (files, area) = files(folder)?;
        Self::from_files(&files, area, threads)
    }

    /// The same of the disclosures alone, with the cell lists, top-ups and handset histories beside them.
    ///
    /// # Errors
    /// As [`Sandbox::open`].
    pub fn open_with_cells(folder: &Path, threads: usize) -> Result<Self, Problem> {
        let mut all = sorted(&folder.join(DISCLOSURES))?;
        if all.is_empty() {
            return Err(Problem::user(format!("there is no file in {DISCLOSURES}"))
                .at(folder.display())
                .hint("simulate the folder again, without --area"));
        }
        all.extend(sorted(&folder.join("cells"))?);
        all.extend(
            ["topups.csv", "handsets.txt"].map(|name| folder.join(name)).into_iter().filter(|path| path.is_file()),
        );
        Self::from_files(&all, false, threads)
    }

    fn from_files(files: &[PathBuf], area: bool, threads: usize) -> Result<Self, Problem> {
        let temporary = std::env::temp_dir();
        let scratch = tempfile::Builder::new()
            .prefix("orochi-evaluate-")
            .tempdir()
            .map_err(|error| Problem::io("make a folder in", &temporary, &error))?;
        let case = Case::create(&scratch.path().join("case"), "evaluation", "EVALUATION", true)?;
        let library = Library::open(None)?;
        let options =
            AddOptions { library: &library, threads, progress: &|_, _| {}, target: None, exhibit_label: None };
        for (path, added) in add_all(&case, files, &options) {
            let exhibit = added?.exhibit;
            if area && exhibit.tally.records == 0 {
                return Err(Problem::user(format!("no row of {AREA} can be read as a record"))
                    .at(path.display())
                    .because(format!(
                        "read as {}: {} rows, {} rejected",
                        exhibit.profile, exhibit.tally.rows, exhibit.tally.rejects
                    ))
                    .hint("`orochi preview` shows how its columns are read"));
            }
        }
        let engine = Engine::open(&case, &EngineOptions { threads, memory_bytes: MEMORY })?;
        let bench = Self { engine, case, threads, scratch, area, made: std::cell::Cell::new(0) };
        bench.rename("records", "all_records")?;
        Ok(bench)
    }

    /// Whether everything of everybody is there.
    pub fn area(&self) -> bool {
        self.area
    }

    pub(crate) fn engine(&self) -> &Engine {
        &self.engine
    }

    pub(crate) fn folder(&self, name: &str) -> Result<PathBuf, Problem> {
        // Never one name twice: the engine may remember what a file held.
        self.made.set(self.made.get() + 1);
        let folder = self.scratch.path().join(format!("{name}-{}", self.made.get()));
        std::fs::create_dir(&folder).map_err(|error| Problem::io("make", &folder, &error))?;
        Ok(folder)
    }

    pub(crate) fn view(&self, name: &str, select: &str) -> Result<(), Problem> {
        let bug = |error: String| Problem::bug(format!("the view {name} cannot be made")).because(error);
        let context = self.engine.context();
        let frame = self.engine.block_on(context.sql(select)).map_err(|error| bug(error.to_string()))?;
        context.deregister_table(name).map_err(|error| bug(error.to_string()))?;
        context.register_table(name, frame.into_view()).map(drop).map_err(|error| bug(error.to_string()))
    }

    fn rename(&self, from: &str, to: &str) -> Result<(), Problem> {
        self.view(to, &format!("SELECT * FROM {from}"))
    }

    /// From now on only records that fulfil `condition` are held; kept in a file, so that windows of them are quick.
    ///
    /// # Errors
    /// When the condition is no SQL or the disk refuses.
    pub fn hold(&self, held: DataHeld, condition: &str) -> Result<(), Problem> {
        if held == DataHeld::Everything || (held == DataHeld::Targets && !self.area) {
            return self.rename("all_records", "held_records");
        }
        let path = self.folder("held")?.join("records.parquet");
        let rows = self.engine.stream(&format!("SELECT * FROM all_records WHERE {condition}"))?;
        let schema = rows.schema();
        self.engine.write_parquet(rows, schema, &path)?;
        self.engine.register_parquet("held_records", &path)
    }

    /// Puts the held records that fulfil `condition` in the place of `records` and derives the events
    /// anew; runs `work` on it.
    ///
    /// # Errors
    /// Those of `work`; when the condition is no SQL or the disk refuses.
    pub fn with<T>(&self, condition: &str, work: impl FnOnce(&dyn Tables) -> Result<T, Problem>) -> Result<T, Problem> {
        self.view("records", &format!("SELECT * FROM held_records WHERE {condition}"))?;
        self.derived(work)
    }

    /// Runs `work` on everything taken in, with its events and presences.
    ///
    /// # Errors
    /// Those of `work`; when the disk refuses.
    pub fn whole<T>(&self, work: impl FnOnce(&dyn Tables) -> Result<T, Problem>) -> Result<T, Problem> {
        self.rename("all_records", "records")?;
        self.engine.block_on(views::register_presences(self.engine.context()))?;
        self.derived(work)
    }

    /// Runs `work` on an investigation of the case, put together as it is for a user: everything is found from what was
    /// taken in, and nothing is given from the truth.
    ///
    /// # Errors
    /// Those of `work`; when the disk refuses.
    pub fn investigate<T>(
        &self,
        inputs: Inputs,
        work: impl FnOnce(&Investigation<'_>) -> Result<T, Problem>,
    ) -> Result<T, Problem> {
        // An engine of its own: the views of the other one are what a condition left of them.
        let engine = Engine::open(&self.case, &EngineOptions { threads: self.threads, memory_bytes: MEMORY })?;
        work(&Investigation::new(&self.case, &engine, inputs, &Silence))
    }

    /// Derives the events from what is now `records`; runs `work` on it.
    pub(crate) fn derived<T>(&self, work: impl FnOnce(&dyn Tables) -> Result<T, Problem>) -> Result<T, Problem> {
        let folder = self.folder("events")?;
        events::build(&self.engine, &events::Settings::default(), &folder)?;
        self.engine.register_parquet("events", &folder.join(events::EVENTS_FILE))?;
        self.engine.register_parquet("event_records", &folder.join(events::LINKS_FILE))?;
        let result = work(&self.engine);
        std::fs::remove_dir_all(&folder).map_err(|error| Problem::io("remove", &folder, &error))?;
        result
    }
}
