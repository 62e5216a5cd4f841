//! A native file into staged tables, on all cores.
//!
//! ```text
//! one reader ─▶ workers, a block each: decode, split, read rows, encode ─▶ one writer, blocks in order
//! ```
//!
//! Blocks are cut by content and written in order, and what a worker makes of a block depends on the block alone: the
//! staged files are the same to the byte for any number of threads. At most `threads + 2` blocks are under way at a
//! time, which bounds memory whatever the size of the file.

mod cell_merge;
mod encoders;
mod flow;
mod keys;
mod staging;

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use orochi_formats::{
    delimited::blocks::BLOCK,
    native::{Native, named},
    rows::Glimpse,
};
use orochi_layout::{
    Library, Reading, Received,
    reading::{FileReading, SheetReading},
};
use orochi_model::{authority::Scope, locator::FilePart, problem::Problem};

use crate::{
    plan,
    rows::{Disposition, TablePlan, Tally},
};

/// How far a run has come; sent from time to time.
#[derive(Clone, Copy, Debug)]
pub struct Progress {
    /// Bytes of the native file read so far.
    pub bytes: u64,
    /// Bytes of the native file.
    pub of: u64,
    /// Rows taken so far.
    pub rows: u64,
}

/// What to take in.
pub struct Job<'a> {
    /// The native file's bytes, at rest in the vault's staging area.
    pub native: &'a Path,
    /// The file's name as received; its ending is a hint only.
    pub name: &'a str,
    /// Folder for the staged tables: `<table>.parquet`, one for each table that got a row. Exists and is empty.
    pub staging: &'a Path,
    /// Shipped and user profiles.
    pub library: &'a Library,
    /// Whose data it is as the user gives it, canonical; none when the file is to say so.
    pub target: Option<&'a str>,
    /// What the case's authorities allow.
    pub scope: &'a Scope,
    /// Worker threads; results do not depend on it.
    pub threads: usize,
    /// Called at most a few times a second, from any thread.
    pub progress: &'a (dyn Fn(Progress) + Sync),
}

/// What was taken in.
#[derive(Clone, Debug, serde::Serialize)]
pub struct Taken {
    /// Profile name and version, for example `uk-call-data 1`, or `proposed` for a layout mapped by header and values.
    pub profile: String,
    /// How the rows were disposed of.
    pub tally: Tally,
    /// Distinct targets the disclosure states, canonical.
    pub targets: Vec<String>,
    /// Columns that no field took, as headed: nothing is dropped in silence.
    pub unmapped: Vec<String>,
    /// What a reader of the result should know, in words: a footer left out, a zone assumed, a sheet ignored.
    pub remarks: Vec<String>,
    /// The layout of each sheet, as its rows were read by it, or why it was left out.
    pub reading: FileReading,
    /// The staged files, by table name.
    pub tables: Vec<(String, PathBuf)>,
    /// Content keys of all records, sorted, as a little-endian `u64` file in the staging folder
    /// (`keys`); none for other tables.
    pub keys: Option<PathBuf>,
    /// How many records say the same as an earlier record of this file (see `key` in
    /// [`orochi_tables::schema::records`]).
    pub duplicates: u64,
}

/// Takes a native file in.
///
/// # Errors
/// User kind when no layout fits, two fit equally, or the file has no row; data kind when the container is broken or a
/// bomb; input/output otherwise. On error the staging folder may hold partial files: the caller drops it whole.
pub fn ingest(job: &Job<'_>) -> Result<Taken, Problem> {
    let taken = run(job, BLOCK, |name, glimpses| {
        plan::dispositions(Received { name, target: job.target }, glimpses, job.library)
    })?;
    if taken.tally.rows == 0 {
        // An exhibit without a row would look like an answer.
        let problem = Problem::user("the file has no row of data under its headings").at(job.name);
        return Err(with_passed_over(problem, &taken.remarks).hint(
            "nothing was taken in; check with `orochi preview` how the file is read, or ask for the file again",
        ));
    }
    Ok(taken)
}

/// [`ingest`] with blocks of any size and any judge of layouts.
fn run(
    job: &Job<'_>,
    block: usize,
    recognise: impl FnOnce(&str, &[Glimpse]) -> Result<Vec<Disposition>, Problem>,
) -> Result<Taken, Problem> {
    let in_file = |problem| named(problem, job.name);
    let mut native = Native::open(job.native).map_err(in_file)?;
    let glimpses = native.glimpses();
    let dispositions = recognise(job.name, &glimpses).map_err(|problem| with_passed_over(problem, &native.remarks))?;
    if dispositions.len() != glimpses.len() {
        return Err(Problem::bug("a layout was not judged for every sheet"));
    }
    let mut remarks = std::mem::take(&mut native.remarks);
    let mut plans: Vec<(usize, Box<dyn TablePlan>)> = Vec::new();
    let names: Vec<Option<String>> = glimpses.iter().map(|glimpse| glimpse.sheet.clone()).collect();
    let mut left: BTreeMap<usize, String> = BTreeMap::new();
    for (sheet, disposition) in dispositions.into_iter().enumerate() {
        match disposition {
            Disposition::Take(plan) => plans.push((sheet, plan)),
            Disposition::Leave(why) => {
                let name = names.get(sheet).and_then(Option::as_deref);
                left.insert(sheet, why.clone());
                remarks.push(match name {
                    Some(name) => format!("sheet {} left out: {why}", FilePart::shown_text(name)),
                    None => format!("left out: {why}"),
                });
            }
        }
    }
    drop(glimpses);
    let flowed = settled(job, block, &mut native, &mut plans).map_err(in_file)?;
    let reading = FileReading { target: job.target.map(str::to_owned), ..reading(names, left, &plans) };
    let plans = || plans.iter().map(|(_, plan)| plan);
    let mut taken = Taken {
        profile: distinct(plans().map(|plan| plan.profile())).join(", "),
        tally: flowed.tally,
        targets: plans().flat_map(|plan| plan.targets()).collect::<BTreeSet<_>>().into_iter().collect(),
        unmapped: distinct(plans().flat_map(|plan| plan.unmapped())),
        remarks,
        reading,
        tables: flowed.tables,
        keys: None,
        duplicates: 0,
    };
    taken.remarks.extend(distinct(plans().flat_map(|plan| plan.remarks())));
    taken.remarks.extend(flowed.remarks);
    if let Some(sorted) = flowed.keys {
        taken.duplicates = sorted.repeats;
        taken.keys = Some(sorted.path);
    }
    Ok(taken)
}

/// Most times a file is read: what all rows show may be put right once, and shows itself then.
const PASSES: usize = 3;

/// Reads the sheets, and again where all rows together show that something is to be put right.
fn settled(
    job: &Job<'_>,
    block: usize,
    native: &mut Native,
    plans: &mut [(usize, Box<dyn TablePlan>)],
) -> Result<flow::Flowed, Problem> {
    for _ in 0..PASSES {
        let flowed = flow::run(job, block, native, plans)?;
        let mut again = false;
        for ((_, plan), survey) in plans.iter_mut().zip(&flowed.surveys) {
            if let Some(review) = plan.review(survey)? {
                again |= review.again;
                *plan = review.plan;
            }
        }
        if !again {
            return Ok(flowed);
        }
        clear(job.staging)?;
    }
    Err(Problem::user("the rows contradict each other however they are read")
        .hint("ask for the file again with its dates in one format"))
}

/// Empties the staging folder.
fn clear(folder: &Path) -> Result<(), Problem> {
    let entries = std::fs::read_dir(folder).map_err(|error| Problem::io("read", folder, &error))?;
    for entry in entries {
        let path = entry.map_err(|error| Problem::io("read", folder, &error))?.path();
        std::fs::remove_file(&path).map_err(|error| Problem::io("remove", &path, &error))?;
    }
    Ok(())
}

/// A refusal that also says what was passed over: the rows may be there.
fn with_passed_over(problem: Problem, remarks: &[String]) -> Problem {
    if remarks.is_empty() {
        return problem;
    }
    let words = problem.cause.iter().chain(remarks).cloned().collect::<Vec<_>>().join("; ");
    problem.because(words)
}

/// What became of each sheet.
fn reading(
    names: Vec<Option<String>>,
    mut left: BTreeMap<usize, String>,
    plans: &[(usize, Box<dyn TablePlan>)],
) -> FileReading {
    let of = |(index, sheet)| {
        let plan = plans.iter().find(|(of, _)| *of == index);
        let mapped =
            plan.and_then(|(_, plan)| plan.mapping()).map(|mapping| Reading::Mapped(Box::new(mapping.clone())));
        let reading = mapped.or_else(|| left.remove(&index).map(Reading::Left))?;
        Some(SheetReading { sheet, reading })
    };
    FileReading::from_sheets(names.into_iter().enumerate().filter_map(of).collect())
}

/// The words given, each once, in order of first mention.
fn distinct(words: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen = Vec::new();
    for word in words {
        if !seen.contains(&word) {
            seen.push(word);
        }
    }
    seen
}

#[cfg(test)]
mod tests;
