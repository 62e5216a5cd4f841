//! What the prosecution hands over so that somebody else can check it: `orochi disclose CASE --out DIR`.
//!
//! ```text
//! DIR/
//!   README.txt                what is here, how to check it, what must not be taken from it
//!   disclosure.json           case, program, log head, settings, the steps that make it all again ([`replay::Plan`])
//!   rerun.sh                  those steps for a shell, and the comparison
//!   natives/EX0001/…          native files as received
//!   inputs/                   authorities, settings, profiles, anchors, model: whatever a person entered
//!   exhibits.csv, runs.csv    the native files; every run of a method that the log tells of, with its settings
//!   tables/*.csv, *.parquet   records and what is derived from them
//!   findings/*.json           each method's document, exactly as the command prints it with --json;
//!                             reading-EX0001.json says how that file was read
//!   findings/csv, parquet     the same as tables ([`relational`])
//!   contrary.csv              everything that speaks against a finding, in one place
//!   audit/audit.jsonl, head   the log, and the tree head that proves it
//!   MANIFEST.sha256           the SHA-256 of every other file
//! ```
//!
//! What may surprise:
//! - Findings are the answers of an [`Investigation`], byte by byte what the commands print:
//!   nothing here words a finding.
//! - In a redacted disclosure natives are left out, since a native file cannot be redacted and stay one; it cannot be
//!   run again, and says so. See [`redaction`].

pub mod check;
mod contrary;
pub mod inputs;
mod json_stream;
mod listings;
mod manifest;
mod native_files;
mod readme;
pub mod redaction;
mod relational;
pub mod replay;
mod runs;
mod script;
mod tables;

use std::{fs, io::Write, path::Path, thread::ScopedJoinHandle};

use orochi_case::audit;
use orochi_casework::{
    Investigation,
    document::{self, TRAINING},
};
use orochi_model::problem::Problem;
use serde::Serialize;

use crate::atomic_output::{WholeFolder, unwritten};
use inputs::InputFiles;
use redaction::Redaction;
use replay::Plan;

/// The name of the document that says what a disclosure is.
pub const DOCUMENT: &str = "disclosure.json";

/// What is disclosed, and how findings are come by.
pub struct Disclosure<'a> {
    /// The case and its methods, with what was entered.
    pub investigation: &'a Investigation<'a>,
    /// What a person entered besides native files.
    pub inputs: &'a InputFiles,
    /// The lines that attribution and quantity are asked about, each by its numbers.
    pub lines: &'a [Vec<String>],
    /// Whose identifiers are replaced; none for a disclosure that can be run again.
    pub redaction: Option<&'a Redaction>,
}

/// What was written.
#[derive(Clone, Debug, Serialize)]
pub struct DisclosureWritten {
    /// Native files copied.
    pub natives: usize,
    /// Tables of the case.
    pub tables: Vec<CountedFile>,
    /// Documents of findings.
    pub findings: Vec<CountedFile>,
    /// Rows of `contrary.csv`.
    pub contrary: u64,
    /// Tree head of the log, `SIZE:ROOT`.
    pub head: String,
    /// Entries of the log that are withheld.
    pub withheld: u64,
    /// Files in the manifest.
    pub files: usize,
    /// SHA-256 of the manifest: noted elsewhere, it fixes every file.
    pub manifest: String,
}

/// A file and how much it holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CountedFile {
    /// Its name in the disclosure, without an ending where it is there as CSV and Parquet.
    pub name: String,
    /// Rows, or findings.
    pub rows: u64,
}

/// Writes a disclosure to `out`, a folder that appears whole or not at all.
///
/// # Errors
/// User kind when `out` is there or the disk refuses; data kind when the log or a native file is not what it
/// was; what the commands give.
pub fn make(disclosure: &Disclosure<'_>, out: &Path) -> Result<DisclosureWritten, Problem> {
    let Disclosure { investigation, inputs, redaction, .. } = *disclosure;
    let (case, engine, watch) = (investigation.case(), investigation.engine(), investigation.watch());
    investigation.tables()?;
    let training = case.about().training;
    let folder = WholeFolder::begin(out)?;
    watch.begin("native files");
    let natives = if redaction.is_some() { 0 } else { native_files::copy(case, &folder)? };
    let plan = Plan::from_case(case, inputs, disclosure.lines, redaction)?;
    let entered = inputs.files()?;
    if redaction.is_none() {
        for (name, path) in &entered {
            fs::copy(path, folder.place(name)?).map_err(|error| Problem::io("copy", path, &error))?;
        }
        native_files::authorities(&plan, &folder)?;
    }
    watch.begin("tables");
    let tables = tables::write(engine, training, redaction, &folder)?;
    let mut contrary = contrary::Contrary::begin(&folder, training)?;
    let findings = findings(disclosure, &plan, &folder, &mut contrary)?;
    watch.begin("log and manifest");
    let exhibits = case.exhibits()?;
    let runs = runs::runs_with_methods(&audit::entries(case.dir())?);
    listings::exhibits(&exhibits, training, redaction, &folder)?;
    runs::write(&runs, training, redaction, &folder)?;
    contrary.limits(&exhibits, engine, redaction)?;
    for exhibit in &exhibits {
        if case.reading(exhibit)?.is_none() {
            contrary.unkept(exhibit, redaction)?;
        }
    }
    contrary.other_runs(&runs, investigation.book(), redaction)?;
    let contrary = contrary.finish()?;
    let log = audit::copy(case.dir(), &|line| redaction.is_some_and(|redaction| redaction.names(line)))?;
    write_text(&folder, "audit/audit.jsonl", &log.text)?;
    write_text(&folder, "audit/head", &format!("{}\n", log.head))?;
    let about = replay::DisclosureAbout::from_case(case, &plan, &log.head, redaction)?;
    let text = serde_json::to_string_pretty(&about)
        .map_err(|error| Problem::bug("the disclosure's document cannot be written").because(error))?;
    write_text(&folder, DOCUMENT, &format!("{text}\n"))?;
    if redaction.is_none() {
        write_text(&folder, "rerun.sh", &script::script(&plan))?;
        executable(&folder.path().join("rerun.sh"))?;
    }
    write_text(&folder, "README.txt", &readme::text(&about, redaction))?;
    let (files, manifest) = manifest::write(folder.path())?;
    folder.finish()?;
    Ok(DisclosureWritten {
        natives,
        tables,
        findings,
        contrary,
        head: about.head,
        withheld: log.withheld,
        files,
        manifest,
    })
}

/// The tables of a document while they are written.
type TableWriting<'s> = ScopedJoinHandle<'s, Result<CountedFile, Problem>>;

/// Writes the answers to all questions, each as a document and as tables. The tables of one are written while the next
/// is answered.
fn findings(
    disclosure: &Disclosure<'_>,
    plan: &Plan,
    folder: &WholeFolder,
    contrary: &mut contrary::Contrary,
) -> Result<Vec<CountedFile>, Problem> {
    let investigation = disclosure.investigation;
    let training = investigation.case().about().training;
    let mut findings = Vec::new();
    std::thread::scope(|threads| -> Result<(), Problem> {
        let mut keep = |written: Option<TableWriting<'_>>| -> Result<(), Problem> {
            if let Some(written) = written {
                findings.push(written.join().unwrap_or_else(|_| Err(Problem::bug("the writer of tables stopped")))?);
            }
            Ok(())
        };
        let mut before: Option<TableWriting<'_>> = None;
        for question in &plan.questions {
            investigation.watch().begin(&question.name);
            let file = folder.place(&question.file())?;
            answer(investigation, question, &file)?;
            if let Some(redaction) = disclosure.redaction {
                json_stream::rewrite(&file, &|value| redaction.value(value))?;
            }
            contrary.findings(&file, &question.name)?;
            let tables = threads.spawn(move || {
                let rows = relational::write(&file, &question.name, training, folder)?;
                Ok(CountedFile { name: question.file(), rows })
            });
            keep(before.replace(tables))?;
        }
        keep(before)
    })?;
    Ok(findings)
}

/// Writes the answer to a question into a file.
fn answer(investigation: &Investigation<'_>, question: &replay::Question, file: &Path) -> Result<(), Problem> {
    let asked = question
        .asked()
        .ok_or_else(|| Problem::bug("the disclosure holds a request that is not a question to a method"))?;
    let place = |problem: Problem| match problem.place {
        None => problem.at(question.args.join(" ")),
        Some(_) => problem,
    };
    let document = investigation.answer(&asked).map_err(place)?;
    let marking = investigation.case().about().training.then_some(TRAINING);
    let wrong = |error| Problem::io("write", file, &error);
    document::write(&mut fs::File::create(file).map_err(wrong)?, marking, &document).map_err(wrong)
}

/// Writes a small file.
fn write_text(folder: &WholeFolder, name: &str, text: &str) -> Result<(), Problem> {
    let mut file = folder.file(name)?;
    file.write_all(text.as_bytes()).and_then(|()| file.flush()).map_err(unwritten)
}

/// Lets a script be started by its name, where the system knows of such a right.
#[cfg(unix)]
fn executable(path: &Path) -> Result<(), Problem> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(0o755))
        .map_err(|error| Problem::io("make executable", path, &error))
}

#[cfg(not(unix))]
#[allow(clippy::unnecessary_wraps, reason = "can fail on other systems")]
fn executable(_path: &Path) -> Result<(), Problem> {
    Ok(())
}
