//! Checking a disclosure on a machine that has never seen the case: `orochi disclose verify DIR`.
//!
//! Three things are checked: every file against the manifest; the log against its head, and the native files against
//! what the log says came in; and, for a whole disclosure, every finding, made again from the native files
//! and compared byte by byte.

use std::{fs, path::Path};

use orochi_case::{
    Action, Case, Engine, EngineOptions,
    audit::{self, Entry, Head},
};
use orochi_casework::{Investigation, Silence, Watch};
use orochi_model::problem::Problem;
use serde::Serialize;

use super::{
    DOCUMENT,
    inputs::{ANCHORS, MODEL, SETTINGS, entered},
    manifest::{self, Difference},
    replay::{DisclosureAbout, FORMAT, real},
};

/// What was found.
#[derive(Clone, Debug, Serialize)]
pub struct Checked {
    /// The case, by name.
    pub case: String,
    /// Program, version and build that made it.
    pub tool: String,
    /// Roles that are redacted.
    pub redacted: Vec<String>,
    /// Files that agree with the manifest.
    pub files: usize,
    /// The manifest's SHA-256.
    pub manifest: String,
    /// The log's head.
    pub head: String,
    /// Entries of the log that are shown, and withheld.
    pub entries: u64,
    /// See `entries`.
    pub withheld: u64,
    /// Native files that agree with what the log says came in.
    pub natives: usize,
    /// Findings that came out the same; none when they were not made again.
    pub findings: Option<usize>,
    /// All that is wrong; empty for a disclosure that holds.
    pub faults: Vec<String>,
}

/// Runs a command line.
pub type Step<'a> = &'a dyn Fn(&[String]) -> Result<(), Problem>;

/// Makes the case again and asks it.
pub struct Again<'a> {
    /// A folder to work in.
    pub work: &'a Path,
    /// Runs a command line that makes the case; its first word is the command.
    pub step: Step<'a>,
    /// Told what is being done.
    pub watch: &'a dyn Watch,
}

/// Checks the disclosure in `dir`. `noted` is the manifest's SHA-256 as noted elsewhere; with `again`,
/// findings are made again too.
///
/// # Errors
/// User kind when there is no disclosure or it is of a newer format; what is wrong with one is in [`Checked::faults`].
pub fn check(
    dir: &Path,
    noted: Option<&str>,
    again: Option<&Again<'_>>,
    progress: &dyn Fn(u64, u64),
) -> Result<Checked, Problem> {
    let (files, manifest, differences) = manifest::compare(dir, progress)?;
    let about = document(dir)?;
    let mut faults: Vec<String> = differences
        .iter()
        .map(|difference| match difference {
            Difference::Altered(file) => format!("{file} was altered"),
            Difference::Missing(file) => format!("{file} is missing or cannot be read"),
            Difference::Added(file) => format!("{file} is not in the manifest: it was added later"),
        })
        .collect();
    if let Some(noted) = noted.filter(|noted| !noted.eq_ignore_ascii_case(&manifest)) {
        faults.push(format!("the manifest's SHA-256 is {manifest}, not {noted} as noted"));
    }
    let mut checked = Checked {
        case: about.case.clone(),
        tool: about.tool.clone(),
        redacted: about.redacted.clone(),
        files,
        manifest,
        head: about.head.clone(),
        entries: 0,
        withheld: 0,
        natives: 0,
        findings: None,
        faults,
    };
    log(dir, &about, &mut checked)?;
    if let Some(again) = again.filter(|_| about.redacted.is_empty()) {
        let (same, faults) = rerun(dir, &about, again)?;
        checked.findings = Some(same);
        checked.faults.extend(faults);
    }
    Ok(checked)
}

/// What a disclosure says of itself.
///
/// # Errors
/// User kind when it cannot be read or is newer than this program.
pub fn document(dir: &Path) -> Result<DisclosureAbout, Problem> {
    let path = dir.join(DOCUMENT);
    let text = fs::read(&path).map_err(|error| Problem::io("read the disclosure", &path, &error))?;
    let about: DisclosureAbout = serde_json::from_slice(&text)
        .map_err(|error| Problem::data("the disclosure's document cannot be read").at(path.display()).because(error))?;
    if about.format > FORMAT {
        return Err(Problem::user(format!(
            "the disclosure's format is {}; this program reads formats up to {FORMAT}",
            about.format
        ))
        .at(path.display())
        .hint("update orochi"));
    }
    if about.format < FORMAT {
        return Err(Problem::user(format!("the disclosure's format is {}, that of an earlier program", about.format))
            .at(path.display())
            .because(format!("it was made by {}; this program puts its questions in another form", about.tool))
            .hint(format!("verify it with {}", about.tool)));
    }
    about.plan.check()?;
    Ok(about)
}

fn log(dir: &Path, about: &DisclosureAbout, checked: &mut Checked) -> Result<(), Problem> {
    let path = dir.join("audit/audit.jsonl");
    let head: Head = about.head.parse().map_err(|problem: Problem| problem.at(dir.join(DOCUMENT).display()))?;
    let Ok(text) = fs::read_to_string(&path) else {
        checked.faults.push("the audit log is missing or is not text".to_owned());
        return Ok(());
    };
    match audit::verify_copy(&text, &head) {
        Ok((entries, withheld)) => (checked.entries, checked.withheld) = (entries, withheld),
        Err(fault) => checked.faults.push(format!("the audit log is not intact: {fault}")),
    }
    if !about.redacted.is_empty() {
        return Ok(());
    }
    let collected = text.lines().filter_map(|line| serde_json::from_str::<Entry>(line).ok());
    for entry in collected.filter(|entry| entry.action == Action::Collect) {
        let part = |name: &str| entry.detail[name].as_str().unwrap_or_default();
        let file = format!("natives/{}/{}", entry.what, part("file"));
        match manifest::hash(&dir.join(&file)) {
            Ok(hash) if hash == part("sha256") => checked.natives += 1,
            Ok(_) => checked
                .faults
                .push(format!("{file} is not the file that entry {} of the log says was received", entry.seq)),
            Err(error) => checked.faults.push(format!("{file}, entry {} of the log: {error}", entry.seq)),
        }
    }
    Ok(())
}

/// Makes the case again. Returns how many findings are the same, and what is not.
fn rerun(dir: &Path, about: &DisclosureAbout, again: &Again<'_>) -> Result<(usize, Vec<String>), Problem> {
    let case = again.work.join("case");
    let scratch = again.work.join("answer.json");
    let there = |name: &str| dir.join(name);
    for step in &about.plan.steps {
        let words: Vec<&str> = step.iter().take(2).map(String::as_str).collect();
        again.watch.begin(match words[..] {
            ["add", _] => step.get(2).map_or("add", String::as_str).trim_start_matches(super::replay::HERE),
            [first, ..] => first,
            [] => "",
        });
        (again.step)(&real(step, &case, &there))?;
    }
    let case = Case::open(&case)?;
    let engine = Engine::open(&case, &EngineOptions::default())?;
    let file = |name: &str| Some(dir.join(name)).filter(|path| path.exists());
    let inputs = entered(file(SETTINGS).as_deref(), file(MODEL).as_deref(), file(ANCHORS).as_deref())?;
    let investigation = Investigation::new(&case, &engine, inputs, &Silence);
    let mut same = 0;
    let mut faults = Vec::new();
    for question in &about.plan.questions {
        again.watch.begin(&question.name);
        super::answer(&investigation, question, &scratch)?;
        let file = question.file();
        let (disclosed, made) = (manifest::hash(&dir.join(&file)), manifest::hash(&scratch));
        match (disclosed, made) {
            (Ok(disclosed), Ok(made)) if disclosed == made => same += 1,
            (Ok(_), Ok(_)) => faults.push(format!("{file} is different when it is made again")),
            (Err(error), _) | (_, Err(error)) => faults.push(format!("{file}: {error}")),
        }
    }
    Ok((same, faults))
}
