//! `orochi add`

use std::{
    num::NonZeroUsize,
    path::{Path, PathBuf},
};

use orochi_case::{
    Exhibit,
    add::{AddOptions, Added, Phase},
};
use orochi_ingest::pipeline;
use orochi_layout::Library;
use orochi_model::{authority::Scope, identifier, problem::Problem};
use serde_json::{Value, json};

use crate::{
    case_session,
    exit::{self, Done, Stop},
    progress::Progress,
    text::{count, counted},
    ui::{Ui, error_value},
};

/// Take native files into a case
///
/// Each file goes into the case whole or not at all, and its bytes are never altered. Every row becomes a record, a
/// reject (with row, column, text and reason) or, in a live case, excess data. When one of several files fails, the
/// others are still taken in and the exit code is 1 (3 if the file is damaged).
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  orochi add heron returns/*.csv cells.xlsx
  orochi add heron return.csv --profiles our-profiles --json
  orochi add heron call-log.csv --target 07700900111")]
pub struct AddArgs {
    /// The case folder
    case: PathBuf,
    /// The native files, as received
    #[arg(required = true)]
    file: Vec<PathBuf>,
    /// A folder of your own layout profiles; a profile with the name of a shipped one replaces it
    #[arg(long, value_name = "DIR")]
    profiles: Option<PathBuf>,
    /// Whose data the files are, if they do not say: a number, `imsi:…` or `imei:…`. The exhibit states that you gave
    /// it
    #[arg(long, value_name = "NUMBER", value_parser = identifier::read)]
    target: Option<String>,
    /// Number of threads; all of the machine's by default. The result does not depend on it
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,
}

impl AddArgs {
    /// Takes the files in.
    pub fn run(self, ui: &Ui) -> Done {
        let case = case_session::open(ui, &self.case)?;
        let library = Library::open(self.profiles.as_deref())?;
        let threads = self.threads.or_else(|| std::thread::available_parallelism().ok()).map_or(2, NonZeroUsize::get);
        let scope = case.scope()?;
        let mut files = Vec::new();
        let mut failed = Vec::new();
        let mut code = 0;
        for path in &self.file {
            let name = path.file_name().map_or_else(|| path.to_string_lossy(), |name| name.to_string_lossy());
            let copying = Progress::new(ui, &format!("{name}: copying"));
            let reading = Progress::new(ui, &name);
            let progress = |phase, at: pipeline::Progress| match phase {
                Phase::Copying => copying.at(at.bytes, at.of, at.rows),
                Phase::Reading | Phase::Storing => reading.at(at.bytes, at.of, at.rows),
            };
            let target = self.target.as_deref();
            let options = AddOptions { library: &library, threads, progress: &progress, target, exhibit_label: None };
            let added = orochi_case::add(&case, path, &options);
            // The bars go before anything is said, or they would stand in the middle of it.
            drop((copying, reading));
            match added {
                Ok(added) => {
                    if !ui.json() {
                        ui.print_part(&summary(&added), files.is_empty())?;
                    }
                    files.push(value(path, &added)?);
                    if let Some(warning) = stray_targets(&added.exhibit, &scope) {
                        ui.warn(&warning);
                    }
                }
                Err(problem) => {
                    code = code.max(exit::code(problem.kind));
                    let problem = if problem.place.is_none() { problem.at(path.display()) } else { problem };
                    ui.problem(&problem);
                    failed.push((path, problem));
                }
            }
        }
        if ui.json() {
            let failed: Vec<_> =
                failed.iter().map(|(path, problem)| json!({ "file": path, "error": error_value(problem) })).collect();
            ui.document(json!({ "files": files, "failed": failed }))?;
        }
        if code == 0 { Ok(()) } else { Err(Stop::Reported(code)) }
    }
}

/// What became of a file, as JSON: the file as typed, then the exhibit.
fn value(path: &Path, added: &Added) -> Result<Value, Problem> {
    let mut value = serde_json::to_value(added)
        .map_err(|error| Problem::bug("an exhibit cannot be written as JSON").because(error))?;
    if let Value::Object(fields) = &mut value {
        // `file` is the path as typed, so that a caller finds its own file again; the name in the case beside it.
        if let Some(name) = fields.insert("file".into(), json!(path)) {
            fields.insert("name".into(), name);
        }
    }
    Ok(value)
}

/// What became of a file, for a person.
fn summary(added: &Added) -> String {
    let exhibit = &added.exhibit;
    if added.already_held {
        return format!(
            "{} {}: the same bytes are in the case already; nothing was added\n",
            exhibit.label, exhibit.file
        );
    }
    let tally = &exhibit.tally;
    let mut text = format!(
        "{} {}: {}, {}, {}, {} excess",
        exhibit.label,
        exhibit.file,
        counted(tally.rows, "row", "rows"),
        counted(tally.records, "record", "records"),
        counted(tally.rejects, "reject", "rejects"),
        count(tally.excess),
    );
    if exhibit.duplicates > 0 {
        text.push_str(&format!(", {}", counted(exhibit.duplicates, "duplicate", "duplicates")));
    }
    text.push_str(&format!("\n  read as {}; SHA-256 {}\n", exhibit.profile, exhibit.sha256));
    if !exhibit.unmapped.is_empty() {
        text.push_str(&format!("  columns not used: {}\n", exhibit.unmapped.join(", ")));
    }
    for remark in &exhibit.remarks {
        text.push_str(&format!("  {remark}\n"));
    }
    text
}

/// A wrong number typed is the commonest disclosure error: the target a return states is compared with those asked for.
fn stray_targets(exhibit: &Exhibit, scope: &Scope) -> Option<String> {
    if scope.training {
        return None;
    }
    let named = |target: &&String| scope.authorities.iter().any(|authority| authority.identifiers.contains(*target));
    let stray: Vec<_> = exhibit.targets.iter().filter(|target| !named(target)).map(String::as_str).collect();
    (!stray.is_empty()).then(|| {
        let (label, file) = (&exhibit.label, &exhibit.file);
        format!(
            "{label} {file} states a target that no authority names ({}): was the correct number applied for?",
            stray.join(", ")
        )
    })
}
