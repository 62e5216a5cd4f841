//! Many files, each read clean and hurt, on several threads with one result.

use std::{
    path::{Path, PathBuf},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    thread,
};

use orochi_layout::Library;
use orochi_model::problem::Problem;
use serde::Serialize;

use super::{
    case::ReadingTrial,
    draft::Draft,
    ingestion,
    verdict::{ReadingOutcome, Verdict, judge},
    writer,
};

/// What to study.
pub struct Study<'s> {
    /// How many files.
    pub files: u64,
    /// What they are drawn from.
    pub seed: u64,
    /// The first file's index.
    pub first: u64,
    /// Worker threads; results do not depend on it.
    pub threads: usize,
    /// Where to keep the files that are not read right, clean and hurt.
    pub keep: Option<&'s Path>,
    /// Told how many are done.
    pub progress: &'s (dyn Fn(u64) + Sync),
}

/// How one file was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Read {
    /// The file's index among those of the seed.
    pub index: u64,
    /// Its layout.
    pub layout: &'static str,
    /// What was done to it.
    pub damages: Vec<&'static str>,
    /// The clean table.
    pub clean: Verdict,
    /// The hurt one.
    pub hurt: Verdict,
    /// Why an honest reader may refuse the hurt one.
    pub refusable: Option<&'static str>,
}

/// Reads all files; results in order of their indexes.
///
/// # Errors
/// Input and output: of several the one of the first file.
pub fn run(study: &Study<'_>) -> Result<Vec<Read>, Problem> {
    let library = Library::open(None)?;
    let scratch = tempfile::tempdir().map_err(|error| Problem::io("make", &std::env::temp_dir(), &error))?;
    if let Some(folder) = study.keep {
        std::fs::create_dir_all(folder).map_err(|error| Problem::io("make", folder, &error))?;
    }
    let next = AtomicU64::new(0);
    let done = AtomicU64::new(0);
    let results: Mutex<Vec<(u64, Result<Read, Problem>)>> = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..study.threads.max(1) {
            scope.spawn(|| {
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    if at >= study.files {
                        return;
                    }
                    let read = read_one(study, study.first + at, &library, scratch.path());
                    results.lock().unwrap_or_else(PoisonError::into_inner).push((at, read));
                    (study.progress)(done.fetch_add(1, Ordering::Relaxed) + 1);
                }
            });
        }
    });
    let mut results = results.into_inner().unwrap_or_else(PoisonError::into_inner);
    results.sort_by_key(|(at, _)| *at);
    results.into_iter().map(|(_, read)| read).collect()
}

fn read_one(study: &Study<'_>, index: u64, library: &Library, scratch: &Path) -> Result<Read, Problem> {
    let case = ReadingTrial::draw(study.seed, index);
    let clean = verdict(&case.clean, &scratch.join(format!("{index}-clean")), library, scratch)?;
    let hurt = verdict(&case.hurt, &scratch.join(format!("{index}-hurt")), library, scratch)?;
    let read = Read {
        index,
        layout: case.clean.layout,
        damages: case.damages.iter().map(|damage| damage.name).collect(),
        clean,
        hurt,
        refusable: case.hurt.refusable,
    };
    if let Some(folder) = study.keep
        && [&read.clean, &read.hurt].iter().any(|verdict| verdict.outcome > ReadingOutcome::Excused)
    {
        keep(folder, &case, &read)?;
    }
    Ok(read)
}

fn verdict(draft: &Draft, path: &Path, library: &Library, scratch: &Path) -> Result<Verdict, Problem> {
    let bytes = writer::bytes(draft)?;
    std::fs::write(path, bytes).map_err(|error| Problem::io("write", path, &error))?;
    let reading = ingestion::read(path, &draft.form.name, library, scratch);
    std::fs::remove_file(path).map_err(|error| Problem::io("remove", path, &error))?;
    Ok(judge(draft, &reading))
}

/// Writes both files and what was found beside them.
fn keep(folder: &Path, case: &ReadingTrial, read: &Read) -> Result<(), Problem> {
    let outcome = read.hurt.outcome.max(read.clean.outcome);
    let stem = format!("{outcome:?}-{}-{}", read.layout, read.index).to_lowercase();
    let put =
        |path: PathBuf, bytes: &[u8]| std::fs::write(&path, bytes).map_err(|error| Problem::io("write", &path, &error));
    put(folder.join(format!("{stem}-clean-{}", case.clean.form.name)), &writer::bytes(&case.clean)?)?;
    put(folder.join(format!("{stem}-hurt-{}", case.hurt.form.name)), &writer::bytes(&case.hurt)?)?;
    put(folder.join(format!("{stem}.txt")), in_words(read).as_bytes())
}

/// A file's reading in a few lines.
pub fn in_words(read: &Read) -> String {
    let line = |name: &str, verdict: &Verdict| {
        let row = verdict.row.map_or(String::new(), |row| format!(", row {row}"));
        format!("  {name}: {}{row}: {}\n", verdict.outcome.words(), verdict.what)
    };
    let mut text = format!("file {}, layout {}, damage: {}\n", read.index, read.layout, read.damages.join(" + "));
    if read.clean.outcome != ReadingOutcome::Right {
        text.push_str(&line("clean", &read.clean));
    }
    text.push_str(&line("hurt", &read.hurt));
    text
}
